import { AccessToken } from "@effect-feishu/core"
import { FakeFeishu, FakeServer } from "@effect-feishu/core/testing"
import { Explorer, File, FileDownload, FileUpload, Folder, Media, MediaDownload, MediaUpload, Meta, PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Fiber, Layer, Option, Stream, TestClock } from "effect"

const directory = { users: [{ open_id: "ou_ann", user_id: "ann" }, { open_id: "ou_bob" }], chats: [{ chat_id: "oc_bot", bot: true }] }

const edit = { member_type: "openid", member_id: "ou_ann", perm: "edit" } as const

const contents: DriveFake.Contents = {
  blockSize: 4,
  documents: [
    // In what they are put comes later in the list: the order does not matter.
    { token: "plan", folder: "deep", name: "Plan" },
    { token: "deep", type: "folder", folder: "team", name: "Deep" },
    { token: "team", type: "folder", name: "Team", members: [{ member_type: "openchat", member_id: "oc_bot", perm: "view" }, edit] },
    { token: "list", type: "sheet", folder: "team", createdAt: 3_000, modifiedAt: 4_000 },
    { token: "scan", type: "file", folder: "team", createdAt: 1_000, modifiedAt: 9_000 },
    { token: "diary", owner: "ou_ann", name: "Diary" },
    { token: "box", type: "folder", owner: "ou_ann" },
    { token: "lent", owner: "ou_ann", members: [{ member_type: "appid", member_id: "cli_fake", perm: "full_access" }] },
    { token: "page", type: "wiki" }
  ]
}

const options = { domains: [DriveFake.domainOf(contents)], directory, user: { open_id: "ou_ann" }, rateLimits: false } as const

const Test = FakeFeishu.layerClient(options)

const drive = DriveFake.DriveFake

const as = (open_id: string) => <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.provide(AccessToken.asUser(self), FakeFeishu.layerUser({ open_id }))

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const tokens = (request: File.ListRequest) =>
  Effect.map(Stream.runCollect(File.list.items(request)), (files) => Chunk.toReadonlyArray(files).map(({ token }) => token))

const rootToken = Effect.map(Explorer.getRootFolderMeta(), ({ token }) => token)

const folderOf = (token: string) =>
  Effect.map(Effect.flatMap(drive, (fake) => fake.file(token)), (found) => Option.getOrThrow(found).folder)

const names = ({ inside, name }: DriveFake.Tree): unknown => inside.length === 0 ? name : [name, inside.map(names)]

/** Waits for the task of a folder, as long as it takes. */
const finish = (task: File.TaskResponse) =>
  Effect.gen(function*() {
    const waiting = yield* Effect.fork(Folder.wait({ task_id: task.task_id ?? "" }))
    yield* TestClock.adjust("2 seconds")
    yield* Fiber.join(waiting)
  })

