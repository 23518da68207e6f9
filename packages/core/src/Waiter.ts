/**
 * Waiting for what the platform does in its own time: exports, imports, the
 * moving of folders.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"

/**
 * What was waited for did not end in time. It may still end: ask again.
 *
 * @since 0.1.0
 * @category errors
 */
export class WaitTimeout extends Data.TaggedError("WaitTimeout")<{
  /** The operation that was asked how it stands. */
  readonly operation: string
  readonly after: Duration.Duration
}> {
  override get message() {
    return `${this.operation}: not done after ${Duration.format(this.after)}; it goes on, and can be waited for again`
  }
}

/**
 * How to wait.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * When to ask again.
   *
   * @default after 1 second, then each time half as long again, at most 10 seconds
   */
  readonly schedule?: Schedule.Schedule<unknown> | undefined
  /**
   * When to give up, with `WaitTimeout`.
   *
   * @default "10 minutes"
   */
  readonly timeout?: Duration.DurationInput | undefined
}

/**
 * Something that takes its time: how to ask for its state, and what a state
 * means.
 *
 * @since 0.1.0
 * @category models
 */
export interface Waiter<State, Result, Failed, Error, Requirements> {
  /** The operation that tells the state. */
  readonly operation: string
  readonly look: Effect.Effect<State, Error, Requirements>
  /** None while it goes on; then the result, or why there is none. */
  readonly ended: (state: State) => Option.Option<Either.Either<Result, Failed>>
}

/**
 * When to ask again, unless told otherwise.
 *
 * @since 0.1.0
 * @category schedules
 */
export const defaultSchedule: Schedule.Schedule<Duration.Duration> = Schedule.exponential("1 second", 1.5).pipe(
  Schedule.modifyDelay((_, delay) => Duration.min(delay, Duration.seconds(10)))
)

const defaultTimeout = Duration.minutes(10)

/**
 * Every state that is seen, the last one included: for showing progress. Ends
 * when what is waited for has ended, well or not.
 *
 * @since 0.1.0
 * @category streams
 */
export const states = <State, Result, Failed, Error, Requirements>(
  { ended, look, operation }: Waiter<State, Result, Failed, Error, Requirements>,
  { schedule = defaultSchedule, timeout = defaultTimeout }: Options = {}
): Stream.Stream<State, Error | WaitTimeout, Requirements> =>
  Stream.repeatEffectWithSchedule(look, schedule).pipe(
    Stream.takeUntil((state) => Option.isSome(ended(state))),
    Stream.interruptWhen(
      Effect.delay(new WaitTimeout({ operation, after: Duration.decode(timeout) }), timeout)
    )
  )

/**
 * The result, once there is one.
 *
 * @since 0.1.0
 * @category waiting
 */
export const until = <State, Result, Failed, Error, Requirements>(
  waiter: Waiter<State, Result, Failed, Error, Requirements>,
  options?: Options
): Effect.Effect<Result, Failed | Error | WaitTimeout, Requirements> =>
  Effect.flatMap(
    Effect.timed(Stream.runLast(states(waiter, options))),
    ([after, last]) =>
      Option.match(Option.flatMap(last, waiter.ended), {
        // The schedule came to its end before the timeout did.
        onNone: (): Effect.Effect<Result, Failed | WaitTimeout> => new WaitTimeout({ operation: waiter.operation, after }),
        onSome: Either.match({
          onLeft: (failed): Effect.Effect<Result, Failed> => Effect.fail(failed),
          onRight: Effect.succeed
        })
      })
  )
