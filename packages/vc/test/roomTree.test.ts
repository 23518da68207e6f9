import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Room, RoomLevel, RoomTree } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Either, Option, Stream } from "effect"

const contents: VcFake.Contents = {
  levels: [
    { room_level_id: "omb_a", name: "A" },
    { room_level_id: "omb_b", name: "B" },
    { room_level_id: "omb_a1", name: "A1", parent_id: "omb_a" },
    { room_level_id: "omb_a2", name: "A2", parent_id: "omb_a" }
  ],
  rooms: [
    { room_id: "omm_b", name: "b", room_level_id: "omb_b" },
    { room_id: "omm_a2", name: "a2", room_level_id: "omb_a2" },
    { room_id: "omm_a", name: "a", room_level_id: "omb_a" },
    { room_id: "omm_top", name: "top" }
  ]
}

const layer = (options?: VcFake.Options, more: VcFake.Contents = contents) =>
  FakeFeishu.layerClient({ domains: [VcFake.domainOf(more, options)], rateLimits: false })

const line = (node: RoomTree.Node) =>
  [...node.path.map(({ name }) => name), node._tag === "Room" ? node.room.name : node.level.name].join("/")
  + (node._tag === "Vanished" ? "!" : "")

const linesOf = (options?: RoomTree.Options) =>
  Effect.map(Stream.runCollect(RoomTree.walk(options)), (nodes) => Chunk.toReadonlyArray(nodes).map(line))

const whole = ["Tenant", "Tenant/top", "Tenant/A", "Tenant/A/a", "Tenant/A/A1", "Tenant/A/A2", "Tenant/A/A2/a2", "Tenant/B", "Tenant/B/b"]

describe("a walk", () => {
  for (const roomList of ["below", "own"] as const) {
    it.effect(`comes by everything once, parents first, where a level's rooms are ${roomList === "own" ? "its own" : "those below too"}`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* linesOf(), whole)
        assert.deepStrictEqual(yield* linesOf({ room_level_id: "omb_a" }), ["A", "A/a", "A/A1", "A/A2", "A/A2/a2"])
      }).pipe(Effect.provide(layer({ roomList }))))
  }

  it.effect("reads every page", () =>
    Effect.gen(function*() {
      const lines = yield* linesOf()
      assert.lengthOf(lines, 1 + 230 + 120)
      assert.strictEqual(new Set(lines).size, lines.length)
      const { requestsOf } = yield* FakeFeishu.FakeFeishu
      assert.lengthOf(yield* requestsOf(Room.list), 3 + 120)
    }).pipe(Effect.provide(layer({ roomList: "own" }, {
      levels: Array.from({ length: 120 }, (_, index) => ({ room_level_id: `omb_l${index}` })),
      rooms: Array.from({ length: 230 }, (_, index) => ({ room_id: `omm_r${index}` }))
    }))))

  it.effect("goes on past a level that vanishes, and says so", () =>
    Effect.gen(function*() {
      const nodes = yield* RoomTree.walk().pipe(
        Stream.tap((node) =>
          node._tag === "Level" && node.level.name === "A" ? RoomLevel.delete({ room_level_id: "omb_a", delete_child: true }) : Effect.void
        ),
        Stream.runCollect
      )
      assert.deepStrictEqual([...nodes].map(line), ["Tenant", "Tenant/top", "Tenant/A", "Tenant/A!", "Tenant/B", "Tenant/B/b"])
      const vanished = Option.getOrThrow(Chunk.findFirst(nodes, ({ _tag }) => _tag === "Vanished"))
      assert.strictEqual(vanished._tag === "Vanished" ? vanished.error._tag : "", "VcDataNotFound")
    }).pipe(Effect.provide(layer())))

  it.effect("keeps what it saw of a level before that vanished", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const gone = Fault.answer({ status: 404, code: 121004, msg: "data not exist" })
      yield* fake.script(RoomLevel.list, gone)
      assert.deepStrictEqual(yield* linesOf({ room_level_id: "omb_b" }), ["B", "B/b", "B!"])
    }).pipe(Effect.provide(layer())))

  it.effect("does not tell twice what moves while it is read", () =>
    Effect.gen(function*() {
      const nodes = yield* RoomTree.walk().pipe(
        Stream.tap((node) =>
          node._tag === "Room" && node.room.name === "a"
            ? Effect.zipRight(
              Room.patch({ room_id: "omm_a", room_level_id: "omb_b" }),
              RoomLevel.patch({ room_level_id: "omb_a", name: "A", parent_id: "omb_b" })
            )
            : Effect.void
        ),
        Stream.runCollect
      )
      const lines = [...nodes].map(line)
      assert.lengthOf(lines.filter((text) => text.endsWith("/a")), 1)
      assert.lengthOf(lines.filter((text) => text.endsWith("/A")), 1)
    }).pipe(Effect.provide(layer())))

  it.effect("ends with any other failure, after what it saw", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const seen: Array<string> = []
      const walked = RoomTree.walk().pipe(
        Stream.tap((node) =>
          node._tag === "Level" && node.level.name === "A"
            ? fake.script(RoomLevel.list, Fault.answer({ status: 404, code: 121005, msg: "no permission" }))
            : Effect.void
        ),
        Stream.runForEach((node) => Effect.sync(() => seen.push(line(node)))),
        Effect.either
      )
      assert.strictEqual(Either.getOrThrow(Either.flip(yield* walked))._tag, "VcNoPermission")
      assert.deepStrictEqual(seen, whole.slice(0, 3))
      const missing = yield* Effect.flip(linesOf({ room_level_id: "omb_none" }))
      assert.strictEqual(missing._tag, "VcDataNotFound")
    }).pipe(Effect.provide(layer())))
})

describe("a tree", () => {
  const names = ({ level, levels, rooms, vanished }: RoomTree.Tree): unknown => ({
    [`${level.name}${Option.isSome(vanished) ? "!" : ""}`]: [...rooms.map(({ name }) => name), ...levels.map(names)]
  })

  it.effect("is what a walk comes by", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(names(yield* RoomTree.read()), {
        Tenant: ["top", { A: ["a", { A1: [] }, { A2: ["a2"] }] }, { B: ["b"] }]
      })
    }).pipe(Effect.provide(layer())))

  it.effect("says which level is not whole", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(Room.list, Fault.delay(0), { times: 1 })
      yield* fake.script(Room.list, Fault.answer({ status: 404, code: 121004, msg: "data not exist" }))
      assert.deepStrictEqual(names(yield* RoomTree.read()), { Tenant: ["top", { "A!": [] }, { B: ["b"] }] })
    }).pipe(Effect.provide(layer())))

  it.effect("names contacts by the ids that are asked for", () =>
    Effect.gen(function*() {
      const { room_level } = yield* RoomLevel.get({ room_level_id: RoomLevel.tenantLevel })
      const room_status = { status: false, contact_ids: ["u1"] }
      yield* Room.create({ room_level_id: room_level.room_level_id, name: "n", capacity: 1, user_id_type: "user_id", room_status })
      const { rooms } = yield* RoomTree.read({ user_id_type: "user_id" })
      assert.deepStrictEqual(rooms.at(-1)?.room_status?.contact_ids, ["u1"])
    }).pipe(Effect.provide(layer())))
})
