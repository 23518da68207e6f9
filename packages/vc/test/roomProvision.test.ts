import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Room, RoomProvision } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { assert, describe, it } from "@effect/vitest"
import type { Types } from "effect"
import { Array as Arr, Chunk, Duration, Effect, FastCheck, Fiber, Option, Stream, TestClock } from "effect"

const levels = ["omb_1", "omb_2", "omb_3"] as const

const contents: VcFake.Contents = {
  levels: [
    { room_level_id: "omb_1" },
    { room_level_id: "omb_2", parent_id: "omb_1" },
    { room_level_id: "omb_3" }
  ],
  rooms: [
    { room_id: "omm_fuji", room_level_id: "omb_1", name: "Fuji", capacity: 8, custom_room_id: "1" },
    { room_id: "omm_etna", room_level_id: "omb_1", name: "Etna", capacity: 4, description: "quiet" },
    { room_id: "omm_hekla", room_level_id: "omb_2", name: "Hekla", capacity: 2, custom_room_id: "3" },
    { room_id: "omm_nevis", room_level_id: "omb_3", name: "Nevis", capacity: 2, custom_room_id: "4" }
  ]
}

const layerOf = (more: VcFake.Contents, options: FakeFeishu.ClientOptions = { rateLimits: false }, vc?: VcFake.Options) =>
  FakeFeishu.layerClient({ ...options, domains: [VcFake.domainOf(more, vc)] })

const Test = layerOf(contents)

const fuji = { room_level_id: "omb_1", name: "Fuji", capacity: 8, custom_room_id: "1" }
const etna = { room_level_id: "omb_1", name: "Etna", capacity: 4 }
const erta = { room_level_id: "omb_1", name: "Erta", capacity: 6, custom_room_id: "2" }

/** Goes on with time until it ends. */
const inTime = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    while (Option.isNone(yield* Fiber.poll(fiber))) yield* TestClock.adjust("7 seconds")
    return yield* Fiber.join(fiber)
  })

const applied = (plan: RoomProvision.Plan, options?: RoomProvision.ApplyOptions) =>
  Effect.map(Stream.runCollect(RoomProvision.apply(plan, options)), Chunk.toReadonlyArray)

const rooms = Effect.flatMap(VcFake.VcFake, (vc) => vc.rooms)

const nameOf = (change: RoomProvision.Change) => change._tag === "Delete" ? change.room.name : change.wanted.name

/** What is planned, in a few words. */
const words = ({ ambiguous, changes, unlisted }: RoomProvision.Plan) => [
  ...changes.map((change) =>
    [change._tag, nameOf(change), ...change._tag === "Update" ? change.fields.map(({ field }) => field) : []].join(" ")
  ),
  ...ambiguous.map(({ reason, rooms, wanted }) => [reason, wanted.name, ...rooms.map(({ room_id }) => room_id)].join(" ")),
  ...unlisted.map(({ name }) => `stays ${name}`)
]

const planned = (wanted: ReadonlyArray<RoomProvision.WantedRoom>, options?: RoomProvision.PlanOptions) =>
  Effect.map(RoomProvision.plan(wanted, options), words)

const writes = Effect.gen(function*() {
  const { effectsOf } = yield* FakeFeishu.FakeFeishu
  return (yield* effectsOf(Room.create)) + (yield* effectsOf(Room.patch)) + (yield* effectsOf(Room.delete))
})

