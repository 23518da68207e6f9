/** From a request on the wire to an operation and its fields: what the platform's gateway does with the declaration. */
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as SchemaAST from "effect/SchemaAST"
import { violationsOf } from "../../internal/encode.ts"
import type { Violation } from "../../CallError.ts"
import type { Spec } from "../../internal/spec.ts"
import * as Multipart from "./multipart.ts"
import type { Request } from "./wire.ts"

type Fields = Readonly<Record<string, unknown>>

// --- which operation --------------------------------------------------------

export interface Matched<A> {
  readonly target: A
  readonly params: ReadonlyArray<readonly [name: string, encoded: string]>
}

const isParam = (segment: string) => segment.startsWith(":")

/** Finds by method and path what was registered for them; fixed segments go before named ones. */
export const router = <A>(entries: ReadonlyArray<{ readonly method: string; readonly url: string; readonly target: A }>) => {
  const routes = entries
    .map(({ method, target, url }) => ({ method, target, segments: url.split("/") }))
    .sort((a, b) => a.segments.filter(isParam).length - b.segments.filter(isParam).length)
  return (method: string, path: string): Matched<A> | undefined => {
    const given = path.split("/")
    const route = routes.find(({ method: wanted, segments }) =>
      wanted === method && segments.length === given.length
      && segments.every((segment, index) => isParam(segment) ? given[index] !== "" : segment === given[index]))
    return route === undefined ? undefined : {
      target: route.target,
      params: route.segments.flatMap((segment, index) => isParam(segment) ? [[segment.slice(1), given[index]!]] : [])
    }
  }
}

// --- what text stands for ---------------------------------------------------

type Kind = "string" | "number" | "boolean" | { readonly items: ReadonlyArray<Kind> }

const kindsOf = (ast: SchemaAST.AST): ReadonlyArray<Kind> => {
  switch (ast._tag) {
    case "Union":
      return ast.types.flatMap(kindsOf)
    case "Literal":
      return typeof ast.literal === "number" ? ["number"] : typeof ast.literal === "boolean" ? ["boolean"] : ["string"]
    case "NumberKeyword":
      return ["number"]
    case "BooleanKeyword":
      return ["boolean"]
    case "TupleType":
      return [{ items: [...ast.elements.map(({ type }) => type), ...ast.rest.map(({ type }) => type)].flatMap(kindsOf) }]
    case "UndefinedKeyword":
      return []
    default:
      return ["string"]
  }
}

/** The wire types of a field, of every member of a union. */
const fieldKinds = (encoded: SchemaAST.AST, name: string): ReadonlyArray<Kind> =>
  SchemaAST.isUnion(encoded)
    ? encoded.types.flatMap((member) => fieldKinds(member, name))
    : SchemaAST.getPropertySignatures(encoded).filter((field) => field.name === name).flatMap(({ type }) => kindsOf(type))

type KindsOf = (name: string) => ReadonlyArray<Kind>

const known = new WeakMap<Spec, KindsOf>()

const kindsIn = (spec: Spec): KindsOf => {
  const before = known.get(spec)
  if (before !== undefined) return before
  const ast = spec.request === undefined ? undefined : SchemaAST.encodedAST(spec.request.ast)
  const byName = new Map<string, ReadonlyArray<Kind>>()
  const kinds: KindsOf = (name) => {
    const found = byName.get(name) ?? (ast === undefined ? [] : fieldKinds(ast, name))
    byName.set(name, found)
    return found
  }
  known.set(spec, kinds)
  return kinds
}

const scalar = (kinds: ReadonlyArray<Kind>, text: string): unknown => {
  if (kinds.includes("string")) return text
  if (kinds.includes("number") && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  return kinds.includes("boolean") && (text === "true" || text === "false") ? text === "true" : text
}

/** Text as the schema has it; what does not fit stays text, for the schema to refuse. */
const coerce = (kinds: ReadonlyArray<Kind>, texts: ReadonlyArray<string>): unknown => {
  const items = kinds.flatMap((kind) => typeof kind === "object" ? [kind.items] : [])
  return items.length > 0 ? texts.map((text) => scalar(items.flat(), text)) : scalar(kinds, texts[0]!)
}

// --- the fields -------------------------------------------------------------

/** Why a request is no request of its operation. */
export type Refused =
  | { readonly _tag: "Unreadable"; readonly message: string }
  | { readonly _tag: "Invalid"; readonly violations: ReadonlyArray<Violation> }

const unreadable = (message: string): Either.Either<never, Refused> => Either.left({ _tag: "Unreadable", message })

const form = (kinds: KindsOf, contentType: string, body: Uint8Array): Either.Either<Fields, Refused> =>
  Either.mapBoth(Multipart.parse(contentType, body), {
    onLeft: (message): Refused => ({ _tag: "Unreadable", message }),
    onRight: (parts) =>
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? coerce(kinds(name), [part]) : part])
      )
  })

const json = ({ body }: Request): Either.Either<Fields, Refused> => {
  if (body.byteLength === 0) return Either.right({})
  return Either.flatMap(
    Either.try({
      // Sound: `JSON.parse` answers `any`, which `unknown` only takes back.
      try: () => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown,
      catch: (): Refused => ({ _tag: "Unreadable", message: "the body is not JSON" })
    }),
    (value) => Predicate.isRecord(value) ? Either.right(value) : unreadable("the body is not an object")
  )
}

const text = (encoded: string): Either.Either<string, Refused> =>
  Either.try({
    try: () => decodeURIComponent(encoded),
    catch: (): Refused => ({ _tag: "Unreadable", message: "the path cannot be decoded" })
  })

/** The flat object a caller of the operation would write. */
const fields = (spec: Spec, request: Request, params: Matched<unknown>["params"]): Either.Either<Fields, Refused> =>
  Either.gen(function*() {
    const kinds = kindsIn(spec)
    const type = request.headers["content-type"]
    const given: Record<string, unknown> = {
      ...yield* Multipart.isForm(type) ? form(kinds, type, request.body) : json(request)
    }
    const inQuery = spec.body === undefined
      ? [...new Set(request.query.keys())].map((name) => [name, name] as const)
      : spec.query.map((entry) => typeof entry === "string" ? [entry, entry] as const : entry)
    for (const [field, wireName] of inQuery) {
      delete given[field]
      const texts = request.query.getAll(wireName)
      if (texts.length > 0) given[field] = coerce(kinds(field), texts)
    }
    for (const entry of spec.headers) {
      const [field, wireName] = typeof entry === "string" ? [entry, entry] as const : entry
      const value = request.headers[wireName.toLowerCase()]
      if (value !== undefined) given[field] = coerce(kinds(field), [value])
    }
    for (const [name, encoded] of params) given[name] = coerce(kinds(name), [yield* text(encoded)])
    return given
  })

/** What a handler is given, by the operation's own schema. */
export const decode = (
  spec: Spec,
  request: Request,
  params: Matched<unknown>["params"]
): Either.Either<unknown, Refused> =>
  Either.flatMap(fields(spec, request, params), (given) =>
    spec.request === undefined
      ? Either.right(undefined)
      : Either.mapLeft(
        ParseResult.decodeUnknownEither(spec.request, { errors: "all" })(given),
        (issue): Refused => ({ _tag: "Invalid", violations: violationsOf(issue) })
      ))
