import { Operation, RateLimit, Shape } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, FastCheck, Schema } from "effect"
import { encode } from "../src/internal/encode.ts"
import * as Stub from "./stub.ts"

const base = "https://open.feishu.cn"

const declaration = {
  accepts: "tenant",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  errors: []
} as const

class Request extends Shape.Struct<Request>()(
  () => ({
    id: Schema.String,
    part: Schema.String,
    text: Schema.optional(Schema.String),
    count: Schema.optional(Schema.Int),
    flag: Schema.optional(Schema.Boolean),
    list: Schema.optional(Schema.Array(Schema.String)),
    map: Schema.optional(Schema.Record({ key: Schema.String, value: Schema.String }))
  }),
  ({ count, text }) =>
    count !== undefined && text === undefined ? { path: ["text"], message: "must be there with count" } : undefined
) {}

const url = "/open-apis/test/v1/things/:id/parts/:part"
const get = Operation.make("test.get", { ...declaration, method: "GET", url, request: Request })
const post = Operation.make("test.post", {
  ...declaration,
  method: "POST",
  url,
  request: Request,
  query: ["flag", ["list", "list_of_them"]]
})
const del = Operation.make("test.del", { ...declaration, method: "DELETE", url, request: Request, query: ["flag"] })
const nothing = Operation.make("test.nothing", { ...declaration, method: "POST", url: "/open-apis/test/v1/nothing" })

/** What is sent: the URL as the other side parses it, and the body. */
const sent = (operation: Operation.Operation.Any, request?: unknown) => {
  const { body, method, target } = Either.getOrThrowWith(encode(operation.spec, request), (error) => error)
  return { method, target, url: new URL(base + target), body: body === undefined ? undefined : JSON.parse(body.content as string) as unknown }
}

const refused = (operation: Operation.Operation.Any, request: unknown) =>
  Either.match(encode(operation.spec, request), {
    onLeft: ({ violations }) => violations.map(({ field, message }) => `${field}: ${message}`),
    onRight: ({ target }) => assert.fail(`sent to ${target}`)
  })

describe("a path", () => {
  const hostile = [
    "a/b", "a/../b", "../x", "..%2f", "%2e%2e", "%2E%2e", "..;/", "a\\..\\b", "a?b", "a#b", "a&b=c", "a b", "a+b", "%", "%00", "%zz",
    "\u0000", "\r\nHost: evil", "\t", "…", "．．", "。。", "...", ". ", " .", ".%00", "//evil.example", "https://evil.example", "@evil",
    "javascript:alert(1)", "会议", "😀", "\u202e", "\ufeff", "\u0085", ":id", ":part", "$&", "$1", "x".repeat(2_000), "~user", "'\"<>", "[1]", "{a}"
  ]

  it("holds whatever its values are as exactly one segment each", () => {
    for (const id of hostile) {
      for (const part of hostile) {
        const { target, url } = sent(post, { id, part })
        assert.strictEqual(url.origin, base)
        assert.strictEqual(url.pathname + url.search + url.hash, target)
        assert.deepStrictEqual(url.pathname.split("/").map(decodeURIComponent), ["", "open-apis", "test", "v1", "things", id, "parts", part])
      }
    }
  })

  it("holds any text as exactly one segment, or refuses it", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.fullUnicodeString(), FastCheck.string16bits(), (id, part) => {
        const encoded = encode(get.spec, { id, part })
        if (Either.isLeft(encoded)) {
          for (const { field } of encoded.left.violations) assert.include(["id", "part"], field)
          return
        }
        const segments = new URL(base + encoded.right.target).pathname.split("/")
        assert.strictEqual(segments.length, 8)
        assert.strictEqual(decodeURIComponent(segments[5]!), id)
        assert.strictEqual(decodeURIComponent(segments[7]!), part)
      }),
      { numRuns: 5_000 }
    )
  })

  it("is refused what a parser would take out of it, and what no URL can hold; each field is named", () => {
    assert.deepStrictEqual(refused(get, { id: ".", part: ".." }), ["id: must not be a dot segment", "part: must not be a dot segment"])
    assert.deepStrictEqual(refused(get, { id: "", part: "\ud800" }), ["id: must not be empty", "part: must be well-formed text"])
  })

  it("is refused a value that is not there", () => {
    class Optional extends Shape.Struct<Optional>()(() => ({ id: Schema.optional(Schema.String) })) {}
    const operation = Operation.make("test.optional", {
      ...declaration,
      method: "GET",
      url: "/open-apis/test/v1/things/:id",
      request: Optional
    })
    assert.deepStrictEqual(refused(operation, {}), ["id: is missing"])
    assert.deepStrictEqual(refused(operation, { id: undefined }), ["id: is missing"])
    assert.strictEqual(sent(operation, { id: "undefined" }).url.pathname, "/open-apis/test/v1/things/undefined")
  })

  it("may hold a number", () => {
    class Numbered extends Shape.Struct<Numbered>()(() => ({ seq: Schema.Int })) {}
    const operation = Operation.make("test.numbered", { ...declaration, method: "GET", url: "/open-apis/a/:seq", request: Numbered })
    assert.strictEqual(sent(operation, { seq: 7 }).url.pathname, "/open-apis/a/7")
  })
})

