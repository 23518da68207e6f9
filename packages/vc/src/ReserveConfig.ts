/**
 * Who may reserve the rooms of a level, or one room, when, and with whose
 * approval; the form that is filled in along with it; who administers all this;
 * and who is told when a room is disabled.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { UserIds } from "./internal/userIds.ts"
import * as VcError from "./VcError.ts"

/**
 * What a configuration is of: the values of `scope_type` in `reserveScope` and
 * `patch`, where it is text.
 *
 * @since 0.1.0
 * @category constants
 */
export const ScopeType = { level: "1", room: "2" } as const

/**
 * What a configuration is of: the values of `scope_type` everywhere else, where
 * it is a number.
 *
 * @since 0.1.0
 * @category constants
 */
export const FormScopeType = { level: 1, room: 2 } as const

/**
 * The values of `approval_switch` and `time_switch`.
 *
 * @since 0.1.0
 * @category constants
 */
export const Switch = { off: 0, on: 1 } as const

/**
 * Which reservations need approval: the values of `approval_condition`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ApprovalCondition = {
  /** All of them. */
  every: 0,
  /** Those that last longer than `meeting_duration`. */
  long: 1
} as const

/**
 * Who may reserve: the values of `allow_all_users`.
 *
 * @since 0.1.0
 * @category constants
 */
export const AllowAllUsers = {
  /** The users of `allow_users` and the members of `allow_depts`. */
  some: 0,
  /** Everybody. */
  all: 1
} as const

/**
 * What `notified_time` counts: the values of `time_unit`.
 *
 * @since 0.1.0
 * @category constants
 */
export const TimeUnit = { minute: 1, hour: 2, day: 3 } as const

/** What any operation here may fail with. */
const errors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcDataNotFound,
  VcError.VcNoPermission,
  VcError.VcRoomOrLevelNotFound
] as const

/** What is wrong with the users and departments of a request. */
const memberErrors = [VcError.VcTooManyMembers, VcError.VcInvalidUserId, VcError.VcInvalidDepartmentId] as const

/** How many users and departments one request may name. */
const mostMembers = 500

type Listed = ReadonlyArray<unknown> | undefined

/** Users and departments count together. */
const membersWithin =
  <Users extends string, Departments extends string>(users: Users, departments: Departments): Shape.Rule<
    { readonly [Name in Users | Departments]?: Listed }
  > =>
  (config) => {
    const named = config[users]?.length ?? 0
    return named + (config[departments]?.length ?? 0) > mostMembers
      ? {
        path: [named > mostMembers ? users : departments],
        message: `must be at most ${mostMembers}, users and departments together`
      }
      : undefined
  }

/**
 * @since 0.1.0
 * @category models
 */
