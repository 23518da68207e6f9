/**
 * Meetings that are reserved through the platform: a number, a link, a password
 * and settings, before there is a meeting. A reservation of this kind is in
 * nobody's calendar.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Time from "@effect-feishu/core/Time"
import * as Schema from "effect/Schema"
import { UserIds } from "./internal/userIds.ts"
import { Meeting, MeetingUser, UserType } from "./Meeting.ts"
import * as VcError from "./VcError.ts"

/**
 * What is reserved: the values of `meeting_initial_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MeetingInitialType = {
  /** A meeting of any number of people. */
  meeting: 1,
  /** A call between two, to a telephone. */
  call: 2
} as const

/**
 * What somebody may do in the meeting: the values of `permission`.
 *
 * @since 0.1.0
 * @category constants
 */
export const Permission = {
  /** To become the host. */
  host: 1,
  /** To invite others. */
  invite: 2,
  /** To join. */
  join: 3
} as const

/**
 * What a `check_list` is a list of: the values of `check_field`.
 *
 * @since 0.1.0
 * @category constants
 */
export const CheckField = {
  /** Ids of users. */
  user: 1,
  /** Kinds of users: see `CheckedUserType`. */
  userType: 2,
  /** Tenants, each by its `tenant_key`. */
  tenant: 3
} as const

/**
 * Whom a `check_list` gives the permission: the values of `check_mode`.
 *
 * @since 0.1.0
 * @category constants
 */
export const CheckMode = {
  /** Those who are on it. */
  listed: 1,
  /** Those who are not on it. */
  unlisted: 2
} as const

const checkedUserTypes = ["1", "2", "6", "7"] as const

/**
 * Kinds of users, as a `check_list` names them.
 *
 * @since 0.1.0
 * @category constants
 */
export const CheckedUserType = { feishu: "1", room: "2", pstn: "6", sip: "7" } as const

/**
 * Whether a reservation can still be used: the values of `expire_status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ExpireStatus = { valid: 1, expired: 2 } as const

/** How many hosts can be assigned. */
const mostHosts = 10

const oneReserve = () => ({
  /** The reservation, by the `id` that `apply` answered. */
  reserve_id: Schema.String
})

class NewPermissionCheckerFields extends Shape.Struct<NewPermissionCheckerFields>()(
  () => ({
    /** 1 users, 2 kinds of users, 3 tenants: see `CheckField`. */
    check_field: Schema.Literal(1, 2, 3),
    /** 1 those on the list, 2 those not on it: see `CheckMode`. */
    check_mode: Schema.Literal(1, 2),
    /**
     * For users the ids that `user_id_type` says, for kinds of users
     * `CheckedUserType`, for tenants their `tenant_key`.
     */
    check_list: Schema.Array(Schema.String)
  }),
  ({ check_field, check_list }) => {
    if (check_field !== CheckField.userType) return undefined
    const at = check_list.findIndex((listed) => !(checkedUserTypes as ReadonlyArray<string>).includes(listed))
    return at === -1
      ? undefined
      : { path: ["check_list", at], message: `must be one of ${checkedUserTypes.join(", ")} where check_field is ${check_field}` }
  }
) {}

/**
 * Who has a permission, by a list.
 *
 * @since 0.1.0
 * @category models
 */
