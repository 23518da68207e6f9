import type { Operation } from "@effect-feishu/core"
import {
  CommentContent,
  DocsAssistant,
  ExportTask,
  FileComment,
  FileCommentReply,
  FileSubscription,
  ImportTask,
  UserSubscription
} from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Schema, Stream } from "effect"
import * as Stub from "../../core/test/stub.ts"
import * as Transport from "../../core/test/transport.ts"
import { violations } from "../../core/test/violations.ts"

const document = { file_token: "t", file_type: "docx" } as const
const everything = ["doc", "docx", "sheet", "file", "slides", "bitable", "apps"]
const text = { type: "text_run", text_run: { text: "so" } } as const
const said = (...elements: ReadonlyArray<object>) => ({ elements })

describe("content", () => {
  const fields = {
    text_run: { text: "so" },
    docs_link: { url: "https://example.feishu.cn/docx/t" },
    person: { user_id: "ou_1" }
  }
  const places: ReadonlyArray<readonly [string, string, (content: object) => ReadonlyArray<string>]> = [
    ["drive.file.comment.create", "reply_list.replies[0].content", (content) =>
      violations(FileComment.create, { ...document, reply_list: { replies: [{ content }] } })],
    ["drive.file.comment.reply.create", "content", (content) =>
      violations(FileCommentReply.create, { ...document, comment_id: "c", content })],
    ["drive.file.comment.reply.update", "content", (content) =>
      violations(FileCommentReply.update, { ...document, comment_id: "c", reply_id: "r", content })]
  ]

  for (const [id, at, write] of places) {
    describe(id, () => {
      it("holds what its type says", () => {
        for (const type of ["text_run", "docs_link", "person"] as const) {
          assert.deepStrictEqual(write(said({ type, [type]: fields[type] })), [])
          const { [type]: _, ...others } = fields
          assert.deepStrictEqual(write(said({ type })), [`${at}.elements[0].${type}: is required where type is ${type}`])
          assert.deepStrictEqual(write(said({ type, ...others })), [`${at}.elements[0].${type}: is required where type is ${type}`])
          // The page: what does not match the type is ignored.
          assert.deepStrictEqual(write(said({ type, ...fields })), [])
        }
        assert.deepStrictEqual(write(said({ type: "image" })), [
          `${at}.elements[0].type: must be one of "text_run", "docs_link", "person"`
        ])
      })

      it("is complete", () => {
        assert.deepStrictEqual(write(said({ type: "text_run", text_run: {} })), [`${at}.elements[0].text_run.text: is missing`])
        assert.deepStrictEqual(write(said({ type: "docs_link", docs_link: {} })), [`${at}.elements[0].docs_link.url: is missing`])
        assert.deepStrictEqual(write(said({ type: "person", person: {} })), [`${at}.elements[0].person.user_id: is missing`])
        assert.deepStrictEqual(write({}), [`${at}.elements: is missing`])
      })

      it("is 10 000 characters a text and 100 elements long", () => {
        const long = (text: string) => write(said({ type: "text_run", text_run: { text } }))
        assert.deepStrictEqual(long("x".repeat(10_000)), [])
        assert.deepStrictEqual(long("😀".repeat(10_000)), [])
        for (const one of ["x", "字", "😀"]) {
          assert.deepStrictEqual(long(one.repeat(10_001)), [`${at}.elements[0].text_run.text: must be at most 10000 characters`])
        }
        const many = (count: number) => write(said(...Array.from({ length: count }, () => text)))
        assert.deepStrictEqual([many(0), many(1), many(100)].flat(), [])
        assert.deepStrictEqual(many(101), [`${at}.elements: must be at most 100`])
      })
    })
  }

  it("is answered open", () => {
    const read = Schema.decodeUnknownSync(CommentContent.Content)
    assert.deepStrictEqual(read({ elements: [{ type: "sticker" }, {}] }), { elements: [{ type: "sticker" }, {}] })
  })
})

