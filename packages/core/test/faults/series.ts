/** What takes more than one call to show, by one way to the platform: F44, F47, F48, F51, and interruption. */
import { AccessToken, Admission, FeishuClient, Retry } from "@effect-feishu/core"
import type { FeishuConfig } from "@effect-feishu/core"
import { FakeFeishu, FakeServer, Fault } from "@effect-feishu/core/testing"
import { assert, describe, it } from "@effect/vitest"
import { Array as Arr, Effect, Exit, Fiber, identity, Layer } from "effect"
import * as Calls from "./calls.ts"
import * as Network from "./network.ts"
import type { Way } from "./row.ts"
import { failureOf } from "./run.ts"
import type { Transport } from "./run.ts"
import * as Sockets from "./sockets.ts"

const tagOf = (exit: Exit.Exit<unknown, unknown>) => Reflect.get(Object(failureOf(exit)), "_tag") as unknown

const succeeded = (exits: ReadonlyArray<Exit.Exit<unknown, unknown>>) => exits.filter(Exit.isSuccess).length

const unpaced = Layer.succeed(Admission.Admission, { admit: () => identity, pause: () => Effect.void })

const server = (options: FakeServer.Options = {}) => FakeServer.layer({ domains: [Calls.domain], rateLimits: false, ...options })

const sendsOf = (fake: FakeFeishu.Service, { operation }: Calls.Call) =>
  Effect.map(fake.requestsOf(operation), ({ length }) => length)

/** Waits until the platform has seen so many. */
const seen = (fake: FakeFeishu.Service, call: Calls.Call, count: number) =>
  Effect.repeat(Effect.sleep("2 millis"), { until: () => Effect.map(sendsOf(fake, call), (sends) => sends >= count) })

const all = <A, E, R>(count: number, call: Effect.Effect<A, E, R>) =>
  Effect.forEach(Arr.range(1, count), () => Effect.fork(Effect.exit(call)))

const join = <A, E>(fibers: ReadonlyArray<Fiber.Fiber<A, E>>) => Effect.forEach(fibers, Fiber.join)

