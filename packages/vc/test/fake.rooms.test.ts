import { FakeFeishu } from "@effect-feishu/core/testing"
import { ReserveConfig, Room, RoomConfig, RoomLevel, ScopeConfig } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Redacted, Stream, TestClock } from "effect"

const directory = {
  users: [
    { open_id: "ou_1", user_id: "one", union_id: "on_1" },
    { open_id: "ou_2", user_id: "two" },
    { open_id: "ou_3" }
  ],
  departments: [{ open_department_id: "od_1", members: ["ou_2"] }, { open_department_id: "od_2" }]
}

/** A site with two floors, on one of which no rooms can be, and a room beside. */
const contents: VcFake.Contents = {
  levels: [
    { room_level_id: "omb_site", name: "Site", custom_group_id: "100" },
    { room_level_id: "omb_f1", name: "First floor", parent_id: "omb_site", custom_group_id: "101", form: true },
    { room_level_id: "omb_f2", name: "Second floor", parent_id: "omb_site", rooms: false }
  ],
  rooms: [
    { room_id: "omm_fuji", room_level_id: "omb_f1", name: "Fuji", capacity: 8, custom_room_id: "1", form: true },
    { room_id: "omm_ararat", room_level_id: "omb_f1", name: "Ararat", description: "quiet", device: [{ name: "phone" }] },
    { room_id: "omm_hall", room_level_id: "omb_site", name: "Hall" },
    { room_id: "omm_lobby", name: "Lobby" }
  ]
}

const layer = (options?: VcFake.Options, user = { open_id: "ou_1" }) =>
  FakeFeishu.layerClient({ domains: [VcFake.domainOf(contents, options)], directory, user, rateLimits: false })

const Test = layer()

const fake = VcFake.VcFake

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const fails = <A, E extends { readonly _tag: string }, R>(tag: E["_tag"], ...calls: ReadonlyArray<Effect.Effect<A, E, R>>) =>
  Effect.forEach(calls, (call) => Effect.map(tagOf(call), (found) => assert.strictEqual(found, tag)))

const rooms = Effect.map(Effect.flatMap(fake, (vc) => vc.rooms), (all) => all.map(({ room_id }) => room_id))
const levels = Effect.map(Effect.flatMap(fake, (vc) => vc.levels), (all) => all.map(({ room_level_id }) => room_level_id))
const root = Effect.map(RoomLevel.get({ room_level_id: RoomLevel.tenantLevel }), ({ room_level }) => room_level.room_level_id)

const namesOf = (items: Iterable<{ readonly name?: string | undefined }>) => [...items].map(({ name }) => name)

