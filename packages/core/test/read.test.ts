import type { FeishuConfig } from "@effect-feishu/core"
import { AccessToken, CallError, FeishuClient, Operation, RateLimit, Retry, Shape } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { FetchHttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import type { HttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Array, Effect, Exit, FastCheck, Layer, Redacted, Schema } from "effect"
import * as Http from "node:http"
import type { AddressInfo } from "node:net"
import * as Zlib from "node:zlib"
import * as Read from "../src/internal/read.ts"
import * as Stub from "./stub.ts"

class Answer extends Shape.Struct<Answer>()(() => ({
  name: Schema.String,
  size: Schema.optional(Schema.Int),
  kind: Schema.optional(Shape.Open("doc", "sheet")),
  tags: Schema.optional(Schema.Array(Schema.Int)),
  any: Schema.optional(Schema.Unknown)
})) {}

const declaration = {
  url: "/open-apis/test/v1/answer",
  accepts: "tenant",
  scopes: [],
  rateLimit: RateLimit.unstated,
  response: Answer,
  errors: Stub.errors
} as const

const get = Operation.make("test.answer.get", { ...declaration, method: "GET", idempotent: true })
const create = Operation.make("test.answer.create", { ...declaration, method: "POST", idempotent: false })
const flat = Operation.make("test.answer.flat", { ...declaration, method: "GET", idempotent: true, envelope: "flat" })
const oauth = Operation.make("test.answer.oauth", { ...declaration, method: "POST", idempotent: true, envelope: "oauth" })

const limit = 8 * 1024 * 1024
const reader = Read.make({ baseUrl: "https://open.feishu.cn", maxResponseSize: limit })

/** What one answer to one request is read as. */
const read = (response: Response, operation: Operation.Operation.Any = get) =>
  reader(operation.spec, HttpClientResponse.fromWeb(HttpClientRequest.get("https://open.feishu.cn/"), response), {
    operation: operation.id,
    number: 1,
    secrets: [Stub.tenantToken, Stub.appSecret]
  })

const refused = (response: Response, operation: Operation.Operation.Any = get) => Effect.flip(read(response, operation))

/** The complaints about an answer that cannot be read. */
const violations = (response: Response, operation: Operation.Operation.Any = get) =>
  Effect.map(refused(response, operation), (error) => {
    assert(error instanceof CallError.ResponseInvalid, error.message)
    return { applied: error.applied, truncated: error.truncated, said: error.violations.map(({ field, message }) => `${field}: ${message}`) }
  })

const bytes = (...parts: ReadonlyArray<string | ReadonlyArray<number>>) =>
  new Response(Buffer.concat(parts.map((part) => typeof part === "string" ? Buffer.from(part) : Buffer.from(part))), {
    headers: { "content-type": "application/json" }
  })

describe("an envelope", () => {
  it.effect("holds its success under data", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(Stub.json({ code: 0, msg: "ok", data: { name: "n" } })), { name: "n" })
    }))

  it.effect("that is flat holds it beside the code", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(Stub.json({ code: 0, msg: "ok", name: "n", size: 1 }), flat), { name: "n", size: 1 })
    }))

  it.effect("of OAuth holds it beside a code that may be text, or left out", () =>
    Effect.gen(function*() {
      for (const code of [0, "0", undefined]) {
        assert.deepStrictEqual(yield* read(Stub.json({ code, name: "n" }), oauth), { name: "n" })
      }
      const error = yield* refused(Stub.json({ code: "20003", error: "invalid_grant", error_description: "no such code" }, { status: 400 }), oauth)
      assert(error._tag === "UndocumentedCode")
      assert.deepInclude(error, { code: 20003, msg: "no such code" })
    }))

  it.effect("of OAuth without a code is no success when it tells of an error, or its status does", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* refused(Stub.json({ error: "invalid_grant", name: "n" }), oauth))._tag, "ResponseInvalid")
      assert.strictEqual((yield* refused(Stub.json({ name: "n" }, { status: 400 }), oauth))._tag, "ResponseInvalid")
    }))

  for (const code of [undefined, null, "0", "abc", 0.5, true, [], {}, 1e300]) {
    it.effect(`with ${JSON.stringify(code) ?? "nothing"} for a code is never a success`, () =>
      Effect.gen(function*() {
        for (const operation of [get, flat]) {
          const { applied, said } = yield* violations(Stub.json({ code, data: { name: "n" }, name: "n" }), operation)
          assert.deepStrictEqual(said, ["code: must be an integer"])
          assert.isFalse(applied)
        }
      }))
  }

  it.effect("says what happened by its code, whatever its status", () =>
    Effect.gen(function*() {
      for (const status of [200, 202, 400, 403, 404, 429, 500, 503]) {
        assert.strictEqual((yield* refused(Stub.failed(122002, status)))._tag, "TestNotThere")
        assert.deepStrictEqual(yield* read(Stub.json({ code: 0, data: { name: "n" } }, { status })), { name: "n" })
      }
    }))

  it.effect("means a code as the operation's own page does, before the platform's", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* refused(Stub.failed(99991672)))._tag, "ScopeNotGranted")
      assert.strictEqual((yield* refused(Stub.failed(121005)))._tag, "TestForbidden")
      assert.strictEqual((yield* refused(Stub.failed(123456789)))._tag, "UndocumentedCode")
    }))

  it.effect("without data fails an operation that needs some, though it says that all was done", () =>
    Effect.gen(function*() {
      for (const data of [undefined, null, {}]) {
        const { applied, said } = yield* violations(Stub.json({ code: 0, data }))
        assert.deepStrictEqual(said, ["data.name: is missing"])
        assert.isTrue(applied)
      }
      assert.deepStrictEqual((yield* violations(Stub.json({ code: 0, data: [] }))).applied, true)
      assert.isUndefined(yield* read(Stub.json({ code: 0 }), Stub.put))
      assert.isUndefined(yield* read(Stub.json({ code: 0, data: { whatever: 1 } }), Stub.put))
    }))

  it.effect("tells the log id in its body, or else in a header, the platform's own first", () =>
    Effect.gen(function*() {
      const logId = (error: unknown, headers: Record<string, string>, more: object = {}) =>
        Effect.map(
          refused(Stub.json({ code: 122002, msg: "m", error, ...more }, { status: 404, headers })),
          (error) => "logId" in error ? error.logId : undefined
        )
      const headers = { "x-tt-logid": "tt", "x-request-id": "request" }
      assert.strictEqual(yield* logId({ log_id: "body" }, headers), "body")
      assert.strictEqual(yield* logId({ logid: "sample" }, headers), "sample")
      assert.strictEqual(yield* logId(undefined, headers, { log_id: "top" }), "top")
      assert.strictEqual(yield* logId({}, headers), "tt")
      assert.strictEqual(yield* logId({ log_id: 5 }, headers), "tt")
      assert.strictEqual(yield* logId({ log_id: "" }, { "x-request-id": "request" }), "request")
      assert.isUndefined(yield* logId({}, {}))
    }))

  it.effect("tells what is missing and what is wrong in either of the shapes that are seen", () =>
    Effect.gen(function*() {
      const error = yield* refused(Stub.failed(99991672, 400, {
        error: {
          permission_violations: [{ type: "action_scope_required", subject: "a:b" }, { scope: "c:d", url: "u" }, 5, null],
          field_violations: [{ field: "f", value: "v", description: "d" }, "x"],
          troubleshooter: "https://open.feishu.cn/search?log_id=1"
        }
      }))
      assert(error._tag === "ScopeNotGranted")
      assert.deepStrictEqual(error.permissionViolations, [
        { type: "action_scope_required", subject: "a:b" },
        { type: "", subject: "c:d" }
      ])
      assert.deepStrictEqual(error.fieldViolations, [{ field: "f", description: "d" }])
      assert.strictEqual(error.troubleshooter, "https://open.feishu.cn/search?log_id=1")
    }))

  it.effect("that is no object at all is not an answer", () =>
    Effect.gen(function*() {
      for (const body of ["[]", "null", "5", "\"code\"", "true"]) {
        assert.deepStrictEqual((yield* violations(Stub.json(body))).said, [": is not an object"])
      }
    }))
})

