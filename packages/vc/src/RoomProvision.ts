/**
 * Rooms as a list wants them: what differs is planned, looked at, and done.
 *
 * @since 0.1.0
 */
import type { Requirement } from "@effect-feishu/core/AccessToken"
import { hasCategory } from "@effect-feishu/core/ApiError"
import { isSystemic } from "@effect-feishu/core/CallError"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import type { Operation, PaginationLoop } from "@effect-feishu/core/Operation"
import * as Shape from "@effect-feishu/core/Shape"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Struct from "effect/Struct"
import * as Matching from "./internal/roomMatching.ts"
import * as Room from "./Room.ts"

/**
 * A room as it is wanted. What is left out stays as it is.
 *
 * @since 0.1.0
 * @category models
 */
export class WantedRoom extends Shape.Struct<WantedRoom>()(() => ({
  /** The level it is to be on (`omb_…`). */
  room_level_id: Schema.String,
  name: Schema.String,
  /** How many people it holds. */
  capacity: Schema.Int,
  /** The tenant's own id of it: by it the room is found again, whatever else of it changes. */
  custom_room_id: Schema.optional(Schema.String),
  description: Schema.optional(Schema.String),
  room_status: Schema.optional(Room.NewRoomStatus),
  /** What it is equipped with; in which order does not matter. */
  device: Schema.optional(Schema.Array(Room.NewDevice))
})) {}

/**
 * What is compared, and what a change can be of.
 *
 * @since 0.1.0
 * @category models
 */
export type Field = keyof WantedRoom

/**
 * A field that is to change.
 *
 * @since 0.1.0
 * @category models
 */
export interface FieldChange {
  readonly field: Field
  /** What it is; `undefined` where it is not set. */
  readonly from: unknown
  /** What it is to be. */
  readonly to: unknown
}

/**
 * A room that there is not is to be made.
 *
 * @since 0.1.0
 * @category models
 */
export interface Create {
  readonly _tag: "Create"
  readonly wanted: WantedRoom
}

/**
 * A room is to be changed.
 *
 * @since 0.1.0
 * @category models
 */
export interface Update {
  readonly _tag: "Update"
  readonly wanted: WantedRoom
  readonly room: Room.Room
  /** What of it: nothing else is sent. */
  readonly fields: ReadonlyArray<FieldChange>
}

/**
 * A room that nobody wants is to go.
 *
 * @since 0.1.0
 * @category models
 */
export interface Delete {
  readonly _tag: "Delete"
  readonly room: Room.Room
}

/**
 * @since 0.1.0
 * @category models
 */
export type Change = Create | Update | Delete

/**
 * A wanted room of which nobody can tell which room it is: it is left alone, and
 * so are the rooms it could be.
 *
 * - `SeveralRooms`: several rooms have its `custom_room_id`, or its name
 * - `SeveralWanted`: other entries of the list could mean the same room
 * - `Elsewhere`: its `custom_room_id` is that of a room on another level than
 *   those that were looked at: name that level in `levels` to have it moved
 *
 * @since 0.1.0
 * @category models
 */
export interface Ambiguous {
  readonly wanted: WantedRoom
  readonly reason: "SeveralRooms" | "SeveralWanted" | "Elsewhere"
  /** The rooms it could be. */
  readonly rooms: ReadonlyArray<Room.Room>
}

/**
 * What is to be done, and what is not. A value: look at it, print it, then give
 * it to `apply`, once. What is left after that, the next plan says: this one
 * would make its rooms again.
 *
 * @since 0.1.0
 * @category models
 */
export interface Plan {
  /** In the order they are done: rooms that go, go last. */
  readonly changes: ReadonlyArray<Change>
  /** The rooms that are as wanted. */
  readonly unchanged: ReadonlyArray<{ readonly wanted: WantedRoom; readonly room: Room.Room }>
  readonly ambiguous: ReadonlyArray<Ambiguous>
  /** Rooms that nobody wants, and that stay. */
  readonly unlisted: ReadonlyArray<Room.Room>
  /** What the ids of contacts are, in what was wanted. */
  readonly user_id_type: Room.CreateRequest["user_id_type"]
}

/**
 * @since 0.1.0
 * @category models
 */
export interface PlanOptions {
  /** Levels to look at besides those that wanted rooms are on. Of each only its own rooms, not those of the levels below. */
  readonly levels?: ReadonlyArray<string> | undefined
  /** Whether the rooms of these levels that nobody wants are to go. @default false */
  readonly deleteUnlisted?: boolean | undefined
  /** What the ids of contacts are, in what is wanted. @default "open_id" */
  readonly user_id_type?: Room.CreateRequest["user_id_type"]
}

/**
 * What the rooms there are cannot be read for. Every level must exist: if not, it
 * is `VcDataNotFound`.
 *
 * @since 0.1.0
 * @category models
 */
export type PlanError = Operation.Error<typeof Room.list> | CallError | PaginationLoop

/**
 * Why a change was not done.
 *
 * @since 0.1.0
 * @category models
 */
