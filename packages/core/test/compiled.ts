// Holds what is compiled against ParseResult, which it must equal for every value there is.
import type { Plugin } from "@effect-feishu/core"
import { assert } from "@effect/vitest"
import { Arbitrary, Either, FastCheck, ParseResult, Redacted } from "effect"
import type { Schema } from "effect"
import { isDeepStrictEqual } from "node:util"
import * as Compiled from "../src/internal/compiled.ts"

type AnySchema = Schema.Schema.AnyNoContext
type Container = { [key: PropertyKey]: unknown }

const isContainer = (value: unknown): value is Container =>
  typeof value === "object" && value !== null && !(value instanceof Uint8Array) && !Redacted.isRedacted(value)

/** All of a value that a program could tell: prototypes, own keys and their order, what is redacted. */
const laidOut = (value: unknown): unknown =>
  Redacted.isRedacted(value)
    ? { redacted: Redacted.value(value) }
    : isContainer(value)
    ? [Object.getPrototypeOf(value), Reflect.ownKeys(value).map((key) => [key, laidOut(value[key])])]
    : value

type Outcome = { readonly ok: unknown } | { readonly refused: string } | { readonly thrown: unknown }

const outcome = (parse: () => Either.Either<unknown, ParseResult.ParseIssue>): Outcome => {
  try {
    return Either.match(parse(), {
      onLeft: (issue) => ({ refused: ParseResult.TreeFormatter.formatIssueSync(issue) }),
      onRight: (value) => ({ ok: laidOut(value) })
    })
  } catch (thrown) {
    return { thrown }
  }
}

const differs = (ours: Outcome, theirs: Outcome) => isDeepStrictEqual(ours, theirs) ? undefined : { ours, theirs }

export const isRead = (schema: AnySchema, value: unknown) => "ok" in outcome(() => Compiled.decodeUnknownEither(schema)(value))

export const readsOtherwise = (schema: AnySchema, value: unknown) =>
  differs(
    outcome(() => Compiled.decodeUnknownEither(schema)(value)),
    outcome(() => ParseResult.decodeUnknownEither(schema, { errors: "first" })(value))
  )

export const writesOtherwise = (schema: AnySchema, value: unknown) =>
  differs(
    outcome(() => Compiled.encodeUnknownEither(schema)(value)),
    outcome(() => ParseResult.encodeUnknownEither(schema, { errors: "all", onExcessProperty: "error" })(value))
  )

class Instance {
  readonly id = "own"
  get type() {
    return "inherited"
  }
}

/** What stands where something else is expected; made anew, as it may be changed itself. */
export const odd: ReadonlyArray<() => unknown> = [
  ...[undefined, null, "", "a", "1", 0, 1, -0, 1.5, -1, 2 ** 60, NaN, Infinity, true, false, 1n, Symbol.iterator].map((value) => () => value),
  () => [], () => [[]], () => [{}], () => ["a"], () => [1], () => [undefined], () => Array(2), () => new Proxy([], {}), () => ({}),
  () => ({ 0: "a", length: 1 }), () => ({ id: "a" }), () => ({ id: undefined }), () => Object.create(null) as unknown, () => new Proxy({}, {}),
  () => Object.create({ id: "a", type: "a" }) as unknown, () => Object.freeze({ id: "a" }), () => new Instance(), () => () => "a",
  () => JSON.parse(`{"__proto__":{"id":"a"}}`) as unknown, () => JSON.parse(`{"constructor":{"prototype":{}}}`) as unknown,
  () => Object("a") as unknown, () => new Date(0), () => new Map(), () => /a/, () => new Uint8Array(2), () => Redacted.make("a"), () => Redacted.make(1)
]

/** What nobody declares, and some of what every object has anyway. */
const keys: ReadonlyArray<PropertyKey> = ["new_in_2031", "", "0", "__proto__", "constructor", "toString", Symbol.for("added")]

const copied = (value: unknown): unknown => {
  if (!isContainer(value)) return value
  if (Array.isArray(value)) return value.map(copied)
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copied(field)]))
}

const containersIn = (value: unknown): ReadonlyArray<Container> =>
  isContainer(value) ? [value, ...Object.values(value).flatMap(containersIn)] : []

const define = (container: Container, key: PropertyKey, value: unknown, enumerable = true) => {
  // Not by assignment, to which `__proto__` is no key; what cannot be changed stays.
  Reflect.defineProperty(container, key, { value, enumerable, writable: true, configurable: true })
}

