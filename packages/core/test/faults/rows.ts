/**
 * What can go wrong, row by row: F1 to F36 and F77 to F79, and of the rows about
 * throttling and tokens those that one call can show. `throttling.test.ts` and
 * `tokens.test.ts` have the others, which need many calls or much time.
 */
import { Duration, Effect, Redacted, Ref, Schedule, Scope } from "effect"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { assert } from "@effect/vitest"
import * as Zlib from "node:zlib"
import * as Calls from "./calls.ts"
import type { Call } from "./calls.ts"
import * as Network from "./network.ts"
import {
  by,
  byCall,
  everyTime,
  final,
  finalOrUnknown,
  most,
  repeated,
  replayed,
  scripted,
  sockets,
  unknown
} from "./row.ts"
import type { Arranged, Fields, Outcome, Row, Way } from "./row.ts"
import * as Sockets from "./sockets.ts"

/** What a proxy or the platform might echo. */
const echo = `${FakeFeishu.defaultApp.appId} canary-fake-app-secret Bearer t-fake00000000000000000001`

const raw = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) => Fault.answer({ body, headers })

const success = (data: unknown) => JSON.stringify({ code: 0, msg: "success", data })

const answers = (result: (call: Call) => unknown): Outcome => (call) => ({ success: result(call), sends: 1, effects: 0 })

// --- F1 to F13: connections ---------------------------------------------------

const unsent = (phase: "dns" | "connect", more: Fields = {}): Outcome => (call, { times }) =>
  times >= most
    ? { failure: { _tag: "TransportError", phase, delivered: "no", attempts: most, ...more }, sends: 0, effects: 0 }
    : { success: call.result, sends: 1, effects: 1 }

const refusedByTls = (more: Fields = {}): Outcome => () => ({
  failure: { _tag: "TransportError", phase: "tls", delivered: "no", attempts: 1, ...more },
  sends: 0,
  effects: 0
})

const lost = (phase: "headers" | "body"): Fields => ({ _tag: "TransportError", phase, delivered: "unknown" })

/** In memory the production timeouts hold, and four attempts of 30 seconds meet the total of 120. */
const timesOut = (phase: "headers" | "body"): Outcome => (call, circumstances) =>
  repeated({
    _tag: "CallTimeout",
    phase: circumstances.way === "memory" && circumstances.times === everyTime && call.operation.idempotent ? "total" : phase
  })(call, circumstances)

type Arrange = (call: Call, way: Way) => Effect.Effect<Arranged, never, FakeFeishu.FakeFeishu | Scope.Scope>

/** A row about the way to the platform: on sockets only. */
const network = (
  id: string,
  what: string,
  { outcome, times = everyTime, ...rest }: {
    readonly arrange: Arrange
    readonly outcome: Outcome
    readonly times?: number
    readonly ways?: ReadonlyArray<Way>
    readonly waits?: Row["waits"]
  }
): Row => ({
  ways: sockets,
  ...rest,
  id,
  what,
  expected: (call, way) => outcome(call, { way, times, applied: false })
})

const http = (port: number) => `http://127.0.0.1:${port}`

const https = (port: number) => `https://127.0.0.1:${port}`

const platformPort = Effect.map(FakeFeishu.FakeFeishu, ({ baseUrl }) => Sockets.portOf(baseUrl))

/** Does something after so many failures. */
const afterFailures = (count: number, then: Effect.Effect<unknown>): Effect.Effect<Pick<Arranged, "policy">> =>
  Effect.map(Ref.make(0), (failures) => ({
    policy: Schedule.tapInput(() =>
      Effect.flatMap(Ref.updateAndGet(failures, (n) => n + 1), (n) => n === count ? then : Effect.void))
  }))

