// What holds for every declaration, whatever its schemas let through.
import type { Plugin } from "@effect-feishu/core"
import type { AccessToken, Operation } from "@effect-feishu/core"
import { Shape } from "@effect-feishu/core"
import { assert } from "@effect/vitest"
import type { Schema, Scope } from "effect"
import { Arbitrary, Effect, Either, FastCheck, ParseResult, SchemaAST } from "effect"
import { encode } from "../src/internal/encode.ts"
import { givenRequest } from "./conformance.ts"
import type { Facts } from "./conformance.ts"
import * as Body from "./body.ts"
import * as Stub from "./stub.ts"
import * as Transport from "./transport.ts"

type Json = { readonly [name: string]: unknown }
type AnySchema = Schema.Schema.AnyNoContext

/** As JSON has it: no `undefined`, no `-0`; bytes, which travel beside it, as they are. */
const json = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inside: unknown) => inside instanceof Uint8Array ? { bytes: [...inside] } : inside),
    (_, inside: unknown) =>
      typeof inside === "object" && inside !== null && "bytes" in inside ? Uint8Array.from(inside.bytes as ReadonlyArray<number>) : inside
  )

const runs = { numRuns: 200 }

/** Whatever a schema lets through has one wire form, and comes back from it. */
export const survivesTheWire = (schema: AnySchema): void => {
  const write = ParseResult.encodeSync(schema)
  const read = ParseResult.decodeUnknownSync(schema)
  FastCheck.assert(
    FastCheck.property(Arbitrary.make(schema), (value) => {
      const sent = json(write(value as never))
      assert.deepStrictEqual(json(write(read(sent))), sent)
    }),
    runs
  )
}

const named = (fields: Operation.Operation.Any["spec"]["query"]) =>
  new Map(fields.map((entry) => typeof entry === "string" ? [entry, entry] as const : entry))

/** A request that its schema lets through is sent whole: every field once, where it belongs, under its wire name. */
export const isSentWhole = ({ spec, url }: Operation.Operation.Any): void => {
  const segments = url.split("/")
  const params = new Map(segments.flatMap((segment, index) => segment.startsWith(":") ? [[segment.slice(1), index] as const] : []))
  const renamed = named(spec.query)
  const inHeaders = named(spec.headers)
  FastCheck.assert(
    FastCheck.property(Arbitrary.make(spec.request!), (request) => {
      const encoded = encode(spec, request)
      if (Either.isLeft(encoded)) {
        // What a path cannot hold: nothing, dots, half a character.
        for (const { field } of encoded.left.violations) assert.isTrue(params.has(field), encoded.left.message)
        return
      }
      const { body, headers, target } = encoded.right
      const sent = new URL(target, "https://open.feishu.cn")
      const path = sent.pathname.split("/")
      const query = new URLSearchParams(sent.search)
      const rest = { ...Body.fieldsOf(body) }
      for (const [field, value] of Object.entries(ParseResult.encodeUnknownSync(spec.request!)(request) as Json)) {
        if (value === undefined) continue
        const name = spec.body === undefined ? renamed.get(field) ?? field : renamed.get(field)
        const header = inHeaders.get(field)
        if (params.has(field)) assert.strictEqual(decodeURIComponent(path[params.get(field)!]!), value)
        else if (header !== undefined) assert.strictEqual(headers[header.toLowerCase()], value)
        else if (name !== undefined) {
          assert.deepStrictEqual(query.getAll(name), (Array.isArray(value) ? value : [value]).map(String))
          query.delete(name)
        } else {
          assert.deepStrictEqual(rest[field], Body.isForm(body) ? Body.inForm(value) : json(value))
          delete rest[field]
        }
      }
      assert.deepStrictEqual([...query], [])
      assert.deepStrictEqual(rest, {})
    }),
    runs
  )
}

/** The same answer from a later platform: enumerations have other values. */
const later = (ast: SchemaAST.AST, value: unknown): unknown => {
  if (value === undefined) return undefined
  if (SchemaAST.isRefinement(ast) || SchemaAST.isTransformation(ast)) return later(ast.from, value)
  if (Shape.documentedValues(ast) !== undefined) return typeof value === "string" ? "new_in_2031" : 2031
  if (SchemaAST.isUnion(ast)) return ast.types.reduce<unknown>((now, type) => later(type, now), value)
  if (SchemaAST.isTupleType(ast)) return (value as ReadonlyArray<unknown>).map((item) => later(ast.rest[0]!.type, item))
  if (!SchemaAST.isTypeLiteral(ast)) return value
  const types = new Map(ast.propertySignatures.map(({ name, type }) => [String(name), type]))
  return Object.fromEntries(Object.entries(value as Json).map(([name, field]) => [name, later(types.get(name)!, field)]))
}

