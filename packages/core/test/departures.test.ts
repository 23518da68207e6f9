/** Limits are counted from when requests leave, not from when they were let go: the first ones wait for a connection. */
import { AccessToken, FeishuClient, Operation, RateLimit } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Layer, Redacted, Runtime, TestClock } from "effect"
import { Dispatcher } from "undici"
import * as Stub from "./stub.ts"

const ping = Operation.make("test.ping", {
  method: "GET",
  url: "/open-apis/test/v1/ping",
  accepts: "tenant",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.of([2, "1 second"]),
  errors: []
})

/** Two connections take a while to open, one after the other; later requests find them open. */
const connecting = [700, 900]

class Connecting extends Dispatcher {
  private readonly leave: Effect.Effect<void>
  private readonly run: (effect: Effect.Effect<void>) => void

  constructor(leave: Effect.Effect<void>, run: (effect: Effect.Effect<void>) => void) {
    super()
    this.leave = leave
    this.run = run
  }

  override dispatch(_: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const controller = Stub.controller()
    this.run(Effect.andThen(this.leave, () => {
      handler.onRequestStart?.(controller, undefined)
      handler.onResponseStart?.(controller, 200, { "content-type": "application/json" })
      handler.onResponseData?.(controller, Buffer.from("{\"code\":0}"))
      handler.onResponseEnd?.(controller, {})
    }))
    return true
  }
}

type Transport = (leave: Effect.Effect<void>, run: (effect: Effect.Effect<void>) => void) => HttpClient.HttpClient

const transports: ReadonlyArray<readonly [name: string, transport: Transport]> = [
  ["that tells when a request leaves", (leave, run) => UndiciTransport.make(new Connecting(leave, run))],
  ["that does not", (leave) => Stub.http(() => Effect.as(leave, Stub.ok()))]
]

/** When each of so many calls leaves, of all that are made at once. */
const departures = (count: number, transport: Transport) =>
  Effect.gen(function*() {
    const runtime = yield* Effect.runtime<never>()
    const left: Array<number> = []
    let requests = 0
    const leave = Effect.suspend(() => Effect.sleep(connecting[requests++] ?? 0)).pipe(
      Effect.zipRight(Clock.currentTimeMillis),
      Effect.map((now) => void left.push(now))
    )
    const client = Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make(Stub.tenantToken))).pipe(
      Layer.provide(Layer.succeed(HttpClient.HttpClient, transport(leave, Runtime.runFork(runtime)))),
      Layer.provide(Stub.config())
    )
    const calls = Effect.forEach(Array.from({ length: count }), () => ping(), { concurrency: "unbounded", discard: true })
    const fiber = yield* Effect.fork(Effect.provide(calls, client))
    yield* TestClock.adjust("1 minute")
    yield* Fiber.join(fiber)
    return left
  })

describe("the documented pace", () => {
  for (const [name, transport] of transports) {
    it.effect(`is kept over a transport ${name} while connections open`, () =>
      Effect.gen(function*() {
        const left = yield* departures(8, transport)
        assert.lengthOf(left, 8)
        // Whichever second one looks at, no more than two left in it.
        left.slice(2).forEach((time, index) => assert.isAtLeast(time - left[index]!, 1_000))
        // And not much later than that.
        assert.isAtMost(left.at(-1)!, 900 + 3 * 1_050)
      }))
  }
})