/** Never what is inherited: by `__proto__` that is what all objects share. */
const own = (container: Container, key: PropertyKey) => Object.hasOwn(container, key) ? container[key] : undefined

/** Each changes an object or a list in place. */
const changes: ReadonlyArray<(container: Container, key: PropertyKey, value: unknown) => void> = [
  (container, key) => void Reflect.deleteProperty(container, key),
  (container, key, value) => define(container, key, value),
  (container, key) => define(container, key, own(container, key), false),
  // First becomes last.
  (container, key) => {
    const value = own(container, key)
    if (!Array.isArray(container) && Reflect.deleteProperty(container, key)) define(container, key, value)
  },
  // What was its own is inherited.
  (container, key) => {
    const value = own(container, key)
    if (!Array.isArray(container) && Reflect.deleteProperty(container, key)) {
      Reflect.setPrototypeOf(container, Object.create(Object.prototype, { [key]: { value, enumerable: true } }) as object)
    }
  }
]

const change = FastCheck.record({
  container: FastCheck.nat(),
  key: FastCheck.oneof(FastCheck.nat(), FastCheck.constantFrom(...keys)),
  value: FastCheck.constantFrom(...odd),
  by: FastCheck.constantFrom(...changes)
})

/** Values like the given ones, up to three things about which are not as they were. */
const changed = (values: FastCheck.Arbitrary<unknown>): FastCheck.Arbitrary<unknown> =>
  FastCheck.tuple(values, FastCheck.array(change, { maxLength: 3 })).map(([value, changes]) => {
    const root = { value: copied(value) }
    for (const { by, container, key, value } of changes) {
      const containers = containersIn(root.value)
      const chosen = containers[container % containers.length] ?? root
      const names = Reflect.ownKeys(chosen).filter((name) => name !== "length")
      by(chosen, typeof key === "number" ? names[key % names.length] ?? "0" : key, value())
    }
    return root.value
  })

/** Both ways of use, for valid values and for values that are nearly so. */
export const agreesWithParseResult = (schema: AnySchema, use: "read" | "written", numRuns: number) => {
  const otherwise = use === "read" ? readsOtherwise : writesOtherwise
  const way = use === "read" ? Compiled.reading : Compiled.writing
  const check = Compiled.checkOf(schema.ast, way)
  const write = ParseResult.encodeSync(schema)
  const valid: FastCheck.Arbitrary<unknown> = Arbitrary.make(schema)
  const given = use === "read" ? valid.map((value) => write(value as never) as unknown) : valid
  const seen = { accepted: 0, refused: 0 }
  FastCheck.assert(
    FastCheck.property(FastCheck.oneof(given, changed(given)), (value) => {
      seen[check(value) === Compiled.refused ? "refused" : "accepted"] += 1
      assert.isUndefined(otherwise(schema, value))
    }),
    // To make a counterexample smaller may take minutes where a schema is large.
    { numRuns, endOnFailure: true }
  )
  FastCheck.assert(FastCheck.property(given, (value) => check(value) !== Compiled.refused), { numRuns: 20 })
  return seen
}

/** The parts of a schema that are left to ParseResult. */
export const leftOut = (schema: AnySchema, use: "read" | "written"): ReadonlyArray<string> => {
  const parts: Array<string> = []
  const recording = (way: Compiled.Way): Compiled.Way => ({
    ...way,
    parser: (part, options) => {
      parts.push(String(part.ast))
      return way.parser(part, options)
    },
    compiled: new WeakMap(),
    validating: way.validating === undefined ? undefined : recording(way.validating)
  })
  Compiled.checkOf(schema.ast, recording(use === "read" ? Compiled.reading : Compiled.writing))
  return [...new Set(parts)]
}

/** What is left out of the requests and answers of a plugin, by operation. */
export const leftOutOf = (plugin: Plugin.Plugin) => {
  const parts = ({ spec }: Plugin.Plugin["operations"][number]) => ({
    request: spec.request === undefined ? [] : leftOut(spec.request, "written"),
    response: spec.response === undefined ? [] : leftOut(spec.response, "read")
  })
  return Object.fromEntries(plugin.operations.flatMap((operation) => {
    const { request, response } = parts(operation)
    return request.length + response.length === 0 ? [] : [[operation.id, [...request, ...response]]]
  }))
}
