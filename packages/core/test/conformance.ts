// Holds declarations against the documented facts in `packages/*/spec`: what differs comes out, and nothing else.
import type { Operation, Plugin, RateLimit } from "@effect-feishu/core"
import { Shape } from "@effect-feishu/core"
import { Arbitrary, Duration, Either, FastCheck, ParseResult, Schema, SchemaAST } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"
import * as Answers from "../src/internal/answers.ts"
import { encode } from "../src/internal/encode.ts"
import * as Multipart from "../src/internal/multipart.ts"
import * as Body from "./body.ts"

type Scalar = string | number | boolean
type Json = { readonly [name: string]: unknown }

export interface Field {
  readonly name: string
  readonly type: "string" | "integer" | "number" | "boolean" | "object" | "file"
  readonly array?: boolean
  readonly required?: boolean
  /** Values of other fields that make this one required. */
  readonly requiredWhere?: Json
  readonly enum?: ReadonlyArray<string | number>
  /** What stands between several of the values. */
  readonly separator?: string
  readonly min?: number
  readonly max?: number
  /** Whether it is text of digits only. */
  readonly digits?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly example?: Scalar | ReadonlyArray<Scalar>
  readonly fields?: ReadonlyArray<Field>
}

export interface Facts {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly tokens: ReadonlyArray<"tenant" | "user">
  readonly scopes: ReadonlyArray<string>
  readonly rateLimit: ReadonlyArray<{ readonly limit: number; readonly per: keyof typeof periods }>
  /** Allowances per day. */
  readonly quota?: Facts["rateLimit"]
  /** Whether calls must not run in parallel. */
  readonly serial?: boolean
  readonly deprecated: boolean
  readonly headers?: ReadonlyArray<Field>
  readonly bodyKind?: "multipart"
  readonly responseKind?: "binary"
  readonly pathParams: ReadonlyArray<Field>
  readonly query: ReadonlyArray<Field>
  readonly body: ReadonlyArray<Field>
  /** What `data` holds. */
  readonly response: ReadonlyArray<Field>
  readonly errors: ReadonlyArray<{ readonly code: number; readonly httpStatus: number | null }>
  readonly exampleRequest: Json | null
  readonly exampleResponse: { readonly data?: unknown } | null
}

/** Where a declaration and its documentation differ, and how. */
export interface Difference {
  readonly operation: string
  readonly at: string
  readonly documented: unknown
  readonly declared: unknown
}

/** A difference that is meant. */
export interface Deliberate {
  readonly operation: string
  readonly at: string
  readonly ours: string
  readonly reason: string
}

const read = (file: URL): unknown => JSON.parse(readFileSync(file, "utf8"))

/** The facts of a package, by operation. */
export const factsIn = (spec: URL): ReadonlyMap<string, Facts> =>
  new Map(
    readdirSync(spec).filter((name) => name.endsWith(".json") && name !== "deliberate.json").map((name) => {
      const facts = read(new URL(name, spec)) as Facts
      return [name.replace(/\.json$/, ""), facts]
    })
  )

export const deliberateIn = (spec: URL): ReadonlyArray<Deliberate> => read(new URL("deliberate.json", spec)) as ReadonlyArray<Deliberate>

/** The differences nobody meant, and what is called deliberate and differs no more. */
export const judge = (differences: ReadonlyArray<Difference>, deliberate: ReadonlyArray<Deliberate>) => {
  const same = (a: Deliberate | Difference) => (b: Deliberate | Difference) => a.operation === b.operation && a.at === b.at
  return {
    unexpected: differences.filter((difference) => !deliberate.some(same(difference))),
    stale: deliberate.filter((one) => !differences.some(same(one)))
  }
}

export const agrees = (differences: ReadonlyArray<Difference>, deliberate: ReadonlyArray<Deliberate>) => {
  const { stale, unexpected } = judge(differences, deliberate)
  return stale.length + unexpected.length === 0
}

// --- what a schema says --------------------------------------------------------

/** What travels, without refinements and without the `undefined` of fields that may be left out. */
const strip = (ast: SchemaAST.AST): SchemaAST.AST => {
  if (SchemaAST.isRefinement(ast) || SchemaAST.isTransformation(ast)) return strip(ast.from)
  if (SchemaAST.isSuspend(ast)) return strip(ast.f())
  if (!SchemaAST.isUnion(ast)) return ast
  const present = ast.types.filter((type) => !SchemaAST.isUndefinedKeyword(type))
  return present.length === 1 ? strip(present[0]!) : SchemaAST.Union.make(present)
}

