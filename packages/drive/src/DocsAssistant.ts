/**
 * The comments on a document, told to a user by the "docs assistant" of the
 * Feishu client. For what an application is told of see `FileSubscription` and
 * `UserSubscription`.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as ActivityError from "./ActivityError.ts"

const fileTypes = ["doc", "docx", "wiki"] as const

const FileType = Schema.Literal(...fileTypes)

const errors = [
  ActivityError.DriveAssistantInvalidParam,
  ActivityError.DriveAssistantNoPermission,
  ActivityError.DriveAssistantFileNotFound,
  ActivityError.DriveAssistantInternalError
] as const

/**
 * A subscription as it stands.
 *
 * @since 0.1.0
 * @category models
 */
export class Subscription extends Shape.Struct<Subscription>()(() => ({
  subscription_id: Schema.String,
  /** What the user is told of. */
  subscription_type: Schema.optional(Shape.Open("comment_update")),
  /** Whether the user subscribed. The platform spells it so. */
  is_subcribe: Schema.optional(Schema.Boolean),
  /** What kind of document it is. */
  file_type: Schema.optional(Shape.Open(...fileTypes))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The id of the subscription. */
  subscription_id: Schema.optional(Schema.String),
  /** What the user is told of: new and changed comments. */
  subscription_type: Schema.Literal("comment_update"),
  /** Whether the user subscribes. The platform spells it so. */
  is_subcribe: Schema.optional(Schema.Boolean),
  /** What kind of document `file_token` is of. */
  file_type: FileType
})) {}

/**
 * Subscribes the user to the comments on a document they may read.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-subscription/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.file.subscription.create", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/subscriptions",
  accepts: "user",
  scopes: ["docs:document.subscription", "drive:drive", "drive:drive:readonly"],
  // Makes a subscription; nothing says that there cannot be two.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: CreateRequest,
  response: Subscription,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The subscription. */
  subscription_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType
})) {}

/**
 * How a subscription stands.
 *
 * A GET with a body: `fetch` cannot send it, `UndiciTransport` and the HTTP
 * client of `@effect/platform-node` can.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-subscription/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.file.subscription.get", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/subscriptions/:subscription_id",
  accepts: "user",
  scopes: ["docs:document.subscription:read", "drive:drive", "drive:drive:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  carriesBody: true,
  response: Subscription,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchRequest extends Shape.Struct<PatchRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The subscription. */
  subscription_id: Schema.String,
  /** Whether the user is subscribed from now on. */
  is_subscribe: Schema.Boolean,
  /** What kind of document `file_token` is of. */
  file_type: FileType
})) {}

/**
 * Ends a subscription, or takes it up again.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-subscription/patch
 * @since 0.1.0
 * @category operations
 */
export const patch = Operation.make("drive.file.subscription.patch", {
  method: "PATCH",
  url: "/open-apis/drive/v1/files/:file_token/subscriptions/:subscription_id",
  accepts: "user",
  scopes: ["docs:document.subscription", "drive:drive", "drive:drive:readonly"],
  // Says how it is to stand.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: PatchRequest,
  response: Subscription,
  errors
})
