/** The levels that rooms are on. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as RoomLevel from "../../RoomLevel.ts"
import * as VcError from "../../VcError.ts"
import * as Rooms from "./rooms.ts"

interface State {
  readonly places: Rooms.Rooms
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const places = Effect.map(state, ({ places }) => places)

  const createHandler = FakeFeishu.handler(RoomLevel.create, (request) =>
    Effect.gen(function*() {
      const { addLevel, describeLevel, level } = yield* places
      if (Option.isNone(level(request.parent_id))) return yield* FeishuTest.failure(RoomLevel.create, VcError.VcDataNotFound)
      return { room_level: describeLevel(addLevel(request)) }
    }))

  const deleteHandler = FakeFeishu.handler(RoomLevel.delete, ({ delete_child = false, room_level_id }) =>
    Effect.gen(function*() {
      const { level, removeLevel, roomsOn } = yield* places
      const found = level(room_level_id)
      if (Option.isNone(found)) return yield* FeishuTest.failure(RoomLevel.delete, VcError.VcDataNotFound)
      // The tenant's own stays.
      if (found.value.parent === undefined) return yield* FeishuTest.failure(RoomLevel.delete, VcError.VcNotSupported)
      const roomsTo = Option.exists(level(found.value.parent), ({ takesRooms }) => takesRooms)
      if (!delete_child && !roomsTo && roomsOn(room_level_id).length > 0) {
        return yield* FeishuTest.failure(RoomLevel.delete, VcError.VcRoomLevelNotAllowed)
      }
      removeLevel(found.value, delete_child)
    }))

  const getHandler = FakeFeishu.handler(RoomLevel.get, ({ room_level_id }) =>
    Effect.gen(function*() {
      const { describeLevel, level, root } = yield* places
      const found = room_level_id === RoomLevel.tenantLevel ? Option.some(root) : level(room_level_id)
      if (Option.isNone(found)) return yield* FeishuTest.failure(RoomLevel.get, VcError.VcDataNotFound)
      return { room_level: describeLevel(found.value) }
    }))

  const listHandler = FakeFeishu.handler(RoomLevel.list, (request) =>
    Effect.gen(function*() {
      const { describeLevel, level, levelsOn, root } = yield* places
      const { room_level_id: id = root.id } = request
      if (Option.isNone(level(id))) return yield* FeishuTest.failure(RoomLevel.list, VcError.VcDataNotFound)
      const page = Rooms.page(levelsOn(id), request)
      if (Either.isLeft(page)) return yield* FeishuTest.failure(RoomLevel.list, VcError.VcInvalidParam)
      const { places: found, ...rest } = page.right
      return { items: found.map(describeLevel), ...rest }
    }))

  const mgetHandler = FakeFeishu.handler(RoomLevel.mget, ({ level_ids }) =>
    Effect.map(places, ({ describeLevel, level }) => ({
      items: level_ids.flatMap((id) => Option.toArray(level(id))).map(describeLevel)
    })))

  const patchHandler = FakeFeishu.handler(RoomLevel.patch, ({ custom_group_id, name, parent_id, room_level_id }) =>
    Effect.gen(function*() {
      const { isBelow, level } = yield* places
      const found = level(room_level_id)
      const parent = level(parent_id)
      if (Option.isNone(found) || Option.isNone(parent)) {
        return yield* FeishuTest.failure(RoomLevel.patch, VcError.VcDataNotFound)
      }
      // Nothing is part of itself, and the tenant's own level of nothing.
      if (found.value.parent === undefined || parent_id === room_level_id || isBelow(parent.value, room_level_id)) {
        return yield* FeishuTest.failure(RoomLevel.patch, VcError.VcInvalidParam)
      }
      const place = found.value
      place.name = name
      place.parent = parent_id
      place.customId = custom_group_id === undefined ? place.customId : Rooms.given(custom_group_id)
    }))

  const searchHandler = FakeFeishu.handler(RoomLevel.search, ({ custom_level_ids }) =>
    Effect.map(places, ({ levels }) => {
      const asked = custom_level_ids.split(",")
      return { level_ids: levels().flatMap(({ customId, id }) => customId !== undefined && asked.includes(customId) ? [id] : []) }
    }))

  return [createHandler, deleteHandler, getHandler, listHandler, mgetHandler, patchHandler, searchHandler]
}
