import { Room, RoomConfig, RoomLevel, ScopeConfig } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { Redacted, Schema } from "effect"
import { violations } from "../../core/test/violations.ts"

/** Texts on both sides of a documented length of 1 to 100 characters. */
const holdsAnId = (field: string, call: (id: string) => ReadonlyArray<string>) => {
  assert.deepStrictEqual([1, 100].flatMap((length) => call("x".repeat(length))), [])
  assert.deepStrictEqual(call(""), [`${field}: must be a string at least 1 character(s) long`])
  assert.deepStrictEqual(call("x".repeat(101)), [`${field}: must be a string at most 100 character(s) long`])
}

const holdsAPageSize = (call: (page_size: unknown) => ReadonlyArray<string>) => {
  assert.deepStrictEqual([undefined, 1, 100].flatMap(call), [])
  for (const size of [-1, 0, 101]) assert.deepStrictEqual(call(size), ["page_size: must be a number between 1 and 100"])
  assert.deepStrictEqual(call(1.5), ["page_size: must be an integer"])
}

const ofUsers = [`user_id_type: must be one of "open_id", "union_id", "user_id"`]

describe("vc.room", () => {
  const create = (fields: object) => violations(Room.create, { name: "n", capacity: 1, room_level_id: "omb_1", ...fields })
  const patch = (fields: object) => violations(Room.patch, { room_id: "omm_1", ...fields })

  it("is created with a name, a capacity and a level", () => {
    assert.deepStrictEqual(create({}), [])
    assert.deepStrictEqual(violations(Room.create, {}), [
      "name: is missing",
      "capacity: is missing",
      "room_level_id: is missing"
    ])
  })

  it("is changed field by field", () => {
    assert.deepStrictEqual(patch({}), [])
    assert.deepStrictEqual(patch({ name: "n" }), [])
    assert.deepStrictEqual(violations(Room.patch, {}), ["room_id: is missing"])
  })

  it("holds a whole number of people", () => {
    for (const call of [create, patch]) {
      assert.deepStrictEqual(call({ capacity: 10 }), [])
      assert.deepStrictEqual(call({ capacity: 1.5 }), ["capacity: must be an integer"])
      assert.deepStrictEqual(call({ capacity: "10" }), ["capacity: must be a number"])
    }
  })

  it("has a status that says whether it is enabled, and never what the platform plans", () => {
    for (const call of [create, patch]) {
      assert.deepStrictEqual(call({ room_status: { status: false } }), [])
      assert.deepStrictEqual(call({ room_status: {} }), ["room_status.status: is missing"])
      assert.deepStrictEqual(call({ room_status: { status: true, schedule_status: true } }), [
        "room_status.schedule_status: is unexpected"
      ])
    }
  })

  it("is disabled from one second to another, or for good", () => {
    for (const call of [create, patch]) {
      for (const field of ["disable_start_time", "disable_end_time"]) {
        const at = (value: unknown) => call({ room_status: { status: false, [field]: value } })
        assert.deepStrictEqual([undefined, "0", "1652356050", "253402300799"].flatMap(at), [])
        for (const text of ["", "-1", "1.5", "253402300800", "2022-05-12"]) {
          assert.deepStrictEqual(at(text), [`room_status.${field}: must be whole seconds since 1970, as text`])
        }
        assert.deepStrictEqual(at(1652356050), [`room_status.${field}: must be a string`])
      }
    }
    assert.deepStrictEqual(create({ room_status: { status: false, disable_end_time: Room.disabledForGood } }), [])
    assert.strictEqual(Room.disabledForGood, "0")
  })

  it("has devices with names", () => {
    for (const call of [create, patch]) {
      assert.deepStrictEqual(call({ device: [] }), [])
      assert.deepStrictEqual(call({ device: [{ name: "phone" }, {}] }), ["device[1].name: is missing"])
    }
  })

  it("has an id of 1 to 100 characters where it is changed or deleted", () => {
    holdsAnId("room_id", (room_id) => patch({ room_id }))
    holdsAnId("room_id", (room_id) => violations(Room.delete, { room_id }))
    assert.deepStrictEqual(violations(Room.get, { room_id: "" }), ["room_id: must not be empty"])
    assert.deepStrictEqual(violations(Room.get, { room_id: "x".repeat(101) }), [])
  })

  it("is listed and searched page by page", () => {
    holdsAPageSize((page_size) => violations(Room.list, { page_size }))
    holdsAPageSize((page_size) => violations(Room.search, { page_size }))
    assert.deepStrictEqual(violations(Room.list, {}), [])
    assert.deepStrictEqual(violations(Room.search, {}), [])
  })

  it("is looked for by ids and by words, of which the platform takes the ids", () => {
    const custom_room_ids = ["10001"]
    assert.deepStrictEqual(violations(Room.search, { custom_room_ids }), [])
    assert.deepStrictEqual(violations(Room.search, { custom_room_ids, keyword: "k", search_level_name: true }), [])
    assert.deepStrictEqual(violations(Room.search, { custom_room_ids: "10001" }), ["custom_room_ids: must be a list"])
  })

  it("is read together with any number of others", () => {
    const some = (count: number) => violations(Room.mget, { room_ids: Array.from({ length: count }, (_, index) => `omm_${index}`) })
    assert.deepStrictEqual([0, 1, 1000].flatMap(some), [])
    assert.deepStrictEqual(violations(Room.mget, {}), ["room_ids: is missing"])
  })

  it("names users by a kind of id", () => {
    for (const user_id_type of ["open_id", "union_id", "user_id"]) {
      assert.deepStrictEqual([create({ user_id_type }), patch({ user_id_type })].flat(), [])
    }
    const user_id_type = "email"
    assert.deepStrictEqual(create({ user_id_type }), ofUsers)
    assert.deepStrictEqual(patch({ user_id_type }), ofUsers)
    assert.deepStrictEqual(violations(Room.get, { room_id: "omm_1", user_id_type }), ofUsers)
    assert.deepStrictEqual(violations(Room.list, { user_id_type }), ofUsers)
    assert.deepStrictEqual(violations(Room.mget, { room_ids: [], user_id_type }), ofUsers)
    assert.deepStrictEqual(violations(Room.search, { user_id_type }), ofUsers)
  })
})

