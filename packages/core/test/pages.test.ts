import { Operation, RateLimit, Shape } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Array, Chunk, Deferred, Effect, Either, Fiber, Schema, Stream } from "effect"
import * as Stub from "./stub.ts"

class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  folder: Schema.String,
  page_size: Schema.optional(Schema.Int),
  page_token: Schema.optional(Schema.String)
})) {}

class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(Schema.String)),
  has_more: Schema.optional(Schema.Boolean),
  page_token: Schema.optional(Schema.String),
  next: Schema.optional(Schema.String)
})) {}

const declaration = {
  method: "GET",
  url: "/open-apis/test/v1/:folder/items",
  accepts: "tenant",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: ListRequest,
  response: ListResponse,
  errors: Stub.errors
} as const

const list = Operation.paged("test.item.list", { ...declaration, page: { items: "items" } })

class CountedResponse extends Shape.extend(ListResponse)<CountedResponse>()(() => ({ total: Schema.optional(Schema.Number) })) {}

const counted = Operation.paged("test.item.count", {
  ...declaration,
  response: CountedResponse,
  page: { items: "items", total: "total" }
})

const page = (data: unknown) => Stub.ok(data)

/** What a stream gave before it ended, how it ended, and with which page tokens the platform was asked. */
const walk = (
  answers: (token: string | undefined, count: number) => Response,
  { operation = list, request = { folder: "f" } }: { readonly operation?: typeof list; readonly request?: ListRequest } = {}
) => {
  const asked: Array<string | undefined> = []
  const given: Array<string> = []
  return operation.items(request).pipe(
    Stream.runForEach((item) => Effect.sync(() => void given.push(item))),
    Effect.either,
    Effect.map((end) => ({ asked, given, end: Either.isRight(end) ? "end" : end.left._tag, error: Either.getOrUndefined(Either.flip(end)) })),
    Effect.provide(Stub.client(({ query }) => {
      const token = query.get("page_token") ?? undefined
      asked.push(token)
      return answers(token, asked.length)
    }))
  )
}

/** Three pages, of two, none and one item. */
const three = (token: string | undefined) =>
  token === undefined
    ? page({ items: ["1", "2"], has_more: true, page_token: "B" })
    : token === "B"
    ? page({ items: [], has_more: true, page_token: "C" })
    : page({ items: ["3"], has_more: false })

describe("an operation with pages", () => {
  it.effect("called, answers one page", () =>
    Effect.map(list({ folder: "f" }), (answer) => {
      assert.deepStrictEqual(answer, { items: ["1", "2"], has_more: true, page_token: "B" })
    }).pipe(Effect.provide(Stub.client(() => three(undefined)))))

  it.effect("streams all its items in order, through an empty page", () =>
    Effect.map(walk(three), ({ asked, end, given }) => {
      assert.deepStrictEqual({ asked, end, given }, { asked: [undefined, "B", "C"], end: "end", given: ["1", "2", "3"] })
    }))

  it.effect("streams its pages, and sends the rest of the request with each", () => {
    const sent: Array<string> = []
    return Effect.gen(function*() {
      const pages = yield* Stream.runCollect(list.pages({ folder: "f", page_size: 2 }))
      assert.deepStrictEqual(Chunk.toReadonlyArray(pages).map(({ items }) => items), [["1", "2"], [], ["3"]])
      assert.deepStrictEqual(sent, ["page_size=2", "page_size=2&page_token=B", "page_size=2&page_token=C"])
    }).pipe(Effect.provide(Stub.client(({ query }) => {
      sent.push(String(query))
      return three(query.get("page_token") ?? undefined)
    })))
  })

  it.effect("goes on from the page it is given", () =>
    Effect.map(walk(three, { request: { folder: "f", page_token: "C" } }), ({ asked, end, given }) => {
      assert.deepStrictEqual({ asked, end, given }, { asked: ["C"], end: "end", given: ["3"] })
    }))

  const lasts: ReadonlyArray<readonly [what: string, data: unknown]> = [
    ["has_more is false", { has_more: false }],
    ["has_more is false, whatever the token", { has_more: false, page_token: "B" }],
    ["there is no token", {}],
    ["the token is empty", { page_token: "" }],
    ["the token is null", { page_token: null, items: null }],
    ["there are no data at all", undefined]
  ]

  for (const [what, data] of lasts) {
    it.effect(`ends where ${what}`, () =>
      Effect.map(walk(() => page(data)), ({ asked, end }) => {
        assert.deepStrictEqual({ asked, end }, { asked: [undefined], end: "end" })
      }))
  }

  it.effect("goes on where there is a token and has_more is absent", () =>
    Effect.map(walk((token) => page(token === undefined ? { page_token: "B" } : {})), ({ asked, end }) => {
      assert.deepStrictEqual({ asked, end }, { asked: [undefined, "B"], end: "end" })
    }))

  it.effect("finds the next token where it is said to be", () => {
    const other = Operation.paged("test.item.listOther", { ...declaration, page: { items: "items", next: "next" } })
    return Effect.map(
      walk((token) => page({ items: [token ?? "A"], page_token: "decoy", ...token === "C" ? {} : { next: token === undefined ? "B" : "C" } }), {
        operation: other
      }),
      ({ asked, end, given }) => {
        assert.deepStrictEqual({ asked, end, given }, { asked: [undefined, "B", "C"], end: "end", given: ["A", "B", "C"] })
      }
    )
  })
})

