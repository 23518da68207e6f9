/** One timer for all timeouts of an attempt: racing each of them apart costs more than the attempt itself. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { CallTimeout } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Monotonic from "./monotonic.ts"
import type { Attempt } from "./send.ts"

/** How far an attempt is, and since when. */
export interface Progress {
  /** Nothing is expected of the platform before the request is sent. */
  phase: "before" | "headers" | "body"
  since: number
}

/** Runs an attempt within its timeouts; `left` is what is left of the total. */
export const within = (
  { body, headers, total }: Settings["timeouts"],
  left: Duration.Duration,
  attempt: Pick<Attempt, "operation" | "number">,
  progress: Progress
) => {
  const limits = { before: Number.POSITIVE_INFINITY, headers: Duration.toMillis(headers), body: Duration.toMillis(body) }
  // No phase that begins while we sleep can end before we wake.
  const nap = Math.min(limits.headers, limits.body)
  const timeout = (phase: CallTimeout["phase"], after: Duration.Duration) =>
    new CallTimeout({ operation: attempt.operation, phase, after, attempts: attempt.number })

  const watch: Effect.Effect<never, CallTimeout> = Effect.gen(function*() {
    const end = (yield* Monotonic.millis) + Duration.toMillis(left)
    while (true) {
      const now = yield* Monotonic.millis
      const { phase, since } = progress
      if (now >= end) return yield* timeout("total", total)
      const due = since + limits[phase]
      if (now >= due && phase !== "before") return yield* timeout(phase, phase === "headers" ? headers : body)
      yield* Effect.sleep(Duration.millis(Math.ceil(Math.min(nap, due - now, end - now))))
    }
  })

  return <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E | CallTimeout, R> =>
    // Also where the caller may not be interrupted: the timer must not outlast the answer.
    Effect.raceFirst(self, Effect.interruptible(watch))
}