describe("rooms", () => {
  it.effect("are made, seen everywhere, changed and deleted", () =>
    Effect.gen(function*() {
      const { room } = yield* Room.create({ room_level_id: "omb_f1", name: "Etna", capacity: 4, custom_room_id: "9", device: [{ name: "tv" }] })
      assert.deepInclude(room, { name: "Etna", capacity: 4, custom_room_id: "9", room_level_id: "omb_f1", device: [{ name: "tv" }] })
      assert.deepStrictEqual(room.path, [yield* root, "omb_site", "omb_f1"])
      assert.match(room.display_id ?? "", /^LM\d{9}$/)
      assert.deepStrictEqual(room.room_status, { status: true, schedule_status: true })
      const { room_id } = room

      yield* Room.patch({ room_id, name: "Vesuvius", room_level_id: "omb_site", custom_room_id: "" })
      const changed = (yield* Room.get({ room_id })).room
      assert.deepInclude(changed, { name: "Vesuvius", capacity: 4, room_level_id: "omb_site", display_id: room.display_id })
      assert.isUndefined(changed.custom_room_id)
      assert.deepStrictEqual((yield* Room.mget({ room_ids: [room_id, "omm_none", "omm_fuji"] })).items?.map(({ room_id }) => room_id), [room_id, "omm_fuji"])
      assert.include(yield* rooms, room_id)

      yield* Room.delete({ room_id })
      yield* fails("VcDataNotFound", Room.get({ room_id }))
      yield* fails("VcDataNotFound", Room.patch({ room_id, name: "n" }))
      yield* fails("VcDataNotFound", Room.delete({ room_id }))
      assert.notInclude(yield* rooms, room_id)
      assert.deepStrictEqual((yield* Room.mget({ room_ids: [room_id] })).items, [])
    }).pipe(Effect.provide(Test)))

  it.effect("are on levels that there are, and that take them", () =>
    Effect.gen(function*() {
      const create = (room_level_id: string, contact?: string) =>
        Room.create({ room_level_id, name: "n", capacity: 1, room_status: { status: false, ...contact === undefined ? {} : { contact_ids: [contact] } } })
      assert.strictEqual(yield* tagOf(create("omb_none")), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(create("omm_fuji")), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(create("omb_f2")), "VcRoomLevelNotAllowed")
      assert.strictEqual(yield* tagOf(create("omb_f1", "ou_nobody")), "VcInvalidParam")
      yield* fails("VcDataNotFound", Room.patch({ room_id: "omm_fuji", room_level_id: "omb_none" }))
      yield* fails("VcRoomLevelNotAllowed", Room.patch({ room_id: "omm_fuji", room_level_id: "omb_f2" }))
      yield* fails("VcInvalidParam", Room.patch({ room_id: "omm_fuji", room_status: { status: false, contact_ids: ["ou_nobody"] } }))
      assert.lengthOf(yield* rooms, 4)
    }).pipe(Effect.provide(Test)))

  it.effect("are listed page by page, and none is lost when one goes meanwhile", () =>
    Effect.gen(function*() {
      const first = yield* Room.list({ page_size: 2 })
      assert.deepStrictEqual(namesOf(first.rooms ?? []), ["Fuji", "Ararat"])
      assert.isTrue(first.has_more)
      yield* Room.delete({ room_id: "omm_fuji" })
      const last = yield* Room.list({ page_size: 2, page_token: first.page_token })
      assert.deepStrictEqual(namesOf(last.rooms ?? []), ["Hall", "Lobby"])
      assert.deepInclude(last, { has_more: false })
      assert.isUndefined(last.page_token)
      assert.deepStrictEqual(namesOf(yield* Stream.runCollect(Room.list.items({ page_size: 1 }))), ["Ararat", "Hall", "Lobby"])
      yield* fails("VcInvalidParam", Room.list({ page_token: "x" }))
      yield* fails("VcDataNotFound", Room.list({ room_level_id: "omb_none" }))
    }).pipe(Effect.provide(Test)))

  it.effect("are listed with those of the levels below, or without", () =>
    Effect.gen(function*() {
      const list = (room_level_id?: string) => Effect.map(Room.list({ room_level_id }), (page) => namesOf(page.rooms ?? []))
      const below = yield* Effect.provide(Effect.all([list(), list("omb_site"), list("omb_f1")]), Test)
      assert.deepStrictEqual(below, [["Fuji", "Ararat", "Hall", "Lobby"], ["Fuji", "Ararat", "Hall"], ["Fuji", "Ararat"]])
      const own = yield* Effect.provide(Effect.all([list(), list("omb_site"), list("omb_f1")]), layer({ roomList: "own" }))
      assert.deepStrictEqual(own, [["Fuji", "Ararat", "Hall", "Lobby"], ["Hall"], ["Fuji", "Ararat"]])
    }))

  it.effect("are searched by id, name and level", () =>
    Effect.gen(function*() {
      const search = (request: Room.SearchRequest) => Effect.map(Room.search(request), (page) => namesOf(page.rooms ?? []))
      assert.deepStrictEqual(yield* search({ custom_room_ids: ["1", "2"], keyword: "Hall", room_level_id: "omb_none" }), ["Fuji"])
      assert.deepStrictEqual(yield* search({ keyword: "a" }), ["Ararat", "Hall"])
      assert.deepStrictEqual(yield* search({ keyword: "floor" }), [])
      assert.deepStrictEqual(yield* search({ keyword: "floor", search_level_name: true }), ["Fuji", "Ararat"])
      assert.deepStrictEqual(yield* search({ room_level_id: "omb_site", page_size: 2 }), ["Fuji", "Ararat"])
      const all = yield* Stream.runCollect(Room.search.items({ room_level_id: "omb_site", page_size: 2 }))
      assert.deepStrictEqual(namesOf(all), ["Fuji", "Ararat", "Hall"])
      yield* fails("VcDataNotFound", Room.search({ room_level_id: "omb_none" }))
      yield* fails("VcInvalidParam", Room.search({ page_token: "x" }))
    }).pipe(Effect.provide(Test)))

  it.effect("are found by those who may reserve them", () =>
    Effect.gen(function*() {
      const only = (reserve_config_id: string, config: ReserveConfig.ReserveScopeConfig) =>
        ReserveConfig.patch({ reserve_config_id, scope_type: "2", reserve_scope_config: config })
      yield* only("omm_fuji", { allow_all_users: 0, allow_users: [{ user_id: "ou_2" }] })
      yield* only("omm_ararat", { allow_all_users: 0, allow_depts: [{ department_id: "od_1" }] })
      yield* only("omm_hall", { allow_all_users: 0, allow_depts: [{ department_id: "od_2" }] })
      const found = Effect.map(Stream.runCollect(Room.search.items({})), namesOf)
      assert.deepStrictEqual(yield* found, ["Lobby"])
      assert.deepStrictEqual(yield* Effect.provide(found, FakeFeishu.layerUser({ open_id: "ou_2" })), ["Fuji", "Ararat", "Lobby"])
    }).pipe(Effect.provide(Test)))

  it.effect("are disabled from one time to another, and name users by the ids that are asked for", () =>
    Effect.gen(function*() {
      const status = (user_id_type?: Room.GetRequest["user_id_type"]) =>
        Effect.map(Room.get({ room_id: "omm_fuji", user_id_type }), ({ room }) => room.room_status)
      yield* Room.patch({
        room_id: "omm_fuji",
        user_id_type: "user_id",
        room_status: { status: false, disable_start_time: "60", disable_end_time: "120", contact_ids: ["one", "two"] }
      })
      assert.deepInclude(yield* status(), { status: true, schedule_status: false, contact_ids: ["ou_1", "ou_2"] })
      assert.deepInclude(yield* status("user_id"), { contact_ids: ["one", "two"] })
      assert.deepInclude(yield* status("union_id"), { contact_ids: ["on_1"] })
      yield* TestClock.adjust("1 minute")
      assert.deepInclude(yield* status(), { status: false, schedule_status: true })
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* status(), { status: true, schedule_status: true })
      yield* Room.patch({ room_id: "omm_fuji", room_status: { status: false, disable_end_time: Room.disabledForGood } })
      yield* TestClock.adjust("365 days")
      assert.deepInclude(yield* status(), { status: false, schedule_status: false })
    }).pipe(Effect.provide(Test)))
})

