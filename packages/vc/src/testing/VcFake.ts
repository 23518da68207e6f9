/**
 * Video conferencing for `FakeFeishu`: meetings and their recordings, rooms and
 * levels, and how they can be reserved.
 *
 * @since 0.1.0
 */
import type { Violation } from "@effect-feishu/core/CallError"
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { patch, patchForm } from "../ReserveConfig.ts"
import { PermissionTarget, setPermission } from "../MeetingRecording.ts"
import { plugin } from "../plugin.ts"
import * as VcError from "../VcError.ts"
import * as Meetings from "./internal/meetings.ts"
import * as Reservation from "./internal/reservation.ts"

export type {
  /** Whom the recording of a meeting was opened to. @since 0.1.0 @category models */
  Grant
} from "./internal/meetings.ts"

export type {
  /** Whether reservations need approval, as it stands. @since 0.1.0 @category models */
  ApprovalState,
  /** The reservation form, as it stands. @since 0.1.0 @category models */
  FormState,
  /** How a room or level can be reserved, as it stands. @since 0.1.0 @category models */
  ReservationState,
  /** Who may reserve, as it stands. @since 0.1.0 @category models */
  ScopeState,
  /** When rooms can be reserved, as it stands. @since 0.1.0 @category models */
  TimeState
} from "./internal/reservation.ts"

/**
 * A meeting, over unless told otherwise.
 *
 * @since 0.1.0
 * @category models
 */
export interface Meeting {
  readonly meeting_id: string
  /** The owner's open id. */
  readonly owner: string
  /** Whether it still goes on. @default false */
  readonly ongoing?: boolean | undefined
  /**
   * How long after the meeting its recording is complete; `false` where there is
   * none.
   *
   * @default 0
   */
  readonly recording?: Duration.DurationInput | false | undefined
}

/**
 * A meeting room.
 *
 * @since 0.1.0
 * @category models
 */
export interface Room {
  readonly room_id: string
  /** The level it is on. */
  readonly room_level_id?: string | undefined
  /** Whether an administrator set a reservation form up. @default false */
  readonly form?: boolean | undefined
}

/**
 * A level of rooms: a building, a floor.
 *
 * @since 0.1.0
 * @category models
 */
export interface Level {
  readonly room_level_id: string
  /** The level it is part of. */
  readonly parent_id?: string | undefined
  /** Whether an administrator set a reservation form up. @default false */
  readonly form?: boolean | undefined
}

/**
 * What there is.
 *
 * @since 0.1.0
 * @category models
 */
export interface Contents {
  readonly meetings?: ReadonlyArray<Meeting> | undefined
  readonly rooms?: ReadonlyArray<Room> | undefined
  readonly levels?: ReadonlyArray<Level> | undefined
}

/**
 * What a test sees and sets.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service {
  readonly add: (contents: Contents) => Effect.Effect<void>
  /** Ends a meeting: from now on its recording is made. */
  readonly end: (meeting_id: string) => Effect.Effect<void>
  /** To whom the recording of a meeting is open; users by their open id. */
  readonly grants: (meeting_id: string) => Effect.Effect<ReadonlyArray<Meetings.Grant>>
  /** How a room or level can be reserved; users by their open id. */
  readonly reservation: (id: string) => Effect.Effect<Option.Option<Reservation.ReservationState>>
  /** @internal */
  readonly meetings: Meetings.Meetings
  /** @internal */
  readonly places: Reservation.Places
}

/**
 * @since 0.1.0
 * @category services
 */
export class VcFake extends Context.Tag("@effect-feishu/vc/testing/VcFake")<VcFake, Service>() {}

const make = (contents: Contents | undefined): Effect.Effect<Service> =>
  Effect.gen(function*() {
    const meetings = Meetings.make()
    const places = Reservation.make()
    const add = ({ levels = [], meetings: more = [], rooms = [] }: Contents) =>
      Effect.zipRight(
        Effect.forEach(more, meetings.add, { discard: true }),
        Effect.sync(() => {
          for (const { form, parent_id, room_level_id } of levels) places.add("level", room_level_id, parent_id, form)
          for (const { form, room_id, room_level_id } of rooms) places.add("room", room_id, room_level_id, form)
        })
      )
    yield* add(contents ?? {})
    return {
      add,
      end: meetings.end,
      grants: (id) => Effect.sync(() => meetings.grants(id)),
      reservation: (id) => Effect.sync(() => Option.map(places.find(id), ({ state }) => state)),
      meetings,
      places
    }
  })

// --- people -----------------------------------------------------------------

type UserIdType = "open_id" | "union_id" | "user_id" | undefined

/** Users by their open ids; none, if there is one nobody knows. */
const openIds = (type: UserIdType, ids: ReadonlyArray<string>) =>
  Effect.map(
    Effect.flatMap(Directory.Directory, ({ user }) => Effect.forEach(ids, (id) => user(type ?? "open_id", id))),
    (users) => Option.map(Option.all(users), (known) => known.map(({ open_id }) => open_id))
  )

