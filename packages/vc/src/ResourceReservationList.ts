/**
 * Which meetings the rooms of a level were reserved for, and what became of the
 * reservations.
 *
 * The answer is text for people to read, times, durations and numbers included,
 * such as "2022.12.17 21:00:00 (GMT+08:00)" and "1:00:00"; it stays as it is.
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
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(Filter.Reservations, Filter.Page)<GetRequest>()(
  () => ({
    /**
     * The rooms (`omm_…`) it is about, or, with `is_exclude`, not about. At
     * least one: an empty list cannot be sent, and the platform wants one.
     */
    room_ids: Schema.NonEmptyArray(Schema.String)
  }),
  Filter.spans("start_time", "end_time", Filter.oneDay)
) {}

/**
 * One reservation of one room.
 *
 * @since 0.1.0
 * @category models
 */
export class RoomMeetingReservation extends Shape.Struct<RoomMeetingReservation>()(() => ({
  room_id: Schema.optional(Schema.String),
  room_name: Schema.optional(Schema.String),
  /** The meeting's title, if it was asked for with `need_topic`. */
  event_title: Schema.optional(Schema.String),
  /** Who reserved, by name. */
  reserver: Schema.optional(Schema.String),
  /** Who reserved: text that may name several ids, such as "ou_1(UserID);cli_1(BotID)". */
  reserver_user_id: Schema.optional(Schema.String),
  /** By name. */
  department_of_reserver: Schema.optional(Schema.String),
  /** How many were invited: a number, as text. */
  guests_number: Schema.optional(Schema.String),
  /** How many accepted: a number, as text. */
  accepted_number: Schema.optional(Schema.String),
  /** Text such as "2022.12.17 21:00:00 (GMT+08:00)". */
  event_start_time: Schema.optional(Schema.String),
  /** Text such as "2022.12.17 22:00:00 (GMT+08:00)". */
  event_end_time: Schema.optional(Schema.String),
  /** Text: hours, minutes and seconds, such as "1:00:00". */
  event_duration: Schema.optional(Schema.String),
  /** Text for people to read. */
  reservation_status: Schema.optional(Schema.String),
  /** Text for people to read. */
  check_in_device: Schema.optional(Schema.String),
  /** Text for people to read. */
  room_check_in_status: Schema.optional(Schema.String),
  /** Text such as "2022.12.09 13:35:30 (GMT+08:00)". */
  check_in_time: Schema.optional(Schema.String),
  /** Whether the room was given up early, and how: text for people to read. */
  is_release_early: Schema.optional(Schema.String),
  /** Who gave the room up, by name. */
  releasing_person: Schema.optional(Schema.String),
  /** Text such as "2022.12.20 11:25:15 (GMT+08:00)". */
  releasing_time: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  room_reservation_list: Schema.optional(Schema.Array(RoomMeetingReservation)),
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * The reservations of some rooms, or of all other rooms of their level, between
 * two times at most a day apart, page by page: `get.items` reads them all.
 *
 * A start in the future fails with `VcStartTimeInvalid`: it is about the past.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/resource_reservation_list/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.paged("vc.resourceReservationList.get", {
  method: "GET",
  url: "/open-apis/vc/v1/resource_reservation_list",
  accepts: "either",
  scopes: ["vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetResponse,
  page: { items: "room_reservation_list" },
  errors: [
    VcError.VcInternalError,
    VcError.VcNotSupported,
    VcError.VcInvalidParam,
    VcError.VcDataNotFound,
    VcError.VcNoPermission,
    VcError.VcStartTimeInvalid,
    VcError.VcTimeSpanInvalid
  ]
})