describe("a plan", () => {
  it.effect("says what would be done, field by field, and does nothing", () =>
    Effect.gen(function*() {
      const plan = yield* RoomProvision.plan([fuji, { ...etna, capacity: 5, description: "loud" }, erta], { deleteUnlisted: true, levels: ["omb_2"] })
      assert.deepStrictEqual(words(plan), ["Update Etna capacity description", "Create Erta", "Delete Hekla"])
      const [update] = plan.changes
      assert.deepStrictEqual(update?._tag === "Update" ? update.fields : [], [
        { field: "capacity", from: 4, to: 5 },
        { field: "description", from: "quiet", to: "loud" }
      ])
      assert.deepStrictEqual(plan.unchanged.map(({ room }) => room.room_id), ["omm_fuji"])
      assert.strictEqual(yield* writes, 0)
    }).pipe(Effect.provide(Test)))

  it.effect("leaves rooms alone that nobody wants, unless told otherwise, and those of other levels always", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* planned([fuji]), ["stays Etna"])
      assert.deepStrictEqual(yield* planned([fuji], { deleteUnlisted: true }), ["Delete Etna"])
      assert.deepStrictEqual(yield* planned([]), [])
      assert.deepStrictEqual(yield* planned([], { deleteUnlisted: true, levels: ["omb_2"] }), ["Delete Hekla"])
    }).pipe(Effect.provide(Test)))

  it.effect("finds a room by its id whatever its name and level, and one without by its name", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* planned([{ ...fuji, name: "Fujisan" }, etna]), ["Update Fujisan name"])
      assert.deepStrictEqual(
        yield* planned([{ room_level_id: "omb_1", name: "Hekla", capacity: 2, custom_room_id: "3" }, fuji, etna], { levels: ["omb_2"] }),
        ["Update Hekla room_level_id"]
      )
      // A room with an id has its name all the same.
      assert.deepStrictEqual(yield* planned([{ room_level_id: "omb_1", name: "Fuji", capacity: 8 }, etna]), [])
    }).pipe(Effect.provide(Test)))

  it.effect("gives an id to the room of the name that has none", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* planned([{ ...etna, custom_room_id: "9" }, fuji]), ["Update Etna custom_room_id"])
      // This one is Etna by name, so that the other is a new one.
      assert.deepStrictEqual(yield* planned([{ ...etna, custom_room_id: "9" }, etna, fuji]), ["Create Etna"])
      assert.deepStrictEqual(yield* planned([{ ...etna, custom_room_id: "" }, fuji]), [])
    }).pipe(Effect.provide(Test)))

  it.effect("leaves alone what could be several rooms, or what several want, and reports it", () =>
    Effect.gen(function*() {
      yield* Effect.flatMap(VcFake.VcFake, (vc) =>
        vc.add({
          rooms: [
            { room_id: "omm_fuji2", room_level_id: "omb_1", name: "Fuji two", custom_room_id: "1" },
            { room_id: "omm_etna2", room_level_id: "omb_1", name: "Etna" }
          ]
        }))
      const all = { deleteUnlisted: true }
      assert.deepStrictEqual(yield* planned([fuji, etna], all), ["SeveralRooms Fuji omm_fuji omm_fuji2", "SeveralRooms Etna omm_etna omm_etna2"])
      assert.deepStrictEqual(yield* planned([erta, { ...erta, name: "Ale" }], { levels: [] }), [
        "SeveralWanted Erta",
        "SeveralWanted Ale",
        "stays Fuji",
        "stays Etna",
        "stays Fuji two",
        "stays Etna"
      ])
      assert.deepStrictEqual(yield* planned([{ room_level_id: "omb_2", name: "n", capacity: 1 }, { room_level_id: "omb_2", name: "n", capacity: 2 }], all), [
        "Delete Hekla",
        "SeveralWanted n",
        "SeveralWanted n"
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("does not choose between two that may take over the same room", () =>
    Effect.gen(function*() {
      const wanted = [{ ...etna, custom_room_id: "8" }, { ...etna, custom_room_id: "9" }, fuji]
      assert.deepStrictEqual(yield* planned(wanted, { deleteUnlisted: true }), ["SeveralWanted Etna omm_etna", "SeveralWanted Etna omm_etna"])
      assert.deepStrictEqual(yield* planned([etna, etna, fuji], { deleteUnlisted: true }), ["SeveralWanted Etna omm_etna", "SeveralWanted Etna omm_etna"])
    }).pipe(Effect.provide(Test)))

  it.effect("takes no room away from a level that it was not told of", () =>
    Effect.gen(function*() {
      const nevis = { room_level_id: "omb_1", name: "Etna", capacity: 2, custom_room_id: "4" }
      assert.deepStrictEqual(yield* planned([nevis, fuji], { deleteUnlisted: true }), ["Elsewhere Etna omm_nevis omm_etna"])
      assert.deepStrictEqual(yield* planned([{ ...nevis, name: "Nevis" }, fuji]), ["Elsewhere Nevis omm_nevis", "stays Etna"])
      assert.deepStrictEqual(yield* planned([{ ...nevis, name: "Nevis" }, fuji, etna], { levels: ["omb_3"] }), ["Update Nevis room_level_id"])
    }).pipe(Effect.provide(Test)))

  it.effect("takes equipment in any order, and nothing for nothing", () =>
    Effect.gen(function*() {
      const device = [{ name: "phone" }, { name: "tv" }]
      const { room } = yield* Room.create({ room_level_id: "omb_3", name: "n", capacity: 1, device })
      const wanted = { room_level_id: "omb_3", name: "n", capacity: 1, description: "", device: device.toReversed() }
      const others = ["stays Nevis"]
      assert.deepStrictEqual(yield* planned([wanted]), others)
      assert.deepStrictEqual(yield* planned([{ ...wanted, device: [{ name: "tv" }] }]), ["Update n device", ...others])
      assert.strictEqual(room.name, "n")
    }).pipe(Effect.provide(Test)))

  it.effect("compares when a room is disabled, and forgets what is over", () =>
    Effect.gen(function*() {
      const disabled = (room_status: Room.NewRoomStatus) => [{ ...fuji, room_status }, etna]
      const later = { status: false, disable_start_time: "60", disable_end_time: "120", disable_reason: "paint", contact_ids: ["ou_2", "ou_1"] }
      assert.deepStrictEqual(yield* planned(disabled({ status: true })), [])
      assert.deepStrictEqual(yield* planned(disabled(later)), ["Update Fuji room_status"])
      yield* applied(yield* RoomProvision.plan(disabled(later)))
      const same = { ...later, contact_ids: ["ou_1", "ou_2"] }
      assert.deepStrictEqual(yield* planned(disabled(same)), [])
      assert.deepStrictEqual(yield* planned(disabled({ status: true })), ["Update Fuji room_status"])
      for (const other of [{ disable_start_time: "61" }, { disable_end_time: "0" }, { disable_reason: "?" }, { contact_ids: [] }, { disable_notice: true }, { resume_notice: true }]) {
        assert.deepStrictEqual(yield* planned(disabled({ ...later, ...other })), ["Update Fuji room_status"])
      }
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* planned(disabled(same)), [])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* planned(disabled(same)), [])
      assert.deepStrictEqual(yield* planned(disabled({ status: true })), [])
      yield* Room.patch({ room_id: "omm_fuji", room_status: { status: false } })
      const { changes } = yield* RoomProvision.plan(disabled(same))
      assert.deepStrictEqual(changes.map((change) => change._tag === "Update" ? change.fields.map(({ to }) => to) : []), [[{ status: true }]])
    }).pipe(Effect.provide(Test)))

  it.effect("fails where a level does not exist", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(RoomProvision.plan([fuji, { ...etna, room_level_id: "omb_none" }]))
      assert.strictEqual(error._tag, "VcDataNotFound")
    }).pipe(Effect.provide(Test)))

  it.effect("is the same where lists hold a level's own rooms only", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* planned([fuji, erta], { deleteUnlisted: true }), ["Create Erta", "Delete Etna"])
    }).pipe(Effect.provide(layerOf(contents, { rateLimits: false }, { roomList: "own" }))))
})

