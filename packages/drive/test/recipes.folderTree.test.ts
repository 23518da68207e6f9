import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { File, FolderTree } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Exit, Fiber, Option, Stream, TestClock } from "effect"

const folder = (token: string, inside?: string): DriveFake.Document => ({
  token,
  type: "folder",
  ...inside === undefined ? {} : { folder: inside }
})

const documents: ReadonlyArray<DriveFake.Document> = [
  folder("top"),
  { token: "a", folder: "top", createdAt: 1_000 },
  { ...folder("B", "top"), createdAt: 2_000 },
  { ...folder("C", "B"), createdAt: 1_000 },
  { token: "c", folder: "C" },
  { token: "b", folder: "B", name: "x/y\\z", createdAt: 2_000 },
  { ...folder("D", "top"), createdAt: 3_000 },
  { token: "d", folder: "D" },
  { token: "s", type: "shortcut", folder: "top", target: "a", createdAt: 4_000 }
]

const layerOf = (contents: DriveFake.Contents) =>
  FakeFeishu.layerClient({ domains: [DriveFake.domainOf(contents)], rateLimits: false })

const Test = layerOf({ documents })

const show = (entry: FolderTree.Entry) => entry._tag === "Found" ? entry.path : `${entry.path}! ${entry.error._tag}`

const pathsOf = (options: FolderTree.Options) =>
  Effect.map(Stream.runCollect(FolderTree.walk(options)), (all) => Chunk.toReadonlyArray(all).map(show))

const whole = ["/a", "/B", "/B/C", "/B/C/c", "/B/x\\/y\\\\z", "/D", "/D/d", "/s"]

describe("FolderTree.walk", () => {
  for (const concurrency of [1, 2, 16]) {
    it.effect(`comes by everything, depth first, whatever is read at a time (${concurrency})`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* pathsOf({ folder: "top", concurrency }), whole)
        const { requestsOf } = yield* FakeFeishu.FakeFeishu
        assert.lengthOf(yield* requestsOf(File.list), 4)
      }).pipe(Effect.provide(Test)))
  }

  it.effect("tells how deep an entry is and what it is in", () =>
    Effect.gen(function*() {
      const all = Chunk.toReadonlyArray(yield* Stream.runCollect(FolderTree.walk({ folder: "top" })))
      assert.deepStrictEqual(
        all.map((entry) => entry._tag === "Found" ? [entry.file.token, entry.depth, entry.parent] : []),
        [["a", 1, "top"], ["B", 1, "top"], ["C", 2, "B"], ["c", 3, "C"], ["b", 2, "B"], ["D", 1, "top"], ["d", 2, "D"], ["s", 1, "top"]]
      )
    }).pipe(Effect.provide(Test)))

  it.effect("begins at the root of one's own space where no folder is named", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* pathsOf({ folder: "" }), ["/top", ...whole.map((path) => `/top${path}`)])
    }).pipe(Effect.provide(Test)))

  it.effect("reads all pages of a folder", () =>
    Effect.gen(function*() {
      const paths = yield* pathsOf({ folder: "wide" })
      assert.lengthOf(new Set(paths), 450)
    }).pipe(Effect.provide(layerOf({
      documents: [folder("wide"), ...Array.from({ length: 450 }, (_, at) => ({ token: `d${at}`, folder: "wide" }))]
    }))))

  it.effect("enters only what it is told to", () =>
    Effect.gen(function*() {
      const paths = yield* pathsOf({ folder: "top", descend: ({ file }) => file.token !== "B" })
      assert.deepStrictEqual(paths, ["/a", "/B", "/D", "/D/d", "/s"])
    }).pipe(Effect.provide(Test)))

  for (const concurrency of [1, 8]) {
    it.effect(`goes on past what it cannot read (${concurrency})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        // Those of the top folder are read, and then nothing twice.
        yield* fake.script(File.list, Fault.delay(0))
        yield* fake.script(File.list, Fault.answer({ status: 403, code: 1061004 }))
        const paths = yield* pathsOf({ folder: "top", concurrency })
        assert.deepStrictEqual(paths, ["/a", "/B", "/B! DriveFileNoPermission", "/D", "/D/d", "/s"])
      }).pipe(Effect.provide(Test)))
  }

  it.effect("says so where not even the first folder can be read", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* pathsOf({ folder: "nowhere" }), ["/! DriveFileNotFound"])
    }).pipe(Effect.provide(Test)))

  it.effect("keeps what it read of a folder before it broke off", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(File.list, Fault.delay(0))
      yield* fake.script(File.list, Fault.answer({ status: 404, code: 1061007 }))
      const paths = yield* pathsOf({ folder: "wide" })
      assert.lengthOf(paths, 201)
      assert.strictEqual(paths[0], "/! DriveFileDeleted")
    }).pipe(Effect.provide(layerOf({
      documents: [folder("wide"), ...Array.from({ length: 450 }, (_, at) => ({ token: `d${at}`, folder: "wide" }))]
    }))))

  it.effect("ends with what every folder would meet", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(File.list, Fault.delay(0))
      yield* fake.script(File.list, Fault.answer({ status: 400, code: 99991672 }), { times: 9 })
      const seen: Array<string> = []
      const exit = yield* Effect.exit(Stream.runForEach(FolderTree.walk({ folder: "top" }), (entry) => Effect.sync(() => seen.push(show(entry)))))
      assert.isTrue(Exit.isFailure(exit))
      assert.deepStrictEqual(seen, ["/a"])
      assert.lengthOf(yield* fake.requestsOf(File.list), 2)
    }).pipe(Effect.provide(Test)))

  it.effect("does not go round in circles, whatever it is told", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(File.list, Fault.answer({ data: { files: [{ token: "B", name: "B", type: "folder" }], has_more: false } }))
      yield* fake.script(File.list, Fault.answer({ data: { files: [{ token: "top", name: "top", type: "folder" }], has_more: false } }))
      assert.deepStrictEqual(yield* pathsOf({ folder: "top" }), ["/B", "/B/top", "/B/top! FolderCycle"])
    }).pipe(Effect.provide(Test)))

  it.effect("reads no further than it is asked to", () =>
    Effect.gen(function*() {
      const { requestsOf } = yield* FakeFeishu.FakeFeishu
      yield* Stream.runDrain(Stream.take(FolderTree.walk({ folder: "top" }), 1))
      assert.lengthOf(yield* requestsOf(File.list), 1)
    }).pipe(Effect.provide(Test)))

  it.effect("keeps the documented pace", () =>
    Effect.gen(function*() {
      const { rejected } = yield* FakeFeishu.FakeFeishu
      const walking = yield* Effect.fork(pathsOf({ folder: "top", concurrency: 50 }))
      yield* TestClock.adjust("1 second")
      assert.isTrue(Option.isNone(yield* Fiber.poll(walking)))
      yield* TestClock.adjust("3 seconds")
      assert.lengthOf(yield* Fiber.join(walking), 60)
      assert.strictEqual(yield* rejected, 0)
    }).pipe(Effect.provide(FakeFeishu.layerClient({
      domains: [DriveFake.domainOf({ documents: [folder("top"), ...Array.from({ length: 60 }, (_, at) => folder(`f${at}`, "top"))] })]
    }))))
})
