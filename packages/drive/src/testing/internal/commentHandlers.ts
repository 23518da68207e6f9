/** Comments, replies and reactions: what each operation does to them. */
import type * as Directory from "@effect-feishu/core/testing/Directory"
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as CommentError from "../../CommentError.ts"
import * as FileComment from "../../FileComment.ts"
import * as FileCommentReply from "../../FileCommentReply.ts"
import * as FileError from "../../FileError.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Comments from "./comments.ts"
import * as Pages from "./pages.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"

const ofList = {
  deleted: CommentError.DriveCommentFileDeleted,
  denied: CommentError.DriveCommentForbidden,
  invalid: CommentError.DriveCommentInvalidParam,
  mistyped: CommentError.DriveCommentInvalidParam,
  nobody: CommentError.DriveCommentNotFound,
  nothing: CommentError.DriveCommentNotFound,
  unknown: CommentError.DriveCommentNotFound
} as const

const classes = { ...ofList, unknown: CommentError.DriveCommentFileNotFound } as const

interface OnFile {
  readonly file_token: string
  readonly file_type: string
}

export const handlers = <R>(state: Effect.Effect<Service, never, R>) => {
  const comments = Effect.map(state, ({ commentState }) => commentState)

  const find = ({ file_token, file_type }: OnFile) =>
    Effect.flatMap(state, ({ documents }) => documents.find(file_token, file_type))

  const readable = (file: OnFile, caller: Caller) =>
    Effect.tap(find(file), (document) => Access.requireLevel(document, caller, "view"))

  const commentable = (file: OnFile, caller: Caller) =>
    Effect.tap(find(file), (document) =>
      Effect.flatMap(Access.mayDo(document, caller, "comment"), (may) =>
        may ? Effect.void : Refusals.refuse("denied", "the caller may not comment")))

  const now = Effect.flatMap(state, ({ documents }) => documents.now)

  const commentOf = ({ comment_id, file_token }: { readonly comment_id: string; readonly file_token: string }) =>
    Effect.flatMap(comments, (all) => all.find(file_token, comment_id))

  /** What is said, as it is kept: users by their open ids. */
  const said = (
    elements: ReadonlyArray<Comments.Element>,
    user_id_type: People.UserIdType
  ): Effect.Effect<ReadonlyArray<Comments.Element>, Refusals.Refusal<"invalid" | "nobody">, Directory.Directory> =>
    elements.length === 0
      ? Refusals.refuse("invalid", "nothing is said")
      : Comments.withUsers(elements, (id) => People.userOf(user_id_type, id))

  return [
    FakeFeishu.handler(FileComment.list, (request, caller) =>
      Refusals.as(FileComment.list, ofList)(Effect.gen(function*() {
        const { file_token, is_solved, is_whole, page_size = 50, page_token } = request
        yield* readable(request, caller)
        const { inline, on } = yield* comments
        const wanted = on(file_token).filter(({ quote, solved }) =>
          (is_whole === undefined || is_whole === (quote === undefined))
          && (is_solved === undefined || is_solved === (solved !== undefined)))
        const page = yield* Pages.cut(wanted, ({ number }) => [number, 0], { page_size, page_token })
        return Pages.told(page, yield* Effect.forEach(page.items, (one) => Comments.located(one, inline, request)))
      }))),

    FakeFeishu.handler(FileComment.batchQuery, (request, caller) =>
      Refusals.as(FileComment.batchQuery, classes)(Effect.gen(function*() {
        yield* readable(request, caller)
        const { inline, on } = yield* comments
        const wanted = on(request.file_token).filter(({ id }) => request.comment_ids.includes(id))
        return { items: yield* Effect.forEach(wanted, (one) => Comments.located(one, inline, request)) }
      }))),

    FakeFeishu.handler(FileComment.get, (request, caller) =>
      Refusals.as(FileComment.get, classes)(Effect.gen(function*() {
        yield* readable(request, caller)
        const { inline } = yield* comments
        const comment = yield* commentOf(request)
        if (comment.quote !== undefined) return yield* Refusals.refuse("nothing", "it is on a passage")
        return yield* Comments.describe(comment, inline, request)
      }))),

    FakeFeishu.handler(FileComment.create, (request, caller) =>
      Refusals.as(FileComment.create, classes)(Effect.gen(function*() {
        const { file_token, reply_list, user_id_type } = request
        yield* commentable(request, caller)
        const by = People.ofCaller(caller)
        const replies = yield* Effect.forEach(reply_list?.replies ?? [], ({ content }) =>
          Effect.map(said(content.elements, user_id_type), (elements) => ({ by, elements })))
        if (replies.length === 0) return yield* Refusals.refuse("invalid", "nothing is said")
        const { add, inline } = yield* comments
        const comment = add({ token: file_token, by, at: yield* now, replies })
        return yield* Comments.describe(comment, inline, { user_id_type })
      }))),

    FakeFeishu.handler(FileComment.patch, (request, caller) =>
      Refusals.as(FileComment.patch, classes)(Effect.gen(function*() {
        yield* commentable(request, caller)
        const comment = yield* commentOf(request)
        // Solved once more, it stays as it was solved.
        comment.solved = request.is_solved ? comment.solved ?? { by: People.ofCaller(caller), at: yield* now } : undefined
      }))),

    FakeFeishu.handler(FileComment.updateReaction, (request, caller) =>
      Refusals.as(FileComment.updateReaction, {
        deleted: FileError.DriveFileNotFound,
        denied: FileError.DriveFileNoPermission,
        invalid: FileError.DriveFileInvalidParam,
        mistyped: FileError.DriveFileInvalidParam,
        unknown: FileError.DriveFileNotFound
      })(Effect.gen(function*() {
        const { action, file_token, reaction_type, reply_id } = request
        yield* commentable(request, caller)
        const { on } = yield* comments
        const reply = on(file_token).flatMap(({ replies }) => replies).find(({ id }) => id === reply_id)
        if (reply === undefined) return yield* Refusals.refuse("invalid", "there is no such reply")
        const me = People.ofCaller(caller)
        const before = reply.reactions.get(reaction_type)
        const others = (before ?? []).filter((one) => !People.same(one, me))
        if (action === "add") reply.reactions.set(reaction_type, [...others, me])
        else if (before !== undefined) reply.reactions.set(reaction_type, others)
      }))),

    FakeFeishu.handler(FileCommentReply.list, (request, caller) =>
      Refusals.as(FileCommentReply.list, classes)(Effect.gen(function*() {
        yield* readable(request, caller)
        const comment = yield* commentOf(request)
        const { page_size = 50, page_token } = request
        const page = yield* Comments.replies(comment, { page_size, page_token })
        return Pages.told(page, yield* Effect.forEach(page.items, (reply) => Comments.describeReply(reply, request)))
      }))),

    FakeFeishu.handler(FileCommentReply.create, (request, caller) =>
      Refusals.as(FileCommentReply.create, classes)(Effect.gen(function*() {
        yield* commentable(request, caller)
        const comment = yield* commentOf(request)
        const elements = yield* said(request.content.elements, request.user_id_type)
        const all = yield* comments
        const reply = all.reply(comment, { by: People.ofCaller(caller), elements }, yield* now)
        return yield* Comments.describeReply(reply, { user_id_type: request.user_id_type, need_reaction: true })
      }))),

    FakeFeishu.handler(FileCommentReply.update, (request, caller) =>
      Refusals.as(FileCommentReply.update, classes)(Effect.gen(function*() {
        yield* commentable(request, caller)
        const { findReply } = yield* comments
        const reply = yield* findReply(yield* commentOf(request), request.reply_id)
        reply.elements = yield* said(request.content.elements, request.user_id_type)
        reply.updatedAt = yield* now
      }))),

    FakeFeishu.handler(FileCommentReply.delete, (request, caller) =>
      Refusals.as(FileCommentReply.delete, classes)(Effect.gen(function*() {
        yield* commentable(request, caller)
        const all = yield* comments
        const comment = yield* commentOf(request)
        all.removeReply(comment, yield* all.findReply(comment, request.reply_id))
      })))
  ]
}
