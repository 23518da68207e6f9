import { Shape } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Either, FastCheck, Schema } from "effect"
import * as Compiled from "../src/internal/compiled.ts"
import { agreesWithParseResult, isRead, leftOut, odd, readsOtherwise, writesOtherwise } from "./compiled.ts"

type AnySchema = Schema.Schema.AnyNoContext

interface Tree {
  readonly id: string
  readonly children?: ReadonlyArray<Tree> | undefined
}
const Tree = Schema.Struct({
  id: Schema.String,
  children: Schema.optional(Schema.Array(Schema.suspend((): Schema.Schema<Tree> => Tree)))
})

class Member extends Shape.Struct<Member>()(
  () => ({ type: Schema.Literal("user", "chat"), id: Schema.NonEmptyString, since: Schema.optional(Schema.Int) }),
  ({ id, type }) => type === "chat" && !id.startsWith("oc_") ? { path: ["id"], message: "must be a chat's" } : undefined
) {}

const agrees = (schema: AnySchema, value: unknown) => {
  assert.isUndefined(readsOtherwise(schema, value))
  assert.isUndefined(writesOtherwise(schema, value))
}

/** What is read of a value, which is the same by both ways. */
const read = (schema: AnySchema, value: unknown) => {
  agrees(schema, value)
  return Either.getOrElse(Compiled.decodeUnknownEither(schema)(value), () => "refused")
}

describe("a value that is read", () => {
  it("loses what is not declared, and has its fields in the order of the declaration", () => {
    const Pair = Schema.Struct({ b: Schema.String, a: Schema.optional(Schema.Number) })
    assert.strictEqual(JSON.stringify(read(Pair, { a: 1, more: 1, b: "x" })), `{"b":"x","a":1}`)
    assert.strictEqual(JSON.stringify(read(Schema.Array(Pair), [{ b: "x" }, { b: "y", c: 1 }])), `[{"b":"x"},{"b":"y"}]`)
  })

  it("keeps an undefined field that is there, and has none that is not", () => {
    const Optional = Schema.Struct({ a: Schema.optional(Schema.String), b: Schema.UndefinedOr(Schema.String) })
    assert.deepStrictEqual(Object.keys(read(Optional, { a: undefined }) as object), ["a", "b"])
    assert.deepStrictEqual(Object.keys(read(Optional, { b: "x" }) as object), ["b"])
  })

  it("takes no inherited field for an optional one", () => {
    const Inherited = Schema.Struct({ constructor: Schema.optional(Schema.Unknown), toString: Schema.optional(Schema.Unknown) })
    assert.deepStrictEqual(Object.keys(read(Inherited, {}) as object), [])
    assert.deepStrictEqual(Object.keys(read(Inherited, { toString: 1 }) as object), ["toString"])
  })

  it("cannot be given another prototype", () => {
    const hostile = JSON.parse(`{"id":"a","__proto__":{"type":"admin"}}`) as unknown
    const safe = read(Schema.Struct({ id: Schema.String, type: Schema.optional(Schema.String) }), hostile)
    assert.strictEqual(Object.getPrototypeOf(safe), Object.prototype)
    assert.deepStrictEqual(Object.keys(safe as object), ["id"])
    agrees(Schema.Struct({ ["__proto__"]: Schema.optional(Schema.Unknown) }), hostile)
  })

  it("is the very value where anything may stand, and a copy elsewhere", () => {
    const given = { any: {}, list: [] }
    const made = read(Schema.Struct({ any: Schema.Unknown, list: Schema.Array(Schema.String) }), given) as typeof given
    assert.strictEqual(made.any, given.any)
    assert.notStrictEqual(made.list, given.list)
    assert.strictEqual(read(Schema.Struct({}), given), given)
  })

  it("is of the first member of a union that takes it, be it one that a literal tells from others", () => {
    const Named = Schema.Struct({ id: Schema.String })
    const Tagged = Schema.Struct({ type: Schema.Literal("a"), id: Schema.String })
    assert.deepStrictEqual(read(Schema.Union(Schema.Struct({}), Named), { id: "x", type: "a" }), { id: "x", type: "a" })
    assert.deepStrictEqual(read(Schema.Union(Named, Tagged), { id: "x", type: "a" }), { id: "x", type: "a" })
    assert.deepStrictEqual(read(Schema.Union(Named, Tagged), { id: "x", type: "b" }), { id: "x" })
    assert.strictEqual(read(Schema.Union(Tagged, Schema.Undefined), Object.create({ type: "a", id: "x" })), "refused")
  })

  it("is of a member that a literal tells from others, whatever that is made of", () => {
    const Named = Schema.Struct({ id: Schema.String })
    const Tagged = Schema.Struct({ type: Schema.Literal("a"), id: Schema.String })
    const Defaulted = Schema.Struct({ ...Tagged.fields, more: Schema.optionalWith(Schema.String, { default: () => "m" }) })
    for (const member of [Tagged, Tagged.pipe(Schema.filter(() => true)), Schema.suspend(() => Tagged), Defaulted]) {
      assert.propertyVal(read(Schema.Union(Named, member), { id: "x", type: "a" }), "type", "a")
    }
    const Lists = Schema.Union(Schema.Array(Schema.Union(Named, Schema.String)), Schema.Tuple([Schema.Literal("a")], Schema.Unknown))
    assert.deepStrictEqual(read(Lists, ["a", { id: "x", more: 1 }]), ["a", { id: "x", more: 1 }])
  })

  it("is of the first member that takes it, too, where only one side has a literal", () => {
    const Any = Schema.Struct({ id: Schema.String, type: Schema.optional(Schema.Unknown) })
    const OnTheWire = Schema.transform(Schema.Literal("a"), Schema.Number, { decode: () => 1, encode: () => "a" as const })
    const InTheProgram = Schema.transform(Schema.String, Schema.Literal("a"), { decode: () => "a" as const, encode: () => "wire" })
    for (const type of [OnTheWire, InTheProgram, Schema.Literal("a").pipe(Schema.filter(() => true))]) {
      for (const given of ["a", 1, "b"]) agrees(Schema.Union(Any, Schema.Struct({ type, id: Schema.String })), { id: "x", type: given })
    }
  })

  it("is of the first member that takes it, too, where something in it is left out", () => {
    const Optional = Schema.Tuple([Schema.Struct({}), Schema.optionalElement(Schema.String)], Schema.Number)
    assert.deepStrictEqual(read(Schema.Union(Schema.Struct({ a: Optional }), Schema.Unknown), { a: [1], b: 2 }), { a: [1] })
    assert.deepStrictEqual(
      read(Schema.Union(Schema.Struct({ a: Schema.UndefinedOr(Schema.String) }), Schema.Struct({})), {}),
      { a: undefined }
    )
  })

  it("may be a schema's own that contains itself", () => {
    const tree = { id: "1", children: [{ id: "2", more: 1 }, { id: "3", children: [{ id: "4", children: [] }] }] }
    assert.deepStrictEqual(read(Tree, tree), { id: "1", children: [{ id: "2" }, { id: "3", children: [{ id: "4", children: [] }] }] })
    assert.strictEqual(read(Tree, { id: "1", children: [{ id: "2", children: [{}] }] }), "refused")
  })

  it("is what a fallback says where the schema has one, and keeps what the schema says it keeps", () => {
    const Fallback = Schema.Struct({ a: Schema.Number.annotations({ decodingFallback: () => Either.right(7) }) })
    assert.deepStrictEqual(read(Fallback, { a: "no number" }), { a: 7 })
    const Open = Schema.Struct({ a: Schema.Number }).annotations({ parseOptions: { onExcessProperty: "preserve" } })
    assert.deepStrictEqual(read(Open, { a: 1, b: 2 }), { b: 2, a: 1 })
  })
})

