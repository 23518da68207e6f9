import { AccessToken, FeishuClient, Operation, RateLimit } from "@effect-feishu/core"
import { NodeSdk } from "@effect/opentelemetry"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base"
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Deferred, Effect, Fiber, HashMap, Layer, Logger, LogLevel, Metric, MetricState, Schema, TestClock } from "effect"
import * as Stub from "./stub.ts"

/** OpenTelemetry's own numbers and words. */
const kind = { internal: 0, client: 2 }
const status = { unset: 0, ok: 1, error: 2 }

/** Runs an effect while time passes, and answers what OpenTelemetry exported. */
const exported = <A, E, R>(effect: Effect.Effect<A, E, R>) => {
  const exporter = new InMemorySpanExporter()
  return Effect.gen(function*() {
    const fiber = yield* Effect.fork(Effect.exit(effect))
    yield* TestClock.adjust("1 minute")
    const exit = yield* Fiber.join(fiber)
    const spans = [...exporter.getFinishedSpans()]
    return { exit, spans, calls: spans.filter((span) => span.kind === kind.client), attempts: spans.filter(({ name }) => name.endsWith("attempt")) }
  }).pipe(Effect.provide(NodeSdk.layer(() => ({ resource: { serviceName: "test" }, spanProcessor: new SimpleSpanProcessor(exporter) }))))
}

const parentOf = ({ parentSpanContext }: ReadableSpan) => parentSpanContext?.spanId
const idOf = (span: ReadableSpan) => span.spanContext().spanId

/** Answers one after another; the last one stays. */
const answers = (...all: ReadonlyArray<(sent: Stub.Sent) => ReturnType<Parameters<typeof Stub.http>[0]>>) => {
  let count = 0
  return (sent: Stub.Sent) => all[Math.min(count++, all.length - 1)]!(sent)
}

const fault = () => Stub.failed(121001, 500, { headers: { "x-tt-logid": "L5" } })
const fine = () => Stub.ok({ name: "n" }, { "x-tt-logid": "L0" })

describe("a call is one span", () => {
  it.effect("of a client, under the caller's, with one attempt under it", () =>
    Effect.gen(function*() {
      const { attempts, calls, spans } = yield* exported(Effect.withSpan(Stub.get({ id: "1" }), "mine"))
      assert.deepStrictEqual(spans.map(({ name }) => name), ["test.thing.get attempt", "test.thing.get", "mine"])
      assert.lengthOf(calls, 1)
      const [call, attempt] = [calls[0]!, attempts[0]!]
      assert.strictEqual(parentOf(call), idOf(spans[2]!))
      assert.strictEqual(parentOf(attempt), idOf(call))
      assert.strictEqual(attempt.kind, kind.internal)
      assert.deepInclude(call.attributes, {
        "feishu.operation": "test.thing.get",
        "feishu.code": 0,
        "feishu.log_id": "L0",
        "http.response.status_code": 200,
        "feishu.attempts": 1,
        "feishu.waited_ms": 0,
        "feishu.credential": "tenant"
      })
      assert.deepInclude(attempt.attributes, { "feishu.operation": "test.thing.get", "feishu.attempt": 1, "feishu.code": 0 })
      assert.strictEqual(call.status.code, status.ok)
      assert.strictEqual(attempt.status.code, status.ok)
    }).pipe(Effect.provide(Stub.client(fine))))

  it.effect("with an attempt for every request, each with its own end", () =>
    Effect.gen(function*() {
      const { attempts, calls: [call] } = yield* exported(Stub.get({ id: "1" }))
      assert.deepStrictEqual(
        attempts.map(({ attributes, status }) => [attributes["feishu.attempt"], attributes["feishu.code"], attributes["feishu.log_id"], status.code]),
        [[1, 121001, "L5", status.error], [2, 99991400, undefined, status.error], [3, 0, "L0", status.ok]]
      )
      for (const attempt of attempts) assert.strictEqual(parentOf(attempt), idOf(call!))
      assert.deepInclude(call!.attributes, { "feishu.code": 0, "feishu.attempts": 3 })
      // The throttled one waited for a whole second.
      assert.isAtLeast(call!.attributes["feishu.waited_ms"] as number, 1_000)
      assert.strictEqual(call!.status.code, status.ok)
    }).pipe(Effect.provide(Stub.client(answers(fault, () => Stub.failed(99991400, 429, { headers: { "x-ogw-ratelimit-reset": "1" } }), fine)))))

  it.effect("as often as it is made", () =>
    Effect.gen(function*() {
      const { attempts, calls } = yield* exported(Effect.all([Stub.get({ id: "1" }), Stub.get({ id: "2" })], { concurrency: 2 }))
      assert.strictEqual(new Set(calls.map((call) => call.spanContext().traceId)).size, 2)
      assert.sameMembers(attempts.map(parentOf), calls.map(idOf))
    }).pipe(Effect.provide(Stub.client(fine))))

  it.effect("whose token request is a span of its own", () => {
    const headers: Array<Stub.Sent["headers"]> = []
    const http = Stub.http((sent) => {
      headers.push(sent.headers)
      return sent.path.endsWith("internal") ? Stub.json({ code: 0, tenant_access_token: "t-1", expire: 7200 }) : fine()
    })
    const live = Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide([Layer.succeed(HttpClient.HttpClient, http), Stub.config()])
    )
    return Effect.gen(function*() {
      const { attempts, calls, spans } = yield* exported(Stub.get({ id: "1" }))
      assert.sameMembers(calls.map(({ name }) => name), ["auth.tenantAccessToken.internal", "test.thing.get"])
      // And none of the transport's.
      assert.lengthOf(spans, calls.length + attempts.length)
      assert.lengthOf(headers, 2)
      assert.doesNotHaveAnyKeys(headers[0], ["authorization"])
      for (const sent of headers) assert.doesNotHaveAnyKeys(sent, ["traceparent", "tracestate", "b3", "x-b3-traceid", "baggage"])
    }).pipe(Effect.provide(live))
  })

  it.effect("that ends when the call is interrupted", () =>
    Effect.gen(function*() {
      const arrived = yield* Deferred.make<void>()
      const live = Stub.client(() => Effect.zipRight(Deferred.succeed(arrived, undefined), Effect.never))
      const { attempts, calls } = yield* exported(Effect.gen(function*() {
        const fiber = yield* Effect.fork(Effect.provide(Stub.get({ id: "1" }), live))
        yield* Deferred.await(arrived)
        yield* Fiber.interrupt(fiber)
      }))
      assert.deepStrictEqual([calls.length, attempts.length], [1, 1])
      assert.notProperty(calls[0]!.attributes, "feishu.code")
    }))
})