describe("a query", () => {
  it("of a GET holds all fields that are not in the path and are there", () => {
    const { body, url } = sent(get, { id: "1", part: "2", text: "t", flag: false, count: 0, list: ["a", "b"] })
    assert.deepStrictEqual([...url.searchParams], [["text", "t"], ["count", "0"], ["flag", "false"], ["list", "a"], ["list", "b"]])
    assert.isUndefined(body)
    assert.strictEqual(sent(get, { id: "1", part: "2", text: undefined, list: [] }).url.search, "")
  })

  it("elsewhere holds the fields that are named, under the names they have there", () => {
    const { body, url } = sent(post, { id: "1", part: "2", flag: true, list: ["a", "b"], text: "t" })
    assert.deepStrictEqual([...url.searchParams], [["flag", "true"], ["list_of_them", "a"], ["list_of_them", "b"]])
    assert.deepStrictEqual(body, { text: "t" })
  })

  it("of a GET holds a field under another name, too", () => {
    const renaming = Operation.make("test.renaming", {
      ...declaration,
      method: "GET",
      url,
      request: Request,
      query: [["text", "q"]]
    })
    assert.deepStrictEqual([...sent(renaming, { id: "1", part: "2", text: "t", flag: true }).url.searchParams], [["q", "t"], ["flag", "true"]])
  })

  it("is read as it was meant, whatever is in it", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.fullUnicodeString(), FastCheck.array(FastCheck.fullUnicodeString()), (text, list) => {
        const { url } = sent(get, { id: "1", part: "2", text, list })
        assert.strictEqual(url.hash, "")
        assert.deepStrictEqual(url.searchParams.getAll("text"), [text])
        assert.deepStrictEqual(url.searchParams.getAll("list"), list)
        assert.deepStrictEqual([...new Set(url.searchParams.keys())].sort(), list.length > 0 ? ["list", "text"] : ["text"])
      }),
      { numRuns: 2_000 }
    )
  })
})