describe("comments", () => {
  const one = { ...document, comment_id: "c" }
  const kinds = (operation: Operation.Operation.Any, request: object, types: ReadonlyArray<string>) => {
    for (const file_type of types) assert.deepStrictEqual(violations(operation, { ...request, file_type }), [])
    for (const file_type of ["wiki", "folder", "", ...everything.filter((type) => !types.includes(type))]) {
      assert.deepStrictEqual(violations(operation, { ...request, file_type }), [
        `file_type: must be one of ${types.map((type) => `"${type}"`).join(", ")}`
      ])
    }
  }

  it("are on documents of the kinds that the pages list", () => {
    kinds(FileComment.list, document, everything)
    kinds(FileComment.batchQuery, { ...document, comment_ids: [] }, everything)
    kinds(FileComment.create, document, ["doc", "docx", "bitable", "apps"])
    kinds(FileComment.get, one, everything)
    kinds(FileComment.patch, { ...one, is_solved: true }, everything)
    kinds(FileCommentReply.list, one, everything)
    kinds(FileCommentReply.create, { ...one, content: said(text) }, everything)
    kinds(FileCommentReply.update, { ...one, reply_id: "r", content: said(text) }, everything)
    kinds(FileCommentReply.delete, { ...one, reply_id: "r" }, everything)
  })

  it("come in pages of 1 to 100", () => {
    for (const [operation, request] of [[FileComment.list, document], [FileCommentReply.list, one]] as const) {
      const size = (page_size: unknown) => violations(operation, { ...request, page_size })
      assert.deepStrictEqual([1, 50, 100, undefined].flatMap(size), [])
      for (const page_size of [0, 101]) assert.deepStrictEqual(size(page_size), ["page_size: must be a number between 1 and 100"])
      assert.deepStrictEqual(size(1.5), ["page_size: must be an integer"])
    }
  })

  it("are asked for 100 at a time", () => {
    const ids = (count: number) => violations(FileComment.batchQuery, { ...document, comment_ids: Array.from({ length: count }, String) })
    assert.deepStrictEqual([ids(0), ids(100)].flat(), [])
    assert.deepStrictEqual(ids(101), ["comment_ids: must be at most 100"])
  })

  it("are solved or not", () => {
    assert.deepStrictEqual(violations(FileComment.patch, { ...one, is_solved: false }), [])
    assert.deepStrictEqual(violations(FileComment.patch, one), ["is_solved: is missing"])
    assert.deepStrictEqual(violations(FileComment.patch, { ...one, is_solved: "true" }), ["is_solved: must be a boolean"])
  })
})

describe("drive.file.comment.updateReaction", () => {
  const react = (fields: object) =>
    violations(FileComment.updateReaction, { ...document, action: "add", reply_id: "r", reaction_type: "THUMBSUP", ...fields })

  it("takes the reactions there are, as they are written", () => {
    assert.lengthOf(new Set(FileComment.ReactionType.literals), FileComment.ReactionType.literals.length)
    for (const reaction_type of FileComment.ReactionType.literals) assert.deepStrictEqual(react({ reaction_type }), [])
    for (const reaction_type of ["thumbsup", "Angry", "", "YES"]) {
      assert.strictEqual(react({ reaction_type }).length, 1)
      assert.match(react({ reaction_type })[0]!, /^reaction_type: must be one of "ANGRY", "APPLAUSE"/)
    }
  })

  it("adds or deletes", () => {
    assert.deepStrictEqual([{ action: "add" }, { action: "delete" }].flatMap(react), [])
    assert.deepStrictEqual(react({ action: "remove" }), [`action: must be one of "add", "delete"`])
    for (const file_type of everything) assert.deepStrictEqual(react({ file_type }), [])
    assert.lengthOf(react({ file_type: "wiki" }), 1)
  })

  it("takes ids of 1 to 100 characters", () => {
    for (const field of ["file_token", "reply_id"]) {
      for (const length of [1, 100]) assert.deepStrictEqual(react({ [field]: "x".repeat(length) }), [])
      assert.deepStrictEqual(react({ [field]: "" }), [`${field}: must be a string at least 1 character(s) long`])
      assert.deepStrictEqual(react({ [field]: "x".repeat(101) }), [`${field}: must be a string at most 100 character(s) long`])
    }
  })
})

