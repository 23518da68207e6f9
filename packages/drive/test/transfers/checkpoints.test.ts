import { FakeFeishu } from "@effect-feishu/core/testing"
import { FileUpload, MediaUpload, UploadCheckpoint, UploadSource } from "@effect-feishu/drive"
import { KeyValueStore } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option, Stream, TestClock } from "effect"
import * as World from "./World.ts"

const { blockSize, bytesOf, filesOf, isOnce, partsSent, request } = World

describe("a checkpoint", () => {
  const large = bytesOf(3 * blockSize)

  /** Ends in the very step that notes so many parts as confirmed. */
  const upTo = <E, R>(
    k: number,
    { checkpoints, ...upload }: FileUpload.UploadRequest<never, never, E, R> & { readonly checkpoints: UploadCheckpoint.Store<E, R> }
  ) => {
    const dying: UploadCheckpoint.Store<E, R> = {
      ...checkpoints,
      save: (checkpoint) =>
        Effect.zipRight(checkpoints.save(checkpoint), checkpoint.confirmed < k ? Effect.void : Effect.interrupt)
    }
    return Effect.exit(FileUpload.upload({ ...upload, checkpoints: dying }))
  }

  const prepared = Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => fake.effectsOf(FileUpload.prepare))

  it.effect("is good for a day, by the Clock (F54)", () =>
    Effect.gen(function*() {
      for (const [age, fresh] of [["23 hours", true], ["24 hours", false]] as const) {
        const checkpoints = yield* UploadCheckpoint.inMemory
        const upload = { ...request(age, large), checkpoints }
        const before = { prepared: yield* prepared, sent: yield* partsSent }
        yield* upTo(2, upload)
        yield* TestClock.adjust(age)
        yield* FileUpload.upload(upload)
        assert.strictEqual((yield* prepared) - before.prepared, fresh ? 1 : 2)
        assert.strictEqual((yield* partsSent) - before.sent, fresh ? 3 : 5)
        yield* isOnce(age, large)
      }
    }).pipe(Effect.provide(World.layerMemory)))

  it.effect("of an upload that the platform forgot meanwhile is one to begin again from (F54)", () =>
    Effect.gen(function*() {
      const checkpoints = yield* UploadCheckpoint.inMemory
      const upload = { ...request("forgotten", large), checkpoints }
      yield* upTo(2, upload)
      const checkpoint = Option.getOrThrow(yield* checkpoints.load)
      yield* TestClock.adjust("25 hours")
      // Somebody's clock is wrong.
      yield* checkpoints.save({ ...checkpoint, started_at: checkpoint.started_at + 20 * 3_600_000 })
      yield* FileUpload.upload(upload)
      assert.strictEqual(yield* prepared, 2)
      yield* isOnce("forgotten", large)
    }).pipe(Effect.provide(World.layerMemory)))

  it.effect("of another file, place, size or version is not used", () =>
    Effect.gen(function*() {
      const checkpoints = yield* UploadCheckpoint.inMemory
      const first = { ...request("first", large), checkpoints }
      for (
        const other of [
          { ...first, file_name: "second" },
          { ...first, parent_node: "elsewhere" },
          { ...first, parent_type: "wiki" as const },
          { ...first, source: UploadSource.fromBytes(bytesOf(3 * blockSize - 1)) },
          { ...first, source: UploadSource.fromBytes(bytesOf(3 * blockSize, 1)) }
        ]
      ) {
        yield* checkpoints.clear
        yield* upTo(2, first)
        const before = { prepared: yield* prepared, sent: yield* partsSent }
        yield* FileUpload.upload(other)
        assert.strictEqual((yield* prepared) - before.prepared, 1)
        assert.strictEqual((yield* partsSent) - before.sent, 3)
      }
      yield* checkpoints.clear
      yield* upTo(2, first)
      const sent = yield* partsSent
      yield* MediaUpload.upload({ ...first, parent_type: "docx_file" })
      yield* FileUpload.upload(first)
      assert.strictEqual((yield* partsSent) - sent, 3)
    }).pipe(Effect.provide(World.layerMemory)))

  it.effect("of a source without a version is used only if it begins as it did", () =>
    Effect.gen(function*() {
      const streamed = (bytes: Uint8Array) =>
        UploadSource.fromStream({ size: bytes.byteLength }, Stream.fromIterable(Array.from({ length: 43 }, (_, k) => bytes.subarray(k * 70, (k + 1) * 70))))
      const other = bytesOf(3 * blockSize, 9)
      for (const [name, later, again] of [["same", large, 1], ["other", other, 3]] as const) {
        const checkpoints = yield* UploadCheckpoint.inMemory
        const upload = { ...request(name, large), checkpoints }
        yield* upTo(2, { ...upload, source: streamed(large) })
        const sent = yield* partsSent
        yield* FileUpload.upload({ ...upload, source: streamed(later) })
        assert.strictEqual((yield* partsSent) - sent, again)
        yield* isOnce(name, later)
      }
    }).pipe(Effect.provide(World.layerMemory)))

  it.effect("survives that its writing is cut short", () =>
    Effect.gen(function*() {
      const store = yield* KeyValueStore.KeyValueStore
      const checkpoints = UploadCheckpoint.inKeyValueStore("cut")
      const upload = { ...request("cut", large), checkpoints }
      yield* upTo(2, upload)
      // The next entry would go over the older one, and only half of it arrives.
      const [a, b] = [yield* store.get("cut.a"), yield* store.get("cut.b")].map(Option.getOrThrow)
      const older = a!.includes("\"revision\":2") ? "cut.a" : "cut.b"
      yield* store.set(older, (older === "cut.a" ? a : b)!.slice(0, 40))
      assert.deepInclude(Option.getOrThrow(yield* checkpoints.load), { confirmed: 2 })
      const sent = yield* partsSent
      yield* FileUpload.upload(upload)
      assert.strictEqual((yield* partsSent) - sent, 1)
      yield* isOnce("cut", large)
      assert.isFalse(yield* store.has("cut.a"))
      assert.isFalse(yield* store.has("cut.b"))
    }).pipe(Effect.provide(Layer.merge(World.layerMemory, KeyValueStore.layerMemory))))

  it.effect("is forgotten in an order that makes no second file, wherever that breaks off", () =>
    Effect.gen(function*() {
      const store = yield* KeyValueStore.KeyValueStore
      const checkpoints = UploadCheckpoint.inKeyValueStore("order")
      const removed: Array<string> = []
      const dying = {
        ...store,
        remove: (key: string) => removed.push(key) === 1 ? store.remove(key) : Effect.interrupt
      }
      const upload = FileUpload.upload({ ...request("order", large), checkpoints })
      yield* Effect.exit(Effect.provideService(upload, KeyValueStore.KeyValueStore, dying))
      assert.lengthOf(removed, 2)
      const error = yield* Effect.flip(upload)
      assert.strictEqual(error._tag, "UploadOutcomeUnknown")
      yield* isOnce("order", large)
    }).pipe(Effect.provide(Layer.merge(World.layerMemory, KeyValueStore.layerMemory))))

  it.effect("that cannot be written fails the upload, but not one that is done", () =>
    Effect.gen(function*() {
      const store = yield* UploadCheckpoint.inMemory
      const full = { ...store, save: () => Effect.fail("full" as const) }
      assert.strictEqual(yield* Effect.flip(FileUpload.upload({ ...request("full", large), checkpoints: full })), "full")
      assert.deepStrictEqual(yield* filesOf("full"), [])
      const stuck = { ...store, clear: Effect.fail("stuck" as const) }
      yield* FileUpload.upload({ ...request("stuck", large), checkpoints: stuck })
      yield* isOnce("stuck", large)
    }).pipe(Effect.provide(World.layerMemory)))
})