describe("a folder's list", () => {
  it.effect("tells what is in it, the last changed first", () =>
    Effect.gen(function*() {
      const { files = [], has_more } = yield* File.list({ folder_token: "team", user_id_type: "user_id" })
      assert.isFalse(has_more)
      assert.deepStrictEqual(files.map(({ token }) => token), ["scan", "list", "deep"])
      assert.deepStrictEqual(files[0], {
        token: "scan",
        name: "scan",
        type: "file",
        parent_token: "team",
        url: "https://feishu.cn/file/scan",
        created_time: "1",
        modified_time: "9",
        owner_id: "cli_fake"
      })
    }).pipe(Effect.provide(Test)))

  it.effect("is sorted as asked, and comes in pages", () =>
    Effect.gen(function*() {
      const inTeam = { folder_token: "team", page_size: 1 } as const
      assert.deepStrictEqual(yield* tokens(inTeam), ["scan", "list", "deep"])
      assert.deepStrictEqual(yield* tokens({ ...inTeam, direction: "ASC" }), ["deep", "list", "scan"])
      assert.deepStrictEqual(yield* tokens({ ...inTeam, order_by: "CreatedTime" }), ["list", "scan", "deep"])
      assert.deepStrictEqual(yield* tokens({ ...inTeam, option: "get_all_children_unsort" }), ["deep", "list", "scan"])
      const first = yield* File.list(inTeam)
      assert.isString(first.next_page_token)
      assert.strictEqual(yield* tagOf(File.list({ ...inTeam, page_token: "page 2" })), "DriveFileInvalidParam")
    }).pipe(Effect.provide(Test)))

  it.effect("loses nothing that stays, and tells nothing twice, when other things go", () =>
    Effect.gen(function*() {
      const first = yield* File.list({ folder_token: "team", page_size: 2 })
      yield* File.delete({ file_token: "scan", type: "file" })
      const second = yield* File.list({ folder_token: "team", page_size: 2, page_token: first.next_page_token })
      assert.deepStrictEqual(second.files?.map(({ token }) => token), ["deep"])
    }).pipe(Effect.provide(Test)))

  it.effect("of the root is one page without shortcuts, and everybody's own", () =>
    Effect.gen(function*() {
      yield* Folder.create({ name: "New", folder_token: "" })
      const root = yield* rootToken
      yield* File.createShortcut({ parent_token: root, refer_entity: { refer_token: "plan", refer_type: "docx" } })
      const { files = [], has_more } = yield* File.list({ page_size: 1 })
      assert.deepStrictEqual([files.map(({ name }) => name), has_more], [["New", "Team"], false])
      assert.strictEqual((yield* tokens({ folder_token: root, page_size: 1 })).length, 3)
      assert.deepStrictEqual(yield* as("ou_ann")(tokens({})), ["lent", "box", "diary"])
      assert.deepStrictEqual(yield* as("ou_bob")(tokens({})), [])
      assert.strictEqual(yield* tagOf(as("ou_bob")(File.list({ folder_token: root }))), "DriveFileNoPermission")
    }).pipe(Effect.provide(Test)))

  it.effect("is refused as documented", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* tagOf(File.list({ folder_token: "nowhere" })), "DriveFileNotFound")
      assert.strictEqual(yield* tagOf(File.list({ folder_token: "plan" })), "DriveFileInvalidParam")
      assert.strictEqual(yield* tagOf(File.list({ folder_token: "box" })), "DriveFileNoPermission")
      yield* Effect.flatMap(drive, (fake) => fake.remove("team"))
      assert.strictEqual(yield* tagOf(File.list({ folder_token: "deep" })), "DriveFileDeleted")
    }).pipe(Effect.provide(Test)))
})