const connections: ReadonlyArray<Row> = [
  ...scripted("F1", "connection refused", {
    ways: ["memory"],
    fault: Fault.unreachable("connect"),
    outcome: unsent("connect", { reason: "ECONNREFUSED" })
  }),
  network("F1", "connection refused", {
    arrange: () => Effect.map(Network.closedPort, (port) => ({ baseUrl: http(port), token: true })),
    outcome: unsent("connect", { reason: "ECONNREFUSED" })
  }),
  network("F1", "connection refused three times, then accepted", {
    times: 3,
    arrange: () =>
      Effect.gen(function*() {
        const [platform, port, scope] = yield* Effect.all([platformPort, Network.closedPort, Effect.scope])
        const open = Scope.extend(Network.relay(platform, () => Network.pass, port), scope)
        return { baseUrl: http(port), token: true, ...yield* afterFailures(3, open) }
      }),
    outcome: unsent("connect")
  }),
  ...scripted("F2", "name not found", {
    ways: ["memory"],
    fault: Fault.unreachable("dns"),
    outcome: unsent("dns", { reason: "ENOTFOUND" })
  }),
  ...["ENOTFOUND", "EAI_AGAIN"].map((code) =>
    network("F2", `name lookup fails with ${code}`, {
      arrange: () =>
        Effect.map(Network.unresolvable(code), ({ dials, host }) => ({
          baseUrl: `https://${host}`,
          token: true,
          after: Effect.sync(() => assert.strictEqual(dials(), most))
        })),
      outcome: unsent("dns", { reason: code })
    })
  ),
  ...scripted("F3", "bad certificate", {
    ways: ["memory"],
    times: everyTime,
    fault: Fault.unreachable("tls"),
    outcome: refusedByTls()
  }),
  network("F3", "bad certificate", {
    arrange: () =>
      Effect.map(Network.untrusted, ({ port, received }) => ({
        baseUrl: https(port),
        token: true,
        after: Effect.sync(() => assert.strictEqual(received(), 0))
      })),
    outcome: refusedByTls({ reason: "DEPTH_ZERO_SELF_SIGNED_CERT" })
  }),
  network("F3", "no TLS at all", {
    arrange: () =>
      Effect.gen(function*() {
        const received: Array<number> = []
        const port = yield* Network.server((socket) =>
          socket.once("data", (chunk) => {
            received.push(chunk[0] ?? 0)
            socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")
          })
        )
        // A ClientHello, once, and no request in the clear.
        return { baseUrl: https(port), token: true, after: Effect.sync(() => assert.deepStrictEqual(received, [0x16])) }
      }),
    // A TLS failure may come late in a connection; only our own transport knows that this one did not.
    outcome: by({ UndiciTransport: refusedByTls() }, (call) => {
      const failure = { _tag: "TransportError", phase: "tls", attempts: 1 }
      return { failure: call.operation.idempotent ? failure : unknown(failure), sends: 0, effects: 0 }
    })
  }),
  network("F4", "the connection hangs while it is opened", {
    waits: "timeout",
    arrange: (_, way) =>
      Effect.map(Network.server(() => {}), (port) => ({
        baseUrl: https(port),
        token: true,
        ...way === "UndiciTransport" ? { config: { timeouts: { headers: "10 seconds" } } } : {}
      })),
    // The others have a connect timeout of their own, of 10 seconds; ours for the headers comes first, and proves nothing.
    outcome: by({ UndiciTransport: unsent("connect", { reason: "UND_ERR_CONNECT_TIMEOUT" }) }, (call, circumstances) => ({
      ...repeated({ _tag: "CallTimeout", phase: "headers" })(call, circumstances),
      sends: 0
    }))
  }),
  network("F5", "reset during the TLS handshake", {
    arrange: () =>
      Effect.map(Network.server((socket) => socket.once("data", () => socket.resetAndDestroy())), (port) => ({
        baseUrl: https(port),
        token: true
      })),
    outcome: by({ UndiciTransport: unsent("connect", { reason: "ECONNRESET" }) }, (call, circumstances) => ({
      ...repeated(lost("headers"))(call, circumstances),
      sends: 0
    }))
  }),
  network("F5", "a connection that was kept alive is reset under the request", {
    times: 1,
    arrange: () =>
      Effect.gen(function*() {
        const port = yield* Network.relay(yield* platformPort, (index) => index === 0 ? Network.resetReused : Network.pass)
        return { baseUrl: http(port), first: true }
      }),
    // The bytes were written: nobody can tell that they were not read. The call before it counts as a send.
    outcome: (call) =>
      call.operation.idempotent
        ? { success: call.result, sends: 2, effects: 2 }
        : { failure: unknown(lost("headers")), sends: 1, effects: 1 }
  }),
  network("F5", "a connection that was kept alive is closed before the request", {
    times: 1,
    arrange: () =>
      Effect.gen(function*() {
        const port = yield* Network.relay(yield* platformPort, () => Network.closeIdle)
        return { baseUrl: http(port), first: true, between: Effect.promise(() => new Promise((wake) => setTimeout(wake, 30))) }
      }),
    outcome: (call) => ({ success: call.result, sends: 2, effects: 2 })
  }),
  ...scripted("F6", "reset after the request was sent, before headers", {
    applied: "both",
    fault: Fault.reset,
    outcome: repeated(lost("headers"))
  }),
  ...scripted("F7", "reset mid headers", { applied: "both", fault: Fault.resetMidHeaders, outcome: repeated(lost("headers")) }),
  ...scripted("F8", "reset mid body", { applied: "both", fault: Fault.resetMidBody, outcome: repeated(lost("body")) }),
  ...scripted("F9", "clean close short of Content-Length", {
    applied: "both",
    fault: Fault.truncate("length"),
    outcome: repeated(lost("body"))
  }),
  ...scripted("F9", "clean close without the last chunk", {
    applied: "both",
    fault: Fault.truncate("chunked"),
    outcome: repeated(lost("body"))
  }),
  ...scripted("F10", "empty reply", { applied: "both", fault: Fault.emptyReply, outcome: repeated(lost("headers")) }),
  ...scripted("F10", "garbage before the status line", {
    applied: "both",
    fault: Fault.garbage,
    outcome: repeated(lost("headers"))
  }),
  ...scripted("F11", "the request is taken and never answered", {
    waits: "timeout",
    applied: "both",
    fault: Fault.hang,
    outcome: timesOut("headers")
  }),
  ...scripted("F12", "a byte of the body each second", { waits: "timeout", fault: Fault.slow(1), outcome: timesOut("body") }),
  network("F12", "a byte of the headers now and then", {
    waits: "timeout",
    arrange: () =>
      Effect.gen(function*() {
        const port = yield* Network.relay(yield* platformPort, () => Network.dribble(20))
        return { baseUrl: http(port), token: true }
      }),
    outcome: (call, circumstances) => timesOut("headers")(call, { ...circumstances, applied: true })
  }),
  network("F13", "no file descriptors left", {
    arrange: () =>
      Effect.map(Network.unresolvable("EMFILE"), ({ host }) => ({ baseUrl: `https://${host}`, token: true })),
    outcome: unsent("connect", { reason: "EMFILE" })
  })
]

