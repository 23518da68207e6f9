/** Rooms and levels, and how a change of their reservation settings comes out: with the documented defaults and roundings. */
import * as Option from "effect/Option"
import type { PatchRequest, ReserveFormConfig } from "../../ReserveConfig.ts"

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

export interface ReservationState {
  readonly approval: ApprovalState
  readonly time: TimeState
  readonly scope: ScopeState
  /** None until an administrator sets one up. */
  readonly form: FormState | undefined
}

interface Place {
  readonly kind: "level" | "room"
  readonly id: string
  readonly parent: string | undefined
  state: ReservationState
}

const fresh = (form: boolean): ReservationState => ({
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
  form: form ? { reserve_form: false, notified_users: [], notified_time: undefined, time_unit: 3 } : undefined
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

export const make = () => {
  const places = new Map<string, Place>()

  const below = (id: string): ReadonlyArray<Place> =>
    [...places.values()].filter(({ parent }) => parent === id).flatMap((place) => [place, ...below(place.id)])

  const find = (id: string) => Option.fromNullable(places.get(id))

  return {
    add: (kind: Place["kind"], id: string, parent: string | undefined, form = false) => {
      places.set(id, { kind, id, parent, state: fresh(form) })
    },
    find,
    findAs: (id: string, kind: Place["kind"]) => Option.filter(find(id), (place) => place.kind === kind),
    patch: (place: Place, { approval_config, reserve_scope_config, time_config }: PatchRequest, ids: Ids) => {
      const { state } = place
      place.state = {
        ...state,
        approval: approval_config === undefined ? state.approval : approval(state.approval, approval_config, ids),
        time: time_config === undefined ? state.time : time(time_config),
        scope: reserve_scope_config === undefined ? state.scope : {
          allow_all_users: reserve_scope_config.allow_all_users,
          allow_users: ids.users,
          allow_depts: ids.departments
        }
      }
    },
    patchForm: (place: Place, config: ReserveFormConfig, notified: ReadonlyArray<string>) => {
      const before = place.state.form
      place.state = {
        ...place.state,
        form: {
          reserve_form: config.reserve_form,
          notified_users: config.notified_users === undefined ? before?.notified_users ?? [] : notified,
          notified_time: config.notified_time ?? before?.notified_time,
          time_unit: config.time_unit ?? 3
        }
      }
    },
    /** Gives every level and room below the same. */
    cover: (place: Place, part: "form" | "scope" | "time") => {
      for (const under of below(place.id)) under.state = { ...under.state, [part]: place.state[part] }
    }
  }
}

export type Places = ReturnType<typeof make>
