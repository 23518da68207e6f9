/** Meetings that were reserved, and who may do what in them. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { MeetingSettings } from "../../Reserve.ts"
import { CheckField, CheckMode } from "../../Reserve.ts"
import type { Held, Permission, Person } from "./held.ts"
import { userOf } from "./held.ts"
import type { Meetings } from "./meetings.ts"

/** Users in it are named by their open ids; the password is apart. */
export interface Settings extends Omit<MeetingSettings, "action_permissions"> {
  readonly action_permissions?: ReadonlyArray<Permission> | undefined
}

export interface Reserved {
  readonly id: string
  readonly meeting_no: string
  readonly owner: string
  /** Which application made it. */
  readonly appId: string
  /** In milliseconds; a call between two may have none. */
  endsAt: number | undefined
  password: string | undefined
  wrongPasswords: number
  settings: Settings
}

const passes = ({ check_field, check_list, check_mode }: Permission["permission_checkers"][number], who: Person) => {
  const listed = check_field === CheckField.user
    ? check_list.includes(who.id)
    : check_field === CheckField.userType
    ? check_list.includes(String(who.user_type))
    // There is one tenant: whoever is not from outside is of it.
    : !who.external
  return listed === (check_mode === CheckMode.listed)
}

/** Whether somebody has a permission: all have one that nothing is said about. */
export const permits = (permissions: ReadonlyArray<Permission>, permission: 1 | 2 | 3, who: Person): boolean => {
  const checkers = permissions.filter((said) => said.permission === permission).flatMap(({ permission_checkers }) => permission_checkers)
  return checkers.length === 0 || checkers.some((checker) => passes(checker, who))
}

const revealed = (password: Redacted.Redacted | undefined) => {
  const text = password === undefined ? "" : Redacted.value(password)
  return text === "" ? undefined : text
}

export const hasExpired = ({ endsAt }: Reserved, now: number) => endsAt !== undefined && endsAt <= now

export const make = (meetings: Meetings) => {
  const reserves = new Map<string, Reserved>()
  let made = 0

  const activeOf = (id: string): Held | undefined =>
    meetings.all().find(({ endedAt, reserve }) => reserve === id && endedAt === undefined)

  /** The meeting of a reservation: the one that goes on, else another one. */
  const start = (reserved: Reserved, who: Person, now: number): Held => {
    const active = activeOf(reserved.id)
    if (active !== undefined) return active
    const { settings } = reserved
    const held = meetings.begin({
      owner: reserved.owner,
      meeting_no: reserved.meeting_no,
      topic: settings.topic ?? "",
      password: reserved.password,
      connect: settings.meeting_connect ?? false,
      reserve: reserved.id,
      permissions: settings.action_permissions ?? [],
      startedAt: now,
      records: settings.auto_record ?? false
    })
    meetings.join(held, who, now)
    return held
  }

  return {
    start,
    activeOf,
    find: (id: string) => reserves.get(id),
    /** Which reservation, of those that can still be used, has a number. */
    byNumber: (number: string, now: number) =>
      [...reserves.values()].find((reserved) => reserved.meeting_no === number && !hasExpired(reserved, now)),
    make: (
      about: Pick<Reserved, "appId" | "endsAt" | "owner" | "settings">,
      password: Redacted.Redacted | undefined
    ): Reserved => {
      const reserved: Reserved = {
        ...about,
        id: `69${String(++made).padStart(17, "0")}`,
        meeting_no: meetings.number(),
        wrongPasswords: 0,
        password: password === undefined ? String(100_000 + made) : revealed(password)
      }
      reserves.set(reserved.id, reserved)
      return reserved
    },
    change: (reserved: Reserved, endsAt: number | undefined, settings: Settings | undefined, password: Redacted.Redacted | undefined) => {
      reserved.endsAt = endsAt ?? reserved.endsAt
      if (password !== undefined) reserved.password = revealed(password)
      // Whether other systems can take part never changes.
      if (settings !== undefined) {
        const { meeting_connect } = reserved.settings
        reserved.settings = { ...reserved.settings, ...settings, ...meeting_connect === undefined ? {} : { meeting_connect } }
      }
    },
    remove: (id: string) => reserves.delete(id),
    controls: {
      begin: (reserve_id: string, who?: string) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const reserved = reserves.get(reserve_id)
          if (reserved === undefined || hasExpired(reserved, now)) {
            return Effect.dieMessage(`VcFake knows no reservation ${reserve_id} that can still be used`)
          }
          return Effect.succeed(start(reserved, userOf(who ?? reserved.owner), now).id)
        })
    }
  }
}

export type Reserves = ReturnType<typeof make>