describe("applying a plan", () => {
  it.effect("makes the rooms as wanted, and tells each change once, when it is done", () =>
    Effect.gen(function*() {
      const wanted = [{ ...fuji, name: "Fujisan", device: [{ name: "tv" }] }, erta]
      const plan = yield* RoomProvision.plan(wanted, { deleteUnlisted: true })
      const seen: Array<string> = []
      yield* Stream.runForEach(RoomProvision.apply(plan), ({ _tag, change }) =>
        Effect.map(writes, (count) => seen.push(`${count} ${_tag} ${change._tag} ${nameOf(change)}`)))
      assert.deepStrictEqual(seen, ["1 Done Update Fujisan", "2 Done Create Erta", "3 Done Delete Etna"])
      const on = (yield* rooms).filter(({ room_level_id }) => room_level_id === "omb_1")
      assert.deepStrictEqual(on.map(({ capacity, custom_room_id, name }) => [name, capacity, custom_room_id]), [["Fujisan", 8, "1"], ["Erta", 6, "2"]])
      assert.deepStrictEqual(yield* planned(wanted, { deleteUnlisted: true }), [])
      assert.deepStrictEqual((yield* RoomProvision.plan([])).changes, [])
    }).pipe(Effect.provide(Test)))

  it.effect("keeps the documented pace", () =>
    Effect.gen(function*() {
      const plan = yield* RoomProvision.plan(
        Array.from({ length: 45 }, (_, index) => ({ room_level_id: "omb_3", name: `n${index}`, capacity: 1 }))
      )
      const fiber = yield* Effect.fork(applied(plan))
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* writes, 20)
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* writes, 45)
      assert.deepStrictEqual((yield* Fiber.join(fiber)).map(({ _tag }) => _tag), Arr.makeBy(45, () => "Done" as const))
      assert.strictEqual(yield* (yield* FakeFeishu.FakeFeishu).rejected, 0)
    }).pipe(Effect.provide(layerOf(contents, {}))))

  it.effect("looks for a room before it makes it again, where it is unknown whether it was made", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const nameless = { room_level_id: "omb_1", name: "Ale", capacity: 1 }
      const plan = yield* RoomProvision.plan([erta, nameless])
      yield* fake.script(Room.create, Fault.reset, { applied: true })
      yield* fake.script(Room.create, Fault.reset, { applied: false })
      assert.deepStrictEqual((yield* inTime(applied(plan))).map(({ _tag }) => _tag), ["Done", "Done"])
      assert.strictEqual(yield* fake.effectsOf(Room.create), 2)
      assert.lengthOf(yield* fake.requestsOf(Room.create), 3)
      assert.deepStrictEqual(yield* planned([erta, nameless]), ["stays Fuji", "stays Etna"])
      yield* fake.verify
    }).pipe(Effect.provide(Test)))

  it.effect("says that it is unknown after the second time, or where it cannot look", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const plan = yield* RoomProvision.plan([erta])
      const tags = Effect.map(inTime(applied(plan)), (results) => results.map((result) => result._tag === "Failed" ? result.error._tag : result._tag))
      yield* fake.script(Room.create, Fault.reset, { applied: false, times: 2 })
      assert.deepStrictEqual(yield* tags, ["OutcomeUnknown"])
      yield* fake.script(Room.create, Fault.reset, { applied: false })
      yield* fake.script(Room.list, Fault.answer({ status: 404, code: 121005, msg: "no permission" }))
      assert.deepStrictEqual(yield* tags, ["OutcomeUnknown"])
      assert.strictEqual(yield* fake.effectsOf(Room.create), 0)
      yield* fake.verify
    }).pipe(Effect.provide(Test)))

  it.effect("never makes a room again of which the platform said that it made it", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const unreadable = Fault.answer({ data: { room: {} } })
      const plan = yield* RoomProvision.plan([erta])
      yield* fake.script(Room.create, unreadable, { applied: true })
      assert.deepStrictEqual((yield* inTime(applied(plan))).map(({ _tag }) => _tag), ["Done"])
      yield* fake.script(Room.create, unreadable, { applied: false })
      const [result] = yield* inTime(applied(yield* RoomProvision.plan([{ ...erta, custom_room_id: "5" }])))
      assert.strictEqual(result?._tag === "Failed" ? result.error._tag : "", "ResponseInvalid")
      assert.lengthOf(yield* fake.requestsOf(Room.create), 2)
    }).pipe(Effect.provide(Test)))

  it.effect("skips the rest where it would fail alike, and goes on where it need not", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const plan = yield* RoomProvision.plan([{ ...fuji, capacity: 9 }, erta, { ...etna, capacity: 9 }])
      assert.lengthOf(plan.changes, 3)
      yield* fake.script(Room.patch, Fault.answer({ status: 404, code: 121005, msg: "no permission" }))
      yield* fake.script(Room.create, Fault.answer({ status: 400, code: 99991672, msg: "no scope" }))
      const results = yield* applied(plan)
      assert.deepStrictEqual(
        results.map((result) => [result._tag, result._tag === "Failed" ? result.error._tag : result._tag === "Skipped" ? result.because._tag : ""]),
        [["Failed", "VcNoPermission"], ["Failed", "ScopeNotGranted"], ["Skipped", "ScopeNotGranted"]]
      )
      assert.deepStrictEqual(results.map(({ change }) => change), plan.changes)
      assert.strictEqual(yield* writes, 0)
    }).pipe(Effect.provide(Test)))

  it.effect("takes for done what somebody else deleted, and not what somebody else deleted that is to change", () =>
    Effect.gen(function*() {
      const plan = yield* RoomProvision.plan([{ ...fuji, capacity: 9 }], { deleteUnlisted: true })
      yield* Effect.forEach(["omm_fuji", "omm_etna"], (room_id) => Room.delete({ room_id }))
      const results = yield* applied(plan)
      assert.deepStrictEqual(
        results.map((result) => `${result.change._tag} ${result._tag === "Failed" ? result.error._tag : result._tag}`),
        ["Update VcDataNotFound", "Delete Done"]
      )
    }).pipe(Effect.provide(Test)))

  it.effect("sends what a room has and nothing else that is written with it", () =>
    Effect.gen(function*() {
      const wanted = { ...erta, building: "HQ" }
      assert.deepStrictEqual((yield* applied(yield* RoomProvision.plan([wanted]))).map(({ _tag }) => _tag), ["Done"])
    }).pipe(Effect.provide(Test)))
})

