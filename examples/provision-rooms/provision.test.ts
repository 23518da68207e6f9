import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Room } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { Terminal } from "@effect/platform"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { fileURLToPath } from "node:url"
import { provision, wantedRooms } from "./provision.ts"

const file = fileURLToPath(new URL("rooms.json", import.meta.url))

const contents: VcFake.Contents = {
  levels: [{ room_level_id: "omb_first_floor" }, { room_level_id: "omb_second_floor" }],
  rooms: [
    { room_id: "omm_1", room_level_id: "omb_first_floor", name: "Fuji", capacity: 6, custom_room_id: "F1-01", device: [{ name: "TV" }] },
    { room_id: "omm_2", room_level_id: "omb_second_floor", name: "Broom cupboard", capacity: 1 }
  ]
}

/** What is shown, piece by piece. */
const shown: Array<string> = []

const terminal = (isTTY: boolean) =>
  Layer.sync(Terminal.Terminal, () => {
    shown.length = 0
    return Terminal.Terminal.of({
      columns: Effect.succeed(120),
      rows: Effect.succeed(40),
      isTTY: Effect.succeed(isTTY),
      readInput: Effect.never,
      readLine: Effect.never,
      display: (text) => Effect.sync(() => void shown.push(text))
    })
  })

const layer = (isTTY: boolean) =>
  Layer.mergeAll(FakeFeishu.layerClient({ domains: [VcFake.domainOf(contents)] }), NodeFileSystem.layer, terminal(isTTY))

const names = Effect.map(Effect.flatMap(VcFake.VcFake, ({ rooms }) => rooms), (rooms) => rooms.map(({ capacity, name }) => `${name} ${capacity}`))

describe("provisioning rooms from a file", () => {
  it.effect("shows what would be done, and does nothing when it is a dry run", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* provision(file, { dryRun: true, deleteUnlisted: true }), { done: 0, failed: 0, skipped: 0 })
      assert.deepStrictEqual(shown.join("").split("\n"), [
        "what    level             room            details",
        "update  omb_first_floor   Fuji            capacity: 6 -> 8; device: [{\"name\":\"TV\"}] -> [{\"name\":\"TV\"},{\"name\":\"Phone\"}]",
        "create  omb_first_floor   Etna            for 4",
        "create  omb_second_floor  Hekla           for 20",
        "delete  omb_second_floor  Broom cupboard  omm_2",
        "",
        "4 to change, 0 as wanted",
        ""
      ])
      assert.deepStrictEqual(yield* names, ["Fuji 6", "Broom cupboard 1"])
    }).pipe(Effect.provide(layer(true))))

  it.effect("does it, one line on a terminal telling how far it is, and finds nothing to do the next time", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* provision(file), { done: 3, failed: 0, skipped: 0 })
      assert.include(shown[0]!, "keep    omb_second_floor  Broom cupboard  not listed")
      const line = "\r\u001b[2K"
      assert.deepStrictEqual(shown.slice(1), [
        `${line}1 of 3: Update Fuji, done`,
        `${line}2 of 3: Create Etna, done`,
        `${line}3 of 3: Create Hekla, done`,
        `${line}3 done, 0 failed, 0 skipped`,
        "\n"
      ])
      assert.deepStrictEqual(yield* names, ["Fuji 8", "Broom cupboard 1", "Etna 4", "Hekla 20"])
      assert.deepStrictEqual(yield* provision(file), { done: 0, failed: 0, skipped: 0 })
      assert.include(shown.at(-1)!, "0 to change, 3 as wanted")
    }).pipe(Effect.provide(layer(true))))

  it.effect("says what failed, and does the rest the next time", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(Room.create, Fault.answer({ status: 404, code: 125001, msg: "cannot create room at this level" }))
      assert.deepStrictEqual(yield* provision(file), { done: 2, failed: 1, skipped: 0 })
      assert.include(shown.join(""), "2 of 3: Create Etna, failed\n")
      assert.match(shown.join(""), /\n {2}Create Etna: .*cannot create room at this level/)
      assert.deepStrictEqual(yield* provision(file), { done: 1, failed: 0, skipped: 0 })
      assert.deepStrictEqual(yield* names, ["Fuji 8", "Broom cupboard 1", "Hekla 20", "Etna 4"])
    }).pipe(Effect.provide(layer(false))))

  it.effect("refuses a file that does not say what rooms are wanted", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(wantedRooms(fileURLToPath(new URL("../tsconfig.json", import.meta.url))))
      assert.strictEqual(error._tag, "ParseError")
    }).pipe(Effect.provide(NodeFileSystem.layer)))
})