const departmentsKnown = (ids: ReadonlyArray<string>) =>
  Effect.map(
    Effect.flatMap(Directory.Directory, ({ department }) => Effect.forEach(ids, department)),
    (departments) => departments.every(Option.isSome)
  )

// --- handlers ---------------------------------------------------------------

const setPermissionHandler = FakeFeishu.handler(setPermission, (request, caller) =>
  Effect.gen(function*() {
    const { meetings } = yield* VcFake
    const { action_type = 0, meeting_id, permission_objects, user_id_type } = request
    const meeting = yield* meetings.find(meeting_id)
    if (Option.isNone(meeting)) return yield* FeishuTest.failure(setPermission, VcError.VcMeetingNotFound)
    if (caller.credential !== "user" || caller.user.open_id !== meeting.value.owner) {
      return yield* FeishuTest.failure(setPermission, VcError.VcNoPermission)
    }
    if (!meeting.value.recorded) return yield* FeishuTest.failure(setPermission, VcError.VcDataNotFound)
    const grants = yield* Effect.forEach(permission_objects, ({ id, permission, type }) =>
      Effect.map(
        type === PermissionTarget.user && id !== undefined ? openIds(user_id_type, [id]) : Effect.succeedSome([id]),
        Option.map(([id]): Meetings.Grant => ({ type, permission, ...id === undefined ? {} : { id } }))
      ))
    const known = Option.all(grants)
    if (Option.isNone(known)) return yield* FeishuTest.failure(setPermission, VcError.VcInvalidParam)
    meetings.set(meeting_id, known.value, action_type === 0)
  }))

const patchHandler = FakeFeishu.handler(patch, (request) =>
  Effect.gen(function*() {
    const { places } = yield* VcFake
    const { approval_config, reserve_config_id, reserve_scope_config, scope_type, time_config, user_id_type } = request
    const place = places.findAs(reserve_config_id, scope_type === "1" ? "level" : "room")
    if (Option.isNone(place)) return yield* FeishuTest.failure(patch, VcError.VcRoomOrLevelNotFound)
    const approvers = yield* openIds(user_id_type, (approval_config?.approvers ?? []).map(({ user_id }) => user_id))
    const users = yield* openIds(user_id_type, (reserve_scope_config?.allow_users ?? []).map(({ user_id }) => user_id))
    const departments = (reserve_scope_config?.allow_depts ?? []).map(({ department_id }) => department_id)
    if (Option.isNone(approvers) || Option.isNone(users)) {
      return yield* FeishuTest.failure(patch, VcError.VcInvalidUserId)
    }
    if (!(yield* departmentsKnown(departments))) return yield* FeishuTest.failure(patch, VcError.VcInvalidDepartmentId)
    places.patch(place.value, request, { approvers: approvers.value, users: users.value, departments })
    if (time_config?.if_cover_child_scope === true) places.cover(place.value, "time")
    if (reserve_scope_config?.if_cover_child_scope === true) places.cover(place.value, "scope")
  }))

const patchFormHandler = FakeFeishu.handler(patchForm, (request) =>
  Effect.gen(function*() {
    const { places } = yield* VcFake
    const { reserve_config_id, reserve_form_config, scope_type, user_id_type } = request
    const place = places.findAs(reserve_config_id, scope_type === 1 ? "level" : "room")
    if (Option.isNone(place)) return yield* FeishuTest.failure(patchForm, VcError.VcRoomOrLevelNotFound)
    if (place.value.state.form === undefined) {
      return yield* FeishuTest.failure(patchForm, VcError.VcReserveFormNotConfigured)
    }
    const notified = yield* openIds(user_id_type, (reserve_form_config.notified_users ?? []).map(({ user_id }) => user_id))
    if (Option.isNone(notified)) return yield* FeishuTest.failure(patchForm, VcError.VcInvalidUserId)
    places.patchForm(place.value, reserve_form_config, notified.value)
    if (reserve_form_config.if_cover_child_scope === true) places.cover(place.value, "form")
  }))

/** Two of the rules have codes of their own. */
const invalid = ({ field, message }: Violation) =>
  field.endsWith("notified_time")
    ? VcError.VcNotifiedTimeOutOfRange
    : message.includes("at most 500")
    ? VcError.VcTooManyMembers
    : VcError.VcInvalidParam

/**
 * Video conferencing, with something in it already.
 *
 * @since 0.1.0
 * @category domains
 */
export const domainOf = (contents?: Contents): FakeFeishu.Domain<VcFake> =>
  FakeFeishu.domain({
    plugin,
    state: Layer.effect(VcFake, make(contents)),
    handlers: [setPermissionHandler, patchHandler, patchFormHandler],
    invalid
  })

/**
 * Video conferencing. Empty; what there is, `VcFake` adds.
 *
 * @since 0.1.0
 * @category domains
 */
export const domain: FakeFeishu.Domain<VcFake> = domainOf()
