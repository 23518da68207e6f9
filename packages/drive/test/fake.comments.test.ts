import { AccessToken } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import { FileComment, FileCommentReply, PermissionPublic } from "@effect-feishu/drive"
import type { CommentContent } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Stream, TestClock } from "effect"

const directory = { users: [{ open_id: "ou_ann", user_id: "ann" }, { open_id: "ou_bob", user_id: "bob" }, { open_id: "ou_cat" }] }

const view = (member_id: string) => ({ member_type: "openid", member_id, perm: "view" }) as const

const contents: DriveFake.Contents = {
  documents: [
    { token: "plan", members: [view("ou_ann"), view("ou_bob")] },
    { token: "gone" }
  ],
  comments: [
    { token: "plan", comment_id: "c1", by: "ou_ann", text: "Why?", replies: [{ by: "ou_bob", text: "Because.", reply_id: "r1" }, { text: "Indeed." }] },
    { token: "plan", comment_id: "c2", text: "Typo", quote: "teh", solved: true },
    { token: "plan", comment_id: "c3", text: "Fine" }
  ],
  limits: { replies: 2 }
}

const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domainOf(contents)],
  directory,
  user: { open_id: "ou_ann" },
  rateLimits: false
})

const as = (open_id: string) => <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.provide(AccessToken.asUser(self), FakeFeishu.layerUser({ open_id }))

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const plan = { file_token: "plan", file_type: "docx" } as const

const text = (words: string): CommentContent.NewContent => ({ elements: [{ type: "text_run", text_run: { text: words } }] })

const comment = (content: CommentContent.NewContent, rest: Partial<FileComment.CreateRequest> = {}) =>
  FileComment.create({ ...plan, reply_list: { replies: [{ content }] }, ...rest })

const discussions = Effect.flatMap(DriveFake.DriveFake, ({ comments }) => comments("plan"))

const ids = (request: Partial<FileComment.ListRequest> = {}) =>
  Effect.map(Stream.runCollect(FileComment.list.items({ ...plan, ...request })), (items) =>
    Chunk.toReadonlyArray(items).map(({ comment_id }) => comment_id))

