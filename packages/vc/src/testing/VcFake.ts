/**
 * Video conferencing for `FakeFeishu`: meetings and their recordings, rooms and
 * levels, and how they can be reserved.
 *
 * @since 0.1.0
 */
import type { Violation } from "@effect-feishu/core/CallError"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { plugin } from "../plugin.ts"
import * as VcError from "../VcError.ts"
import { examples } from "./internal/examples.ts"
import * as Meetings from "./internal/meetings.ts"
import * as RecordingHandlers from "./internal/recordingHandlers.ts"
import * as ReserveConfigHandlers from "./internal/reserveConfigHandlers.ts"
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
    handlers: [...RecordingHandlers.handlers(VcFake), ...ReserveConfigHandlers.handlers(VcFake)],
    examples,
    invalid
  })

/**
 * Video conferencing. Empty; what there is, `VcFake` adds.
 *
 * @since 0.1.0
 * @category domains
 */
export const domain: FakeFeishu.Domain<VcFake> = domainOf()
