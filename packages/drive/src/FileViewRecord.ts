/**
 * Who visited a document, and when last.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as ActivityError from "./ActivityError.ts"
import * as File from "./File.ts"
import * as FileStatistics from "./FileStatistics.ts"

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** What `file_token` is the token of. */
  file_type: FileStatistics.FileType,
  /** How many at most, from 1 to 50. */
  page_size: Schema.Int.pipe(Schema.between(1, 50)),
  /** Where to go on: the `page_token` of the page before. */
  page_token: Schema.optional(Schema.String),
  /**
   * What the ids of visitors are.
   *
   * @default "open_id"
   */
  viewer_id_type: Schema.optional(File.UserIdType)
})) {}

/**
 * One visitor.
 *
 * @since 0.1.0
 * @category models
 */
export class ViewRecord extends Shape.Struct<ViewRecord>()(() => ({
  /** The visitor, by the id that `viewer_id_type` says. */
  viewer_id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  /** Where their picture is. */
  avatar_url: Schema.optional(Schema.String),
  /** When they last came, in Unix seconds: `Time.fromUnixSeconds`. */
  last_view_time: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(ViewRecord)),
  /** Where the next page begins; there if `has_more`. */
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * Who visited a document, and when last.
 *
 * The caller must manage the document, and the tenant must keep a record of
 * visits, else `DriveActivityNoPermission`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-view_record/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("drive.file.viewRecord.list", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/view_records",
  accepts: "either",
  scopes: ["contact:user.base:readonly", "drive:file:view_record:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors: [
    ActivityError.DriveActivityInternalError,
    ActivityError.DriveActivityInvalidParam,
    ActivityError.DriveActivityNoPermission,
    ActivityError.DriveActivityFileNotFound
  ],
  statuses: { 1069604: 404 }
})