describe("subscriptions", () => {
  const { status, subscribe, unsubscribe } = FileSubscription
  const event_type = "file.created_in_folder_v1"
  const others = ["doc", "docx", "sheet", "bitable", "file", "slides"]

  it("to a folder name its event", () => {
    for (const operation of [subscribe, status, unsubscribe]) {
      const folder = { file_token: "t", file_type: "folder" }
      assert.deepStrictEqual(violations(operation, { ...folder, event_type }), [])
      assert.deepStrictEqual(violations(operation, folder), [`event_type: must be ${event_type} where file_type is folder`])
      assert.deepStrictEqual(violations(operation, { ...folder, event_type: "file.edit_v1" }), [`event_type: must be "${event_type}"`])
      for (const file_type of others) assert.deepStrictEqual(violations(operation, { file_token: "t", file_type }), [])
      assert.lengthOf(violations(operation, { file_token: "t", file_type: "wiki" }), 1)
    }
  })

  it("to anything else begin without one", () => {
    for (const file_type of others) {
      const request = { file_token: "t", file_type, event_type }
      assert.deepStrictEqual(violations(subscribe, request), ["event_type: must be absent unless file_type is folder"])
      // No page says so of these.
      assert.deepStrictEqual(violations(status, request), [])
      assert.deepStrictEqual(violations(unsubscribe, request), [])
    }
  })

  it("of a user are to the one event there is", () => {
    for (const operation of [UserSubscription.subscribe, UserSubscription.unsubscribe, UserSubscription.status]) {
      assert.deepStrictEqual(violations(operation, { event_type: "drive.notice.comment_add_v1" }), [])
      assert.deepStrictEqual(violations(operation, { event_type }), [`event_type: must be "drive.notice.comment_add_v1"`])
      assert.deepStrictEqual(violations(operation, {}), ["event_type: is missing"])
    }
  })

  it("of the docs assistant are to the comments on documents", () => {
    const subscription = { file_token: "t", subscription_id: "s" }
    for (const [operation, request] of [
      [DocsAssistant.create, { file_token: "t", subscription_type: "comment_update" }],
      [DocsAssistant.get, subscription],
      [DocsAssistant.patch, { ...subscription, is_subscribe: true }]
    ] as const) {
      for (const file_type of ["doc", "docx", "wiki"]) assert.deepStrictEqual(violations(operation, { ...request, file_type }), [])
      assert.deepStrictEqual(violations(operation, { ...request, file_type: "sheet" }), [`file_type: must be one of "doc", "docx", "wiki"`])
    }
    assert.deepStrictEqual(violations(DocsAssistant.create, { file_token: "t", file_type: "docx", subscription_type: "edit" }), [
      `subscription_type: must be "comment_update"`
    ])
    // Misspelt in one place, and in one only.
    assert.deepStrictEqual(
      violations(DocsAssistant.create, { file_token: "t", file_type: "docx", subscription_type: "comment_update", is_subcribe: true }),
      []
    )
    assert.deepStrictEqual(violations(DocsAssistant.patch, { ...subscription, file_type: "docx", is_subcribe: true }), [
      "is_subcribe: is unexpected",
      "is_subscribe: is missing"
    ])
  })
})

