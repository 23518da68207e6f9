import {
  Explorer,
  File,
  FileLike,
  FileStatistics,
  FileVersion,
  FileViewRecord,
  Folder,
  Media,
  Meta,
  Search
} from "@effect-feishu/drive"
import type { Operation } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { violations } from "../../core/test/violations.ts"

const times = (count: number) => Array.from({ length: count }, (_, index) => `token_${index}`)

const oneOf = (field: string, ...values: ReadonlyArray<string>) => [`${field}: must be one of ${values.map((value) => `"${value}"`).join(", ")}`]

const documents = ["file", "docx", "bitable", "doc", "sheet", "mindnote", "slides"]

/** Of a field that is one of some values: every one of them is taken, and others are not. */
const takesOnly = (
  operation: Operation.Operation.Any,
  request: object,
  field: string,
  values: ReadonlyArray<string>,
  others: ReadonlyArray<unknown> = ["no-such-value", "", 1, null]
) => {
  for (const value of values) assert.deepStrictEqual(violations(operation, { ...request, [field]: value }), [])
  for (const value of others) assert.deepStrictEqual(violations(operation, { ...request, [field]: value }), oneOf(field, ...values))
}

/** Of a number: both ends are taken, and what is next to them is not. */
const takesFrom = (operation: Operation.Operation.Any, request: object, field: string, least: number, most: number) => {
  const at = (value: unknown) => violations(operation, { ...request, [field]: value })
  assert.deepStrictEqual([...at(least), ...at(most)], [])
  for (const value of [least - 1, most + 1, -1]) {
    assert.deepStrictEqual(at(value), [`${field}: must be a number between ${least} and ${most}`])
  }
  assert.deepStrictEqual(at(1.5), [`${field}: must be an integer`])
  assert.deepStrictEqual(at("10"), [`${field}: must be a number`])
}

const takesUserIdTypes = (operation: Operation.Operation.Any, request: object, field = "user_id_type") =>
  takesOnly(operation, request, field, ["open_id", "union_id", "user_id"])

describe("drive.file.list", () => {
  it("takes the root of the space, which needs nothing", () => {
    assert.deepStrictEqual(violations(File.list, {}), [])
    assert.deepStrictEqual(violations(File.list, { folder_token: "" }), [])
  })

  it("takes pages of up to 200, and the documented values only", () => {
    takesFrom(File.list, {}, "page_size", 1, 200)
    takesOnly(File.list, {}, "order_by", ["EditedTime", "CreatedTime"])
    takesOnly(File.list, {}, "direction", ["ASC", "DESC"])
    takesUserIdTypes(File.list, {})
    assert.deepStrictEqual(violations(File.list, { option: "get_all_children_unsort" }), [])
    assert.deepStrictEqual(violations(File.list, { option: "get_all" }), [`option: must be "get_all_children_unsort"`])
  })
})

describe("names", () => {
  const copy = (name: unknown) => violations(File.copy, { file_token: "f", type: "docx", folder_token: "d", name })
  const make = (name: unknown) => violations(Folder.create, { folder_token: "", name })

  it("are up to 256 bytes, however many characters these are", () => {
    for (const named of [copy, make]) {
      assert.deepStrictEqual(["x", "x".repeat(256), "名".repeat(85), "é".repeat(128), "🙂".repeat(64)].flatMap(named), [])
      for (const name of ["x".repeat(257), "名".repeat(86), `${"名".repeat(85)}xx`, "é".repeat(129), "🙂".repeat(65)]) {
        assert.deepStrictEqual(named(name), ["name: must be at most 256 bytes"])
      }
      assert.deepStrictEqual(named(1), ["name: must be a string"])
    }
  })

  it("of a folder are not empty", () => {
    assert.deepStrictEqual(make(""), ["name: must not be empty"])
    // No page says so of a copy.
    assert.deepStrictEqual(copy(""), [])
  })

  it("of a version are up to 1024 code points, however many bytes these are", () => {
    const name = (name: unknown) => violations(FileVersion.create, { file_token: "f", obj_type: "docx", name })
    assert.deepStrictEqual(["x".repeat(1024), "名".repeat(1024), "🙂".repeat(1024)].flatMap(name), [])
    // Three people and two joiners are five.
    assert.deepStrictEqual(name("👨‍👩‍👧".repeat(204)), [])
    for (const title of ["x".repeat(1025), "名".repeat(1025), "🙂".repeat(1025), "👨‍👩‍👧".repeat(205)]) {
      assert.deepStrictEqual(name(title), ["name: must be at most 1024 code points"])
    }
  })
})

