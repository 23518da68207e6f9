import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { RoomLevel } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { assert, describe, it } from "@effect/vitest"
import { Console, Effect } from "effect"
import { printTree } from "./tree.ts"

const Test = FakeFeishu.layerClient({
  domains: [VcFake.domainOf({
    levels: [
      { room_level_id: "omb_hq", name: "Headquarters" },
      { room_level_id: "omb_hq1", name: "First floor", parent_id: "omb_hq" },
      { room_level_id: "omb_annex", name: "Annex" }
    ],
    rooms: [
      { room_id: "omm_1", room_level_id: "omb_hq1", name: "Fuji", capacity: 8 },
      { room_id: "omm_2", room_level_id: "omb_hq1", name: "Etna", capacity: 4, room_status: { status: false } },
      { room_id: "omm_3", room_level_id: "omb_hq", name: "Hall", capacity: 100 }
    ]
  })]
})

/** What a program prints. */
const printed = <A, E, R>(program: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const lines: Array<unknown> = []
    const console = yield* Console.consoleWith(Effect.succeed)
    yield* Effect.withConsole(program, { ...console, log: (line) => Effect.sync(() => void lines.push(line)) })
    return lines
  })

describe("the tree of rooms, printed", () => {
  it.effect("is the tenant's, or that of a level", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* printed(printTree()), [
        "Tenant/",
        "  Headquarters/",
        "    Hall (100)",
        "    First floor/",
        "      Fuji (8)",
        "      Etna (4) disabled",
        "  Annex/"
      ])
      assert.deepStrictEqual(yield* printed(printTree("omb_annex")), ["Annex/"])
    }).pipe(Effect.provide(Test)))

  it.effect("says which level was deleted meanwhile", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(RoomLevel.list, Fault.answer({ status: 404, code: 121004, msg: "data not exist" }))
      assert.deepStrictEqual(yield* printed(printTree("omb_hq")), [
        "Headquarters/",
        "  Hall (100)",
        "  (deleted meanwhile: what is on Headquarters is not, or not all, shown)"
      ])
    }).pipe(Effect.provide(Test)))
})
