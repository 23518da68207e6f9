/**
 * How often a document was visited and liked.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as ActivityError from "./ActivityError.ts"

/**
 * The kinds of document whose visits are counted.
 *
 * @since 0.1.0
 * @category schemas
 */
export const FileType = Schema.Literal("doc", "sheet", "mindnote", "bitable", "wiki", "file", "docx")

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** What `file_token` is the token of. */
  file_type: FileType
})) {}

/**
 * Visits and likes: since the document exists, and those of today.
 *
 * @since 0.1.0
 * @category models
 */
export class Statistics extends Shape.Struct<Statistics>()(() => ({
  /** How many users visited it. */
  uv: Schema.optional(Schema.Finite),
  /** How many visits there were. A user's second within half an hour is none. */
  pv: Schema.optional(Schema.Finite),
  /** How many likes it has; -1 where a document of its kind cannot be liked. */
  like_count: Schema.optional(Schema.Finite),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  timestamp: Schema.optional(Schema.Finite),
  /** How many users came new today. */
  uv_today: Schema.optional(Schema.Finite),
  /** How many visits there were today. */
  pv_today: Schema.optional(Schema.Finite),
  /** How many likes came today. */
  like_count_today: Schema.optional(Schema.Finite)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  file_token: Schema.optional(Schema.String),
  file_type: Schema.optional(Schema.String),
  statistics: Schema.optional(Statistics)
})) {}

/**
 * How often a document was visited and liked.
 *
 * The caller must manage the document, and the tenant must keep a record of
 * visits, else `DriveActivityNoPermission`. The documentation calls the rate
 * limit special and gives no figure.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-statistics/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.file.statistics.get", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/statistics",
  accepts: "either",
  scopes: ["drive:drive", "drive:drive.metadata:readonly", "drive:drive:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: GetRequest,
  response: GetResponse,
  errors: [
    ActivityError.DriveActivityInternalError,
    ActivityError.DriveActivityInvalidParam,
    ActivityError.DriveActivityNoPermission,
    ActivityError.DriveActivityFileNotFound
  ]
})
