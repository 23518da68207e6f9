import type { AccessToken, CallError, FeishuClient, Operation } from "@effect-feishu/core"
import type { Room, RoomLevel, VcError } from "@effect-feishu/vc"
import { RoomProvision, RoomTree } from "@effect-feishu/vc"
import type { Effect, Option, Schema, Stream } from "effect"
import { describe, expect, test } from "tstyche"

type Needs = FeishuClient.FeishuClient | AccessToken.TenantAccessToken

/** What any operation on rooms may fail with. */
type Refused =
  | VcError.VcInternalError
  | VcError.VcNotSupported
  | VcError.VcInvalidParam
  | VcError.VcDataNotFound
  | VcError.VcNoPermission
  | VcError.VcDataConflict

/** Takes what planning and walking take. */
declare const plan: (...taken: Parameters<typeof RoomProvision.plan>) => void
declare const walk: (...taken: Parameters<typeof RoomTree.walk>) => void

const fuji = { room_level_id: "omb_1", name: "Fuji", capacity: 8 } as const

describe("RoomTree", () => {
  test("fails as its lists do", () => {
    expect(RoomTree.walk()).type.toBe<
      Stream.Stream<RoomTree.Node, Refused | CallError.CallError | Operation.PaginationLoop, Needs>
    >()
    expect(RoomTree.read({ room_level_id: "omb_1" })).type.toBe<Effect.Effect<RoomTree.Tree, RoomTree.ReadError, Needs>>()
    expect(walk).type.not.toBeCallableWith({ room_level_id: 1 })
    expect(walk).type.not.toBeCallableWith({ user_id_type: "email" })
  })

  test("tells levels, rooms and what vanished apart", () => {
    expect<Extract<RoomTree.Node, { readonly _tag: "Room" }>["room"]>().type.toBe<Room.Room>()
    expect<Extract<RoomTree.Node, { readonly _tag: "Level" }>["level"]>().type.toBe<RoomLevel.RoomLevel>()
    expect<Extract<RoomTree.Node, { readonly _tag: "Vanished" }>["error"]>().type.toBe<VcError.VcDataNotFound>()
    expect<RoomTree.Node["path"]>().type.toBe<ReadonlyArray<RoomLevel.RoomLevel>>()
    expect<RoomTree.Tree["vanished"]>().type.toBe<Option.Option<VcError.VcDataNotFound>>()
  })
})

describe("RoomProvision", () => {
  test("plans what is wanted whole", () => {
    expect(RoomProvision.plan([fuji])).type.toBe<
      Effect.Effect<RoomProvision.Plan, Refused | CallError.CallError | Operation.PaginationLoop, Needs>
    >()
    expect(plan).type.toBeCallableWith([fuji], { levels: ["omb_2"], deleteUnlisted: true, user_id_type: "union_id" })
    expect(plan).type.not.toBeCallableWith([{ room_level_id: "omb_1", name: "Fuji" }])
    expect(plan).type.not.toBeCallableWith([{ name: "Fuji", capacity: 8 }])
    expect(plan).type.not.toBeCallableWith([{ ...fuji, room_status: { status: true, schedule_status: true } }])
    expect(plan).type.not.toBeCallableWith([fuji], { deleteUnlisted: "yes" })
  })

  test("wants what can be made", () => {
    expect<RoomProvision.WantedRoom>().type.toBeAssignableTo<Room.CreateRequest>()
    expect(RoomProvision.WantedRoom).type.toBeAssignableTo<Schema.Schema<RoomProvision.WantedRoom, RoomProvision.WantedRoom>>()
    expect<RoomProvision.Field>().type.toBe<
      "room_level_id" | "name" | "capacity" | "custom_room_id" | "description" | "room_status" | "device"
    >()
  })

  test("never fails while it applies: every change ends in one of three", () => {
    const apply = (plan: RoomProvision.Plan) => RoomProvision.apply(plan, { settle: "1 second" })
    expect(apply).type.toBe<(plan: RoomProvision.Plan) => Stream.Stream<RoomProvision.Result, never, Needs>>()
    expect<RoomProvision.Result["_tag"]>().type.toBe<"Done" | "Failed" | "Skipped">()
    expect<RoomProvision.Result["change"]>().type.toBe<RoomProvision.Change>()
    expect<RoomProvision.Failed["error"]>().type.toBe<Refused | VcError.VcRoomLevelNotAllowed | CallError.CallError>()
  })
})
