import type { FeishuConfig } from "@effect-feishu/core"
import { AccessToken, FeishuClient, Retry } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Fiber, HashMap, Layer, Logger, LogLevel, Redacted, TestClock, Tracer } from "effect"
import type { Clock, Duration } from "effect"
import { Dispatcher } from "undici"
import * as Stub from "./stub.ts"

interface Exchange {
  readonly options: Dispatcher.DispatchOptions
  readonly aborted: () => boolean
  readonly head: (status?: number, headers?: Record<string, string>) => void
  readonly data: (text: string) => void
  readonly end: () => void
  readonly fail: (error: Error) => void
}

/** A dispatcher that hands over every exchange, to be answered by a test. */
class Scripted extends Dispatcher {
  readonly exchanges: Array<Exchange> = []
  private readonly answer: (exchange: Exchange, count: number) => void

  constructor(answer: (exchange: Exchange, count: number) => void) {
    super()
    this.answer = answer
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    let aborted = false
    const controller = Stub.controller(() => {
      aborted = true
    })
    const exchange: Exchange = {
      options,
      aborted: () => aborted,
      head: (status = 200, headers = { "content-type": "application/json" }) => handler.onResponseStart?.(controller, status, headers),
      data: (text) => handler.onResponseData?.(controller, Buffer.from(text)),
      end: () => handler.onResponseEnd?.(controller, {}),
      fail: (error) => handler.onResponseError?.(controller, error)
    }
    this.exchanges.push(exchange)
    handler.onRequestStart?.(controller, undefined)
    this.answer(exchange, this.exchanges.length)
    return true
  }
}

const client = (dispatcher: Dispatcher, settings: Stub.Settings = {}) =>
  Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make(Stub.tenantToken))).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, UndiciTransport.make(dispatcher))),
    Layer.provide(Stub.config(settings))
  )

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) => (exchange: Exchange) => {
  exchange.head(status, { "content-type": "application/json", ...headers })
  exchange.data(JSON.stringify(body))
  exchange.end()
}

const fine = answering(200, { code: 0, data: { name: "n" } }, { "x-tt-logid": "L0" })
const read = Stub.get({ id: "1" })

/** The failure of a call, and how much time it took. */
const timed = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(Effect.zip(Effect.flip(call), TestClock.currentTimeMillis))
    yield* TestClock.adjust("1 hour")
    const [error, took] = yield* Fiber.join(fiber)
    return { error, took }
  })