// --- F14 to F36: payloads -------------------------------------------------------

const unexpected = (status: number): Fields => ({
  _tag: "UnexpectedResponse",
  status,
  contentType: "text/html",
  snippet: (text: unknown) => typeof text === "string" && text.length <= 512
})

const unreadable = (field: string, more: Fields = {}): Fields => ({
  _tag: "ResponseInvalid",
  violations: (all: ReadonlyArray<{ readonly field: string }>) => all.length > 0 && all[0]!.field === field,
  ...more
})

const notApplied = { applied: false, truncated: false }

/** The answer said that it was done, and is of no use: no call is repeated then, and none is in doubt. */
const done = (field: string): Outcome => final(unreadable(field, { applied: true, truncated: false, attempts: 1 }))

const page = `<html><body>${echo} ${"x".repeat(2_000)}</body></html>`

/** Calls that answer nothing have nothing that could be wrong. */
const answeringCalls = [Calls.read, Calls.other]

const inField = (call: Call, value: string) =>
  call.kind === "read"
    ? `{"code":0,"msg":"success","data":{"permission_public":${value}}}`
    : `{"code":0,"msg":"success","data":{"member":${value}}}`

const fieldOf = (call: Call) => call.kind === "read" ? "data.permission_public" : "data.member"

const polluting = ({ data }: Call) => {
  const bad = "\"__proto__\":{\"polluted\":1},\"constructor\":{\"prototype\":{\"polluted\":1}}"
  const fields = Object.entries(data).map(([key, value]) => `,"${key}":${JSON.stringify(value)}`).join("")
  return `{${bad},"code":0,"msg":"success","data":{${bad}${fields}}}`
}

const unpolluted = () => {
  assert.isUndefined(Reflect.get({}, "polluted"))
  assert.isUndefined(Reflect.get(Object.prototype, "polluted"))
}

/** Neither transport over undici undoes a coding: the body is read as it came. */
const isPlain = (way: Way) => way === "NodeHttpClient.layerUndici" || way === "UndiciTransport"

const asItCame = (outcome: Outcome, coded: Outcome): Outcome => (call, circumstances) =>
  (isPlain(circumstances.way) ? coded : outcome)(call, circumstances)

const coded = finalOrUnknown(unreadable("", notApplied))

const MiB = 1024 * 1024

let nestedBomb: Uint8Array | undefined

/** 64 MiB in a few hundred bytes. */
const nested = () => nestedBomb ??= Zlib.gzipSync(Zlib.gzipSync(Buffer.alloc(64 * MiB, "x")))

const tooLarge = finalOrUnknown({ _tag: "ResponseTooLarge", limit: 8 * MiB })

const undocumented = (code: number, status: number): Fields => ({ _tag: "UndocumentedCode", code, status, logId: isLogId })

const isLogId = (id: unknown) => typeof id === "string" && id.startsWith("fakelog")

const documented = ([tag, code]: readonly [string, number], status: number): Fields => ({
  _tag: tag,
  code,
  status,
  logId: isLogId,
  operation: (id: unknown) => typeof id === "string"
})

const quick = (limit: number): Arranged => ({ within: Duration.millis(limit) })

