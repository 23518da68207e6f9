/** Meetings that are reserved. */
import type { Details } from "@effect-feishu/core/ApiError"
import type { Directory } from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Reserve from "../../Reserve.ts"
import * as VcError from "../../VcError.ts"
import type { Permission } from "./held.ts"
import * as Answers from "./meetingAnswers.ts"
import * as People from "./people.ts"
import * as Reserves from "./reserves.ts"

interface State {
  readonly reserves: Reserves.Reserves
}

/** The longest a reservation lasts. */
const month = 30 * 86_400_000

const isTooLong = (end_time: string | undefined, now: number) => end_time !== undefined && Number(end_time) * 1_000 > now + month

const millis = (end_time: string | undefined) => end_time === undefined ? undefined : Number(end_time) * 1_000

/** The lists of users under other ids; everything else as it is. */
const renamed = <E, R>(
  permissions: ReadonlyArray<Permission>,
  rename: (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<string>, E, R>
): Effect.Effect<ReadonlyArray<Permission>, E, R> =>
  Effect.forEach(permissions, (permission) =>
    Effect.map(
      Effect.forEach(permission.permission_checkers, (checker) =>
        checker.check_field === Reserve.CheckField.user
          ? Effect.map(rename(checker.check_list), (check_list) => ({ ...checker, check_list }))
          : Effect.succeed(checker)),
      (permission_checkers) => ({ ...permission, permission_checkers })
    ))

type Wrong = new(details: Details) => VcError.VcInvalidParam | VcError.VcAssignedHostInvalid

interface Understood {
  readonly settings: Reserves.Settings
  /** The hosts who cannot be one. */
  readonly invalid: ReadonlyArray<string>
}

const settingsOf = (
  settings: Reserve.NewMeetingSettings,
  type: People.UserIdType
): Effect.Effect<Understood, Wrong, Directory> =>
  Effect.gen(function*() {
    const { action_permissions, assign_host_list, password: _password, ...rest } = settings
    if (assign_host_list?.some(({ id }) => id === undefined || id === "") === true) return yield* Effect.fail(VcError.VcAssignedHostInvalid)
    const permissions = yield* renamed(action_permissions ?? [], (ids) =>
      Effect.flatMap(People.openIds(type, ids), (known) =>
        Option.isSome(known) ? Effect.succeed(known.value) : Effect.fail(VcError.VcInvalidParam)))
    const hosts = yield* Effect.forEach(assign_host_list ?? [], ({ id = "" }) =>
      Effect.map(People.openIds(type, [id]), (open) => ({ id, open: Option.getOrUndefined(open)?.[0] })))
    const assigned = hosts.flatMap(({ open }) => open === undefined ? [] : [{ id: open, user_type: 1 as const }])
    return {
      settings: {
        ...rest,
        ...action_permissions === undefined ? {} : { action_permissions: permissions },
        ...assign_host_list === undefined ? {} : { assign_host_list: assigned }
      },
      invalid: hosts.flatMap(({ id, open }) => open === undefined ? [id] : [])
    }
  })

/** As they were given, with users by the ids that are asked for. */
const shownAs = ({ action_permissions, assign_host_list, ...rest }: Reserves.Settings, type: People.UserIdType) =>
  Effect.gen(function*() {
    const permissions = yield* renamed(action_permissions ?? [], (ids) => People.idsAs(type, ids))
    const hosts = yield* People.idsAs(type, (assign_host_list ?? []).flatMap(({ id }) => id === undefined ? [] : [id]))
    const settings: Reserve.MeetingSettings = {
      ...rest,
      ...action_permissions === undefined ? {} : { action_permissions: permissions },
      ...assign_host_list === undefined ? {} : { assign_host_list: hosts.map((id) => ({ id, user_type: 1 })) }
    }
    return settings
  })

const linked = ({ endsAt, id, meeting_no, password }: Reserves.Reserved) => ({
  id,
  meeting_no,
  ...password === undefined ? {} : { password: Redacted.make(password) },
  url: Answers.linkOf(meeting_no),
  live_link: `https://meetings.feishu.cn/s/${id}`,
  ...endsAt === undefined ? {} : { end_time: Answers.seconds(endsAt) }
})

const app_link = "https://applink.feishu.cn/client/videochat/open?source=openplatform&action=join&idtype=reservationid"
  + "&id={?}&preview={?}&mic={?}&speaker={?}&camera={?}"

const expireStatus = (reserved: Reserves.Reserved, now: number) =>
  Reserves.hasExpired(reserved, now) ? Reserve.ExpireStatus.expired : Reserve.ExpireStatus.valid

const corrections = (invalid: ReadonlyArray<string>) =>
  invalid.length === 0 ? {} : { reserve_correction_check_info: { invalid_host_id_list: invalid } }

type NotTheirs = new(details: Details) => VcError.VcDataNotFound | VcError.VcNoPermission

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  /** A reservation for its owner: the user, or the application that made it. */
  const owned = (id: string, caller: FakeFeishu.Caller) =>
    Effect.flatMap(state, ({ reserves }): Effect.Effect<Reserves.Reserved, NotTheirs> => {
      const reserved = reserves.find(id)
      if (reserved === undefined) return Effect.fail(VcError.VcDataNotFound)
      const theirs = caller.credential === "user" ? reserved.owner === caller.user.open_id : reserved.appId === caller.appId
      return theirs ? Effect.succeed(reserved) : Effect.fail(VcError.VcNoPermission)
    })

  const apply = FakeFeishu.handler(Reserve.apply, ({ end_time, meeting_settings, owner_id = "", user_id_type }, caller) =>
    Effect.gen(function*() {
      const { reserves } = yield* state
      const now = yield* Clock.currentTimeMillis
      const owner = caller.credential === "user" ? Option.some([caller.user.open_id]) : yield* People.openIds(user_id_type, [owner_id])
      if (Option.isNone(owner) || caller.credential === "tenant" && owner_id === "" || isTooLong(end_time, now)) {
        return yield* FeishuTest.failure(Reserve.apply, VcError.VcInvalidParam)
      }
      const { invalid, settings } = yield* Effect.mapError(settingsOf(meeting_settings, user_id_type), (why) =>
        FeishuTest.failure(Reserve.apply, why))
      const { appId } = caller
      const about = { appId, endsAt: millis(end_time), owner: owner.value[0]!, settings }
      const reserved = reserves.make(about, meeting_settings.password)
      return { reserve: { ...linked(reserved), app_link }, ...corrections(invalid) }
    }))

  const update = FakeFeishu.handler(Reserve.update, ({ end_time, meeting_settings, reserve_id, user_id_type }, caller) =>
    Effect.gen(function*() {
      const { reserves } = yield* state
      const now = yield* Clock.currentTimeMillis
      const reserved = yield* Effect.mapError(owned(reserve_id, caller), (why) => FeishuTest.failure(Reserve.update, why))
      if (isTooLong(end_time, now)) return yield* FeishuTest.failure(Reserve.update, VcError.VcInvalidParam)
      const { invalid, settings } = yield* Effect.mapError(settingsOf(meeting_settings ?? {}, user_id_type), (why) =>
        FeishuTest.failure(Reserve.update, why))
      reserves.change(reserved, millis(end_time), settings, meeting_settings?.password)
      return { reserve: { ...linked(reserved), expire_status: expireStatus(reserved, now) }, ...corrections(invalid) }
    }))

  const del = FakeFeishu.handler(Reserve.delete, ({ reserve_id }, caller) =>
    Effect.gen(function*() {
      const { reserves } = yield* state
      const { id } = yield* Effect.mapError(owned(reserve_id, caller), (why) => FeishuTest.failure(Reserve.delete, why))
      reserves.remove(id)
    }))

  const get = FakeFeishu.handler(Reserve.get, ({ reserve_id, user_id_type }, caller) =>
    Effect.gen(function*() {
      const reserved = yield* Effect.mapError(owned(reserve_id, caller), (why) => FeishuTest.failure(Reserve.get, why))
      const [reserve_user_id] = yield* People.idsAs(user_id_type, [reserved.owner])
      return {
        reserve: {
          ...linked(reserved),
          app_link,
          expire_status: expireStatus(reserved, yield* Clock.currentTimeMillis),
          ...reserve_user_id === undefined ? {} : { reserve_user_id },
          meeting_settings: yield* shownAs(reserved.settings, user_id_type)
        }
      }
    }))

  const getActiveMeeting = FakeFeishu.handler(Reserve.getActiveMeeting, (request, caller) =>
    Effect.gen(function*() {
      const { reserves } = yield* state
      const { id } = yield* Effect.mapError(owned(request.reserve_id, caller), (why) =>
        FeishuTest.failure(Reserve.getActiveMeeting, why))
      const held = reserves.activeOf(id)
      if (held === undefined) return yield* FeishuTest.failure(Reserve.getActiveMeeting, VcError.VcDataNotFound)
      return { meeting: yield* Answers.meeting(held, request.user_id_type, request.with_participants) }
    }))

  return [apply, update, del, get, getActiveMeeting]
}