// --- whatever there is, and whatever happens -----------------------------------

const level = FastCheck.constantFrom(...levels)
const capacity = FastCheck.integer({ min: 1, max: 3 })
const optional = <A>(arbitrary: FastCheck.Arbitrary<A>) => FastCheck.option(arbitrary, { nil: undefined })
const device = optional(FastCheck.array(FastCheck.record({ name: FastCheck.constantFrom("tv", "phone") }), { maxLength: 2 }))
const room_status = optional(FastCheck.record({ status: FastCheck.boolean() }))
const description = optional(FastCheck.constantFrom("", "quiet", "loud"))

const roomWith = (name: FastCheck.Arbitrary<string>, custom_room_id: FastCheck.Arbitrary<string | undefined>) =>
  FastCheck.record({ room_level_id: level, name, capacity, custom_room_id, description, device, room_status })

const roomsWith = (names: number, ids: number) =>
  roomWith(
    FastCheck.integer({ min: 1, max: names }).map((n) => `room ${n}`),
    optional(FastCheck.integer({ min: 1, max: ids }).map(String))
  )

/** None that could be another: no id twice, and no name on a level. */
const distinct = (room: FastCheck.Arbitrary<RoomProvision.WantedRoom>) =>
  FastCheck.uniqueArray(room, { maxLength: 8, selector: ({ name, room_level_id }) => `${room_level_id} ${name}` }).map((all) =>
    Arr.dedupeWith(all, (a, b) => a.custom_room_id !== undefined && a.custom_room_id === b.custom_room_id))