export const describeSeries = (way: Way, transport: Transport) => {
  /** Makes calls that are not paced. */
  const client = (config: Partial<FeishuConfig.Options> = {}) =>
    Layer.merge(Layer.provide(FeishuClient.layerWithoutAdmission, unpaced), AccessToken.layerTenant).pipe(
      Layer.provide(transport),
      Layer.provide(FakeFeishu.layerConfig(config))
    )

  for (const call of Calls.usual) {
    const { kind, operation, run } = call

    describe(`calls under way are interrupted · ${kind} · ${way}`, () => {
      for (const [phase, fault] of [["headers", Fault.hang], ["the body", Fault.slow(1)]] as const) {
        it.scopedLive(`64 of them, waiting for ${phase}: their connections are closed within 100 ms`, () =>
          Effect.gen(function*() {
            const fake = yield* FakeFeishu.FakeFeishu
            const port = Sockets.portOf(fake.baseUrl)
            yield* run
            yield* fake.script(operation, fault, { times: 64 })
            const fibers = yield* Effect.forEach(Arr.range(1, 64), () => Effect.fork(run))
            yield* seen(fake, call, 65)
            yield* Effect.sleep("50 millis")
            assert.strictEqual(Sockets.count(port, "busy"), 64)
            const exits = yield* Fiber.interruptAll(fibers).pipe(Effect.zipRight(Effect.forEach(fibers, Fiber.await)))
            assert.strictEqual(yield* Sockets.gone(port, "busy", 100), 0)
            assert.isTrue(exits.every(Exit.isInterrupted))
            assert.strictEqual(yield* sendsOf(fake, call), 65)
            // None of it is in the way of the next call.
            yield* run
          }).pipe(Effect.provide(client()), Effect.provide(server())))
      }
    })

    describe.concurrent(`series · ${kind} · ${way}`, () => {
      it.scopedLive("F44 an outage: nothing is sent after so many failures, and one attempt finds out", () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* run
          yield* fake.script(operation, Fault.reset, { times: 4 })
          const outage = yield* Effect.forEach(Arr.range(1, 3), () => Effect.exit(run))
          assert.isFalse(outage.some(Exit.isSuccess))
          const took: Array<number> = []
          const refused = yield* Effect.forEach(Arr.range(1, 100), () =>
            Effect.suspend(() => {
              const from = performance.now()
              return Effect.tap(Effect.exit(run), () => took.push(performance.now() - from))
            }))
          assert.isBelow(took.toSorted((a, b) => a - b)[50]!, 1, "milliseconds")
          assert.deepStrictEqual(new Set(refused.map(tagOf)), new Set(["CircuitOpen"]))
          assert.strictEqual(yield* sendsOf(fake, call), 4)
          yield* Effect.sleep("1 second")
          assert.notStrictEqual(tagOf(yield* Effect.exit(run)), "CircuitOpen")
          assert.strictEqual(tagOf(yield* Effect.exit(run)), "CircuitOpen")
          assert.strictEqual(yield* sendsOf(fake, call), 5)
          yield* Effect.sleep("1 second")
          yield* run
          yield* run
          yield* fake.verify
        }).pipe(
          Retry.using(Retry.none),
          Effect.provide(client({ circuitBreaker: { failures: 3, openFor: "1 second" } })),
          Effect.provide(server())
        ))

      it.scopedLive("F47 200 calls that begin without a token ask for one", () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          assert.strictEqual(succeeded(yield* join(yield* all(200, run))), 200)
          assert.strictEqual(yield* fake.tokenRequests, 1)
          assert.strictEqual(yield* fake.effectsOf(operation), 200)
        }).pipe(Effect.provide(client()), Effect.provide(server({ latency: "50 millis" }))))

      for (const refusedTokenStatus of [200, 400, 401] as const) {
        it.scopedLive(`F48 100 calls whose token is revoked under way are sent once more each, with status ${refusedTokenStatus}`, () =>
          Effect.gen(function*() {
            const fake = yield* FakeFeishu.FakeFeishu
            yield* run
            // They arrive, and the platform does not look at them yet.
            yield* fake.script(operation, Fault.delay("2500 millis"), { times: 100 })
            const fibers = yield* all(100, run)
            yield* seen(fake, call, 101)
            yield* fake.revokeAll()
            assert.strictEqual(succeeded(yield* join(fibers)), 100)
            assert.strictEqual(yield* fake.tokenRequests, 2)
            assert.strictEqual(yield* sendsOf(fake, call), 201)
            assert.strictEqual(yield* fake.effectsOf(operation), 101)
          }).pipe(Effect.provide(client()), Effect.provide(server({ refusedTokenStatus }))))
      }

      it.scopedLive("F51 the token endpoint is slow: whoever asked first may leave, and the others get what it answers", () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* fake.script(FakeFeishu.tokenEndpoint, Fault.delay("600 millis"))
          const leader = yield* Effect.fork(run)
          yield* Effect.sleep("50 millis")
          const followers = yield* all(50, run)
          yield* Effect.sleep("50 millis")
          yield* Fiber.interrupt(leader)
          assert.strictEqual(succeeded(yield* join(followers)), 50)
          assert.strictEqual(yield* fake.tokenRequests, 1)
          assert.strictEqual(yield* sendsOf(fake, call), 50)
        }).pipe(Effect.provide(client()), Effect.provide(server())))

      it.scopedLive("F77 the request for a token is redirected: the secret goes nowhere else", () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          let visits = 0
          const port = yield* Network.server(() => visits++)
          for (const status of [301, 302, 303, 307, 308] as const) {
            yield* fake.script(FakeFeishu.tokenEndpoint, Fault.redirect(status, `http://127.0.0.1:${port}/`))
            assert.strictEqual(tagOf(yield* Effect.exit(run)), "AccessTokenUnavailable")
          }
          assert.strictEqual(visits, 0)
          assert.strictEqual(yield* sendsOf(fake, call), 0)
          yield* fake.verify
        }).pipe(Effect.provide(client()), Effect.provide(server())))
    })
  }

  // `fetch` has connections that outlive every client.
  if (way === "fetch") return
  it.scopedLive(`no connection is left when the client is gone · ${way}`, () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const port = Sockets.portOf(fake.baseUrl)
      for (const { operation } of Calls.usual) yield* fake.script(operation, Fault.hang, { times: 10 })
      yield* Effect.provide(
        Effect.gen(function*() {
          for (const { run } of Calls.usual) yield* all(30, run)
          for (const call of Calls.usual) yield* seen(fake, call, 30)
          assert.isAtLeast(Sockets.count(port, "open"), 30)
        }),
        client()
      )
      assert.strictEqual(yield* Sockets.gone(port, "open"), 0)
    }).pipe(Effect.provide(server())))
}
