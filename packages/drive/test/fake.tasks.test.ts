import { AccessToken } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import {
  DocsAssistant,
  ExportTask,
  File,
  FileLike,
  FileStatistics,
  FileSubscription,
  FileVersion,
  FileViewRecord,
  ImportTask,
  MediaUpload,
  Search,
  UserSubscription
} from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Fiber, Stream, TestClock } from "effect"

const minute = 60_000
/** Noon in Beijing. */
const noon = Date.UTC(2026, 0, 2, 4)

const view = { member_type: "openid", member_id: "ou_ann", perm: "view" } as const

const contents: DriveFake.Contents = {
  documents: [
    { token: "box", type: "folder" },
    { token: "notes", type: "file", name: "notes.md" },
    { token: "old", type: "file", name: "old.md" },
    { token: "scan", type: "file", name: "scan.pdf", owner: "ou_ann" },
    { token: "base", type: "bitable" },
    { token: "hers", type: "folder", owner: "ou_ann" },
    {
      token: "plan",
      name: "Plan",
      members: [view],
      content: new TextEncoder().encode("%PDF"),
      visits: [
        { by: "ou_ann", at: noon - 24 * 60 * minute },
        { by: "ou_ann", at: noon - 10 * minute },
        { by: "ou_bob", at: noon - 9 * minute },
        { by: "ou_ann", at: noon - minute }
      ],
      likes: [{ by: "ou_ann", at: noon - 24 * 60 * minute }, { by: "ou_bob", at: noon - minute }]
    },
    { token: "sheet", type: "sheet", name: "Plan in figures", owner: "ou_ann", visits: [], modifiedAt: 5_000 },
    { token: "secret", name: "Plan nobody knows" }
  ]
}

const options = {
  directory: { users: [{ open_id: "ou_ann", user_id: "ann", name: "Ann" }, { open_id: "ou_bob" }] },
  user: { open_id: "ou_ann" },
  rateLimits: false
} as const

const Test = FakeFeishu.layerClient({ ...options, domains: [DriveFake.domainOf(contents)] })

const drive = DriveFake.DriveFake

const as = (open_id: string) => <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.provide(AccessToken.asUser(self), FakeFeishu.layerUser({ open_id }))

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

/** Lets time go by until something is over. */
const over = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust("3 seconds")
    return yield* Fiber.join(fiber)
  })

const remove = (token: string) => Effect.flatMap(drive, (fake) => fake.remove(token))

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

