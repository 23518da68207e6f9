import { assert, describe, it } from "@effect/vitest"
import { Either, ParseResult, Schema } from "effect"
import { violationsOf } from "../src/internal/violations.ts"

const complaints = (schema: Schema.Schema.AnyNoContext, value: unknown) =>
  Either.match(ParseResult.decodeUnknownEither(schema, { errors: "all", onExcessProperty: "error" })(value), {
    onLeft: (issue) => violationsOf(issue).map(({ field, message }) => `${field}: ${message}`),
    onRight: () => []
  })

describe("what is wrong with a value", () => {
  const canary = "canary-value-secret"

  const Shapes = Schema.Struct({
    text: Schema.String,
    count: Schema.optional(Schema.Int.pipe(Schema.between(1, 9))),
    kind: Schema.optional(Schema.Literal("a", "b")),
    one: Schema.optional(Schema.Literal(1)),
    secret: Schema.optional(Schema.Redacted(Schema.String)),
    tagged: Schema.optional(
      Schema.Union(
        Schema.Struct({ tag: Schema.Literal("x"), at: Schema.Number }),
        Schema.Struct({ tag: Schema.Literal("y"), on: Schema.Boolean })
      )
    ),
    list: Schema.optional(Schema.Array(Schema.Struct({ id: Schema.String })).pipe(Schema.maxItems(1)))
  })

  it("is said field by field", () => {
    assert.deepStrictEqual(complaints(Shapes, {}), ["text: is missing"])
    assert.deepStrictEqual(
      complaints(Shapes, { text: 1, count: "1", kind: "c", one: 2, secret: 3, tagged: { tag: "x", at: "?" }, list: [{}], more: 1 }),
      [
        "more: is unexpected",
        "text: must be a string",
        "count: must be a number",
        `kind: must be one of "a", "b"`,
        "one: must be 1",
        "secret: must be a string",
        "tagged.at: must be a number",
        "list[0].id: is missing"
      ]
    )
    assert.deepStrictEqual(complaints(Shapes, { text: "", count: 10 }), ["count: must be a number between 1 and 9"])
    assert.deepStrictEqual(complaints(Shapes, { text: "", count: 1.5 }), ["count: must be an integer"])
    assert.deepStrictEqual(complaints(Shapes, { text: "", tagged: { tag: "z" } }), [`tagged.tag: must be one of "x", "y"`])
    assert.deepStrictEqual(complaints(Shapes, { text: "", tagged: 1, list: {} }), [
      "tagged: must be an object",
      "list: must be a list"
    ])
    assert.deepStrictEqual(complaints(Shapes, []), [": must be an object"])
    assert.deepStrictEqual(complaints(Schema.String.pipe(Schema.filter(() => false, { message: () => "must be better" })), canary), [
      ": must be better"
    ])
  })

  it("is said without the value", () => {
    const wrong = [canary, [canary], { text: { canary }, tagged: { tag: canary, at: canary }, secret: [canary], list: [canary, { id: [canary] }] }]
    for (const value of wrong) assert.notInclude(complaints(Shapes, value).join(), canary)
  })
})