describe("drive.importTask.create", () => {
  const point = { mount_type: ImportTask.MountType.folder, mount_key: "" }
  const create = (fields: object) =>
    violations(ImportTask.create, { file_extension: "xlsx", file_token: "f", type: "sheet", point, ...fields })

  const documented = {
    docx: ["docx"],
    doc: ["docx"],
    txt: ["docx"],
    md: ["docx"],
    mark: ["docx"],
    markdown: ["docx"],
    html: ["docx"],
    xlsx: ["sheet", "bitable"],
    csv: ["sheet", "bitable"],
    xls: ["sheet"],
    base: ["bitable"],
    pptx: ["slides"]
  }

  it("makes of a file what it can become", () => {
    for (const [file_extension, types] of Object.entries(documented)) {
      for (const type of ["docx", "sheet", "bitable", "slides"]) {
        assert.deepStrictEqual(
          create({ file_extension, type }),
          types.includes(type) ? [] : [`type: must be ${types.join(" or ")} where file_extension is ${file_extension}`]
        )
      }
    }
    for (const file_extension of ["", "MD", ".md", "pdf"]) assert.lengthOf(create({ file_extension }), 1)
    assert.lengthOf(create({ type: "doc" }), 1)
  })

  it("puts it into a folder, or into the root folder", () => {
    assert.deepStrictEqual(ImportTask.MountType, { folder: 1 })
    assert.deepStrictEqual(create({ point: { mount_type: 1, mount_key: "fld" } }), [])
    assert.deepStrictEqual(create({ point: { mount_type: 2, mount_key: "" } }), ["point.mount_type: must be 1"])
    assert.deepStrictEqual(create({ point: { mount_type: 1 } }), ["point.mount_key: is missing"])
  })

  it("adds to a Base, and to nothing else", () => {
    assert.deepStrictEqual(create({ type: "bitable", token: "b" }), [])
    assert.deepStrictEqual(create({ token: "b" }), ["token: must be absent unless type is bitable"])
    assert.deepStrictEqual(create({ token: undefined }), [])
  })

  it("takes tokens of up to 27 characters", () => {
    assert.deepStrictEqual(create({ file_token: "x".repeat(27) }), [])
    assert.deepStrictEqual(create({ file_token: "x".repeat(28) }), ["file_token: must be a string at most 27 character(s) long"])
  })
})

describe("drive.exportTask", () => {
  const create = (fields: object) => violations(ExportTask.create, { token: "t", ...fields })

  const documented = {
    doc: ["docx", "pdf"],
    docx: ["docx", "pdf"],
    sheet: ["xlsx", "csv"],
    bitable: ["xlsx", "csv", "base"],
    slides: ["pptx", "pdf"]
  }

  it("makes of a document what it can become", () => {
    for (const [type, extensions] of Object.entries(documented)) {
      for (const file_extension of ["docx", "pdf", "xlsx", "csv", "pptx", "base"]) {
        assert.deepStrictEqual(
          create({ type, file_extension, sub_id: "s" }),
          extensions.includes(file_extension) ? [] : [`file_extension: must be ${extensions.join(" or ")} where type is ${type}`]
        )
      }
    }
    assert.lengthOf(create({ type: "wiki", file_extension: "pdf" }), 1)
    assert.lengthOf(create({ type: "docx", file_extension: "md" }), 1)
  })

  it("makes a csv of one table", () => {
    for (const type of ["sheet", "bitable"]) {
      assert.deepStrictEqual(create({ type, file_extension: "csv" }), ["sub_id: is required where file_extension is csv"])
      assert.deepStrictEqual(create({ type, file_extension: "csv", sub_id: "s" }), [])
      assert.deepStrictEqual(create({ type, file_extension: "xlsx" }), [])
    }
  })

  it("leaves the records out of a base only", () => {
    assert.deepStrictEqual(create({ type: "bitable", file_extension: "base", only_schema: true }), [])
    assert.deepStrictEqual(create({ type: "bitable", file_extension: "base" }), [])
    for (const only_schema of [true, false]) {
      assert.deepStrictEqual(create({ type: "bitable", file_extension: "xlsx", only_schema }), [
        "only_schema: must be absent unless file_extension is base"
      ])
    }
  })

  it("takes tokens of up to 27 characters", () => {
    const wrong = ["token: must be a string at most 27 character(s) long"]
    assert.deepStrictEqual(create({ type: "docx", file_extension: "pdf", token: "x".repeat(27) }), [])
    assert.deepStrictEqual(create({ type: "docx", file_extension: "pdf", token: "x".repeat(28) }), wrong)
    assert.deepStrictEqual(violations(ExportTask.get, { ticket: "1", token: "x".repeat(27) }), [])
    assert.deepStrictEqual(violations(ExportTask.get, { ticket: "1", token: "x".repeat(28) }), wrong)
    assert.deepStrictEqual(violations(ExportTask.get, { ticket: "1" }), ["token: is missing"])
  })
})

