/** Operations that keep no state: they answer what the documentation does, to every request that keeps its rules. */
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import type { Spec } from "../../internal/spec.ts"
import type { Domain } from "../FakeFeishu.ts"

type Run = (request: unknown) => Effect.Effect<unknown>

/** The documented page says that there is more, under a token of which nothing else is documented: there the list ends. */
const isBeyond = (request: unknown) => Predicate.hasProperty(request, "page_token") && request.page_token !== undefined

export const runs = ({ examples }: Pick<Domain.Any, "examples">) => ({ file, id, response }: Spec): Run | undefined => {
  const example = examples[id]
  if (example === undefined || file !== undefined) return undefined
  if (response === undefined) return () => Effect.void
  const decode = ParseResult.decodeUnknownSync(response)
  return (request) => Effect.sync(() => decode(isBeyond(request) ? { has_more: false } : example))
}
