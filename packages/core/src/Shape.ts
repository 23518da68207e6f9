/**
 * The building blocks of requests and answers.
 *
 * A shape is its type, its schema and its name in one class; values stay plain
 * objects and nothing is ever constructed. What a declaration writes once is
 * what an editor shows, field comments included.
 *
 * @since 0.1.0
 */
import type * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type * as Types from "effect/Types"
import { LazySchema, once } from "./internal/lazySchema.ts"

/**
 * A class that is a struct schema and the name of the objects it describes.
 *
 * @since 0.1.0
 * @category models
 */
export interface Shape<Self, Fields extends Schema.Struct.Fields>
  extends Schema.Schema<Self, Schema.Struct.Encoded<Fields>, Schema.Struct.Context<Fields>>
{
  new(_: never): Schema.Struct.Type<Fields>
  readonly fields: Fields
  readonly rules: ReadonlyArray<Rule<never>>
}

/**
 * Any shape, to be part of another one.
 *
 * @since 0.1.0
 * @category models
 */
export interface Part {
  new(_: never): object
  readonly fields: Schema.Struct.Fields
  readonly rules: ReadonlyArray<Rule<never>>
}

/** `InstanceType` knows nothing of a constructor that takes `never`, and says `any`. */
type InstanceOf<Parts> = Parts extends readonly [new(_: never) => infer First, ...infer Rest] ? First & InstanceOf<Rest>
  : unknown

type FieldsOf<Parts> = Parts extends readonly [infer First extends Part, ...infer Rest] ? First["fields"] & FieldsOf<Rest>
  : unknown

/**
 * A shape made of others and of fields of its own.
 *
 * @since 0.1.0
 * @category models
 */
export interface Extended<Self, Parts extends ReadonlyArray<Part>, Own extends Schema.Struct.Fields>
  extends Schema.Schema<Self, Schema.Struct.Encoded<FieldsOf<Parts> & Own>>
{
  new(_: never): InstanceOf<Parts> & Schema.Struct.Type<Own>
  readonly fields: FieldsOf<Parts> & Own
  readonly rules: ReadonlyArray<Rule<never>>
}

/**
 * One complaint about a value: where in it, and what is wrong.
 *
 * @since 0.1.0
 * @category models
 */
export interface Violation {
  readonly path: ReadonlyArray<PropertyKey>
  readonly message: string
}

/**
 * A rule that spans several fields: nothing when the value keeps it, otherwise
 * what breaks it.
 *
 * @since 0.1.0
 * @category models
 */
export type Rule<A> = (value: A) => Violation | undefined

