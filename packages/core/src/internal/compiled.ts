/**
 * Schemas as plain functions, for values that are valid: those become exactly what ParseResult makes of them, at a fraction
 * of the cost. Of any other value ParseResult says what is wrong. No code is made from text: a content security policy may forbid it.
 */
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

/** What is answered instead of a value that is not let through. */
export const refused: unique symbol = Symbol()

/** Answers what a value becomes, or `refused`. */
type Check = (value: unknown) => unknown

type Parse = (value: unknown) => Either.Either<unknown, ParseResult.ParseIssue>

/** One of the ways a schema is used, and what was compiled for it. */
export interface Way {
  readonly options: SchemaAST.ParseOptions
  /** ParseResult's way to do the same. */
  readonly parser: (schema: Schema.Schema.AnyNoContext, options: SchemaAST.ParseOptions) => Parse
  readonly compiled: WeakMap<SchemaAST.AST, Check>
  /** Where values are written: how one with a filter is checked before. */
  readonly validating: Way | undefined
}

const keywords: { readonly [tag in SchemaAST.AST["_tag"]]?: Check } = {
  StringKeyword: (value) => typeof value === "string" ? value : refused,
  NumberKeyword: (value) => typeof value === "number" ? value : refused,
  BooleanKeyword: (value) => typeof value === "boolean" ? value : refused,
  UndefinedKeyword: (value) => value === undefined ? value : refused,
  UnknownKeyword: (value) => value
}

const struct = ({ propertySignatures }: SchemaAST.TypeLiteral, way: Way): Check => {
  // To a schema, a struct without fields is whatever is there.
  if (propertySignatures.length === 0) return (value) => value ?? refused
  const names = propertySignatures.map(({ name }) => name)
  const optional = propertySignatures.map(({ isOptional }) => isOptional)
  const checks = propertySignatures.map(({ type }) => checkOf(type, way))
  const known = new Set(names)
  const isKnown = (name: PropertyKey) => known.has(name)
  const strict = way.options.onExcessProperty === "error"
  return (value) => {
    if (!Predicate.isRecord(value) || strict && !Reflect.ownKeys(value).every(isKnown)) return refused
    const checked: Record<PropertyKey, unknown> = {}
    for (let at = 0; at < names.length; at++) {
      const name = names[at]!
      if (optional[at]! && !Object.hasOwn(value, name)) continue
      const field = checks[at]!(value[name])
      if (field === refused) return refused
      checked[name] = field
    }
    return checked
  }
}

const list = (first: ReadonlyArray<Check>, rest: Check): Check => (value) => {
  if (!Array.isArray(value) || value.length < first.length) return refused
  const checked: Array<unknown> = []
  for (let at = 0; at < value.length; at++) {
    const item = (at < first.length ? first[at]! : rest)(value[at])
    if (item === refused) return refused
    checked.push(item)
  }
  return checked
}

const union = (members: ReadonlyArray<Check>): Check => (value) => {
  for (let at = 0; at < members.length; at++) {
    const checked = members[at]!(value)
    if (checked !== refused) return checked
  }
  return refused
}

/** A value is read and then filtered, but filtered whole before any of it is written. */
const filtered = (ast: SchemaAST.Refinement, way: Way): Check => {
  const { options, validating } = way
  const before = checkOf(validating === undefined ? ast.from : SchemaAST.typeAST(ast), validating ?? way)
  const after = validating === undefined
    ? (value: unknown) => Option.isNone(ast.filter(value, options, ast)) ? value : refused
    : checkOf(ast.from, way)
  return (value) => {
    const checked = before(value)
    return checked === refused ? refused : after(checked)
  }
}

/** Whether a literal may tell a member of a union from the others: ParseResult looks for that first, and tries in another order. */
const mayBeTagged = (ast: SchemaAST.AST): boolean => {
  switch (ast._tag) {
    case "Refinement":
      return mayBeTagged(ast.from)
    case "Suspend":
      return mayBeTagged(ast.f())
    case "TypeLiteral":
      return ast.propertySignatures.some(({ isOptional, type }) =>
        !isOptional && (SchemaAST.isLiteral(SchemaAST.encodedAST(type)) || SchemaAST.isLiteral(SchemaAST.typeAST(type)))
      )
    case "TupleType":
      return ast.elements.length > 0
    default:
      return SchemaAST.isTransformation(ast) || SchemaAST.isDeclaration(ast)
  }
}

const compile = (ast: SchemaAST.AST, way: Way): Check | undefined => {
  if (SchemaAST.ParseOptionsAnnotationId in ast.annotations || SchemaAST.DecodingFallbackAnnotationId in ast.annotations) return
  switch (ast._tag) {
    case "Literal":
      return (value) => value === ast.literal ? value : refused
    case "Refinement":
      return filtered(ast, way)
    case "TypeLiteral":
      return ast.indexSignatures.length === 0 ? struct(ast, way) : undefined
    case "TupleType":
      return ast.rest.length === 1 && ast.elements.every(({ isOptional }) => !isOptional)
        ? list(ast.elements.map(({ type }) => checkOf(type, way)), checkOf(ast.rest[0]!.type, way))
        : undefined
    case "Union":
      return ast.types.some(mayBeTagged) ? undefined : union(ast.types.map((type) => checkOf(type, way)))
    case "Suspend":
      return (value) => checkOf(ast.f(), way)(value)
    default:
      return keywords[ast._tag]
  }
}

const parsed = (ast: SchemaAST.AST, { options, parser }: Way): Check => {
  const parse = parser(Schema.make(ast), options)
  return (value) => Either.getOrElse(parse(value), () => refused)
}

/** What checks values of a schema. It is made once: a schema that contains itself asks for it at every level of a value. */
export const checkOf = (ast: SchemaAST.AST, way: Way): Check => {
  const made = way.compiled.get(ast) ?? compile(ast, way) ?? parsed(ast, way)
  way.compiled.set(ast, made)
  return made
}

/** What is not declared is left out. */
export const reading: Way = {
  options: { errors: "first" },
  parser: ParseResult.decodeUnknownEither,
  compiled: new WeakMap(),
  validating: undefined
}

const validating: Way = {
  options: { errors: "all", onExcessProperty: "error" },
  parser: ParseResult.decodeUnknownEither,
  compiled: new WeakMap(),
  validating: undefined
}

/** What is not declared is refused. */
export const writing: Way = {
  options: validating.options,
  parser: ParseResult.encodeUnknownEither,
  compiled: new WeakMap(),
  validating
}

const eitherBy = (way: Way) => (schema: Schema.Schema.AnyNoContext): Parse => {
  const check = checkOf(schema.ast, way)
  return (value) => {
    const checked = check(value)
    // Only here does ParseResult compile the schema as well: most programs never come here.
    return checked === refused ? way.parser(schema, way.options)(value) : Either.right(checked)
  }
}

export const decodeUnknownEither = eitherBy(reading)

export const encodeUnknownEither = eitherBy(writing)
