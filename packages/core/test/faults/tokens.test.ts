/** F47 to F51b under the test clock: many calls, one token. */
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { MeetingRecording } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { Array as Arr, Clock, Effect, Exit, Fiber, Redacted, TestClock } from "effect"
import * as Calls from "./calls.ts"
import { failureOf } from "./run.ts"

const layer = (options: FakeFeishu.ClientOptions = {}) =>
  FakeFeishu.layerClient({ domains: [Calls.domain], rateLimits: false, ...options })

const all = <A, E, R>(count: number, call: Effect.Effect<A, E, R>) =>
  Effect.forEach(Arr.range(1, count), () => Effect.fork(Effect.exit(call)))

const join = <A, E>(fibers: ReadonlyArray<Fiber.Fiber<A, E>>) => Effect.forEach(fibers, Fiber.join)

const succeeded = (exits: ReadonlyArray<Exit.Exit<unknown, unknown>>) => exits.filter(Exit.isSuccess).length

/** Failures, told apart by what they say. */
const failures = (exits: ReadonlyArray<Exit.Exit<unknown, unknown>>) =>
  new Set(exits.filter(Exit.isFailure).map((exit) => String(failureOf(exit))))

const tagOf = (exit: Exit.Exit<unknown, unknown>) => Reflect.get(Object(failureOf(exit)), "_tag") as unknown