describe("imports", () => {
  const start = (rest: Partial<Pick<ImportTask.CreateRequest, "file_name" | "file_token" | "point">> = {}) =>
    ImportTask.create({
      file_extension: "md",
      file_token: "notes",
      type: "docx",
      point: { mount_type: 1, mount_key: "box" },
      ...rest
    })

  it.effect("take their time, and leave a document in the folder", () =>
    Effect.gen(function*() {
      const { ticket } = yield* start()
      const status = Effect.map(ImportTask.get({ ticket }), ({ result }) => result?.job_status)
      assert.strictEqual(yield* status, ImportTask.JobStatus.initializing)
      yield* TestClock.adjust("500 millis")
      assert.strictEqual(yield* status, ImportTask.JobStatus.processing)
      const { token, type, url } = yield* over(ImportTask.wait({ ticket }))
      assert.deepStrictEqual([type, url], ["docx", `https://feishu.cn/docx/${token}`])
      const { files = [] } = yield* File.list({ folder_token: "box" })
      assert.deepStrictEqual(files.map((file) => [file.token, file.name, file.owner_id]), [[token, "notes.md", "cli_fake"]])
    }).pipe(Effect.provide(Test)))

  it.effect("leave it under the name and in the root, where that is asked, or in a Base", () =>
    Effect.gen(function*() {
      const { ticket } = yield* start({ file_name: "Notes", point: { mount_type: 1, mount_key: "" } })
      const { token } = yield* over(ImportTask.wait({ ticket }))
      assert.isTrue((yield* File.list({})).files?.some(({ name }) => name === "Notes"))
      assert.match(token, /^doxcn/)
      yield* Effect.flatMap(drive, (fake) => fake.add({ token: "table", type: "file", name: "t.csv" }))
      const table = yield* ImportTask.create({
        file_extension: "csv",
        file_token: "table",
        type: "bitable",
        token: "base",
        point: { mount_type: 1, mount_key: "box" }
      })
      assert.strictEqual((yield* over(ImportTask.wait(table))).token, "base")
    }).pipe(Effect.provide(Test)))

  it.effect("of media take what was uploaded, which is gone then", () =>
    Effect.gen(function*() {
      const upload = (size: number, file_name = "words.txt") =>
        MediaUpload.all({
          file_name,
          parent_type: "ccm_import_open",
          parent_node: "",
          size,
          extra: JSON.stringify({ obj_type: "docx", file_extension: "txt" }),
          file: new Uint8Array(size)
        })
      const words = (file_token: string) =>
        ImportTask.create({ file_extension: "txt", file_token, type: "docx", point: { mount_type: 1, mount_key: "box" } })
      const { file_token } = yield* upload(3)
      yield* over(ImportTask.wait(yield* words(file_token)))
      assert.deepStrictEqual((yield* File.list({ folder_token: "box" })).files?.map(({ name }) => name), ["words.txt"])
      assert.strictEqual(yield* tagOf(words(file_token)), "DriveImportFileNotFound")
      assert.strictEqual(yield* tagOf(words((yield* upload(3, "words.md")).file_token)), "DriveImportExtensionMismatch")
    }).pipe(Effect.provide(Test)))

  it.effect("are refused as documented", () =>
    Effect.gen(function*() {
      const at = (mount_key: string) => ({ point: { mount_type: 1, mount_key } }) as const
      assert.strictEqual(yield* tagOf(start({ file_token: "nowhere" })), "DriveImportFileNotFound")
      assert.strictEqual(yield* tagOf(start({ file_token: "scan" })), "DriveTaskNoPermission")
      assert.strictEqual(yield* tagOf(start({ file_token: "plan" })), "DriveTaskFileTokenInvalid")
      assert.strictEqual(yield* tagOf(as("ou_ann")(start({ file_token: "scan" }))), "DriveImportExtensionMismatch")
      assert.strictEqual(yield* tagOf(start(at("nowhere"))), "DriveImportFolderNotFound")
      assert.strictEqual(yield* tagOf(start(at("hers"))), "DriveImportMountPointNotFound")
      assert.strictEqual(yield* tagOf(ImportTask.get({ ticket: "7" })), "DriveTaskInvalidParam")
      const limit = 20 * 1024 * 1024
      const { add } = yield* drive
      yield* add({ token: "large", type: "file", name: "large.md", content: new Uint8Array(limit + 1) })
      assert.strictEqual(yield* tagOf(start({ file_token: "large" })), "DriveImportFileTooLarge")
      const word = { file_extension: "docx", file_token: "word", type: "docx", point: { mount_type: 1, mount_key: "box" } } as const
      yield* add({ token: "word", type: "file", name: "word.docx", content: new Uint8Array(limit + 1) })
      yield* ImportTask.create(word)
      yield* remove("old")
      assert.strictEqual(yield* tagOf(start({ file_token: "old" })), "DriveTaskFileDeleted")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* tagOf(start()), "DriveImportFileExpired")
    }).pipe(Effect.provide(Test)))

  it.effect("may fail at the end", () =>
    Effect.gen(function*() {
      const failure = (ticket: ImportTask.Ticket) =>
        Effect.map(Effect.flip(over(ImportTask.wait(ticket))), (error) => error._tag === "DriveImportFailed" ? error.job_status : error._tag)
      yield* Effect.flatMap(drive, (fake) => fake.failNext("import", ImportTask.JobStatus.damaged))
      assert.strictEqual(yield* failure(yield* start()), 129)
      assert.deepStrictEqual((yield* File.list({ folder_token: "box" })).files, [])
      const later = yield* start()
      yield* remove("box")
      assert.strictEqual(yield* failure(later), ImportTask.JobStatus.folderDeleted)
    }).pipe(Effect.provide(Test)))

  it.effect("need room in the folder", () =>
    Effect.gen(function*() {
      const ticket = yield* start()
      const error = yield* Effect.flip(over(ImportTask.wait(ticket)))
      assert.include(error, { _tag: "DriveImportFailed", job_status: ImportTask.JobStatus.folderFull })
    }).pipe(Effect.provide(FakeFeishu.layerClient({
      ...options,
      domains: [DriveFake.domainOf({
        documents: [...contents.documents ?? [], { token: "first", folder: "box" }],
        limits: { folder: 1 },
        tasks: { import: "2 seconds" }
      })]
    }))))
})

