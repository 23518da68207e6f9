/** The tree of levels and rooms, and everything that is set on them: one model, whichever operation looks at it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type * as Types from "effect/Types"
import type * as Room from "../../Room.ts"
import { disabledForGood } from "../../Room.ts"
import type * as RoomLevel from "../../RoomLevel.ts"
import type { NewConfig, NewDigitalSignage, NewMaterial } from "../../ScopeConfig.ts"
import type * as VcFake from "../VcFake.ts"
import * as People from "./people.ts"
import * as Reservation from "./reservation.ts"

/** Users in it are named by their open ids. */
export type Config = Types.Simplify<NewConfig>

type Signage = Types.Simplify<NewDigitalSignage>
type Material = Types.Simplify<NewMaterial>
type NewStatus = Types.Simplify<Room.NewRoomStatus>
type Status = Types.Simplify<Room.RoomStatus>

interface Common {
  readonly id: string
  /** The how-manieth there was: the order of all lists. */
  readonly number: number
  /** The level it is on, or part of; none of the tenant's own. */
  parent: string | undefined
  name: string
  /** The tenant's own id of it. */
  customId: string | undefined
  reservation: Reservation.ReservationState
  /** What of the reservation was last given to everything below as well. */
  readonly covers: Set<Reservation.Part>
  /** What is set here; the rest comes from above. */
  config: Config
}

export interface LevelPlace extends Common {
  readonly kind: "level"
  readonly takesRooms: boolean
}

export interface RoomPlace extends Common {
  readonly kind: "room"
  readonly displayId: string
  capacity: number
  description: string | undefined
  device: ReadonlyArray<Room.NewDevice>
}

export type Place = LevelPlace | RoomPlace

/** What was meant before levels could be arranged freely. */
interface Fixed {
  readonly scope: 1 | 2 | 3 | 4 | 5 | 6
  readonly country_id?: string | undefined
  readonly district_id?: string | undefined
  readonly building_id?: string | undefined
  readonly floor_name?: string | undefined
  readonly room_id?: string | undefined
}

const areaOf = ({ building_id, country_id, district_id, floor_name, scope }: Fixed) => {
  const named = { 2: [country_id], 3: [country_id, district_id], 4: [building_id], 5: [building_id, floor_name] }
  return scope === 1 || scope === 6 ? undefined : JSON.stringify([scope, ...named[scope]])
}

interface Asked {
  readonly page_size?: number | undefined
  readonly page_token?: string | undefined
}

/**
 * A page of places, in the order they were made. A token names the last place
 * of the page before, so that no place is lost or told twice when another goes.
 */
export const page = <P extends Place>(all: ReadonlyArray<P>, { page_size = 10, page_token }: Asked) => {
  if (page_token !== undefined && !/^\d{0,9}$/.test(page_token)) return Either.left("no such page" as const)
  const left = all.filter(({ number }) => number > Number(page_token ?? "")).sort((a, b) => a.number - b.number)
  const places = left.slice(0, page_size)
  const last = places.at(-1)
  const has_more = left.length > places.length
  return Either.right({ places, ...has_more && last !== undefined ? { has_more, page_token: String(last.number) } : { has_more: false } })
}

export const given = (id: string | undefined) => id === "" ? undefined : id

/** Whether a room can be used at a time (seconds since 1970), as it was last told. */
const statusAt = (now: number, told: NewStatus | undefined): Status => {
  const over = told?.disable_end_time !== undefined && told.disable_end_time !== disabledForGood
    && Number(told.disable_end_time) <= now
  if (told === undefined || told.status || over) return { status: true, schedule_status: true }
  const begun = told.disable_start_time === undefined || Number(told.disable_start_time) <= now
  const ends = told.disable_end_time !== undefined && told.disable_end_time !== disabledForGood
  return { ...told, status: !begun, schedule_status: begun && ends }
}