export type ApplyError = Operation.Error<typeof Room.create> | Operation.Error<typeof Room.patch> | CallError

/**
 * A change that was made.
 *
 * @since 0.1.0
 * @category models
 */
export interface Done {
  readonly _tag: "Done"
  readonly change: Change
  /** The room it was made to. */
  readonly room_id: string
}

/**
 * A change that was refused, or, where the error is `OutcomeUnknown`, may have
 * been made: planning again tells.
 *
 * @since 0.1.0
 * @category models
 */
export interface Failed {
  readonly _tag: "Failed"
  readonly change: Change
  readonly error: ApplyError
}

/**
 * A change that was not tried, as it would have failed like the one before.
 *
 * @since 0.1.0
 * @category models
 */
export interface Skipped {
  readonly _tag: "Skipped"
  readonly change: Change
  /** What ended the work. */
  readonly because: ApplyError
}

/**
 * What became of a change: exactly one of these.
 *
 * @since 0.1.0
 * @category models
 */
export type Result = Done | Failed | Skipped

/**
 * @since 0.1.0
 * @category models
 */
export interface ApplyOptions {
  /**
   * How long to wait, where it is unknown whether a room was made, before
   * looking for it: what arrived late needs a while.
   *
   * @default "5 seconds"
   */
  readonly settle?: Duration.DurationInput | undefined
}

type Needs = FeishuClient | Requirement<"tenant">

// --- planning -----------------------------------------------------------------

const page_size = 100

/** The rooms on a level, and none of those on the levels below it, which the list may hold as well. */
const roomsOn = (room_level_id: string, user_id_type: PlanOptions["user_id_type"]) =>
  Stream.filter(
    Room.list.items({ room_level_id, page_size, user_id_type }),
    (room) => (room.room_level_id ?? room_level_id) === room_level_id
  )

/**
 * What has to be done so that the rooms are as wanted. Reads, and writes nothing:
 * a dry run.
 *
 * A wanted room is the room with its `custom_room_id`, on whichever of the levels
 * that is. One without is the room of its name on its level. One whose
 * `custom_room_id` no room has takes over the room of its name on its level, if
 * that has none yet. Only what the list says is compared; a room that is disabled
 * until a time in the past counts as enabled.
 *
 * What an interrupted `apply` left is found by planning again.
 *
 * @example
 * ```ts
 * import { RoomProvision } from "@effect-feishu/vc"
 * import { Effect } from "effect"
 *
 * export const left = RoomProvision.plan([
 *   { room_level_id: "omb_4ad1a2c7a2fbc5fc9570f38456931293", name: "Fuji", capacity: 8, custom_room_id: "1234" }
 * ]).pipe(Effect.map(({ changes }) => changes.length))
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const plan = (
  list: ReadonlyArray<WantedRoom>,
  { deleteUnlisted = false, levels = [], user_id_type }: PlanOptions = {}
): Effect.Effect<Plan, PlanError, Needs> =>
  Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    const wanted = list.map((one) => Matching.current(one, now))
    const looked = [...new Set([...levels, ...wanted.map(({ room_level_id }) => room_level_id)])]
    const listed = yield* Stream.runCollect(Stream.flatMap(Stream.fromIterable(looked), (id) => roomsOn(id, user_id_type)))
    const rooms = Matching.distinct(listed)

    // An id that no room of these levels has may be that of another room of the tenant.
    const strange = wanted.some((one) =>
      Matching.idOf(one) !== undefined && !rooms.some((room) => Matching.idOf(room) === Matching.idOf(one)))
    const others = strange ? Matching.distinct(yield* Stream.runCollect(Room.list.items({ page_size, user_id_type }))) : []

    const changes: Array<Change> = []
    const unchanged: Array<Plan["unchanged"][number]> = []
    const ambiguous: Array<Ambiguous> = []
    for (const match of Matching.match(wanted, rooms, others)) {
      switch (match._tag) {
        case "None":
          changes.push({ _tag: "Create", wanted: match.wanted })
          break
        case "One": {
          const fields = Matching.differences(match.wanted, match.room, now)
          if (fields.length > 0) changes.push({ _tag: "Update", wanted: match.wanted, room: match.room, fields })
          else unchanged.push({ wanted: match.wanted, room: match.room })
          break
        }
        case "Several":
          ambiguous.push({ wanted: match.wanted, reason: match.reason, rooms: match.rooms })
      }
    }
    const named = new Set([
      ...changes.flatMap((change) => change._tag === "Update" ? [change.room] : []),
      ...unchanged.map(({ room }) => room),
      ...ambiguous.flatMap(({ rooms }) => rooms)
    ].map(({ room_id }) => room_id))
    const unnamed = rooms.filter(({ room_id }) => !named.has(room_id))
    // A room that does not tell its level may be on another one.
    const goes = (room: Room.Room) => deleteUnlisted && room.room_level_id !== undefined
    return {
      changes: [...changes, ...unnamed.filter(goes).map((room): Change => ({ _tag: "Delete", room }))],
      unchanged,
      ambiguous,
      unlisted: unnamed.filter((room) => !goes(room)),
      user_id_type
    }
  })

// --- applying -----------------------------------------------------------------

const isAboutMore = hasCategory("Permission", "Quota")

/** What the next change would meet as well. What is not permitted of one room may be of another. */
const endsTheWork = (error: ApplyError): boolean =>
  isSystemic(error) || (isAboutMore(error) && error._tag !== "VcNoPermission")