class Item extends Schema.Class<Item>("Item")({ id: Schema.String }) {}
const batch = Operation.batched("test.batch", {
  method: "POST",
  url: "/open-apis/test/v1/batch",
  accepts: "tenant",
  scopes: [],
  idempotent: false,
  rateLimit: RateLimit.unstated,
  request: Schema.Struct({ items: Schema.Array(Item) }),
  response: Schema.Struct({ items: Schema.Array(Item) }),
  errors: Stub.errors,
  batch: { items: "items", size: 2, done: ({ items }) => items, key: ({ id }) => id }
})

describe("a call that fails", () => {
  const get = Stub.get({ id: "1" })
  const create = Stub.create({ id: "1", name: "n" })
  const some = batch({ items: [{ id: "a" }, { id: "b" }] })
  const done = { items: [{ id: "a" }] }
  const logged = { headers: { "x-tt-logid": "L1" } }
  const platform = (code: number, httpStatus: number) => ({ "feishu.code": code, "feishu.log_id": "L1", "http.response.status_code": httpStatus })

  type Call = Effect.Effect<unknown, { readonly _tag: string; readonly message: string }, FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
  const failures: ReadonlyArray<
    readonly [tag: string, call: Call, answer: Parameters<typeof Stub.http>[0], sends: number, attributes: Readonly<Record<string, unknown>>]
  > = [
    ["TestNotThere", get, () => Stub.failed(122002, 404, logged), 1, platform(122002, 404)],
    ["UndocumentedCode", get, () => Stub.failed(424242, 400, logged), 1, platform(424242, 400)],
    ["TestBroken", get, () => Stub.failed(121001, 500, logged), 4, platform(121001, 500)],
    ["OutcomeUnknown", create, () => Stub.failed(121001, 500, logged), 1, platform(121001, 500)],
    ["PartialSuccess", some, () => Stub.failed(121005, 403, { ...logged, data: done }), 1, platform(121005, 403)],
    ["PartialSuccess", some, () => Stub.failed(121001, 500, { ...logged, data: done }), 1, platform(121001, 500)],
    ["ResponseInvalid", get, () => Stub.ok({ name: 1 }, { "x-tt-logid": "L1" }), 1, { "feishu.log_id": "L1", "http.response.status_code": 200 }],
    ["UnexpectedResponse", get, () => Stub.html(404), 1, { "http.response.status_code": 404 }],
    ["TransportError", get, (sent) => Effect.fail(Stub.broken(sent, "ECONNREFUSED")), 4, {}],
    ["OutcomeUnknown", create, (sent) => Effect.fail(Stub.broken(sent, "ECONNRESET")), 1, {}],
    ["RequestInvalid", Stub.get({ id: "" }), () => Stub.ok(), 0, {}]
  ]

  for (const [tag, call, answer, sends, attributes] of failures) {
    it.effect(`with ${tag} after ${sends} says so in its span${"feishu.code" in attributes ? `, code ${String(attributes["feishu.code"])}` : ""}`, () =>
      Effect.gen(function*() {
        const { attempts, calls: [span] } = yield* exported(call)
        assert.lengthOf(attempts, sends)
        const { "feishu.waited_ms": _, ...told } = span!.attributes
        assert.deepStrictEqual(told, {
          "feishu.operation": span!.name,
          "feishu.attempts": sends,
          "error.type": tag,
          ...sends === 0 ? {} : { "feishu.credential": "tenant" },
          ...attributes
        })
        assert.strictEqual(span!.status.code, status.error)
        assert.include(span!.status.message, span!.name)
        assert.lengthOf(span!.events, 1)
        assert.match(String(span!.events[0]!.attributes?.["exception.stacktrace"]), new RegExp(`^${tag}: `))
        for (const attempt of attempts) assert.strictEqual(attempt.status.code, status.error)
      }).pipe(Effect.provide(Stub.client(answer))))
  }
})