describe("levels", () => {
  it.effect("are below the tenant's own", () =>
    Effect.gen(function*() {
      const id = yield* root
      assert.deepStrictEqual(yield* levels, [id, "omb_site", "omb_f1", "omb_f2"])
      const { room_level } = yield* RoomLevel.get({ room_level_id: id })
      assert.isUndefined(room_level.parent_id)
      assert.deepInclude(room_level, { path: [], has_child: true })
      assert.deepInclude((yield* RoomLevel.get({ room_level_id: "omb_f1" })).room_level, {
        name: "First floor",
        parent_id: "omb_site",
        path: [id, "omb_site"],
        has_child: false,
        custom_group_id: "101"
      })
      assert.deepStrictEqual(namesOf((yield* RoomLevel.list({})).items ?? []), ["Site"])
      assert.deepStrictEqual(
        namesOf(yield* Stream.runCollect(RoomLevel.list.items({ room_level_id: "omb_site", page_size: 1 }))),
        ["First floor", "Second floor"]
      )
    }).pipe(Effect.provide(Test)))

  it.effect("are made, found, renamed and moved with what is on them", () =>
    Effect.gen(function*() {
      const { room_level } = yield* RoomLevel.create({ name: "Annex", parent_id: yield* root, custom_group_id: "200" })
      const { room_level_id } = room_level
      assert.isFalse(room_level.has_child)
      yield* RoomLevel.patch({ room_level_id: "omb_f1", name: "Ground floor", parent_id: room_level_id })
      assert.isTrue((yield* RoomLevel.get({ room_level_id })).room_level.has_child)
      assert.deepStrictEqual((yield* Room.get({ room_id: "omm_fuji" })).room.path, [yield* root, room_level_id, "omb_f1"])
      assert.deepStrictEqual((yield* RoomLevel.search({ custom_level_ids: "101,200,300" })).level_ids, ["omb_f1", room_level_id])
      assert.deepStrictEqual(namesOf((yield* RoomLevel.mget({ level_ids: ["omb_f1", "omb_none"] })).items ?? []), ["Ground floor"])
    }).pipe(Effect.provide(Test)))

  it.effect("go with all that is below them", () =>
    Effect.gen(function*() {
      yield* RoomLevel.delete({ room_level_id: "omb_site", delete_child: true })
      assert.deepStrictEqual(yield* levels, [yield* root])
      assert.deepStrictEqual(yield* rooms, ["omm_lobby"])
      yield* fails("VcDataNotFound", RoomLevel.get({ room_level_id: "omb_f1" }))
      yield* fails("VcDataNotFound", Room.get({ room_id: "omm_fuji" }))
      yield* fails("VcDataNotFound", RoomLevel.delete({ room_level_id: "omb_site", delete_child: true }))
    }).pipe(Effect.provide(Test)))

  it.effect("go alone: what is on them moves up", () =>
    Effect.gen(function*() {
      yield* RoomLevel.delete({ room_level_id: "omb_f1" })
      assert.strictEqual((yield* Room.get({ room_id: "omm_fuji" })).room.room_level_id, "omb_site")
      yield* RoomLevel.delete({ room_level_id: "omb_site" })
      assert.strictEqual((yield* RoomLevel.get({ room_level_id: "omb_f2" })).room_level.parent_id, yield* root)
      const { room_level } = yield* RoomLevel.create({ name: "n", parent_id: "omb_f2" })
      yield* Room.create({ room_level_id: room_level.room_level_id, name: "n", capacity: 1 })
      yield* fails("VcRoomLevelNotAllowed", RoomLevel.delete({ room_level_id: room_level.room_level_id }))
    }).pipe(Effect.provide(Test)))

  it.effect("fail as documented", () =>
    Effect.gen(function*() {
      const id = yield* root
      yield* fails("VcDataNotFound", RoomLevel.get({ room_level_id: "omm_fuji" }))
      yield* fails("VcDataNotFound", RoomLevel.list({ room_level_id: "omb_none" }))
      yield* fails("VcInvalidParam", RoomLevel.list({ page_token: "-" }))
      yield* fails("VcDataNotFound", RoomLevel.create({ name: "n", parent_id: RoomLevel.tenantLevel }))
      yield* fails(
        "VcDataNotFound",
        RoomLevel.patch({ room_level_id: "omb_none", name: "n", parent_id: id }),
        RoomLevel.patch({ room_level_id: "omb_f1", name: "n", parent_id: "omb_none" })
      )
      yield* fails(
        "VcInvalidParam",
        RoomLevel.patch({ room_level_id: id, name: "n", parent_id: "omb_site" }),
        RoomLevel.patch({ room_level_id: "omb_site", name: "n", parent_id: "omb_site" }),
        RoomLevel.patch({ room_level_id: "omb_site", name: "n", parent_id: "omb_f1" })
      )
      yield* fails("VcNotSupported", RoomLevel.delete({ room_level_id: id, delete_child: true }))
    }).pipe(Effect.provide(Test)))

  it.effect("can be added later, and ids are never given twice", () =>
    Effect.gen(function*() {
      const { add } = yield* fake
      yield* add({ levels: [{ room_level_id: "omb_new" }], rooms: [{ room_id: "omm_00000000000000000000000000000011", room_level_id: "omb_new" }] })
      const made = yield* Effect.replicateEffect(Room.create({ room_level_id: "omb_new", name: "n", capacity: 1 }), 5)
      assert.strictEqual(new Set(yield* rooms).size, 10)
      assert.strictEqual(new Set(made.map(({ room }) => room.display_id)).size, 5)
    }).pipe(Effect.provide(Test)))
})

