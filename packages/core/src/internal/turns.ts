/** One at a time for each key, within this process. Keys nobody waits for are forgotten. */
import * as Effect from "effect/Effect"

export const make = () => {
  const turns = new Map<string, { readonly semaphore: Effect.Semaphore; users: number }>()

  const enter = (key: string) => {
    const known = turns.get(key)
    const turn = known ?? { semaphore: Effect.unsafeMakeSemaphore(1), users: 0 }
    if (known === undefined) turns.set(key, turn)
    turn.users++
    return turn
  }

  return (key: string) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.acquireUseRelease(
      Effect.sync(() => enter(key)),
      ({ semaphore }) => semaphore.withPermits(1)(self),
      (turn) =>
        Effect.sync(() => {
          turn.users--
          if (turn.users === 0) turns.delete(key)
        })
    )
}