for (const { kind, operation, run } of Calls.usual) {
  describe(kind, () => {
    // On the machine's clock: the test's looks at every fiber whenever one of them wakes.
    const cold = kind === "read" ? 5_000 : 1_000
    it.live(`F47 ${cold} calls that begin without a token ask for one`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const exits = yield* Effect.forEach(Arr.range(1, cold), () => Effect.exit(run), { concurrency: "unbounded" })
        assert.strictEqual(succeeded(exits), cold)
        assert.strictEqual(yield* fake.tokenRequests, 1)
        assert.strictEqual(yield* fake.effectsOf(operation), cold)
      }).pipe(Effect.provide(layer())))

    for (const refusedTokenStatus of [200, 400, 401] as const) {
      it.live(`F48 1 000 calls whose token is revoked under way are sent once more each, with status ${refusedTokenStatus}`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* run
          yield* fake.limit(operation, { windows: [] })
          const fibers = yield* all(1_000, run)
          // All of them are on their way, and the platform has not looked yet.
          yield* Effect.repeat(Effect.sleep("20 millis"), {
            until: () => Effect.map(fake.requestsOf(operation), ({ length }) => length === 1_001)
          })
          yield* fake.revokeAll()
          assert.strictEqual(succeeded(yield* join(fibers)), 1_000)
          assert.strictEqual(yield* fake.tokenRequests, 2)
          assert.strictEqual((yield* fake.requestsOf(operation)).length, 2_001)
          assert.strictEqual(yield* fake.effectsOf(operation), 1_001)
        }).pipe(Effect.provide(layer({ refusedTokenStatus, latency: "2 seconds" }))))
    }

    it.effect("F48 whoever is refused late finds the next token in place", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* run
        yield* fake.script(operation, Fault.delay("20 seconds"), { times: 10 })
        const late = yield* all(10, run)
        yield* TestClock.adjust("5 seconds")
        yield* fake.revokeAll()
        const early = yield* all(10, run)
        yield* TestClock.adjust("5 seconds")
        assert.strictEqual(succeeded(yield* join(early)), 10)
        assert.strictEqual(yield* fake.tokenRequests, 2)
        yield* TestClock.adjust("20 seconds")
        assert.strictEqual(succeeded(yield* join(late)), 10)
        assert.strictEqual(yield* fake.tokenRequests, 2)
        assert.strictEqual((yield* fake.requestsOf(operation)).length, 1 + 20 + 20)
      }).pipe(Effect.provide(layer())))

    it.effect("F49 a token that is issued again is refused here for 5 seconds, without asking", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* run
        yield* fake.revokeAll({ reissue: true })
        const fibers = yield* all(100, run)
        yield* TestClock.adjust("1 second")
        const exits = yield* join(fibers)
        assert.deepStrictEqual(new Set(exits.map(tagOf)), new Set(["AccessTokenRejected"]))
        const sends = (yield* fake.requestsOf(operation)).length
        assert.strictEqual(sends, 1 + 100)
        assert.strictEqual(yield* fake.tokenRequests, 2)
        // Nobody turns the clock.
        const again = yield* Effect.forEach(Arr.range(1, 100), () => Effect.exit(run))
        assert.deepStrictEqual(new Set(again.map(tagOf)), new Set(["AccessTokenRejected"]))
        assert.strictEqual((yield* fake.requestsOf(operation)).length, sends)
        assert.strictEqual(yield* fake.tokenRequests, 2)
        // Later it is asked again, and once there is another it is taken.
        yield* TestClock.adjust("5 seconds")
        yield* fake.revokeAll()
        assert.strictEqual((yield* Effect.exit(run))._tag, "Success")
        assert.strictEqual(yield* fake.tokenRequests, 3)
      }).pipe(Effect.provide(layer())))

    it.effect("F50 the token endpoint is down: the token serves until its end, then all fail alike, and the next one asks", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* run
        yield* fake.script(FakeFeishu.tokenEndpoint, Fault.maintenance, { times: Number.POSITIVE_INFINITY })
        // Renewal begins with twenty minutes left.
        for (const minutes of [100, 5, 10]) {
          yield* TestClock.adjust(`${minutes} minutes`)
          // Nobody turns the clock.
          assert.strictEqual((yield* Effect.exit(run))._tag, "Success")
          yield* TestClock.adjust("5 seconds")
        }
        // With less than a minute left, the next one would be better.
        yield* TestClock.adjust("4 minutes")
        const last = yield* all(10, run)
        yield* TestClock.adjust("10 seconds")
        assert.strictEqual(succeeded(yield* join(last)), 10)

        yield* TestClock.adjust("1 minute")
        const asked = yield* fake.tokenRequests
        const fibers = yield* all(100, run)
        yield* TestClock.adjust("10 seconds")
        const exits = yield* join(fibers)
        assert.deepStrictEqual(new Set(exits.map(tagOf)), new Set(["AccessTokenUnavailable"]))
        assert.strictEqual(failures(exits).size, 1)
        assert.strictEqual((yield* fake.tokenRequests) - asked, 4)

        yield* fake.unscript
        const next = yield* all(100, run)
        yield* TestClock.adjust("2 seconds")
        assert.strictEqual(succeeded(yield* join(next)), 100)
        assert.strictEqual((yield* fake.tokenRequests) - asked, 5)
      }).pipe(Effect.provide(layer())))

    it.effect("F51 the token endpoint is slow: nobody waits for it whose token still serves", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* run
        yield* TestClock.adjust("105 minutes")
        yield* fake.script(FakeFeishu.tokenEndpoint, Fault.delay("10 seconds"))
        const before = yield* Clock.currentTimeMillis
        // Nobody turns the clock.
        assert.strictEqual(succeeded(yield* Effect.forEach(Arr.range(1, 100), () => Effect.exit(run))), 100)
        assert.strictEqual(yield* Clock.currentTimeMillis, before)
        yield* TestClock.adjust("11 seconds")
        assert.strictEqual(yield* fake.tokenRequests, 2)
      }).pipe(Effect.provide(layer())))

    it.effect("F51 the token endpoint is slow: all wait for one answer, each as long as it likes, whoever asked first", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(FakeFeishu.tokenEndpoint, Fault.delay("10 seconds"))
        const leader = yield* Effect.fork(run)
        yield* Effect.yieldNow()
        const followers = yield* all(100, run)
        const impatient = yield* Effect.fork(Effect.timeoutOption(run, "1 second"))
        yield* TestClock.adjust("1 second")
        assert.strictEqual((yield* Fiber.join(impatient))._tag, "None")
        yield* TestClock.adjust("1 second")
        assert.isTrue(Exit.isInterrupted(yield* Fiber.interrupt(leader)))
        yield* TestClock.adjust("8 seconds")
        assert.strictEqual(succeeded(yield* join(followers)), 100)
        assert.strictEqual(yield* fake.tokenRequests, 1)
        assert.strictEqual((yield* fake.requestsOf(operation)).length, 100)
      }).pipe(Effect.provide(layer())))

    it.effect("F51a a token that is to live for thirty years serves for two hours", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const token = yield* fake.issueTenantToken({ lifetime: "365 days" })
        yield* fake.script(
          FakeFeishu.tokenEndpoint,
          Fault.answer({ body: JSON.stringify({ code: 0, tenant_access_token: Redacted.value(token), expire: 1_000_000_000 }) }),
          { times: 2 }
        )
        yield* run
        yield* TestClock.adjust("90 minutes")
        yield* run
        assert.strictEqual(yield* fake.tokenRequests, 1)
        yield* TestClock.adjust("31 minutes")
        yield* run
        assert.strictEqual(yield* fake.tokenRequests, 2)
      }).pipe(Effect.provide(layer())))

    it.effect("F51a tokens that live for a second are asked for once a second at most", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const token = yield* fake.issueTenantToken({ lifetime: "1 day" })
        yield* fake.script(
          FakeFeishu.tokenEndpoint,
          Fault.answer({ body: JSON.stringify({ code: 0, tenant_access_token: Redacted.value(token), expire: 1 }) }),
          { times: Number.POSITIVE_INFINITY }
        )
        const calls = yield* Effect.fork(Effect.repeatN(Effect.zipRight(run, Effect.sleep("100 millis")), 19))
        yield* TestClock.adjust("1 minute")
        yield* Fiber.join(calls)
        const asked = (yield* fake.requestsOf(FakeFeishu.tokenEndpoint)).map(({ at }) => at)
        assert.isAtMost(asked.length, 4)
        for (const [earlier, later] of Arr.zip(asked, asked.slice(1))) assert.isAtLeast(later - earlier, 1_000)
      }).pipe(Effect.provide(layer())))

    it.effect("F51b a wrong secret is asked about once by all who wait, and again by the next", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const fibers = yield* all(100, run)
        yield* TestClock.adjust("1 second")
        const exits = yield* join(fibers)
        assert.deepStrictEqual(new Set(exits.map(tagOf)), new Set(["AccessTokenUnavailable"]))
        assert.isTrue(exits.every((exit) => Reflect.get(Object(failureOf(exit)), "permanent") === true))
        assert.strictEqual(yield* fake.tokenRequests, 1)
        yield* Effect.exit(run)
        assert.strictEqual(yield* fake.tokenRequests, 2)
      }).pipe(
        Effect.provide(layer({
          config: { appSecret: Redacted.make("canary-wrong-secret"), circuitBreaker: { failures: 1, openFor: "1 minute" } }
        }))
      ))
  })
}

/** Users' tokens have codes of their own. */
for (const code of [99991668, 99991677, 4001]) {
  it.effect(`F48 a user's token that is refused with code ${code} is replaced, and the write sent once more`, () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(MeetingRecording.setPermission, Fault.answer({ status: 400, code }))
      yield* MeetingRecording.setPermission({
        meeting_id: "6911188411932033028",
        permission_objects: [{ id: "ou_1", type: 1, permission: 1 }]
      })
      assert.strictEqual((yield* fake.requestsOf(MeetingRecording.setPermission)).length, 2)
    }).pipe(Effect.provide(layer())))
}
