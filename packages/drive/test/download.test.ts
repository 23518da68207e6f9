import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { FileDownload, FileUpload, MediaDownload, MediaUpload, UploadSource } from "@effect-feishu/drive"
import { Error as PlatformError, FileSystem } from "@effect/platform"
import { NodeContext } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import type { Scope } from "effect"
import { Chunk, Effect, FastCheck, Fiber, Layer, Option, Schedule, Stream } from "effect"
import * as Ranges from "./transfers/Ranges.ts"
import * as World from "./transfers/World.ts"

const { bytesOf } = World

const joined = (chunks: Iterable<Uint8Array>) => new Uint8Array(Buffer.concat([...chunks]))

const all = <E, R>(content: Stream.Stream<Uint8Array, E, R>) => Effect.map(Stream.runCollect(content), joined)

/** What arrived before it failed, and how it did. */
const untilFailure = <E, R>(content: Stream.Stream<Uint8Array, E, R>) =>
  Effect.gen(function*() {
    const received: Array<Uint8Array> = []
    const error = yield* Effect.flip(Stream.runForEach(content, (bytes) => Effect.sync(() => received.push(bytes))))
    return { error, received: joined(received) }
  })

const at = { file_token: "boxcn" }

/** Without a wait. */
const soon = { schedule: Schedule.recurs(5) }