describe("a body", () => {
  it("is read as it was meant, whatever is in it", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.string16bits(),
        // A Schema takes `__proto__` for no key of a record, and nothing documented is called so.
        FastCheck.dictionary(FastCheck.string16bits().filter((key) => key !== "__proto__"), FastCheck.string()),
        (text, map) => {
          const { body } = sent(post, { id: "1", part: "2", text, map })
          assert.deepStrictEqual(body, JSON.parse(JSON.stringify({ text, map })))
        }
      ),
      { numRuns: 2_000 }
    )
  })

  it("is an object even if nothing is to be said, and is left out where none is documented", () => {
    assert.deepStrictEqual(sent(post, { id: "1", part: "2" }).body, {})
    assert.isUndefined(sent(nothing).body)
    assert.isUndefined(sent(get, { id: "1", part: "2" }).body)
  })

  it("of a DELETE is left out if nothing is to be said", () => {
    assert.isUndefined(sent(del, { id: "1", part: "2", flag: true }).body)
    assert.deepStrictEqual(sent(del, { id: "1", part: "2", text: "t" }).body, { text: "t" })
  })

  it("has the wire's form of a field, not the program's", () => {
    class Transformed extends Shape.Struct<Transformed>()(() => ({ at: Schema.NumberFromString, tags: Schema.split(",") })) {}
    const operation = Operation.make("test.transformed", {
      ...declaration,
      method: "POST",
      url: "/open-apis/test/v1/transformed",
      request: Transformed,
      query: ["tags"]
    })
    const { body, url } = sent(operation, { at: 5, tags: ["a", "b"] })
    assert.deepStrictEqual(body, { at: "5" })
    assert.strictEqual(url.searchParams.get("tags"), "a,b")
  })

  it("has the fields of whichever member of a union it is", () => {
    const union = Operation.make("test.union", {
      ...declaration,
      method: "POST",
      url: "/open-apis/test/v1/union",
      request: Schema.Union(
        Schema.Struct({ type: Schema.Literal(1), id: Schema.String }),
        Schema.Struct({ type: Schema.Literal(2), all: Schema.Boolean })
      )
    })
    assert.deepStrictEqual(sent(union, { type: 1, id: "x" }).body, { type: 1, id: "x" })
    assert.deepStrictEqual(sent(union, { type: 2, all: true }).body, { type: 2, all: true })
    assert.isNotEmpty(refused(union, { type: 2, id: "x" }))
  })
})

describe("a request that breaks a rule", () => {
  it("is refused with every complaint, each with its field", () => {
    assert.sameMembers(
      refused(post, { id: 1, count: 1.5, list: ["a", 2], extra: true }).map((said) => said.split(":")[0]!),
      ["count", "extra", "id", "list[1]", "part"]
    )
  })

  it("is refused for a rule across fields", () => {
    assert.deepStrictEqual(refused(post, { id: "1", part: "2", count: 1 }), ["text: must be there with count"])
  })

  it("is refused, whatever is handed in instead of one", () => {
    for (const request of [undefined, null, 5, "x", [], () => {}, Symbol("s"), 5n, new Date(), new Map()]) {
      assert.isNotEmpty(refused(post, request))
    }
  })

  it.effect("is not sent", () => {
    let sends = 0
    return Effect.gen(function*() {
      const error = yield* Effect.flip(Stub.put({ id: "..", name: "n" }))
      assert(error._tag === "RequestInvalid")
      assert.deepStrictEqual(error.violations, [{ field: "id", message: "must not be a dot segment" }])
      assert.strictEqual(error.operation, "test.thing.put")
      assert.strictEqual(sends, 0)
    }).pipe(Effect.provide(Stub.client(() => (sends++, Stub.ok()))))
  })
})

describe("on the wire", () => {
  const seen = (call: Effect.Effect<unknown, unknown, Stub.Needs>) =>
    Effect.gen(function*() {
      let request: Stub.Sent | undefined
      yield* call.pipe(Effect.provide(Stub.client((sent) => (request = sent, Stub.ok({ name: "n" })), { baseUrl: "https://proxy.example/feishu/" })))
      return request!
    })

  it.effect("a request goes to the configured place, with its token, as JSON in UTF-8", () =>
    Effect.gen(function*() {
      const { headers, method, raw, text, token } = yield* seen(Stub.put({ id: "a/b", name: "会议" }))
      assert.strictEqual(method, "PUT")
      assert.strictEqual(raw.url, "https://proxy.example/feishu/open-apis/test/v1/things/a%2Fb")
      assert.strictEqual(token, Stub.tenantToken)
      assert.strictEqual(raw.body.contentType, "application/json; charset=utf-8")
      assert.strictEqual(text, "{\"name\":\"会议\"}")
      assert.strictEqual(headers["accept"], "application/json")
    }))

  it.effect("a request without a body says nothing of one", () =>
    Effect.gen(function*() {
      const { headers, raw } = yield* seen(Stub.get({ id: "1" }))
      assert.strictEqual(raw.body._tag, "Empty")
      assert.notProperty(headers, "content-type")
    }))
})