describe("a walk without end", () => {
  const item = (token: string | undefined) => `of ${token ?? "the first"}`

  const loops: ReadonlyArray<{
    readonly what: string
    readonly next: (token: string | undefined) => string
    readonly from?: string
    readonly asked: ReadonlyArray<string | undefined>
  }> = [
    { what: "the same token again", next: () => "A", asked: [undefined, "A"] },
    { what: "a cycle", next: (token) => token === "A" ? "B" : token === "B" ? "C" : "A", asked: [undefined, "A", "B", "C"] },
    { what: "an empty token although there is more", next: (token) => token === undefined ? "A" : "", asked: [undefined, "A"] },
    { what: "the token that was asked for first", next: (token) => token === "A" ? "B" : "A", from: "A", asked: ["A", "B"] },
    { what: "its own token, resumed from", next: () => "A", from: "A", asked: ["A"] }
  ]

  for (const { asked, from, next, what } of loops) {
    it.effect(`fails after ${what}, having given every page it read`, () =>
      Effect.gen(function*() {
        const request = from === undefined ? { folder: "f" } : { folder: "f", page_token: from }
        const walked = yield* walk((token) => page({ items: [item(token)], has_more: true, page_token: next(token) }), { request })
        assert.deepStrictEqual(walked.asked, asked)
        assert.deepStrictEqual(walked.given, asked.map(item))
        assert(walked.error?._tag === "PaginationLoop")
        assert.deepInclude(walked.error, { operation: "test.item.list", pages: asked.length })
      }))
  }

  it.effect("is none where two hundred tokens differ", () =>
    Effect.map(
      walk((token = "0") => page({ items: [token], has_more: Number(token) < 199, page_token: String(Number(token) + 1) })),
      ({ end, given }) => {
        assert.strictEqual(end, "end")
        assert.deepStrictEqual(given, Array.makeBy(200, String))
      }
    ))
})

describe("a page that fails", () => {
  const failures: ReadonlyArray<readonly [code: number, tag: string]> = [[122002, "TestNotThere"], [99992402, "FieldsInvalid"]]

  for (const [code, tag] of failures) {
    it.effect(`with ${tag} fails the stream, after the pages before it`, () =>
      Effect.map(walk((token) => token === "C" ? Stub.failed(code) : three(token)), ({ asked, end, given }) => {
        assert.deepStrictEqual({ asked, end, given }, { asked: [undefined, "B", "C"], end: tag, given: ["1", "2"] })
      }))
  }

  it.effect("because it cannot be read is no last page", () =>
    Effect.map(walk((token) => token === undefined ? three(token) : page({ items: "none" })), ({ end, given }) => {
      assert.deepStrictEqual({ end, given }, { end: "ResponseInvalid", given: ["1", "2"] })
    }))
})

describe("whoever stops listening", () => {
  it.effect("stops the asking: no page is fetched ahead", () => {
    let asked = 0
    const endless = Stub.client(() => page({ items: ["a", "b"], has_more: true, page_token: String(++asked) }))
    return Effect.gen(function*() {
      assert.strictEqual((yield* Stream.runCollect(Stream.take(list.items({ folder: "f" }), 3))).length, 3)
      assert.strictEqual(asked, 2)
    }).pipe(Effect.provide(endless))
  })

  it.effect("interrupts the request under way", () =>
    Effect.gen(function*() {
      const arrived = yield* Deferred.make<void>()
      let asked = 0
      let interrupted = 0
      const live = Stub.client(() => {
        asked++
        return asked === 1
          ? three(undefined)
          : Effect.zipRight(Deferred.succeed(arrived, undefined), Effect.never).pipe(Effect.onInterrupt(() => Effect.sync(() => interrupted++)))
      })
      const fiber = yield* Effect.fork(Stream.runDrain(list.items({ folder: "f" })).pipe(Effect.provide(live)))
      yield* Deferred.await(arrived)
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual({ asked, interrupted }, { asked: 2, interrupted: 1 })
    }))
})

describe("a list that ends at a documented number of items", () => {
  const walked = (pages: ReadonlyArray<unknown>, request: ListRequest = { folder: "f" }) => {
    let asked = 0
    return counted.items(request).pipe(
      Stream.either,
      Stream.runCollect,
      Effect.map((all) => Chunk.toReadonlyArray(all).map(Either.match({
        onLeft: (error) => error._tag === "PagesIncomplete" ? `${error._tag} ${error.came}/${error.total}` : error._tag,
        onRight: (item) => item
      }))),
      Effect.provide(Stub.client(() => page(pages[asked++])))
    )
  }

  it.effect("says so where there is more, after the last item", () =>
    Effect.gen(function*() {
      const first = { items: ["1", "2"], has_more: true, page_token: "B", total: 9 }
      assert.deepStrictEqual(yield* walked([first, { items: ["3"], has_more: false, total: 9 }]), ["1", "2", "3", "PagesIncomplete 3/9"])
      // What the last page says counts: meanwhile something may have gone.
      assert.deepStrictEqual(yield* walked([first, { items: ["3"], has_more: false, total: 3 }]), ["1", "2", "3"])
      assert.deepStrictEqual(yield* walked([first, { items: ["3"], has_more: false }]), ["1", "2", "3"])
    }))

  it.effect("says nothing of what came before a page that was asked for", () =>
    Effect.gen(function*() {
      const last = { items: ["3"], has_more: false, total: 9 }
      assert.deepStrictEqual(yield* walked([last], { folder: "f", page_token: "B" }), ["3"])
    }))

  it.effect("ends with what it has where nothing came at all", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* walked([{ has_more: false, total: 0 }]), [])
      assert.deepStrictEqual(yield* walked([{ has_more: false, total: 2 }]), ["PagesIncomplete 0/2"])
    }))
})