const payloads: ReadonlyArray<Row> = [
  ...scripted("F14", "truncated JSON of the right length", {
    applied: "both",
    fault: Fault.truncatedJson,
    outcome: repeated(unreadable("", { applied: false, truncated: true }))
  }),
  ...[502, 503, 504].flatMap((status) =>
    scripted("F15", `HTML ${status} of a proxy`, {
      fault: Fault.html(status, page),
      outcome: repeated(unexpected(status))
    })
  ),
  ...scripted("F15", "HTML 502 after the platform acted", {
    applied: true,
    fault: Fault.html(502, page),
    outcome: repeated(unexpected(502))
  }),
  ...scripted("F15", "HTML 403 of a proxy", { times: everyTime, fault: Fault.html(403, page), outcome: final(unexpected(403)) }),
  ...scripted("F16", "HTML with status 200", {
    times: everyTime,
    applied: "both",
    fault: Fault.html(200, page),
    outcome: finalOrUnknown(unexpected(200))
  }),
  ...[200, 400].flatMap((status) =>
    scripted("F17", `a permanent code with status ${status}`, {
      times: everyTime,
      fault: ({ permanent }) => Fault.answer({ status, code: permanent[1], msg: echo }),
      outcome: byCall(({ permanent }) => final({ ...documented(permanent, status), attempts: 1 }))
    })
  ),
  ...scripted("F18", "a transient code with status 200", {
    applied: "both",
    fault: ({ transient }) => Fault.answer({ status: 200, code: transient[1], msg: echo }),
    outcome: byCall(({ transient }) => repeated(documented(transient, 200)))
  }),
  // A code means what the operation's page says, and these pages do not list it: it is not known to be transient.
  ...[1061001, 1061006].flatMap((code) =>
    scripted("F18", `${code} with status 200`, {
      times: everyTime,
      fault: Fault.answer({ status: 200, code }),
      outcome: final(undocumented(code, 200))
    })
  ),
  ...[200, 400, 500].flatMap((status) =>
    scripted("F19", `a code that says to try again, with status ${status}`, {
      calls: Calls.contended,
      applied: "both",
      fault: Fault.answer({ status, code: 1066002 }),
      outcome: replayed(documented(["DriveContended", 1066002], status))
    })
  ),
  ...scripted("F20", "a permanent code with status 500", {
    times: everyTime,
    fault: ({ permanent }) => Fault.answer({ status: 500, code: permanent[1] }),
    outcome: byCall(({ permanent }) => final({ ...documented(permanent, 500), attempts: 1 }))
  }),
  ...scripted("F21", "a transient code with status 500", {
    applied: "both",
    fault: ({ transient }) => Fault.answer({ status: 500, code: transient[1] }),
    outcome: byCall(({ transient }) => repeated(documented(transient, 500)))
  }),
  ...scripted("F21", "a transient code of the whole platform, with status 400", {
    fault: Fault.answer({ status: 400, code: 2200 }),
    outcome: repeated(documented(["PlatformBusy", 2200], 400))
  }),
  ...[200, 400, 404].flatMap((status) =>
    scripted("F22", `an unknown code with status ${status}`, {
      times: everyTime,
      fault: Fault.answer({ status, code: 4711, msg: echo }),
      outcome: final(undocumented(4711, status))
    })
  ),
  ...scripted("F22", "an unknown code with status 500", {
    fault: Fault.answer({ status: 500, code: 4711, msg: echo }),
    outcome: repeated(undocumented(4711, 500))
  }),
  ...[
    ["missing", "{\"msg\":\"success\",\"data\":{}}"],
    ["text", "{\"code\":\"0\",\"data\":{}}"],
    ["a fraction", "{\"code\":0.5,\"data\":{}}"],
    ["too large to be exact", "{\"code\":18446744073709551616,\"data\":{}}"],
    ["null", "{\"code\":null,\"data\":{}}"],
    ["a boolean", "{\"code\":false,\"data\":{}}"],
    ["a list", "{\"code\":[0],\"data\":{}}"]
  ].flatMap(([name, body]) =>
    scripted("F23", `the code is ${name}`, {
      times: everyTime,
      fault: raw(body!),
      outcome: finalOrUnknown(unreadable("code", notApplied))
    })
  ),
  ...["[]", "0", "\"\"", "null", "true"].flatMap((body) =>
    scripted("F23", `no envelope but ${body}`, {
      times: everyTime,
      fault: raw(body),
      outcome: finalOrUnknown(unreadable("", notApplied))
    })
  ),
  ...["{\"code\":0}", "{\"code\":0,\"data\":null}", "{\"code\":0,\"data\":{}}"].flatMap((body) => [
    ...scripted("F24", `required data is missing: ${body}`, {
      calls: [Calls.read, Calls.passwordCall],
      times: everyTime,
      applied: true,
      fault: raw(body),
      outcome: byCall(({ kind }) => done(kind === "read" ? "data.permission_public" : "data.password"))
    }),
    ...scripted("F24", `data that nobody requires is missing: ${body}`, {
      calls: [Calls.idempotent, Calls.other],
      times: everyTime,
      fault: raw(body),
      outcome: answers(({ kind }) => kind === "other write" ? {} : undefined)
    })
  ]),
  ...["\"text\"", "5", "[1]", "true"].flatMap((value) =>
    scripted("F25", `a field of the wrong type: ${value}`, {
      calls: answeringCalls,
      times: everyTime,
      applied: true,
      fault: (call) => raw(inField(call, value)),
      outcome: byCall((call) => done(fieldOf(call)))
    })
  ),
  ...scripted("F25", "a field of a field of the wrong type", {
    calls: answeringCalls,
    times: everyTime,
    applied: true,
    fault: (call) => raw(inField(call, "{\"link_share_entity\":1,\"perm\":1}")),
    outcome: byCall((call) => done(call.kind === "read" ? "data.permission_public.link_share_entity" : "data.member.perm"))
  }),
  ...scripted("F25", "data of the wrong type where none is expected", {
    calls: [Calls.idempotent],
    times: everyTime,
    fault: raw("{\"code\":0,\"data\":[1,2]}"),
    outcome: answers(() => undefined)
  }),
  ...scripted("F26", "fields and values that are not documented yet", {
    times: everyTime,
    fault: (call) =>
      Fault.answer({
        data: call.kind === "read"
          ? { permission_public: { link_share_entity: "brand_new", not_documented: { yet: [1] } }, next: 1 }
          : { member: { member_type: "brand_new", member_id: "ou_1", perm: "rule" }, next: 1 }
      }),
    outcome: answers(({ kind }) =>
      kind === "read"
        ? { permission_public: { link_share_entity: "brand_new" } }
        : kind === "other write"
        ? { member: { member_type: "brand_new", member_id: "ou_1", perm: "rule" } }
        : undefined)
  }),
  ...scripted("F27", "keys that reach for prototypes", {
    times: everyTime,
    fault: (call) => raw(polluting(call)),
    outcome: answers(({ result }) => result),
    check: unpolluted
  }),
  ...scripted("F28", "a key twice: the last one counts", {
    times: everyTime,
    fault: (call) => raw(success(call.data).replace("{\"code\":0", "{\"code\":1063002,\"code\":0")),
    outcome: answers(({ result }) => result)
  }),
  ...scripted("F28", "a byte order mark", {
    times: everyTime,
    fault: (call) => raw(`\uFEFF${success(call.data)}`),
    outcome: answers(({ result }) => result)
  }),
  ...scripted("F28", "bytes that are not UTF-8", {
    times: everyTime,
    fault: (call) => raw(Buffer.concat([Buffer.from(success(call.data).slice(0, -1)), Buffer.from([0x2c, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])])),
    outcome: finalOrUnknown(unreadable("", notApplied))
  }),
  ...scripted("F28", "half a surrogate pair", {
    calls: answeringCalls,
    times: everyTime,
    fault: (call) => raw(inField(call, "{\"link_share_entity\":\"\\ud800\",\"member_id\":\"\\ud800\"}")),
    outcome: answers(({ kind }) =>
      kind === "read" ? { permission_public: { link_share_entity: "\ud800" } } : { member: { member_id: "\ud800" } })
  }),
  ...scripted("F29", "an id as a number beyond 2^53", {
    calls: answeringCalls,
    times: everyTime,
    applied: true,
    fault: (call) => raw(inField(call, "{\"link_share_entity\":7101214603622940633,\"member_id\":7101214603622940633}")),
    outcome: byCall((call) => done(call.kind === "read" ? "data.permission_public.link_share_entity" : "data.member.member_id"))
  }),
  ...[
    ["nested 10 000 deep", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["objects nested 10 000 deep", `${"{\"a\":".repeat(10_000)}1${"}".repeat(10_000)}`],
    ["a list of a million", `[${"0,".repeat(999_999)}0]`]
  ].flatMap(([name, value]) => [
    ...scripted("F30", `${name}, in a field that is read`, {
      calls: answeringCalls,
      times: everyTime,
      applied: true,
      arranged: quick(1_000),
      // An object without any known field reads as one.
      fault: (call) => raw(inField(call, name!.startsWith("objects") ? `[${value}]` : value!)),
      outcome: byCall((call) => done(fieldOf(call)))
    }),
    ...scripted("F30", `${name}, in a field that nobody reads`, {
      times: everyTime,
      arranged: quick(1_000),
      fault: ({ data }) => {
        const unread = `"unread":${value}`
        const fields = Object.entries(data).map(([key, value]) => `,"${key}":${JSON.stringify(value)}`).join("")
        return raw(`{"code":0,"msg":"success",${unread},"data":{${unread}${fields}}}`)
      },
      outcome: answers(({ result }) => result)
    })
  ]),
  ...scripted("F31", "a gzip bomb of 1 GiB", {
    times: everyTime,
    arranged: { memory: 64 * MiB },
    // Where nothing is undone it is no bomb, and only the server's work.
    fault: (_, way) => Fault.bomb({ size: isPlain(way) ? 16 * MiB : 1024 * MiB }),
    outcome: asItCame(tooLarge, coded)
  }),
  ...scripted("F31", "a brotli bomb of 100 MiB", {
    times: everyTime,
    arranged: { memory: 64 * MiB },
    fault: Fault.bomb({ size: 100 * MiB, encoding: "br" }),
    outcome: asItCame(tooLarge, coded)
  }),
  ...scripted("F31", "gzip in gzip, 64 MiB", {
    ways: sockets,
    times: everyTime,
    applied: false,
    fault: () => raw(nested(), { "content-encoding": "gzip, gzip" }),
    outcome: asItCame(tooLarge, coded)
  }),
  ...scripted("F31", "more than 8 MiB as they are", {
    times: everyTime,
    fault: raw(`{"code":0,"msg":"${"x".repeat(8 * MiB)}"}`),
    outcome: tooLarge
  }),
  ...scripted("F32", "two codings", {
    ways: sockets,
    times: everyTime,
    fault: (call) => raw(Zlib.gzipSync(Zlib.gzipSync(success(call.data))), { "content-encoding": "gzip, gzip" }),
    // Bounded by the same count of decoded bytes, so that `fetch` may undo as many as it likes.
    outcome: asItCame(answers(({ result }) => result), coded)
  }),
  ...scripted("F32", "a coding that lies", {
    ways: sockets,
    fault: (call) => raw(success(call.data), { "content-encoding": "gzip" }),
    outcome: asItCame(repeated(lost("body")), answers(({ result }) => result))
  }),
  ...scripted("F33", "204 without a body", {
    times: everyTime,
    fault: Fault.answer({ status: 204, contentType: "", body: "" }),
    outcome: finalOrUnknown(unreadable("", { ...notApplied, status: 204 }))
  }),
  ...scripted("F33", "200 without a body", {
    times: everyTime,
    fault: raw(""),
    outcome: finalOrUnknown(unreadable("", { ...notApplied, status: 200 }))
  }),
  // No operation of the two packages documents a code that says to wait.
  ...scripted("F34", "202 and a code that says to wait", {
    times: everyTime,
    fault: Fault.answer({ status: 202, code: 1062004 }),
    outcome: final(undocumented(1062004, 202))
  })
]

const many = Array.from({ length: 25 }, (_, index) => ({ member_type: "openid", member_id: `ou_${index}`, perm: "view" } as const))

interface Buckets {
  readonly succeeded: ReadonlyArray<{ readonly item: { readonly member_id: string } }>
  readonly failed: ReadonlyArray<{ readonly item: { readonly member_id: string }; readonly error: unknown }>
  readonly missing: ReadonlyArray<{ readonly member_id: string }>
}

/** Whatever the platform says, every item ends in exactly one bucket, and so many in each. */
const buckets = (succeeded: number, failed: number, missing: number): NonNullable<Row["check"]> => (result) => {
  // Sound: what `all` answers.
  const all = result as Buckets
  const ids = [...all.succeeded.map(({ item }) => item), ...all.failed.map(({ item }) => item), ...all.missing]
    .map(({ member_id }) => member_id)
  assert.sameMembers(ids, many.map(({ member_id }) => member_id))
  assert.deepStrictEqual([all.succeeded.length, all.failed.length, all.missing.length], [succeeded, failed, missing])
}

const bulk = (what: string, answer: Fault.AnswerOptions, check: NonNullable<Row["check"]>, sends = 3): ReadonlyArray<Row> =>
  scripted("F35", what, {
    calls: [Calls.batch(many)],
    times: 1,
    check,
    fault: Fault.answer(answer),
    // The first of three requests is answered by the script; the platform does what the others ask.
    outcome: () => ({ sends, effects: sends - 1 })
  })

const first = many.slice(0, 10)

const bulks: ReadonlyArray<Row> = [
  ...bulk("an answer with fewer than were asked for", { data: { members: first.slice(0, 7) } }, buckets(22, 0, 3)),
  ...bulk("an answer without any", { data: {} }, buckets(15, 0, 10)),
  ...bulk("an answer with some of them twice", { data: { members: [...first, ...first] } }, buckets(25, 0, 0)),
  ...bulk(
    "an answer with others than were asked for",
    { data: { members: [...first.slice(0, 9), { member_type: "openid", member_id: "ou_stranger", perm: "view" }] } },
    buckets(24, 0, 1)
  ),
  ...bulk(
    "some done and the rest refused",
    { status: 400, code: 1063003, data: { members: first.slice(0, 4) } },
    buckets(19, 6, 0)
  ),
  ...bulk("all refused, and the others would be too", { status: 403, code: 1063002 }, buckets(0, 25, 0), 1),
  ...bulk("what became of the first is unknown", { status: 500, code: 1066001 }, buckets(15, 10, 0))
]

const pages = (what: string, answered: ReadonlyArray<unknown>, outcome: Outcome): ReadonlyArray<Row> => [{
  id: "F36",
  what,
  calls: [Calls.pages],
  arrange: (call) =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      for (const data of answered) yield* fake.script(call.operation, Fault.answer({ data }))
      return {}
    }),
  expected: (call, way) => outcome(call, { way, times: 1, applied: false })
}]