/** What happens to the next writes and reads, and after how many seconds everything is interrupted. */
const trouble = FastCheck.record({
  faults: FastCheck.array(
    FastCheck.record({
      operation: FastCheck.constantFrom(Room.create, Room.create, Room.patch, Room.delete, Room.list),
      fault: FastCheck.constantFrom(
        Fault.reset,
        Fault.hang,
        Fault.truncatedJson,
        Fault.unreachable(),
        Fault.html(502),
        Fault.throttled({ reset: "3" }),
        Fault.answer({ status: 500, code: 121001, msg: "internal error" }),
        Fault.answer({ status: 404, code: 121006, msg: "data conflict" })
      ),
      applied: FastCheck.boolean()
    }),
    { maxLength: 6 }
  ),
  interrupted: FastCheck.array(FastCheck.integer({ min: 0, max: 40 }), { maxLength: 3 })
})

/** A fault in place of an answer that refuses was not preceded by an act. */
const mayHaveActed = (fault: Fault.Fault) =>
  fault._tag !== "Unreachable" && !(fault._tag === "Answer" && (fault.answer.code === 121006 || fault.answer.status === 429))

interface Scene {
  readonly there: ReadonlyArray<Types.Simplify<RoomProvision.WantedRoom>>
  readonly wanted: ReadonlyArray<RoomProvision.WantedRoom>
  readonly deleteUnlisted: boolean
  readonly trouble: {
    readonly faults: ReadonlyArray<{ readonly operation: { readonly id: string }; readonly fault: Fault.Fault; readonly applied: boolean }>
    readonly interrupted: ReadonlyArray<number>
  }
}

const worldOf = ({ there }: Scene) =>
  layerOf({
    levels: [{ room_level_id: "omb_1" }, { room_level_id: "omb_2", parent_id: "omb_1" }, { room_level_id: "omb_3" }],
    rooms: there.map((room, index) => ({ ...room, room_id: `omm_${index}` }))
  }, { latency: "1 second", rateLimits: false })

/** Plans and applies until nothing is left, through whatever happens; answers the last plan, and every result. */
const untilDone = ({ deleteUnlisted, trouble, wanted }: Scene) =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    for (const { applied, fault, operation } of trouble.faults) {
      yield* fake.script(operation, fault, { applied: applied && mayHaveActed(fault) })
    }
    const options = { deleteUnlisted, levels }
    const results: Array<RoomProvision.Result> = []
    for (let round = 0; round < 20; round++) {
      const once = Effect.gen(function*() {
        const plan = yield* RoomProvision.plan(wanted, options)
        const got: Array<RoomProvision.Change> = []
        yield* Stream.runForEach(RoomProvision.apply(plan), (result) =>
          Effect.sync(() => {
            results.push(result)
            got.push(result.change)
          }))
        assert.deepStrictEqual(got, plan.changes)
        return plan
      })
      const limit = Duration.seconds(trouble.interrupted[round] ?? 100_000)
      const plan = yield* inTime(Effect.option(Effect.timeoutFail(once, { duration: limit, onTimeout: () => "interrupted" as const })))
      if (Option.isSome(plan) && plan.value.changes.length === 0) return { plan: plan.value, results }
    }
    return yield* Effect.dieMessage("there is always something left")
  })