export class SubscribeUser extends Shape.Struct<SubscribeUser>()(() => ({
  /** The user, by the id that `user_id_type` says. */
  user_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SubscribeDepartment extends Shape.Struct<SubscribeDepartment>()(() => ({
  /** The department's `open_department_id`. */
  department_id: Schema.String
})) {}

class ApprovalConfigFields extends Shape.Struct<ApprovalConfigFields>()(
  () => ({
    /** 0 off, 1 on: see `Switch`. Left out, it stays as it is. */
    approval_switch: Schema.optional(Schema.Literal(0, 1)),
    /**
     * 0 every reservation needs approval, 1 those longer than
     * `meeting_duration`: see `ApprovalCondition`.
     */
    approval_condition: Schema.optional(Schema.Literal(0, 1)),
    /**
     * Hours, from 0.1 to 99; the platform rounds to two decimals. With
     * `approval_condition` 0, the platform takes 99 where it is left out.
     */
    meeting_duration: Schema.optional(Schema.Number.pipe(Schema.between(0.1, 99))),
    /** Who approves. */
    approvers: Schema.optional(Schema.Array(SubscribeUser))
  }),
  ({ approval_condition, approval_switch }) =>
    approval_switch !== Switch.off && approval_condition === undefined
      ? { path: ["approval_condition"], message: "is required unless approval_switch is 0" }
      : undefined,
  ({ approval_condition, approval_switch, meeting_duration }) =>
    approval_switch !== Switch.off && approval_condition === ApprovalCondition.long && meeting_duration === undefined
      ? { path: ["meeting_duration"], message: "is required where approval_condition is 1" }
      : undefined,
  ({ approval_switch, approvers = [] }) =>
    approval_switch === Switch.on && approvers.length === 0
      ? { path: ["approvers"], message: "must name somebody where approval_switch is 1" }
      : undefined
) {}

type SomeOf<A> = readonly [A, ...ReadonlyArray<A>]

type Condition =
  | { readonly approval_condition: 0 }
  | { readonly approval_condition: 1; readonly meeting_duration: number }

/**
 * Whether reservations need approval, and whose.
 *
 * Switched off it needs nothing else. Otherwise it says which reservations are
 * meant, and switched on also who approves.
 *
 * @since 0.1.0
 * @category models
 */
export type ApprovalConfig =
  & ApprovalConfigFields
  & (
    | { readonly approval_switch: 0 }
    | { readonly approval_switch?: undefined } & Condition
    | { readonly approval_switch: 1; readonly approvers: SomeOf<SubscribeUser> } & Condition
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const ApprovalConfig = Shape.narrow<ApprovalConfig>()(ApprovalConfigFields)

const endOfDay = 86_400

/** Seconds since midnight, as the platform writes them. */
const SecondOfDay = Schema.String.pipe(
  Schema.filter((text) => /^\d{1,5}$/.test(text) && Number(text) <= endOfDay, {
    message: () => `must be a whole number of seconds from 0 to ${endOfDay}, as text`,
    arbitrary: () => (fc) => fc.integer({ min: 0, max: endOfDay }).map(String)
  })
)

/** How many seconds must lie between `start_time` and `end_time`. */
const shortestDay = 30

/**
 * When rooms can be reserved.
 *
 * @since 0.1.0
 * @category models
 */
export class TimeConfig extends Shape.Struct<TimeConfig>()(
  () => ({
    /** Whether the levels and rooms below are to have the same. */
    if_cover_child_scope: Schema.optional(Schema.Boolean),
    /** 0 off, 1 on: see `Switch`. */
    time_switch: Schema.Literal(0, 1),
    /**
     * How many days ahead a room can be reserved, from 1 to 730.
     *
     * @default 365
     */
    days_in_advance: Schema.optional(Schema.Int.pipe(Schema.between(1, 730))),
    /**
     * When, on the first day that a room can be reserved, that begins: seconds
     * since midnight as text, from 0 to 86400. The platform rounds to the
     * nearest minute.
     *
     * @default "28800"
     */
    opening_hour: Schema.optional(SecondOfDay),
    /**
     * From when on a room can be used: seconds since midnight as text, from 0
     * to 86400, and below 86370 without an `end_time`. The platform rounds to
     * the nearest minute.
     *
     * @default "0"
     */
    start_time: Schema.optional(SecondOfDay),
    /**
     * Until when a room can be used: seconds since midnight as text, at least
     * 30 more than `start_time`. The platform rounds to the nearest minute.
     *
     * @default "86400"
     */
    end_time: Schema.optional(SecondOfDay),
    /**
     * How many hours one reservation may last, from 1 to 99.
     *
     * @default 2
     */
    max_duration: Schema.optional(Schema.Int.pipe(Schema.between(1, 99)))
  }),
  ({ end_time, start_time }) => {
    if (end_time !== undefined) {
      return Number(end_time) < Number(start_time ?? 0) + shortestDay
        ? { path: ["end_time"], message: `must be at least ${shortestDay} more than start_time, or than 0 without one` }
        : undefined
    }
    const tooLate = endOfDay - shortestDay
    return start_time !== undefined && Number(start_time) >= tooLate
      ? { path: ["start_time"], message: `must be less than ${tooLate} without an end_time` }
      : undefined
  }
) {}

class ReserveScopeConfigFields extends Shape.Struct<ReserveScopeConfigFields>()(
  () => ({
    /** Whether the levels and rooms below are to have the same. */
    if_cover_child_scope: Schema.optional(Schema.Boolean),
    /** 0 some may reserve, 1 everybody may: see `AllowAllUsers`. */
    allow_all_users: Schema.Literal(0, 1),
    /** Users who may reserve; with the departments at most 500. */
    allow_users: Schema.optional(Schema.Array(SubscribeUser)),
    /** Departments whose members may reserve; with the users at most 500. */
    allow_depts: Schema.optional(Schema.Array(SubscribeDepartment))
  }),
  ({ allow_all_users, allow_depts = [], allow_users = [] }) =>
    allow_all_users === AllowAllUsers.some && allow_users.length + allow_depts.length === 0
      ? { path: ["allow_users"], message: "must name somebody where allow_all_users is 0 and allow_depts names nothing" }
      : undefined,
  membersWithin("allow_users", "allow_depts")
) {}

/**
 * Who may reserve. Where not everybody may, at least one user or one department
 * is named.
 *
 * @since 0.1.0
 * @category models
 */
export type ReserveScopeConfig =
  & ReserveScopeConfigFields
  & (
    | { readonly allow_all_users: 1 }
    | { readonly allow_all_users: 0; readonly allow_users: SomeOf<SubscribeUser> }
    | { readonly allow_all_users: 0; readonly allow_depts: SomeOf<SubscribeDepartment> }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const ReserveScopeConfig = Shape.narrow<ReserveScopeConfig>()(ReserveScopeConfigFields)

/**
 * A user whom a configuration names.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentUser extends Shape.Struct<CurrentUser>()(() => ({
  /** The user, by the id that `user_id_type` says. */
  user_id: Schema.optional(Schema.String)
})) {}

/**
 * A department that a configuration names.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentDepartment extends Shape.Struct<CurrentDepartment>()(() => ({
  /** The department's `open_department_id`. */
  department_id: Schema.optional(Schema.String)
})) {}