describe("what is made", () => {
  it.effect("is the caller's, lies where it was asked to, and is listed, described and in the tree", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const { token, url } = yield* as("ou_ann")(Folder.create({ name: "Drafts", folder_token: "deep" }))
      assert.match(token, /^fldcn\d{22}$/)
      assert.strictEqual(url, `https://feishu.cn/drive/folder/${token}`)
      assert.deepStrictEqual((yield* File.list({ folder_token: "deep", user_id_type: "user_id" })).files?.[0], {
        token,
        name: "Drafts",
        type: "folder",
        parent_token: "deep",
        url,
        created_time: "1700000000",
        modified_time: "1700000000",
        owner_id: "ann"
      })
      const { succ_shortcut_node: shortcut } = yield* File.createShortcut({
        parent_token: "team",
        refer_entity: { refer_token: "plan", refer_type: "docx" }
      })
      assert.deepInclude(shortcut, { name: "Plan", type: "docx", shortcut_info: { target_token: "plan", target_type: "docx" }, url: "https://feishu.cn/docx/plan" })
      const inTeam = (yield* File.list({ folder_token: "team" })).files ?? []
      assert.deepStrictEqual<unknown>(inTeam.find(({ token }) => token === shortcut.token), Object.assign({}, shortcut, { type: "shortcut" }))
      const { file } = yield* File.copy({ file_token: "plan", type: "docx", name: "Plan B", folder_token: "deep" })
      assert.deepStrictEqual(file, { token: file.token, name: "Plan B", type: "docx", parent_token: "deep", url: `https://feishu.cn/docx/${file.token}` })
      assert.deepStrictEqual(names(yield* Effect.flatMap(drive, (fake) => fake.tree())), ["", [
        ["Team", [["Deep", ["Plan", "Drafts", "Plan B"]], "list", "scan", "Plan"]]
      ]])
      assert.deepStrictEqual(names(yield* Effect.flatMap(drive, (fake) => fake.tree("ou_ann"))), ["", ["Diary", "box", "lent"]])
    }).pipe(Effect.provide(Test)))

  it.effect("is refused as documented", () =>
    Effect.gen(function*() {
      const create = (folder_token: string) => tagOf(Folder.create({ name: "n", folder_token }))
      assert.strictEqual(yield* create("nowhere"), "DriveFileNotFound")
      assert.strictEqual(yield* create("box"), "DriveFileNoPermission")
      const shortcut = (refer_token: string, parent_token: string) =>
        tagOf(File.createShortcut({ parent_token, refer_entity: { refer_token, refer_type: "docx" } }))
      assert.strictEqual(yield* shortcut("diary", "team"), "DriveFileNoPermission")
      assert.strictEqual(yield* shortcut("plan", "box"), "DriveFileNoPermission")
      assert.strictEqual(yield* shortcut("list", "team"), "DriveFileInvalidParam")
      const copy = (file_token: string, folder_token: string) => tagOf(File.copy({ file_token, type: "docx", name: "c", folder_token }))
      assert.strictEqual(yield* copy("diary", "team"), "DriveFileNoPermission")
      assert.strictEqual(yield* copy("plan", "box"), "DriveFileNoPermission")
      assert.strictEqual(yield* copy("nowhere", "team"), "DriveFileNotFound")
      yield* File.delete({ file_token: "plan", type: "docx" })
      assert.strictEqual(yield* copy("plan", "team"), "DriveFileDeleted")
    }).pipe(Effect.provide(Test)))

  it.effect("is as much as a folder holds, and as deep as folders nest", () =>
    Effect.gen(function*() {
      const create = (folder_token: string) => Folder.create({ name: "n", folder_token })
      const one = yield* create("")
      const two = yield* create(one.token)
      assert.strictEqual(yield* tagOf(create(two.token)), "DriveFileInvalidParam")
      yield* create("")
      assert.strictEqual(yield* tagOf(create("")), "DriveFolderFull")
      yield* create(one.token)
      const root = yield* rootToken
      assert.strictEqual(yield* tagOf(File.move({ file_token: two.token, type: "folder", folder_token: root })), "DriveFolderFull")
      const full = { refer_token: "page", refer_type: "docx" } as const
      yield* Effect.flatMap(drive, (fake) => fake.add({ token: "page", folder: two.token }))
      assert.strictEqual(yield* tagOf(File.createShortcut({ parent_token: root, refer_entity: full })), "DriveFolderFull")
      assert.strictEqual(yield* tagOf(File.copy({ file_token: "page", type: "docx", name: "p", folder_token: root })), "DriveFolderFull")
      // Into another folder it would be too deep.
      const other = (yield* File.list({})).files?.find(({ token }) => token !== one.token)?.token ?? ""
      assert.strictEqual(yield* tagOf(File.move({ file_token: one.token, type: "folder", folder_token: other })), "DriveFileInvalidParam")
    }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [DriveFake.domainOf({ limits: { folder: 2, depth: 2 } })], rateLimits: false }))))
})

