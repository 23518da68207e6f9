import { Event, Operation, RateLimit, Shape } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, FastCheck, Schema, SchemaAST } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"
import { violations } from "./violations.ts"

class Span extends Shape.Struct<Span>()(
  () => ({ from: Schema.Number, to: Schema.Number, note: Schema.optional(Schema.String) }),
  ({ from, to }) => to > from ? undefined : { path: ["to"], message: "must be later than from" },
  ({ from }) => from >= 0 ? undefined : { path: ["from"], message: "must not be negative" },
  ({ note }) => note === "" ? { path: [], message: "is pointless" } : undefined
) {}

class Plan extends Shape.Struct<Plan>()(
  () => ({ name: Schema.String, spans: Schema.Array(Span) }),
  ({ spans }) => spans.length > 1 ? { path: ["spans", 1, "from"], message: "is one too many" } : undefined
) {}

/** An operation that takes a shape. */
const taking = (request: Schema.Schema.AnyNoContext) => ({ ...Stub.whoami, spec: { ...Stub.whoami.spec, request } }) as typeof Stub.whoami

const complaints = (schema: Schema.Schema.AnyNoContext, value: unknown) => violations(taking(schema), value)

describe("a shape", () => {
  it("keeps values plain objects", () => {
    const span: Span = { from: 1, to: 2 }
    assert.deepStrictEqual(Schema.encodeSync(Span)(span), { from: 1, to: 2 })
    const read = Schema.decodeUnknownSync(Span)({ from: 1, to: 2, added: "in 2031" })
    assert.deepStrictEqual(read, { from: 1, to: 2 })
    assert.strictEqual(Object.getPrototypeOf(read), Object.prototype)
  })

  it("is a schema, and shows its fields to others", () => {
    assert.isTrue(Schema.isSchema(Span))
    assert.sameMembers(Object.keys(Span.fields), ["from", "to", "note"])
    class Wider extends Shape.Struct<Wider>()(() => ({ ...Span.fields, more: Schema.Boolean })) {}
    // Fields are shared, rules are not.
    assert.deepStrictEqual(Schema.decodeUnknownSync(Wider)({ from: 2, to: 1, more: true }), { from: 2, to: 1, more: true })
  })

  it("has the wire form of its fields", () => {
    class Dated extends Shape.Struct<Dated>()(() => ({ at: Schema.NumberFromString })) {}
    const dated: Dated = { at: 5 }
    assert.deepStrictEqual(Schema.encodeSync(Dated)(dated), { at: "5" })
    assert.deepStrictEqual(Schema.decodeUnknownSync(Dated)({ at: "5" }), dated)
  })

  it("is generated with its rules kept", () => {
    FastCheck.assert(
      FastCheck.property(Arbitrary.make(Span), ({ from, note, to }) => to > from && from >= 0 && note !== ""),
      { numRuns: 20 }
    )
  })
})

describe("a shape that is declared", () => {
  /** A shape, and how often its fields were made. */
  const counted = () => {
    const made = { times: 0 }
    class Counted extends Shape.Struct<Counted>()(() => {
      made.times++
      return { id: Schema.String }
    }) {}
    return { made, Counted }
  }

  it("makes nothing before somebody asks, and then once", () => {
    const { Counted, made } = counted()
    class Named extends Counted {}
    assert.strictEqual(made.times, 0)
    assert.strictEqual(Named.ast, Counted.ast)
    assert.strictEqual(Named.fields, Counted.fields)
    assert.deepStrictEqual(Schema.decodeUnknownSync(Named)({ id: "1" }), { id: "1" })
    assert.strictEqual(made.times, 1)
  })

  it("is not made by what is declared with it", () => {
    const { Counted, made } = counted()
    class Wider extends Shape.extend(Counted)<Wider>()(() => ({ more: Schema.Boolean })) {}
    class Holder extends Shape.Struct<Holder>()(() => ({ items: Schema.Array(Counted) })) {}
    const Narrow = Shape.narrow<typeof Counted.Type>()(Counted)
    const operation = Operation.make("test.lazy", {
      method: "POST",
      url: "/open-apis/test/v1/lazy",
      accepts: "tenant",
      scopes: [],
      idempotent: true,
      rateLimit: RateLimit.unstated,
      request: Wider,
      response: Holder,
      errors: []
    })
    const event = Event.make("test.lazy_v1", { payload: Narrow, header: Counted, scopes: [] })
    assert.isTrue([Wider, Holder, Narrow, event].every(Schema.isSchema))
    assert.strictEqual(made.times, 0)
    assert.deepStrictEqual(complaints(Wider, { id: "1", more: 1 }), ["more: must be a boolean"])
    assert.deepStrictEqual(operation.spec.response, Holder)
    assert.isTrue(Schema.is(Holder)({ items: [{ id: "1" }] }))
    assert.isTrue(Schema.is(event)({ schema: "2.0", header: { event_type: "test.lazy_v1", id: "1" }, event: { id: "2" } }))
    assert.strictEqual(made.times, 1)
  })

  it("is a schema in every way: annotated, piped, printed", () => {
    const { Counted } = counted()
    assert.strictEqual(Counted.annotations({ identifier: "Id" }).ast.annotations[SchemaAST.IdentifierAnnotationId], "Id")
    assert.deepStrictEqual(Schema.decodeUnknownSync(Counted.pipe(Schema.pluck("id")))({ id: "1" }), "1")
    assert.strictEqual(String(Counted), "{ readonly id: string }")
  })
})

