/**
 * The versions of an online document or a spreadsheet: states of it that were
 * given a name and are kept.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as File from "./File.ts"
import * as VersionError from "./VersionError.ts"

const types = ["docx", "sheet"] as const

const SourceType = Schema.Literal(...types)

/**
 * What became of a version: the values of `status`, which are text.
 *
 * @since 0.1.0
 * @category constants
 */
export const Status = {
  normal: "0",
  deleted: "1",
  /** In the recycle bin. */
  trashed: "2"
} as const

/**
 * A version of a document.
 *
 * @since 0.1.0
 * @category models
 */
export class Version extends Shape.Struct<Version>()(() => ({
  /** Its title. */
  name: Schema.optional(Schema.String),
  /** What `get` and `delete` call `version_id`. */
  version: Schema.String,
  /** The document it is a version of. */
  parent_token: Schema.optional(Schema.String),
  /** The owner, by the id that `user_id_type` says. */
  owner_id: Schema.optional(Schema.String),
  /** Who made it, by the id that `user_id_type` says. */
  creator_id: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. Said to be absent where it was just made. */
  update_time: Schema.optional(Schema.String),
  /** "0" normal, "1" deleted, "2" in the recycle bin: see `Status`. */
  status: Schema.optional(Shape.Open(Status.normal, Status.deleted, Status.trashed)),
  /** What the version is. */
  obj_type: Schema.optional(Shape.Open(...types)),
  /** What the document is. */
  parent_type: Schema.optional(Shape.Open(...types))
})) {}

/** How many code points a title may have. */
const longestTitle = 1024

const Title = Schema.String.pipe(
  Schema.filter((text) => Array.from(text).length <= longestTitle, {
    message: () => `must be at most ${longestTitle} code points`
  })
)

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /**
   * The version's title: at most 1024 Unicode code points, of which an emoji may
   * have several.
   */
  name: Title,
  /** What `file_token` is the token of. */
  obj_type: SourceType,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(File.UserIdType)
})) {}

/**
 * Makes a version of a document as it is now. The platform does so in its own
 * time, after it has answered.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-version/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.file.version.create", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/versions",
  accepts: "either",
  scopes: ["drive:drive:version"],
  // Would make a second version.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: CreateRequest,
  query: ["user_id_type"],
  response: Version,
  errors: [
    VersionError.DriveVersionNoPermission,
    VersionError.DriveVersionTitleRefused,
    VersionError.DriveVersionParentNotFound,
    VersionError.DriveVersionFileTokenInvalid,
    VersionError.DriveVersionParamInvalid,
    VersionError.DriveVersionRequestFailed
  ],
  statuses: { 1068400: 400 }
})

/**
 * One version of a document: what `get` and `delete` take.
 *
 * @since 0.1.0
 * @category models
 */
export class VersionRequest extends Shape.Struct<VersionRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The version: the `version` of its answer. */
  version_id: Schema.String,
  /** What `file_token` is the token of. */
  obj_type: SourceType,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(File.UserIdType)
})) {}

const versionErrors = [
  VersionError.DriveVersionNoPermission,
  VersionError.DriveVersionNotFound,
  VersionError.DriveVersionParentNotFound,
  VersionError.DriveVersionFileTokenInvalid,
  VersionError.DriveVersionParamInvalid,
  VersionError.DriveVersionParamUnusable,
  VersionError.DriveVersionRequestFailed
] as const

/**
 * A version of a document: its title, who made it and when, whether it is still
 * there.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-version/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.file.version.get", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/versions/:version_id",
  accepts: "either",
  scopes: ["drive:drive:version", "drive:drive:version:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: VersionRequest,
  response: Version,
  errors: versionErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** How many at most, up to 100. */
  page_size: Schema.Int.pipe(Schema.between(1, 100)),
  /** Where to go on: the `page_token` of the page before. */
  page_token: Schema.optional(Schema.String),
  /** What `file_token` is the token of. */
  obj_type: SourceType,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(File.UserIdType)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(Version)),
  /** Where the next page begins; there if `has_more`. */
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * The versions of a document.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-version/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("drive.file.version.list", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/versions",
  accepts: "either",
  scopes: ["drive:drive:version", "drive:drive:version:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors: [
    VersionError.DriveVersionNoPermission,
    VersionError.DriveVersionTitleRefused,
    VersionError.DriveVersionParentNotFound,
    VersionError.DriveVersionFileTokenInvalid,
    VersionError.DriveVersionParamInvalid,
    VersionError.DriveVersionParamUnusable,
    VersionError.DriveVersionRequestFailed
  ]
})

const del = Operation.make("drive.file.version.delete", {
  method: "DELETE",
  url: "/open-apis/drive/v1/files/:file_token/versions/:version_id",
  accepts: "either",
  scopes: ["drive:drive:version"],
  // What is gone stays gone; the second request is answered by `DriveVersionNotFound`.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: VersionRequest,
  query: ["obj_type", "user_id_type"],
  errors: versionErrors
})

export {
  /**
   * Deletes a version of a document; the document stays. `DriveVersionNotFound`
   * means that it had gone already, perhaps by this very call, whose answer was
   * lost.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-version/delete
   * @since 0.1.0
   * @category operations
   */
  del as delete
}