export type NewPermissionChecker =
  & NewPermissionCheckerFields
  & (
    | { readonly check_field: 1 | 3 }
    | { readonly check_field: 2; readonly check_list: ReadonlyArray<(typeof checkedUserTypes)[number]> }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const NewPermissionChecker = Shape.narrow<NewPermissionChecker>()(NewPermissionCheckerFields)

/**
 * A permission, and who is to have it.
 *
 * @since 0.1.0
 * @category models
 */
export class NewActionPermission extends Shape.Struct<NewActionPermission>()(() => ({
  /** 1 to become the host, 2 to invite, 3 to join: see `Permission`. */
  permission: Schema.Literal(1, 2, 3),
  /** Whoever passes one of them has the permission. */
  permission_checkers: Schema.Array(NewPermissionChecker)
})) {}

/**
 * A telephone or SIP device to call.
 *
 * @since 0.1.0
 * @category models
 */
export class NewPstnSipInfo extends Shape.Struct<NewPstnSipInfo>()(() => ({
  /** What it is called in this meeting. */
  nickname: Schema.optional(Schema.String),
  /**
   * Its number: the international prefix, a hyphen, area code and number, for
   * example `+86-02187654321`. Numbers in China only.
   */
  main_address: Schema.String
})) {}

/**
 * Who is called.
 *
 * @since 0.1.0
 * @category models
 */
export class NewCallee extends Shape.Struct<NewCallee>()(() => ({
  /** The user, by the id that `user_id_type` says. */
  id: Schema.optional(Schema.String),
  /** What kind of user: see `Meeting.UserType`. In a call between two it is 6, a telephone. */
  user_type: Schema.Literal(1, 2, 3, 4, 5, 6, 7),
  /** The number of a telephone or SIP device. */
  pstn_sip_info: Schema.optional(NewPstnSipInfo)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class NewCallSetting extends Shape.Struct<NewCallSetting>()(() => ({
  callee: NewCallee
})) {}

/**
 * Somebody who is to be the host.
 *
 * @since 0.1.0
 * @category models
 */
export class NewAssignedHost extends Shape.Struct<NewAssignedHost>()(() => ({
  /** 1 a Feishu user, of the same tenant. */
  user_type: Schema.optional(Schema.Literal(1)),
  /** The user, by the id that `user_id_type` says. */
  id: Schema.optional(Schema.String)
})) {}

/** Sealed, so that nothing prints it. */
const Password = Schema.Redacted(
  Schema.String.pipe(
    Schema.filter((text) => /^(?:\d{4,9})?$/.test(text), {
      message: () => "must be 4 to 9 digits, or empty for no password",
      arbitrary: () => (fc) => fc.oneof(fc.constant(""), fc.integer({ min: 1000, max: 999_999_999 }).map(String))
    })
  )
)

class NewMeetingSettingsFields extends Shape.Struct<NewMeetingSettingsFields>()(
  () => ({
    topic: Schema.optional(Schema.String),
    /** Who may do what. Where a permission is there twice, whoever has either has it. */
    action_permissions: Schema.optional(Schema.Array(NewActionPermission)),
    /** 1 a meeting, 2 a call between two, to a telephone: see `MeetingInitialType`. */
    meeting_initial_type: Schema.optional(Schema.Literal(1, 2)),
    /**
     * Whether other systems can take part; in closed beta. Said when the meeting
     * is reserved, and never changed.
     */
    meeting_connect: Schema.optional(Schema.Boolean),
    /** Who is called, in a call between two. */
    call_setting: Schema.optional(NewCallSetting),
    /**
     * Whether the meeting is recorded without anybody asking; a call between two
     * is not.
     *
     * @default false
     */
    auto_record: Schema.optional(Schema.Boolean),
    /** Who is to be the host: at most 10. */
    assign_host_list: Schema.optional(
      Schema.Array(NewAssignedHost).pipe(Schema.maxItems(mostHosts, { message: () => `must be at most ${mostHosts}` }))
    ),
    /**
     * 4 to 9 digits, or empty for no password. Where a new reservation leaves it
     * out, the owner's own settings decide whether there is one, and the platform
     * makes it up.
     */
    password: Schema.optional(Password)
  }),
  ({ call_setting, meeting_initial_type }) =>
    meeting_initial_type === MeetingInitialType.call && call_setting !== undefined && call_setting.callee.user_type !== UserType.pstn
      ? { path: ["call_setting", "callee", "user_type"], message: `must be ${UserType.pstn} where meeting_initial_type is 2` }
      : undefined,
  ({ auto_record, meeting_initial_type }) =>
    meeting_initial_type === MeetingInitialType.call && auto_record === true
      ? { path: ["auto_record"], message: "must not be true where meeting_initial_type is 2" }
      : undefined
) {}

/**
 * How a meeting is to be. A call between two reaches a telephone, and is not
 * recorded automatically.
 *
 * @since 0.1.0
 * @category models
 */
export type NewMeetingSettings =
  & NewMeetingSettingsFields
  & (
    | { readonly meeting_initial_type?: 1 | undefined }
    | {
      readonly meeting_initial_type: 2
      readonly call_setting?: { readonly callee: { readonly user_type: 6 } } | undefined
      readonly auto_record?: false | undefined
    }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const NewMeetingSettings = Shape.narrow<NewMeetingSettings>()(NewMeetingSettingsFields)

class ApplyRequestFields extends Shape.extend(UserIds)<ApplyRequestFields>()(
  () => ({
    /**
     * Until when the reservation can be used, in Unix seconds:
     * `Time.toUnixSeconds`. At most 30 days from now; needed unless a call
     * between two is reserved.
     */
    end_time: Schema.optional(Time.UnixSeconds),
    /**
     * Whose the meeting is: a user of the tenant, by the id that `user_id_type`
     * says. With a tenant token it is required, which nothing can check before
     * the request is sent; with a user token it has no effect.
     */
    owner_id: Schema.optional(Schema.String),
    meeting_settings: NewMeetingSettings
  }),
  ({ end_time, meeting_settings }) =>
    end_time === undefined && meeting_settings.meeting_initial_type !== MeetingInitialType.call
      ? { path: ["end_time"], message: "is required unless meeting_initial_type is 2" }
      : undefined
) {}

/**
 * A meeting to reserve, and until when; a call between two can do without an
 * end.
 *
 * @since 0.1.0
 * @category models
 */
export type ApplyRequest =
  & ApplyRequestFields
  & ({ readonly end_time: string } | { readonly meeting_settings: { readonly meeting_initial_type: 2 } })

/**
 * @since 0.1.0
 * @category schemas
 */
export const ApplyRequest = Shape.narrow<ApplyRequest>()(ApplyRequestFields)

/** What every answer tells of a reservation. */
class Reserved extends Shape.Struct<Reserved>()(() => ({
  /** The number to join by: 9 digits. */
  meeting_no: Schema.optional(Schema.String),
  /** The meeting's password. */
  password: Schema.optional(Schema.Redacted(Schema.String)),
  /** The link to join by. */
  url: Schema.optional(Schema.String),
  /** The link of the live stream. */
  live_link: Schema.optional(Schema.String),
  /** Until when the reservation can be used, in Unix seconds: `Time.fromUnixSeconds`. */
  end_time: Schema.optional(Schema.String)
})) {}

/**
 * A reservation that was just made.
 *
 * @since 0.1.0
 * @category models
 */
export class AppliedReserve extends Shape.Struct<AppliedReserve>()(() => ({
  /** The reservation. The meeting gets an id of its own once it has begun. */
  id: Schema.String,
  ...Reserved.fields,
  /**
   * The link that opens the app and joins. Each `{?}` is to be replaced: the id,
   * and 0 or 1 for the page before joining (`preview`), microphone, speaker and
   * camera.
   */
  app_link: Schema.optional(Schema.String)
})) {}

/**
 * What the platform left out of the settings.
 *
 * @since 0.1.0
 * @category models
 */
export class ReserveCorrectionCheckInfo extends Shape.Struct<ReserveCorrectionCheckInfo>()(() => ({
  /** Assigned hosts who cannot be one. */
  invalid_host_id_list: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ApplyResponse extends Shape.Struct<ApplyResponse>()(() => ({
  reserve: AppliedReserve,
  reserve_correction_check_info: Schema.optional(ReserveCorrectionCheckInfo)
})) {}

/** What is wrong with the settings of a meeting. */
const settingsErrors = [
  VcError.VcRecordParamInvalid,
  VcError.VcTooManyHosts,
  VcError.VcAssignedHostInvalid,
  VcError.VcPasswordInvalid
] as const

/**
 * Reserves a meeting, for at most 30 days: then its number goes to others, unless
 * `update` extends it.
 *
 * Hosts who cannot be one need not fail it: look at
 * `reserve_correction_check_info`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve/apply
 * @since 0.1.0
 * @category operations
 */
export const apply = Operation.make("vc.reserve.apply", {
  method: "POST",
  url: "/open-apis/vc/v1/reserves/apply",
  accepts: "either",
  scopes: ["vc:reserve"],
  // Each time another reservation.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ApplyRequest,
  query: ["user_id_type"],
  response: ApplyResponse,
  errors: [VcError.VcInternalError, VcError.VcNotSupported, VcError.VcInvalidParam, settingsErrors]
})

/** What any operation on a reservation that exists may fail with. */
const errors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcInvalidParam,
  VcError.VcDataNotFound,
  VcError.VcNoPermission
] as const

/**
 * @since 0.1.0
 * @category models
 */
export class UpdateRequest extends Shape.extend(UserIds)<UpdateRequest>()(() => ({
  ...oneReserve(),
  /**
   * Until when the reservation can be used, in Unix seconds:
   * `Time.toUnixSeconds`. At most 30 days from now.
   */
  end_time: Schema.optional(Time.UnixSeconds),
  meeting_settings: Schema.optional(NewMeetingSettings)
})) {}

/**
 * A reservation that was just changed.
 *
 * @since 0.1.0
 * @category models
 */
export class UpdatedReserve extends Shape.Struct<UpdatedReserve>()(() => ({
  /** The reservation. */
  id: Schema.optional(Schema.String),
  ...Reserved.fields,
  /** 1 it can be used, 2 it has expired: see `ExpireStatus`. 0 occurs too, and no page says what it means. */
  expire_status: Schema.optional(Shape.Open(1, 2))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class UpdateResponse extends Shape.Struct<UpdateResponse>()(() => ({
  reserve: Schema.optional(UpdatedReserve),
  reserve_correction_check_info: Schema.optional(ReserveCorrectionCheckInfo)
})) {}

/**
 * Changes a reservation, or extends it. What is left out stays; what is empty is
 * made empty.
 *
 * Only its owner can: everybody else gets `VcNoPermission`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve/update
 * @since 0.1.0
 * @category operations
 */
export const update = Operation.make("vc.reserve.update", {
  method: "PUT",
  url: "/open-apis/vc/v1/reserves/:reserve_id",
  accepts: "either",
  scopes: ["vc:reserve"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: UpdateRequest,
  query: ["user_id_type"],
  response: UpdateResponse,
  errors: [errors, settingsErrors]
})

/**
 * @since 0.1.0
 * @category models
 */
export class DeleteRequest extends Shape.Struct<DeleteRequest>()(oneReserve) {}

const del = Operation.make("vc.reserve.delete", {
  method: "DELETE",
  url: "/open-apis/vc/v1/reserves/:reserve_id",
  accepts: "either",
  scopes: ["vc:reserve"],
  // A reservation that is gone stays gone. Sent again, it may fail with `VcDataNotFound`.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: DeleteRequest,
  errors
})

export {
  /**
   * Deletes a reservation, for good. Only its owner can: everybody else gets
   * `VcNoPermission`.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve/delete
   * @since 0.1.0
   * @category operations
   */
  del as delete
}

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(UserIds)<GetRequest>()(() => ({
  ...oneReserve()
})) {}

/**
 * Who has a permission, by a list.
 *
 * @since 0.1.0
 * @category models
 */
export class PermissionChecker extends Shape.Struct<PermissionChecker>()(() => ({
  /** 1 users, 2 kinds of users, 3 tenants: see `CheckField`. */
  check_field: Schema.optional(Shape.Open(1, 2, 3)),
  /** 1 those on the list, 2 those not on it: see `CheckMode`. */
  check_mode: Schema.optional(Shape.Open(1, 2)),
  /** Ids of users, kinds of users (`CheckedUserType`), or tenants by their `tenant_key`. */
  check_list: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * A permission, and who has it.
 *
 * @since 0.1.0
 * @category models
 */
export class ActionPermission extends Shape.Struct<ActionPermission>()(() => ({
  /** 1 to become the host, 2 to invite, 3 to join: see `Permission`. */
  permission: Schema.optional(Shape.Open(1, 2, 3)),
  /** Whoever passes one of them has the permission. */
  permission_checkers: Schema.optional(Schema.Array(PermissionChecker))
})) {}

/**
 * A telephone or SIP device.
 *
 * @since 0.1.0
 * @category models
 */
export class PstnSipInfo extends Shape.Struct<PstnSipInfo>()(() => ({
  /** What it is called in this meeting. */
  nickname: Schema.optional(Schema.String),
  /** Its number, for example `+86-02187654321`. */
  main_address: Schema.optional(Schema.String)
})) {}

/**
 * Who is called.
 *
 * @since 0.1.0
 * @category models
 */
export class Callee extends Shape.extend(MeetingUser)<Callee>()(() => ({
  /** The number of a telephone or SIP device. */
  pstn_sip_info: Schema.optional(PstnSipInfo)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CallSetting extends Shape.Struct<CallSetting>()(() => ({
  callee: Schema.optional(Callee)
})) {}

/**
 * Somebody who is to be the host.
 *
 * @since 0.1.0
 * @category models
 */
export class AssignedHost extends Shape.Struct<AssignedHost>()(() => ({
  /** 1 a Feishu user. */
  user_type: Schema.optional(Shape.Open(UserType.feishu)),
  /** The user, by the id that `user_id_type` says. */
  id: Schema.optional(Schema.String)
})) {}

/**
 * How a meeting is going to be.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingSettings extends Shape.Struct<MeetingSettings>()(() => ({
  topic: Schema.optional(Schema.String),
  /** Who may do what. Where a permission is there twice, whoever has either has it. */
  action_permissions: Schema.optional(Schema.Array(ActionPermission)),
  /** 1 a meeting, 2 a call between two: see `MeetingInitialType`. */
  meeting_initial_type: Schema.optional(Shape.Open(1, 2)),
  /** Whether other systems can take part; in closed beta. */
  meeting_connect: Schema.optional(Schema.Boolean),
  /** Who is called, in a call between two. */
  call_setting: Schema.optional(CallSetting),
  /** Whether the meeting is recorded without anybody asking. */
  auto_record: Schema.optional(Schema.Boolean),
  /** Who is to be the host. */
  assign_host_list: Schema.optional(Schema.Array(AssignedHost))
})) {}

/**
 * A reservation.
 *
 * @since 0.1.0
 * @category models
 */
export class Reserve extends Shape.Struct<Reserve>()(() => ({
  ...AppliedReserve.fields,
  ...UpdatedReserve.fields,
  /** Who reserved. */
  reserve_user_id: Schema.optional(Schema.String),
  meeting_settings: Schema.optional(MeetingSettings)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  reserve: Schema.optional(Reserve)
})) {}

/**
 * One reservation. Only its owner can read it: everybody else gets
 * `VcNoPermission`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.reserve.get", {
  method: "GET",
  url: "/open-apis/vc/v1/reserves/:reserve_id",
  accepts: "either",
  scopes: ["vc:reserve:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetActiveMeetingRequest extends Shape.extend(UserIds)<GetActiveMeetingRequest>()(() => ({
  ...oneReserve(),
  /**
   * Whether the participants are answered too.
   *
   * @default false
   */
  with_participants: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetActiveMeetingResponse extends Shape.Struct<GetActiveMeetingResponse>()(() => ({
  meeting: Schema.optional(Meeting)
})) {}

/**
 * The meeting of a reservation that goes on now: there is one at most. Only the
 * reservation's owner can read it: everybody else gets `VcNoPermission`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve/get_active_meeting
 * @since 0.1.0
 * @category operations
 */
export const getActiveMeeting = Operation.make("vc.reserve.getActiveMeeting", {
  method: "GET",
  url: "/open-apis/vc/v1/reserves/:reserve_id/get_active_meeting",
  accepts: "either",
  scopes: ["vc:reserve:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetActiveMeetingRequest,
  response: GetActiveMeetingResponse,
  errors
})