describe("a shape's rules", () => {
  const broken: ReadonlyArray<readonly [value: unknown, complaints: ReadonlyArray<string>]> = [
    [{ from: 1, to: 2 }, []],
    [{ from: 2, to: 1 }, ["to: must be later than from"]],
    [{ from: -1, to: -2, note: "" }, ["to: must be later than from", "from: must not be negative", ": is pointless"]],
    [{ from: "1", to: 2 }, ["from: must be a number"]],
    [{ to: -1, note: 1, extra: 1 }, ["extra: is unexpected", "from: is missing", "note: must be a string"]]
  ]

  it.each(broken)("of %j break as %j", (value, expected) => {
    assert.deepStrictEqual(complaints(Span, value), expected)
    assert.strictEqual(Schema.is(Span)(value), expected.length === 0)
  })

  it("are told with where in the whole the value is", () => {
    assert.deepStrictEqual(complaints(Plan, { name: "n", spans: [{ from: 0, to: 1 }, { from: -1, to: -1 }] }), [
      "spans[1].to: must be later than from",
      "spans[1].from: must not be negative"
    ])
    assert.deepStrictEqual(complaints(Plan, { name: "n", spans: [{ from: 0, to: 1 }, { from: 0, to: 1 }] }), [
      "spans[1].from: is one too many"
    ])
  })

  it("are not asked about a value whose fields are wrong", () => {
    let asked = 0
    class Picky extends Shape.Struct<Picky>()(() => ({ id: Schema.String }), () => {
      asked++
      return undefined
    }) {}
    complaints(Picky, { id: 1 })
    assert.strictEqual(asked, 0)
    complaints(Picky, { id: "1" })
    assert.strictEqual(asked, 1)
  })
})

describe("an open enumeration", () => {
  const Role = Shape.Open("view", "edit")
  const Kind = Shape.Open(1, 2)

  it("takes any value of its kind, and no other", () => {
    const takes = (schema: Schema.Schema.AnyNoContext, value: unknown) => Schema.is(schema)(value)
    for (const role of ["view", "edit", "", "own_in_2031"]) assert.isTrue(takes(Role, role))
    for (const kind of [1, 2, 99, -1]) assert.isTrue(takes(Kind, kind))
    for (const other of [1, null, {}, ["view"]]) assert.isFalse(takes(Role, other), inspect(other))
    for (const other of ["1", null, {}, [1]]) assert.isFalse(takes(Kind, other), inspect(other))
  })

  it("tells its documented values, and others have none", () => {
    assert.deepStrictEqual(Shape.documentedValues(Role.ast), ["view", "edit"])
    assert.deepStrictEqual(Shape.documentedValues(Kind.ast), [1, 2])
    assert.isUndefined(Shape.documentedValues(Schema.String.ast))
    assert.isUndefined(Shape.documentedValues(Schema.Literal("view").ast))
  })

  it("is generated from its documented values", () => {
    const roles = FastCheck.sample(Arbitrary.make(Role), 50)
    assert.sameMembers([...new Set<string>(roles)], ["view", "edit"])
  })
})

describe("a narrowed shape", () => {
  class GrantFields extends Shape.Struct<GrantFields>()(
    () => ({ to: Schema.Literal("user", "everybody"), id: Schema.optional(Schema.String) }),
    ({ id, to }) => (to === "user") === (id !== undefined) ? undefined : { path: ["id"], message: "names a user" }
  ) {}
  type Grant = GrantFields & ({ readonly to: "user"; readonly id: string } | { readonly to: "everybody"; readonly id?: undefined })
  const Grant = Shape.narrow<Grant>()(GrantFields)

  it("is the same schema, under a type that its rules keep", () => {
    assert.strictEqual<unknown>(Grant, GrantFields)
    const grant: Grant = Schema.decodeUnknownSync(Grant)({ to: "user", id: "ou_1" })
    assert.deepStrictEqual(grant, { to: "user", id: "ou_1" })
    assert.deepStrictEqual(complaints(Grant, { to: "user" }), ["id: names a user"])
    assert.deepStrictEqual(complaints(Grant, { to: "everybody", id: "ou_1" }), ["id: names a user"])
  })
})

describe("a shape made of others", () => {
  class Page extends Shape.Struct<Page>()(
    () => ({ page_size: Schema.optional(Schema.Int), page_token: Schema.optional(Schema.String) }),
    ({ page_size }) => page_size === 0 ? { path: ["page_size"], message: "must not be 0" } : undefined
  ) {}

  class Spans extends Shape.extend(Page, Span)<Spans>()(
    () => ({ name: Schema.String }),
    ({ name, note }) => name === note ? { path: ["note"], message: "must not be the name" } : undefined
  ) {}

  it("has their fields and its own", () => {
    const spans = { from: 1, to: 2, name: "n", page_size: 3 } satisfies Spans
    assert.deepStrictEqual(Schema.encodeSync(Spans)(spans), spans)
    assert.sameMembers(Object.keys(Spans.fields), ["page_size", "page_token", "from", "to", "note", "name"])
    class Wider extends Shape.extend(Spans)<Wider>()(() => ({ more: Schema.Boolean })) {}
    assert.deepStrictEqual(Schema.decodeUnknownSync(Wider)({ ...spans, more: true }), { ...spans, more: true })
  })

  it("keeps their rules and its own", () => {
    assert.deepStrictEqual(complaints(Spans, { from: -1, to: -2, note: "n", name: "n", page_size: 0 }), [
      "page_size: must not be 0",
      "to: must be later than from",
      "from: must not be negative",
      "note: must not be the name"
    ])
    assert.deepStrictEqual(complaints(Spans, { from: 1, to: 2 }), ["name: is missing"])
  })
})
