/**
 * The meetings of a span of time, each with its figures.
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
 * How far a meeting is: the values of `meeting_status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MeetingStatus = {
  ongoing: 1,
  ended: 2,
  /** Still to come: nothing to ask `get` for. */
  upcoming: 3
} as const

/**
 * What kind of meeting it is: the values of `meeting_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MeetingType = {
  all: 1,
  video: 2,
  /** A screen shared to a room, without a call. */
  localSharing: 3
} as const

/**
 * What it is exactly: the values of `meeting_subtype`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MeetingSubtype = {
  all: 0,
  screenSharing: 1,
  wiredScreenSharing: 2,
  magicShare: 3,
  chatRoom: 4,
  /** A meeting around a document that all read first. */
  readingMeeting: 5,
  enterprisePhone: 6,
  ipPhone: 7,
  webinar: 8,
  offline: 9,
  /** A recording for minutes. */
  minutes: 10
} as const

class GetRequestFields extends Shape.extend(Filter.Meetings, Filter.Page)<GetRequestFields>()(
  () => ({
    /**
     * 1 going on, 2 over: see `MeetingStatus`.
     *
     * @default 2
     */
    meeting_status: Schema.optional(Schema.Literal(1, 2)),
    /**
     * Whether meetings of other tenants are listed too.
     *
     * @default false
     */
    include_external_meetings: Schema.optional(Schema.Boolean),
    /**
     * Whether webinars are listed too.
     *
     * @default false
     */
    include_webinar: Schema.optional(Schema.Boolean)
  }),
  Filter.spans("start_time", "end_time", Filter.oneYear),
  Filter.oneFilter
) {}

/**
 * Which meetings: at most a year of them, filtered by one of number, user and
 * room.
 *
 * @since 0.1.0
 * @category models
 */
export type GetRequest = GetRequestFields & Filter.OneFilter

/**
 * @since 0.1.0
 * @category schemas
 */
export const GetRequest = Shape.narrow<GetRequest>()(GetRequestFields)

/**
 * @since 0.1.0
 * @category models
 */
export class ReservedRoom extends Shape.Struct<ReservedRoom>()(() => ({
  room_id: Schema.optional(Schema.String),
  room_name: Schema.optional(Schema.String)
})) {}

/**
 * A meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingInfo extends Shape.Struct<MeetingInfo>()(() => ({
  /** The meeting's number of 9 digits; its id is `meeting_instance_id`. */
  meeting_id: Schema.optional(Schema.String),
  meeting_topic: Schema.optional(Schema.String),
  /** 1 all, 2 video, 3 local screen sharing: see `MeetingType`. */
  meeting_type: Schema.optional(Shape.Open(1, 2, 3)),
  /** Whose meeting it is, by name. */
  organizer: Schema.optional(Schema.String),
  /** The organizer's department, by name. */
  department: Schema.optional(Schema.String),
  /** The organizer. */
  user_id: Schema.optional(Schema.String),
  /** The organizer's number as an employee. */
  employee_id: Schema.optional(Schema.String),
  /** The organizer's. */
  email: Schema.optional(Schema.String),
  /** The organizer's. */
  mobile: Schema.optional(Schema.String),
  /** Text such as "2022.12.23 11:16:59 (GMT+08:00)". */
  meeting_start_time: Schema.optional(Schema.String),
  /** Text such as "2022.12.23 11:18:51 (GMT+08:00)". */
  meeting_end_time: Schema.optional(Schema.String),
  /** Text: hours, minutes and seconds, such as "00:01:52". */
  meeting_duration: Schema.optional(Schema.String),
  /** A number, as text. */
  number_of_participants: Schema.optional(Schema.String),
  /** How many devices ever joined: a number, as text. */
  number_of_devices: Schema.optional(Schema.String),
  /** Whether there was sound. */
  audio: Schema.optional(Schema.Boolean),
  /** Whether there was a picture. */
  video: Schema.optional(Schema.Boolean),
  /** Whether something was shared. */
  sharing: Schema.optional(Schema.Boolean),
  /** Whether it was recorded. */
  recording: Schema.optional(Schema.Boolean),
  /** Whether somebody was on the telephone. */
  telephone: Schema.optional(Schema.Boolean),
  /** Rooms reserved for it; of meetings still to come only. */
  reserved_rooms: Schema.optional(Schema.Array(ReservedRoom)),
  /** Whether there are documents or notes. */
  has_related_document: Schema.optional(Schema.Boolean),
  /** Whether notes were taken by the machine. */
  ai_note: Schema.optional(Schema.Boolean),
  /** Whether it is another tenant's. */
  is_external: Schema.optional(Schema.Boolean),
  /** From 0 to 10: see `MeetingSubtype`. */
  meeting_subtype: Schema.optional(Shape.Open(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
  /** The meeting's id; several meetings may have had its number. */
  meeting_instance_id: Schema.optional(Schema.String),
  /** A number, as text. */
  number_of_webinar_viewers: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  meeting_list: Schema.optional(Schema.Array(MeetingInfo)),
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * The meetings that go on, or went on, between two times at most a year apart,
 * page by page: `get.items` reads them all.
 *
 * A start in the future fails with `VcStartTimeInvalid`. Meetings still to come
 * cannot be asked for, though the page has a code for that
 * (`VcFutureTimeSpanInvalid`).
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting_list/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.paged("vc.meetingList.get", {
  method: "GET",
  url: "/open-apis/vc/v1/meeting_list",
  accepts: "either",
  scopes: ["vc:room:readonly", "vc:rooms.room.detailinfo:read"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetResponse,
  page: { items: "meeting_list" },
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
    VcError.VcFilterExclusive,
    VcError.VcRoomFilterUnsupported,
    VcError.VcFutureTimeSpanInvalid
  ]
})