describe("success", () => {
  it.effect("may hold fields and values nobody documented", () =>
    Effect.gen(function*() {
      const answer = yield* read(Stub.json({ code: 0, data: { name: "n", kind: "hologram", more: { than: ["we"] } } }))
      assert.deepStrictEqual(answer, { name: "n", kind: "hologram" })
    }))

  it.effect("may hold null where a field may be left out, and not where it is needed", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(Stub.json({ code: 0, data: { name: "n", size: null, tags: null } })), { name: "n" })
      const { applied, said } = yield* violations(Stub.json({ code: 0, data: { name: null } }))
      assert.deepStrictEqual(said, ["data.name: is missing"])
      assert.isTrue(applied)
    }))

  it.effect("with a field of the wrong type names the field, and that all was done", () =>
    Effect.gen(function*() {
      const { applied, said } = yield* violations(Stub.json({ code: 0, data: { name: "n", tags: [1, "two"] } }))
      assert.match(said[0]!, /^data\.tags\[1\]: /)
      assert.isTrue(applied)
    }))

  it.effect("never rounds an integer that JSON cannot hold", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(Stub.json("{\"code\":0,\"data\":{\"name\":\"n\",\"size\":9007199254740991}}")), {
        name: "n",
        size: 9007199254740991
      })
      for (const size of ["9007199254740993", "9223372036854775807", "1.5", "1e400"]) {
        const { said } = yield* violations(Stub.json(`{"code":0,"data":{"name":"n","size":${size}}}`))
        assert.match(said[0]!, /^data\.size: /)
      }
    }))

  it.effect("takes the last of two fields of one name", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* read(Stub.json("{\"code\":5,\"code\":0,\"data\":{\"name\":\"a\",\"name\":\"b\"}}")),
        { name: "b" }
      )
    }))

  it.effect("cannot reach what all objects share", () =>
    Effect.gen(function*() {
      const evil = "{\"__proto__\":{\"polluted\":1},\"constructor\":{\"prototype\":{\"polluted\":1}},\"name\":\"n\",\"any\":{\"__proto__\":{\"polluted\":1}}}"
      const answer = yield* read(Stub.json(`{"__proto__":{"code":0,"polluted":1},"code":0,"data":${evil}}`))
      assert.strictEqual((answer as { readonly name: string }).name, "n")
      assert.notProperty({}, "polluted")
      assert.notProperty(Object.getPrototypeOf(answer), "polluted")
      // A code only the prototype has is no code.
      assert.deepStrictEqual((yield* violations(Stub.json("{\"__proto__\":{\"code\":0}}"))).said, ["code: must be an integer"])
    }))
})