for (const [transport, http] of Ranges.transports) {
  const file = bytesOf(1_000)

  const against = <A, E>(
    harms: ReadonlyArray<Ranges.Harm>,
    test: (server: Ranges.Served) => Effect.Effect<A, E, Layer.Layer.Success<ReturnType<typeof Ranges.layer>> | FileSystem.FileSystem | Scope.Scope>,
    content: Uint8Array = file
  ) =>
    Effect.scoped(Effect.flatMap(Ranges.serve(content, harms), (server) =>
      test(server).pipe(Ranges.patient, Effect.provide(Layer.merge(Ranges.layer(server, http), NodeContext.layer)))))

  describe(`a download by ${transport}`, () => {
    it.live("comes in one request where nothing happens to it", () =>
      against([], (server) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* all(FileDownload.stream({ ...at, version: "7" })), file)
          assert.deepStrictEqual(yield* all(MediaDownload.stream({ ...at, extra: "{}" })), file)
          assert.deepStrictEqual(server.requests.map(({ range, url }) => [url, range]), [
            ["/open-apis/drive/v1/files/boxcn/download?version=7", undefined],
            ["/open-apis/drive/v1/medias/boxcn/download?extra=%7B%7D", undefined]
          ])
        })))

    it.live("may be empty", () =>
      against([], () => Effect.map(all(FileDownload.stream(at)), ({ length }) => assert.strictEqual(length, 0)), new Uint8Array()))

    // F60
    for (const k of [1, 2, 500, 998, 999]) {
      it.live(`that is cut at byte ${k} goes on there (F60)`, () =>
        against([{ cut: k }], (server) =>
          Effect.gen(function*() {
            assert.deepStrictEqual(yield* all(FileDownload.stream(at, soon)), file)
            assert.deepStrictEqual(server.requests.map(({ range }) => range), [undefined, `bytes=${k}-`])
          })))
    }

    it.live("that is cut time and again goes on as long as something comes (F60)", () =>
      against(Array.from({ length: 19 }, () => ({ cut: 50 })), (server) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* all(MediaDownload.stream(at, soon)), file)
          assert.deepStrictEqual(server.requests.map(({ range }) => range), [
            undefined,
            ...Array.from({ length: 19 }, (_, index) => `bytes=${50 * (index + 1)}-`)
          ])
        })))

    it.live("that is reset goes on after what had come (F60)", () =>
      against([{ reset: 400 }, { reset: 200 }], (server) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* all(FileDownload.stream(at, soon)), file)
          assert.lengthOf(server.requests, 3)
        })))

    it.live("that brings nothing ends after five more requests, with what was the matter", () =>
      against([{ cut: 10 }, ...Array.from({ length: 20 }, () => ({ cut: 0 }))], (server) =>
        Effect.gen(function*() {
          const { error, received } = yield* untilFailure(FileDownload.stream(at, soon))
          assert.deepInclude(error, { _tag: "TransportError", phase: "body" })
          assert.deepStrictEqual(received, file.slice(0, 10))
          assert.lengthOf(server.requests, 6)
        })))

    it.live("waits a little longer each time, unless told otherwise", () =>
      against([{ cut: 10 }, { cut: 0 }, { cut: 0 }], (server) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* all(FileDownload.stream(at)), file)
          const [first = 0, second = 0, third = 0, last = 0] = server.requests.map(({ at }) => at)
          assert.isAbove(second - first, 75)
          assert.isAbove(third - second, 150)
          assert.isAbove(last - third, 300)
        })))

    it.live("of which nothing came yet begins again with the same question", () =>
      against([{ cut: 0 }], (server) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* all(FileDownload.stream(at, soon)), file)
          assert.deepStrictEqual(server.requests.map(({ range }) => range), [undefined, undefined])
        })))

    it.live("is not gone on with where its length is not known", () =>
      against([{ chunked: true, cut: 300 }], (server) =>
        Effect.gen(function*() {
          const { error, received } = yield* untilFailure(FileDownload.stream(at, soon))
          assert.strictEqual(error._tag, "TransportError")
          assert.deepStrictEqual(received, file.slice(0, received.length))
          assert.lengthOf(server.requests, 1)
        })))

    it.live("of a part keeps to the part (F60)", () =>
      against([{ cut: 50 }, {}, { cut: 50 }, {}, { cut: 50 }, {}, {}], (server) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* all(FileDownload.stream({ ...at, range: "bytes=100-299" }, soon)), file.slice(100, 300))
          assert.deepStrictEqual(yield* all(FileDownload.stream({ ...at, range: "bytes=700-" }, soon)), file.slice(700))
          assert.deepStrictEqual(yield* all(FileDownload.stream({ ...at, range: "bytes=-200" }, soon)), file.slice(800))
          assert.deepStrictEqual(yield* all(FileDownload.stream({ ...at, range: "bytes=900-5000" }, soon)), file.slice(900))
          assert.deepStrictEqual(server.requests.map(({ range }) => range), [
            "bytes=100-299",
            "bytes=150-299",
            "bytes=700-",
            "bytes=750-",
            "bytes=-200",
            "bytes=850-",
            "bytes=900-5000"
          ])
        })))

    // F60, F62: the answer to the first question, and to the second.
    for (
      const [what, harm] of [
        ["everything", { status: 200, headers: { "content-range": undefined }, body: file }],
        ["other bytes", { headers: { "content-range": "bytes 501-999/1000", "content-length": "499" }, body: file.slice(501) }],
        ["fewer bytes than asked for", { headers: { "content-range": "bytes 500-998/1000" }, body: file.slice(500, 999) }],
        ["another length than its range has", { headers: { "content-range": "bytes 500-999/1000" }, body: file.slice(500, 999) }],
        ["a range that goes backwards", { headers: { "content-range": "bytes 500-499/1000" } }],
        ["a range beyond the end", { headers: { "content-range": "bytes 500-1000/1000" } }],
        ["no range", { headers: { "content-range": undefined } }],
        ["an unreadable range", { headers: { "content-range": "500-999/1000" } }]
      ] satisfies ReadonlyArray<readonly [string, Ranges.Harm]>
    ) {
      it.live(`that is answered ${what} for a part is nothing to go on with (F60, F62)`, () =>
        against([{ cut: 500 }, harm, harm], (server) =>
          Effect.gen(function*() {
            const { error, received } = yield* untilFailure(FileDownload.stream(at, soon))
            assert.strictEqual(error._tag, "IntegrityMismatch", error.message)
            assert.deepStrictEqual(received, file.slice(0, 500))
            const first = yield* untilFailure(FileDownload.stream({ ...at, range: "bytes=500-" }, soon))
            assert.strictEqual(first.error._tag, "IntegrityMismatch", first.error.message)
            assert.lengthOf(first.received, 0)
            assert.lengthOf(server.requests, 3)
          })))
    }

    for (
      const [what, body] of [
        ["more bytes than announced", bytesOf(600)],
        ["fewer bytes than announced", file.slice(500, 900)]
      ] as const
    ) {
      it.live(`that brings ${what} fails (F62)`, () =>
        against([{ cut: 500 }, { chunked: true, body }, { chunked: true, body }], () =>
          Effect.gen(function*() {
            const { error, received } = yield* untilFailure(FileDownload.stream(at, soon))
            assert.strictEqual(error._tag, "IntegrityMismatch", error.message)
            assert.isAtMost(received.length, 1_000)
            const part = yield* untilFailure(FileDownload.stream({ ...at, range: "bytes=500-999" }, soon))
            assert.strictEqual(part.error._tag, "IntegrityMismatch", part.error.message)
          })))
    }

    it.live("of the end of a file whose length is never told keeps to what came first", () => {
      const told = (range: string, body: Uint8Array): Ranges.Harm => ({ headers: { "content-range": `bytes ${range}/*` }, body })
      const first = told("800-999", file.slice(800))
      return against([{ ...first, cut: 0 }, first, { ...first, cut: 0 }, told("800-899", file.slice(800, 900)), { ...first, cut: 0 }, told("700-999", file.slice(700))], () =>
        Effect.gen(function*() {
          const last = FileDownload.stream({ ...at, range: "bytes=-200" }, soon)
          assert.deepStrictEqual(yield* all(last), file.slice(800))
          assert.strictEqual((yield* untilFailure(last)).error._tag, "IntegrityMismatch")
          assert.strictEqual((yield* untilFailure(last)).error._tag, "IntegrityMismatch")
        }))
    })

    // F61
    for (
      const [what, harm] of [
        ["etag", { headers: { etag: "\"two\"" } }],
        ["no etag any more", { headers: { etag: undefined } }],
        ["date", { headers: { etag: undefined, "last-modified": "Sat, 21 Nov 2026 10:00:00 GMT" } }],
        ["length", { headers: { "content-range": "bytes 500-1000/1001" }, body: bytesOf(501) }],
        ["end", { status: 416, headers: { "content-range": "bytes */400" }, body: "no such range" }],
        ["etag, answered whole", { status: 200, headers: { "content-range": undefined, etag: "\"two\"" }, body: bytesOf(1_001) }]
      ] satisfies ReadonlyArray<readonly [string, Ranges.Harm]>
    ) {
      it.live(`of a file that has another ${what} by then fails, and leaves nothing (F61)`, () =>
        against([{ cut: 500 }, harm, { cut: 500 }, harm], () =>
          Effect.gen(function*() {
            const { error, received } = yield* untilFailure(FileDownload.stream(at, soon))
            assert.strictEqual(error._tag, "RemoteChanged", error.message)
            assert.deepStrictEqual(received, file.slice(0, 500))
            const fileSystem = yield* FileSystem.FileSystem
            const directory = yield* fileSystem.makeTempDirectoryScoped()
            const saved = yield* Effect.flip(FileDownload.toFile(at, `${directory}/a.bin`, soon))
            assert.strictEqual(saved._tag, "RemoteChanged")
            assert.deepStrictEqual(yield* fileSystem.readDirectory(directory), [])
          })))
    }

    // F63
    it.live("is never an error that came in its place (F63)", () => {
      const error = (status: number, code: number): Ranges.Harm => ({
        status,
        headers: { "content-type": "application/json", "content-disposition": undefined, "content-range": undefined },
        body: JSON.stringify({ code, msg: "no" })
      })
      return against([error(404, 4_711), error(200, 4_711), { cut: 500 }, error(403, 99_991_672), { cut: 500 }, error(200, 4_711)], () =>
        Effect.gen(function*() {
          const first = yield* untilFailure(FileDownload.stream(at, soon))
          assert.deepInclude(first.error, { _tag: "UndocumentedCode", code: 4_711 })
          assert.lengthOf(first.received, 0)
          assert.deepInclude((yield* untilFailure(FileDownload.stream(at, soon))).error, { _tag: "UndocumentedCode", code: 4_711 })
          const later = yield* untilFailure(FileDownload.stream(at, soon))
          assert.strictEqual(later.error._tag, "ScopeNotGranted")
          assert.deepStrictEqual(later.received, file.slice(0, 500))
          const last = yield* untilFailure(FileDownload.stream(at, soon))
          assert.strictEqual(last.error._tag, "UndocumentedCode")
          assert.deepStrictEqual(last.received, file.slice(0, 500))
        }))
    })

    it.live("is no faster than its reader", () => {
      const large = new Uint8Array(32 * 1024 * 1024)
      return against([], (server) =>
        Effect.gen(function*() {
          const reading = yield* Effect.fork(Stream.runForEach(FileDownload.stream(at), () => Effect.sleep("500 millis")))
          yield* Effect.sleep("400 millis")
          // What the sockets of both sides hold, and no more.
          assert.isBelow(server.sent(), 16 * 1024 * 1024)
          yield* Fiber.interrupt(reading)
        }), large)
    })
  })


  it.live(`a long download by ${transport} comes whole, however slow its reader`, () => {
    const content = bytesOf(16 * 1024 * 1024)
    return against([{ cut: 7_000_000 }], () =>
      Effect.gen(function*() {
        const slowly = Stream.tap(FileDownload.stream(at, soon), () => Effect.sleep("2 millis"))
        assert.strictEqual(World.sha256(yield* all(slowly)), World.sha256(content))
      }), content)
  })

  describe(`a file saved by ${transport}`, () => {
    const saving = <A, E>(
      harms: ReadonlyArray<Ranges.Harm>,
      test: (directory: string, server: Ranges.Served) => Effect.Effect<A, E, Layer.Layer.Success<ReturnType<typeof Ranges.layer>> | FileSystem.FileSystem | Scope.Scope>,
      content: Uint8Array = file
    ) =>
      against(harms, (server) =>
        Effect.flatMap(FileSystem.FileSystem, (fileSystem) =>
          Effect.flatMap(fileSystem.makeTempDirectoryScoped(), (directory) => test(directory, server))), content)

    const listed = (directory: string) => Effect.flatMap(FileSystem.FileSystem, (fileSystem) => fileSystem.readDirectory(directory))

    it.live("is whole when it is there, and called as asked for", () =>
      saving([{ cut: 700 }], (directory) =>
        Effect.gen(function*() {
          const fileSystem = yield* FileSystem.FileSystem
          const path = `${directory}/a.bin`
          yield* fileSystem.writeFileString(path, "before")
          const seen = yield* Effect.fork(Effect.repeat(
            Effect.zip(fileSystem.stat(path), Effect.sleep("1 millis")),
            { until: ([{ size }]) => size !== 6n }
          ))
          const saved = yield* FileDownload.toFile(at, path, soon)
          assert.deepStrictEqual(saved, {
            path,
            bytes: 1_000,
            name: "evil.bin",
            type: "application/octet-stream",
            version: "\"one\""
          })
          assert.deepStrictEqual(new Uint8Array(yield* fileSystem.readFile(path)), file)
          assert.deepStrictEqual(yield* listed(directory), ["a.bin"])
          const [{ size }] = yield* Fiber.join(seen)
          assert.strictEqual(size, 1_000n)
          yield* MediaDownload.toFile({ ...at, range: "bytes=0-9" }, path)
          assert.deepStrictEqual(new Uint8Array(yield* fileSystem.readFile(path)), file.slice(0, 10))
        })))

    it.live("leaves what was there alone where it fails", () =>
      saving([{ status: 404, headers: { "content-type": "application/json", "content-disposition": undefined }, body: "{\"code\":4711}" }, ...Array.from({ length: 6 }, () => ({ cut: 0 }))], (directory) =>
        Effect.gen(function*() {
          const fileSystem = yield* FileSystem.FileSystem
          const path = `${directory}/a.bin`
          yield* fileSystem.writeFileString(path, "before")
          for (const tag of ["UndocumentedCode", "TransportError"]) {
            assert.strictEqual((yield* Effect.flip(FileDownload.toFile(at, path, soon)))._tag, tag)
            assert.strictEqual(yield* fileSystem.readFileString(path), "before")
            assert.deepStrictEqual(yield* listed(directory), ["a.bin"])
          }
        })))

    // F64
    it.live("that finds the disk full ends with that, and nothing is left open or lying about (F64)", () => {
      const full = new PlatformError.SystemError({ reason: "WriteZero", module: "FileSystem", method: "writeAll", description: "ENOSPC" })
      const filling = (fileSystem: FileSystem.FileSystem, failedAt: { time: number }): FileSystem.FileSystem => ({
        ...fileSystem,
        open: (path, options) =>
          Effect.map(fileSystem.open(path, options), (opened) => {
            let room = 100_000
            return new Proxy(opened, {
              get: (target, name) => {
                if (name !== "writeAll") return Reflect.get(target, name, target) as unknown
                return (bytes: Uint8Array) => {
                  room -= bytes.byteLength
                  if (room >= 0) return target.writeAll(bytes)
                  failedAt.time = performance.now()
                  return Effect.fail(full)
                }
              }
            })
          })
      })
      return saving([], (directory, server) =>
        Effect.gen(function*() {
          const failedAt = { time: 0 }
          const disk = filling(yield* FileSystem.FileSystem, failedAt)
          const error = yield* Effect.flip(Effect.provideService(FileDownload.toFile(at, `${directory}/a.bin`), FileSystem.FileSystem, disk))
          assert.strictEqual(error, full)
          assert.deepStrictEqual(yield* listed(directory), [])
          yield* Effect.repeat(Effect.sleep("1 millis"), { until: () => server.busy() === 0 })
          assert.isBelow(performance.now() - failedAt.time, 100)
        }), new Uint8Array(64 * 1024 * 1024))
    })

    it.live("that nobody waits for any more is removed", () =>
      saving([], (directory, server) =>
        Effect.gen(function*() {
          const saving = yield* Effect.fork(FileDownload.toFile(at, `${directory}/a.bin`))
          yield* Effect.repeat(Effect.delay(listed(directory), "1 millis"), { until: ({ length }) => length > 0 })
          assert.deepStrictEqual((yield* listed(directory)).filter((name) => name === "a.bin"), [])
          yield* Fiber.interrupt(saving)
          assert.deepStrictEqual(yield* listed(directory), [])
          yield* Effect.repeat(Effect.sleep("1 millis"), { until: () => server.busy() === 0 })
        }), new Uint8Array(64 * 1024 * 1024)))

    it.live("is on the disk before it has its name", () =>
      saving([], (directory) =>
        Effect.gen(function*() {
          const done: Array<string> = []
          const fileSystem = yield* FileSystem.FileSystem
          const noting: FileSystem.FileSystem = {
            ...fileSystem,
            open: (path, options) =>
              Effect.map(fileSystem.open(path, options), (opened) =>
                new Proxy(opened, {
                  get: (target, name) => {
                    if (name === "sync") done.push("sync")
                    return Reflect.get(target, name, target) as unknown
                  }
                })),
            rename: (from, to) => {
              done.push("rename")
              return fileSystem.rename(from, to)
            }
          }
          yield* Effect.provideService(FileDownload.toFile(at, `${directory}/a.bin`), FileSystem.FileSystem, noting)
          assert.deepStrictEqual(done, ["sync", "rename"])
          const nowhere = yield* Effect.flip(FileDownload.toFile(at, `${directory}/none/a.bin`))
          assert.strictEqual(nowhere._tag, "SystemError")
        })))
  })
}