describe("configurations", () => {
  const get = (scope_type: 1 | 2, scope_id: string, user_id_type?: ScopeConfig.GetRequest["user_id_type"]) =>
    ScopeConfig.get({ scope_type, scope_id, user_id_type })
  const current = (scope_type: 1 | 2, scope_id: string) => Effect.map(get(scope_type, scope_id), (answer) => answer.current_config?.scope_config)

  it.effect("come from the nearest that sets them", () =>
    Effect.gen(function*() {
      yield* ScopeConfig.create({ scope_type: 1, scope_id: "omb_site", scope_config: { room_background: "site", display_background: "site" } })
      yield* ScopeConfig.create({ scope_type: 2, scope_id: "omm_fuji", scope_config: { display_background: "fuji" } })
      yield* ScopeConfig.create({ scope_type: 2, scope_id: "omm_fuji" })
      const { current_config, origin_configs } = yield* get(2, "omm_fuji")
      assert.deepStrictEqual(current_config, {
        scope_type: 2,
        scope_id: "omm_fuji",
        scope_config: { room_background: "site", display_background: "fuji" }
      })
      assert.deepStrictEqual(origin_configs, [
        { scope_type: 2, scope_id: "omm_fuji", scope_config: { display_background: "fuji" } },
        { scope_type: 1, scope_id: "omb_f1", scope_config: {} },
        { scope_type: 1, scope_id: "omb_site", scope_config: { room_background: "site", display_background: "site" } },
        { scope_type: 1, scope_id: yield* root, scope_config: {} }
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("give what is played to all below, if asked to, and new materials an id", () =>
    Effect.gen(function*() {
      const signage = (if_cover_child_scope: boolean, enable: boolean) =>
        ScopeConfig.create({
          scope_type: 1,
          scope_id: "omb_site",
          scope_config: { digital_signage: { if_cover_child_scope, enable, materials: [{ name: "a" }, { id: "7", name: "b" }] } }
        })
      yield* ScopeConfig.create({ scope_type: 2, scope_id: "omm_fuji", scope_config: { digital_signage: { enable: false } } })
      yield* signage(false, true)
      assert.deepStrictEqual((yield* current(2, "omm_fuji"))?.digital_signage, { enable: false })
      yield* signage(true, true)
      const played = (yield* current(2, "omm_fuji"))?.digital_signage
      assert.isTrue(played?.enable)
      assert.deepStrictEqual(namesOf(played?.materials ?? []), ["a", "b"])
      assert.match(played?.materials?.[0]?.id ?? "", /^\d+$/)
      assert.strictEqual(played?.materials?.[1]?.id, "7")
    }).pipe(Effect.provide(Test)))

  it.effect("say whether rooms can be used, as the rooms do", () =>
    Effect.gen(function*() {
      const status = (room_id: string) => Effect.map(Room.get({ room_id }), ({ room }) => room.room_status?.status)
      yield* ScopeConfig.create({
        scope_type: 1,
        scope_id: "omb_f1",
        user_id_type: "user_id",
        scope_config: { room_status: { status: false, contact_ids: ["one"] } }
      })
      assert.isFalse(yield* status("omm_fuji"))
      yield* Room.patch({ room_id: "omm_fuji", room_status: { status: true } })
      assert.isTrue(yield* status("omm_fuji"))
      assert.isFalse(yield* status("omm_ararat"))
      assert.deepStrictEqual((yield* current(2, "omm_fuji"))?.room_status, { status: true })
      assert.deepStrictEqual((yield* current(2, "omm_ararat"))?.room_status, { status: false, contact_ids: ["ou_1"] })
      assert.deepStrictEqual((yield* get(1, "omb_f1", "user_id")).current_config?.scope_config?.room_status?.contact_ids, ["one"])
    }).pipe(Effect.provide(Test)))

  it.effect("fail as documented", () =>
    Effect.gen(function*() {
      yield* fails("VcDataNotFound", get(1, "omm_fuji"), get(2, "omb_f1"))
      yield* fails("VcDataNotFound", ScopeConfig.create({ scope_type: 2, scope_id: "omm_none" }))
      const contact_ids = ["ou_nobody"]
      yield* fails(
        "VcInvalidParam",
        ScopeConfig.create({ scope_type: 2, scope_id: "omm_fuji", scope_config: { room_status: { status: false, contact_ids } } })
      )
      yield* fails("VcInvalidParam", RoomConfig.set({ scope: 1, room_config: { room_status: { status: false, contact_ids } } }))
      yield* fails("VcDataNotFound", RoomConfig.set({ scope: 6, room_id: "omm_none", room_config: {} }))
      yield* fails("VcDataNotFound", RoomConfig.query({ scope: 6, room_id: "omm_none" }))
      yield* fails("VcDataNotFound", RoomConfig.setRoomAccessCode({ scope: 6, room_id: "omm_none", valid_day: 1 }))
    }).pipe(Effect.provide(Test)))

  it.effect("of old are kept per scope, and are those of today for the tenant and a room", () =>
    Effect.gen(function*() {
      const scopes = [
        { scope: 1 },
        { scope: 2, country_id: "1" },
        { scope: 3, country_id: "1", district_id: "2" },
        { scope: 4, building_id: "1" },
        { scope: 5, building_id: "1", floor_name: "2" },
        { scope: 6, room_id: "omm_fuji" }
      ] as const
      for (const scope of scopes) {
        assert.deepStrictEqual(yield* RoomConfig.query(scope), {})
        yield* RoomConfig.set({ ...scope, user_id_type: "user_id", room_config: { room_background: `${scope.scope}`, room_status: { status: true, contact_ids: ["one"] } } })
      }
      for (const scope of scopes) {
        assert.deepStrictEqual(yield* RoomConfig.query(scope), {
          room_background: `${scope.scope}`,
          room_status: { status: true, contact_ids: ["ou_1"] }
        })
      }
      assert.deepStrictEqual(yield* RoomConfig.query({ scope: 4, building_id: "2" }), {})
      assert.strictEqual((yield* current(2, "omm_lobby"))?.room_background, "1")
      assert.strictEqual((yield* current(2, "omm_fuji"))?.room_background, "6")
    }).pipe(Effect.provide(Test)))

  it.effect("have codes, another one each time", () =>
    Effect.gen(function*() {
      const codes = yield* Effect.forEach(
        [RoomConfig.setRoomAccessCode, RoomConfig.setCheckboardAccessCode, RoomConfig.setRoomAccessCode],
        (make) => make({ scope: 5, building_id: "1", floor_name: "2", valid_day: 7 })
      )
      const texts = codes.map(({ access_code }) => Redacted.value(access_code))
      for (const text of texts) assert.match(text, /^[A-Z]{9}$/)
      assert.strictEqual(new Set(texts).size, 3)
    }).pipe(Effect.provide(Test)))
})

describe("reservations", () => {
  const room = { reserve_config_id: "omm_fuji", scope_type: 2 } as const

  it.effect("are read as they were set, users by the ids that are asked for", () =>
    Effect.gen(function*() {
      yield* ReserveConfig.patch({
        reserve_config_id: "omb_f1",
        scope_type: "1",
        user_id_type: "user_id",
        approval_config: { approval_switch: 1, approval_condition: 0, approvers: [{ user_id: "one" }] },
        time_config: { time_switch: 1, max_duration: 5, if_cover_child_scope: true },
        reserve_scope_config: { allow_all_users: 0, allow_users: [{ user_id: "two" }], allow_depts: [{ department_id: "od_1" }] }
      })
      const level = yield* ReserveConfig.reserveScope({ scope_id: "omb_f1", scope_type: "1", user_id_type: "user_id" })
      assert.deepStrictEqual(level.approve_config, {
        approval_switch: 1,
        approval_condition: 0,
        meeting_duration: 99,
        approvers: [{ user_id: "one" }]
      })
      assert.deepInclude(level.time_config, { max_duration: 5, if_cover_child_scope: true })
      assert.deepStrictEqual(level.reserve_scope_config, {
        if_cover_child_scope: false,
        allow_all_users: 0,
        allow_users: [{ user_id: "two" }],
        allow_depts: [{ department_id: "od_1" }]
      })
      const below = yield* ReserveConfig.reserveScope({ scope_id: "omm_fuji", scope_type: "2" })
      assert.deepInclude(below.time_config, { max_duration: 5, if_cover_child_scope: false })
      assert.deepInclude(below.reserve_scope_config, { allow_all_users: 1 })
    }).pipe(Effect.provide(Test)))

  it.effect("have forms", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* ReserveConfig.getForm(room)).reserve_form_config, {
        if_cover_child_scope: false,
        reserve_form: false,
        notified_users: [],
        time_unit: 3
      })
      yield* ReserveConfig.patchForm({
        reserve_config_id: "omb_f1",
        scope_type: 1,
        reserve_form_config: { if_cover_child_scope: true, reserve_form: true, notified_users: [{ user_id: "ou_1" }], notified_time: 5, time_unit: 1 }
      })
      assert.deepInclude((yield* ReserveConfig.getForm(room)).reserve_form_config, {
        reserve_form: true,
        notified_users: [{ user_id: "ou_1" }],
        notified_time: 5,
        time_unit: 1
      })
      yield* fails("VcReserveFormNotConfigured", ReserveConfig.getForm({ ...room, reserve_config_id: "omm_hall" }))
    }).pipe(Effect.provide(Test)))

  it.effect("have administrators, where the plan includes them", () =>
    Effect.gen(function*() {
      const set = (reserve_admin_config: ReserveConfig.ReserveAdminConfig) => ReserveConfig.patchAdmin({ ...room, reserve_admin_config })
      yield* set({ users: [{ user_id: "ou_1" }] })
      yield* set({ depts: [{ department_id: "od_1" }] })
      assert.deepStrictEqual((yield* ReserveConfig.getAdmin(room)).reserve_admin_config, {
        users: [{ user_id: "ou_1" }],
        depts: [{ department_id: "od_1" }]
      })
      yield* fails("VcInvalidUserId", set({ users: [{ user_id: "ou_nobody" }] }))
      yield* fails("VcInvalidDepartmentId", set({ depts: [{ department_id: "od_none" }] }))
      const other = layer({ reserveAdmins: false })
      yield* Effect.provide(fails("VcPackageUpgradeRequired", set({})), other)
      yield* Effect.provide(fails("VcPackageUpgradeRequired", ReserveConfig.getAdmin(room)), other)
    }).pipe(Effect.provide(Test)))

  it.effect("tell some when a room is disabled", () =>
    Effect.gen(function*() {
      const set = (disable_inform: ReserveConfig.DisableInformConfig, id = "omb_f1") =>
        ReserveConfig.patchDisableInform({ reserve_config_id: id, scope_type: 1, disable_inform })
      yield* set({ if_inform: true, if_cover_child_scope: true, informed_users: [{ user_id: "ou_1" }], informed_depts: [{ department_id: "od_2" }] })
      yield* set({ if_inform: false })
      assert.deepStrictEqual((yield* ReserveConfig.getDisableInform(room)).disable_inform, {
        if_cover_child_scope: false,
        if_inform: true,
        informed_users: [{ user_id: "ou_1" }],
        informed_depts: [{ department_id: "od_2" }]
      })
      assert.deepInclude((yield* ReserveConfig.getDisableInform({ reserve_config_id: "omb_f1", scope_type: 1 })).disable_inform, {
        if_inform: false,
        informed_users: [{ user_id: "ou_1" }]
      })
      yield* fails("VcInvalidUserId", set({ if_inform: true, informed_users: [{ user_id: "ou_nobody" }] }))
      yield* fails("VcInvalidDepartmentId", set({ if_inform: true, informed_depts: [{ department_id: "od_none" }] }))
    }).pipe(Effect.provide(Test)))

  it.effect("are of a room or a level that there is", () =>
    Effect.gen(function*() {
      const wrong = { reserve_config_id: "omm_fuji", scope_type: 1 } as const
      const tags = yield* Effect.all([
        tagOf(ReserveConfig.reserveScope({ scope_id: "omb_f1", scope_type: "2" })),
        tagOf(ReserveConfig.getForm(wrong)),
        tagOf(ReserveConfig.getAdmin(wrong)),
        tagOf(ReserveConfig.patchAdmin({ ...wrong, reserve_admin_config: {} })),
        tagOf(ReserveConfig.getDisableInform(wrong)),
        tagOf(ReserveConfig.patchDisableInform({ ...wrong, disable_inform: { if_inform: true } }))
      ])
      assert.deepStrictEqual([...new Set(tags)], ["VcRoomOrLevelNotFound"])
    }).pipe(Effect.provide(Test)))
})

it.effect("keeps a directory that knows everybody consistent", () =>
  Effect.gen(function*() {
    const room_status = { status: false, contact_ids: ["u1"] }
    const { room } = yield* Room.create({ room_level_id: yield* root, name: "n", capacity: 1, user_id_type: "user_id", room_status })
    assert.deepStrictEqual(room.room_status?.contact_ids, ["u1"])
    assert.deepStrictEqual((yield* Room.get({ room_id: room.room_id })).room.room_status?.contact_ids, ["ou_of_u1"])
    assert.strictEqual(Chunk.size(yield* Stream.runCollect(Room.list.items({}))), 1)
  }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [VcFake.domain] }))))
