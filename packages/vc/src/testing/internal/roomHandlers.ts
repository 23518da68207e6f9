/** Meeting rooms. */
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Room from "../../Room.ts"
import * as VcError from "../../VcError.ts"
import type * as People from "./people.ts"
import * as Rooms from "./rooms.ts"

interface State {
  readonly places: Rooms.Rooms
}

const contains = (text: string, keyword: string) => text.toLowerCase().includes(keyword.toLowerCase())

/** Whether a user may reserve a room. */
const mayReserve = (open_id: string, { reservation: { scope } }: Rooms.RoomPlace) =>
  scope.allow_all_users === 1 || scope.allow_users.includes(open_id)
    ? Effect.succeed(true)
    : Effect.map(
      Effect.flatMap(Directory.Directory, ({ department }) => Effect.forEach(scope.allow_depts, department)),
      (departments) => departments.some((found) => Option.exists(found, ({ members = [] }) => members.includes(open_id)))
    )

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const places = Effect.map(state, ({ places }) => places)

  const answer = (type: People.UserIdType, room: Rooms.RoomPlace) =>
    Effect.flatMap(places, ({ describeRoom }) => Effect.flatMap(describeRoom(room), (told) => Rooms.withIds(type, told)))

  const createHandler = FakeFeishu.handler(Room.create, ({ user_id_type, ...request }) =>
    Effect.gen(function*() {
      const { addRoom, level } = yield* places
      const on = level(request.room_level_id)
      if (Option.isNone(on)) return yield* FeishuTest.failure(Room.create, VcError.VcDataNotFound)
      if (!on.value.takesRooms) return yield* FeishuTest.failure(Room.create, VcError.VcRoomLevelNotAllowed)
      const told = yield* Rooms.withOpenIds(user_id_type, request)
      if (Option.isNone(told)) return yield* FeishuTest.failure(Room.create, VcError.VcInvalidParam)
      return { room: yield* answer(user_id_type, addRoom(told.value)) }
    }))

  const deleteHandler = FakeFeishu.handler(Room.delete, ({ room_id }) =>
    Effect.gen(function*() {
      const { remove, room } = yield* places
      const found = room(room_id)
      if (Option.isNone(found)) return yield* FeishuTest.failure(Room.delete, VcError.VcDataNotFound)
      remove(found.value)
    }))

  const getHandler = FakeFeishu.handler(Room.get, ({ room_id, user_id_type }) =>
    Effect.gen(function*() {
      const found = (yield* places).room(room_id)
      if (Option.isNone(found)) return yield* FeishuTest.failure(Room.get, VcError.VcDataNotFound)
      return { room: yield* answer(user_id_type, found.value) }
    }))

  const listHandler = FakeFeishu.handler(Room.list, (request) =>
    Effect.gen(function*() {
      const { level, rooms, roomsOf } = yield* places
      const { room_level_id: id, user_id_type } = request
      if (id !== undefined && Option.isNone(level(id))) return yield* FeishuTest.failure(Room.list, VcError.VcDataNotFound)
      const page = Rooms.page(id === undefined ? rooms() : roomsOf(id), request)
      if (Either.isLeft(page)) return yield* FeishuTest.failure(Room.list, VcError.VcInvalidParam)
      const { places: found, ...rest } = page.right
      return { rooms: yield* Effect.forEach(found, (room) => answer(user_id_type, room)), ...rest }
    }))

  const mgetHandler = FakeFeishu.handler(Room.mget, ({ room_ids, user_id_type }) =>
    Effect.gen(function*() {
      const { room } = yield* places
      const found = room_ids.flatMap((id) => Option.toArray(room(id)))
      return { items: yield* Effect.forEach(found, (room) => answer(user_id_type, room)) }
    }))

  const patchHandler = FakeFeishu.handler(Room.patch, ({ room_id, user_id_type, ...request }) =>
    Effect.gen(function*() {
      const { configure, level, room } = yield* places
      const found = room(room_id)
      const on = request.room_level_id === undefined ? undefined : level(request.room_level_id)
      if (Option.isNone(found) || (on !== undefined && Option.isNone(on))) {
        return yield* FeishuTest.failure(Room.patch, VcError.VcDataNotFound)
      }
      if (on !== undefined && Option.exists(on, ({ takesRooms }) => !takesRooms)) {
        return yield* FeishuTest.failure(Room.patch, VcError.VcRoomLevelNotAllowed)
      }
      const told = yield* Rooms.withOpenIds(user_id_type, request)
      if (Option.isNone(told)) return yield* FeishuTest.failure(Room.patch, VcError.VcInvalidParam)
      const place = found.value
      place.name = request.name ?? place.name
      place.capacity = request.capacity ?? place.capacity
      place.description = request.description ?? place.description
      place.customId = request.custom_room_id === undefined ? place.customId : Rooms.given(request.custom_room_id)
      place.parent = request.room_level_id ?? place.parent
      place.device = request.device ?? place.device
      if (told.value.room_status !== undefined) configure(place, { room_status: told.value.room_status })
    }))

  const searchHandler = FakeFeishu.handler(Room.search, (request, caller) =>
    Effect.gen(function*() {
      const { above, level, rooms, roomsBelow } = yield* places
      const { custom_room_ids = [], keyword = "", room_level_id: id, search_level_name = false, user_id_type } = request
      const byId = custom_room_ids.length > 0
      if (!byId && id !== undefined && Option.isNone(level(id))) {
        return yield* FeishuTest.failure(Room.search, VcError.VcDataNotFound)
      }
      const found = byId
        ? rooms().filter(({ customId }) => customId !== undefined && custom_room_ids.includes(customId))
        : (id === undefined ? rooms() : roomsBelow(id)).filter((room) =>
          contains(room.name, keyword) || (search_level_name && above(room).some(({ name }) => contains(name, keyword)))
        )
      const open = yield* Effect.filter(found, (room) =>
        caller.credential === "user" ? mayReserve(caller.user.open_id, room) : Effect.succeed(false))
      const page = Rooms.page(open, byId ? { page_size: open.length } : request)
      if (Either.isLeft(page)) return yield* FeishuTest.failure(Room.search, VcError.VcInvalidParam)
      const { places: asked, ...rest } = page.right
      return { rooms: yield* Effect.forEach(asked, (room) => answer(user_id_type, room)), ...rest }
    }))

  return [createHandler, deleteHandler, getHandler, listHandler, mgetHandler, patchHandler, searchHandler]
}
