/** Operations that keep no state: they answer what the documentation does, to every request that keeps its rules. */
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import type { Spec } from "../../internal/spec.ts"
import type { Domain } from "../FakeFeishu.ts"

type Run = () => Effect.Effect<unknown>

export const runs = ({ examples }: Pick<Domain.Any, "examples">) => ({ file, id, response }: Spec): Run | undefined => {
  const example = examples[id]
  if (example === undefined || file !== undefined) return undefined
  return response === undefined ? () => Effect.void : () => Effect.sync(() => ParseResult.decodeUnknownSync(response)(example))
}
