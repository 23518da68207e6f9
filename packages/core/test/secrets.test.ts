import { AccessToken, FeishuClient, Operation, RateLimit, Shape } from "@effect-feishu/core"
import { NodeSdk } from "@effect/opentelemetry"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Cause, Effect, Exit, Fiber, Layer, Logger, LogLevel, Metric, Option, Redacted, Schema, TestClock } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

/** Every secret of this file holds this word, and nothing else does. */
const canary = "canary"
const password = "canary-password-of-a-meeting"

// --- where a secret could be seen ----------------------------------------------

const look = (u: unknown) => inspect(u, { depth: 20, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null })

const loggers = [Logger.structuredLogger, Logger.jsonLogger, Logger.logfmtLogger, Logger.stringLogger]

/** Runs an effect while time passes, and answers all that a program can show of it, by where it is shown. */
const shown = <A, E, R>(effect: Effect.Effect<A, E, R>) => {
  const exporter = new InMemorySpanExporter()
  const logs: Array<string> = []
  const collector = Logger.make((options) => {
    for (const logger of loggers) logs.push(look(logger.log(options)))
    logs.push(look([options.message, options.annotations, options.spans, Cause.pretty(options.cause)]))
  })
  return Effect.gen(function*() {
    const fiber = yield* Effect.fork(Effect.exit(effect.pipe(
      Effect.tapErrorCause((cause) => Effect.logError("failed", cause)),
      Effect.withSpan("program"),
      Effect.withLogSpan("program")
    )))
    yield* TestClock.adjust("1 minute")
    const exit = yield* Fiber.join(fiber)
    const error = Exit.isFailure(exit) ? Option.getOrUndefined(Cause.failureOption(exit.cause)) : undefined
    const spans = exporter.getFinishedSpans().map(({ attributes, events, links, name, resource, status }) =>
      look({ attributes, events, links, name, resource: resource.attributes, status }))
    return {
      exit,
      sinks: {
        said: error instanceof Error ? [error.message, String(error), String(error.stack)] : [look(error)],
        json: [JSON.stringify(error) ?? "", JSON.stringify(exit)],
        inspected: [look(error), look(exit)],
        pretty: Exit.isFailure(exit) ? [Cause.pretty(exit.cause), Cause.pretty(exit.cause, { renderErrorCause: true })] : [],
        logs,
        spans,
        metrics: [look(yield* Metric.snapshot)]
      }
    }
  }).pipe(
    Effect.provide(NodeSdk.layer(() => ({ resource: { serviceName: "test" }, spanProcessor: new SimpleSpanProcessor(exporter) }))),
    Effect.provide([Logger.replace(Logger.defaultLogger, collector), Logger.minimumLogLevel(LogLevel.All)])
  )
}

const leaks = (sinks: Readonly<Record<string, ReadonlyArray<string>>>) =>
  Object.entries(sinks).filter(([, texts]) => texts.some((text) => text.toLowerCase().includes(canary))).map(([sink]) => sink)

// --- what could hold one --------------------------------------------------------

class SetRequest extends Shape.Struct<SetRequest>()(() => ({
  password: Schema.Redacted(Schema.String.pipe(Schema.maxLength(64))),
  count: Schema.Int
})) {}
class SetResponse extends Shape.Struct<SetResponse>()(() => ({ password: Schema.Redacted(Schema.String), count: Schema.Int })) {}

const setPassword = Operation.make("test.password.set", {
  method: "POST",
  url: "/open-apis/test/v1/password",
  accepts: "either",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: SetRequest,
  response: SetResponse,
  errors: Stub.errors
})

const addPasswords = Operation.batched("test.password.add", {
  method: "POST",
  url: "/open-apis/test/v1/passwords",
  accepts: "either",
  scopes: [],
  idempotent: false,
  rateLimit: RateLimit.unstated,
  request: Schema.Struct({ items: Schema.Array(Schema.String) }),
  response: Schema.Struct({ items: Schema.Array(SetResponse) }),
  errors: Stub.errors,
  batch: { items: "items", size: 2, done: ({ items }) => items, key: String }
})

const set = setPassword({ password: Redacted.make(password), count: 1 })