const shown = (room: RoomProvision.WantedRoom | Room.Room) => ({
  room_level_id: room.room_level_id,
  name: room.name,
  capacity: room.capacity
})

const asWanted = (wanted: RoomProvision.WantedRoom, room: Room.Room) => {
  assert.deepStrictEqual(shown(room), shown(wanted))
  if (wanted.custom_room_id !== undefined) assert.strictEqual(room.custom_room_id, wanted.custom_room_id)
  if (wanted.description !== undefined) assert.strictEqual(room.description ?? "", wanted.description)
  if (wanted.device !== undefined) {
    assert.deepStrictEqual((room.device ?? []).map(({ name = "" }) => name).toSorted(), wanted.device.map(({ name }) => name).toSorted())
  }
  if (wanted.room_status !== undefined) assert.strictEqual(room.room_status?.status, wanted.room_status.status)
}

describe("whatever there is and happens", () => {
  const scene = (room: FastCheck.Arbitrary<ReadonlyArray<RoomProvision.WantedRoom>>) =>
    FastCheck.record({ there: room, wanted: room, deleteUnlisted: FastCheck.boolean(), trouble })

  it.effect.prop(
    "the rooms are as the list wants them in the end, each once",
    [scene(distinct(roomsWith(9, 9)))],
    ([drawn]) =>
      Effect.gen(function*() {
        const { plan } = yield* untilDone(drawn)
        assert.deepStrictEqual(plan.ambiguous, [])
        const all = yield* rooms
        const ids = all.map(({ room_id }) => room_id)
        assert.deepStrictEqual(plan.unchanged.map(({ wanted }) => wanted), drawn.wanted)
        for (const { room, wanted } of plan.unchanged) {
          const found = all.filter(({ room_id }) => room_id === room.room_id)
          assert.lengthOf(found, 1)
          asWanted(wanted, found[0]!)
        }
        // Each is another one, and besides them there is nothing but what was there and may stay.
        const stay = plan.unlisted.map(({ room_id }) => room_id)
        assert.deepStrictEqual([...plan.unchanged.map(({ room }) => room.room_id), ...stay].toSorted(), ids.toSorted())
        const before = drawn.there.map((_, index) => `omm_${index}`)
        assert.includeMembers(before, stay)
        assert.includeMembers(drawn.deleteUnlisted ? [] : ids, drawn.deleteUnlisted ? stay : before)
      }).pipe(Effect.provide(worldOf(drawn))),
    { fastCheck: { numRuns: 40 }, timeout: 120_000 }
  )

  it.effect.prop(
    "what is ambiguous is left alone, and nothing is made twice",
    [scene(FastCheck.array(roomsWith(3, 3), { maxLength: 7 }))],
    ([drawn]) =>
      Effect.gen(function*() {
        const options = { deleteUnlisted: drawn.deleteUnlisted, levels }
        const first = yield* inTime(RoomProvision.plan(drawn.wanted, options))
        const before = yield* rooms
        const { plan } = yield* untilDone(drawn)
        const all = yield* rooms
        for (const room of new Set(first.ambiguous.flatMap(({ rooms }) => rooms))) {
          assert.deepInclude(all, before.find(({ room_id }) => room_id === room.room_id))
        }
        assert.deepStrictEqual(plan.ambiguous.map(({ wanted }) => wanted), first.ambiguous.map(({ wanted }) => wanted))
        const creates = first.changes.filter(({ _tag }) => _tag === "Create")
        const deletes = first.changes.filter(({ _tag }) => _tag === "Delete")
        assert.lengthOf(all, before.length + creates.length - deletes.length)
        for (const { room, wanted } of plan.unchanged) asWanted(wanted, room)
      }).pipe(Effect.provide(worldOf(drawn))),
    { fastCheck: { numRuns: 40 }, timeout: 120_000 }
  )
})