/** The same, refinements included. */
const present = (ast: SchemaAST.AST): SchemaAST.AST => {
  if (!SchemaAST.isUnion(ast)) return ast
  return SchemaAST.Union.make(ast.types.filter((type) => !SchemaAST.isUndefinedKeyword(type)))
}

interface Property {
  readonly field: string
  readonly name: string
  readonly ast: SchemaAST.AST
  readonly optional: boolean
}

const propertiesOf = (ast: SchemaAST.AST): ReadonlyArray<Property> =>
  SchemaAST.getPropertySignatures(strip(ast)).map(({ isOptional, name, type }) => ({
    field: String(name),
    name: String(name),
    ast: type,
    optional: isOptional
  }))

const itemOf = (ast: SchemaAST.AST): SchemaAST.AST | undefined => {
  const list = strip(ast)
  return SchemaAST.isTupleType(list) ? list.rest[0]?.type : undefined
}

const literalsOf = (ast: SchemaAST.AST): ReadonlyArray<string | number> | undefined => {
  const bare = strip(ast)
  const types = SchemaAST.isUnion(bare) ? bare.types : [bare]
  const literals = types.flatMap((type) => SchemaAST.isLiteral(type) ? [type.literal as string | number] : [])
  return literals.length === types.length ? literals : Shape.documentedValues(bare)
}

const kindOf = (ast: SchemaAST.AST): string => {
  const literals = literalsOf(ast)
  if (literals !== undefined) return typeof literals[0]
  const bare = strip(ast)
  if (SchemaAST.isStringKeyword(bare)) return "string"
  if (SchemaAST.isNumberKeyword(bare)) return "number"
  if (SchemaAST.isBooleanKeyword(bare)) return "boolean"
  if (bare === Schema.Uint8ArrayFromSelf.ast) return "file"
  return SchemaAST.isTypeLiteral(bare) ? "object" : bare._tag
}

const accepts = (ast: SchemaAST.AST, direction: Direction) => {
  const schema = Schema.make<unknown, unknown, never>(present(ast))
  // The facts are as on the wire: what is a secret in a request is still text there.
  const run = ParseResult.decodeUnknownEither(schema, direction === "request" ? { onExcessProperty: "error" } : {})
  return (value: unknown) => Either.isRight(run(value))
}

const someOf = (ast: SchemaAST.AST, numRuns: number): ReadonlyArray<unknown> => {
  const schema = Schema.make<unknown, unknown, never>(present(ast))
  const write = ParseResult.encodeUnknownSync(schema)
  return FastCheck.sample(Arbitrary.make(schema), { numRuns, seed: 1 }).map((value) => write(value))
}

// --- fields --------------------------------------------------------------------

type Direction = "request" | "response"

type Report = (at: string, documented: unknown, declared: unknown) => void

const tells = (field: Field, value: number) => field.type === "string" ? String(value) : value

const compareValues = (report: Report, at: string, field: Field, ast: SchemaAST.AST, direction: Direction) => {
  const fits = accepts(ast, direction)
  const limit = (name: string, bound: number, inside: unknown, outside: unknown) => {
    if (!fits(inside)) report(`${at}.${name}`, bound, `${JSON.stringify(inside)} is refused`)
    if (fits(outside)) report(`${at}.${name}`, bound, `${JSON.stringify(outside)} is accepted`)
  }
  const step = field.type === "number" ? 0.0001 : 1

  if (field.enum !== undefined) {
    const declared = literalsOf(ast) ?? [...new Set(someOf(ast, 200).flatMap((text) => String(text).split(field.separator ?? "\n")))]
    for (const value of field.enum) {
      if (!declared.includes(value)) report(`${at}.enum.${value}`, "a value", "no value")
    }
    for (const value of declared) {
      if (!field.enum.includes(value)) report(`${at}.enum.${value}`, "no value", "a value")
    }
    const other = field.type === "string" ? "no-such-value" : 987_654
    if (direction === "request" && fits(other)) report(`${at}.enum`, field.enum, "anything is accepted")
    if (direction === "response" && !fits(other)) report(`${at}.enum`, field.enum, "a value not documented yet is refused")
  } else if (literalsOf(ast) !== undefined) {
    report(`${at}.enum`, "no enumeration", literalsOf(ast))
  }
  if (direction === "response") return
  if (field.min !== undefined) limit("min", field.min, tells(field, field.min), tells(field, field.min - step))
  if (field.max !== undefined) limit("max", field.max, tells(field, field.max), tells(field, field.max + step))
  const character = field.digits === true ? "1" : "x"
  if (field.minLength !== undefined) {
    limit("minLength", field.minLength, character.repeat(field.minLength), character.repeat(field.minLength - 1))
  }
  if (field.maxLength !== undefined) {
    limit("maxLength", field.maxLength, character.repeat(field.maxLength), character.repeat(field.maxLength + 1))
  }
  if (field.type === "integer" && fits(1.5)) report(`${at}.type`, "integer", "1.5 is accepted")
}