describe("text", () => {
  it.effect("may begin with a byte order mark", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(bytes([0xef, 0xbb, 0xbf], "{\"code\":0,\"data\":{\"name\":\"n\"}}")), { name: "n" })
    }))

  it.effect("that is not UTF-8 is not read", () =>
    Effect.gen(function*() {
      for (const wrong of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
        const { said } = yield* violations(bytes("{\"code\":0,\"data\":{\"name\":\"", wrong, "\"}}"))
        assert.deepStrictEqual(said, [": is not UTF-8"])
      }
    }))

  it.effect("may hold half a character that JSON spells out", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read(Stub.json("{\"code\":0,\"data\":{\"name\":\"\\ud800\"}}")), { name: "\ud800" })
    }))

  it.effect("is the same however it is cut on its way", () =>
    Effect.promise(() => {
      const text = Buffer.from(JSON.stringify({ code: 0, data: { name: "会议😀\u0000\"", tags: [1, 2] } }))
      const split = (cuts: ReadonlyArray<number>) => {
        const at = [0, ...[...cuts].sort((a, b) => a - b), text.length]
        const chunks = at.slice(1).map((end, index) => text.subarray(at[index], end))
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => {
            for (const chunk of chunks) if (chunk.length > 0) controller.enqueue(new Uint8Array(chunk))
            controller.close()
          }
        })
        return new Response(body, { headers: { "content-type": "application/json" } })
      }
      return FastCheck.assert(
        FastCheck.asyncProperty(FastCheck.array(FastCheck.integer({ min: 0, max: text.length })), async (cuts) => {
          assert.deepStrictEqual(await Effect.runPromise(read(split(cuts))), { name: "会议😀\u0000\"", tags: [1, 2] })
        }),
        { numRuns: 200 }
      )
    }))

  it.effect("that is empty, or none at all, is not an answer", () =>
    Effect.gen(function*() {
      for (const response of [Stub.json(""), new Response(null, { status: 204 }), new Response("")]) {
        // The platform's own stub headers say nothing of a type, or JSON.
        response.headers.set("content-type", "application/json")
        assert.deepStrictEqual((yield* violations(response)).said, [": is empty"])
      }
    }))

  it.effect("that breaks off may be whole the next time", () =>
    Effect.gen(function*() {
      const whole = JSON.stringify({ code: 0, data: { name: "n" } })
      for (const end of Array.range(1, whole.length - 1)) {
        assert.isTrue((yield* violations(Stub.json(whole.slice(0, end)))).truncated)
      }
      const error = yield* refused(Stub.json("{\"code\":0", { status: 502 }))
      assert.strictEqual(error._tag, "UnexpectedResponse")
    }))

  it.effect("of another type is not parsed, and shown in its beginning only", () =>
    Effect.gen(function*() {
      for (const [type, status] of [["text/html", 200], ["text/plain", 404], ["application/xml", 502], ["application/jsonp", 200]] as const) {
        const error = yield* refused(new Response(`<p>${"x".repeat(5_000)}`, { status, headers: { "content-type": type } }))
        assert(error instanceof CallError.UnexpectedResponse)
        assert.deepInclude(error, { status, contentType: type })
        assert.strictEqual(error.snippet.length, 512)
      }
    }))

  it.effect("of JSON under any of its names is", () =>
    Effect.gen(function*() {
      for (const type of ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "text/json", "application/problem+json"]) {
        const response = new Response("{\"code\":0,\"data\":{\"name\":\"n\"}}", { headers: { "content-type": type } })
        assert.deepStrictEqual(yield* read(response), { name: "n" })
      }
    }))

  it.effect("of others neither steers a terminal nor breaks a line", () =>
    Effect.gen(function*() {
      const evil = "a\r\nb\u001b[31mc\u0000\u009b2J\u2028d"
      for (const response of [
        Stub.failed(122002, 404, { msg: evil, error: { log_id: evil, field_violations: [{ field: evil, description: evil }] } }),
        Stub.failed(777777, 404, { msg: evil, error: { permission_violations: [{ type: evil, subject: evil }] } }),
        Stub.html(502, evil)
      ]) {
        const { message } = yield* refused(response)
        // eslint-disable-next-line no-control-regex -- control characters are what is looked for
        assert.notMatch(message, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/)
        assert.notInclude(message, "\nb")
      }
    }))

  it.effect("of megabytes is searched for tokens in no time", () =>
    Effect.gen(function*() {
      for (const text of ["eyJabcdefgh-", "Bearer ", "t-t-", "eyJ", "u-aaaaaaaaaaaaaaa!"]) {
        const before = process.cpuUsage()
        yield* refused(Stub.failed(777777, 400, { msg: text.repeat(1_000_000 / text.length) }))
        assert.isBelow(process.cpuUsage(before).user, 1_000_000)
      }
    }))
})