/**
 * Whether reservations need approval, and whose.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentApprovalConfig extends Shape.Struct<CurrentApprovalConfig>()(() => ({
  /** 0 off, 1 on: see `Switch`. */
  approval_switch: Schema.optional(Shape.Open(0, 1)),
  /**
   * 0 every reservation needs approval, 1 those longer than
   * `meeting_duration`: see `ApprovalCondition`.
   */
  approval_condition: Schema.optional(Shape.Open(0, 1)),
  /** Hours. */
  meeting_duration: Schema.optional(Schema.Finite),
  /** Who approves. */
  approvers: Schema.optional(Schema.Array(CurrentUser))
})) {}

/**
 * When rooms can be reserved.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentTimeConfig extends Shape.Struct<CurrentTimeConfig>()(() => ({
  /** Whether the levels and rooms below have the same. */
  if_cover_child_scope: Schema.optional(Schema.Boolean),
  /** 0 off, 1 on: see `Switch`. */
  time_switch: Schema.optional(Shape.Open(0, 1)),
  /** How many days ahead a room can be reserved. */
  days_in_advance: Schema.optional(Schema.Finite),
  /** When, on the first day that a room can be reserved, that begins: seconds since midnight, `Time.seconds`. */
  opening_hour: Schema.optional(Schema.String),
  /** From when on a room can be used: seconds since midnight, `Time.seconds`. */
  start_time: Schema.optional(Schema.String),
  /** Until when a room can be used: seconds since midnight, `Time.seconds`. */
  end_time: Schema.optional(Schema.String),
  /** How many hours one reservation may last. */
  max_duration: Schema.optional(Schema.Finite)
})) {}