const loops = (sends: number): Outcome => () => ({ failure: { _tag: "PaginationLoop", pages: sends }, sends, effects: 0 })

const walks: ReadonlyArray<Row> = [
  ...pages(
    "a page token that repeats",
    [{ items: ["a"], has_more: true, page_token: "1" }, { items: ["b"], has_more: true, page_token: "1" }],
    loops(2)
  ),
  ...pages(
    "page tokens in a circle",
    ["1", "2", "1"].map((page_token) => ({ items: ["a"], has_more: true, page_token })),
    loops(3)
  ),
  ...pages("more without a page token", [{ items: ["a"], has_more: true }], loops(1)),
  ...pages(
    "an empty page before the last",
    [{ items: [], has_more: true, page_token: "1" }, { items: ["b"], has_more: false }],
    () => ({ success: ["b"], sends: 2, effects: 0 })
  )
]

// --- F37 to F42: throttling, as far as one call shows it ----------------------------

const rateLimited = (more: Fields = {}): Fields => ({ _tag: "RateLimited", code: 99991400, operation: isText, ...more })

const isText = (u: unknown) => typeof u === "string"

const seconds = (expected: number) => (told: unknown) =>
  Duration.isDuration(told) && Duration.equals(told, Duration.seconds(expected))

const garbage = ["", "abc", "abc12", "NaN", "1e9", "5, 10", "0x10", "Wed, 21 Oct 2015 07:28:00 GMT"]

