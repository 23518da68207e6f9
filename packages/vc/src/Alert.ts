/**
 * What went wrong with rooms and their devices, and whom the platform told.
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
 * What is asked about: the values of `query_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const QueryType = {
  room: 1,
  /** An enterprise room connector. */
  connector: 2,
  sip: 3
} as const

/**
 * What an alert is about: the values of `monitor_target`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MonitorTarget = {
  room: 1,
  checkInBoard: 2,
  screenSharingBox: 3,
  screenSharing: 4,
  sip: 5,
  /** A node of an enterprise room connector. */
  connectorNode: 6,
  sensor: 7
} as const

/**
 * How bad it is: the values of `alert_level`.
 *
 * @since 0.1.0
 * @category constants
 */
export const AlertLevel = { notice: 0, warning: 1, critical: 2 } as const

/**
 * Who a contact is: the values of `contact_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ContactType = { user: 1, userGroup: 2, department: 3 } as const

/**
 * How contacts are told: the values of `notifyMethods`.
 *
 * @since 0.1.0
 * @category constants
 */
export const NotifyMethod = { bot: 0, email: 1 } as const

/**
 * What became of it: the values of `process_status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ProcessStatus = {
  /** No longer used: `pending` is. */
  formerlyPending: 0,
  pending: 1,
  processing: 2,
  /** No longer used: `recovered` is. */
  formerlyRecovered: 3,
  recovered: 4
} as const

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(
  () => ({
    /** From when on: Unix seconds as text, see `Time.toUnixSeconds`. */
    start_time: Time.UnixSeconds,
    /** Until when: Unix seconds as text, not before `start_time`. */
    end_time: Time.UnixSeconds,
    /** Alerts of 1 rooms, 2 connectors, 3 SIP systems: see `QueryType`. All of them where it is left out. */
    query_type: Schema.optional(Schema.Literal(1, 2, 3)),
    /** Alerts of one room (`omm_…`) or of one connector only. */
    query_value: Schema.optional(Schema.String),
    /**
     * How many a page holds, at most 200. The page's text says 1000, its rule
     * 200: that many is right either way.
     *
     * @default 100
     */
    page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 200))),
    /** The page to read: the `page_token` of the page before, none for the first. */
    page_token: Schema.optional(Schema.String)
  }),
  Filter.spans("start_time", "end_time")
) {}

/**
 * Who is told.
 *
 * @since 0.1.0
 * @category models
 */
export class Contact extends Shape.Struct<Contact>()(() => ({
  /** 1 user, 2 group of users, 3 department: see `ContactType`. */
  contact_type: Schema.optional(Shape.Open(1, 2, 3)),
  contact_name: Schema.optional(Schema.String)
})) {}

const isMethods = (told: unknown): told is number | ReadonlyArray<number> =>
  [told].flat().every((method) => typeof method === "number")

/** The page documents a list of numbers and shows a list in a list: either is read, as the former. */
const NotifyMethods = Schema.transform(
  Schema.Array(Schema.declare(isMethods, { [Shape.DocumentedValues]: Object.values(NotifyMethod) })),
  Schema.Array(Shape.Open(0, 1)),
  { strict: true, decode: (told) => told.flat(), encode: (methods) => methods }
)

/**
 * One alert. `notifyMethods` and `alertRule` are spelt as the platform does.
 *
 * @since 0.1.0
 * @category models
 */
export class AlertRecord extends Shape.Struct<AlertRecord>()(() => ({
  alert_id: Schema.optional(Schema.String),
  /** The room, the level or the server, by name. */
  resource_scope: Schema.optional(Schema.String),
  /** From 1 to 7: see `MonitorTarget`. */
  monitor_target: Schema.optional(Shape.Open(1, 2, 3, 4, 5, 6, 7)),
  /** The rule, as text for people to read. */
  alert_strategy: Schema.optional(Schema.String),
  /** When contacts were told: Unix seconds as text, see `Time.fromUnixSeconds`. */
  alert_time: Schema.optional(Schema.String),
  /** 0 notice, 1 warning, 2 critical: see `AlertLevel`. */
  alert_level: Schema.optional(Shape.Open(0, 1, 2)),
  contacts: Schema.optional(Schema.Array(Contact)),
  /** 0 bot, 1 mail: see `NotifyMethod`. */
  notifyMethods: Schema.optional(NotifyMethods),
  /** The rule, by name. */
  alertRule: Schema.optional(Schema.String),
  /** When somebody saw to it: no unit is stated, the example is Unix seconds as text. */
  process_time: Schema.optional(Schema.String),
  /** When it was over: no unit is stated, the example is Unix seconds as text. */
  recover_time: Schema.optional(Schema.String),
  /** 1 pending, 2 in progress, 4 recovered; formerly 0 pending, 3 recovered: see `ProcessStatus`. */
  process_status: Schema.optional(Shape.Open(0, 1, 2, 3, 4)),
  alert_rule_id: Schema.optional(Schema.String),
  /** The room, where it is about one. */
  monitor_target_room_id: Schema.optional(Schema.String),
  /** The address of the room's host, where `monitor_target` is 1. */
  monitor_target_room_mac: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  has_more: Schema.optional(Schema.Boolean),
  page_token: Schema.optional(Schema.String),
  items: Schema.optional(Schema.Array(AlertRecord))
})) {}

/**
 * The alerts between two times, page by page: `list.items` reads them all.
 *
 * How far the two times may be apart is not stated. Not for store apps.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/alert/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("vc.alert.list", {
  method: "GET",
  url: "/open-apis/vc/v1/alerts",
  accepts: "tenant",
  scopes: ["vc:alert:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors: [VcError.VcInternalError, VcError.VcNotSupported, VcError.VcInvalidParam, VcError.VcDataNotFound]
})