/** And its objects have other fields. */
const withMore = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withMore)
    : typeof value === "object" && value !== null
    ? { ...Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withMore(field)])), new_in_2031: { of: ["what"] } }
    : value

/** What the platform adds, field or value, breaks no answer and changes nothing that was known. */
export const survivesAdditions = (schema: AnySchema): void => {
  const write = ParseResult.encodeSync(schema)
  const read = ParseResult.decodeUnknownSync(schema)
  FastCheck.assert(
    FastCheck.property(Arbitrary.make(schema), (value) => {
      const answer = json(later(schema.ast, json(write(value as never))))
      assert.deepStrictEqual(json(write(read(withMore(answer)))), answer)
    }),
    runs
  )
}

/** Values that would leave their place in a path, if anything let them. */
export const hostile: ReadonlyArray<string> = [
  "", ".", "..", "...", " ", "..;", ".. ", " ..", "/", "//", "../..", "..\\..", "\\", "a/b", "a/../b", "/etc/passwd",
  "%", "%%", "%zz", "%2e", "%2e%2e", "%2E%2E%2F", "..%2f", "%252e%252e", "%00", "%0d%0a", "%u002e", "%c0%ae%c0%ae",
  "?", "?type=folder", "a?b=c", "#", "a#b", "&type=folder", "=", ";", ";type=folder", ":", ":token", ":member_id", "@", "u@h",
  "//evil.example", "https://evil.example/", "http:evil", "javascript:alert(1)", "$&", "$1", "$`", "\u0000", "\n", "\t",
  "\r\nHost: evil.example", "\u0085", "\u200b", "\ufeff", "\u2025", "\u2024\u2024", "\uff0e\uff0e", "\u2215", "\uff0f", "\ud800", "漢字/😀",
  "x".repeat(4096)
]

const example = ({ exampleRequest, pathParams, query }: Facts, operation: Operation.Operation.Any): Json => {
  const fields = new Map(
    operation.spec.query.map((entry) => typeof entry === "string" ? [entry, entry] as const : [entry[1], entry[0]] as const)
  )
  return givenRequest(operation, {
    ...Object.fromEntries(pathParams.map(({ example, name }) => [name, example])),
    ...Object.fromEntries(query.map(({ example, name }) => [fields.get(name) ?? name, example])),
    ...exampleRequest
  })
}

/** Whatever a value in a path is, it is refused, or is one segment and changes no other part of the address. */
export const staysInItsSegment = (plugin: Plugin.Plugin, facts: ReadonlyMap<string, Facts>) =>
  Effect.gen(function*() {
    const sent: Array<string> = []
    let answer: unknown
    const world = Transport.layer(({ raw }) => {
      sent.push(raw.url)
      return Stub.json(answer)
    })
    const base = "https://open.feishu.cn"
    let refused = 0

    const attempt = (operation: Operation.Operation.Any, request: Json) => {
      // Sound: the request is the documentation's own, but for one field that takes any text.
      const call = operation as unknown as Operation.Operation<Json, unknown, unknown, AccessToken.AnyAccessToken | Scope.Scope>
      return Effect.either(call(request))
    }

    const calls = plugin.operations.flatMap((operation) => {
      const known = facts.get(operation.id)!
      return known.pathParams.flatMap(({ name }) =>
        hostile.map((value) =>
          Effect.gen(function*() {
            sent.length = 0
            answer = known.exampleResponse
            const result = yield* attempt(operation, { ...example(known, operation), [name]: value })
            if (Either.isLeft(result)) {
              refused += 1
              assert.propertyVal(result.left, "_tag", "RequestInvalid", `${operation.id} ${JSON.stringify(value)}`)
              assert.deepStrictEqual(sent, [])
              return
            }
            assert.lengthOf(sent, 1)
            const url = new URL(sent[0]!)
            const segments = url.pathname.split("/")
            const template = known.path.split("/")
            assert.strictEqual(url.origin, base)
            assert.strictEqual(url.hash, "")
            assert.lengthOf(segments, template.length)
            template.forEach((part, index) => {
              const was = part.startsWith(":") && part !== `:${name}`
                ? String(known.pathParams.find((param) => `:${param.name}` === part)?.example)
                : part === `:${name}` ? value : part
              assert.strictEqual(decodeURIComponent(segments[index]!), was)
            })
            const asked = known.query.filter((field) => field.example !== undefined).map((field) => [field.name, String(field.example)])
            assert.sameDeepMembers([...url.searchParams], asked)
          })
        )
      )
    })
    yield* Effect.all(calls, { discard: true }).pipe(Effect.scoped, Effect.provide(world))
    return { calls: calls.length, refused }
  })
