/** Which room a wanted room is, and how the two differ. */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type * as Types from "effect/Types"
import type * as Room from "../Room.ts"
import { disabledForGood } from "../Room.ts"
import type { Ambiguous, Field, FieldChange, WantedRoom } from "../RoomProvision.ts"

export type Match =
  | { readonly _tag: "One"; readonly wanted: WantedRoom; readonly room: Room.Room }
  | { readonly _tag: "None"; readonly wanted: WantedRoom }
  | { readonly _tag: "Several" } & Ambiguous

/** An empty id is none. */
export const idOf = ({ custom_room_id }: { readonly custom_room_id?: string | undefined }) =>
  custom_room_id === "" ? undefined : custom_room_id

/** Each room once: it may have moved while the levels were read. */
export const distinct = (rooms: Iterable<Room.Room>): ReadonlyArray<Room.Room> => [
  ...new Map([...rooms].map((room) => [room.room_id, room])).values()
]

const sameId = (wanted: WantedRoom, room: Room.Room) => idOf(wanted) !== undefined && idOf(room) === idOf(wanted)

const sameName = (wanted: WantedRoom, room: Room.Room) =>
  room.name === wanted.name && (room.room_level_id ?? wanted.room_level_id) === wanted.room_level_id

/** Whether a room is what making this one made. */
export const isMadeOf = (wanted: WantedRoom, room: Room.Room) =>
  idOf(wanted) === undefined ? idOf(room) === undefined && sameName(wanted, room) : sameId(wanted, room)

/**
 * The ways to find a room, the surest first: by its id, by its name where none
 * is wanted, and by its name where it has none. A way is gone to its end before
 * the next one begins: what is somebody's by its id is not another's by its name.
 */
const ways: ReadonlyArray<(wanted: WantedRoom, room: Room.Room) => boolean> = [
  sameId,
  (wanted, room) => idOf(wanted) === undefined && sameName(wanted, room),
  (wanted, room) => idOf(room) === undefined && sameName(wanted, room)
]

/** Whether both are the same room, if there is one. */
const sameWanted = (a: WantedRoom, b: WantedRoom) =>
  idOf(a) === idOf(b) && (idOf(a) !== undefined || (a.name === b.name && a.room_level_id === b.room_level_id))

/**
 * Which of these rooms each wanted one is, in their order. Of the others in the
 * tenant one may have an id that none of these has.
 */
export const match = (
  wanted: ReadonlyArray<WantedRoom>,
  rooms: ReadonlyArray<Room.Room>,
  others: ReadonlyArray<Room.Room>
): ReadonlyArray<Match> => {
  const entries = wanted.map((one, index) => ({
    wanted: one,
    twice: wanted.some((other, at) => at !== index && sameWanted(other, one)),
    elsewhere: rooms.some((room) => sameId(one, room)) ? [] : others.filter((room) => sameId(one, room)),
    match: undefined as Match | undefined
  }))
  const taken = new Set<string>()

  for (const fits of ways) {
    const asking = entries.filter(({ match }) => match === undefined).map((entry) => ({
      entry,
      fitting: rooms.filter((room) => !taken.has(room.room_id) && fits(entry.wanted, room))
    }))
    for (const { entry, fitting } of asking) {
      const { elsewhere, twice, wanted } = entry
      const [room] = fitting
      if (room === undefined) continue
      const contested = fitting.length === 1 && asking.some((other) => other.entry !== entry && other.fitting.includes(room))
      const reason = twice || contested
        ? "SeveralWanted"
        : elsewhere.length > 0
        ? "Elsewhere"
        : fitting.length > 1
        ? "SeveralRooms"
        : undefined
      entry.match = reason === undefined
        ? { _tag: "One", wanted, room }
        : { _tag: "Several", wanted, reason, rooms: [...elsewhere, ...fitting] }
    }
    for (const { fitting } of asking) for (const { room_id } of fitting) taken.add(room_id)
  }
  return entries.map(({ elsewhere, match, twice, wanted }) => {
    if (match !== undefined) return match
    if (twice) return { _tag: "Several", wanted, reason: "SeveralWanted", rooms: elsewhere }
    return elsewhere.length > 0
      ? { _tag: "Several", wanted, reason: "Elsewhere", rooms: elsewhere }
      : { _tag: "None", wanted }
  })
}

const isPast = (seconds: string | undefined, now: number) =>
  seconds !== undefined && seconds !== disabledForGood && Number(seconds) * 1_000 <= now

/** What is wanted now: disabled until a time that has come is enabled. Times are in milliseconds since 1970. */
export const current = (wanted: Types.Simplify<WantedRoom>, now: number): WantedRoom =>
  wanted.room_status?.status === false && isPast(wanted.room_status.disable_end_time, now)
    ? { ...wanted, room_status: { status: true } }
    : wanted

/** Whether a room is as enabled or disabled as it is wanted, now or from a time to come. */
const sameStatus = (wanted: Room.NewRoomStatus, told: Room.RoomStatus | undefined, now: number): boolean => {
  const planned = told?.schedule_status === false && told.disable_start_time !== undefined
    && !isPast(told.disable_start_time, now)
  const disabled = told?.status === false || planned
  if (wanted.status) return !disabled
  const { contact_ids, disable_end_time, disable_notice, disable_reason, disable_start_time, resume_notice } = wanted
  return disabled
    && (disable_start_time ?? told.disable_start_time) === told.disable_start_time
    && (disable_end_time ?? told.disable_end_time) === told.disable_end_time
    && (disable_reason ?? told.disable_reason ?? "") === (told.disable_reason ?? "")
    && (disable_notice ?? told.disable_notice ?? false) === (told.disable_notice ?? false)
    && (resume_notice ?? told.resume_notice ?? false) === (told.resume_notice ?? false)
    && (contact_ids === undefined || sameMembers(contact_ids, told.contact_ids ?? []))
}

const sorted = Arr.sort(Order.string)

/** In whatever order. */
const sameMembers = (a: ReadonlyArray<string>, b: ReadonlyArray<string>) =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** What of a room is not as it is wanted. */
export const differences = (wanted: WantedRoom, room: Room.Room, now: number): ReadonlyArray<FieldChange> => {
  const same: { readonly [F in Field]: () => boolean } = {
    name: () => room.name === wanted.name,
    capacity: () => room.capacity === wanted.capacity,
    room_level_id: () => (room.room_level_id ?? wanted.room_level_id) === wanted.room_level_id,
    custom_room_id: () => idOf(wanted) === undefined || idOf(room) === idOf(wanted),
    description: () => (room.description ?? "") === wanted.description,
    room_status: () => wanted.room_status === undefined || sameStatus(wanted.room_status, room.room_status, now),
    device: () => sameMembers((wanted.device ?? []).map(({ name }) => name), (room.device ?? []).map(({ name = "" }) => name))
  }
  // Sound: the fields of `WantedRoom`, each once, or it would not compile.
  return (Object.keys(same) as ReadonlyArray<Field>).flatMap((field) =>
    wanted[field] === undefined || same[field]() ? [] : [{ field, from: room[field], to: wanted[field] }]
  )
}