describe("exports", () => {
  const pdf = { token: "plan", type: "docx", file_extension: "pdf" } as const

  it.scoped("take their time, and leave a file that is kept for ten minutes", () =>
    Effect.gen(function*() {
      const { ticket } = yield* ExportTask.create(pdf)
      assert.strictEqual((yield* ExportTask.get({ ticket, token: "plan" })).result?.job_status, ExportTask.JobStatus.initializing)
      const task = yield* over(ExportTask.wait({ ticket, token: "plan" }))
      assert.deepInclude(task, { file_extension: "pdf", type: "docx", file_name: "Plan", file_size: 4, job_status: 0, job_error_msg: "success" })
      const { file_token } = task
      const { content, name } = yield* ExportTask.download({ file_token })
      assert.strictEqual(name, "Plan.pdf")
      assert.strictEqual(yield* Stream.mkString(Stream.decodeText(content)), "%PDF")
      yield* TestClock.adjust("9 minutes")
      yield* ExportTask.download({ file_token })
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* tagOf(ExportTask.download({ file_token })), "DriveExportFileInvalid")
      const text = yield* over(Stream.mkString(Stream.decodeText(ExportTask.fetch({ token: "sheet", type: "sheet", file_extension: "xlsx" }))).pipe(as("ou_ann")))
      assert.strictEqual(text, "Plan in figures")
    }).pipe(Effect.provide(Test)))

  it.scoped("are refused as documented, and may fail at the end", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* tagOf(ExportTask.create({ ...pdf, token: "nowhere" })), "DriveTaskFileTokenInvalid")
      assert.strictEqual(yield* tagOf(ExportTask.create({ ...pdf, token: "base" })), "DriveTaskFileTokenInvalid")
      assert.strictEqual(yield* tagOf(as("ou_bob")(ExportTask.create(pdf))), "DriveTaskNoPermission")
      const { ticket } = yield* ExportTask.create(pdf)
      assert.strictEqual(yield* tagOf(as("ou_ann")(ExportTask.get({ ticket, token: "plan" }))), "DriveTaskNoPermission")
      assert.strictEqual(yield* tagOf(ExportTask.get({ ticket, token: "sheet" })), "DriveTaskInvalidParam")
      assert.strictEqual(yield* tagOf(ExportTask.get({ ticket: "7", token: "plan" })), "DriveTaskInvalidParam")
      assert.strictEqual(yield* tagOf(ExportTask.download({ file_token: "7" })), "DriveExportFileInvalid")
      yield* remove("plan")
      const wait = (ticket: string) => Effect.flip(over(ExportTask.wait({ ticket, token: "plan" })))
      assert.include(yield* wait(ticket), { _tag: "DriveExportFailed", job_status: ExportTask.JobStatus.deleted })
      assert.strictEqual(yield* tagOf(ExportTask.create(pdf)), "DriveTaskFileDeleted")
      const { failNext } = yield* drive
      yield* failNext("export")
      const task = yield* ExportTask.create({ ...pdf, token: "secret" })
      assert.include(yield* Effect.flip(over(ExportTask.wait({ ticket: task.ticket, token: "secret" }))), { job_status: 3 })
    }).pipe(Effect.provide(Test)))
})

describe("versions", () => {
  const plan = { file_token: "plan", obj_type: "docx" } as const

  it.effect("are made, listed, read and deleted", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(10_000)
      const first = yield* FileVersion.create({ ...plan, name: "One" })
      const second = yield* FileVersion.create({ ...plan, name: "Two" })
      assert.deepStrictEqual(first, {
        name: "One",
        version: first.version,
        parent_token: "plan",
        owner_id: "cli_fake",
        creator_id: "cli_fake",
        create_time: "10",
        status: "0",
        obj_type: "docx",
        parent_type: "docx"
      })
      const names = Effect.map(collect(FileVersion.list.items({ ...plan, page_size: 1 })), (items) => items.map(({ name }) => name))
      assert.deepStrictEqual(yield* names, ["Two", "One"])
      assert.deepInclude(yield* as("ou_ann")(FileVersion.get({ ...plan, version_id: second.version })), { name: "Two", update_time: "10" })
      yield* FileVersion.delete({ ...plan, version_id: second.version })
      assert.deepStrictEqual(yield* names, ["One"])
      assert.strictEqual(yield* tagOf(FileVersion.delete({ ...plan, version_id: second.version })), "DriveVersionNotFound")
    }).pipe(Effect.provide(Test)))

  it.effect("are refused as documented", () =>
    Effect.gen(function*() {
      const create = (file_token: string) => tagOf(FileVersion.create({ ...plan, file_token, name: "x" }))
      assert.strictEqual(yield* create("nowhere"), "DriveVersionFileTokenInvalid")
      assert.strictEqual(yield* create("base"), "DriveVersionParamInvalid")
      assert.strictEqual(yield* as("ou_ann")(create("plan")), "DriveVersionNoPermission")
      assert.strictEqual(yield* as("ou_bob")(tagOf(FileVersion.get({ ...plan, version_id: "x" }))), "DriveVersionNoPermission")
      assert.strictEqual(yield* tagOf(FileVersion.get({ ...plan, version_id: "x" })), "DriveVersionNotFound")
      assert.strictEqual(yield* tagOf(FileVersion.list({ ...plan, page_size: 1, page_token: "x" })), "DriveVersionParamInvalid")
      yield* remove("plan")
      assert.strictEqual(yield* create("plan"), "DriveVersionParentNotFound")
    }).pipe(Effect.provide(Test)))
})