describe("the documented limits", () => {
  const inside = (token: string) => (_: unknown, index: number): DriveFake.Document => ({ token: `${token}${index}`, folder: token })

  const documents: ReadonlyArray<DriveFake.Document> = [
    { token: "full", type: "folder" },
    ...Array.from({ length: 1_499 }, inside("full")),
    ...Array.from({ length: 14 }, (_, index): DriveFake.Document => ({
      token: `level${index + 1}`,
      type: "folder",
      ...index === 0 ? {} : { folder: `level${index}` }
    }))
  ]

  it.effect("are 1500 things in a folder, and folders 15 deep", () =>
    Effect.gen(function*() {
      yield* Folder.create({ name: "last", folder_token: "full" })
      assert.strictEqual(yield* tagOf(Folder.create({ name: "too many", folder_token: "full" })), "DriveFolderFull")
      assert.strictEqual((yield* tokens({ folder_token: "full", page_size: 200 })).length, 1_500)
      const { token } = yield* Folder.create({ name: "deepest", folder_token: "level14" })
      assert.strictEqual(yield* tagOf(Folder.create({ name: "too deep", folder_token: token })), "DriveFileInvalidParam")
      yield* File.copy({ file_token: "full0", type: "docx", name: "A document goes", folder_token: token })
    }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [DriveFake.domainOf({ documents })], rateLimits: false }))))
})

describe("moving and deleting", () => {
  it.effect("is done at once with a file, by a task with a folder", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* File.move({ file_token: "scan", type: "file", folder_token: "deep" }), {})
      assert.strictEqual(yield* folderOf("scan"), "deep")
      const root = yield* rootToken
      const task = yield* File.move({ file_token: "deep", type: "folder", folder_token: root })
      assert.strictEqual(yield* folderOf("deep"), "team")
      assert.deepStrictEqual(yield* File.taskCheck({ task_id: task.task_id! }), { status: "process" })
      yield* finish(task)
      assert.strictEqual(yield* folderOf("deep"), root)
      assert.deepStrictEqual(yield* tokens({ folder_token: "deep" }), ["scan", "plan"])
    }).pipe(Effect.provide(Test)))

  it.effect("of a folder deletes what is in it", () =>
    Effect.gen(function*() {
      const task = yield* File.delete({ file_token: "team", type: "folder" })
      assert.strictEqual((yield* tokens({ folder_token: "team" })).length, 3)
      yield* finish(task)
      assert.strictEqual(yield* tagOf(File.list({ folder_token: "deep" })), "DriveFileDeleted")
      assert.strictEqual(yield* tagOf(File.delete({ file_token: "team", type: "folder" })), "DriveFileDeleted")
      assert.strictEqual(yield* tagOf(PermissionMember.list({ token: "plan", type: "docx" })), "DriveResourceDeleted")
      assert.deepStrictEqual(yield* tokens({}), [])
      assert.isTrue(Option.exists(yield* Effect.flatMap(drive, (fake) => fake.file("plan")), ({ deleted }) => deleted))
    }).pipe(Effect.provide(Test)))

  it.effect("may fail, and may be a task where it need not be", () =>
    Effect.gen(function*() {
      yield* Effect.flatMap(drive, (fake) => fake.failNext("folder"))
      const failing = yield* File.delete({ file_token: "team", type: "folder" })
      assert.strictEqual(yield* tagOf(finish(failing).pipe(Effect.raceFirst(Effect.never))), "FolderTaskFailed")
      assert.strictEqual((yield* tokens({ folder_token: "team" })).length, 3)
      const task = yield* File.delete({ file_token: "scan", type: "file", async: true })
      yield* finish(task)
      assert.deepStrictEqual(yield* tokens({ folder_token: "team" }), ["list", "deep"])
      const root = yield* rootToken
      const moving = yield* File.move({ file_token: "deep", type: "folder", folder_token: root })
      yield* Effect.flatMap(drive, (fake) => fake.remove("deep"))
      assert.strictEqual(yield* tagOf(finish(moving)), "FolderTaskFailed")
      assert.strictEqual(yield* tagOf(File.taskCheck({ task_id: "7" })), "DriveFileNotFound")
    }).pipe(Effect.provide(Test)))

  it.effect("is refused as documented", () =>
    Effect.gen(function*() {
      const root = yield* rootToken
      const move = (file_token: string, type: File.MoveRequest["type"], folder_token?: string) =>
        File.move({ file_token, type, ...folder_token === undefined ? {} : { folder_token } })
      assert.strictEqual(yield* tagOf(move("nowhere", "docx", "team")), "DriveFileNotFound")
      assert.strictEqual(yield* tagOf(move("plan", "sheet", "team")), "DriveFileInvalidParam")
      assert.strictEqual(yield* tagOf(move("plan", "docx")), "DriveFileInvalidParam")
      assert.strictEqual(yield* tagOf(move("diary", "docx", "team")), "DriveFileNoPermission")
      assert.strictEqual(yield* tagOf(move("lent", "docx", "team")), "DriveSourceFolderNoPermission")
      assert.strictEqual(yield* tagOf(move("plan", "docx", "box")), "DriveTargetFolderNoPermission")
      assert.strictEqual(yield* tagOf(move("team", "folder", "deep")), "DriveFileInvalidParam")
      assert.strictEqual(yield* tagOf(move(root, "folder", "team")), "DriveFileInvalidParam")
      const remove = (file_token: string, type: File.DeleteRequest["type"]) => File.delete({ file_token, type })
      assert.strictEqual(yield* tagOf(remove("nowhere", "docx")), "DriveFileNotFound")
      assert.strictEqual(yield* tagOf(remove("plan", "sheet")), "DriveFileInvalidParam")
      assert.strictEqual(yield* tagOf(remove("lent", "docx")), "DriveFileNoPermission")
      assert.strictEqual(yield* tagOf(remove(root, "folder")), "DriveFileInvalidParam")
      // Bob's folder, locked, in Ann's.
      yield* Effect.flatMap(drive, (fake) =>
        fake.add({ token: "safe", type: "folder", folder: "box", owner: "ou_bob", settings: { lock_switch: true } }))
      assert.strictEqual(yield* tagOf(as("ou_ann")(remove("box", "folder"))), "DriveSubNodeNoPermission")
    }).pipe(Effect.provide(Test)))
})