describe("vc.roomLevel", () => {
  it("has a name and a parent", () => {
    assert.deepStrictEqual(violations(RoomLevel.create, { name: "n", parent_id: "omb_1" }), [])
    assert.deepStrictEqual(violations(RoomLevel.create, {}), ["name: is missing", "parent_id: is missing"])
    assert.deepStrictEqual(violations(RoomLevel.patch, { room_level_id: "omb_2" }), ["name: is missing", "parent_id: is missing"])
  })

  it("has an id of 1 to 100 characters where it is changed or deleted", () => {
    holdsAnId("room_level_id", (room_level_id) => violations(RoomLevel.delete, { room_level_id }))
    holdsAnId("room_level_id", (room_level_id) => violations(RoomLevel.patch, { room_level_id, name: "n", parent_id: "omb_1" }))
    assert.deepStrictEqual(violations(RoomLevel.get, { room_level_id: "x".repeat(101) }), [])
    assert.deepStrictEqual(violations(RoomLevel.get, { room_level_id: RoomLevel.tenantLevel }), [])
    assert.strictEqual(RoomLevel.tenantLevel, "0")
  })

  it("is deleted with or without what is below", () => {
    for (const delete_child of [true, false, undefined]) {
      assert.deepStrictEqual(violations(RoomLevel.delete, { room_level_id: "omb_1", delete_child }), [])
    }
    assert.deepStrictEqual(violations(RoomLevel.delete, { room_level_id: "omb_1", delete_child: 1 }), [
      "delete_child: must be a boolean"
    ])
  })

  it("is listed page by page", () => {
    holdsAPageSize((page_size) => violations(RoomLevel.list, { page_size }))
  })

  it("is read together with any number of others", () => {
    const level_ids = Array.from({ length: 1000 }, (_, index) => `omb_${index}`)
    assert.deepStrictEqual([[], level_ids].flatMap((level_ids) => violations(RoomLevel.mget, { level_ids })), [])
    assert.deepStrictEqual(violations(RoomLevel.mget, {}), ["level_ids: is missing"])
  })

  it("is searched by ids in one text", () => {
    assert.deepStrictEqual(violations(RoomLevel.search, { custom_level_ids: "1000,1001" }), [])
    assert.deepStrictEqual(violations(RoomLevel.search, { custom_level_ids: ["1000"] }), ["custom_level_ids: must be a string"])
    assert.deepStrictEqual(violations(RoomLevel.search, {}), ["custom_level_ids: is missing"])
  })
})