/**
 * Who may reserve.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentReserveScopeConfig extends Shape.Struct<CurrentReserveScopeConfig>()(() => ({
  /** Whether the levels and rooms below have the same. */
  if_cover_child_scope: Schema.optional(Schema.Boolean),
  /** 0 some may reserve, 1 everybody may: see `AllowAllUsers`. */
  allow_all_users: Schema.optional(Shape.Open(0, 1)),
  /** Users who may reserve. */
  allow_users: Schema.optional(Schema.Array(CurrentUser)),
  /** Departments whose members may reserve. */
  allow_depts: Schema.optional(Schema.Array(CurrentDepartment))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ReserveScopeRequest extends Shape.extend(UserIds)<ReserveScopeRequest>()(() => ({
  /** A room (`omm_…`) or a room level. */
  scope_id: Schema.String,
  /** "1" level, "2" room: see `ScopeType`. */
  scope_type: Schema.Literal("1", "2")
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ReserveScopeResponse extends Shape.Struct<ReserveScopeResponse>()(() => ({
  /** What `patch` calls `approval_config`. */
  approve_config: Schema.optional(CurrentApprovalConfig),
  time_config: Schema.optional(CurrentTimeConfig),
  reserve_scope_config: Schema.optional(CurrentReserveScopeConfig)
})) {}

/**
 * Who may reserve a room, or the rooms of a level, when, and with whose approval.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config/reserve_scope
 * @since 0.1.0
 * @category operations
 */
export const reserveScope = Operation.make("vc.reserveConfig.reserveScope", {
  method: "GET",
  url: "/open-apis/vc/v1/reserve_configs/reserve_scope",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ReserveScopeRequest,
  response: ReserveScopeResponse,
  errors: [errors, VcError.VcInvalidParam]
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchRequest extends Shape.extend(UserIds)<PatchRequest>()(() => ({
  /** A room (`omm_…`) or a room level. */
  reserve_config_id: Schema.String,
  /** "1" level, "2" room: see `ScopeType`. */
  scope_type: Schema.Literal("1", "2"),
  approval_config: Schema.optional(ApprovalConfig),
  time_config: Schema.optional(TimeConfig),
  reserve_scope_config: Schema.optional(ReserveScopeConfig)
})) {}

/**
 * Changes who may reserve a room, or the rooms of a level, when, and with whose
 * approval.
 *
 * `reserveScope` reads it, and calls `approval_config` `approve_config`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config/patch
 * @since 0.1.0
 * @category operations
 */
export const patch = Operation.make("vc.reserveConfig.patch", {
  method: "PATCH",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PatchRequest,
  query: ["user_id_type"],
  errors: [errors, VcError.VcInvalidParam, memberErrors]
})

/** The most `notified_time` may be, by its unit: a year. */
const mostNotifiedTime = { [TimeUnit.minute]: 525_600, [TimeUnit.hour]: 8760, [TimeUnit.day]: 365 }

/**
 * The form that is filled in along with a reservation.
 *
 * @since 0.1.0
 * @category models
 */
export class ReserveFormConfig extends Shape.Struct<ReserveFormConfig>()(
  () => ({
    /** Whether the levels and rooms below are to have the same. */
    if_cover_child_scope: Schema.optional(Schema.Boolean),
    /** Whether there is a form. */
    reserve_form: Schema.Boolean,
    /** Who is told of what was filled in; at most 500. */
    notified_users: Schema.optional(
      Schema.Array(SubscribeUser).pipe(Schema.maxItems(mostMembers, { message: () => `must be at most ${mostMembers}` }))
    ),
    /**
     * How long before the meeting they are told at the latest, in `time_unit`:
     * from 0 to 365 days, 8760 hours or 525600 minutes.
     */
    notified_time: Schema.optional(Schema.Int.pipe(Schema.nonNegative())),
    /**
     * 1 minutes, 2 hours, 3 days: see `TimeUnit`.
     *
     * @default 3
     */
    time_unit: Schema.optional(Schema.Literal(1, 2, 3))
  }),
  ({ notified_time, time_unit = TimeUnit.day }) =>
    notified_time !== undefined && notified_time > mostNotifiedTime[time_unit]
      ? { path: ["notified_time"], message: `must be at most ${mostNotifiedTime[time_unit]} where time_unit is ${time_unit}` }
      : undefined
) {}

/**
 * The form that is filled in along with a reservation.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentReserveFormConfig extends Shape.Struct<CurrentReserveFormConfig>()(() => ({
  /** Whether the levels and rooms below have the same. */
  if_cover_child_scope: Schema.optional(Schema.Boolean),
  /** Whether there is a form. */
  reserve_form: Schema.optional(Schema.Boolean),
  /** Who is told of what was filled in. */
  notified_users: Schema.optional(Schema.Array(CurrentUser)),
  /** How long before the meeting they are told at the latest, in `time_unit`. */
  notified_time: Schema.optional(Schema.Finite),
  /** 1 minutes, 2 hours, 3 days: see `TimeUnit`. */
  time_unit: Schema.optional(Shape.Open(1, 2, 3))
})) {}

/**
 * Which room or level: what `getForm`, `getAdmin` and `getDisableInform` take.
 *
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(UserIds)<GetRequest>()(() => ({
  /** A room (`omm_…`) or a room level. */
  reserve_config_id: Schema.String,
  /** 1 level, 2 room: see `FormScopeType`. */
  scope_type: Schema.Literal(1, 2)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetFormResponse extends Shape.Struct<GetFormResponse>()(() => ({
  reserve_form_config: Schema.optional(CurrentReserveFormConfig)
})) {}

/**
 * The form that is filled in when a room, or a room of a level, is reserved, and
 * who is told of it.
 *
 * Fails with `VcReserveFormNotConfigured` until somebody has set a form up in
 * the admin console.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config-form/get
 * @since 0.1.0
 * @category operations
 */
export const getForm = Operation.make("vc.reserveConfig.form.get", {
  method: "GET",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id/form",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetFormResponse,
  errors: [errors, VcError.VcReserveFormNotConfigured]
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchFormRequest extends Shape.Struct<PatchFormRequest>()(() => ({
  ...GetRequest.fields,
  reserve_form_config: ReserveFormConfig
})) {}

/**
 * Changes the form that is filled in when a room, or a room of a level, is
 * reserved, and who is told of it.
 *
 * Fails with `VcReserveFormNotConfigured` until somebody has set a form up in
 * the admin console.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config-form/patch
 * @since 0.1.0
 * @category operations
 */
export const patchForm = Operation.make("vc.reserveConfig.form.patch", {
  method: "PATCH",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id/form",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PatchFormRequest,
  query: ["user_id_type"],
  errors: [
    errors,
    VcError.VcInvalidParam,
    VcError.VcReserveFormNotConfigured,
    VcError.VcNotifiedTimeOutOfRange,
    VcError.VcTooManyMembers,
    VcError.VcInvalidUserId
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class CurrentReserveAdminConfig extends Shape.Struct<CurrentReserveAdminConfig>()(() => ({
  /** Departments whose members administer the reservations. */
  depts: Schema.optional(Schema.Array(CurrentDepartment)),
  /** Users who administer them. */
  users: Schema.optional(Schema.Array(CurrentUser))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetAdminResponse extends Shape.Struct<GetAdminResponse>()(() => ({
  reserve_admin_config: Schema.optional(CurrentReserveAdminConfig)
})) {}

/**
 * Who administers the reservations of a room, or of the rooms of a level.
 *
 * Fails with `VcPackageUpgradeRequired` where the tenant's plan does not include
 * this.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config-admin/get
 * @since 0.1.0
 * @category operations
 */
export const getAdmin = Operation.make("vc.reserveConfig.admin.get", {
  method: "GET",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id/admin",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetAdminResponse,
  errors: [errors, VcError.VcPackageUpgradeRequired]
})

/**
 * Who is to administer reservations.
 *
 * @since 0.1.0
 * @category models
 */
export class ReserveAdminConfig extends Shape.Struct<ReserveAdminConfig>()(
  () => ({
    /** Departments whose members administer them; with the users at most 500. */
    depts: Schema.optional(Schema.Array(SubscribeDepartment)),
    /** Users who administer them; with the departments at most 500. */
    users: Schema.optional(Schema.Array(SubscribeUser))
  }),
  membersWithin("users", "depts")
) {}

/**
 * @since 0.1.0
 * @category models
 */
export class PatchAdminRequest extends Shape.Struct<PatchAdminRequest>()(() => ({
  ...GetRequest.fields,
  reserve_admin_config: ReserveAdminConfig
})) {}

/**
 * Changes who administers the reservations of a room, or of the rooms of a
 * level.
 *
 * Fails with `VcPackageUpgradeRequired` where the tenant's plan does not include
 * this.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config-admin/patch
 * @since 0.1.0
 * @category operations
 */
export const patchAdmin = Operation.make("vc.reserveConfig.admin.patch", {
  method: "PATCH",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id/admin",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PatchAdminRequest,
  query: ["user_id_type"],
  errors: [errors, VcError.VcInvalidParam, VcError.VcPackageUpgradeRequired, memberErrors]
})

/**
 * Who is told when a room is disabled, or is so no more.
 *
 * @since 0.1.0
 * @category models
 */
export class CurrentDisableInformConfig extends Shape.Struct<CurrentDisableInformConfig>()(() => ({
  /** Whether the levels and rooms below have the same. */
  if_cover_child_scope: Schema.optional(Schema.Boolean),
  /** Whether anybody is told. */
  if_inform: Schema.optional(Schema.Boolean),
  /** Users who are told. */
  informed_users: Schema.optional(Schema.Array(CurrentUser)),
  /** Departments whose members are told. */
  informed_depts: Schema.optional(Schema.Array(CurrentDepartment))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetDisableInformResponse extends Shape.Struct<GetDisableInformResponse>()(() => ({
  disable_inform: Schema.optional(CurrentDisableInformConfig)
})) {}

/**
 * Who is told when a room, or a room of a level, is disabled, or is so no more.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config-disable_inform/get
 * @since 0.1.0
 * @category operations
 */
export const getDisableInform = Operation.make("vc.reserveConfig.disableInform.get", {
  method: "GET",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id/disable_inform",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetDisableInformResponse,
  errors
})

/**
 * Who is to be told when a room is disabled, or is so no more.
 *
 * @since 0.1.0
 * @category models
 */
export class DisableInformConfig extends Shape.Struct<DisableInformConfig>()(
  () => ({
    /** Whether the levels and rooms below are to have the same. */
    if_cover_child_scope: Schema.optional(Schema.Boolean),
    /** Whether anybody is told. */
    if_inform: Schema.Boolean,
    /** Users who are told; with the departments at most 500. */
    informed_users: Schema.optional(Schema.Array(SubscribeUser)),
    /** Departments whose members are told; with the users at most 500. */
    informed_depts: Schema.optional(Schema.Array(SubscribeDepartment))
  }),
  membersWithin("informed_users", "informed_depts")
) {}

/**
 * @since 0.1.0
 * @category models
 */
export class PatchDisableInformRequest extends Shape.Struct<PatchDisableInformRequest>()(() => ({
  ...GetRequest.fields,
  disable_inform: DisableInformConfig
})) {}

/**
 * Changes who is told when a room, or a room of a level, is disabled, or is so
 * no more.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config-disable_inform/patch
 * @since 0.1.0
 * @category operations
 */
export const patchDisableInform = Operation.make("vc.reserveConfig.disableInform.patch", {
  method: "PATCH",
  url: "/open-apis/vc/v1/reserve_configs/:reserve_config_id/disable_inform",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PatchDisableInformRequest,
  query: ["user_id_type"],
  errors: [errors, VcError.VcInvalidParam, memberErrors]
})