describe("subscriptions", () => {
  it.effect("to a document's events are the caller's own, and end", () =>
    Effect.gen(function*() {
      const plan = { file_token: "plan", file_type: "docx" } as const
      const status = Effect.map(FileSubscription.status(plan), ({ is_subscribe }) => is_subscribe)
      assert.isFalse(yield* status)
      yield* FileSubscription.subscribe(plan)
      yield* FileSubscription.subscribe(plan)
      assert.isTrue(yield* status)
      assert.strictEqual(yield* tagOf(as("ou_ann")(FileSubscription.subscribe(plan))), "DriveActivityNoPermission")
      yield* FileSubscription.unsubscribe(plan)
      assert.isFalse(yield* status)
      assert.strictEqual(yield* tagOf(FileSubscription.unsubscribe(plan)), "DriveNotSubscribed")
      const folder = { file_token: "box", file_type: "folder", event_type: "file.created_in_folder_v1" } as const
      yield* FileSubscription.subscribe(folder)
      assert.isTrue((yield* FileSubscription.status(folder)).is_subscribe)
      assert.strictEqual(yield* tagOf(FileSubscription.subscribe({ file_token: "box", file_type: "docx" })), "DriveActivityInvalidParam")
      assert.strictEqual(yield* tagOf(FileSubscription.status({ file_token: "nowhere", file_type: "docx" })), "DriveActivityFileNotFound")
      yield* remove("plan")
      assert.strictEqual(yield* tagOf(FileSubscription.subscribe(plan)), "DriveActivityFileNotFound")
    }).pipe(Effect.provide(Test)))

  it.effect("to a user's events are that user's", () =>
    Effect.gen(function*() {
      const event = { event_type: "drive.notice.comment_add_v1" } as const
      const status = Effect.map(UserSubscription.status(event), ({ is_subscribe }) => is_subscribe)
      yield* as("ou_ann")(UserSubscription.subscribe(event))
      assert.deepStrictEqual([yield* as("ou_ann")(status), yield* as("ou_bob")(status), yield* status], [true, false, false])
      yield* as("ou_ann")(UserSubscription.unsubscribe(event))
      assert.isFalse(yield* as("ou_ann")(status))
    }).pipe(Effect.provide(Test)))

  it.effect("to the assistant are remembered", () =>
    Effect.gen(function*() {
      const plan = { file_token: "plan", file_type: "docx" } as const
      const made = yield* DocsAssistant.create({ ...plan, subscription_type: "comment_update" })
      assert.deepInclude(made, { subscription_type: "comment_update", is_subcribe: true, file_type: "docx" })
      const one = { ...plan, subscription_id: made.subscription_id }
      assert.isFalse((yield* DocsAssistant.patch({ ...one, is_subscribe: false })).is_subcribe)
      assert.deepStrictEqual(yield* DocsAssistant.get(one), Object.assign({}, made, { is_subcribe: false }))
      const named = yield* DocsAssistant.create({ ...plan, subscription_type: "comment_update", subscription_id: "5", is_subcribe: false })
      assert.deepInclude(named, { subscription_id: "5", is_subcribe: false })
      assert.strictEqual(yield* tagOf(DocsAssistant.get({ ...plan, subscription_id: "6" })), "DriveAssistantInvalidParam")
      const create = (file_token: string) => tagOf(DocsAssistant.create({ file_token, file_type: "docx", subscription_type: "comment_update" }))
      assert.strictEqual(yield* create("secret"), "DriveAssistantNoPermission")
      assert.strictEqual(yield* create("nowhere"), "DriveAssistantFileNotFound")
      assert.strictEqual(yield* create("base"), "DriveAssistantInvalidParam")
    }).pipe(Effect.provide(Test)))
})