type Answer = Parameters<typeof Stub.http>[0]

const issued = Stub.json({ code: 0, msg: "ok", tenant_access_token: Stub.tenantToken, expire: 7200 })

/** A platform that issues the tenant's secret, and a user who has theirs. */
const world = (call: Answer, token: Answer = () => issued.clone()) => {
  const platform = Layer.succeed(HttpClient.HttpClient, Stub.http((sent) => (sent.path.endsWith("/internal") ? token : call)(sent)))
  return Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant, AccessToken.layerUserOf(Redacted.make(Stub.userToken))).pipe(
    Layer.provide([platform, Stub.config()])
  )
}

/** All that a careless party on the way may have seen of a request. */
const seen = (sent: Stub.Sent) => `${String(sent.headers["authorization"])} ${sent.token} ${Stub.appSecret} ${Stub.tenantToken} ${Stub.userToken}`

const withPassword = { code: 0, msg: "ok", data: { password, count: 1 } }

const answers: ReadonlyArray<readonly [what: string, answer: Answer, tag: string | undefined]> = [
  ["an answer", () => Stub.json(withPassword), undefined],
  ["an answer whose other fields are wrong", () => Stub.ok({ password, count: "1" }), "ResponseInvalid"],
  ["an answer that is itself wrong", () => Stub.ok({ password: { [password]: password }, count: [password] }), "ResponseInvalid"],
  ["an answer that breaks off", () => Stub.json(JSON.stringify(withPassword).slice(0, -3)), "ResponseInvalid"],
  ["an answer that breaks off under HTTP 502", () => Stub.json(JSON.stringify(withPassword).slice(0, -3), { status: 502 }), "UnexpectedResponse"],
  ["an answer that passes for plain text", () => Stub.json(withPassword, { headers: { "content-type": "text/plain" } }), "UnexpectedResponse"],
  ["a failed answer", () => Stub.failed(121005, 403, { data: { password, count: 1 }, error: { password } }), "TestForbidden"],
  ["a proxy's page", (sent) => Stub.html(403, `<html><pre>${seen(sent)}</pre></html>`), "UnexpectedResponse"],
  ["a proxy's page, across its cut", (sent) => Stub.html(403, `${"x".repeat(470)} ${seen(sent)}`), "UnexpectedResponse"],
  ["a proxy's page that is tried again", (sent) => Stub.html(502, seen(sent)), "UnexpectedResponse"],
  ["a message", (sent) => Stub.failed(121005, 403, { msg: seen(sent) }), "TestForbidden"],
  ["a message that is tried again", (sent) => Stub.failed(121001, 500, { msg: seen(sent) }), "TestBroken"],
  ["a message that throttles", (sent) => Stub.failed(99991400, 429, { msg: seen(sent) }), "RateLimited"],
  ["a message nobody documented", (sent) => Stub.failed(424242, 400, { msg: seen(sent) }), "UndocumentedCode"],
  ["a message of a refused token", (sent) => Stub.failed(99991671, 400, { msg: seen(sent) }), "AccessTokenMalformed"],
  [
    "violations",
    (sent) =>
      Stub.failed(99992402, 400, {
        error: {
          field_violations: [{ field: seen(sent), value: password, description: seen(sent) }],
          permission_violations: [{ type: seen(sent), subject: seen(sent) }],
          troubleshooter: `https://x/${seen(sent)}`
        }
      }),
    "FieldsInvalid"
  ],
  ["a log id in the body", (sent) => Stub.failed(121005, 403, { error: { log_id: seen(sent) } }), "TestForbidden"],
  ["a log id in a header", (sent) => Stub.failed(121005, 403, { headers: { "x-request-id": seen(sent) } }), "TestForbidden"],
  ["the log id of an unreadable answer", (sent) => Stub.ok({ count: "1" }, { "x-request-id": seen(sent) }), "ResponseInvalid"],
  ["a content type", (sent) => new Response("no", { status: 403, headers: { "content-type": `text/${seen(sent)}` } }), "UnexpectedResponse"],
  ["where a redirect goes", (sent) => new Response(null, { status: 302, headers: { location: `/login?t=${seen(sent)}` } }), "RedirectBlocked"],
  ["a host where a redirect goes", () => new Response(null, { status: 302, headers: { location: `https://${Stub.userToken}.example` } }), "RedirectBlocked"],
  ["a transport's complaint", (sent) => Effect.fail(Stub.refused(sent, `Headers.append: "${seen(sent)}" is an invalid value`)), "TransportError"],
  ["a transport's code", (sent) => Effect.fail(Stub.broken(sent, seen(sent))), "TransportError"]
]

