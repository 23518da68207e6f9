/**
 * Video conferencing for `FakeFeishu`: meetings and their recordings, rooms and
 * levels, and how they can be reserved.
 *
 * @since 0.1.0
 */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { EventPayload } from "../MeetingBot.ts"
import { plugin } from "../plugin.ts"
import type * as VcRoom from "../Room.ts"
import type * as VcRoomLevel from "../RoomLevel.ts"
import * as BotHandlers from "./internal/botHandlers.ts"
import { examples } from "./internal/examples.ts"
import * as ExportHandlers from "./internal/exportHandlers.ts"
import * as Exports from "./internal/exports.ts"
import type * as Held from "./internal/held.ts"
import { invalid } from "./internal/invalid.ts"
import * as ListHandlers from "./internal/listHandlers.ts"
import * as MeetingHandlers from "./internal/meetingHandlers.ts"
import * as Meetings from "./internal/meetings.ts"
import * as NoteHandlers from "./internal/noteHandlers.ts"
import * as RecordingHandlers from "./internal/recordingHandlers.ts"
import type * as Reservation from "./internal/reservation.ts"
import * as ReserveConfigHandlers from "./internal/reserveConfigHandlers.ts"
import * as ReserveHandlers from "./internal/reserveHandlers.ts"
import * as Reserves from "./internal/reserves.ts"
import * as RoomConfigHandlers from "./internal/roomConfigHandlers.ts"
import * as RoomHandlers from "./internal/roomHandlers.ts"
import * as RoomLevelHandlers from "./internal/roomLevelHandlers.ts"
import * as Rooms from "./internal/rooms.ts"

export type {
  /** Whom the recording of a meeting was opened to. @since 0.1.0 @category models */
  Grant,
  /** What was shown to those in a meeting. @since 0.1.0 @category models */
  Message
} from "./internal/held.ts"

export type {
  /** Who administers reservations, as it stands. @since 0.1.0 @category models */
  AdminState,
  /** Whether reservations need approval, as it stands. @since 0.1.0 @category models */
  ApprovalState,
  /** Who is told when a room is disabled, as it stands. @since 0.1.0 @category models */
  DisableInformState,
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
 * Somebody in a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export interface Participant {
  /** Of a Feishu user the open id, of a room its id. */
  readonly id: string
  /** See `Meeting.UserType`. @default 1, a Feishu user */
  readonly user_type?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | undefined
  /** Whether they are from outside the tenant. @default false */
  readonly external?: boolean | undefined
}

/**
 * The notes on a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export interface Note {
  readonly note_id: string
  /** Who made them, by their open id. @default the owner of the meeting */
  readonly creator?: string | undefined
  /** The document with the notes. */
  readonly note_doc_token?: string | undefined
  /** The document with what was said. */
  readonly verbatim_doc_token?: string | undefined
  /** Documents that were shared in the meeting. */
  readonly shared?: ReadonlyArray<string> | undefined
}

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
  /** The 9 digits by which people join; its own, unless told otherwise. */
  readonly meeting_no?: string | undefined
  /** @default "a meeting" */
  readonly topic?: string | undefined
  /** What those who join must enter. @default none */
  readonly password?: string | undefined
  /** When it began. @default as long ago as it lasted */
  readonly start_time?: DateTime.DateTime.Input | undefined
  /** How long it lasted. @default 0 */
  readonly lasted?: Duration.DurationInput | undefined
  /** Whether it still goes on. @default false */
  readonly ongoing?: boolean | undefined
  /** Who is in it from its beginning on; users by their open id. @default the owner */
  readonly participants?: ReadonlyArray<string | Participant> | undefined
  /** How many it holds. @default Infinity */
  readonly capacity?: number | undefined
  /**
   * How long after the meeting its recording is complete; `false` where there is
   * none.
   *
   * @default 0
   */
  readonly recording?: Duration.DurationInput | false | undefined
  readonly note?: Note | undefined
}

/**
 * What becomes of an export.
 *
 * @since 0.1.0
 * @category models
 */
export interface ExportOutcome {
  /** How long it takes. @default 0 */
  readonly takes?: Duration.DurationInput | undefined
  /** Why it fails. @default it does not */
  readonly fails?: string | undefined
  /** What the file is called. @default what is exported, with ".csv" */
  readonly name?: string | undefined
  /** What is in the file. @default a line that names it */
  readonly content?: string | Uint8Array | undefined
}

/**
 * A meeting room.
 *
 * @since 0.1.0
 * @category models
 */
export interface Room {
  readonly room_id: string
  /** The level it is on; the tenant's own, unless told otherwise. */
  readonly room_level_id?: string | undefined
  /** @default its id */
  readonly name?: string | undefined
  /** How many people it holds. @default 10 */
  readonly capacity?: number | undefined
  readonly description?: string | undefined
  /** The tenant's own id of it. */
  readonly custom_room_id?: string | undefined
  /** Whether it can be used, users by their open id; as its level says, unless told otherwise. */
  readonly room_status?: VcRoom.NewRoomStatus | undefined
  /** What it is equipped with. */
  readonly device?: ReadonlyArray<VcRoom.NewDevice> | undefined
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
  /** The level it is part of; the tenant's own, unless told otherwise. */
  readonly parent_id?: string | undefined
  /** @default its id */
  readonly name?: string | undefined
  /** The tenant's own id of it. */
  readonly custom_group_id?: string | undefined
  /** Whether rooms can be on it. @default true */
  readonly rooms?: boolean | undefined
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
 * What the documentation leaves open, or to the tenant.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * What `Room.list` answers for a level: its own rooms, or those of the levels
   * below as well. Without a level it always answers all there are.
   *
   * @default "below"
   */
  readonly roomList?: "below" | "own" | undefined
  /** Whether the tenant's plan includes administrators of reservations. @default true */
  readonly reserveAdmins?: boolean | undefined
  /** Whether the tenant lets agents into meetings. @default true */
  readonly agents?: boolean | undefined
  /**
   * How long after the meeting a recording is complete that a reservation or
   * `MeetingRecording.start` asked for.
   *
   * @default 0
   */
  readonly recordingTakes?: Duration.DurationInput | undefined
}

