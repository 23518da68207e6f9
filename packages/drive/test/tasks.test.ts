import { Download, Waiter } from "@effect-feishu/core"
import { FeishuTest } from "@effect-feishu/core/testing"
import { ExportTask, ImportTask, TaskError } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Duration, Effect, Fiber, Layer, Schedule, Stream, TestClock } from "effect"

const world = (...stubs: Array<FeishuTest.Stub>) => Layer.merge(FeishuTest.layer(...stubs), FeishuTest.layerTokens)

/** Tells one state after another, and stays with the last. */
const telling = <State>(...states: ReadonlyArray<State>) => {
  let asked = 0
  return () => Effect.sync(() => states[Math.min(asked++, states.length - 1)]!)
}

const { JobStatus: Imports } = ImportTask
const { JobStatus: Exports } = ExportTask

const imported = {
  ticket: "7369583175086912356",
  type: "sheet",
  job_status: Imports.success,
  job_error_msg: "success",
  token: "Fm7osyjtMh5o7Ktrv32c73abcef",
  url: "https://example.feishu.cn/sheets/Fm7osyjtMh5o7Ktrv32c73abcef",
  extra: [ImportTask.Notice.sheetColumns]
}

const exported = {
  file_extension: "pdf",
  type: "docx",
  file_name: "docName",
  file_token: "boxcnxe5OdjlAkNgSNdsJvabcef",
  file_size: 5,
  job_error_msg: "success",
  job_status: Exports.success
}

const importing = (...results: ReadonlyArray<ImportTask.Task | undefined>) =>
  world(FeishuTest.on(ImportTask.get, telling(...results.map((result) => result === undefined ? {} : { result }))))

const exporting = (...results: ReadonlyArray<ExportTask.Task | undefined>) =>
  FeishuTest.on(ExportTask.get, telling(...results.map((result) => result === undefined ? {} : { result })))

const ticket = { ticket: imported.ticket }
const task = { ticket: "6933093124755412345", token: "doxcnAbcef" }

describe("ImportTask", () => {
  it("names every number of the page", () => {
    assert.deepStrictEqual(Object.values(Imports), [
      0, 1, 2, 3, 100, 101, 102, 103, 104, 105, 106, 108, 109, 110, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 129,
      5000, 7000, 7001, 7002
    ])
    assert.lengthOf(new Set(Object.values(ImportTask.Notice)), 17)
  })

  it.effect("waits for the document", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(ImportTask.wait(ticket))
      yield* TestClock.adjust("2499 millis")
      assert.deepStrictEqual(yield* FeishuTest.callsOf(ImportTask.get), [ticket, ticket])
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* Fiber.join(fiber), imported)
      assert.lengthOf(yield* FeishuTest.callsOf(ImportTask.get), 3)
    }).pipe(Effect.provide(importing({ job_status: Imports.initializing }, { job_status: Imports.processing }, imported))))

  it.effect("is done once there is a document, whatever the number says before", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(ImportTask.wait(ticket))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Fiber.join(fiber), { token: "t" })
    }).pipe(Effect.provide(importing(undefined, {}, { job_status: 0 }, { job_status: 0, token: "" }, { token: "t" }))))

  it.effect("fails with the platform's reason, in words", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(ImportTask.wait(ticket))
      assert.instanceOf(error, ImportTask.DriveImportFailed)
      assert.deepInclude(error, { ticket: imported.ticket, job_status: Imports.tenantFull, job_error_msg: "no quota" })
      assert.strictEqual(
        error.message,
        `import ${imported.ticket} left no document: the tenant has no space left (job_status 104, "no quota")`
      )
    }).pipe(Effect.provide(importing({ job_status: Imports.tenantFull, job_error_msg: "no quota" }))))

  it("says of every failure what it means", () => {
    for (const job_status of Object.values(Imports).slice(3)) {
      const { message } = new ImportTask.DriveImportFailed({ ticket: "1", job_status, job_error_msg: undefined })
      assert.match(message, new RegExp(`^import 1 left no document: [a-z' 05,:]+ \\(job_status ${job_status}\\)$`))
      assert.notInclude(message, "does not say why")
    }
    const unknown = new ImportTask.DriveImportFailed({ ticket: "1", job_status: 9999, job_error_msg: "" })
    assert.strictEqual(unknown.message, "import 1 left no document: the documentation does not say why (job_status 9999)")
  })

  it.effect("fails with a number that is not documented yet", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(ImportTask.wait(ticket))
      assert.strictEqual(error._tag, "DriveImportFailed")
    }).pipe(Effect.provide(importing({ job_status: 128, token: "t" }))))

  it.effect("gives up in time, and when the schedule ends", () =>
    Effect.gen(function*() {
      const late = yield* Effect.fork(Effect.flip(ImportTask.wait(ticket, { timeout: "30 seconds" })))
      yield* TestClock.adjust("30 seconds")
      const error = yield* Fiber.join(late)
      assert.instanceOf(error, Waiter.WaitTimeout)
      assert.strictEqual(error.operation, "drive.importTask.get")
      const schedule = Schedule.intersect(Schedule.spaced("1 second"), Schedule.recurs(2))
      const ended = yield* Effect.fork(Effect.flip(ImportTask.wait(ticket, { schedule })))
      yield* TestClock.adjust("2 seconds")
      const over = yield* Fiber.join(ended)
      assert.instanceOf(over, Waiter.WaitTimeout)
      assert.deepStrictEqual(Duration.toSeconds(over.after), 2)
    }).pipe(Effect.provide(importing({ job_status: Imports.processing }))))

  it.effect("shows how far it is", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Stream.runCollect(ImportTask.progress(ticket)))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(Chunk.toReadonlyArray(yield* Fiber.join(fiber)).map(({ result }) => result?.job_status), [1, 2, 115])
    }).pipe(Effect.provide(importing({ job_status: 1 }, { job_status: 2 }, { job_status: Imports.tooLarge }))))

  it.effect("fails as asking fails", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(ImportTask.wait(ticket)))._tag, "DriveTaskFileDeleted")
    }).pipe(Effect.provide(world(
      FeishuTest.on(ImportTask.get, () => FeishuTest.failure(ImportTask.get, TaskError.DriveTaskFileDeleted))
    ))))
})

