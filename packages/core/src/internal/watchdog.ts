/** One timer for all timeouts of all attempts: racing each of them apart costs more than the attempts themselves. */
import type * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import { CallTimeout } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Fork from "./fork.ts"
import * as Monotonic from "./monotonic.ts"
import type { Attempt } from "./send.ts"

/** How far an attempt is, and since when. */
export interface Progress {
  /** Nothing is expected of the platform before the request is sent. */
  phase: "before" | "headers" | "body"
  since: number
}

/** An attempt that can be told to stop. */
export interface Stoppable extends Progress {
  /** Of `Monotonic.now`: when its total is over. */
  readonly until: number
  readonly timeouts: Settings["timeouts"]
  stop(phase: CallTimeout["phase"], after: Duration.Duration): void
}

/** No phase that begins within this time can end within it. */
const shortest = ({ body, headers }: Settings["timeouts"]) => Math.min(Duration.toMillis(headers), Duration.toMillis(body))

/** Watches all attempts that go by one clock, in one fiber that lives only while there are any. */
export class Watch {
  private readonly attempts = new Set<Stoppable>()
  private keeper: Fiber.RuntimeFiber<never> | undefined
  private wakesAt = Number.NEGATIVE_INFINITY
  private readonly clock: Clock.Clock

  constructor(clock: Clock.Clock) {
    this.clock = clock
  }

  /** Begins to watch an attempt. */
  enter(attempt: Stoppable, fiber: Fiber.RuntimeFiber<unknown, unknown>): void {
    this.attempts.add(attempt)
    if (this.keeper !== undefined && this.wakesAt <= Math.min(attempt.until, attempt.since + shortest(attempt.timeouts))) return
    this.dismiss()
    this.keeper = Fork.fork(fiber, this.keep)
  }

  /** To be called after whoever waited for the attempt was told its end: their next one then finds the keeper still there. */
  leave(attempt: Stoppable, fiber: Fiber.RuntimeFiber<unknown, unknown>): void {
    this.attempts.delete(attempt)
    if (this.attempts.size > 0) return
    fiber.currentScheduler.scheduleTask(() => {
      if (this.attempts.size === 0) this.dismiss()
    }, 0)
  }

  private dismiss(): void {
    this.keeper?.unsafeInterruptAsFork(FiberId.none)
    this.keeper = undefined
  }

  /** Ends what is overdue, and tells how long nothing else is. */
  private look(): Duration.Duration {
    const now = Monotonic.now(this.clock)
    let next = Number.POSITIVE_INFINITY
    for (const attempt of this.attempts) {
      const { phase, since, timeouts, until } = attempt
      const due = phase === "before" ? Number.POSITIVE_INFINITY : since + Duration.toMillis(timeouts[phase])
      if (now >= until) attempt.stop("total", timeouts.total)
      else if (now >= due && phase !== "before") attempt.stop(phase, timeouts[phase])
      else next = Math.min(next, until, due, now + shortest(timeouts))
    }
    this.wakesAt = next
    return Duration.millis(Math.ceil(next - now))
  }

  /** Until it is dismissed. */
  private readonly keep = Effect.forever(Effect.suspend(() => Effect.sleep(this.look())))
}

const watches = new WeakMap<Clock.Clock, Watch>()

export const watchOf = (clock: Clock.Clock): Watch => {
  const known = watches.get(clock)
  if (known !== undefined) return known
  const watch = new Watch(clock)
  watches.set(clock, watch)
  return watch
}

/** Runs an effect as long as its attempt may take; `left` is what is left of the total, in milliseconds. */
export const within =
  (timeouts: Settings["timeouts"], left: number, attempt: Pick<Attempt, "operation" | "number">, progress: Progress) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E | CallTimeout, R> =>
    Effect.withFiberRuntime<A, E | CallTimeout, R>((fiber) => {
      const clock = Monotonic.clockOf(fiber)
      const watch = watchOf(clock)
      const overdue = Deferred.unsafeMake<never, CallTimeout>(fiber.id())
      const watched: Stoppable = Object.assign(progress, {
        until: Monotonic.now(clock) + left,
        timeouts,
        stop: (phase: CallTimeout["phase"], after: Duration.Duration) => {
          const { number: attempts, operation } = attempt
          Deferred.unsafeDone(overdue, new CallTimeout({ operation, phase, after, attempts }))
        }
      })
      return Effect.acquireUseRelease(
        Effect.sync(() => watch.enter(watched, fiber)),
        // Also where the caller may not be interrupted: the timer must not outlast the answer.
        () => Effect.raceFirst(self, Effect.interruptible(Deferred.await(overdue))),
        () => Effect.sync(() => watch.leave(watched, fiber))
      )
    })
