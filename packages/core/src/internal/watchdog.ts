/** One timer for all timeouts of an attempt: racing each of them apart costs more than the attempt itself. */
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
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

/** An attempt that can be told to stop. */
export interface Stoppable extends Progress {
  /** Of `Monotonic.now`: when its total is over. */
  readonly end: number
  readonly timeouts: Settings["timeouts"]
  readonly stop: (phase: CallTimeout["phase"], after: Duration.Duration) => void
}

/** No phase that begins within this time can end within it. */
const shortest = ({ body, headers }: Settings["timeouts"]) => Math.min(Duration.toMillis(headers), Duration.toMillis(body))

/** Watches all attempts that go by one clock, in one fiber that lives only while there are any. */
class Watch {
  private readonly attempts = new Set<Stoppable>()
  private keeper: Fiber.RuntimeFiber<void> | "starting" | undefined
  private wakesAt = Number.NEGATIVE_INFINITY
  private readonly clock: Clock.Clock

  constructor(clock: Clock.Clock) {
    this.clock = clock
  }

  /** Begins to watch an attempt. Somebody must be `awake` then. */
  enter(attempt: Stoppable): void {
    this.attempts.add(attempt)
    if (this.wakesAt > Math.min(attempt.end, attempt.since + shortest(attempt.timeouts))) this.dismiss()
  }

  /** To be called after whoever waited for the attempt was told its end: their next one then finds the keeper still there. */
  leave(attempt: Stoppable, fiber: Fiber.RuntimeFiber<unknown, unknown>): void {
    this.attempts.delete(attempt)
    if (this.attempts.size > 0) return
    fiber.currentScheduler.scheduleTask(() => {
      if (this.attempts.size === 0) this.dismiss()
    }, 0)
  }

  get isAwake(): boolean {
    return this.keeper !== undefined
  }

  /** Makes sure that somebody watches. */
  readonly awake: Effect.Effect<void> = Effect.uninterruptible(Effect.suspend(() => {
    if (this.keeper !== undefined) return Effect.void
    this.keeper = "starting"
    return Effect.forkDaemon(Effect.interruptible(this.keep))
  }))

  private dismiss(): void {
    // One that has not begun yet will see for itself.
    if (this.keeper === undefined || this.keeper === "starting") return
    this.keeper.unsafeInterruptAsFork(FiberId.none)
    this.keeper = undefined
  }

  /** Ends what is overdue, and tells how long nothing else is. */
  private look(): Duration.Duration {
    const now = Monotonic.now(this.clock)
    let next = Number.POSITIVE_INFINITY
    for (const attempt of this.attempts) {
      const { end, phase, since, timeouts } = attempt
      const due = phase === "before" ? Number.POSITIVE_INFINITY : since + Duration.toMillis(timeouts[phase])
      if (now >= end) attempt.stop("total", timeouts.total)
      else if (now >= due && phase !== "before") attempt.stop(phase, timeouts[phase])
      else next = Math.min(next, end, due, now + shortest(timeouts))
    }
    this.wakesAt = next
    return Duration.millis(Math.ceil(next - now))
  }

  private readonly keep: Effect.Effect<void> = Effect.withFiberRuntime((self) => {
    if (this.keeper !== "starting") return Effect.void
    this.keeper = self
    return Effect.gen(this, function*() {
      while (this.keeper === self) {
        const nap = this.look()
        if (this.attempts.size === 0) this.keeper = undefined
        else yield* Effect.sleep(nap)
      }
    })
  })
}

const watches = new WeakMap<Clock.Clock, Watch>()

export const watchOf = (clock: Clock.Clock): Watch => {
  const known = watches.get(clock)
  if (known !== undefined) return known
  const watch = new Watch(clock)
  watches.set(clock, watch)
  return watch
}
