/**
 * The recording of a meeting: making it, having it, and who may watch it.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { actionErrors, OneMeeting, readErrors } from "./internal/meeting.ts"
import * as VcError from "./VcError.ts"

/**
 * Whom a permission is for: the values of `type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const PermissionTarget = {
  /** One user, named by `id`. */
  user: 1,
  /** The members of one chat, named by `id`. */
  chat: 2,
  /** Everybody in the tenant. */
  tenant: 3,
  /** Everybody on the internet. */
  public: 4
} as const

/**
 * What a permission allows: the values of `permission`.
 *
 * @since 0.1.0
 * @category constants
 */
export const Permission = {
  /** To watch. */
  view: 1
} as const

/**
 * What becomes of the permissions: the values of `action_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ActionType = {
  grant: 0,
  revoke: 1
} as const

class PermissionObjectFields extends Shape.Struct<PermissionObjectFields>()(
  () => ({
    /**
     * Who: for a user the id that `user_id_type` says, for a chat its
     * `open_chat_id`. The tenant and the public have none.
     */
    id: Schema.optional(Schema.String),
    /** 1 user, 2 chat, 3 tenant, 4 public: see `PermissionTarget`. */
    type: Schema.Literal(1, 2, 3, 4),
    /** 1 view: see `Permission`. */
    permission: Schema.Literal(1)
  }),
  ({ id, type }) => {
    const named = type === PermissionTarget.user || type === PermissionTarget.chat
    return named === (id !== undefined)
      ? undefined
      : { path: ["id"], message: `${named ? "is required" : "must be absent"} where type is ${type}` }
  }
) {}

/**
 * One permission, and whom it is for. A user or a chat is named by `id`; the
 * tenant and the public are not.
 *
 * @since 0.1.0
 * @category models
 */
export type PermissionObject =
  & PermissionObjectFields
  & (
    | { readonly type: 1 | 2; readonly id: string }
    | { readonly type: 3 | 4; readonly id?: undefined }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const PermissionObject = Shape.narrow<PermissionObject>()(PermissionObjectFields)

/**
 * @since 0.1.0
 * @category models
 */
export class SetPermissionRequest extends Shape.Struct<SetPermissionRequest>()(() => ({
  /** The meeting, which has an id once it has begun. */
  meeting_id: Schema.String,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /** Who gains or loses access. */
  permission_objects: Schema.Array(PermissionObject),
  /**
   * 0 grant, 1 revoke: see `ActionType`.
   *
   * @default 0
   */
  action_type: Schema.optional(Schema.Literal(0, 1))
})) {}

/**
 * Lets users, chats, the tenant or the public watch the recording of a meeting,
 * or no longer lets them.
 *
 * Possible once the meeting is over and the event tells that its recording is
 * complete, and only for the meeting's owner (who reserved it, where it was
 * reserved through the platform): everybody else gets `VcNoPermission`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting-recording/set_permission
 * @since 0.1.0
 * @category operations
 */
export const setPermission = Operation.make("vc.meeting.recording.setPermission", {
  method: "PATCH",
  url: "/open-apis/vc/v1/meetings/:meeting_id/recording/set_permission",
  accepts: "user",
  scopes: ["vc:record"],
  // Says who may watch, not how much more than before.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SetPermissionRequest,
  query: ["user_id_type"],
  errors: [
    VcError.VcInternalError,
    VcError.VcNotSupported,
    VcError.VcInvalidParam,
    VcError.VcDataNotFound,
    VcError.VcNoPermission,
    VcError.VcMeetingNotFound
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(OneMeeting)<GetRequest>()(() => ({})) {}

/**
 * A recording.
 *
 * @since 0.1.0
 * @category models
 */
export class Recording extends Shape.Struct<Recording>()(() => ({
  /** Where it can be watched. */
  url: Schema.optional(Schema.String),
  /** How long it is. Milliseconds: `Time.millis`. */
  duration: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  recording: Schema.optional(Recording)
})) {}

/**
 * Tells where the recording of a meeting is.
 *
 * Possible once the meeting is over and the event tells that its recording is
 * complete; while that is still being made it fails with
 * `VcRecordingProcessing`. With a user token only for the meeting's owner (who
 * reserved it, where it was reserved through the platform), with a tenant token
 * for every meeting of the tenant. What was recorded for less than 5 seconds may
 * have no recording.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting-recording/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.meeting.recording.get", {
  method: "GET",
  url: "/open-apis/vc/v1/meetings/:meeting_id/recording",
  accepts: "either",
  scopes: ["vc:record:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors: [
    readErrors,
    VcError.VcMeetingStatusUnexpected,
    VcError.VcMeetingNotFound,
    VcError.VcRecordingProcessing
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class StartRequest extends Shape.Struct<StartRequest>()(() => ({
  /** The meeting, which must go on. */
  meeting_id: Schema.String,
  /** In which time zone the recording shows times: whole hours from UTC, from -12 to 12. */
  timezone: Schema.optional(Schema.Int.pipe(Schema.between(-12, 12)))
})) {}

/**
 * Begins to record a meeting that goes on. Only its host can.
 *
 * The documentation limits how often, and does not say to what.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting-recording/start
 * @since 0.1.0
 * @category operations
 */
export const start = Operation.make("vc.meeting.recording.start", {
  method: "PATCH",
  url: "/open-apis/vc/v1/meetings/:meeting_id/recording/start",
  accepts: "user",
  scopes: ["vc:record"],
  // Would record people again after somebody has stopped it.
  idempotent: false,
  rateLimit: RateLimit.unstated,
  request: StartRequest,
  errors: actionErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class StopRequest extends Shape.Struct<StopRequest>()(() => ({
  /** The meeting, which must be being recorded. */
  meeting_id: Schema.String
})) {}

/**
 * Ends the recording of a meeting that goes on. Only its host can.
 *
 * The documentation limits how often, and does not say to what.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting-recording/stop
 * @since 0.1.0
 * @category operations
 */
export const stop = Operation.make("vc.meeting.recording.stop", {
  method: "PATCH",
  url: "/open-apis/vc/v1/meetings/:meeting_id/recording/stop",
  accepts: "user",
  scopes: ["vc:record"],
  // What is stopped stays stopped.
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: StopRequest,
  errors: actionErrors
})