const compareItems = (report: Report, at: string, field: Field, list: SchemaAST.AST, item: SchemaAST.AST) => {
  const fits = accepts(list, "request")
  const items = (count: number) => someOf(item, count)
  const { maxItems, minItems } = field
  if (maxItems !== undefined && !fits(items(maxItems))) report(`${at}.maxItems`, maxItems, "as many are refused")
  if (maxItems !== undefined && fits(items(maxItems + 1))) report(`${at}.maxItems`, maxItems, "more are accepted")
  if (minItems !== undefined && !fits(items(minItems))) report(`${at}.minItems`, minItems, "as many are refused")
  if (minItems !== undefined && fits(items(minItems - 1))) report(`${at}.minItems`, minItems, "fewer are accepted")
}

const compareField = (
  report: Report,
  at: string,
  field: Field,
  { ast, optional }: Property,
  direction: Direction,
  example: unknown
) => {
  if (direction === "request" && (field.required ?? false) === optional) {
    report(`${at}.required`, field.required ?? false, !optional)
  }
  const item = itemOf(ast)
  if ((field.array ?? false) !== (item !== undefined)) return report(`${at}.array`, field.array ?? false, item !== undefined)
  const value = item ?? ast
  if (item !== undefined && direction === "request") compareItems(report, at, field, ast, item)
  const kind = kindOf(value)
  if (kind !== (field.type === "integer" ? "number" : field.type)) return report(`${at}.type`, field.type, kind)
  if (field.type === "object") {
    const inside: unknown = Array.isArray(example) ? example[0] : example
    compareFields(report, at, field.fields ?? [], propertiesOf(value), direction, value, inside)
  } else compareValues(report, at, field, value, direction)
}

const without = (json: Json, name: string): Json => Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))

const compareFields = (
  report: Report,
  at: string,
  documented: ReadonlyArray<Field>,
  declared: ReadonlyArray<Property>,
  direction: Direction,
  parent: SchemaAST.AST,
  example: unknown
) => {
  for (const field of documented) {
    const property = declared.find(({ name }) => name === field.name)
    const here = `${at}.${field.name}`
    if (property === undefined) {
      report(here, "a field", "no field")
      continue
    }
    const fields = (example ?? {}) as Json
    compareField(report, here, field, property, direction, fields[property.field])
    if (field.requiredWhere !== undefined) {
      const fits = accepts(parent, direction)
      const absent = { ...without(fields, property.field), ...field.requiredWhere }
      const given = (field.enum ?? [fields[property.field] ?? "x"]).some((value) => fits({ ...absent, [property.field]: value }))
      if (fits(absent)) report(`${here}.requiredWhere`, field.requiredWhere, "may be left out")
      if (!given) report(`${here}.requiredWhere`, field.requiredWhere, "is refused")
    }
  }
  for (const { name } of declared) {
    if (!documented.some((field) => field.name === name)) report(`${at}.${name}`, "no field", "a field")
  }
}

// --- operations ----------------------------------------------------------------

const periods = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

const pathParams = (path: string) => Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name!)

const documentedWindows = (windows: Facts["rateLimit"]) => windows.map(({ limit, per }) => `${limit} in ${periods[per]} ms`).toSorted()

const declaredWindows = (rateLimit: RateLimit.RateLimit | undefined) =>
  (rateLimit?.windows ?? []).map(({ limit, window }) => `${limit} in ${Duration.toMillis(window)} ms`).sort()

const tokens = { tenant: ["tenant"], user: ["user"], either: ["tenant", "user"] }