describe("a call that leaves at once", () => {
  it.effect("says the same as any other", () =>
    Effect.gen(function*() {
      const dispatcher = new Scripted(fine)
      assert.deepInclude(yield* Effect.provide(read, client(dispatcher)), { name: "n" })
      const [{ options }] = dispatcher.exchanges as [Exchange]
      assert.strictEqual(options.method, "GET")
      assert.deepInclude(options.headers, { accept: "application/json", authorization: `Bearer ${Stub.tenantToken}` })
    }))

  it.effect("ends when its headers, its body or its total take too long, to the millisecond", () =>
    Effect.gen(function*() {
      const cases: ReadonlyArray<readonly [FeishuConfig.Timeouts, (exchange: Exchange) => void, phase: string, took: number]> = [
        [{ headers: "30 seconds", body: "30 seconds" }, () => {}, "headers", 30_000],
        [{ headers: "50 seconds", body: "3 seconds" }, (exchange) => exchange.head(), "body", 3_000],
        [{ headers: "3 seconds", body: "50 seconds" }, (exchange) => exchange.head(), "body", 50_000],
        [{ total: "20 seconds" }, (exchange) => exchange.head(), "total", 20_000]
      ]
      for (const [timeouts, answer, phase, expected] of cases) {
        const dispatcher = new Scripted(answer)
        const { error, took } = yield* timed(read.pipe(Retry.using(Retry.none))).pipe(
          Effect.provide(client(dispatcher, { timeouts })),
          Effect.provide(TestClock.defaultTestClock)
        )
        assert(error._tag === "CallTimeout")
        assert.strictEqual(error.phase, phase)
        assert.strictEqual(took, expected)
        assert.isTrue(dispatcher.exchanges[0]!.aborted())
      }
    }))

  it.effect("ends in time beside calls that have more of it, and not before", () =>
    Effect.gen(function*() {
      const silent = new Scripted(() => {})
      const slow = client(silent, { timeouts: { headers: "100 seconds" } })
      const quick = client(silent, { timeouts: { headers: "2 seconds" } })
      const took = (live: typeof slow, after: Duration.DurationInput) =>
        Effect.delay(Effect.zipRight(Effect.flip(read.pipe(Retry.using(Retry.none))), TestClock.currentTimeMillis), after).pipe(Effect.provide(live))
      const fiber = yield* Effect.fork(Effect.all([took(slow, 0), took(quick, "1 second"), took(quick, "5 seconds"), took(slow, "7 seconds")], { concurrency: 4 }))
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(yield* Fiber.join(fiber), [100_000, 3_000, 7_000, 107_000])
    }))

  it.effect("is given up when it is interrupted", () =>
    Effect.gen(function*() {
      const dispatcher = new Scripted(() => {})
      const fiber = yield* Effect.fork(Effect.provide(read, client(dispatcher)))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(fiber)
      assert.isTrue(dispatcher.exchanges[0]!.aborted())
    }))

  it.effect("leaves nobody behind who waits for the time to pass", () =>
    Effect.gen(function*() {
      let waiting = 0
      const clock = yield* Effect.clock
      // Sound: the same clock, but that it counts who sleeps.
      const counting = Object.assign(Object.create(clock) as Clock.Clock, {
        sleep: (duration: Duration.Duration) =>
          Effect.acquireUseRelease(Effect.sync(() => waiting++), () => clock.sleep(duration), () => Effect.sync(() => waiting--))
      })
      const dispatcher = new Scripted(() => {})
      yield* Effect.withClock(counting)(Effect.gen(function*() {
        const calls = yield* Effect.fork(Effect.provide(Effect.all([read, read, read], { concurrency: 3 }), client(dispatcher)))
        yield* TestClock.adjust("1 second")
        assert.lengthOf(dispatcher.exchanges, 3)
        assert.strictEqual(waiting, 1)
        dispatcher.exchanges.forEach(fine)
        yield* Fiber.join(calls)
        yield* Effect.yieldNow()
      }))
      assert.strictEqual(waiting, 0)
    }))

  it.effect("reads no more than it may, announced or not", () =>
    Effect.gen(function*() {
      const dispatcher = new Scripted((exchange) => {
        exchange.head()
        for (let at = 0; at < 20; at++) exchange.data("x".repeat(100))
        exchange.end()
      })
      const error = yield* Effect.flip(Effect.provide(read, client(dispatcher, { maxResponseSize: 1_000 })))
      assert.strictEqual(error._tag, "ResponseTooLarge")
      assert.isTrue(dispatcher.exchanges[0]!.aborted())
    }))

  it.effect("goes on as any other when it failed, with its spans and its logs", () =>
    Effect.gen(function*() {
      const ended: Array<readonly [name: string, parent: string | undefined, attributes: Record<string, unknown>]> = []
      const tracer = Tracer.make({
        context: (run) => run(),
        span: (name, parent, context, links, startTime, kind) => {
          const attributes: Record<string, unknown> = {}
          const span: Tracer.Span = {
            _tag: "Span", spanId: `${name} ${ended.length}`, traceId: "t", name, parent, context, links, kind, sampled: true,
            status: { _tag: "Started", startTime },
            attributes: new Map(),
            attribute: (key, value) => void (attributes[key] = value),
            addLinks: () => {},
            event: () => {},
            end: () => void ended.push([name, parent._tag === "Some" && parent.value._tag === "Span" ? parent.value.name : undefined, attributes])
          }
          return span
        }
      })
      const logged: Array<unknown> = []
      const logger = Logger.make(({ annotations }) => void logged.push(HashMap.unsafeGet(annotations, "feishu.operation")))
      const dispatcher = new Scripted((exchange, count) =>
        count === 1 ? answering(500, { code: 121001, msg: "no" }, { "x-tt-logid": "L5" })(exchange)
          : count === 2 ? exchange.fail(Object.assign(new Error("reset"), { code: "ECONNRESET" }))
          : fine(exchange))
      const fiber = yield* Effect.fork(Effect.provide(read, client(dispatcher)).pipe(
        Effect.withSpan("mine"),
        Effect.withTracer(tracer),
        Effect.provide([Logger.replace(Logger.defaultLogger, logger), Logger.minimumLogLevel(LogLevel.All)])
      ))
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(fiber)
      const attempt = "test.thing.get attempt"
      assert.deepStrictEqual(
        ended.map(([name, parent, attributes]) => [name, parent, attributes["feishu.code"], attributes["feishu.log_id"], attributes["error.type"]]),
        [
          [attempt, "test.thing.get", 121001, "L5", "TestBroken"],
          [attempt, "test.thing.get", undefined, undefined, "TransportError"],
          [attempt, "test.thing.get", 0, "L0", undefined],
          ["test.thing.get", "mine", 0, "L0", undefined],
          ["mine", undefined, undefined, undefined, undefined]
        ]
      )
      assert.deepStrictEqual(logged, ["test.thing.get", "test.thing.get"])
    }))

  it.effect("tells in its failure by which span it failed", () =>
    Effect.gen(function*() {
      const dispatcher = new Scripted(answering(404, { code: 122002, msg: "no" }))
      const exit = yield* Effect.exit(Effect.provide(read, client(dispatcher)))
      assert(Exit.isFailure(exit))
      assert.include(Cause.pretty(exit.cause), "at test.thing.get")
    }))
})