describe("ExportTask", () => {
  const request = { token: task.token, type: "docx", file_extension: "pdf" } as const
  const created = FeishuTest.on(ExportTask.create, () => Effect.succeed({ ticket: task.ticket }))
  const content = new TextEncoder().encode("%PDF-")
  const downloaded = FeishuTest.on(ExportTask.download, () => Effect.succeed(Download.make(content)))

  it("names every number of the page", () => {
    assert.deepStrictEqual(Object.values(Exports), [0, 1, 2, 3, 107, 108, 109, 110, 111, 122, 123, 6000])
  })

  it.effect("waits for the file", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(ExportTask.wait(task))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Fiber.join(fiber), exported)
      assert.deepStrictEqual(yield* FeishuTest.callsOf(ExportTask.get), [task, task])
    }).pipe(Effect.provide(world(exporting({ job_status: Exports.processing }, exported)))))

  it.effect("is done once there is a file, whatever the number says before", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(ExportTask.wait(task))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Fiber.join(fiber), { file_token: "f" })
    }).pipe(Effect.provide(world(exporting(undefined, { job_status: 0 }, { job_status: 0, file_token: "" }, { file_token: "f" })))))

  it("says of every failure what it means", () => {
    for (const job_status of Object.values(Exports).slice(3)) {
      const { message } = new ExportTask.DriveExportFailed({ ticket: "1", job_status, job_error_msg: "no" })
      assert.match(message, new RegExp(`^export 1 left no file: [a-z ]+ \\(job_status ${job_status}, "no"\\)$`))
      assert.notInclude(message, "does not say why")
    }
  })

  it.effect("gives up in time", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(ExportTask.wait(task, { timeout: "1 minute" })))
      yield* TestClock.adjust("1 minute")
      assert.instanceOf(yield* Fiber.join(fiber), Waiter.WaitTimeout)
    }).pipe(Effect.provide(world(exporting({ job_status: Exports.initializing })))))

  it.effect("shows how far it is", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Stream.runCollect(ExportTask.progress(task)))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(Chunk.toReadonlyArray(yield* Fiber.join(fiber)).map(({ result }) => result?.job_status), [1, 2, 0])
    }).pipe(Effect.provide(world(exporting({ job_status: 1 }, { job_status: 2 }, exported)))))

  it.effect("makes a document a file, from the beginning to the bytes", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Stream.runCollect(ExportTask.fetch(request)))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(Chunk.toReadonlyArray(yield* Fiber.join(fiber)), [content])
      assert.deepStrictEqual(yield* FeishuTest.calls, [
        { operation: "drive.exportTask.create", request },
        { operation: "drive.exportTask.get", request: task },
        { operation: "drive.exportTask.get", request: task },
        { operation: "drive.exportTask.download", request: { file_token: exported.file_token } }
      ])
    }).pipe(Effect.provide(world(created, downloaded, exporting({ job_status: Exports.processing }, exported)))))

  it.effect("downloads nothing where the export failed", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Stream.runDrain(ExportTask.fetch(request)))
      assert.instanceOf(error, ExportTask.DriveExportFailed)
      assert.deepInclude(error, { ticket: task.ticket, job_status: Exports.tooManyPictures })
      assert.lengthOf(yield* FeishuTest.callsOf(ExportTask.download), 0)
    }).pipe(Effect.provide(world(created, downloaded, exporting({ job_status: Exports.tooManyPictures })))))

  it.effect("takes its options along", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(Stream.runDrain(ExportTask.fetch(request, { timeout: "5 seconds" }))))
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "WaitTimeout")
    }).pipe(Effect.provide(world(created, exporting({ job_status: Exports.processing })))))

  it.effect("fails where the file is gone", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Stream.runDrain(ExportTask.fetch(request)))
      assert.strictEqual(error._tag, "DriveExportFileInvalid")
    }).pipe(Effect.provide(world(
      created,
      exporting(exported),
      FeishuTest.on(ExportTask.download, () => FeishuTest.failure(ExportTask.download, TaskError.DriveExportFileInvalid))
    ))))

  it.effect("starts nothing that the documentation does not allow", () =>
    Effect.gen(function*() {
      // Sound: what a caller without types may write.
      const csv = { token: "t", type: "sheet", file_extension: "csv" } as unknown as ExportTask.CreateRequest
      assert.strictEqual((yield* Effect.flip(Stream.runDrain(ExportTask.fetch(csv))))._tag, "RequestInvalid")
      assert.deepStrictEqual(yield* FeishuTest.calls, [])
    }).pipe(Effect.provide(world(created))))
})
