/** Step 1: validate, then path, query and body. Bad input ends here. */
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as SchemaAST from "effect/SchemaAST"
import { RequestInvalid } from "../CallError.ts"
import type { Violation } from "../CallError.ts"
import type { Method, Spec } from "./spec.ts"
import { violationsOf } from "./violations.ts"

export { violationsOf }

/** A request without its credential: where it goes and what it says. */
export interface WireRequest {
  readonly method: Method
  /** Path and query, encoded, from `/open-apis` on. */
  readonly target: string
  /** JSON. */
  readonly body: string | undefined
}

type Fields = Readonly<Record<string, unknown>>

interface Plan {
  readonly validate: (request: unknown) => Either.Either<Fields, ReadonlyArray<Violation>>
  readonly path: ReadonlyArray<string>
  readonly query: ReadonlyArray<readonly [field: string, wireName: string]>
  readonly body: ReadonlyArray<string>
}

/** The wire names a schema may produce, those of every member of a union included. */
export const fieldNames = (ast: SchemaAST.AST): ReadonlyArray<string> => {
  const encoded = SchemaAST.encodedAST(ast)
  return SchemaAST.isUnion(encoded)
    ? [...new Set(encoded.types.flatMap(fieldNames))]
    : SchemaAST.getPropertySignatures(encoded).map(({ name }) => String(name))
}

const pathParams = (url: string): ReadonlyArray<string> => Array.from(url.matchAll(/:(\w+)/g), ([, name]) => name!)

const plan = (spec: Spec): Plan => {
  const names = spec.request === undefined ? [] : fieldNames(spec.request.ast)
  const path = pathParams(spec.url)
  const named = new Map(spec.query.map((entry) => typeof entry === "string" ? [entry, entry] as const : entry))
  const query = spec.method === "GET"
    ? names.filter((name) => !path.includes(name)).map((name) => [name, named.get(name) ?? name] as const)
    : [...named]
  const encode = spec.request === undefined
    ? undefined
    : ParseResult.encodeUnknownEither(spec.request, { errors: "all", onExcessProperty: "error" })
  return {
    validate: (request) => encode === undefined ? Either.right({}) : Either.mapLeft(encode(request), violationsOf),
    path,
    query,
    body: names.filter((name) => !path.includes(name) && !query.some(([field]) => field === name))
  }
}

const plans = new WeakMap<Spec, Plan>()

const planOf = (spec: Spec): Plan => {
  const known = plans.get(spec)
  if (known !== undefined) return known
  const made = plan(spec)
  plans.set(spec, made)
  return made
}

/** `encodeURIComponent` leaves `.` and `..` alone, and every URL parser then removes them. */
const segment = (field: string, value: unknown): Either.Either<string, Violation> => {
  const text = String(value)
  if (text === "") return Either.left({ field, message: "must not be empty" })
  if (text === "." || text === "..") return Either.left({ field, message: "must not be a dot segment" })
  return Either.try({ try: () => encodeURIComponent(text), catch: () => ({ field, message: "must be well-formed text" }) })
}

const pathOf = (spec: Spec, { path }: Plan, fields: Fields): Either.Either<string, ReadonlyArray<Violation>> => {
  const missing = path.filter((field) => fields[field] === undefined).map((field) => ({ field, message: "is missing" }))
  if (missing.length > 0) return Either.left(missing)
  const segments = path.map((name) => [name, segment(name, fields[name])] as const)
  const refused = segments.flatMap(([, value]) => Either.isLeft(value) ? [value.left] : [])
  if (refused.length > 0) return Either.left(refused)
  const values = new Map(segments.map(([name, value]) => [name, Either.getOrThrow(value)]))
  return Either.right(spec.url.replace(/:(\w+)/g, (_, name: string) => values.get(name)!))
}

const queryOf = ({ query }: Plan, fields: Fields): string => {
  const params = new URLSearchParams()
  for (const [field, wireName] of query) {
    const value = fields[field]
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) params.append(wireName, String(one))
  }
  return params.size === 0 ? "" : `?${params.toString()}`
}

const bodyOf = (spec: Spec, { body }: Plan, fields: Fields): string | undefined => {
  if (body.length === 0) return undefined
  const given = body.filter((name) => fields[name] !== undefined)
  return given.length === 0 && spec.method === "DELETE"
    ? undefined
    : JSON.stringify(Object.fromEntries(given.map((name) => [name, fields[name]])))
}

export const encode = (spec: Spec, request: unknown): Either.Either<WireRequest, RequestInvalid> => {
  const plan = planOf(spec)
  return plan.validate(request).pipe(
    Either.flatMap((fields) =>
      Either.map(pathOf(spec, plan, fields), (path) => ({
        method: spec.method,
        target: path + queryOf(plan, fields),
        body: bodyOf(spec, plan, fields)
      }))
    ),
    Either.mapLeft((violations) => new RequestInvalid({ operation: spec.id, violations }))
  )
}
