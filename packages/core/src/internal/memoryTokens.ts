/** The token store of one process. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type { Service } from "./tokenStore.ts"
import * as Turns from "./turns.ts"

/** What expired is looked for whenever this many more are kept. */
const sweepEvery = 1024

export const make = (): Service => {
  const entries = new Map<string, { readonly value: Redacted.Redacted; readonly expiresAt: number }>()
  const turn = Turns.make()
  let sweepAt = sweepEvery

  const sweep = (now: number) => {
    for (const [key, { expiresAt }] of entries) {
      if (expiresAt <= now) entries.delete(key)
    }
    sweepAt = entries.size + sweepEvery
  }

  return {
    get: (key) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        Option.map(
          Option.filter(Option.fromNullable(entries.get(key)), ({ expiresAt }) => expiresAt > now),
          ({ expiresAt, value }) => ({ value, remaining: Duration.millis(expiresAt - now) })
        )),
    set: (key, value, lifetime) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const millis = Duration.toMillis(lifetime)
        if (millis <= 0) {
          entries.delete(key)
          return
        }
        entries.set(key, { value, expiresAt: now + millis })
        if (entries.size >= sweepAt) sweep(now)
      }),
    remove: (key) => Effect.sync(() => void entries.delete(key)),
    // Nobody outlives the process, so that no lease has to end.
    withLock: (key) => turn(key)
  }
}
