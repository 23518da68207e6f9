/** What was to happen, what did, and whether that is the same. */
import { Cause, Console, Context, Effect, Exit, Layer, Ref } from "effect"

export interface Result {
  readonly step: string
  readonly ok: boolean
}

/** Every step so far. */
export class Results extends Context.Tag("examples/quickstart/Results")<Results, Ref.Ref<ReadonlyArray<Result>>>() {
  static readonly layer = Layer.effect(Results, Ref.make<ReadonlyArray<Result>>([]))
}

/** What a step has to say of its outcome, and whether it is the one that was expected. */
export interface Verdict {
  readonly ok: boolean
  readonly said: string
}

const verdictOf = <A>(exit: Exit.Exit<A, unknown>, judge: (value: A) => Verdict): Verdict =>
  Exit.match(exit, {
    onFailure: (cause) => ({ ok: false, said: Cause.pretty(cause) }),
    onSuccess: judge
  })

/** Does a step, says what came of it, and goes on with the next one whatever that was. */
export const step = <A, E, R>(
  name: string,
  effect: Effect.Effect<A, E, R>,
  judge: (value: A) => Verdict
): Effect.Effect<void, never, R | Results> =>
  Effect.gen(function*() {
    const results = yield* Results
    const number = (yield* Ref.get(results)).length + 1
    yield* Console.log(`\n${String(number).padStart(2)}  ${name}`)
    const { ok, said } = verdictOf(yield* Effect.exit(effect), judge)
    yield* Console.log(`    ${ok ? "ok" : "NOT AS EXPECTED"}: ${said.replaceAll("\n", "\n    ")}`)
    yield* Ref.update(results, (before) => [...before, { step: name, ok }])
  })

/** What a step says when all that matters is that it succeeded. */
export const done = (said: string) => (): Verdict => ({ ok: true, said })

/** How many steps went as expected; answers whether all did. */
export const summary = Effect.gen(function*() {
  const results = yield* Effect.flatMap(Results, Ref.get)
  const surprises = results.filter(({ ok }) => !ok)
  yield* Console.log(`\n${results.length - surprises.length} of ${results.length} steps went as expected.`)
  for (const { step } of surprises) yield* Console.log(`  not as expected: ${step}`)
  return results.length > 0 && surprises.length === 0
})