/**
 * A struct, as a class that carries its name.
 *
 * Its fields are asked for once, when the shape is first used: an import then
 * costs nothing for the shapes of operations that a program never calls.
 *
 * Rules are checked after the fields, on the decoded value, in order; every
 * broken one is reported.
 *
 * @example
 * ```ts
 * import * as Shape from "@effect-feishu/core/Shape"
 * import * as Schema from "effect/Schema"
 *
 * class Span extends Shape.Struct<Span>()(
 *   () => ({ from: Schema.Number, to: Schema.Number }),
 *   ({ from, to }) => to > from ? undefined : { path: ["to"], message: "must be later than from" }
 * ) {}
 *
 * export const span: Span = { from: 1, to: 2 }
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const Struct = <Self = never>() =>
<Fields extends Schema.Struct.Fields>(
  fields: () => Fields,
  ...rules: ReadonlyArray<Rule<Types.NoInfer<Schema.Struct.Type<Fields>>>>
): Shape<Self, Fields> => {
  const known = once(fields)
  const schema = () => {
    const struct = Schema.Struct(known())
    return rules.length === 0
      ? struct
      : struct.pipe(Schema.filter((value) => {
        // Sound: the same type, of which the compiler sees two spellings.
        const broken = rules.flatMap((rule) => rule(value as Types.NoInfer<Schema.Struct.Type<Fields>>) ?? [])
        return broken.length === 0 ? undefined : broken
      }))
  }
  class Shaped extends LazySchema {
    static override readonly build = once(() => schema().ast)
    static readonly rules = rules
    static get fields() {
      return known()
    }
  }
  // Sound: a schema is a class value, `Self` names the very object type the fields describe,
  // and the constructor takes `never`, so no instance can come to exist.
  return Shaped as unknown as Shape<Self, Fields>
}

/**
 * A struct that has the fields, and keeps the rules, of other shapes besides its
 * own. The comments of their fields come along, from whatever module they are in.
 *
 * @example
 * ```ts
 * import * as Shape from "@effect-feishu/core/Shape"
 * import * as Schema from "effect/Schema"
 *
 * class Page extends Shape.Struct<Page>()(() => ({ page_size: Schema.optional(Schema.Int) })) {}
 *
 * class ListRequest extends Shape.extend(Page)<ListRequest>()(() => ({ folder_token: Schema.String })) {}
 *
 * export const request: ListRequest = { folder_token: "f", page_size: 10 }
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const extend = <const Parts extends ReadonlyArray<Part>>(...parts: Parts) =>
<Self = never>() =>
<Own extends Schema.Struct.Fields>(
  own: () => Own,
  ...rules: ReadonlyArray<Rule<Types.NoInfer<InstanceOf<Parts> & Schema.Struct.Type<Own>>>>
): Extended<Self, Parts, Own> => {
  const fields = (): Schema.Struct.Fields => Object.assign({}, ...parts.map((part) => part.fields), own())
  // Sound: every rule is one over some of these fields, and what is made of them has the type that is said.
  const all = [...parts.flatMap((part) => part.rules), ...rules] as ReadonlyArray<Rule<never>> as ReadonlyArray<Rule<unknown>>
  return Struct<Self>()(fields, ...all) as unknown as Extended<Self, Parts, Own>
}

/**
 * A schema under the type that its rules leave of its fields, where a rule can
 * be said as a type: unions, most often.
 *
 * @example
 * ```ts
 * import * as Shape from "@effect-feishu/core/Shape"
 * import * as Schema from "effect/Schema"
 *
 * class GrantFields extends Shape.Struct<GrantFields>()(
 *   () => ({ to: Schema.Literal("user", "everybody"), id: Schema.optional(Schema.String) }),
 *   ({ id, to }) => (to === "user") === (id !== undefined) ? undefined : { path: ["id"], message: "names a user" }
 * ) {}
 *
 * type Grant = GrantFields & ({ readonly to: "user"; readonly id: string } | { readonly to: "everybody"; readonly id?: undefined })
 *
 * export const Grant = Shape.narrow<Grant>()(GrantFields)
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const narrow = <Narrow>() =>
<Wide, Encoded>(
  schema: [Narrow] extends [Wide] ? Schema.Schema<Wide, Encoded> : never
): Schema.Schema<Narrow, Encoded> =>
  // Sound: the rules of the schema refuse whatever is of the wide type only; whoever narrows says that they do.
  schema as unknown as Schema.Schema<Narrow, Encoded>

/**
 * Where an open enumeration keeps the values that are documented.
 *
 * @since 0.1.0
 * @category symbols
 */
export const DocumentedValues: unique symbol = Symbol.for("@effect-feishu/core/Shape/DocumentedValues")

/**
 * The documented values of a field, and any other of their kind: for answers,
 * where the platform may add a value before its documentation does.
 *
 * @since 0.1.0
 * @category constructors
 */
export const Open = <const Value extends string | number>(
  ...values: readonly [Value, ...ReadonlyArray<Value>]
): Schema.Schema<Value | (Value extends string ? string & {} : number & {})> => {
  const base: Schema.Schema.AnyNoContext = typeof values[0] === "string" ? Schema.String : Schema.Number
  // Sound: `Value | (string & {})` is every string, spelt so that an editor still offers the documented ones.
  return base.annotations({
    [DocumentedValues]: values,
    arbitrary: (): Arbitrary.LazyArbitrary<Value> => (fc) => fc.constantFrom(...values)
  }) as unknown as Schema.Schema<Value | (Value extends string ? string & {} : number & {})>
}

/**
 * The documented values of a schema made with `Open`, if it is one.
 *
 * @since 0.1.0
 * @category accessors
 */
export const documentedValues = (ast: SchemaAST.AST): ReadonlyArray<string | number> | undefined =>
  // Sound: only `Open` writes under this symbol.
  ast.annotations[DocumentedValues] as ReadonlyArray<string | number> | undefined