describe("what is made, copied, moved and deleted", () => {
  it("drive.file.createFolder takes the root folder, and needs to be told so", () => {
    assert.deepStrictEqual(violations(Folder.create, { name: "a", folder_token: "" }), [])
    assert.deepStrictEqual(violations(Folder.create, { name: "a" }), ["folder_token: is missing"])
  })

  it("drive.file.createShortcut leads to a document", () => {
    const to = (refer_entity: unknown) => violations(File.createShortcut, { parent_token: "d", refer_entity })
    for (const refer_type of documents) assert.deepStrictEqual(to({ refer_token: "f", refer_type }), [])
    for (const refer_type of ["folder", "shortcut", "wiki"]) {
      assert.deepStrictEqual(to({ refer_token: "f", refer_type }), oneOf("refer_entity.refer_type", ...documents))
    }
    assert.deepStrictEqual(to({}), ["refer_entity.refer_token: is missing", "refer_entity.refer_type: is missing"])
    takesUserIdTypes(File.createShortcut, { parent_token: "d", refer_entity: { refer_token: "f", refer_type: "docx" } })
  })

  it("drive.file.copy takes documents", () => {
    const request = { file_token: "f", name: "a", folder_token: "d" }
    takesOnly(File.copy, request, "type", documents, ["folder", "shortcut"])
    takesUserIdTypes(File.copy, { ...request, type: "docx" })
    assert.deepStrictEqual(violations(File.copy, request), ["type: is missing"])
    assert.deepStrictEqual(violations(File.copy, { ...request, type: "docx", extra: [{ key: "target_type", value: "docx" }] }), [])
    assert.deepStrictEqual(violations(File.copy, { ...request, type: "docx", extra: [{ key: "target_type" }] }), [
      "extra[0].value: is missing"
    ])
  })

  it("drive.file.move takes folders too", () => {
    takesOnly(File.move, { file_token: "f", folder_token: "d" }, "type", [...documents, "folder"], ["shortcut"])
    assert.deepStrictEqual(violations(File.move, { file_token: "f" }), ["type: is missing"])
  })

  it("drive.file.delete takes shortcuts too", () => {
    takesOnly(File.delete, { file_token: "f" }, "type", [...documents, "folder", "shortcut"], ["wiki"])
    assert.deepStrictEqual(violations(File.delete, { file_token: "f" }), ["type: is missing"])
    assert.deepStrictEqual([true, false].flatMap((async) => violations(File.delete, { file_token: "f", type: "file", async })), [])
    assert.deepStrictEqual(violations(File.delete, { file_token: "f", type: "file", async: 1 }), ["async: must be a boolean"])
  })

  it("drive.file.taskCheck asks for a task", () => {
    assert.deepStrictEqual(violations(File.taskCheck, {}), ["task_id: is missing"])
    assert.deepStrictEqual(Object.values(File.TaskStatus), ["success", "fail", "process"])
  })

  it("drive.explorer.folder.getMeta names a folder in its own way", () => {
    assert.deepStrictEqual(violations(Explorer.getFolderMeta, { folderToken: "d" }), [])
    assert.deepStrictEqual(violations(Explorer.getFolderMeta, { folder_token: "d" }), [
      "folder_token: is unexpected",
      "folderToken: is missing"
    ])
    assert.deepStrictEqual(violations(Explorer.getFolderMeta, { folderToken: "" }), ["folderToken: must not be empty"])
  })
})

describe("versions", () => {
  const version = { file_token: "f", version_id: "v" }

  it("are of online documents and spreadsheets", () => {
    for (const operation of [FileVersion.get, FileVersion.delete]) {
      takesOnly(operation, version, "obj_type", ["docx", "sheet"], ["doc", "bitable"])
      takesUserIdTypes(operation, { ...version, obj_type: "docx" })
      assert.deepStrictEqual(violations(operation, version), ["obj_type: is missing"])
    }
    takesOnly(FileVersion.create, { file_token: "f", name: "a" }, "obj_type", ["docx", "sheet"], ["doc"])
    takesUserIdTypes(FileVersion.create, { file_token: "f", name: "a", obj_type: "docx" })
    assert.deepStrictEqual(violations(FileVersion.create, { file_token: "f" }), ["name: is missing", "obj_type: is missing"])
    assert.deepStrictEqual(Object.values(FileVersion.Status), ["0", "1", "2"])
  })

  it("are listed in pages of up to 100, and a page says how many", () => {
    const list = { file_token: "f", obj_type: "docx" }
    takesFrom(FileVersion.list, list, "page_size", 1, 100)
    takesOnly(FileVersion.list, { file_token: "f", page_size: 1 }, "obj_type", ["docx", "sheet"])
    takesUserIdTypes(FileVersion.list, { ...list, page_size: 1 })
    assert.deepStrictEqual(violations(FileVersion.list, list), ["page_size: is missing"])
  })
})