/** Nothing else of what may be in a wanted room is sent. */
const fieldNames = ["room_level_id", "name", "capacity", "custom_room_id", "description", "room_status", "device"] as const

/** Looks for a room that may have been made. That it cannot be looked for leaves open what is open. */
const look = (wanted: WantedRoom, user_id_type: Plan["user_id_type"], settle: Duration.DurationInput) =>
  Effect.delay(
    Stream.runHead(Stream.filter(roomsOn(wanted.room_level_id, user_id_type), (room) => Matching.isMadeOf(wanted, room))),
    settle
  )

const create = (
  wanted: WantedRoom,
  user_id_type: Plan["user_id_type"],
  settle: Duration.DurationInput
): Effect.Effect<string, ApplyError, Needs> => {
  const make = Effect.map(Room.create({ ...Struct.pick(wanted, ...fieldNames), user_id_type }), ({ room }) => room.room_id)

  /** Answers the room if it was made after all. */
  const lookAfter = (error: ApplyError, otherwise: Effect.Effect<string, ApplyError, Needs>) =>
    look(wanted, user_id_type, settle).pipe(
      Effect.mapError(() => error),
      Effect.flatMap(Option.match({ onNone: () => otherwise, onSome: ({ room_id }) => Effect.succeed(room_id) }))
    )

  const made = (again: Effect.Effect<string, ApplyError, Needs> | undefined): Effect.Effect<string, ApplyError, Needs> =>
    Effect.catchTags(make, {
      OutcomeUnknown: (error) => lookAfter(error, again ?? Effect.fail(error)),
      // It was made, says the platform, and only the answer cannot be read.
      ResponseInvalid: (error) => error.applied ? lookAfter(error, Effect.fail(error)) : Effect.fail(error)
    })

  return made(made(undefined))
}

const update = ({ fields, room: { room_id }, wanted }: Update, user_id_type: Plan["user_id_type"]) =>
  Effect.as(Room.patch({ ...Struct.pick(wanted, ...fields.map(({ field }) => field)), room_id, user_id_type }), room_id)

const run = (change: Change, { user_id_type }: Plan, settle: Duration.DurationInput): Effect.Effect<string, ApplyError, Needs> => {
  switch (change._tag) {
    case "Create":
      return create(change.wanted, user_id_type, settle)
    case "Update":
      return update(change, user_id_type)
    case "Delete":
      // Gone is gone, whoever did it.
      return Room.delete({ room_id: change.room.room_id }).pipe(
        Effect.catchTag("VcDataNotFound", () => Effect.void),
        Effect.as(change.room.room_id)
      )
  }
}

/**
 * Does what is planned, one change after another, at the documented pace: 20 a
 * minute. Each comes as one result when it is decided, in the order of the plan;
 * the stream itself does not fail.
 *
 * A failure that the next change would meet as well (credential, missing scope,
 * quota) ends the work: the rest is skipped. Where it is unknown whether a room
 * was made, it is looked for, and made once more if it is not there; at most
 * twice in all, and then `OutcomeUnknown`.
 *
 * Interrupted, or with failures, nothing is lost: plan again, and apply that.
 *
 * @example
 * ```ts
 * import { RoomProvision } from "@effect-feishu/vc"
 * import { Console, Effect, Stream } from "effect"
 *
 * export const provision = (wanted: ReadonlyArray<RoomProvision.WantedRoom>) =>
 *   Effect.gen(function*() {
 *     const plan = yield* RoomProvision.plan(wanted)
 *     yield* Stream.runForEach(
 *       Stream.zipWithIndex(RoomProvision.apply(plan)),
 *       ([result, index]) => Console.log(`${index + 1} of ${plan.changes.length}: ${result.change._tag} ${result._tag}`)
 *     )
 *   })
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const apply = (
  plan: Plan,
  { settle = Duration.seconds(5) }: ApplyOptions = {}
): Stream.Stream<Result, never, Needs> =>
  Stream.mapAccumEffect(
    Stream.rechunk(Stream.fromIterable(plan.changes), 1),
    Option.none<ApplyError>(),
    (ended, change) =>
      Option.match(ended, {
        onSome: (because) => Effect.succeed([ended, { _tag: "Skipped", change, because } as Result] as const),
        onNone: () =>
          Effect.match(run(change, plan, settle), {
            onFailure: (error): readonly [Option.Option<ApplyError>, Result] => [
              endsTheWork(error) ? Option.some(error) : Option.none(),
              { _tag: "Failed", change, error }
            ],
            onSuccess: (room_id): readonly [Option.Option<ApplyError>, Result] => [Option.none(), { _tag: "Done", change, room_id }]
          })
      })
  )