/**
 * What a test sees and sets.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service {
  readonly add: (contents: Contents) => Effect.Effect<void>
  /**
   * Begins the meeting of a reservation, and tells its id; where one goes on, that
   * one's. Its owner is in it, unless somebody else is named by their open id. A
   * reservation that cannot be used is a mistake of the test: it dies.
   */
  readonly begin: (reserve_id: string, who?: string) => Effect.Effect<string>
  /** Lets somebody join a meeting; a user by their open id. The first user in it is its host. */
  readonly join: (meeting_id: string, who: string | Participant) => Effect.Effect<void>
  /** Lets somebody leave a meeting. */
  readonly leave: (meeting_id: string, id: string) => Effect.Effect<void>
  /** Locks a meeting, so that nobody gets in by an operation; or unlocks it. */
  readonly lock: (meeting_id: string, locked?: boolean) => Effect.Effect<void>
  /** Ends a meeting: from now on its recording is made. */
  readonly end: (meeting_id: string) => Effect.Effect<void>
  /** Completes the recording of a meeting: at once, or once it is over. */
  readonly completeRecording: (meeting_id: string) => Effect.Effect<void>
  /** Puts notes on a meeting. */
  readonly takeNotes: (meeting_id: string, note: Note) => Effect.Effect<void>
  /**
   * Lets something happen in a meeting that `MeetingBot.events` tells: a
   * sentence, a shared document. Who joins, leaves and writes is told anyhow.
   */
  readonly happen: (meeting_id: string, payload: EventPayload) => Effect.Effect<void>
  /** What `MeetingBot.sendMessage` showed in a meeting, in order. */
  readonly messages: (meeting_id: string) => Effect.Effect<ReadonlyArray<Held.Message>>
  /** Which events about their meetings, or their notes, a user subscribed to; empty text where none was named. */
  readonly subscriptions: (what: "meeting" | "note", open_id: string) => Effect.Effect<ReadonlyArray<string>>
  /** What becomes of the exports that are started from now on. */
  readonly exports: (outcome: ExportOutcome) => Effect.Effect<void>
  /** To whom the recording of a meeting is open; users by their open id. */
  readonly grants: (meeting_id: string) => Effect.Effect<ReadonlyArray<Held.Grant>>
  /** Every room there is, in the order they were made; users by their open id. */
  readonly rooms: Effect.Effect<ReadonlyArray<VcRoom.Room>>
  /** Every level there is, the tenant's own first, then in the order they were made. */
  readonly levels: Effect.Effect<ReadonlyArray<VcRoomLevel.RoomLevel>>
  /** How a room or level can be reserved; users by their open id. */
  readonly reservation: (id: string) => Effect.Effect<Option.Option<Reservation.ReservationState>>
  /** @internal */
  readonly meetings: Meetings.Meetings
  /** @internal */
  readonly reserves: Reserves.Reserves
  /** @internal */
  readonly tasks: Exports.Exports
  /** @internal */
  readonly places: Rooms.Rooms
  /** @internal */
  readonly options: Options
}

/**
 * @since 0.1.0
 * @category services
 */
export class VcFake extends Context.Tag("@effect-feishu/vc/testing/VcFake")<VcFake, Service>() {}

const make = (contents: Contents | undefined, options: Options = {}): Effect.Effect<Service> =>
  Effect.gen(function*() {
    const meetings = Meetings.make(options)
    const reserves = Reserves.make(meetings)
    const tasks = Exports.make()
    const places = Rooms.make(options)
    const add = ({ levels = [], meetings: more = [], rooms = [] }: Contents) =>
      Effect.zipRight(
        Effect.forEach(more, meetings.add, { discard: true }),
        Effect.sync(() => {
          for (const level of levels) places.addLevel(level)
          for (const room of rooms) places.addRoom(room)
        })
      )
    yield* add(contents ?? {})
    return {
      add,
      ...meetings.controls,
      ...reserves.controls,
      ...tasks.controls,
      grants: (id) => Effect.sync(() => meetings.grants(id)),
      rooms: Effect.suspend(() => Effect.forEach(places.rooms(), places.describeRoom)),
      levels: Effect.sync(() => places.levels().map(places.describeLevel)),
      reservation: (id) => Effect.sync(() => Option.map(places.find(id), ({ reservation }) => reservation)),
      meetings,
      reserves,
      tasks,
      places,
      options
    }
  })

/**
 * Video conferencing, with something in it already.
 *
 * @since 0.1.0
 * @category domains
 */
export const domainOf = (contents?: Contents, options?: Options): FakeFeishu.Domain<VcFake> =>
  FakeFeishu.domain({
    plugin,
    state: Layer.effect(VcFake, make(contents, options)),
    handlers: [
      ...BotHandlers.handlers(VcFake),
      ...ExportHandlers.handlers(VcFake),
      ...ListHandlers.handlers(VcFake),
      ...MeetingHandlers.handlers(VcFake),
      ...NoteHandlers.handlers(VcFake),
      ...RecordingHandlers.handlers(VcFake),
      ...ReserveConfigHandlers.handlers(VcFake),
      ...ReserveHandlers.handlers(VcFake),
      ...RoomConfigHandlers.handlers(VcFake),
      ...RoomHandlers.handlers(VcFake),
      ...RoomLevelHandlers.handlers(VcFake)
    ],
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