describe("folders and permissions", () => {
  it.effect("who may edit a folder may edit what is in it, whichever operation asks", () =>
    Effect.gen(function*() {
      const may = (token: string, action: "edit" | "manage_public" | "view") =>
        Effect.map(PermissionMember.auth({ token, type: "docx", action }), ({ auth_result }) => auth_result)
      assert.isTrue(yield* as("ou_ann")(may("plan", "edit")))
      assert.isFalse(yield* as("ou_ann")(may("plan", "manage_public")))
      assert.isFalse(yield* as("ou_bob")(may("plan", "view")))
      yield* as("ou_ann")(PermissionPublic.get({ token: "plan", type: "docx" }))
      yield* as("ou_ann")(Folder.create({ name: "Ann's", folder_token: "deep" }))
      // The application owns it, yet she may not delete what she may edit.
      assert.strictEqual(yield* tagOf(as("ou_ann")(File.delete({ file_token: "plan", type: "docx" }))), "DriveFileNoPermission")
      yield* PermissionMember.create({ token: "team", file_type: "folder", member_type: "openid", member_id: "ou_bob", perm: "full_access" })
      assert.isTrue(yield* as("ou_bob")(may("plan", "manage_public")))
      yield* as("ou_bob")(PermissionMember.create({ token: "plan", file_type: "docx", member_type: "openid", member_id: "ou_ann", perm: "full_access" }))
      assert.strictEqual(
        yield* tagOf(as("ou_bob")(PermissionMember.transferOwner({ token: "plan", type: "docx", member_type: "openid", member_id: "ou_ann" }))),
        "DriveNoPermission"
      )
      yield* as("ou_bob")(File.delete({ file_token: "plan", type: "docx" }))
    }).pipe(Effect.provide(Test)))

  it.effect("what is moved is let into, and out of, by where it lies; what is locked is not", () =>
    Effect.gen(function*() {
      const root = yield* rootToken
      const look = as("ou_ann")(Meta.batchQuery({ request_docs: [{ doc_token: "plan", doc_type: "docx" }] }))
      assert.strictEqual((yield* look).metas?.length, 1)
      yield* File.move({ file_token: "plan", type: "docx", folder_token: root })
      assert.deepStrictEqual((yield* look).failed_list, [{ token: "plan", code: Meta.FailedCode.noPermission }])
      yield* Effect.flatMap(drive, (fake) => fake.add({ token: "plan", folder: "team", settings: { lock_switch: true } }))
      assert.deepStrictEqual((yield* look).failed_list, [{ token: "plan", code: Meta.FailedCode.noPermission }])
    }).pipe(Effect.provide(Test)))

  it.effect("a link to a folder leads to what is in it", () =>
    Effect.gen(function*() {
      const fake = yield* drive
      yield* fake.add(
        { token: "open", type: "folder", settings: { link_share_entity: "tenant_readable" } },
        { token: "leaflet", folder: "open" }
      )
      const { metas } = yield* as("ou_bob")(Meta.batchQuery({ request_docs: [{ doc_token: "leaflet", doc_type: "docx" }] }))
      assert.strictEqual(metas?.length, 1)
      // Who comes by the link is no collaborator.
      assert.strictEqual(yield* tagOf(as("ou_bob")(PermissionMember.list({ token: "leaflet", type: "docx" }))), "DriveNoPermission")
    }).pipe(Effect.provide(Test)))

  it.effect("what the application makes nobody else sees until they are let in", () =>
    Effect.gen(function*() {
      const { token } = yield* Folder.create({ name: "Reports", folder_token: "" })
      assert.strictEqual(yield* tagOf(as("ou_ann")(File.list({ folder_token: token }))), "DriveFileNoPermission")
      yield* PermissionMember.create({ token, file_type: "folder", member_type: "openid", member_id: "ou_ann", perm: "view" })
      const { file } = yield* File.copy({ file_token: "plan", type: "docx", name: "Report", folder_token: token })
      assert.deepStrictEqual(yield* as("ou_ann")(tokens({ folder_token: token })), [file.token])
      assert.strictEqual(yield* tagOf(as("ou_ann")(Folder.create({ name: "Mine", folder_token: token }))), "DriveFileNoPermission")
      yield* PermissionMember.transferOwner({ token: file.token, type: "docx", member_type: "openid", member_id: "ou_ann" })
      assert.include(yield* as("ou_ann")(tokens({})), file.token)
    }).pipe(Effect.provide(Test)))
})