describe("an answer of unusual size", () => {
  it.effect("nested ten thousand deep is read, or refused", () =>
    Effect.gen(function*() {
      const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`
      assert.property(yield* read(Stub.json(`{"code":0,"data":{"name":"n","any":${deep},"more":${deep}}}`)), "name")
      const { said } = yield* violations(Stub.json(`{"code":0,"data":{"name":${deep}}}`))
      assert.match(said[0]!, /^data\.name: /)
    }))

  it.effect("nested ten thousand deep where the nesting is documented is refused", () =>
    Effect.gen(function*() {
      interface Tree {
        readonly child?: Tree | undefined
      }
      const Tree: Schema.Schema<Tree> = Schema.Struct({ child: Schema.optional(Schema.suspend((): Schema.Schema<Tree> => Tree)) })
      const tree = Operation.make("test.tree", { ...declaration, method: "GET", idempotent: true, response: Tree })
      const { applied, said } = yield* violations(
        Stub.json(`{"code":0,"data":${"{\"child\":".repeat(10_000)}{}${"}".repeat(10_000)}}`),
        tree
      )
      assert.deepStrictEqual(said, ["data: is nested too deep"])
      assert.isTrue(applied)
    }))

  it.effect("with a list of a million is read", () =>
    Effect.gen(function*() {
      const tags = Array.makeBy(1_000_000, (index) => index % 10)
      const answer = yield* read(Stub.json({ code: 0, data: { name: "n", tags } }))
      assert.strictEqual((answer as { readonly tags: ReadonlyArray<number> }).tags.length, 1_000_000)
    }))

  const large = `{"code":0,"data":{"name":"${"x".repeat(limit)}"}}`

  it.effect("is not read, whether or not it says how long it is", () =>
    Effect.gen(function*() {
      const unannounced = new Response(large, { headers: { "content-type": "application/json" } })
      for (const response of [Stub.json(large), unannounced]) {
        const error = yield* refused(response)
        assert(error instanceof CallError.ResponseTooLarge)
        assert.strictEqual(error.limit, limit)
      }
    }))

  it.effect("of just the size that is allowed is read", () =>
    Effect.gen(function*() {
      const text = `{"code":0,"data":{"name":"${"x".repeat(limit - 28 - 1)}"}}`
      assert.strictEqual(Buffer.byteLength(text), limit)
      assert.property(yield* read(new Response(text, { headers: { "content-type": "application/json" } })), "name")
    }))
})

describe("an answer gone wrong in any byte", () => {
  const original = Buffer.from(JSON.stringify({
    code: 0,
    msg: "ok",
    data: { name: "会议", size: 5, kind: "doc", tags: [1, 2] },
    error: { log_id: "L", permission_violations: [{ type: "t", subject: "s" }] }
  }))

  it.effect("is read or refused, and nothing else", () =>
    Effect.promise(() =>
      FastCheck.assert(
        FastCheck.asyncProperty(
          FastCheck.array(FastCheck.tuple(FastCheck.nat(original.length - 1), FastCheck.nat(255)), { minLength: 1, maxLength: 8 }),
          FastCheck.constantFrom(200, 400, 500),
          FastCheck.constantFrom(get, create, flat, oauth),
          async (changes, status, operation) => {
            const changed = Buffer.from(original)
            for (const [at, byte] of changes) changed[at] = byte
            const exit = await Effect.runPromiseExit(read(
              new Response(changed, { status, headers: { "content-type": "application/json", "content-length": `${changed.length}` } }),
              operation
            ))
            if (Exit.isFailure(exit)) {
              assert.strictEqual(exit.cause._tag, "Fail")
              if (exit.cause._tag === "Fail") assert.isBelow(exit.cause.error.message.length, 2_000)
            }
          }
        ),
        { numRuns: 3_000 }
      )))
})

// --- over a socket -------------------------------------------------------------

const transports: Readonly<Record<string, Layer.Layer<HttpClient.HttpClient, never, FeishuConfig.FeishuConfig>>> = {
  "fetch": FetchHttpClient.layer,
  "undici": NodeHttpClient.layerUndici,
  "node:http": NodeHttpClient.layer,
  "UndiciTransport": UndiciTransport.layer
}

/** A server on loopback, closed with the scope. */
const listen = (handle: Http.RequestListener) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.async<Http.Server>((resume) => {
        const server = Http.createServer(handle)
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) => Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
    ),
    // Sound: the address of a server that listens on a port.
    (server) => ({ server, port: (server.address() as AddressInfo).port })
  )

const live = (port: number, transport: (typeof transports)[string], settings: Stub.Settings = {}) =>
  Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make(Stub.tenantToken))).pipe(
    Layer.provide(transport),
    Layer.provide(Stub.config({ baseUrl: `http://127.0.0.1:${port}`, ...settings }))
  )

for (const [name, transport] of Object.entries(transports)) {
  describe(`over ${name}`, () => {
    it.scopedLive("an answer is read", () =>
      Effect.gen(function*() {
        const { port } = yield* listen((_, response) => {
          response.writeHead(200, { "content-type": "application/json" })
          response.write("{\"code\":0,\"data\":{\"na")
          setTimeout(() => response.end("me\":\"n\"}}"), 5)
        })
        assert.deepStrictEqual(yield* get().pipe(Effect.provide(live(port, transport))), { name: "n" })
      }))

    it.scopedLive("a redirect is not followed, wherever it leads", () =>
      Effect.gen(function*() {
        const redirect = { status: 0, to: "" }
        const seen = { requests: 0, elsewhere: 0 }
        const elsewhere = yield* listen((_, response) => void response.end())
        elsewhere.server.on("connection", () => seen.elsewhere++)
        const { port } = yield* listen((_, response) => {
          seen.requests++
          response.writeHead(redirect.status, { "location": redirect.to, "content-type": "text/html" })
          response.end("moved")
        })
        const targets = [
          `http://127.0.0.1:${elsewhere.port}/x?code=canary`,
          `//127.0.0.1:${elsewhere.port}/x`,
          "/x",
          "javascript:alert(1)",
          "data:text/html,canary",
          "http://[",
          "http://user:canary@127.0.0.1:1/"
        ]
        yield* Effect.gen(function*() {
          for (redirect.status of [301, 302, 303, 307, 308]) {
            for (redirect.to of targets) {
              for (const call of [Effect.asVoid(get()), Effect.asVoid(create())]) {
                const error = yield* Effect.flip(call)
                assert(error._tag === "RedirectBlocked", error.message)
                assert.deepInclude(error, { status: redirect.status, from: `http://127.0.0.1:${port}` })
                assert.notInclude(`${error.message} ${JSON.stringify(error)}`, "canary")
              }
            }
          }
        }).pipe(Effect.provide(live(port, transport)))
        assert.deepStrictEqual(seen, { requests: 5 * targets.length * 2, elsewhere: 0 })
      }))

    it.scopedLive("the application's secret does not follow a redirect of the token endpoint either", () =>
      Effect.gen(function*() {
        let connections = 0
        const elsewhere = yield* listen((_, response) => void response.end())
        elsewhere.server.on("connection", () => connections++)
        const { port } = yield* listen((_, response) => {
          response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/x` })
          response.end()
        })
        const layer = AccessToken.layerTenant.pipe(
          Layer.provide(transport),
          Layer.provide(Stub.config({ baseUrl: `http://127.0.0.1:${port}` }))
        )
        const error = yield* Effect.flatMap(AccessToken.TenantAccessToken, ({ get }) => Effect.flip(get)).pipe(Effect.provide(layer))
        assert.strictEqual(error._tag, "AccessTokenUnavailable")
        assert.strictEqual(connections, 0)
      }))

    it.scopedLive("an answer that is too large is left where it is", () =>
      Effect.gen(function*() {
        const total = 64 * 1024 * 1024
        for (const announced of [true, false]) {
          let written = 0
          const { port } = yield* listen((_, response) => {
            response.writeHead(200, { "content-type": "application/json", ...announced ? { "content-length": total } : {} })
            const chunk = Buffer.alloc(64 * 1024, "x")
            const more = () => {
              while (written < total && !response.destroyed) {
                written += chunk.length
                if (!response.write(chunk)) return void response.once("drain", more)
              }
            }
            more()
          })
          const error = yield* get().pipe(Effect.flip, Effect.provide(live(port, transport, { maxResponseSize: 1024 * 1024 })))
          assert.strictEqual(error._tag, "ResponseTooLarge")
          assert.isBelow(written, total / 2)
        }
      }))

    it.scopedLive("an answer that inflates beyond all measure does not fill the memory", () =>
      Effect.gen(function*() {
        const member = Zlib.gzipSync(Buffer.alloc(16 * 1024 * 1024, "x"))
        const bombs: ReadonlyArray<readonly [encoding: string, body: Buffer]> = [
          ["gzip", Buffer.concat(Array.replicate(member, 64))],
          ["br", Zlib.brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, "x"), { params: { [Zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })],
          ["gzip, gzip", Zlib.gzipSync(Buffer.concat(Array.replicate(member, 16)))]
        ]
        for (const [encoding, body] of bombs) {
          const { port } = yield* listen((_, response) => {
            response.writeHead(200, { "content-type": "application/json", "content-encoding": encoding, "content-length": body.length })
            response.end(body)
          })
          const before = process.memoryUsage().rss
          const error = yield* get().pipe(Retry.using(Retry.none), Effect.flip, Effect.provide(live(port, transport)))
          // Some transports inflate, others hand out what they get.
          assert.include(["ResponseTooLarge", "ResponseInvalid"], error._tag)
          assert.isBelow(process.memoryUsage().rss - before, 128 * 1024 * 1024)
        }
      }))

    it.scopedLive("an answer whose encoding is a lie fails, and does not hang", () =>
      Effect.gen(function*() {
        const { port } = yield* listen((_, response) => {
          response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
          response.end("{\"code\":0,\"data\":{\"name\":\"n\"}}")
        })
        const exit = yield* get().pipe(Retry.using(Retry.none), Effect.exit, Effect.provide(live(port, transport)))
        assert.isTrue(Exit.isSuccess(exit) || exit.cause._tag === "Fail")
      }))
  })
}
