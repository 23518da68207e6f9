import type { AccessToken, CallError, FeishuClient, Operation } from "@effect-feishu/core"
import type { VcError } from "@effect-feishu/vc"
import { Room, RoomConfig, RoomLevel, ScopeConfig } from "@effect-feishu/vc"
import type { Layer, Redacted, Stream } from "effect"
import { Effect } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

type Refused =
  | VcError.VcNotSupported
  | VcError.VcInvalidParam
  | VcError.VcDataNotFound
  | VcError.VcNoPermission
  | VcError.VcDataConflict

describe("Room", () => {
  const room = { name: "n", capacity: 10, room_level_id: "omb_1" } as const

  test("fails as documented, and as any call may", () => {
    // Nobody sends it twice: a fault of the platform leaves open whether there is a room.
    expect(Room.create(room)).type.toBe<
      Effect.Effect<
        Room.CreateResponse,
        Refused | VcError.VcRoomLevelNotAllowed | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.TenantAccessToken
      >
    >()
    expect(Room.get({ room_id: "omm_1" })).type.toBe<
      Effect.Effect<
        Room.GetResponse,
        Refused | VcError.VcInternalError | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.TenantAccessToken
      >
    >()
  })

  test("is managed by the tenant, and searched by a user", () => {
    expect(run).type.toBeCallableWith(Effect.provide(Room.create(room), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(Room.create(room), asUser))
    expect(run).type.toBeCallableWith(Effect.provide(Room.search({ keyword: "k" }), asUser))
    expect(run).type.not.toBeCallableWith(Effect.provide(Room.search({ keyword: "k" }), asTenant))
  })

  test("is created with a name, a capacity and a level", () => {
    const create = taking(Room.create)
    expect(create).type.toBeCallableWith(room)
    expect(create).type.toBeCallableWith({ ...room, device: [{ name: "phone" }], user_id_type: "union_id" })
    expect(create).type.not.toBeCallableWith({ name: "n", capacity: 10 })
    expect(create).type.not.toBeCallableWith({ name: "n", room_level_id: "omb_1" })
    expect(create).type.not.toBeCallableWith({ capacity: 10, room_level_id: "omb_1" })
    expect(create).type.not.toBeCallableWith({ ...room, device: [{}] })
    expect(create).type.not.toBeCallableWith({ ...room, path: [] })
  })

  test("is disabled with times as text, and without a schedule", () => {
    const patch = taking(Room.patch)
    expect(patch).type.toBeCallableWith({ room_id: "omm_1" })
    expect(patch).type.toBeCallableWith({
      room_id: "omm_1",
      room_status: { status: false, disable_start_time: "1652356050", disable_end_time: Room.disabledForGood }
    })
    expect(patch).type.not.toBeCallableWith({ room_id: "omm_1", room_status: {} })
    expect(patch).type.not.toBeCallableWith({ room_id: "omm_1", room_status: { status: false, disable_start_time: 1652356050 } })
    expect(patch).type.not.toBeCallableWith({ room_id: "omm_1", room_status: { status: false, schedule_status: true } })
  })

  test("is listed and searched as a stream of rooms, each with its id", () => {
    expect<Stream.Stream.Success<ReturnType<typeof Room.list.items>>>().type.toBe<Room.Room>()
    expect<Stream.Stream.Success<ReturnType<typeof Room.search.items>>>().type.toBe<Room.Room>()
    expect<Room.Room["room_id"]>().type.toBe<string>()
    expect<Room.Room["name"]>().type.toBe<string | undefined>()
  })
})

describe("RoomLevel", () => {
  test("can be refused for its kind where it is deleted, not where it is made", () => {
    expect<Effect.Effect.Error<ReturnType<typeof RoomLevel.delete>>>().type.toBe<
      Refused | VcError.VcInternalError | VcError.VcRoomLevelNotAllowed | CallError.CallError
    >()
    expect<Effect.Effect.Error<ReturnType<typeof RoomLevel.create>>>().type.toBe<Refused | CallError.CallError>()
  })

  test("is changed with both its name and its parent", () => {
    const patch = taking(RoomLevel.patch)
    expect(patch).type.toBeCallableWith({ room_level_id: "omb_1", name: "n", parent_id: "omb_0" })
    expect(patch).type.not.toBeCallableWith({ room_level_id: "omb_1", name: "n" })
    expect(patch).type.not.toBeCallableWith({ room_level_id: "omb_1", parent_id: "omb_0" })
  })

  test("is searched by ids in one text", () => {
    const search = taking(RoomLevel.search)
    expect(search).type.toBeCallableWith({ custom_level_ids: "1000,1001" })
    expect(search).type.not.toBeCallableWith({ custom_level_ids: ["1000", "1001"] })
    expect(search).type.not.toBeCallableWith({})
  })

  test("is the tenant's by a name of its own", () => {
    expect(taking(RoomLevel.get)).type.toBeCallableWith({ room_level_id: RoomLevel.tenantLevel })
    expect<Stream.Stream.Success<ReturnType<typeof RoomLevel.list.items>>>().type.toBe<RoomLevel.RoomLevel>()
  })
})

describe("ScopeConfig", () => {
  const { MaterialType, ScopeType } = ScopeConfig
  const create = (scope_config: ScopeConfig.NewConfig) => {
    taking(ScopeConfig.create)({ scope_type: ScopeType.room, scope_id: "omm_1", scope_config })
  }

  test("fails as documented, and as any call may", () => {
    expect<Effect.Effect.Error<ReturnType<typeof ScopeConfig.create>>>().type.toBe<Refused | CallError.CallError>()
    expect<Effect.Effect.Error<ReturnType<typeof ScopeConfig.get>>>().type.toBe<
      Refused | VcError.VcInternalError | CallError.CallError
    >()
  })

  test("is that of a level or a room, by number or name", () => {
    const get = taking(ScopeConfig.get)
    expect(get).type.toBeCallableWith({ scope_type: 1, scope_id: "omb_1" })
    expect(get).type.toBeCallableWith({ scope_type: ScopeType.level, scope_id: "omb_1" })
    expect(get).type.not.toBeCallableWith({ scope_type: "1", scope_id: "omb_1" })
    expect(get).type.not.toBeCallableWith({ scope_type: 3, scope_id: "omb_1" })
    expect(get).type.not.toBeCallableWith({ scope_type: 1 })
  })

  test("plays materials of the documented kinds", () => {
    expect(create).type.toBeCallableWith({ digital_signage: { materials: [{ material_type: MaterialType.video, size: "100" }] } })
    expect(create).type.toBeCallableWith({ room_box_digital_signage: { materials: [{ material_type: 0 }] } })
    expect(create).type.not.toBeCallableWith({ digital_signage: { materials: [{ material_type: 4 }] } })
    expect(create).type.not.toBeCallableWith({ digital_signage: { materials: [{ size: 100 }] } })
    expect(create).type.not.toBeCallableWith({ room_status: { status: true, schedule_status: true } })
  })
})

describe("RoomConfig", () => {
  const { Scope } = RoomConfig
  const query = taking(RoomConfig.query)

  test("fails as documented, and as any call may", () => {
    expect<Effect.Effect.Error<ReturnType<typeof RoomConfig.query>>>().type.toBe<
      | VcError.VcInternalError
      | VcError.VcNotSupported
      | VcError.VcInvalidParam
      | VcError.VcDataNotFound
      | CallError.CallError
    >()
  })

  test("is named as far as its scope needs it", () => {
    expect(query).type.toBeCallableWith({ scope: 1 })
    expect(query).type.toBeCallableWith({ scope: Scope.country, country_id: "086" })
    expect(query).type.toBeCallableWith({ scope: Scope.city, country_id: "086", district_id: "001" })
    expect(query).type.toBeCallableWith({ scope: Scope.building, building_id: "22" })
    expect(query).type.toBeCallableWith({ scope: Scope.floor, building_id: "22", floor_name: "4" })
    expect(query).type.toBeCallableWith({ scope: Scope.room, room_id: "6383786266263" })
    expect(query).type.toBeCallableWith({ scope: Scope.tenant, building_id: "22", floor_name: "4" })
    expect(query).type.not.toBeCallableWith({ scope: 2 })
    expect(query).type.not.toBeCallableWith({ scope: 3, country_id: "086" })
    expect(query).type.not.toBeCallableWith({ scope: 3, district_id: "001" })
    expect(query).type.not.toBeCallableWith({ scope: 4, floor_name: "4" })
    expect(query).type.not.toBeCallableWith({ scope: 5, building_id: "22" })
    expect(query).type.not.toBeCallableWith({ scope: 5, floor_name: "4" })
    expect(query).type.not.toBeCallableWith({ scope: 6, building_id: "22" })
    expect(query).type.not.toBeCallableWith({ scope: 7 })
    expect(taking(RoomConfig.set)).type.toBeCallableWith({ scope: 1, room_config: {} })
    expect(taking(RoomConfig.set)).type.not.toBeCallableWith({ scope: 2, room_config: {} })
  })

  test("makes codes that are valid for 1, 7 or 30 days, and secret", () => {
    for (const operation of [RoomConfig.setRoomAccessCode, RoomConfig.setCheckboardAccessCode]) {
      expect(taking(operation)).type.toBeCallableWith({ scope: 1, valid_day: 7 })
      expect(taking(operation)).type.not.toBeCallableWith({ scope: 6, valid_day: 7 })
      expect(taking(operation)).type.not.toBeCallableWith({ scope: 1, valid_day: 2 })
      expect(taking(operation)).type.not.toBeCallableWith({ scope: 1 })
    }
    type Answer = Operation.Operation.Success<typeof RoomConfig.setRoomAccessCode>
    expect<Answer["access_code"]>().type.toBe<Redacted.Redacted>()
  })
})