/** What the configurations of rooms have in common, old and new. */
const configures = (at: string, set: (config: object) => ReadonlyArray<string>) => {
  for (const signage of ["digital_signage", "room_box_digital_signage"]) {
    const play = (fields: object) => set({ [signage]: fields })
    const material = (fields: object) => play({ materials: [{}, fields] })

    it(`plays ${signage} from 1 to 720 minutes after a meeting, and until as many before one`, () => {
      for (const field of ["start_display", "stop_display"]) {
        assert.deepStrictEqual([1, 720, undefined].flatMap((minutes) => play({ [field]: minutes })), [])
        for (const minutes of [0, 721]) {
          assert.deepStrictEqual(play({ [field]: minutes }), [`${at}.${signage}.${field}: must be a number between 1 and 720`])
        }
        assert.deepStrictEqual(play({ [field]: 1.5 }), [`${at}.${signage}.${field}: must be an integer`])
      }
    })

    it(`plays each material of ${signage} for 1 to 43200 seconds`, () => {
      assert.deepStrictEqual([1, 43_200, undefined].flatMap((duration) => material({ duration })), [])
      for (const duration of [0, 43_201]) {
        assert.deepStrictEqual(material({ duration }), [
          `${at}.${signage}.materials[1].duration: must be a number between 1 and 43200`
        ])
      }
      assert.deepStrictEqual(material({ duration: 1.5 }), [`${at}.${signage}.materials[1].duration: must be an integer`])
    })

    it(`knows the documented kinds of material in ${signage}, and the one in the examples`, () => {
      for (const material_type of [0, ...Object.values(ScopeConfig.MaterialType)]) {
        assert.deepStrictEqual(material({ material_type }), [])
      }
      for (const material_type of [-1, 4]) {
        assert.deepStrictEqual(material({ material_type }), [
          `${at}.${signage}.materials[1].material_type: must be one of 0, 1, 2, 3`
        ])
      }
    })

    it(`takes the size of a material of ${signage} in bytes, as text`, () => {
      assert.deepStrictEqual(["0", "100", "9".repeat(15)].flatMap((size) => material({ size })), [])
      for (const size of ["", "-1", "1.5", "1e3", "100 KB", "9".repeat(16)]) {
        assert.deepStrictEqual(material({ size }), [
          `${at}.${signage}.materials[1].size: must be a whole number of bytes, as text`
        ])
      }
      assert.deepStrictEqual(material({ size: 100 }), [`${at}.${signage}.materials[1].size: must be a string`])
    })

    it(`says whether ${signage} holds below`, () => {
      assert.deepStrictEqual([true, false].flatMap((if_cover_child_scope) => play({ if_cover_child_scope })), [])
    })
  }

  it("has a status that says whether rooms are enabled, and never what the platform plans", () => {
    assert.deepStrictEqual(set({ room_status: { status: true } }), [])
    assert.deepStrictEqual(set({ room_status: {} }), [`${at}.room_status.status: is missing`])
    assert.deepStrictEqual(set({ room_status: { status: true, schedule_status: true } }), [
      `${at}.room_status.schedule_status: is unexpected`
    ])
    assert.deepStrictEqual(set({ room_status: { status: true, disable_end_time: "tomorrow" } }), [
      `${at}.room_status.disable_end_time: must be whole seconds since 1970, as text`
    ])
  })
}

