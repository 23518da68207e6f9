import { Waiter } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Duration, Effect, Either, Fiber, Option, Schedule, Stream, TestClock } from "effect"

/** Does `states` one after another, and stays with the last. */
const task = (...states: ReadonlyArray<"going" | "done" | "broken">) => {
  let looks = 0
  const waiter: Waiter.Waiter<string, string, "no result", never, never> = {
    operation: "test.task.get",
    look: Effect.sync(() => states[Math.min(looks++, states.length - 1)]!),
    ended: (state) =>
      state === "going" ? Option.none() : Option.some(state === "done" ? Either.right("result") : Either.left("no result"))
  }
  return { waiter, looks: () => looks }
}

describe("Waiter", () => {
  it.effect("asks again until there is a result, at the documented pace", () =>
    Effect.gen(function*() {
      const { looks, waiter } = task("going", "going", "done")
      const fiber = yield* Effect.fork(Waiter.until(waiter))
      yield* TestClock.adjust("999 millis")
      assert.strictEqual(looks(), 1)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(looks(), 2)
      yield* TestClock.adjust("1500 millis")
      assert.strictEqual(yield* Fiber.join(fiber), "result")
      assert.strictEqual(looks(), 3)
    }))

  it.effect("never waits longer than 10 seconds between two looks", () =>
    Effect.gen(function*() {
      const { looks, waiter } = task("going")
      const fiber = yield* Effect.fork(Waiter.until(waiter, { timeout: "1 hour" }))
      yield* TestClock.adjust("1 minute")
      const before = looks()
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(looks() - before, 6)
      yield* Fiber.interrupt(fiber)
    }))

  it.effect("fails as the task did", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* Effect.flip(Waiter.until(task("broken").waiter)), "no result")
    }))

  it.effect("gives up in time, and says how long it waited", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(Waiter.until(task("going").waiter, { timeout: "30 seconds" })))
      yield* TestClock.adjust("30 seconds")
      const error = yield* Fiber.join(fiber)
      assert.instanceOf(error, Waiter.WaitTimeout)
      assert.include(error.message, "test.task.get: not done after 30s")
    }))

  it.effect("gives up when its schedule ends", () =>
    Effect.gen(function*() {
      const schedule = Schedule.intersect(Schedule.spaced("5 seconds"), Schedule.recurs(2))
      const fiber = yield* Effect.fork(Effect.flip(Waiter.until(task("going").waiter, { schedule })))
      yield* TestClock.adjust("10 seconds")
      const error = yield* Fiber.join(fiber)
      assert.instanceOf(error, Waiter.WaitTimeout)
      assert.deepStrictEqual(Duration.toSeconds(error.after), 10)
    }))

  it.effect("shows every state on the way", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Stream.runCollect(Waiter.states(task("going", "going", "done").waiter)))
      yield* TestClock.adjust("3 seconds")
      assert.deepStrictEqual(Chunk.toReadonlyArray(yield* Fiber.join(fiber)), ["going", "going", "done"])
    }))
})