/** The sum of a metric over all that carries these tags. */
const counted = (name: string, tags: Readonly<Record<string, string>>) =>
  Effect.map(Metric.snapshot, (pairs) =>
    pairs
      .filter(({ metricKey }) =>
        metricKey.name === name && Object.entries(tags).every(([key, value]) => metricKey.tags.some((tag) => tag.key === key && tag.value === value)))
      .reduce((sum, { metricState }) =>
        sum + (MetricState.isCounterState(metricState) || MetricState.isHistogramState(metricState) ? Number(metricState.count) : 0), 0))

describe("metrics count", () => {
  /** An operation nobody else calls. */
  const own = (id: string) =>
    Operation.make(id, { method: "GET", url: "/open-apis/own", accepts: "tenant", scopes: [], idempotent: true, rateLimit: RateLimit.unstated, errors: Stub.errors })

  it.effect("calls by outcome, requests, repetitions and throttles", () => {
    const operation = own("test.counted")
    const throttle = () => Stub.failed(99991400, 429)
    const forever = () => Effect.never
    const live = Stub.client(answers(fine, fault, throttle, throttle, fine, () => Stub.failed(122002, 404), forever))
    return Effect.gen(function*() {
      yield* exported(Effect.all([operation(), operation(), Effect.either(operation()), Effect.timeoutOption(operation(), "1 second")]))
      const of = (name: string, tags: Readonly<Record<string, string>> = {}) => counted(name, { operation: "test.counted", ...tags })
      assert.strictEqual(yield* of("feishu_calls"), 4)
      assert.strictEqual(yield* of("feishu_calls", { outcome: "success" }), 2)
      assert.strictEqual(yield* of("feishu_calls", { outcome: "TestNotThere" }), 1)
      assert.strictEqual(yield* of("feishu_calls", { outcome: "interrupted" }), 1)
      assert.strictEqual(yield* of("feishu_call_duration_ms"), 4)
      assert.strictEqual(yield* of("feishu_attempts"), 7)
      assert.strictEqual(yield* of("feishu_retries"), 1)
      assert.strictEqual(yield* of("feishu_throttles"), 2)
    }).pipe(Effect.provide(live))
  })

  it.effect("tokens that were asked for", () => {
    const http = Stub.http(({ path }) => path.endsWith("internal") ? Stub.failed(10015, 200) : fine())
    const live = Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide([Layer.succeed(HttpClient.HttpClient, http), Stub.config()])
    )
    const refused = counted("feishu_token_fetches", { credential: "tenant", outcome: "AccessTokenUnavailable" })
    return Effect.gen(function*() {
      const before = yield* refused
      yield* Effect.either(own("test.tokens")())
      assert.strictEqual((yield* refused) - before, 1)
      assert.strictEqual(yield* counted("feishu_attempts", { operation: "test.tokens" }), 0)
    }).pipe(Effect.provide(live))
  })
})

describe("logs", () => {
  it.effect("tell at debug level what is tried again, and why", () => {
    const lines: Array<unknown> = []
    const logger = Logger.make(({ annotations, logLevel, message }) => {
      lines.push([logLevel.label, String(message), ...["feishu.operation", "feishu.error"].map((key) => HashMap.unsafeGet(annotations, key))])
    })
    return Effect.gen(function*() {
      yield* exported(Stub.get({ id: "1" }))
      assert.deepStrictEqual(lines.map((line) => String(line).replace(/\d+ms.*?,/, "some ms,")), [
        "DEBUG,trying again in some ms,test.thing.get,TestBroken",
        "DEBUG,throttled, waiting 2s,test.thing.get,RateLimited"
      ])
    }).pipe(
      Effect.provide(Stub.client(answers(fault, () => Stub.failed(99991400, 429), fine))),
      Effect.provide([Logger.replace(Logger.defaultLogger, logger), Logger.minimumLogLevel(LogLevel.All)])
    )
  })
})