const compareErrors = (report: Report, operation: Operation.Operation.Any, facts: Facts) => {
  const declared = operation.errors.flatMap((error) => error.codes.map((code) => ({ code, error })))
  for (const { code, httpStatus } of facts.errors) {
    const all = declared.filter((one) => one.code === code)
    if (all.length !== 1) report(`errors.${code}`, "one class", `${all.length} classes`)
    const status = operation.spec.statuses[code] ?? all[0]?.error.status ?? null
    if (all.length > 0 && status !== httpStatus) report(`errors.${code}.httpStatus`, httpStatus, status)
  }
  for (const { code } of declared) {
    if (!facts.errors.some((error) => error.code === code)) report(`errors.${code}`, "no error", "an error")
  }
}

const examplesOf = (fields: ReadonlyArray<Field>) =>
  Object.fromEntries(fields.flatMap(({ example, name }) => example === undefined ? [] : [[name, example]]))

/** A request as a caller has it, from the wire's values: secrets sealed. One that is refused stays as it is. */
export const givenRequest = ({ spec }: Operation.Operation.Any, request: Json): Json =>
  spec.request === undefined
    ? request
    : Either.getOrElse(ParseResult.decodeUnknownEither(spec.request, { onExcessProperty: "error" })(request), () => request) as Json

const compareExamples = (report: Report, operation: Operation.Operation.Any, facts: Facts, request: Json) => {
  compareAnswers(report, operation, facts)
  // A form has no example, and some pages have none either.
  if (facts.exampleRequest === null && facts.body.some(({ required }) => required === true)) return
  const encoded = encode(operation.spec, givenRequest(operation, request))
  if (Either.isLeft(encoded)) return report("exampleRequest", request, encoded.left.message)
  const { body, target } = encoded.right
  const url = new URL(target, "https://open.feishu.cn")
  const path = facts.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(examplesOf(facts.pathParams)[name])))
  if (url.pathname !== path) report("exampleRequest.path", path, url.pathname)
  const pairs = (all: ReadonlyArray<readonly [name: string, value: string]>) => all.map(([name, value]) => `${name}=${value}`).toSorted()
  const query = pairs(
    Object.entries(examplesOf(facts.query)).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const))
  )
  const asked = pairs([...url.searchParams])
  if (!isDeepStrictEqual(asked, query)) report("exampleRequest.query", query, asked)
  const sent = Body.fieldsOf(body)
  if (!isDeepStrictEqual(sent, facts.exampleRequest ?? {})) report("exampleRequest.body", facts.exampleRequest, sent)
}

const compareAnswers = (report: Report, operation: Operation.Operation.Any, facts: Facts) => {
  if (operation.spec.response === undefined || facts.exampleResponse === null) return
  // As every answer is read: a field that holds null is absent.
  const data: unknown = Either.getOrThrow(Answers.parse(JSON.stringify(facts.exampleResponse.data)))
  const decoded = ParseResult.decodeUnknownEither(operation.spec.response)(data)
  if (Either.isLeft(decoded)) report("exampleResponse", facts.exampleResponse, ParseResult.TreeFormatter.formatIssueSync(decoded.left))
}