describe("visits and likes", () => {
  const visited = ["doc", "sheet", "mindnote", "bitable", "wiki", "file", "docx"]

  it("drive.file.statistics.get takes what is visited", () => {
    takesOnly(FileStatistics.get, { file_token: "f" }, "file_type", visited, ["folder", "slides"])
  })

  it("drive.file.viewRecord.list takes pages of 1 to 50, and a page says how many", () => {
    const list = { file_token: "f", file_type: "docx" }
    takesFrom(FileViewRecord.list, list, "page_size", 1, 50)
    takesOnly(FileViewRecord.list, { file_token: "f", page_size: 1 }, "file_type", visited, ["folder", "slides"])
    takesUserIdTypes(FileViewRecord.list, { ...list, page_size: 1 }, "viewer_id_type")
    assert.deepStrictEqual(violations(FileViewRecord.list, list), ["page_size: is missing"])
  })

  it("drive.file.like.list takes pages of 1 to 50", () => {
    takesFrom(FileLike.list, { file_token: "f", file_type: "docx" }, "page_size", 1, 50)
    takesOnly(FileLike.list, { file_token: "f" }, "file_type", ["doc", "docx", "file"], ["sheet"])
    takesUserIdTypes(FileLike.list, { file_token: "f", file_type: "docx" })
  })
})

describe("drive.meta.batchQuery", () => {
  const docs = (count: number) => times(count).map((doc_token) => ({ doc_token, doc_type: "docx" }))
  const query = (request_docs: unknown) => violations(Meta.batchQuery, { request_docs })

  it("names 1 to 200 documents", () => {
    assert.deepStrictEqual([docs(1), docs(200)].flatMap(query), [])
    assert.deepStrictEqual(query([]), ["request_docs: must name a document"])
    assert.deepStrictEqual(query(docs(201)), ["request_docs: must be at most 200"])
  })

  it("takes the documented types only", () => {
    const types = ["doc", "sheet", "bitable", "mindnote", "file", "wiki", "docx", "folder", "synced_block", "slides"]
    for (const doc_type of types) assert.deepStrictEqual(query([{ doc_token: "f", doc_type }]), [])
    assert.deepStrictEqual(query([{ doc_token: "f", doc_type: "shortcut" }]), oneOf("request_docs[0].doc_type", ...types))
    takesUserIdTypes(Meta.batchQuery, { request_docs: docs(1) })
    assert.deepStrictEqual(Object.values(Meta.FailedCode), [970_002, 970_003, 970_005])
  })
})

describe("drive.docs.search", () => {
  const search = (fields: object) => violations(Search.search, { search_key: "report", ...fields })
  const tooFar = ["offset: must be less than 200, together with count"]

  it("takes 0 to 50 at once", () => {
    takesFrom(Search.search, { search_key: "report" }, "count", 0, 50)
  })

  it("goes as far as the platform does", () => {
    assert.deepStrictEqual(
      [{ offset: 0 }, { offset: 199 }, { offset: 199, count: 0 }, { offset: 149, count: 50 }, { offset: 198, count: 1 }].flatMap(search),
      []
    )
    for (const fields of [{ offset: 200 }, { offset: 200, count: 0 }, { offset: 199, count: 1 }, { offset: 150, count: 50 }]) {
      assert.deepStrictEqual(search(fields), tooFar)
    }
    assert.deepStrictEqual(search({ offset: -1 }), ["offset: must be a non-negative number"])
    assert.deepStrictEqual(search({ offset: 1.5 }), ["offset: must be an integer"])
  })

  it("takes the documented kinds only", () => {
    const kinds = ["doc", "sheet", "slides", "bitable", "mindnote", "file"]
    assert.deepStrictEqual(search({ docs_types: kinds, owner_ids: ["ou_1"], chat_ids: [] }), [])
    assert.deepStrictEqual(search({ docs_types: ["doc", "docx"] }), oneOf("docs_types[1]", ...kinds))
    assert.deepStrictEqual(violations(Search.search, {}), ["search_key: is missing"])
  })
})

describe("drive.media.batchGetTmpDownloadUrl", () => {
  it("asks for 1 to 5 links", () => {
    const links = (count: number) => violations(Media.batchGetTmpDownloadUrl, { file_tokens: times(count) })
    assert.deepStrictEqual([...links(1), ...links(5)], [])
    assert.deepStrictEqual(links(0), ["file_tokens: must name a file"])
    assert.deepStrictEqual(links(6), ["file_tokens: must be at most 5"])
    assert.deepStrictEqual(violations(Media.batchGetTmpDownloadUrl, { file_tokens: "f" }), ["file_tokens: must be a list"])
  })
})