/** A configuration with its contacts by their open ids; none, if there is one nobody knows. */
export const withOpenIds = <A extends { readonly room_status?: Room.NewRoomStatus | undefined }>(type: People.UserIdType, told: A) => {
  const room_status: NewStatus | undefined = told.room_status
  return room_status?.contact_ids === undefined
    ? Effect.succeedSome(told)
    : Effect.map(
      People.openIds(type, room_status.contact_ids),
      Option.map((contact_ids): A => ({ ...told, room_status: { ...room_status, contact_ids } }))
    )
}

/** The same, the other way round. */
export const withIds = <A extends { readonly room_status?: Room.RoomStatus | undefined }>(type: People.UserIdType, kept: A) => {
  const room_status: Status | undefined = kept.room_status
  return room_status?.contact_ids === undefined
    ? Effect.succeed(kept)
    : Effect.map(
      People.idsAs(type, room_status.contact_ids),
      (contact_ids): A => ({ ...kept, room_status: { ...room_status, contact_ids } })
    )
}

export const make = ({ roomList = "below" }: VcFake.Options = {}) => {
  const places = new Map<string, Place>()
  let made = 0

  const next = (prefix: "omb" | "omm"): string => {
    const id = `${prefix}_${String(made + 1).padStart(32, "0")}`
    if (!places.has(id)) return id
    made++
    return next(prefix)
  }

  const common = (id: string, parent: string | undefined, form = false) => {
    made++
    return { id, number: made, parent, reservation: Reservation.fresh(form), covers: new Set<Reservation.Part>(), config: {} }
  }

  const put = <P extends Place>(place: P): P => {
    places.set(place.id, place)
    return place
  }

  const root = put<LevelPlace>({ ...common(next("omb"), undefined), kind: "level", name: "Tenant", customId: undefined, takesRooms: true })

  const addLevel = ({ custom_group_id, form, name, parent_id = root.id, room_level_id = next("omb"), rooms }: Partial<VcFake.Level>) =>
    put<LevelPlace>({
      ...common(room_level_id, parent_id, form),
      kind: "level",
      name: name ?? room_level_id,
      customId: given(custom_group_id),
      takesRooms: rooms ?? true
    })

  const addRoom = (room: Partial<VcFake.Room>) => {
    const { capacity = 10, custom_room_id, description, device = [], form, name, room_id = next("omm") } = room
    return put<RoomPlace>({
      ...common(room_id, room.room_level_id ?? root.id, form),
      kind: "room",
      name: name ?? room_id,
      displayId: `LM${String(made).padStart(9, "0")}`,
      customId: given(custom_room_id),
      capacity,
      description,
      device,
      config: room.room_status === undefined ? {} : { room_status: room.room_status }
    })
  }

  /** Countries, cities, buildings and floors: no levels, and there whenever they are named. */
  const areas = new Map<string, LevelPlace>()

  const area = (name: string): LevelPlace => {
    const found = areas.get(name)
    if (found !== undefined) return found
    const place: LevelPlace = { ...common(name, undefined), kind: "level", name, customId: undefined, takesRooms: false }
    areas.set(name, place)
    return place
  }

  const find = (id: string) => Option.fromNullable(places.get(id))
  const isLevel = (place: Place): place is LevelPlace => place.kind === "level"
  const isRoom = (place: Place): place is RoomPlace => place.kind === "room"
  const level = (id: string) => Option.filter(find(id), isLevel)
  const room = (id: string) => Option.filter(find(id), isRoom)
  const on = (id: string): ReadonlyArray<Place> => [...places.values()].filter(({ parent }) => parent === id)
  const below = (id: string): ReadonlyArray<Place> => on(id).flatMap((place) => [place, ...below(place.id)])

  /** The levels that lead to a place, the nearest first. */
  const above = ({ parent }: Place): ReadonlyArray<LevelPlace> =>
    Option.match(parent === undefined ? Option.none() : level(parent), {
      onNone: () => [],
      onSome: (nearest) => [nearest, ...above(nearest)]
    })

  const pathTo = (place: Place) => above(place).map(({ id }) => id).toReversed()

  /** What is set on a place, then on the levels above it. */
  const origins = (place: Place): ReadonlyArray<Place> => [place, ...above(place)]

  /** What holds on a place: each part from the nearest that has it. */
  const holds = (place: Place): Config => origins(place).reduceRight<Config>((all, { config }) => ({ ...all, ...config }), {})

  /** Users by their open ids. */
  const describeRoom = (place: RoomPlace) =>
    Effect.map(Clock.currentTimeMillis, (now): Room.Room => ({
      room_id: place.id,
      name: place.name,
      capacity: place.capacity,
      ...place.description === undefined ? {} : { description: place.description },
      display_id: place.displayId,
      ...place.customId === undefined ? {} : { custom_room_id: place.customId },
      ...place.parent === undefined ? {} : { room_level_id: place.parent },
      path: pathTo(place),
      room_status: statusAt(Math.floor(now / 1_000), holds(place).room_status),
      device: place.device
    }))

  const describeLevel = (place: LevelPlace): RoomLevel.RoomLevel => ({
    room_level_id: place.id,
    name: place.name,
    ...place.parent === undefined ? {} : { parent_id: place.parent },
    path: pathTo(place),
    has_child: on(place.id).some(isLevel),
    ...place.customId === undefined ? {} : { custom_group_id: place.customId }
  })

  /** Materials that are new get an id; the flag is for those above only. */
  const signage = (config: Signage): Signage => ({
    ...config,
    ...config.materials === undefined
      ? {}
      : { materials: config.materials.map((material: Material) => ({ ...material, id: material.id ?? `${7_000_000_000_000 + ++made}` })) }
  })

  return {
    root,
    addLevel,
    addRoom,
    find,
    findAs: (id: string, kind: Place["kind"]) => Option.filter(find(id), (place) => place.kind === kind),
    level,
    room,
    above,
    rooms: () => [...places.values()].filter(isRoom),
    levels: () => [...places.values()].filter(isLevel),
    /** The rooms of a level as `vc.room.list` has them: with those of the levels below, unless the fake is told otherwise. */
    roomsOf: (id: string) => (roomList === "own" ? on(id) : below(id)).filter(isRoom),
    roomsBelow: (id: string) => below(id).filter(isRoom),
    levelsOn: (id: string) => on(id).filter(isLevel),
    roomsOn: (id: string) => on(id).filter(isRoom),
    isBelow: (place: Place, id: string) => above(place).some((level) => level.id === id),
    describeRoom,
    describeLevel,
    remove: (place: Place) => {
      places.delete(place.id)
    },
    /** Deletes a level, and what is below it, or has that move one level up. */
    removeLevel: (place: LevelPlace, children: boolean) => {
      if (children) for (const { id } of below(place.id)) places.delete(id)
      else for (const child of on(place.id)) child.parent = place.parent
      places.delete(place.id)
    },
    /** Gives every level and room below the same. */
    cover: (place: Place, part: Reservation.Part, covering: boolean | undefined) => {
      if (covering !== true) return void place.covers.delete(part)
      place.covers.add(part)
      for (const under of below(place.id)) under.reservation = { ...under.reservation, [part]: place.reservation[part] }
    },
    configure: (place: Place, { digital_signage, room_box_digital_signage, ...rest }: Config) => {
      const signages = {
        ...digital_signage === undefined ? {} : { digital_signage: signage(digital_signage) },
        ...room_box_digital_signage === undefined ? {} : { room_box_digital_signage: signage(room_box_digital_signage) }
      }
      place.config = { ...place.config, ...rest, ...signages }
      for (const [name, { if_cover_child_scope, ...covering }] of Object.entries(signages)) {
        if (if_cover_child_scope === true) {
          for (const under of below(place.id)) under.config = { ...under.config, [name]: covering }
        }
      }
    },
    origins,
    holds,
    /** What a configuration of old is of. */
    fixed: (scope: Fixed): Option.Option<Place> => {
      const name = areaOf(scope)
      if (name !== undefined) return Option.some(area(name))
      return scope.room_id === undefined || scope.scope === 1 ? Option.some(root) : room(scope.room_id)
    },
    /** How many there have been: what makes the next access code another one. */
    count: () => ++made
  }
}

export type Rooms = ReturnType<typeof make>