describe("a value that is written", () => {
  it("is refused what is not declared, wherever it hides", () => {
    const value = { type: "user", id: "ou_1" }
    for (const added of [{ more: 1 }, { more: undefined }, { [Symbol.iterator]: 1 }, JSON.parse(`{"__proto__":1}`) as object]) {
      const given = Object.defineProperties({ ...value }, Object.getOwnPropertyDescriptors(added))
      agrees(Member, given)
      assert.isTrue(Either.isLeft(Compiled.encodeUnknownEither(Member)(given)))
    }
    agrees(Member, Object.defineProperty({ ...value }, "hidden", { value: 1, enumerable: false }))
    agrees(Member, value)
  })

  it("has its form on the wire, behind a filter as well", () => {
    const Form = Schema.Struct({ at: Schema.NumberFromString, more: Schema.optional(Schema.Redacted(Schema.String)) })
    const Filtered = Form.pipe(Schema.filter(({ at }) => at > 0), Schema.filter(({ at }) => at < 9))
    for (const schema of [Form, Filtered, Schema.Union(Filtered, Schema.Struct({ at: Schema.Number })), Schema.Array(Filtered)]) {
      for (const at of [5, 0, 10, "5", undefined]) {
        agrees(schema, { at })
        agrees(schema, [{ at }, { at: 1 }])
      }
    }
    assert.deepStrictEqual(Compiled.encodeUnknownEither(Filtered)({ at: 5 }), Either.right({ at: "5" }))
  })
})

