import type { CallError, FeishuClient } from "@effect-feishu/core"
import { AccessToken, ApiError, Operation, RateLimit, Shape } from "@effect-feishu/core"
import type { Layer, Stream } from "effect"
import { Effect, Schema } from "effect"
import { describe, expect, test } from "tstyche"

class NotThere extends ApiError.define("NotThere", { code: 1, category: "NotFound" }) {}
class Denied extends ApiError.define("Denied", { code: [2, 3], category: "Permission" }) {}
class Broken extends ApiError.define("Broken", { code: 4, category: "Fault" }) {}

class Request extends Shape.Struct<Request>()(() => ({ id: Schema.String, kind: Schema.optional(Schema.String) })) {}
class Answer extends Shape.Struct<Answer>()(() => ({ name: Schema.String })) {}

const rest = { accepts: "tenant", scopes: [], rateLimit: RateLimit.unstated, response: Answer, errors: [NotThere, Denied, Broken] } as const
const url = "/open-apis/test/v1/things/:id"

const read = Operation.make("read", { ...rest, method: "GET", url, idempotent: true, request: Request })
const write = Operation.make("write", { ...rest, method: "POST", url, idempotent: false, request: Request, accepts: "user" })
const either = Operation.make("either", { ...rest, method: "GET", url: "/open-apis/test/v1/it", idempotent: true, accepts: "either" })

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <R>(operation: (request: R) => unknown) => (request: R) => void

describe("a declaration", () => {
  const declared = { ...rest, method: "POST", idempotent: true, request: Request } as const

  test("takes from the url only fields that the request has", () => {
    expect(Operation.make).type.toBeCallableWith("x", { ...declared, url: "/open-apis/a/:id/b/:kind" })
    expect(Operation.make).type.toBeCallableWith("x", { ...declared, url: "/open-apis/a" })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url: "/open-apis/a/:token" })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url: "/open-apis/a/:id/b/:token" })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...rest, method: "GET", idempotent: true, url: "/open-apis/a/:id" })
  })

  test("has a url of the open platform", () => {
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url: "/a/:id" })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url: "https://open.feishu.cn/open-apis/a" })
  })

  test("sends in the query only fields that the request has", () => {
    expect(Operation.make).type.toBeCallableWith("x", { ...declared, url, query: ["kind"] })
    expect(Operation.make).type.toBeCallableWith("x", { ...declared, url, query: [["kind", "type"]] })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url, query: ["type"] })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url, query: [["type", "kind"]] })
  })

  test("knows a union's fields", () => {
    const request = Schema.Union(Schema.Struct({ id: Schema.String, a: Schema.String }), Schema.Struct({ id: Schema.String, b: Schema.Int }))
    expect(Operation.make).type.toBeCallableWith("x", { ...declared, request, url, query: ["a", "b"] })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, request, url, query: ["c"] })
  })

  test("says all there is to say", () => {
    const { scopes: _, ...noScopes } = { ...declared, url } as const
    const { rateLimit: __, ...noLimit } = { ...declared, url } as const
    expect(Operation.make).type.not.toBeCallableWith("x", noScopes)
    expect(Operation.make).type.not.toBeCallableWith("x", noLimit)
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url, accepts: "app" })
    expect(Operation.make).type.not.toBeCallableWith("x", { ...declared, url, errors: [Error] })
  })
})