describe("comments", () => {
  it.effect("are made, and found by everything that finds comments", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const made = yield* as("ou_bob")(comment({
        elements: [
          { type: "text_run", text_run: { text: "Look, " }, person: { user_id: "ignored" } },
          { type: "person", person: { user_id: "ann" } },
          { type: "docs_link", docs_link: { url: "https://feishu.cn/docx/x" } }
        ]
      }, { user_id_type: "user_id" }))
      const { comment_id } = made
      assert.match(comment_id, /^6916106\d{12}$/)
      const elements = (user_id: string) => [
        { type: "text_run", text_run: { text: "Look, " } },
        { type: "person", person: { user_id } },
        { type: "docs_link", docs_link: { url: "https://feishu.cn/docx/x" } }
      ]
      const told = (who: string, whom: string) => ({
        comment_id,
        user_id: who,
        create_time: 1_700_000_000,
        update_time: 1_700_000_000,
        is_solved: false,
        has_more: false,
        reply_list: {
          replies: [{
            content: { elements: elements(whom) },
            reply_id: made.reply_list?.replies?.[0]?.reply_id ?? "",
            user_id: who,
            create_time: 1_700_000_000,
            update_time: 1_700_000_000
          }]
        }
      })
      assert.deepStrictEqual<unknown>(made, told("bob", "ann"))
      assert.deepStrictEqual<unknown>(yield* FileComment.get({ ...plan, comment_id }), told("ou_bob", "ou_ann"))
      const [found] = (yield* FileComment.batchQuery({ ...plan, comment_ids: [comment_id, "none"] })).items ?? []
      assert.deepStrictEqual<unknown>(found, { ...told("ou_bob", "ou_ann"), is_whole: true })
      assert.strictEqual((yield* ids()).at(-1), comment_id)
      assert.strictEqual((yield* discussions).at(-1)?.replies[0]?.text, "Look, @ou_annhttps://feishu.cn/docx/x")
    }).pipe(Effect.provide(Test)))

  it.effect("are listed in pages, of the kinds asked for", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* ids({ page_size: 1 }), ["c1", "c2", "c3"])
      assert.deepStrictEqual(yield* ids({ is_whole: false }), ["c2"])
      assert.deepStrictEqual(yield* ids({ is_whole: true, is_solved: true }), [])
      assert.deepStrictEqual(yield* ids({ is_solved: false }), ["c1", "c3"])
      const [first, second] = (yield* FileComment.list(plan)).items ?? []
      assert.deepInclude(second, { is_whole: false, quote: "teh", is_solved: true, solver_user_id: "cli_fake" })
      assert.isTrue(first?.has_more)
      assert.deepStrictEqual(first?.reply_list?.replies?.map(({ user_id }) => user_id), ["ou_ann", "ou_bob"])
      const { page_token = "" } = first ?? {}
      const rest = yield* FileCommentReply.list({ ...plan, comment_id: "c1", page_token })
      assert.deepStrictEqual(rest.items?.map(({ user_id }) => user_id), ["cli_fake"])
    }).pipe(Effect.provide(Test)))

  it.effect("are solved, by whom and when, and opened again", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(50_000)
      yield* as("ou_bob")(FileComment.patch({ ...plan, comment_id: "c1", is_solved: true }))
      yield* TestClock.adjust("1 hour")
      yield* FileComment.patch({ ...plan, comment_id: "c1", is_solved: true })
      assert.deepInclude(yield* FileComment.get({ ...plan, comment_id: "c1" }), { is_solved: true, solved_time: 50, solver_user_id: "ou_bob" })
      assert.deepStrictEqual((yield* discussions)[0]?.solvedBy, { kind: "user", id: "ou_bob" })
      yield* FileComment.patch({ ...plan, comment_id: "c1", is_solved: false })
      assert.deepStrictEqual(yield* ids({ is_solved: false }), ["c1", "c3"])
    }).pipe(Effect.provide(Test)))

  it.effect("are reacted to, once each", () =>
    Effect.gen(function*() {
      const react = (action: "add" | "delete") => FileComment.updateReaction({ ...plan, action, reply_id: "r1", reaction_type: "LGTM" })
      const reactions = Effect.map(FileCommentReply.list({ ...plan, comment_id: "c1", need_reaction: true }), ({ items = [] }) => items[1]?.reactions)
      assert.deepStrictEqual(yield* reactions, [])
      yield* react("delete")
      assert.deepStrictEqual(yield* reactions, [])
      yield* as("ou_bob")(react("add"))
      yield* as("ou_bob")(react("add"))
      yield* as("ou_ann")(react("add"))
      assert.deepStrictEqual(yield* reactions, [{ reaction_key: "LGTM", count: 2, ahead_users: ["ou_bob", "ou_ann"] }])
      assert.deepStrictEqual((yield* discussions)[0]?.replies[1]?.reactions, { LGTM: 2 })
      yield* as("ou_bob")(react("delete"))
      yield* as("ou_ann")(react("delete"))
      assert.deepStrictEqual(yield* reactions, [{ reaction_key: "LGTM", count: 0, ahead_users: [] }])
      assert.isFalse((yield* FileCommentReply.list({ ...plan, comment_id: "c1" })).items?.some((one) => "reactions" in one))
    }).pipe(Effect.provide(Test)))
})

describe("replies", () => {
  it.effect("are made, changed and deleted", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(10_000)
      const made = yield* FileCommentReply.create({ ...plan, comment_id: "c3", content: text("Really?") })
      assert.deepInclude(made, { user_id: "cli_fake", create_time: 10, update_time: 10, reactions: [] })
      yield* TestClock.adjust("5 seconds")
      const { reply_id } = made
      yield* FileCommentReply.update({ ...plan, comment_id: "c3", reply_id, content: text("Really!") })
      const all = Effect.map(FileCommentReply.list({ ...plan, comment_id: "c3" }), ({ items = [] }) => items)
      assert.deepInclude((yield* all)[1], { content: text("Really!"), create_time: 10, update_time: 15 })
      assert.strictEqual((yield* FileComment.get({ ...plan, comment_id: "c3" })).update_time, 15)
      yield* FileCommentReply.delete({ ...plan, comment_id: "c3", reply_id })
      assert.strictEqual((yield* all).length, 1)
      assert.strictEqual(yield* tagOf(FileCommentReply.delete({ ...plan, comment_id: "c3", reply_id })), "DriveCommentNotFound")
      const [first] = yield* all
      yield* FileCommentReply.delete({ ...plan, comment_id: "c3", reply_id: first?.reply_id ?? "" })
      assert.deepStrictEqual(yield* ids(), ["c1", "c2"])
    }).pipe(Effect.provide(Test)))

  it.effect("come in pages", () =>
    Effect.gen(function*() {
      const items = yield* Stream.runCollect(FileCommentReply.list.items({ ...plan, comment_id: "c1", page_size: 1 }))
      assert.deepStrictEqual(Chunk.toReadonlyArray(items).map(({ user_id }) => user_id), ["ou_ann", "ou_bob", "cli_fake"])
    }).pipe(Effect.provide(Test)))
})