describe("what is compiled", () => {
  it("agrees with ParseResult on valid values and on what is nearly so, and is asked for both", () => {
    for (const schema of [Member, Tree, Schema.NonEmptyArray(Member), Schema.Struct({ member: Schema.NullOr(Member) })]) {
      for (const use of ["read", "written"] as const) {
        const { accepted, refused } = agreesWithParseResult(schema, use, 2_000)
        assert.isAbove(accepted, 100)
        assert.isAbove(refused, 100)
        assert.deepStrictEqual(leftOut(schema, use), [])
      }
    }
  })

  it("agrees with ParseResult, whatever the schema and the value are", () => {
    const { accepted } = agreesOnAny(2_000)
    assert.isAbove(accepted, 500)
  })
})

class Kind {
  readonly kind = "a"
}

const leaves: ReadonlyArray<AnySchema> = [
  Schema.String, Schema.Number, Schema.Boolean, Schema.Undefined, Schema.Void, Schema.Unknown, Schema.Any, Schema.Null,
  Schema.Object, Schema.BigIntFromSelf, Schema.SymbolFromSelf, Schema.UniqueSymbolFromSelf(Symbol.iterator), Schema.Enums({ A: "a", One: 1 }),
  Schema.TemplateLiteral("a", Schema.String), Schema.Literal("a"), Schema.Literal("a", 1, true, null, 1n), Schema.Int, Schema.Finite,
  Schema.NonEmptyString, Schema.NumberFromString, Schema.Trim, Schema.Redacted(Schema.String), Schema.DateFromSelf, Schema.Uint8ArrayFromSelf,
  Schema.instanceOf(Kind), Schema.Struct({}), Member, Tree
]

type Field = AnySchema | Schema.PropertySignature.All

// Sound: none of the fields needs anything of its surroundings.
const structOf = (fields: { readonly [name: string]: Field }) => Schema.Struct(fields) as unknown as AnySchema

const { schema: anySchema } = FastCheck.letrec<{ schema: AnySchema; field: Field }>((tie) => ({
  field: FastCheck.oneof(
    FastCheck.constantFrom<Array<AnySchema>>(Schema.Literal("a"), Schema.Literal("b"), Schema.Literal(1), Schema.NumberFromString),
    tie("schema"),
    tie("schema").map((schema) => Schema.optional(schema)),
    tie("schema").map((schema) => Schema.optionalWith(schema, { exact: true })),
    tie("schema").map((schema) => Schema.optionalWith(schema, { default: () => "a" }))
  ),
  schema: FastCheck.oneof(
    { depthSize: "small" },
    FastCheck.constantFrom(...leaves),
    FastCheck.record({ id: tie("field"), type: tie("field"), a: tie("field") }, { requiredKeys: [] }).map(structOf),
    tie("schema").map(Schema.Array),
    tie("schema").map(Schema.NonEmptyArray),
    FastCheck.tuple(tie("schema"), tie("schema")).map(([first, rest]) => Schema.Tuple([first], rest)),
    FastCheck.tuple(tie("schema"), tie("schema")).map(([first, rest]) => Schema.Tuple([first], rest, first)),
    FastCheck.tuple(tie("schema"), tie("schema")).map(([first, last]) => Schema.Tuple(first, Schema.optionalElement(last))),
    tie("schema").map((value) => Schema.Record({ key: Schema.String, value })),
    FastCheck.array(tie("schema"), { minLength: 2, maxLength: 3 }).map((members) => Schema.Union(...members)),
    tie("schema").map((schema) => Schema.suspend(() => schema)),
    tie("schema").map((schema) => schema.pipe(Schema.filter((value) => value !== "a" && Object.keys(Object(value) as object).length !== 1))),
    tie("schema").map((schema) => schema.annotations({ decodingFallback: () => Either.right("fallen back") })),
    tie("schema").map((schema) => schema.annotations({ parseOptions: { onExcessProperty: "preserve", exact: true } }))
  )
}))

const { value: anyValue } = FastCheck.letrec<{ value: unknown }>((tie) => ({
  value: FastCheck.oneof(
    { depthSize: "small" },
    FastCheck.constantFrom(...odd).map((make) => make()),
    FastCheck.constantFrom("a", "b", 1, { type: "user", id: "ou_1" }, new Kind()),
    FastCheck.record({ id: tie("value"), type: tie("value"), ["__proto__"]: tie("value"), more: tie("value") }, { requiredKeys: [] }),
    FastCheck.array(tie("value"), { maxLength: 3 })
  )
}))

const agreesOnAny = (numRuns: number) => {
  let accepted = 0
  FastCheck.assert(
    FastCheck.property(anySchema, FastCheck.array(anyValue, { minLength: 1, maxLength: 10 }), (schema, values) => {
      for (const value of values) {
        if (isRead(schema, value)) accepted += 1
        agrees(schema, value)
      }
    }),
    { numRuns }
  )
  return { accepted }
}
