/**
 * The events that a user is told of, whatever the document: comments and
 * replies, which `DriveEvent.commentAdded` delivers.
 *
 * Only for events that come to an application in a user's name; those that come
 * to the application itself need no subscription here.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as ActivityError from "./ActivityError.ts"

const EventType = Schema.Literal("drive.notice.comment_add_v1")

/**
 * @since 0.1.0
 * @category models
 */
export class SubscribeRequest extends Shape.Struct<SubscribeRequest>()(() => ({
  /** Which event. There is one so far. */
  event_type: EventType
})) {}

/**
 * Subscribes the user to an event.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/user/subscription
 * @since 0.1.0
 * @category operations
 */
export const subscribe = Operation.make("drive.user.subscription", {
  method: "POST",
  url: "/open-apis/drive/v1/user/subscription",
  accepts: "either",
  scopes: ["docs:event:subscribe"],
  // Who subscribed is subscribed.
  idempotent: true,
  rateLimit: RateLimit.of([10, "1 minute"]),
  request: SubscribeRequest,
  errors: [ActivityError.DriveActivityInternalError, ActivityError.DriveActivityInvalidParam]
})

/**
 * @since 0.1.0
 * @category models
 */
export class UnsubscribeRequest extends Shape.Struct<UnsubscribeRequest>()(() => ({
  /** Which event. There is one so far. */
  event_type: EventType
})) {}

/**
 * Ends the user's subscription to an event.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/user/remove_subscription
 * @since 0.1.0
 * @category operations
 */
export const unsubscribe = Operation.make("drive.user.removeSubscription", {
  method: "DELETE",
  url: "/open-apis/drive/v1/user/remove_subscription",
  accepts: "either",
  scopes: ["docs:event:subscribe"],
  // Ended is ended.
  idempotent: true,
  rateLimit: RateLimit.of([10, "1 minute"]),
  request: UnsubscribeRequest,
  query: ["event_type"],
  errors: [ActivityError.DriveActivityInternalError, ActivityError.DriveActivityInvalidParam]
})

/**
 * @since 0.1.0
 * @category models
 */
export class StatusRequest extends Shape.Struct<StatusRequest>()(() => ({
  /** Which event. There is one so far. */
  event_type: EventType
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Status extends Shape.Struct<Status>()(() => ({
  /** Whether the user subscribed; only then the application is sent the event. */
  is_subscribe: Schema.Boolean
})) {}

/** The page puts it one level deeper than the platform's metadata do. */
class Answered extends Shape.Struct<Answered>()(
  () => ({
    is_subscribe: Schema.optional(Schema.Boolean),
    data: Schema.optional(Schema.Struct({ is_subscribe: Schema.optional(Schema.Boolean) }))
  }),
  ({ data, is_subscribe }) =>
    is_subscribe === undefined && data?.is_subscribe === undefined
      ? { path: ["is_subscribe"], message: "is missing" }
      : undefined
) {}

/**
 * @since 0.1.0
 * @category schemas
 */
export const StatusResponse = Schema.transform(Answered, Status, {
  strict: true,
  decode: ({ data, is_subscribe }) => ({ is_subscribe: (is_subscribe ?? data?.is_subscribe) === true }),
  encode: (status) => status
})

/**
 * Whether the user subscribed to an event.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/user/subscription_status
 * @since 0.1.0
 * @category operations
 */
export const status = Operation.make("drive.user.subscriptionStatus", {
  method: "GET",
  url: "/open-apis/drive/v1/user/subscription_status",
  accepts: "either",
  scopes: ["docs:event:subscribe"],
  idempotent: true,
  rateLimit: RateLimit.of([10, "1 minute"]),
  request: StatusRequest,
  response: StatusResponse,
  errors: [ActivityError.DriveActivityInternalError, ActivityError.DriveActivityInvalidParam]
})