describe("no secret is shown", () => {
  for (const [what, answer, tag] of answers) {
    it.effect(`of ${what}`, () =>
      Effect.gen(function*() {
        for (const call of [set, AccessToken.asUser(set)]) {
          const { exit, sinks } = yield* shown(call)
          const ended = Exit.isSuccess(exit) ? undefined : Option.map(Cause.failureOption(exit.cause), ({ _tag }) => _tag)
          assert.strictEqual(ended === undefined ? ended : Option.getOrUndefined(ended), tag)
          assert.deepStrictEqual(leaks(sinks), [])
          assert.isNotEmpty(sinks.spans)
        }
      }).pipe(Effect.provide(world(answer))))
  }

  const tokens: ReadonlyArray<readonly [what: string, answer: Answer]> = [
    ["an answer without a lifetime", () => Stub.json({ code: 0, tenant_access_token: Stub.tenantToken })],
    ["a message", (sent) => Stub.failed(10015, 200, { msg: `wrong: ${sent.text} ${Stub.appSecret}` })],
    ["an error", (sent) => Stub.failed(10003, 400, { error: { log_id: sent.text, field_violations: [{ field: sent.text, description: sent.text }] } })],
    ["a proxy's page", (sent) => Stub.html(502, sent.text)],
    ["a transport's complaint", (sent) => Effect.fail(Stub.refused(sent, `cannot send ${sent.text}`))]
  ]

  for (const [what, answer] of tokens) {
    it.effect(`of ${what} where the token is asked for`, () =>
      Effect.gen(function*() {
        const { exit, sinks } = yield* shown(set)
        assert.include(String(exit), "AccessTokenUnavailable")
        assert.deepStrictEqual(leaks(sinks), [])
      }).pipe(Effect.provide(world(() => Stub.ok(), answer))))
  }

  it.effect("of a request that is refused before it is sent", () =>
    Effect.gen(function*() {
      const long = Redacted.make(password.repeat(9))
      for (const request of [{ password: long, count: 1 }, { password: long, count: password }, { password, count: 1 }, { password: Redacted.make(1) }]) {
        const { exit, sinks } = yield* shown(setPassword(request as never))
        assert.include(String(exit), "RequestInvalid")
        assert.deepStrictEqual(leaks(sinks), [])
      }
    }).pipe(Effect.provide(world(() => Stub.ok()))))

  it.effect("of what was done in part", () =>
    Effect.gen(function*() {
      const { exit, sinks } = yield* shown(addPasswords({ items: ["a", "b"] }))
      assert.include(String(exit), "PartialSuccess")
      assert.deepStrictEqual(leaks(sinks), [])
    }).pipe(Effect.provide(world((sent) => Stub.failed(121005, 403, { msg: seen(sent), data: { items: [{ password, count: 1 }] } })))))

  it.effect("by the layers themselves", () =>
    Effect.gen(function*() {
      yield* set
      const services = yield* Effect.context<AccessToken.AnyAccessToken | FeishuClient.FeishuClient>()
      assert.deepStrictEqual(leaks({ services: [look(services)] }), [])
    }).pipe(Effect.provide(world(() => Stub.json(withPassword)))))
})

it.effect("A secret that is shown is found", () =>
  Effect.gen(function*() {
    const control = `${canary}-control`
    const leaky = Effect.gen(function*() {
      yield* Effect.logTrace("token", control)
      yield* Effect.annotateCurrentSpan("token", control)
      yield* Metric.increment(Metric.counter(control))
      return yield* Effect.fail({ control, message: control, toJSON: () => control })
    })
    const { sinks } = yield* shown(leaky)
    assert.sameMembers(leaks(sinks), Object.keys(sinks))
  }))