describe("comments are refused as documented", () => {
  it.effect("to those who may not comment, or not even read", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* tagOf(as("ou_cat")(ids())), "DriveCommentForbidden")
      yield* PermissionPublic.patch({ token: "plan", type: "docx", comment_entity: "anyone_can_edit" })
      yield* as("ou_ann")(Effect.gen(function*() {
        yield* FileComment.get({ ...plan, comment_id: "c1" })
        assert.strictEqual(yield* tagOf(comment(text("No"))), "DriveCommentForbidden")
        assert.strictEqual(yield* tagOf(FileComment.patch({ ...plan, comment_id: "c1", is_solved: true })), "DriveCommentForbidden")
        assert.strictEqual(yield* tagOf(FileCommentReply.create({ ...plan, comment_id: "c1", content: text("No") })), "DriveCommentForbidden")
        assert.strictEqual(yield* tagOf(FileComment.updateReaction({ ...plan, action: "add", reply_id: "r1", reaction_type: "OK" })), "DriveFileNoPermission")
      }))
    }).pipe(Effect.provide(Test)))

  it.effect("where document, comment, reply or user is not there", () =>
    Effect.gen(function*() {
      const nowhere = { file_token: "nowhere", file_type: "docx" } as const
      const mistyped = { file_token: "plan", file_type: "bitable" } as const
      assert.strictEqual(yield* tagOf(FileComment.list(nowhere)), "DriveCommentNotFound")
      assert.strictEqual(yield* tagOf(FileComment.get({ ...nowhere, comment_id: "c1" })), "DriveCommentFileNotFound")
      assert.strictEqual(yield* tagOf(comment(text("x"), mistyped)), "DriveCommentInvalidParam")
      yield* Effect.flatMap(DriveFake.DriveFake, ({ remove }) => remove("gone"))
      assert.strictEqual(yield* tagOf(comment(text("x"), { file_token: "gone" })), "DriveCommentFileDeleted")
      assert.strictEqual(yield* tagOf(FileComment.get({ ...plan, comment_id: "c9" })), "DriveCommentNotFound")
      assert.strictEqual(yield* tagOf(FileComment.get({ ...plan, comment_id: "c2" })), "DriveCommentNotFound")
      assert.strictEqual(
        yield* tagOf(FileCommentReply.update({ ...plan, comment_id: "c1", reply_id: "r9", content: text("x") })),
        "DriveCommentNotFound"
      )
      assert.strictEqual(yield* tagOf(comment({ elements: [{ type: "person", person: { user_id: "ou_nobody" } }] })), "DriveCommentNotFound")
      assert.strictEqual(yield* tagOf(comment({ elements: [] })), "DriveCommentInvalidParam")
      assert.strictEqual(yield* tagOf(FileComment.create(plan)), "DriveCommentInvalidParam")
      assert.strictEqual(yield* tagOf(FileComment.list({ ...plan, page_token: "x" })), "DriveCommentInvalidParam")
      const react = (file: Pick<FileComment.UpdateReactionRequest, "file_token" | "file_type">, reply_id: string) =>
        tagOf(FileComment.updateReaction({ ...file, action: "add", reply_id, reaction_type: "OK" }))
      assert.strictEqual(yield* react(plan, "r9"), "DriveFileInvalidParam")
      assert.strictEqual(yield* react(nowhere, "r1"), "DriveFileNotFound")
      assert.strictEqual(yield* react({ ...plan, file_token: "gone" }, "r1"), "DriveFileNotFound")
      assert.strictEqual(yield* react(mistyped, "r1"), "DriveFileInvalidParam")
    }).pipe(Effect.provide(Test)))

  it.effect("and put by a test on documents that there are", () =>
    Effect.gen(function*() {
      const fake = yield* DriveFake.DriveFake
      assert.strictEqual((yield* Effect.exit(fake.comment({ token: "nowhere", text: "x" })))._tag, "Failure")
      yield* fake.comment({ token: "gone", by: "ou_ann", text: "Soon" })
      assert.deepStrictEqual((yield* fake.comments("gone")).map(({ replies }) => replies.map(({ by, text }) => [by.id, text])), [[["ou_ann", "Soon"]]])
    }).pipe(Effect.provide(Test)))
})
