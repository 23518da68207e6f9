/**
 * How much a tenant meets: figures for each day, and who meets most.
 *
 * Both reports reach back 90 days. What that is depends on the platform's
 * clock: it judges itself, and what is older is its to refuse.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Time from "@effect-feishu/core/Time"
import * as Schema from "effect/Schema"
import * as Filter from "./internal/filter.ts"
import * as VcError from "./VcError.ts"

/**
 * Where data is kept: the values of `unit`.
 *
 * @since 0.1.0
 * @category constants
 */
export const Unit = { mainlandChina: 0, unitedStates: 1, singapore: 2, japan: 3 } as const

/**
 * What makes a user a top user: the values of `order_by`.
 *
 * @since 0.1.0
 * @category constants
 */
export const OrderBy = { meetingCount: 1, meetingDuration: 2 } as const

const reported = () => ({
  /** From when on: Unix seconds as text, see `Time.toUnixSeconds`. */
  start_time: Time.UnixSeconds,
  /** Until when: Unix seconds as text, not before `start_time`. */
  end_time: Time.UnixSeconds,
  /**
   * Data kept in 0 mainland China, 1 the United States, 2 Singapore, 3 Japan:
   * see `Unit`. For tenants with data in several of them that were given this.
   */
  unit: Schema.optional(Schema.Literal(0, 1, 2, 3))
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetDailyRequest extends Shape.Struct<GetDailyRequest>()(reported, Filter.spans("start_time", "end_time")) {}

/**
 * The figures of one day.
 *
 * @since 0.1.0
 * @category models
 */
export class ReportMeetingDaily extends Shape.Struct<ReportMeetingDaily>()(() => ({
  /** The day: Unix seconds as text, see `Time.fromUnixSeconds`. */
  date: Schema.optional(Schema.String),
  /** A number, as text. */
  meeting_count: Schema.optional(Schema.String),
  /** Seconds, as text: see `Time.seconds`. */
  meeting_duration: Schema.optional(Schema.String),
  /** A number, as text. */
  participant_count: Schema.optional(Schema.String)
})) {}

/**
 * The figures of all days together, and of each.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingReport extends Shape.Struct<MeetingReport>()(() => ({
  /** A number, as text. */
  total_meeting_count: Schema.optional(Schema.String),
  /** Seconds, as text: see `Time.seconds`. */
  total_meeting_duration: Schema.optional(Schema.String),
  /** A number, as text. */
  total_participant_count: Schema.optional(Schema.String),
  daily_report: Schema.optional(Schema.Array(ReportMeetingDaily))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetDailyResponse extends Shape.Struct<GetDailyResponse>()(() => ({
  meeting_report: Schema.optional(MeetingReport)
})) {}

/**
 * How many meetings there were on each day, how long they were, and how many
 * took part. Durations are seconds here, and minutes in `getTopUser`.
 *
 * Reaches back 90 days. How often it may be called is not stated.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/report/get_daily
 * @since 0.1.0
 * @category operations
 */
export const getDaily = Operation.make("vc.report.getDaily", {
  method: "GET",
  url: "/open-apis/vc/v1/reports/get_daily",
  accepts: "tenant",
  scopes: ["vc:report:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: GetDailyRequest,
  response: GetDailyResponse,
  errors: [VcError.VcInternalError, VcError.VcNotSupported, VcError.VcInvalidParam]
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetTopUserRequest extends Shape.Struct<GetTopUserRequest>()(
  () => ({
    ...reported(),
    /** How many of them: at most 100. */
    limit: Schema.Int.pipe(Schema.between(1, 100)),
    /** Most first, by 1 number of meetings, 2 duration: see `OrderBy`. */
    order_by: Schema.Literal(1, 2),
    /**
     * What the ids of users are. Rooms are among the users, and have no
     * `user_id`: with that, it may fail with `VcTopUserIdUnavailable`.
     *
     * @default "open_id"
     */
    user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id"))
  }),
  Filter.spans("start_time", "end_time")
) {}

/**
 * A user, and how much they met.
 *
 * @since 0.1.0
 * @category models
 */
export class ReportTopUser extends Shape.Struct<ReportTopUser>()(() => ({
  /** By the id that `user_id_type` says. */
  id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  /**
   * 1 Feishu user, 2 room, 3 document, 4 Neo user, 5 Neo guest, 6 telephone, 7
   * SIP: see `Meeting.UserType`.
   */
  user_type: Schema.optional(Shape.Open(1, 2, 3, 4, 5, 6, 7)),
  /** A number, as text. */
  meeting_count: Schema.optional(Schema.String),
  /** Minutes, as text: see `Time.minutes`. */
  meeting_duration: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetTopUserResponse extends Shape.Struct<GetTopUserResponse>()(() => ({
  top_user_report: Schema.optional(Schema.Array(ReportTopUser))
})) {}

/**
 * Who meets most often or longest, up to 100 of them. Durations are minutes
 * here, and seconds in `getDaily`.
 *
 * Reaches back 90 days. How often it may be called is not stated.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/report/get_top_user
 * @since 0.1.0
 * @category operations
 */
export const getTopUser = Operation.make("vc.report.getTopUser", {
  method: "GET",
  url: "/open-apis/vc/v1/reports/get_top_user",
  accepts: "tenant",
  scopes: ["vc:report:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: GetTopUserRequest,
  response: GetTopUserResponse,
  errors: [
    VcError.VcInternalError,
    VcError.VcNotSupported,
    VcError.VcInvalidParam,
    VcError.VcTopUserIdUnavailable
  ]
})