describe("whatever happens to a download", () => {
  const harm = FastCheck.oneof(
    { weight: 6, arbitrary: FastCheck.record({ cut: FastCheck.nat(400) }) },
    { weight: 3, arbitrary: FastCheck.record({ reset: FastCheck.nat(400) }) },
    { weight: 1, arbitrary: FastCheck.constant<Ranges.Harm>({ headers: { etag: "\"two\"" } }) },
    { weight: 1, arbitrary: FastCheck.constant<Ranges.Harm>({ status: 200, headers: { "content-range": undefined }, body: bytesOf(3_000, 5) }) },
    { weight: 1, arbitrary: FastCheck.constant<Ranges.Harm>({ chunked: true, body: bytesOf(77, 5) }) },
    { weight: 1, arbitrary: FastCheck.constant<Ranges.Harm>({ status: 503, body: "maintenance" }) }
  )

  for (const [transport, http] of Ranges.transports) {
    it.live(`what comes by ${transport} is the file, or the beginning of it and an error`, () =>
      Effect.promise(() =>
        FastCheck.assert(
          FastCheck.asyncProperty(FastCheck.integer({ min: 1, max: 3_000 }), FastCheck.array(harm, { maxLength: 8 }), (size, harms) => {
            const file = bytesOf(size, harms.length)
            // The first answer tells what the file is: there is nothing yet to hold it against.
            const known = harms.map((one, index) => index > 0 ? one : "body" in one || "headers" in one ? {} : one)
            return Effect.gen(function*() {
              const server = yield* Ranges.serve(file, known)
              const received: Array<Uint8Array> = []
              const ended = yield* Effect.either(Stream.runForEach(FileDownload.stream(at, soon), (bytes) =>
                Effect.sync(() => received.push(bytes)))).pipe(Ranges.patient, Effect.provide(Ranges.layer(server, http)))
              const bytes = joined(received)
              // Bytes that others put into the middle are found out by their number only.
              const honest = !known.some((one) => "chunked" in one)
              if (honest) assert.deepStrictEqual(bytes, file.slice(0, bytes.length))
              if (ended._tag === "Right") assert.deepStrictEqual(bytes, file)
              else assert.include(["TransportError", "RemoteChanged", "IntegrityMismatch", "UnexpectedResponse"], ended.left._tag)
            }).pipe(Effect.scoped, Effect.runPromise)
          }),
          { numRuns: 60 }
        )
      ), 60_000)
  }
})