describe("an operation", () => {
  test("has the types of its declaration", () => {
    expect<Operation.Operation.Request<typeof read>>().type.toBe<Request>()
    expect<Operation.Operation.Success<typeof read>>().type.toBe<Answer>()
    expect<Operation.Operation.Error<typeof read>>().type.toBe<NotThere | Denied | Broken>()
    expect<Operation.Operation.Token<typeof read>>().type.toBe<AccessToken.TenantAccessToken>()
    expect<Operation.Operation.Token<typeof either>>().type.toBe<AccessToken.AnyAccessToken>()
    expect<Operation.Operation.Request<typeof either>>().type.toBe<void>()
    expect(read).type.toBeAssignableTo<Operation.Operation.Any>()
  })

  test("called, is an effect of them, and may fail as any call", () => {
    expect(read({ id: "1" })).type.toBe<
      Effect.Effect<Answer, NotThere | Denied | Broken | CallError.CallError, FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
    >()
  })

  test("without an answer's schema answers nothing", () => {
    const { response: _, ...silent } = rest
    const drop = Operation.make("drop", { ...silent, method: "DELETE", url, idempotent: true, request: Request })
    expect<Operation.Operation.Success<typeof drop>>().type.toBe<void>()
  })

  test("takes exactly its request", () => {
    expect(taking(read)).type.toBeCallableWith({ id: "1", kind: undefined })
    expect(taking(read)).type.not.toBeCallableWith({})
    expect(taking(read)).type.not.toBeCallableWith({ id: "1", page: 1 })
    expect(taking(read)).type.not.toBeCallableWith({ id: 1 })
    expect(taking(either)).type.toBeCallableWith()
  })

  test("that must not be repeated never ends in a fault", () => {
    expect<Operation.Operation.Error<typeof write>>().type.toBe<NotThere | Denied>()
    type Tag = Effect.Effect.Error<ReturnType<typeof write>>["_tag"]
    expect<"Broken">().type.not.toBeAssignableTo<Tag>()
    expect<"OutcomeUnknown">().type.toBeAssignableTo<Tag>()
    type ReadTag = Effect.Effect.Error<ReturnType<typeof read>>["_tag"]
    expect<"Broken">().type.toBeAssignableTo<ReadTag>()
  })
})

