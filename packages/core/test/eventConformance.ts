// Holds events against the documented facts in `packages/*/spec/events`.
import type { Event, Plugin } from "@effect-feishu/core"
import { Operation, RateLimit } from "@effect-feishu/core"
import { Either, ParseResult, Schema } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"
import * as Conformance from "./conformance.ts"

export interface EventFacts {
  readonly type: string
  readonly version: string
  readonly scopes: ReadonlyArray<string>
  /** What the header has besides the usual. */
  readonly header: ReadonlyArray<Conformance.Field>
  readonly payload: ReadonlyArray<Conformance.Field>
  readonly example: { readonly header: { readonly [name: string]: unknown }; readonly event: unknown }
}

export const factsIn = (spec: URL): ReadonlyMap<string, EventFacts> =>
  new Map(
    readdirSync(spec).map((name) => {
      const facts = JSON.parse(readFileSync(new URL(name, spec), "utf8")) as EventFacts
      return [name.replace(/\.json$/, ""), facts]
    })
  )

/** An event as if it were answered: fields are compared in the same way. */
const compareFields = (type: string, schema: Schema.Schema.AnyNoContext, fields: ReadonlyArray<Conformance.Field>, example: unknown) =>
  Conformance.compare(
    Operation.make(type, {
      method: "GET",
      url: "/open-apis/event",
      accepts: "tenant",
      scopes: [],
      idempotent: true,
      rateLimit: RateLimit.unstated,
      response: schema,
      errors: []
    }),
    {
      id: type,
      method: "GET",
      path: "/open-apis/event",
      tokens: ["tenant"],
      scopes: [],
      rateLimit: [],
      deprecated: false,
      pathParams: [],
      query: [],
      body: [],
      response: fields,
      errors: [],
      exampleRequest: null,
      exampleResponse: { data: example }
    }
  )

export const compare = (event: Event.Any, facts: EventFacts): ReadonlyArray<Conformance.Difference> => {
  const same = (at: string, documented: unknown, declared: unknown) =>
    isDeepStrictEqual(documented, declared) ? [] : [{ operation: event.type, at, documented, declared }]
  const { token: _token, ...header } = facts.example.header
  // Sound: every event is the schema of what is delivered.
  const decoded = ParseResult.decodeUnknownEither(event as Event.Event<string, unknown>)({ ...facts.example, header })
  return [
    ...same("type", facts.type, event.type),
    ...same("version", facts.version, event.version),
    ...same("scopes", facts.scopes.toSorted(), event.scopes.toSorted()),
    ...compareFields(event.type, event.header ?? Schema.Struct({}), facts.header, header),
    ...compareFields(event.type, event.payload, facts.payload, facts.example.event),
    // Nothing of the example is lost.
    ...Either.isLeft(decoded)
      ? same("example", facts.example, ParseResult.TreeFormatter.formatIssueSync(decoded.left))
      : same("example", { ...facts.example, header }, decoded.right)
  ]
}

export const compareAll = (plugin: Plugin.Plugin, facts: ReadonlyMap<string, EventFacts>): ReadonlyArray<Conformance.Difference> => [
  ...plugin.events.flatMap((event) => {
    const its = facts.get(event.type)
    return its === undefined ? [{ operation: event.type, at: "spec", documented: "nothing", declared: "an event" }] : compare(event, its)
  }),
  ...[...facts.keys()].filter((type) => !plugin.events.some((event) => event.type === type)).map((operation) => ({
    operation,
    at: "spec",
    documented: "an event",
    declared: "nothing"
  }))
]