describe("visits and likes", () => {
  const plan = { file_token: "plan", file_type: "docx" } as const

  it.effect("are counted, those of today too", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(noon)
      const { statistics } = yield* FileStatistics.get(plan)
      assert.deepStrictEqual(statistics, {
        uv: 2,
        // Ann's second of today comes too soon after her first.
        pv: 3,
        like_count: 2,
        timestamp: noon / 1_000,
        uv_today: 1,
        pv_today: 2,
        like_count_today: 1
      })
      const figures = yield* as("ou_ann")(FileStatistics.get({ file_token: "sheet", file_type: "sheet" }))
      assert.deepInclude(figures.statistics, { uv: 0, like_count: -1 })
      assert.strictEqual(yield* tagOf(as("ou_ann")(FileStatistics.get(plan))), "DriveActivityNoPermission")
    }).pipe(Effect.provide(Test)))

  it.effect("are told in pages, the latest first", () =>
    Effect.gen(function*() {
      const records = yield* collect(FileViewRecord.list.items({ ...plan, page_size: 1, viewer_id_type: "user_id" }))
      assert.deepStrictEqual(records.map(({ last_view_time, name, viewer_id }) => [viewer_id, name, last_view_time]), [
        ["ann", "Ann", String((noon - minute) / 1_000)],
        ["ou_bob", undefined, String((noon - 9 * minute) / 1_000)]
      ])
      const likes = yield* as("ou_ann")(collect(FileLike.list.items({ ...plan, page_size: 1 })))
      assert.deepStrictEqual(likes.map(({ user_id, user_name }) => [user_id, user_name]), [["ou_bob", undefined], ["ou_ann", "Ann"]])
      assert.strictEqual(yield* tagOf(FileViewRecord.list({ ...plan, page_size: 1, page_token: "x" })), "DriveActivityInvalidParam")
      assert.strictEqual(yield* tagOf(FileLike.list({ ...plan, page_token: "x" })), "DriveFileInvalidParam")
      assert.strictEqual(yield* tagOf(as("ou_bob")(FileLike.list(plan))), "DriveFileNoPermission")
      assert.strictEqual(yield* tagOf(FileLike.list({ ...plan, file_token: "nowhere" })), "DriveFileNotFound")
      yield* remove("plan")
      assert.strictEqual(yield* tagOf(FileLike.list(plan)), "DriveFileDeleted")
      assert.strictEqual(yield* tagOf(FileViewRecord.list({ ...plan, page_size: 1 })), "DriveActivityFileNotFound")
    }).pipe(Effect.provide(Test)))
})

describe("the search", () => {
  it.effect("finds what the user sees, by words, owners, chats and kinds", () =>
    Effect.gen(function*() {
      const find = (request: Partial<Search.SearchRequest>) =>
        Effect.map(Search.search({ search_key: "plan", ...request }), ({ docs_entities = [] }) => docs_entities.map(({ docs_token }) => docs_token))
      assert.deepStrictEqual(yield* find({}), ["sheet", "plan"])
      assert.deepStrictEqual(yield* find({ docs_types: ["doc"] }), ["plan"])
      assert.deepStrictEqual(yield* find({ owner_ids: ["ou_ann"] }), ["sheet"])
      assert.deepStrictEqual(yield* find({ chat_ids: ["oc_1"] }), [])
      assert.deepStrictEqual(yield* find({ search_key: "figures" }), ["sheet"])
      assert.deepStrictEqual(yield* Search.search({ search_key: "plan", count: 1 }), {
        docs_entities: [{ docs_token: "sheet", docs_type: "sheet", title: "Plan in figures", owner_id: "ou_ann" }],
        has_more: true,
        total: 2
      })
      assert.deepStrictEqual(yield* find({ offset: 1, count: 1 }), ["plan"])
      assert.strictEqual((yield* collect(Search.results({ search_key: "" }))).length, 3)
    }).pipe(Effect.provide(Test)))
})
