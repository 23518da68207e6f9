import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { FileUpload, MediaUpload, Transfer, UploadCheckpoint, UploadSource } from "@effect-feishu/drive"
import { FileSystem, KeyValueStore } from "@effect/platform"
import { NodeContext } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Fiber, Layer, Option, Ref, Stream } from "effect"
import * as World from "./transfers/World.ts"

const { blockSize, bytesOf, filesOf, isOnce, partsSent, patient, request } = World

const refusal = (code: number) => Fault.answer({ status: 400, code })

/** Runs an upload until the platform has got so many parts of it, and kills it in the middle of the next. */
const killedIn = <A, E, R>(upload: Effect.Effect<A, E, R>, step: { readonly id: string }) =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    const before = (yield* fake.requestsOf(step)).length
    const running = yield* Effect.fork(upload)
    yield* Effect.repeat(Effect.delay(fake.requestsOf(step), "1 millis"), { until: ({ length }) => length > before })
    yield* Fiber.interrupt(running)
  })

for (const [transport, layer] of World.transports) {
  describe(`an upload by ${transport}`, () => {
    it.live("goes in one request where it fits, with its checksum", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        for (const size of [1, 99, 100]) {
          const bytes = bytesOf(size)
          const { file_token, url, version } = yield* FileUpload.upload(request(`small ${size}`, bytes))
          assert.isTrue(url?.endsWith(file_token))
          assert.isString(version)
          yield* isOnce(`small ${size}`, bytes)
        }
        assert.lengthOf(yield* fake.requestsOf(FileUpload.all), 3)
        assert.strictEqual(yield* partsSent, 0)
      }).pipe(Effect.provide(layer)))

    it.live("is refused where it is empty", () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(FileUpload.upload(request("empty", new Uint8Array())))
        assert.strictEqual(error._tag, "RequestInvalid")
        assert.deepStrictEqual(yield* filesOf("empty"), [])
        yield* MediaUpload.upload({ ...request("empty media", new Uint8Array()), parent_type: "docx_file" })
      }).pipe(Effect.provide(layer)))

    it.live("goes in parts where it does not, in order, and tells how far it is", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        for (const size of [101, blockSize - 1, blockSize, blockSize + 1, 3 * blockSize - 1, 3 * blockSize, 3 * blockSize + 1]) {
          const name = `parts ${size}`
          const bytes = bytesOf(size, size)
          const sent = yield* partsSent
          const told = Chunk.toReadonlyArray(yield* Stream.runCollect(FileUpload.progress(request(name, bytes))))
          yield* isOnce(name, bytes)
          const partsTotal = Math.ceil(size / blockSize)
          assert.strictEqual((yield* partsSent) - sent, partsTotal)
          assert.deepStrictEqual(told.map(({ parts }) => parts), [...Array.from({ length: partsTotal + 1 }, (_, k) => k), partsTotal])
          assert.deepStrictEqual(told.map(({ _tag }) => _tag === "Uploaded"), [...Array.from({ length: partsTotal + 1 }, () => false), true])
          for (const { bytes, bytesTotal, parts } of told) {
            assert.deepStrictEqual({ bytes, bytesTotal }, { bytes: Math.min(size, parts * blockSize), bytesTotal: size })
          }
          const last = told.at(-1)!
          assert(last._tag === "Uploaded")
          assert.strictEqual(last.result.file_token, (yield* filesOf(name))[0]!.file_token)
        }
        assert.strictEqual((yield* fake.requestsOf(FileUpload.all)).length, 0)
      }).pipe(Effect.provide(layer)))

    it.live("of media works alike, and takes its extra along", () =>
      Effect.gen(function*() {
        const { created } = yield* World.World
        const bytes = bytesOf(2 * blockSize + 5)
        const media = { ...request("media", bytes), parent_type: "docx_file", extra: "{\"drive_route_token\":\"d\"}" } as const
        const { file_token } = yield* MediaUpload.upload(media)
        yield* isOnce("media", bytes)
        assert.deepInclude(created.find((one) => one.file_token === file_token), { kind: "media", parent_type: "docx_file" })
        const told = yield* Stream.runCollect(MediaUpload.progress(media))
        assert.strictEqual(told.length, 5)
      }).pipe(Effect.provide(layer)))

    it.live("replaces a file where it is told to", () =>
      Effect.gen(function*() {
        const { created, stored } = yield* World.World
        const { file_token } = yield* FileUpload.upload(request("versions", bytesOf(2_500, 1)))
        const second = bytesOf(1_500, 2)
        const again = yield* FileUpload.upload({ ...request("versions", second), file_token })
        assert.strictEqual(again.file_token, file_token)
        assert.deepStrictEqual(created.slice(-2).map(({ replaced }) => replaced), [false, true])
        assert.deepStrictEqual(Option.getOrThrow(stored.bytes(file_token)), second)
      }).pipe(Effect.provide(layer)))

    const parts = 5
    const large = bytesOf(parts * blockSize - 10)

    // F52
    for (
      const [what, fault] of [
        ["reset", Fault.reset],
        ["reset in the middle of the answer", Fault.resetMidBody],
        ["answered by a gateway", Fault.maintenance],
        ["answered without an end", Fault.truncatedJson],
        ["cut", Fault.truncate("length")],
        ["throttled", Fault.throttled({ reset: "0" })],
        ["told to come again", Fault.answer({ status: 200, code: 1061001 })],
        ["not answered", Fault.hang]
      ] as const
    ) {
      it.live(`goes on where a part is ${what}: that part is sent again, and no other (F52)`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          const sent = yield* partsSent
          yield* Stream.runForEach(FileUpload.progress(request(what, large)), ({ _tag, parts }) =>
            _tag === "Uploading" && parts === 2 ? fake.script(FileUpload.part, fault) : Effect.void).pipe(patient)
          yield* fake.verify
          assert.strictEqual((yield* partsSent) - sent, parts + 1)
          yield* isOnce(what, large)
        }).pipe(Effect.provide(layer)))
    }

    it.live("that ends all the same keeps its checkpoint (F52)", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const checkpoints = yield* UploadCheckpoint.inMemory
        const upload = { ...request("hopeless", large), checkpoints }
        const sent = yield* partsSent
        const error = yield* Stream.runForEach(FileUpload.progress(upload), ({ _tag, parts }) =>
          _tag === "Uploading" && parts === 3 ? fake.script(FileUpload.part, Fault.maintenance, { times: 4 }) : Effect.void).pipe(
            patient,
            Effect.flip
          )
        assert.strictEqual(error._tag, "UnexpectedResponse")
        assert.deepInclude(Option.getOrThrow(yield* checkpoints.load), { confirmed: 3, block_num: parts, finishing: false })
        assert.deepStrictEqual(yield* filesOf("hopeless"), [])
        yield* FileUpload.upload(upload)
        assert.strictEqual((yield* partsSent) - sent, 3 + 4 + 2)
        assert.isTrue(Option.isNone(yield* checkpoints.load))
        yield* isOnce("hopeless", large)
      }).pipe(Effect.provide(layer)))

    // F53
    for (let k = 0; k < parts; k++) {
      it.live(`whose process is killed after part ${k} of ${parts} goes on in another (F53)`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          const fileSystem = yield* FileSystem.FileSystem
          const directory = yield* fileSystem.makeTempDirectoryScoped()
          yield* fileSystem.writeFile(`${directory}/source`, large)
          for (const [how, inTheMiddle] of [["between", false], ["in the middle", true]] as const) {
            const name = `killed ${how} ${k}`
            const checkpoints = UploadCheckpoint.inKeyValueStore(name)
            const begun = Effect.map(UploadSource.fromFile(`${directory}/source`), (source) => ({ ...request(name, large), source, checkpoints }))
            const aProcess = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
              Effect.provide(effect, Layer.merge(KeyValueStore.layerFileSystem(`${directory}/${k}`), World.layerProcess))
            const sent = yield* partsSent
            const upTo = Effect.flatMap(begun, (upload) => Stream.runDrain(Stream.take(FileUpload.progress(upload), k + 1)))
            if (inTheMiddle) {
              yield* aProcess(upTo)
              yield* fake.script(FileUpload.part, Fault.hang)
              yield* aProcess(killedIn(Effect.flatMap(begun, FileUpload.upload), FileUpload.part))
            } else yield* aProcess(upTo)
            yield* aProcess(Effect.flatMap(begun, FileUpload.upload))
            // At most one part is sent again for every kill.
            assert.isAtMost((yield* partsSent) - sent, parts + (inTheMiddle ? 2 : 1))
            yield* isOnce(name, large)
            assert.isTrue(Option.isNone(yield* aProcess(checkpoints.load)))
          }
        }).pipe(Effect.scoped, Effect.provide(Layer.merge(layer, NodeContext.layer))))
    }

    // F54
    it.live("whose id has expired begins again, once (F54)", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const checkpoints = yield* UploadCheckpoint.inMemory
        for (const [name, step] of [["expired", FileUpload.part], ["expired at its end", FileUpload.finish]] as const) {
          const prepared = yield* fake.effectsOf(FileUpload.prepare)
          yield* fake.script(step, refusal(1061021))
          yield* FileUpload.upload({ ...request(name, large), checkpoints })
          assert.strictEqual((yield* fake.effectsOf(FileUpload.prepare)) - prepared, 2)
          yield* isOnce(name, large)
          yield* fake.script(step, refusal(1061021), { times: 2 })
          const error = yield* Effect.flip(FileUpload.upload({ ...request(`${name} twice`, large), checkpoints }))
          assert.strictEqual(error._tag, "DriveUploadExpired")
          assert.deepStrictEqual(yield* filesOf(`${name} twice`), [])
          assert.isTrue(Option.isNone(yield* checkpoints.load))
        }
        yield* fake.verify
      }).pipe(Effect.provide(layer)))

    // F55
    it.live("of which the platform misses parts sends all of them again, twice at most (F55)", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        for (const rounds of [1, 2]) {
          const sent = yield* partsSent
          yield* fake.script(FileUpload.finish, refusal(1062010), { times: rounds })
          yield* FileUpload.upload(request(`missing ${rounds}`, large))
          assert.strictEqual((yield* partsSent) - sent, parts * (1 + rounds))
          yield* isOnce(`missing ${rounds}`, large)
        }
        yield* fake.script(FileUpload.finish, refusal(1062010), { times: 3 })
        const error = yield* Effect.flip(FileUpload.upload(request("missing", large)))
        assert.strictEqual(error._tag, "DriveUploadBlockMissing")
        yield* fake.verify
        assert.deepStrictEqual(yield* filesOf("missing"), [])
      }).pipe(Effect.provide(layer)))

    // F56
    for (
      const [what, bytes, step] of [
        ["in parts", large, FileUpload.finish],
        ["in one request", bytesOf(50), FileUpload.all]
      ] as const
    ) {
      it.live(`${what} whose last answer is lost says so, and is never sent again unseen (F56)`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          for (const [how, fault] of [["done", Fault.resetMidBody], ["unreadable", Fault.answer({ data: {} })], ["undone", Fault.reset]] as const) {
            const name = `${what} ${how}`
            const checkpoints = yield* UploadCheckpoint.inMemory
            const upload = FileUpload.upload({ ...request(name, bytes), checkpoints })
            const asked = (yield* fake.requestsOf(step)).length
            yield* fake.script(step, fault, { applied: how !== "undone" })
            const error = yield* Effect.flip(upload)
            assert(error._tag === "UploadOutcomeUnknown")
            assert.strictEqual(error.cause?._tag, how === "unreadable" ? "ResponseInvalid" : "OutcomeUnknown")
            assert.include(error.message, "FileUpload.reconcile")
            // Whoever tries again without looking gets no further.
            const again = yield* Effect.flip(upload)
            assert(again._tag === "UploadOutcomeUnknown")
            assert.deepStrictEqual(again.checkpoint, error.checkpoint)
            assert.strictEqual((yield* fake.requestsOf(step)).length, asked + 1)
            const found = yield* FileUpload.reconcile({ ...error.checkpoint, since: error.checkpoint.started_at })
            assert.strictEqual(Option.isSome(found), how !== "undone")
            if (how === "undone") {
              yield* UploadCheckpoint.reopen(checkpoints)
              const sent = yield* partsSent
              yield* upload
              assert.strictEqual(yield* partsSent, sent)
            } else assert.deepStrictEqual((yield* filesOf(name)).map(({ file_token }) => file_token), [Option.getOrThrow(found)])
            yield* isOnce(name, bytes)
          }
        }).pipe(Effect.provide(layer)))

      it.live(`${what} whose process dies before its last answer is none that goes on by itself (F56)`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          const checkpoints = yield* UploadCheckpoint.inMemory
          const upload = FileUpload.upload({ ...request(`${what} killed`, bytes), checkpoints })
          yield* fake.script(step, Fault.hang, { applied: true })
          yield* killedIn(upload, step)
          const error = yield* Effect.flip(upload)
          assert(error._tag === "UploadOutcomeUnknown")
          assert.isUndefined(error.cause)
          assert.isTrue(Option.isSome(yield* FileUpload.reconcile({ ...error.checkpoint, since: error.checkpoint.started_at })))
          yield* isOnce(`${what} killed`, bytes)
        }).pipe(Effect.provide(layer)))

      it.live(`${what} that is refused at its end can be tried again`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          const checkpoints = yield* UploadCheckpoint.inMemory
          const upload = FileUpload.upload({ ...request(`${what} refused`, bytes), checkpoints })
          yield* fake.script(step, Fault.answer({ status: 403, code: 1061004 }))
          assert.strictEqual((yield* Effect.flip(upload))._tag, "DriveFileNoPermission")
          const sent = yield* partsSent
          yield* upload
          assert.strictEqual(yield* partsSent, sent)
          yield* isOnce(`${what} refused`, bytes)
        }).pipe(Effect.provide(layer)))
    }

    it.live("is found again by name, length and time only", () =>
      Effect.gen(function*() {
        const { created } = yield* World.World
        const since = 10_000
        const put = (file_name: string, size: number, at: number, parent_node = "fld") =>
          Effect.map(FileUpload.upload({ ...request(file_name, bytesOf(size)), parent_node }), ({ file_token }) => {
            created.push({ ...created.pop()!, at })
            return file_token
          })
        const find = FileUpload.reconcile({ file_name: "sought", parent_node: "fld", size: 70, since })
        yield* put("other", 70, 20_000)
        yield* put("sought", 71, 20_000)
        yield* put("sought", 70, 9_000)
        yield* put("sought", 70, 20_000, "elsewhere")
        assert.deepStrictEqual(yield* find, Option.none())
        yield* put("sought", 70, 10_000)
        const newest = yield* put("sought", 70, 20_000)
        assert.deepStrictEqual(yield* find, Option.some(newest))
      }).pipe(Effect.provide(layer)))

    // F57
    for (const [what, bytes] of [["in parts", large], ["in one request", bytesOf(50)]] as const) {
      it.live(`${what} of something that changes makes no file (F57)`, () =>
        Effect.gen(function*() {
          const checkpoints = yield* UploadCheckpoint.inMemory
          const whole = UploadSource.fromBytes(bytes)
          const looks = yield* Ref.make(0)
          const sources = {
            shorter: { ...whole, size: bytes.byteLength + 1 },
            longer: { ...whole, size: bytes.byteLength - 1 },
            version: { ...whole, version: Effect.map(Ref.getAndUpdate(looks, (n) => n + 1), String) }
          }
          for (const change of ["shorter", "longer", "version"] as const) {
            const name = `${what} ${change}`
            const error = yield* Effect.flip(FileUpload.upload({ ...request(name, bytes), source: sources[change], checkpoints }))
            assert(error._tag === "SourceChanged")
            assert.strictEqual(error.change, change)
            assert.include(error.message, JSON.stringify(name))
            assert.deepStrictEqual(yield* filesOf(name), [])
            assert.isTrue(Option.isNone(yield* checkpoints.load))
          }
        }).pipe(Effect.provide(layer)))
    }

    // F58
    for (const [what, bytes, step] of [["a part", large, FileUpload.part], ["a file", bytesOf(50), FileUpload.all]] as const) {
      it.live(`reads ${what} again whose checksum is refused, and sends it once more (F58)`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          const reads: Array<number> = []
          const source: UploadSource.UploadSource = {
            ...UploadSource.fromBytes(bytes),
            open: Effect.map(UploadSource.fromBytes(bytes).open, ({ read }) => ({
              read: (offset, length) => {
                reads.push(offset)
                return read(offset, length)
              }
            }))
          }
          yield* fake.script(step, refusal(1062008))
          yield* FileUpload.upload({ ...request(`${what} once`, bytes), source })
          assert.lengthOf(reads.filter((offset) => offset === 0), 2)
          yield* isOnce(`${what} once`, bytes)
          yield* fake.script(step, refusal(1062008), { times: 2 })
          const error = yield* Effect.flip(FileUpload.upload(request(`${what} twice`, bytes)))
          assert.instanceOf(error, Transfer.IntegrityMismatch)
          assert.propertyVal(error, "operation", step.id)
          assert.deepStrictEqual(yield* filesOf(`${what} twice`), [])
          yield* fake.verify
        }).pipe(Effect.provide(layer)))
    }
  })
}

