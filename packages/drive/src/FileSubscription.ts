/**
 * The events of one document: who subscribed to it is sent them.
 *
 * They are those of `DriveEvent` and `BitableEvent`, and must be added to the
 * application in the developer console as well. Only who owns or manages a
 * document can subscribe to it, and who manages it is told of edits and of what
 * changes in a Base only.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as ActivityError from "./ActivityError.ts"
import * as FileError from "./FileError.ts"

/** What happens in a folder, as `event_type` calls `DriveEvent.createdInFolder`. */
const createdInFolder = "file.created_in_folder_v1"

const FileType = Schema.Literal("doc", "docx", "sheet", "bitable", "file", "folder", "slides")

const EventType = Schema.Literal(createdInFolder)

interface Subscribed {
  readonly file_type: typeof FileType.Type
  readonly event_type?: typeof createdInFolder | undefined
}

const namesFolderEvent = ({ event_type, file_type }: Subscribed): Shape.Violation | undefined =>
  file_type === "folder" && event_type === undefined
    ? { path: ["event_type"], message: `must be ${createdInFolder} where file_type is folder` }
    : undefined

type OtherThanFolder = Exclude<typeof FileType.Type, "folder">

/** A folder has one event, which is named. */
type NamesFolderEvent =
  | { readonly file_type: "folder"; readonly event_type: typeof createdInFolder }
  | { readonly file_type: OtherThanFolder }

const subscribed = () => ({
  /** The document. */
  file_token: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /** Which event: named for a folder, which has only one. Elsewhere all are meant. */
  event_type: Schema.optional(EventType)
})

class SubscribeRequestFields extends Shape.Struct<SubscribeRequestFields>()(
  subscribed,
  namesFolderEvent,
  ({ event_type, file_type }) =>
    file_type !== "folder" && event_type !== undefined
      ? { path: ["event_type"], message: "must be absent unless file_type is folder" }
      : undefined
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type SubscribeRequest =
  & SubscribeRequestFields
  & (
    | { readonly file_type: "folder"; readonly event_type: typeof createdInFolder }
    | { readonly file_type: OtherThanFolder; readonly event_type?: undefined }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const SubscribeRequest = Shape.narrow<SubscribeRequest>()(SubscribeRequestFields)

/**
 * Subscribes to the events of a document: all of them, or the one of a folder.
 *
 * The caller must be able to manage the document. Who subscribes with a tenant
 * token needs the event's permission for the application and for users.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/subscribe
 * @since 0.1.0
 * @category operations
 */
export const subscribe = Operation.make("drive.file.subscribe", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/subscribe",
  accepts: "either",
  scopes: ["docs:doc", "docs:event:subscribe", "drive:drive", "sheets:spreadsheet"],
  // Who subscribed is subscribed.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SubscribeRequest,
  query: ["file_type", "event_type"],
  errors: [
    ActivityError.DriveActivityInternalError,
    ActivityError.DriveActivityInvalidParam,
    ActivityError.DriveActivityNoPermission,
    ActivityError.DriveActivityFileNotFound
  ]
})

class StatusRequestFields extends Shape.Struct<StatusRequestFields>()(subscribed, namesFolderEvent) {}

/**
 * @since 0.1.0
 * @category models
 */
export type StatusRequest = StatusRequestFields & NamesFolderEvent

/**
 * @since 0.1.0
 * @category schemas
 */
export const StatusRequest = Shape.narrow<StatusRequest>()(StatusRequestFields)

/**
 * @since 0.1.0
 * @category models
 */
export class StatusResponse extends Shape.Struct<StatusResponse>()(() => ({
  /** Whether the caller subscribed. */
  is_subscribe: Schema.Boolean
})) {}

/**
 * Whether the caller subscribed to the events of a document.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/get_subscribe
 * @since 0.1.0
 * @category operations
 */
export const status = Operation.make("drive.file.getSubscribe", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/get_subscribe",
  accepts: "either",
  scopes: ["docs:doc", "docs:event:subscribe", "drive:drive", "sheets:spreadsheet"],
  idempotent: true,
  rateLimit: RateLimit.of([10, "1 minute"]),
  request: StatusRequest,
  response: StatusResponse,
  errors: [
    ActivityError.DriveActivityInternalError,
    ActivityError.DriveActivityInvalidParam,
    ActivityError.DriveActivityNoPermission,
    ActivityError.DriveActivityFileNotFound,
    ActivityError.DriveNotSubscribed
  ]
})

class UnsubscribeRequestFields extends Shape.Struct<UnsubscribeRequestFields>()(subscribed, namesFolderEvent) {}

/**
 * @since 0.1.0
 * @category models
 */
export type UnsubscribeRequest = UnsubscribeRequestFields & NamesFolderEvent

/**
 * @since 0.1.0
 * @category schemas
 */
export const UnsubscribeRequest = Shape.narrow<UnsubscribeRequest>()(UnsubscribeRequestFields)

/**
 * Ends the subscription to the events of a document, all of them at once.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/delete_subscribe
 * @since 0.1.0
 * @category operations
 */
export const unsubscribe = Operation.make("drive.file.deleteSubscribe", {
  method: "DELETE",
  url: "/open-apis/drive/v1/files/:file_token/delete_subscribe",
  accepts: "either",
  scopes: ["docs:doc", "docs:event:subscribe", "drive:drive", "sheets:spreadsheet"],
  // Ended is ended; asked again, the platform may answer `DriveNotSubscribed`.
  idempotent: true,
  rateLimit: RateLimit.of([10, "1 minute"]),
  request: UnsubscribeRequest,
  query: ["file_type", "event_type"],
  errors: [
    FileError.DriveMigrating,
    ActivityError.DriveActivityInternalError,
    ActivityError.DriveActivityInvalidParam,
    ActivityError.DriveActivityNoPermission,
    ActivityError.DriveActivityFileNotFound,
    ActivityError.DriveNotSubscribed
  ]
})
