/**
 * The replies to a comment. The first one is the comment itself.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as CommentContent from "./CommentContent.ts"
import { FileType } from "./FileComment.ts"
import * as FileError from "./FileError.ts"
import { commentErrors } from "./internal/commentErrors.ts"

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The comment. */
  comment_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /**
   * From 1 to 100.
   *
   * @default 50
   */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 100))),
  /** Where to go on; `list.items` and `list.pages` see to it. */
  page_token: Schema.optional(Schema.String),
  /**
   * Whether the reactions are answered, too.
   *
   * @default false
   */
  need_reaction: Schema.optional(Schema.Boolean),
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id"))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(CommentContent.Reply)),
  /** Where the next page begins, while there is more. */
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * The replies to a comment.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment-reply/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("drive.file.comment.reply.list", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/comments/:comment_id/replies",
  accepts: "either",
  scopes: ["docs:document.comment:read", "drive:drive", "drive:drive:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors: [commentErrors, FileError.DriveMigrating]
})

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The comment. */
  comment_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /**
   * What the ids of users are, those in `content` included.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /** What the reply says. */
  content: CommentContent.NewContent,
  /** More of the reply, as text; no page says what it may hold. */
  extra: Schema.optional(Schema.String)
})) {}

/**
 * Replies to a comment.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment-reply/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.file.comment.reply.create", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/comments/:comment_id/replies",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:create",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  // Would reply twice.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: CreateRequest,
  query: ["file_type", "user_id_type"],
  response: CommentContent.Reply,
  errors: commentErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class UpdateRequest extends Shape.Struct<UpdateRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The comment. */
  comment_id: Schema.String,
  /** The reply. */
  reply_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /** What the reply says from now on. */
  content: CommentContent.NewContent
})) {}

/**
 * Changes what a reply says; with the first reply, what the comment says.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment-reply/update
 * @since 0.1.0
 * @category operations
 */
export const update = Operation.make("drive.file.comment.reply.update", {
  method: "PUT",
  url: "/open-apis/drive/v1/files/:file_token/comments/:comment_id/replies/:reply_id",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:update",
    "docs:document.comment:write_only",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  // Says all that the reply is to say.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: UpdateRequest,
  query: ["file_type", "user_id_type"],
  errors: commentErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class DeleteRequest extends Shape.Struct<DeleteRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The comment. */
  comment_id: Schema.String,
  /** The reply. */
  reply_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType
})) {}

const del = Operation.make("drive.file.comment.reply.delete", {
  method: "DELETE",
  url: "/open-apis/drive/v1/files/:file_token/comments/:comment_id/replies/:reply_id",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:delete",
    "docs:document.comment:write_only",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  // A reply that is gone stays gone; asked again, the platform does not find it.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: DeleteRequest,
  query: ["file_type"],
  errors: commentErrors
})

export {
  /**
   * Deletes a reply, for good.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment-reply/delete
   * @since 0.1.0
   * @category operations
   */
  del as delete
}