describe("what was uploaded", () => {
  for (const [transport, layer] of World.transports) {
    it.live(`comes back by ${transport}, from files and from documents, through cuts`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const bytes = bytesOf(100_500)
        const source = UploadSource.fromBytes(bytes)
        const { file_token, version = "" } = yield* FileUpload.upload({ file_name: "back", parent_node: "fld", source, atOnce: 0 })
        const file = { file_token, version }
        const media = yield* MediaUpload.upload({ file_name: "back", parent_type: "docx_file", parent_node: "d", source, atOnce: 0 })
        for (const fault of [Fault.resetMidBody, Fault.truncate("length"), Fault.slow(0.5)]) {
          yield* fake.script(FileDownload.download, fault, { times: 2 })
          yield* fake.script(MediaDownload.download, fault, { times: 2 })
          assert.deepStrictEqual(yield* all(FileDownload.stream(file, soon)), bytes)
          assert.deepStrictEqual(yield* all(MediaDownload.stream(media, soon)), bytes)
        }
        yield* fake.verify
        assert.deepStrictEqual(yield* all(FileDownload.stream({ ...file, range: "bytes=1000-1999" })), bytes.slice(1_000, 2_000))
        assert.deepStrictEqual(yield* all(FileDownload.stream({ ...file, range: "bytes=-5" })), bytes.slice(-5))
        for (const request of [{ file_token: "none" }, media, { ...file, version: "none" }]) {
          assert.strictEqual((yield* Effect.flip(all(FileDownload.stream(request))))._tag, "PathNotFound")
        }
        assert.strictEqual((yield* Effect.flip(all(FileDownload.stream({ ...file, range: "bytes=100500-" }))))._tag, "BadRequest")
        const second = bytesOf(10, 1)
        const again = yield* FileUpload.upload({ file_name: "back", parent_node: "fld", source: UploadSource.fromBytes(second), file_token })
        assert.deepStrictEqual(yield* all(FileDownload.stream({ file_token })), second)
        assert.deepStrictEqual(yield* all(FileDownload.stream({ file_token, version: again.version ?? "" })), second)
        assert.deepStrictEqual(yield* all(FileDownload.stream(file)), bytes)
        assert.isTrue(Option.isSome((yield* World.World).stored.get(file_token)))
        assert.isTrue(Chunk.isEmpty(yield* Stream.runCollect(Stream.take(FileDownload.stream(file), 0))))
      }).pipe(Ranges.patient, Effect.provide(layer)))
  }
})