describe("uploads", () => {
  const bytes = new TextEncoder().encode("0123456789")
  const upload = (parent_node: string, file_token?: string) =>
    FileUpload.all({
      file_name: "digits.txt",
      parent_type: "explorer",
      parent_node,
      size: bytes.byteLength,
      file: bytes,
      ...file_token === undefined ? {} : { file_token }
    })
  const prepare = (parent_node: string) =>
    FileUpload.prepare({ file_name: "digits.txt", parent_type: "explorer", parent_node, size: bytes.byteLength })
  const content = (file_token: string) => Stream.mkString(Stream.decodeText(FileDownload.download.stream({ file_token })))

  it.effect("are files in their folder, which are copied and downloaded like any other", () =>
    Effect.gen(function*() {
      const { file_token } = yield* as("ou_ann")(upload("deep"))
      const { files = [] } = yield* File.list({ folder_token: "deep", user_id_type: "user_id" })
      assert.deepInclude(files.find(({ token }) => token === file_token), { name: "digits.txt", type: "file" as const, owner_id: "ann" })
      assert.strictEqual(yield* content(file_token), "0123456789")
      const { file } = yield* File.copy({ file_token, type: "file", name: "copy.txt", folder_token: "team" })
      assert.strictEqual(yield* content(file.token), "0123456789")
      assert.notStrictEqual(file.token, file_token)
      const { block_num, block_size, upload_id } = yield* prepare("deep")
      assert.deepStrictEqual([block_num, block_size], [3, 4])
      for (const seq of [0, 1, 2]) {
        const part = bytes.slice(seq * 4, seq * 4 + 4)
        yield* FileUpload.part({ upload_id, seq, size: part.byteLength, file: part })
      }
      const finished = yield* FileUpload.finish({ upload_id, block_num })
      assert.strictEqual(yield* folderOf(finished.file_token), "deep")
      const fake = yield* drive
      assert.deepStrictEqual(Option.map(yield* fake.content(finished.file_token), (all) => all.byteLength), Option.some(10))
    }).pipe(Effect.provide(Test)))

  it.effect("may be another version of a file that is there", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(20_000)
      yield* upload("team", "scan")
      assert.strictEqual(yield* content("scan"), "0123456789")
      const [first] = (yield* File.list({ folder_token: "team" })).files ?? []
      assert.deepInclude(first, { token: "scan", name: "digits.txt", created_time: "1", modified_time: "20" })
      assert.strictEqual((yield* File.list({ folder_token: "team" })).files?.length, 3)
    }).pipe(Effect.provide(Test)))

  it.effect("are refused as documented", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* tagOf(upload("nowhere")), "DriveParentNotFound")
      assert.strictEqual(yield* tagOf(upload("plan")), "DriveParentNotFound")
      assert.strictEqual(yield* tagOf(upload("box")), "DriveFileNoPermission")
      assert.strictEqual(yield* tagOf(upload("team", "nowhere")), "DriveFileNotFound")
      assert.strictEqual(yield* tagOf(prepare("nowhere")), "DriveParentNotFound")
      assert.strictEqual(yield* tagOf(prepare("box")), "DriveFileNoPermission")
      assert.strictEqual(yield* tagOf(as("ou_bob")(content("scan"))), "PathNotFound")
      yield* Effect.flatMap(drive, (fake) => fake.remove("team"))
      assert.strictEqual(yield* tagOf(upload("deep")), "DriveParentDeleted")
      assert.strictEqual(yield* tagOf(prepare("deep")), "DriveParentNotFound")
      assert.strictEqual(yield* tagOf(content("scan")), "PathNotFound")
    }).pipe(Effect.provide(Test)))

  it.effect("of media are in no folder, and have links", () =>
    Effect.gen(function*() {
      const { file_token } = yield* MediaUpload.all({
        file_name: "p.png",
        parent_type: "docx_image",
        parent_node: "plan",
        size: bytes.byteLength,
        file: bytes
      })
      assert.isTrue(Option.isNone(yield* Effect.flatMap(drive, (fake) => fake.file(file_token))))
      const { missing, succeeded } = yield* Media.batchGetTmpDownloadUrl.all({ file_tokens: [file_token, "scan"] })
      assert.deepStrictEqual([succeeded.map(({ item }) => item), missing], [[file_token], ["scan"]])
      assert.strictEqual(yield* Stream.mkString(Stream.decodeText(MediaDownload.download.stream({ file_token }))), "0123456789")
    }).pipe(Effect.provide(Test)))

  it.effect("need room", () =>
    Effect.gen(function*() {
      const root = yield* rootToken
      yield* upload(root)
      assert.strictEqual(yield* tagOf(upload(root)), "DriveFolderFull")
      assert.strictEqual(yield* tagOf(prepare(root)), "DriveFolderFull")
    }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [DriveFake.domainOf({ limits: { folder: 1 } })], rateLimits: false }))))
})