describe("on the wire", () => {
  it.effect("the docs assistant is asked with a body, although it is a GET", () => {
    const sent: Array<Stub.Sent> = []
    const subscription = { file_type: "docx", is_subcribe: false, subscription_id: "s", subscription_type: "comment_update" }
    const world = Transport.layer((request) => {
      sent.push(request)
      return Stub.ok(subscription)
    })
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* DocsAssistant.get({ file_token: "t", subscription_id: "s", file_type: "docx" }), subscription)
      const [{ method, path, query, text }] = sent as [Stub.Sent]
      assert.deepStrictEqual([method, path, [...query], JSON.parse(text)], [
        "GET",
        "/open-apis/drive/v1/files/t/subscriptions/s",
        [],
        { file_type: "docx" }
      ])
    }).pipe(Effect.provide(world))
  })

  for (const [shape, data] of [
    ["directly", { is_subscribe: true }],
    ["one level deeper", { data: { is_subscribe: true } }],
    ["both", { is_subscribe: true, data: { is_subscribe: false } }]
  ] as const) {
    it.effect(`a user's subscription is told ${shape}`, () =>
      Effect.gen(function*() {
        const { is_subscribe } = yield* UserSubscription.status({ event_type: "drive.notice.comment_add_v1" })
        assert.isTrue(is_subscribe)
      }).pipe(Effect.provide(Transport.layer(() => Stub.ok(data)))))
  }

  it.effect("a user's subscription is never guessed", () =>
    Effect.gen(function*() {
      const ask = UserSubscription.status({ event_type: "drive.notice.comment_add_v1" })
      const error = yield* Effect.flip(ask)
      assert.strictEqual(error._tag, "ResponseInvalid")
      assert.include(error.message, "is_subscribe: is missing")
    }).pipe(Effect.provide(Transport.layer(() => Stub.ok({ data: {} })))))

  it.effect("a comment is read with null for what it lacks", () =>
    Effect.gen(function*() {
      const { reply_list, ...comment } = yield* FileComment.get({ ...document, comment_id: "c" })
      assert.deepStrictEqual(comment, { comment_id: "c" })
      assert.deepStrictEqual(reply_list?.replies?.[0]?.content?.elements, [{ type: "text_run", text_run: { text: "so" }, person: {} }])
    }).pipe(Effect.provide(Transport.layer(() =>
      Stub.ok({
        comment_id: "c",
        solver_user_id: null,
        reply_list: { replies: [{ reply_id: "r", content: { elements: [{ ...text, docs_link: null, person: { user_id: null } }] } }] }
      })
    ))))

  it.effect("comments come page by page", () => {
    const asked: Array<string> = []
    const world = Transport.layer(({ query }) => {
      const at = query.get("page_token")
      asked.push(query.toString())
      return Stub.ok(
        at === null
          ? { items: [{ comment_id: "1" }], has_more: true, page_token: "next" }
          : { items: [{ comment_id: "2", relation: { relation: "{}" } }], has_more: false }
      )
    })
    return Effect.gen(function*() {
      const all = yield* Stream.runCollect(FileComment.list.items({ ...document, is_solved: false, need_relation: true }))
      assert.deepStrictEqual(Chunk.toReadonlyArray(all), [{ comment_id: "1" }, { comment_id: "2", relation: { relation: "{}" } }])
      assert.lengthOf(asked, 2)
      assert.include(asked[1], "page_token=next")
      assert.include(asked[1], "is_solved=false")
    }).pipe(Effect.provide(world))
  })
})