describe("a credential", () => {
  test("of the tenant serves the tenant's operations only, a user's only those of users", () => {
    expect(run).type.toBeCallableWith(Effect.provide(read({ id: "1" }), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(read({ id: "1" }), asUser))
    expect(run).type.toBeCallableWith(Effect.provide(write({ id: "1" }), asUser))
    expect(run).type.not.toBeCallableWith(Effect.provide(write({ id: "1" }), asTenant))
  })

  test("of either kind serves what accepts either", () => {
    expect(run).type.toBeCallableWith(Effect.provide(either(), asTenant))
    expect(run).type.toBeCallableWith(Effect.provide(either(), asUser))
    expect(run).type.not.toBeCallableWith(either())
  })

  test("is the user's once one acts as the user", () => {
    const mine = AccessToken.asUser(either())
    expect<Effect.Effect.Context<typeof mine>>().type.toBe<FeishuClient.FeishuClient | AccessToken.UserAccessToken>()
    expect(run).type.toBeCallableWith(Effect.provide(mine, asUser))
    expect(run).type.not.toBeCallableWith(Effect.provide(mine, asTenant))
    // What takes the tenant's token only still asks for it.
    const both = AccessToken.asUser(Effect.zip(read({ id: "1" }), either()))
    expect<Effect.Effect.Context<typeof both>>().type.toBe<
      FeishuClient.FeishuClient | AccessToken.TenantAccessToken | AccessToken.UserAccessToken
    >()
  })
})

describe("an error", () => {
  test("has its tag, its codes and its category", () => {
    expect<Denied["_tag"]>().type.toBe<"Denied">()
    expect<Denied["code"]>().type.toBe<2 | 3>()
    expect<NotThere["category"]>().type.toBe<"NotFound">()
  })

  test("is caught by its category, and leaves the union", () => {
    const caught = write({ id: "1" }).pipe(
      Effect.catchIf(ApiError.hasCategory("NotFound", "Permission"), (error) => {
        expect<typeof error>().type.toBeAssignableFrom<NotThere | Denied>()
        expect<typeof error>().type.not.toBeAssignableFrom<CallError.TransportError>()
        return Effect.succeed(error.code)
      })
    )
    type Left = Effect.Effect.Error<typeof caught>["_tag"]
    expect<"NotThere" | "Denied" | "ScopeNotGranted" | "UserIdNotFound">().type.not.toBeAssignableTo<Left>()
    expect<Extract<Left, "NotThere" | "Denied" | "ScopeNotGranted" | "UserIdNotFound">>().type.toBe<never>()
    expect<"TransportError" | "OutcomeUnknown" | "RateLimited">().type.toBeAssignableTo<Left>()
  })

  test("has no category but the ten", () => {
    expect(ApiError.define).type.not.toBeCallableWith("X", { code: 1, category: "Oops" })
    expect(ApiError.define).type.not.toBeCallableWith("X", { code: [], category: "Fault" })
    expect(ApiError.hasCategory).type.not.toBeCallableWith("Oops")
  })
})

describe("a paged operation", () => {
  class Page extends Shape.Struct<Page>()(() => ({ items: Schema.optional(Schema.Array(Answer)), cursor: Schema.optional(Schema.String) })) {}
  const listed = { ...rest, method: "GET", url: "/open-apis/test/v1/list", idempotent: true, response: Page } as const
  const list = Operation.paged("list", { ...listed, page: { items: "items", next: "cursor" } })
  type Failures = NotThere | Denied | Broken | CallError.CallError
  type Needs = FeishuClient.FeishuClient | AccessToken.TenantAccessToken

  test("answers a page, streams pages, and streams items", () => {
    expect(list()).type.toBe<Effect.Effect<Page, Failures, Needs>>()
    expect(list.pages()).type.toBe<Stream.Stream<Page, Failures | Operation.PaginationLoop, Needs>>()
    expect(list.items()).type.toBe<Stream.Stream<Answer, Failures | Operation.PaginationLoop, Needs>>()
  })

  test("finds items and token in fields that its pages have", () => {
    expect(Operation.paged).type.not.toBeCallableWith("x", { ...listed, page: { items: "entries" } })
    expect(Operation.paged).type.not.toBeCallableWith("x", { ...listed, page: { items: "items", next: "page_token" } })
  })
})

describe("a batched operation", () => {
  class Add extends Shape.Struct<Add>()(() => ({ id: Schema.String, members: Schema.Array(Schema.Struct({ who: Schema.String })) })) {}
  class Added extends Shape.Struct<Added>()(() => ({ done: Schema.Array(Schema.Struct({ who: Schema.String, since: Schema.Int })) })) {}
  const batch = {
    items: "members",
    size: 10,
    done: ({ done }: Added) => done,
    key: ({ who }: { readonly who: string }) => who
  } as const
  const added = { ...rest, method: "POST", url, idempotent: false, request: Add, response: Added } as const
  const add = Operation.batched("add", { ...added, batch })
  type Failures = NotThere | Denied | CallError.CallError
  const all = add.all({ id: "1", members: [] })
  type Outcome = Effect.Effect.Success<typeof all>

  test("called, may be done in part", () => {
    expect(add({ id: "1", members: [] })).type.toBe<
      Effect.Effect<
        Added,
        Failures | CallError.PartialSuccess<Added, Failures>,
        FeishuClient.FeishuClient | AccessToken.TenantAccessToken
      >
    >()
  })

  test("with all its items never fails, and tells of each", () => {
    expect<Effect.Effect.Error<typeof all>>().type.toBe<never>()
    expect<Outcome["succeeded"][number]["item"]>().type.toBe<{ readonly who: string }>()
    expect<Outcome["succeeded"][number]["answer"]>().type.toBe<{ readonly who: string; readonly since: number }>()
    expect<Outcome["failed"][number]["item"]>().type.toBe<{ readonly who: string }>()
    expect<Outcome["failed"][number]["error"]>().type.toBe<Failures>()
    expect<Outcome["missing"]>().type.toBe<ReadonlyArray<{ readonly who: string }>>()
  })

  test("has its items in a field of the request", () => {
    expect(Operation.batched).type.not.toBeCallableWith("x", { ...added, batch: { ...batch, items: "people" } })
  })
})