describe("root folders", () => {
  it.effect("are neither shared nor given away", () =>
    Effect.gen(function*() {
      const token = yield* rootToken
      const to = { member_type: "openid", member_id: "ou_bob" } as const
      assert.strictEqual(yield* tagOf(PermissionMember.create({ token, file_type: "folder", perm: "view", ...to })), "DriveInvalidParam")
      assert.strictEqual(yield* tagOf(PermissionMember.transferOwner({ token, type: "folder", ...to })), "DriveInvalidParam")
    }).pipe(Effect.provide(Test)))
})

describe("what is known of things", () => {
  it.effect("is told by type and to those who may see it", () =>
    Effect.gen(function*() {
      const request_docs = [
        { doc_token: "scan", doc_type: "file" },
        { doc_token: "team", doc_type: "folder" },
        { doc_token: "scan", doc_type: "docx" },
        { doc_token: "nowhere", doc_type: "docx" },
        { doc_token: "diary", doc_type: "docx" },
        { doc_token: "block", doc_type: "synced_block" }
      ] as const
      const { failed_list, metas = [] } = yield* Meta.batchQuery({ request_docs, with_url: true })
      assert.deepStrictEqual(metas[0], {
        doc_token: "scan",
        doc_type: "file",
        title: "scan",
        owner_id: "cli_fake",
        create_time: "1",
        latest_modify_user: "cli_fake",
        latest_modify_time: "9",
        url: "https://feishu.cn/file/scan",
        request_doc_info: { doc_token: "scan", doc_type: "file" }
      })
      assert.deepInclude(metas[1], { title: "Team", doc_type: "folder" })
      assert.deepStrictEqual(failed_list, [
        { token: "scan", code: 970_005 },
        { token: "nowhere", code: 970_005 },
        { token: "diary", code: 970_003 },
        { token: "block", code: 970_002 }
      ])
      const mine = yield* as("ou_ann")(Meta.batchQuery({ request_docs: [{ doc_token: "diary", doc_type: "docx" }], user_id_type: "user_id" }))
      assert.deepInclude(mine.metas?.[0], { owner_id: "ann", title: "Diary" })
      assert.isFalse("url" in (mine.metas?.[0] ?? {}))
      yield* Effect.flatMap(drive, (fake) => fake.remove("scan"))
      assert.deepStrictEqual((yield* Meta.batchQuery({ request_docs: [request_docs[0]] })).failed_list, [{ token: "scan", code: 970_005 }])
    }).pipe(Effect.provide(Test)))

  it.effect("is told by the explorer, too", () =>
    Effect.gen(function*() {
      const root = yield* Explorer.getRootFolderMeta()
      const team = yield* Explorer.getFolderMeta({ folderToken: "team" })
      const deep = yield* Explorer.getFolderMeta({ folderToken: "deep" })
      assert.deepInclude(deep, { name: "Deep", token: "deep", parentId: team.id!, ownUid: root.user_id! })
      assert.strictEqual(team.parentId, root.id)
      assert.strictEqual((yield* Explorer.getFolderMeta({ folderToken: root.token })).parentId, "0")
      assert.notStrictEqual(yield* as("ou_ann")(rootToken), root.token)
      assert.strictEqual(yield* tagOf(Explorer.getFolderMeta({ folderToken: "nowhere" })), "DriveExplorerNotFound")
      assert.strictEqual(yield* tagOf(Explorer.getFolderMeta({ folderToken: "plan" })), "DriveExplorerNotFound")
      assert.strictEqual(yield* tagOf(Explorer.getFolderMeta({ folderToken: "box" })), "DriveExplorerForbidden")
      yield* Effect.flatMap(drive, (fake) => fake.remove("deep"))
      assert.strictEqual(yield* tagOf(Explorer.getFolderMeta({ folderToken: "deep" })), "DriveExplorerNotFound")
    }).pipe(Effect.provide(Test)))
})

