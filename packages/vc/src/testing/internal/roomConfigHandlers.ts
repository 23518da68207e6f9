/** What the screens of rooms show, and the codes that devices are deployed with. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as RoomConfig from "../../RoomConfig.ts"
import * as ScopeConfig from "../../ScopeConfig.ts"
import * as VcError from "../../VcError.ts"
import type * as People from "./people.ts"
import * as Rooms from "./rooms.ts"

interface State {
  readonly places: Rooms.Rooms
}

/** Nine capital letters, another nine for every number. */
const accessCode = (number: number) =>
  Array.from({ length: 9 }, (_, index) => String.fromCharCode(65 + Math.floor(number / 26 ** (8 - index)) % 26)).join("")

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const places = Effect.map(state, ({ places }) => places)

  const answer = (type: People.UserIdType, place: Rooms.Place, config: Rooms.Config) =>
    Effect.map(Rooms.withIds(type, config), (scope_config) => ({
      scope_type: place.kind === "level" ? ScopeConfig.ScopeType.level : ScopeConfig.ScopeType.room,
      scope_id: place.id,
      scope_config
    }))

  const scoped = ({ findAs }: Rooms.Rooms, type: 1 | 2, id: string) =>
    findAs(id, type === ScopeConfig.ScopeType.level ? "level" : "room")

  const createHandler = FakeFeishu.handler(ScopeConfig.create, ({ scope_config = {}, scope_id, scope_type, user_id_type }) =>
    Effect.gen(function*() {
      const rooms = yield* places
      const place = scoped(rooms, scope_type, scope_id)
      if (Option.isNone(place)) return yield* FeishuTest.failure(ScopeConfig.create, VcError.VcDataNotFound)
      const config = yield* Rooms.withOpenIds(user_id_type, scope_config)
      if (Option.isNone(config)) return yield* FeishuTest.failure(ScopeConfig.create, VcError.VcInvalidParam)
      rooms.configure(place.value, config.value)
    }))

  const getHandler = FakeFeishu.handler(ScopeConfig.get, ({ scope_id, scope_type, user_id_type }) =>
    Effect.gen(function*() {
      const rooms = yield* places
      const place = scoped(rooms, scope_type, scope_id)
      if (Option.isNone(place)) return yield* FeishuTest.failure(ScopeConfig.get, VcError.VcDataNotFound)
      return {
        current_config: yield* answer(user_id_type, place.value, rooms.holds(place.value)),
        origin_configs: yield* Effect.forEach(rooms.origins(place.value), (origin) => answer(user_id_type, origin, origin.config))
      }
    }))

  const setHandler = FakeFeishu.handler(RoomConfig.set, ({ room_config, user_id_type, ...scope }) =>
    Effect.gen(function*() {
      const rooms = yield* places
      const place = rooms.fixed(scope)
      if (Option.isNone(place)) return yield* FeishuTest.failure(RoomConfig.set, VcError.VcDataNotFound)
      const config = yield* Rooms.withOpenIds(user_id_type, room_config)
      if (Option.isNone(config)) return yield* FeishuTest.failure(RoomConfig.set, VcError.VcInvalidParam)
      rooms.configure(place.value, config.value)
    }))

  const queryHandler = FakeFeishu.handler(RoomConfig.query, ({ user_id_type, ...scope }) =>
    Effect.gen(function*() {
      const { fixed } = yield* places
      const place = fixed(scope)
      if (Option.isNone(place)) return yield* FeishuTest.failure(RoomConfig.query, VcError.VcDataNotFound)
      return yield* Rooms.withIds(user_id_type, place.value.config)
    }))

  /** Both kinds of codes are asked for alike. */
  const codeHandler = (operation: typeof RoomConfig.setRoomAccessCode) =>
    FakeFeishu.handler(operation, (scope) =>
      Effect.gen(function*() {
        const { count, fixed } = yield* places
        if (Option.isNone(fixed(scope))) return yield* FeishuTest.failure(operation, VcError.VcDataNotFound)
        return { access_code: Redacted.make(accessCode(count())) }
      }))

  return [
    createHandler,
    getHandler,
    setHandler,
    queryHandler,
    codeHandler(RoomConfig.setRoomAccessCode),
    codeHandler(RoomConfig.setCheckboardAccessCode)
  ]
}