describe("uploads at once", () => {
  const many = Effect.all([
    FileUpload.upload(request("one", bytesOf(3_500, 1))),
    FileUpload.upload(request("two", bytesOf(2_500, 2))),
    FileUpload.upload(request("three", bytesOf(50, 3))),
    MediaUpload.upload({ ...request("four", bytesOf(2_500, 4)), parent_type: "docx_file" })
  ], { concurrency: "unbounded" })

  const contended = Effect.flatMap(FakeFeishu.FakeFeishu, (fake) =>
    Effect.map(fake.requests, (all) => all.filter(({ code }) => code === 1061045 || code === 99991400).length))

  // F59
  it.live("take turns, whatever the step (F59)", () =>
    Effect.gen(function*() {
      yield* many
      assert.strictEqual(yield* contended, 0)
      yield* isOnce("one", bytesOf(3_500, 1))
      yield* isOnce("two", bytesOf(2_500, 2))
      yield* isOnce("three", bytesOf(50, 3))
      yield* isOnce("four", bytesOf(2_500, 4))
    }).pipe(Effect.provide(World.layerSlow)))

  it.live("would be turned away if they did not", () =>
    Effect.gen(function*() {
      yield* Effect.ignore(many).pipe(patient)
      assert.isAbove(yield* contended, 0)
    }).pipe(Effect.provide(World.layerLawless)))
})