/** Every difference between a declaration and the facts. */
export const compare = (operation: Operation.Operation.Any, facts: Facts): ReadonlyArray<Difference> => {
  const differences: Array<Difference> = []
  const report: Report = (at, documented, declared) => {
    if (!isDeepStrictEqual(documented, declared)) differences.push({ operation: operation.id, at, documented, declared })
  }
  const { spec } = operation

  report("id", facts.id, operation.id)
  report("method", facts.method, operation.method)
  report("path", facts.path, operation.url)
  report("tokens", [...facts.tokens].sort(), tokens[operation.accepts])
  report("scopes", [...facts.scopes].sort(), [...operation.scopes].sort())
  report("rateLimit", documentedWindows(facts.rateLimit), declaredWindows(operation.rateLimit))
  report("quota", documentedWindows(facts.quota ?? []), declaredWindows(operation.quota))
  report("serial", facts.serial ?? false, operation.serial)
  report("responseKind", facts.responseKind ?? "json", spec.file === undefined ? "json" : "binary")
  report("bodyKind", facts.bodyKind ?? "json", spec.body === Multipart.encode ? "multipart" : "json")
  report("deprecated", facts.deprecated, operation.deprecated)
  compareErrors(report, operation, facts)

  const declared = spec.request === undefined ? [] : propertiesOf(spec.request.ast)
  const inPath = pathParams(operation.url)
  const renamed = new Map(spec.query.map((entry) => typeof entry === "string" ? [entry, entry] as const : entry))
  const inHeaders = new Map(spec.headers.map((entry) => typeof entry === "string" ? [entry, entry] as const : entry))
  const elsewhere = ({ field }: Property) => inPath.includes(field) || inHeaders.has(field)
  const isQuery = (property: Property) => !elsewhere(property) && (spec.body === undefined || renamed.has(property.field))
  const headers = declared.filter(({ field }) => inHeaders.has(field))
    .map((property) => ({ ...property, name: inHeaders.get(property.field) ?? property.field }))
  const path = declared.filter(({ field }) => inPath.includes(field))
  const query = declared.filter(isQuery).map((property) => ({ ...property, name: renamed.get(property.field) ?? property.field }))
  const body = declared.filter((property) => !elsewhere(property) && !isQuery(property))

  const examples = examplesOf(facts.query)
  const request = {
    ...examplesOf(facts.pathParams),
    ...Object.fromEntries(query.flatMap(({ field, name }) => name in examples ? [[field, examples[name]]] : [])),
    ...facts.exampleRequest
  }
  const ast = spec.request?.ast ?? SchemaAST.voidKeyword
  compareFields(report, "path", facts.pathParams, path, "request", ast, request)
  compareFields(report, "query", facts.query, query, "request", ast, request)
  compareFields(report, "headers", facts.headers ?? [], headers, "request", ast, request)
  compareFields(report, "body", facts.body, body, "request", ast, request)
  const answer = spec.response?.ast
  compareFields(
    report,
    "response",
    facts.response,
    answer === undefined ? [] : propertiesOf(answer),
    "response",
    answer ?? SchemaAST.voidKeyword,
    facts.exampleResponse?.data
  )
  compareExamples(report, operation, facts, request)
  return differences
}

/** Every difference between a package's declarations and its facts. */
export const compareAll = (plugin: Plugin.Plugin, facts: ReadonlyMap<string, Facts>): ReadonlyArray<Difference> =>
  plugin.operations.flatMap((operation) => {
    const its = facts.get(operation.id)
    return its === undefined
      ? [{ operation: operation.id, at: "spec", documented: "nothing", declared: "an operation" }]
      : compare(operation, its)
  }).concat(
    [...facts.keys()].filter((id) => !plugin.operations.some((operation) => operation.id === id)).map((id) => ({
      operation: id,
      at: "spec",
      documented: "an operation",
      declared: "nothing"
    }))
  )

// --- can it fail? --------------------------------------------------------------

/** What nothing is held against: prose, provenance, and values that stand on both sides of a comparison. */
const notCompared = new Set(["source", "special", "appTypes", "msg", "default", "format", "example", "exampleRequest", "exampleResponse"])

const otherThan = (value: unknown): unknown =>
  typeof value === "string" ? `${value}x` : typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : 418

/** Answers are held to no range: what a page tells of one there, nothing can be wrong about. */
const isRangeOfAnswer = (at: string, key: string) => at.includes(".response[") && (key === "min" || key === "max")

/** The same facts, wrong in one place each. */
export const mutants = (facts: Facts): ReadonlyArray<readonly [at: string, Facts]> => {
  const found: Array<readonly [string, Facts]> = []
  const visit = (value: unknown, at: string, replace: (by: unknown) => unknown) => {
    if (Array.isArray(value)) {
      const items: ReadonlyArray<unknown> = value
      items.forEach((item, index) => {
        found.push([`${at}[${index}] gone`, replace(items.filter((_, other) => other !== index)) as Facts])
        visit(item, `${at}[${index}]`, (by) => replace(items.map((old, other) => other === index ? by : old)))
      })
    } else if (typeof value === "object" && value !== null) {
      const json = value as Json
      for (const key of Object.keys(json)) {
        if (!notCompared.has(key) && !isRangeOfAnswer(at, key)) visit(json[key], `${at}.${key}`, (by) => replace({ ...json, [key]: by }))
      }
    } else found.push([at, replace(otherThan(value)) as Facts])
  }
  visit(facts, facts.id, (by) => by)
  return found
}