const throttling: ReadonlyArray<Row> = [
  ...[429, 400].flatMap((status) =>
    scripted("F37", `throttled for a moment with status ${status}`, {
      waits: "pause",
      arranged: { atLeast: Duration.millis(50) },
      fault: Fault.throttled({ reset: "0.05", status: status as 429 | 400 }),
      outcome: replayed(rateLimited({ status, retryAfter: seconds(0.05) }))
    })
  ),
  ...scripted("F37", "429 of a proxy, in HTML", { waits: "pause", fault: Fault.html(429), outcome: replayed(unexpected(429)) }),
  ...scripted("F37", "429 with an unknown code", {
    waits: "pause",
    fault: Fault.answer({ status: 429, code: 4711 }),
    outcome: replayed(undocumented(4711, 429))
  }),
  ...scripted("F38", "throttled without saying for how long", {
    waits: "pause",
    fault: Fault.throttled(),
    outcome: replayed(rateLimited({ retryAfter: undefined }))
  }),
  ...garbage.flatMap((reset) =>
    scripted("F39", `throttled for ${JSON.stringify(reset)}`, {
      times: 1,
      waits: "pause",
      fault: Fault.throttled({ reset }),
      outcome: replayed(rateLimited())
    })
  ),
  ...garbage.flatMap((reset) =>
    scripted("F39", `throttled for ${JSON.stringify(reset)}, every time`, {
      times: everyTime,
      waits: "pause",
      fault: Fault.throttled({ reset }),
      outcome: replayed(rateLimited({ retryAfter: undefined }))
    })
  ),
  ...["0", "-5", "-0.5"].flatMap((reset) =>
    scripted("F40", `throttled for ${reset} seconds`, {
      waits: "pause",
      arranged: { atLeast: Duration.millis(20) },
      fault: Fault.throttled({ reset }),
      outcome: replayed(rateLimited({ retryAfter: seconds(0) }))
    })
  ),
  ...["121", "3600", "999999999999999"].flatMap((reset) =>
    scripted("F41", `throttled for ${reset} seconds`, {
      times: everyTime,
      arranged: { within: Duration.millis(500) },
      fault: Fault.throttled({ reset }),
      outcome: final(rateLimited({ retryAfter: seconds(Number(reset)), attempts: 1 }))
    })
  ),
  ...scripted("F41", "throttled for longer than the call may take", {
    times: everyTime,
    arranged: { within: Duration.millis(500), config: { timeouts: { total: "60 seconds" } } },
    fault: Fault.throttled({ reset: "60" }),
    outcome: final(rateLimited({ retryAfter: seconds(60), attempts: 1 }))
  }),
  ...[200, 400, 429].flatMap((status) =>
    scripted("F42", `the month's allowance is used up, with status ${status}`, {
      times: everyTime,
      fault: Fault.answer({ status, code: 99991403 }),
      outcome: final({ ...documented(["MonthlyQuotaExceeded", 99991403], status), category: "Quota", attempts: 1 })
    })
  )
]