describe("vc.scopeConfig", () => {
  const scope = { scope_type: 2, scope_id: "omm_1" }

  it("is that of a level or a room", () => {
    assert.deepStrictEqual(Object.values(ScopeConfig.ScopeType), [1, 2])
    assert.deepStrictEqual(Object.values(ScopeConfig.MaterialType), [1, 2, 3])
    for (const operation of [ScopeConfig.create, ScopeConfig.get]) {
      for (const scope_type of [1, 2]) assert.deepStrictEqual(violations(operation, { ...scope, scope_type }), [])
      for (const scope_type of [0, 3, "1"]) {
        assert.deepStrictEqual(violations(operation, { ...scope, scope_type }), ["scope_type: must be one of 1, 2"])
      }
      assert.deepStrictEqual(violations(operation, {}), ["scope_type: is missing", "scope_id: is missing"])
      assert.deepStrictEqual(violations(operation, { ...scope, user_id_type: "email" }), ofUsers)
    }
  })

  configures("scope_config", (scope_config) => violations(ScopeConfig.create, { ...scope, scope_config }))
})

describe("vc.roomConfig", () => {
  const operations = [
    ["query", RoomConfig.query, {}],
    ["set", RoomConfig.set, { room_config: {} }],
    ["setCheckboardAccessCode", RoomConfig.setCheckboardAccessCode, { valid_day: 1 }],
    ["setRoomAccessCode", RoomConfig.setRoomAccessCode, { valid_day: 1 }]
  ] as const

  const names = { country_id: "086", district_id: "001", building_id: "22", floor_name: "4", room_id: "6383786266263" }

  const needed: ReadonlyArray<readonly [scope: number, names: ReadonlyArray<keyof typeof names>]> = [
    [RoomConfig.Scope.tenant, []],
    [RoomConfig.Scope.country, ["country_id"]],
    [RoomConfig.Scope.city, ["country_id", "district_id"]],
    [RoomConfig.Scope.building, ["building_id"]],
    [RoomConfig.Scope.floor, ["building_id", "floor_name"]],
    [RoomConfig.Scope.room, ["room_id"]]
  ]

  for (const [name, operation, rest] of operations) {
    it(`is named as far as its scope needs it: ${name}`, () => {
      for (const [scope, fields] of needed) {
        const place = { scope, ...Object.fromEntries(fields.map((field) => [field, names[field]])) }
        assert.deepStrictEqual(violations(operation, { ...rest, ...place }), [])
        assert.deepStrictEqual(violations(operation, { ...rest, ...names, scope }), [])
        assert.deepStrictEqual(
          violations(operation, { ...rest, scope }),
          fields.map((field) => `${field}: is required where scope is ${scope}`)
        )
        for (const field of fields) {
          assert.deepStrictEqual(violations(operation, { ...rest, ...names, scope, [field]: undefined }), [
            `${field}: is required where scope is ${scope}`
          ])
        }
      }
    })

    it(`knows the documented scopes only: ${name}`, () => {
      assert.deepStrictEqual(Object.values(RoomConfig.Scope), [1, 2, 3, 4, 5, 6])
      for (const scope of [0, 7, "1"]) {
        assert.deepStrictEqual(violations(operation, { ...rest, ...names, scope }), ["scope: must be one of 1, 2, 3, 4, 5, 6"])
      }
    })
  }

  it("needs something to set", () => {
    assert.deepStrictEqual(violations(RoomConfig.set, { scope: 1 }), ["room_config: is missing"])
  })

  configures("room_config", (room_config) => violations(RoomConfig.set, { scope: 1, room_config }))

  for (const [name, operation] of operations.slice(2)) {
    it(`makes codes that are valid for 1, 7 or 30 days: ${name}`, () => {
      for (const valid_day of [1, 7, 30]) assert.deepStrictEqual(violations(operation, { scope: 1, valid_day }), [])
      for (const valid_day of [0, 2, 31]) {
        assert.deepStrictEqual(violations(operation, { scope: 1, valid_day }), ["valid_day: must be one of 1, 7, 30"])
      }
      assert.deepStrictEqual(violations(operation, { scope: 1 }), ["valid_day: is missing"])
    })
  }

  it("answers a code that no log shows", () => {
    const { access_code } = Schema.decodeUnknownSync(RoomConfig.AccessCodeResponse)({ access_code: "canary-secret-code" })
    assert.strictEqual(JSON.stringify({ access_code }), `{"access_code":"<redacted>"}`)
    assert.strictEqual(Redacted.value(access_code), "canary-secret-code")
  })
})