it.effect("a test that puts something into a folder that is not there is wrong", () =>
  Effect.gen(function*() {
    const fake = yield* drive
    assert.strictEqual((yield* Effect.exit(fake.add({ token: "lost", folder: "nowhere" })))._tag, "Failure")
    assert.isTrue(Option.isNone(yield* fake.file("lost")))
    yield* fake.add({ token: "link", type: "shortcut", target: "plan", folder: "team" })
    assert.strictEqual(Option.getOrThrow(yield* fake.file("link")).target, "plan")
    assert.strictEqual(Option.getOrThrow(yield* fake.document("page")).space, undefined)
    assert.isUndefined(yield* folderOf("page"))
  }).pipe(Effect.provide(Test)))

it.live("is the same on a socket, where tasks take their time", () =>
  Effect.gen(function*() {
    const { token } = yield* Folder.create({ name: "Reports", folder_token: "" })
    const { task_id } = yield* File.delete({ file_token: token, type: "folder" })
    yield* Folder.wait({ task_id: task_id! }, { timeout: "10 seconds" })
    assert.deepStrictEqual(yield* tokens({}), [])
  }).pipe(Effect.provide(
    FakeServer.layerClient({ domains: [DriveFake.domainOf({ tasks: { folder: "10 millis" } })] }).pipe(Layer.provide(FetchHttpClient.layer))
  )))
