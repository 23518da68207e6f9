/** Step 1: validate, then path, query and body. Bad input ends here. */
import * as Either from "effect/Either"
import * as SchemaAST from "effect/SchemaAST"
import { RequestInvalid } from "../CallError.ts"
import type { Violation } from "../CallError.ts"
import * as Compiled from "./compiled.ts"
import type { Body, Method, Spec, WireField } from "./spec.ts"
import { violationsOf } from "./violations.ts"

export { violationsOf }

/** A request without its credential: where it goes and what it says. */
export interface WireRequest {
  readonly method: Method
  /** Path and query, encoded, from `/open-apis` on. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body | undefined
}

type Fields = Readonly<Record<string, unknown>>

type Named = readonly [field: string, wireName: string]

const named = (fields: ReadonlyArray<WireField>): ReadonlyArray<Named> =>
  fields.map((entry) => typeof entry === "string" ? [entry, entry] : entry)

interface Plan {
  readonly validate: (request: unknown) => Either.Either<Fields, ReadonlyArray<Violation>>
  readonly path: ReadonlyArray<string>
  /** What stands before, between and after the fields of the path: one more than there are fields. */
  readonly around: ReadonlyArray<string>
  readonly query: ReadonlyArray<Named>
  readonly headers: ReadonlyArray<Named>
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
  const headers = named(spec.headers)
  const declared = named(spec.query)
  const elsewhere = (name: string) => path.includes(name) || headers.some(([field]) => field === name)
  const wireNames = new Map(declared)
  const query = spec.body === undefined
    ? names.filter((name) => !elsewhere(name)).map((name) => [name, wireNames.get(name) ?? name] as const)
    : declared
  const encode = spec.request === undefined ? undefined : Compiled.encodeUnknownEither(spec.request)
  return {
    validate: (request) =>
      encode === undefined
        ? Either.right({})
        // Sound: a request is an object with fields, and so is what it is on the wire.
        : Either.mapLeft(encode(request), violationsOf) as Either.Either<Fields, ReadonlyArray<Violation>>,
    path,
    around: spec.url.split(/:\w+/),
    query,
    headers,
    body: names.filter((name) => !elsewhere(name) && !query.some(([field]) => field === name))
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

const pathOf = ({ around, path }: Plan, fields: Fields): Either.Either<string, ReadonlyArray<Violation>> => {
  const missing = path.filter((field) => fields[field] === undefined).map((field) => ({ field, message: "is missing" }))
  if (missing.length > 0) return Either.left(missing)
  const refused: Array<Violation> = []
  let url = around[0]!
  path.forEach((field, at) => {
    const encoded = segment(field, fields[field])
    if (Either.isLeft(encoded)) refused.push(encoded.left)
    else url += encoded.right + around[at + 1]!
  })
  return refused.length > 0 ? Either.left(refused) : Either.right(url)
}

const queryOf = ({ query }: Plan, fields: Fields): string => {
  if (query.length === 0) return ""
  const params = new URLSearchParams()
  for (const [field, wireName] of query) {
    const value = fields[field]
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) params.append(wireName, String(one))
  }
  return params.size === 0 ? "" : `?${params.toString()}`
}

const noHeaders: Either.Either<Readonly<Record<string, string>>> = Either.right({})

/** Nothing that a field can hold ends a header. */
const headersOf = ({ headers }: Plan, fields: Fields): Either.Either<Readonly<Record<string, string>>, ReadonlyArray<Violation>> => {
  if (headers.length === 0) return noHeaders
  const given = headers.filter(([field]) => fields[field] !== undefined)
  const broken = given.filter(([field]) => !/^[\x20-\x7e]*$/.test(String(fields[field])))
  return broken.length === 0
    ? Either.right(Object.fromEntries(given.map(([field, name]) => [name.toLowerCase(), String(fields[field])])))
    : Either.left(broken.map(([field]) => ({ field, message: "must be printable ASCII" })))
}

export const json = (fields: ReadonlyArray<readonly [name: string, value: unknown]>): Body => ({
  type: "application/json; charset=utf-8",
  content: JSON.stringify(Object.fromEntries(fields))
})

const bodyOf = (spec: Spec, { body }: Plan, fields: Fields): Body | undefined => {
  if (spec.body === undefined || body.length === 0) return undefined
  const given = body.filter((name) => fields[name] !== undefined)
  return given.length === 0 && spec.method === "DELETE" ? undefined : spec.body(given.map((name) => [name, fields[name]]))
}

export const encode = (spec: Spec, request: unknown): Either.Either<WireRequest, RequestInvalid> => {
  const plan = planOf(spec)
  const refuse = (violations: ReadonlyArray<Violation>) => Either.left(new RequestInvalid({ operation: spec.id, violations }))
  const valid = plan.validate(request)
  if (Either.isLeft(valid)) return refuse(valid.left)
  const fields = valid.right
  const path = pathOf(plan, fields)
  if (Either.isLeft(path)) return refuse(path.left)
  const headers = headersOf(plan, fields)
  if (Either.isLeft(headers)) return refuse(headers.left)
  return Either.right({
    method: spec.method,
    target: path.right + queryOf(plan, fields),
    headers: headers.right,
    body: bodyOf(spec, plan, fields)
  })
}