// --- F48 to F51b: tokens, as far as one call shows it -------------------------------

const tokenRequests = (expected: number) =>
  Effect.flatMap(FakeFeishu.FakeFeishu, (fake) =>
    Effect.map(fake.tokenRequests, (count) => assert.strictEqual(count, expected, "requests of the token endpoint")))

/** The token is refused; the endpoint has another. */
const refused = (what: string, fault: Fault.Fault, more: Pick<Row, "fake" | "ways"> = {}): Row => ({
  ...more,
  id: "F48",
  what,
  // Two requests for a token are never closer together than a second.
  waits: "pause",
  arrange: ({ operation }) =>
    Effect.gen(function*() {
      const { revokeAll, script } = yield* FakeFeishu.FakeFeishu
      return {
        first: true,
        between: Effect.zipRight(revokeAll(), script(operation, fault)),
        after: yield* Effect.map(Effect.context<FakeFeishu.FakeFeishu>(), (context) => Effect.provide(tokenRequests(2), context))
      }
    }),
  // One call before, one refused, one replayed.
  expected: ({ result }) => ({ success: result, sends: 3, effects: 2 })
})

const unavailable = (more: Fields = {}): Fields => ({ _tag: "AccessTokenUnavailable", credential: "tenant", permanent: false, ...more })

/** The endpoint fails, and with it the call, of which nothing is sent. */
const tokenless = (
  id: string,
  what: string,
  fault: Fault.Fault,
  requests: number,
  failure: Fields,
  waits: Row["waits"] = "pause"
): Row => ({
  id,
  what,
  waits,
  arrange: () =>
    Effect.gen(function*() {
      const context = yield* Effect.context<FakeFeishu.FakeFeishu>()
      const { script } = yield* FakeFeishu.FakeFeishu
      yield* script(FakeFeishu.tokenEndpoint, fault, { times: everyTime })
      return { after: Effect.provide(tokenRequests(requests), context) }
    }),
  expected: () => ({ failure, sends: 0, effects: 0 })
})

const issued = (more: Readonly<Record<string, unknown>>) =>
  raw(JSON.stringify({ code: 0, msg: "ok", tenant_access_token: "t-fake00000000000000000001", ...more }))

