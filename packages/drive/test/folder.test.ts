import { Waiter } from "@effect-feishu/core"
import { FeishuTest } from "@effect-feishu/core/testing"
import { File, FileError, Folder } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, TestClock } from "effect"

type Status = File.TaskCheckResponse["status"]

/** A task that stands at each of these in turn, and stays at the last. */
const task = (...statuses: readonly [Status, ...ReadonlyArray<Status>]) =>
  Layer.suspend(() => {
    const left = [...statuses]
    return Layer.merge(
      FeishuTest.layer(
        FeishuTest.on(File.taskCheck, () => Effect.sync(() => ({ status: left.length > 1 ? left.shift() : left[0] })))
      ),
      FeishuTest.layerTokens
    )
  })

const looks = Effect.map(FeishuTest.callsOf(File.taskCheck), (calls) => calls.length)

const wait = Folder.wait({ task_id: "7360595374803812356" })

describe("Folder.wait", () => {
  it.effect("asks until the folder is moved or deleted", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(wait)
      yield* TestClock.adjust("999 millis")
      assert.strictEqual(yield* looks, 1)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(yield* looks, 2)
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("1500 millis")
      assert.isUndefined(yield* Fiber.join(fiber))
      assert.deepStrictEqual(
        yield* FeishuTest.callsOf(File.taskCheck),
        Array.from({ length: 3 }, () => ({ task_id: "7360595374803812356" }))
      )
    }).pipe(Effect.provide(task("process", "process", "success"))))

  it.effect("asks once where it is done already", () =>
    Effect.gen(function*() {
      yield* wait
      assert.strictEqual(yield* looks, 1)
    }).pipe(Effect.provide(task("success"))))

  it.effect("fails as the task did, and says which", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(wait))
      yield* TestClock.adjust("1 second")
      const error = yield* Fiber.join(fiber)
      assert.instanceOf(error, Folder.FolderTaskFailed)
      assert.deepStrictEqual([error._tag, error.task_id], ["FolderTaskFailed", "7360595374803812356"])
      assert.include(error.message, "7360595374803812356")
    }).pipe(Effect.provide(task("process", "fail"))))

  it.effect("takes no status for an end that it does not know, nor none at all", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(wait)
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(fiber)
      assert.strictEqual(yield* looks, 4)
    }).pipe(Effect.provide(task("paused_in_2031", undefined, "process", "success"))))

  it.effect("gives up in time", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(Folder.wait({ task_id: "1" }, { timeout: "1 minute" })))
      yield* TestClock.adjust("59 seconds")
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("1 second")
      const error = yield* Fiber.join(fiber)
      assert.instanceOf(error, Waiter.WaitTimeout)
      assert.strictEqual(error.operation, "drive.file.taskCheck")
    }).pipe(Effect.provide(task("process"))))

  it.effect("fails where the task cannot be asked for", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(wait))._tag, "DriveFileNotFound")
    }).pipe(Effect.provide(Layer.merge(
      FeishuTest.layer(FeishuTest.on(File.taskCheck, () => FeishuTest.failure(File.taskCheck, FileError.DriveFileNotFound))),
      FeishuTest.layerTokens
    ))))
})
