import { FileUpload, UploadSource } from "@effect-feishu/drive"
import { FileSystem } from "@effect/platform"
import { NodeContext } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, Stream } from "effect"
import * as World from "./World.ts"

const { bytesOf, partsSent, request } = World

describe("a source", () => {
  it.effect("that fails ends the upload with its own error", () =>
    Effect.gen(function*() {
      const source = UploadSource.fromStream(
        { size: 5_000, version: "1" },
        Stream.concat(Stream.make(bytesOf(1_500)), Stream.fail("gone" as const))
      )
      const result = yield* Effect.either(FileUpload.upload({ ...request("fails", new Uint8Array()), source }))
      assert.deepStrictEqual(result, Either.left("gone"))
      assert.strictEqual(yield* partsSent, 1)
    }).pipe(Effect.provide(World.layerMemory)))

  it.scoped("of any kind reads the same, forwards and back", () =>
    Effect.gen(function*() {
      const fileSystem = yield* FileSystem.FileSystem
      const path = yield* fileSystem.makeTempFileScoped()
      const bytes = bytesOf(10_000)
      yield* fileSystem.writeFile(path, bytes)
      let runs = 0
      const stream = Stream.suspend(() => {
        runs++
        return Stream.rechunk(Stream.fromIterable([bytes.subarray(0, 1), bytes.subarray(1, 7_000), bytes.subarray(7_000)]), 2)
      })
      const sources = [
        UploadSource.fromBytes(bytes),
        yield* UploadSource.fromFile(path),
        UploadSource.fromStream({ size: 10_000, version: "v" }, stream)
      ]
      for (const { open, size, version } of sources) {
        assert.strictEqual(size, 10_000)
        assert.isString(yield* version)
        const { read } = yield* open
        for (const [offset, length] of [[0, 3_000], [3_000, 3_000], [3_000, 3_000], [9_000, 5_000], [10_000, 1], [0, 1], [5, 0], [6_999, 3]] as const) {
          assert.deepStrictEqual(new Uint8Array(yield* read(offset, length)), bytes.slice(offset, offset + length))
        }
      }
      assert.strictEqual(runs, 3)
    }).pipe(Effect.provide(NodeContext.layer)))

  it.scoped("that is a file changes its version with it", () =>
    Effect.gen(function*() {
      const fileSystem = yield* FileSystem.FileSystem
      const path = yield* fileSystem.makeTempFileScoped()
      yield* fileSystem.writeFile(path, bytesOf(10))
      const { version } = yield* UploadSource.fromFile(path)
      const before = yield* version
      assert.strictEqual(yield* version, before)
      yield* fileSystem.utimes(path, 1, 1)
      assert.notStrictEqual(yield* version, before)
      const gone = yield* Effect.flip(UploadSource.fromFile(`${path}.none`))
      assert.strictEqual(gone._tag, "SystemError")
    }).pipe(Effect.provide(NodeContext.layer)))
})