const tokens: ReadonlyArray<Row> = [
  ...([200, 400, 401] as const).map((refusedTokenStatus) =>
    refused(`the token is refused, as the platform does it with status ${refusedTokenStatus}`, Fault.delay(0), { fake: { refusedTokenStatus } })
  ),
  ...[99991663, 99991664, 99991665, 4001].flatMap((code) =>
    [200, 400, 401].map((status) =>
      refused(`the token is refused with code ${code} and status ${status}`, Fault.answer({ status, code }), { ways: ["memory"] }))
  ),
  refused("the token is refused with 401 and an unknown code", Fault.answer({ status: 401, code: 4711 })),
  refused("the token is refused with 401 and a page", Fault.html(401)),
  ...([200, 400, 401] as const).flatMap((refusedTokenStatus) =>
    scripted("F48", `every token is refused, with status ${refusedTokenStatus}`, {
      times: everyTime,
      waits: "pause",
      fake: { refusedTokenStatus },
      fault: Fault.tokenRevoked(),
      outcome: () => ({
        failure: { ...documented(["AccessTokenInvalid", 99991663], refusedTokenStatus), attempts: 2 },
        sends: 2,
        effects: 0
      })
    })
  ),
  ...scripted("F49", "the token is refused and issued again", {
    times: everyTime,
    waits: "pause",
    fault: Fault.tokenRevoked({ reissue: true }),
    outcome: () => ({ failure: { _tag: "AccessTokenRejected", credential: "tenant" }, sends: 1, effects: 0 })
  }),
  tokenless("F50", "the token endpoint resets connections", Fault.reset, most, unavailable()),
  tokenless("F50", "the token endpoint answers nothing", Fault.emptyReply, most, unavailable()),
  tokenless("F50", "the token endpoint hangs", Fault.hang, most, unavailable(), "timeout"),
  tokenless("F50", "the token endpoint is down", Fault.maintenance, most, unavailable()),
  tokenless("F50", "the token endpoint answers HTML 500", Fault.html(500, page), most, unavailable()),
  tokenless("F50", "the token endpoint answers HTML 200", Fault.html(200, page), 1, unavailable()),
  tokenless("F50", "the token endpoint answers 500 and a code", Fault.answer({ status: 500, code: 20050, msg: echo }), most, unavailable()),
  tokenless("F50", "the token endpoint answers JSON that breaks off", raw("{\"code\":0,"), most, unavailable()),
  tokenless("F50", "the token endpoint answers no token", raw("{\"code\":0,\"msg\":\"ok\",\"expire\":7200}"), 1, unavailable()),
  tokenless("F50", "the token endpoint answers an empty token", issued({ tenant_access_token: "", expire: 7200 }), 1, unavailable()),
  tokenless("F50", "the token endpoint redirects", Fault.redirect(307, "https://elsewhere.invalid/"), 1, unavailable()),
  tokenless("F51a", "expire is 0", issued({ expire: 0 }), 1, unavailable()),
  tokenless("F51a", "expire is negative", issued({ expire: -1 }), 1, unavailable()),
  tokenless("F51a", "expire is text", issued({ expire: "7200" }), 1, unavailable()),
  tokenless("F51a", "expire is missing", issued({}), 1, unavailable()),
  {
    id: "F51b",
    what: "the secret is wrong",
    arrange: () =>
      Effect.map(Effect.context<FakeFeishu.FakeFeishu>(), (context) => ({
        config: { appSecret: Redacted.make("canary-wrong-secret"), circuitBreaker: { failures: 1, openFor: "1 minute" } },
        after: Effect.provide(tokenRequests(1), context)
      })),
    expected: () => ({ failure: unavailable({ permanent: true, code: 10015, logId: isLogId }), sends: 0, effects: 0 })
  }
]

// --- F77 to F79: redirects ------------------------------------------------------------

const statuses = [301, 302, 303, 307, 308] as const

/** A redirect to somewhere on a server that counts who comes. */
const redirected = (id: string, what: string, status: (typeof statuses)[number], to: (port: number, own: string) => string, origin?: (port: number, own: string) => string): Row => {
  let expectedOrigin: string | undefined
  return {
    id,
    what: `${status} to ${what}`,
    arrange: ({ operation }) =>
      Effect.gen(function*() {
        const { baseUrl, script } = yield* FakeFeishu.FakeFeishu
        let visits = 0
        const port = yield* Network.server(() => visits++)
        expectedOrigin = origin?.(port, baseUrl)
        yield* script(operation, Fault.redirect(status, to(port, baseUrl)), { times: everyTime })
        return { after: Effect.sync(() => assert.strictEqual(visits, 0)) }
      }),
    expected: () => ({
      failure: {
        _tag: "RedirectBlocked",
        status,
        from: isText,
        to: (seen: unknown) => expectedOrigin === undefined ? isText(seen) : seen === expectedOrigin
      },
      sends: 1,
      effects: 0
    })
  }
}

const redirects: ReadonlyArray<Row> = [
  ...statuses.flatMap((status) => [
    redirected("F77", "another port", status, (port) => `http://127.0.0.1:${port}/`, (port) => `http://127.0.0.1:${port}`),
    redirected("F77", "another host", status, (port) => `http://localhost:${port}/`, (port) => `http://localhost:${port}`),
    redirected("F77", "another scheme", status, (port) => `https://127.0.0.1:${port}/`, (port) => `https://127.0.0.1:${port}`),
    redirected("F77", "another host without a scheme", status, (port) => `//localhost:${port}/`),
    redirected("F78", "the same origin", status, (_, own) => `${own}/open-apis/elsewhere`, (_, own) => own)
  ]),
  ...([302, 307] as const).flatMap((status) => [
    redirected("F79", "a path", status, () => "/open-apis/elsewhere", (_, own) => own),
    redirected("F79", "a relative path", status, () => "../elsewhere?x=1", (_, own) => own),
    redirected("F79", "something malformed", status, () => "http://[", () => "an address that cannot be read"),
    redirected("F79", "a port that is none", status, () => "http://127.0.0.1:99999/", () => "an address that cannot be read"),
    redirected("F79", "data:", status, () => "data:application/json,{\"code\":0}", () => "null"),
    redirected("F79", "javascript:", status, () => "javascript:alert(1)", () => "null"),
    redirected(
      "F79",
      "somewhere with credentials",
      status,
      (port) => `http://canary-user-secret:canary-password-secret@127.0.0.1:${port}/`,
      (port) => `http://127.0.0.1:${port}`
    ),
    redirected("F79", "nowhere", status, () => "", (_, own) => own)
  ])
]

export const rows: ReadonlyArray<Row> = [
  ...connections,
  ...payloads,
  ...bulks,
  ...walks,
  ...throttling,
  ...tokens,
  ...redirects
]
