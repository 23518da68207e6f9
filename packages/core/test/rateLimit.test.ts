import { RateLimit } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Array, Clock, Duration, Effect, Exit, Fiber, Schedule, Stream, TestClock } from "effect"

type Windows = ReadonlyArray<readonly [limit: number, window: Duration.DurationInput]>

const operation = (...windows: Windows) => ({ id: "test", rateLimit: RateLimit.of(...windows) })

describe("the documented windows", () => {
  it("are kept as they are written", () => {
    assert.deepStrictEqual(RateLimit.of([1000, "1 minute"], [50, Duration.seconds(1)]), {
      windows: [{ limit: 1000, window: Duration.minutes(1) }, { limit: 50, window: Duration.seconds(1) }]
    })
    assert.deepStrictEqual(RateLimit.unstated, { windows: [] })
  })

  const intervals: ReadonlyArray<readonly [windows: Windows, interval: Duration.DurationInput]> = [
    [[[5, "1 second"]], "200 millis"],
    [[[1000, "1 minute"], [50, "1 second"]], "60 millis"],
    [[[50, "1 second"], [1000, "1 minute"]], "60 millis"],
    [[[100, "1 minute"]], "600 millis"],
    [[[3, "1 second"]], Duration.nanos(333333333n)],
    [[], 0]
  ]

  it.each(intervals)("%j are kept by calls as far apart as %s", (windows, interval) => {
    const actual = Duration.toMillis(RateLimit.interval(operation(...windows)))
    assert.closeTo(actual, Duration.toMillis(interval), 0.001)
  })
})

/** When the runs of an effect began. */
const recording = () => {
  const at: globalThis.Array<number> = []
  return { at, record: Effect.map(Clock.currentTimeMillis, (now) => void at.push(now)) }
}

describe("the documented pace, as a schedule,", () => {
  it.effect("repeats an effect", () =>
    Effect.gen(function*() {
      const { at, record } = recording()
      const fiber = yield* Effect.fork(Effect.repeat(record, RateLimit.schedule(operation([5, "1 second"])).pipe(Schedule.intersect(Schedule.recurs(5)))))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(fiber)
      assert.deepStrictEqual(at, [0, 200, 400, 600, 800, 1000])
    }))

  it.effect("spaces a stream", () =>
    Effect.gen(function*() {
      const { at, record } = recording()
      const fiber = yield* Stream.make(1, 2, 3).pipe(
        Stream.schedule(RateLimit.schedule(operation([100, "1 minute"], [5, "1 second"]))),
        Stream.runForEach(() => record),
        Effect.fork
      )
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(fiber)
      for (const [earlier, later] of Array.zip(at, at.slice(1))) assert.isAtLeast(later - earlier, 600)
      assert.lengthOf(at, 3)
    }))
})

describe("a limiter", () => {
  /** How many calls at most began within any time as long as the window. */
  const most = (at: ReadonlyArray<number>, window: number) =>
    Math.max(...at.map((start) => at.filter((time) => time >= start && time < start + window).length))

  it.effect("keeps every window, for all who share it, and uses what they allow", () =>
    Effect.gen(function*() {
      const { at, record } = recording()
      const limit = yield* RateLimit.limiter(operation([5, "1 second"], [20, "10 seconds"]))
      const fiber = yield* Effect.fork(Effect.all(Array.makeBy(60, () => limit(record)), { concurrency: "unbounded" }))
      yield* TestClock.adjust("40 seconds")
      yield* Fiber.join(fiber)
      assert.lengthOf(at, 60)
      assert.isAtMost(most(at, 1_000), 5)
      assert.isAtMost(most(at, 10_000), 20)
      // The first are not held back, and the last of three windowfuls comes soon after two windows.
      assert.deepStrictEqual(at.slice(0, 5), [0, 0, 0, 0, 0])
      assert.isBelow(at.at(-1)!, 26_000)
    }))

  it.effect("paces nothing where no figure is documented", () =>
    Effect.gen(function*() {
      const { at, record } = recording()
      const limit = yield* RateLimit.limiter(operation())
      yield* Effect.all(Array.makeBy(1_000, () => limit(record)), { concurrency: "unbounded" })
      assert.deepStrictEqual([...new Set(at)], [0])
    }))

  it.effect("leaves results, failures and defects as they are", () =>
    Effect.gen(function*() {
      const limit = yield* RateLimit.limiter(operation([5, "1 second"]))
      assert.deepStrictEqual(yield* limit(Effect.succeed(1)), 1)
      assert.deepStrictEqual(yield* Effect.exit(limit(Effect.fail("no"))), Exit.fail("no"))
      assert.deepStrictEqual(yield* Effect.exit(limit(Effect.fail({ _tag: "QueueFull" }))), Exit.fail({ _tag: "QueueFull" }))
      assert.deepStrictEqual(yield* Effect.exit(limit(Effect.die("bug"))), Exit.die("bug"))
    }))

  it.effect("lets go of those who stop waiting, without their turn being lost", () =>
    Effect.gen(function*() {
      const { at, record } = recording()
      const limit = yield* RateLimit.limiter(operation([1, "1 second"]))
      yield* limit(record)
      const gone = yield* Effect.fork(limit(record))
      const next = yield* Effect.fork(limit(record))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(gone)
      yield* TestClock.adjust("1100 millis")
      yield* Fiber.join(next)
      assert.lengthOf(at, 2)
    }))

  it.effect("is apart from another of the same operation", () =>
    Effect.gen(function*() {
      const { at, record } = recording()
      const one = yield* RateLimit.limiter(operation([1, "1 second"]))
      const other = yield* RateLimit.limiter(operation([1, "1 second"]))
      yield* Effect.zip(one(record), other(record))
      assert.deepStrictEqual(at, [0, 0])
    }))
})
