/** How a room or level can be reserved, and how a change of that comes out: with the documented defaults and roundings. */
import type { DisableInformConfig, PatchRequest, ReserveAdminConfig, ReserveFormConfig } from "../../ReserveConfig.ts"

export interface ApprovalState {
  readonly approval_switch: 0 | 1
  readonly approval_condition: 0 | 1
  readonly meeting_duration: number
  readonly approvers: ReadonlyArray<string>
}

export interface TimeState {
  readonly time_switch: 0 | 1
  readonly days_in_advance: number
  readonly opening_hour: string
  readonly start_time: string
  readonly end_time: string
  readonly max_duration: number
}

export interface ScopeState {
  readonly allow_all_users: 0 | 1
  readonly allow_users: ReadonlyArray<string>
  readonly allow_depts: ReadonlyArray<string>
}

export interface FormState {
  readonly reserve_form: boolean
  readonly notified_users: ReadonlyArray<string>
  readonly notified_time: number | undefined
  readonly time_unit: 1 | 2 | 3
}

export interface AdminState {
  readonly users: ReadonlyArray<string>
  readonly depts: ReadonlyArray<string>
}

export interface DisableInformState {
  readonly if_inform: boolean
  readonly informed_users: ReadonlyArray<string>
  readonly informed_depts: ReadonlyArray<string>
}

export interface ReservationState {
  readonly approval: ApprovalState
  readonly time: TimeState
  readonly scope: ScopeState
  /** None until an administrator sets one up. */
  readonly form: FormState | undefined
  readonly admin: AdminState
  readonly disableInform: DisableInformState
}

/** What can be given to everything below as well. */
export type Part = "disableInform" | "form" | "scope" | "time"

export const fresh = (form: boolean): ReservationState => ({
  approval: { approval_switch: 0, approval_condition: 0, meeting_duration: 99, approvers: [] },
  time: {
    time_switch: 0,
    days_in_advance: 365,
    opening_hour: "28800",
    start_time: "0",
    end_time: "86400",
    max_duration: 2
  },
  scope: { allow_all_users: 1, allow_users: [], allow_depts: [] },
  form: form ? { reserve_form: false, notified_users: [], notified_time: undefined, time_unit: 3 } : undefined,
  admin: { users: [], depts: [] },
  disableInform: { if_inform: false, informed_users: [], informed_depts: [] }
})

/** To the nearest minute. */
const minute = (seconds: string) => String(Math.round(Number(seconds) / 60) * 60)

const twoDecimals = (hours: number) => Math.round(hours * 100) / 100

interface Ids {
  readonly approvers: ReadonlyArray<string>
  readonly users: ReadonlyArray<string>
  readonly departments: ReadonlyArray<string>
}

const approval = (
  before: ApprovalState,
  config: NonNullable<PatchRequest["approval_config"]>,
  { approvers }: Ids
): ApprovalState => {
  const condition = config.approval_condition
  return {
    approval_switch: config.approval_switch ?? before.approval_switch,
    approval_condition: condition ?? before.approval_condition,
    meeting_duration: config.meeting_duration === undefined
      ? condition === 0 ? 99 : before.meeting_duration
      : twoDecimals(config.meeting_duration),
    approvers: config.approvers === undefined ? before.approvers : approvers
  }
}

/** What is left out takes its default, not what was there. */
const time = (config: NonNullable<PatchRequest["time_config"]>): TimeState => ({
  time_switch: config.time_switch,
  days_in_advance: config.days_in_advance ?? 365,
  opening_hour: minute(config.opening_hour ?? "28800"),
  start_time: minute(config.start_time ?? "0"),
  end_time: minute(config.end_time ?? "86400"),
  max_duration: config.max_duration ?? 2
})

export const patched = (
  before: ReservationState,
  { approval_config, reserve_scope_config, time_config }: PatchRequest,
  ids: Ids
): ReservationState => ({
  ...before,
  approval: approval_config === undefined ? before.approval : approval(before.approval, approval_config, ids),
  time: time_config === undefined ? before.time : time(time_config),
  scope: reserve_scope_config === undefined ? before.scope : {
    allow_all_users: reserve_scope_config.allow_all_users,
    allow_users: ids.users,
    allow_depts: ids.departments
  }
})

export const withForm = (
  before: ReservationState,
  config: ReserveFormConfig,
  notified: ReadonlyArray<string>
): ReservationState => ({
  ...before,
  form: {
    reserve_form: config.reserve_form,
    notified_users: config.notified_users === undefined ? before.form?.notified_users ?? [] : notified,
    notified_time: config.notified_time ?? before.form?.notified_time,
    time_unit: config.time_unit ?? 3
  }
})

export const withAdmin = (
  before: ReservationState,
  config: ReserveAdminConfig,
  { departments, users }: Omit<Ids, "approvers">
): ReservationState => ({
  ...before,
  admin: {
    users: config.users === undefined ? before.admin.users : users,
    depts: config.depts === undefined ? before.admin.depts : departments
  }
})

export const withDisableInform = (
  before: ReservationState,
  config: DisableInformConfig,
  { departments, users }: Omit<Ids, "approvers">
): ReservationState => ({
  ...before,
  disableInform: {
    if_inform: config.if_inform,
    informed_users: config.informed_users === undefined ? before.disableInform.informed_users : users,
    informed_depts: config.informed_depts === undefined ? before.disableInform.informed_depts : departments
  }
})
