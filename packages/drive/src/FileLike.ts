/**
 * Who likes a document.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as File from "./File.ts"
import * as FileError from "./FileError.ts"

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** What `file_token` is the token of. */
  file_type: Schema.Literal("doc", "docx", "file"),
  /**
   * How many at most, from 1 to 50.
   *
   * @default 10
   */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 50))),
  /** Where to go on: the `page_token` of the page before. */
  page_token: Schema.optional(Schema.String),
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(File.UserIdType)
})) {}

/**
 * One who likes a document. Of names and pictures the application sees what its
 * scopes for the directory let it.
 *
 * @since 0.1.0
 * @category models
 */
export class Like extends Shape.Struct<Like>()(() => ({
  /** The user, by the id that `user_id_type` says. */
  user_id: Schema.optional(Schema.String),
  /** When they last liked it, in Unix seconds: `Time.fromUnixSeconds`. */
  last_liked_time: Schema.optional(Schema.String),
  /** Absent where `user_is_desensitized`. */
  user_name: Schema.optional(Schema.String),
  /** Absent where `user_is_desensitized`. */
  user_en_name: Schema.optional(Schema.String),
  /** Where their picture is; absent where `user_is_desensitized`. */
  user_avatar_url: Schema.optional(Schema.String),
  /** Whether the caller is not shown who they are. */
  user_is_desensitized: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(Like)),
  /** Where the next page begins; there if `has_more`. */
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * Who likes a document, the latest first.
 *
 * The caller must be able to read the document and to see the pictures of those
 * who visited and liked it, else `DriveFileNoPermission`.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uIzNzUjLyczM14iM3MTN/drive-v2/file-like/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("drive.file.like.list", {
  method: "GET",
  url: "/open-apis/drive/v2/files/:file_token/likes",
  accepts: "either",
  scopes: ["drive:file.like:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors: [
    FileError.DriveFileInternalError,
    FileError.DriveFileInvalidParam,
    FileError.DriveFileNotFound,
    FileError.DriveFileNoPermission,
    FileError.DriveFileDeleted
  ],
  statuses: { 1061007: 400 }
})
