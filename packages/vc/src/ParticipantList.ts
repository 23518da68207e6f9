/**
 * Who took part in a meeting, from where, and with what.
 *
 * Times and durations of the answer are text for people to read, such as
 * "2022.12.23 11:16:59 (GMT+08:00)" and "00:01:52", and stay as they are.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as Filter from "./internal/filter.ts"
import * as VcError from "./VcError.ts"

/**
 * What somebody is in a webinar: the values of `webinar_user_role`, which is
 * text.
 *
 * @since 0.1.0
 * @category constants
 */
export const WebinarUserRole = { panelist: "0", viewer: "3" } as const

/**
 * What became of the invitation in the calendar: the values of `accept_status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const AcceptStatus = { accepted: 1, declined: 2, tentative: 3, unanswered: 4 } as const

class GetRequestFields extends Shape.extend(Filter.Participants, Filter.Page)<GetRequestFields>()(
  () => ({
    /** Of a webinar, "0" its panelists, "3" its viewers: see `WebinarUserRole`. */
    webinar_user_role: Schema.optional(Schema.Literal("0", "3"))
  }),
  Filter.spans("meeting_start_time", "meeting_end_time", Filter.oneDay),
  Filter.userOrRoom
) {}

/**
 * Which meeting, and which of its participants: all, or one user or one room.
 *
 * @since 0.1.0
 * @category models
 */
export type GetRequest = GetRequestFields & Filter.UserOrRoom

/**
 * @since 0.1.0
 * @category schemas
 */
export const GetRequest = Shape.narrow<GetRequest>()(GetRequestFields)

/**
 * One device of one participant.
 *
 * @since 0.1.0
 * @category models
 */
export class Participant extends Shape.Struct<Participant>()(() => ({
  participant_name: Schema.optional(Schema.String),
  /** By name. */
  department: Schema.optional(Schema.String),
  /** Where it is a user. */
  user_id: Schema.optional(Schema.String),
  /** Where it is a room. */
  meeting_room_id: Schema.optional(Schema.String),
  /** The number as an employee. */
  employee_id: Schema.optional(Schema.String),
  phone: Schema.optional(Schema.String),
  email: Schema.optional(Schema.String),
  device: Schema.optional(Schema.String),
  app_version: Schema.optional(Schema.String),
  public_ip: Schema.optional(Schema.String),
  internal_ip: Schema.optional(Schema.String),
  /** Whether media went through a proxy. */
  use_rtc_proxy: Schema.optional(Schema.Boolean),
  /** Where, by name. */
  location: Schema.optional(Schema.String),
  /** For example "wifi". */
  network_type: Schema.optional(Schema.String),
  /** For example "udp". */
  protocol: Schema.optional(Schema.String),
  microphone: Schema.optional(Schema.String),
  speaker: Schema.optional(Schema.String),
  camera: Schema.optional(Schema.String),
  /** Whether they were heard. */
  audio: Schema.optional(Schema.Boolean),
  /** Whether they were seen. */
  video: Schema.optional(Schema.Boolean),
  /** Whether they shared something. */
  sharing: Schema.optional(Schema.Boolean),
  /** Text such as "2022.12.23 11:16:59 (GMT+08:00)". */
  join_time: Schema.optional(Schema.String),
  /** Text such as "2022.12.23 11:18:51 (GMT+08:00)". */
  leave_time: Schema.optional(Schema.String),
  /** Text: hours, minutes and seconds, such as "00:01:52". */
  time_in_meeting: Schema.optional(Schema.String),
  /** Text for people to read. */
  leave_reason: Schema.optional(Schema.String),
  /** 1 accepted, 2 declined, 3 tentative, 4 unanswered: see `AcceptStatus`. */
  accept_status: Schema.optional(Shape.Open(1, 2, 3, 4)),
  /** Whether they are from outside the tenant. */
  is_external: Schema.optional(Schema.Boolean),
  /** In a webinar, "0" panelist, "3" viewer: see `WebinarUserRole`. */
  webinar_user_role: Schema.optional(Shape.Open("0", "3"))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  participants: Schema.optional(Schema.Array(Participant)),
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * Who takes part, or took part, in one meeting of at most a day, page by page:
 * `get.items` reads them all.
 *
 * The number and the times find the meeting; where they find none it fails with
 * `VcNoMeetingMatches`, and where the start is in the future with
 * `VcStartTimeInvalid`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/participant_list/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.paged("vc.participantList.get", {
  method: "GET",
  url: "/open-apis/vc/v1/participant_list",
  accepts: "either",
  scopes: ["vc:room:readonly", "vc:rooms.room.detailinfo:read"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetResponse,
  page: { items: "participants" },
  errors: [
    VcError.VcInternalError,
    VcError.VcNotSupported,
    VcError.VcInvalidParam,
    VcError.VcDataNotFound,
    VcError.VcNoPermission,
    VcError.VcMeetingNumberInvalid,
    VcError.VcMeetingNumberLength,
    VcError.VcStartTimeInvalid,
    VcError.VcTimeSpanInvalid,
    VcError.VcUserAndRoomExclusive,
    VcError.VcNoMeetingMatches,
    VcError.VcRoomFilterUnsupported
  ]
})
