import { Meeting, Reserve, ReserveConfig } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { Redacted } from "effect"
import { violations } from "../../core/test/violations.ts"

const users = (count: number) => Array.from({ length: count }, (_, index) => ({ user_id: `ou_${index}` }))
const departments = (count: number) => Array.from({ length: count }, (_, index) => ({ department_id: `od_${index}` }))

const end_time = "1608888867"

const withSettings = [
  ["vc.reserve.apply", (meeting_settings: object) => violations(Reserve.apply, { end_time, meeting_settings })],
  ["vc.reserve.update", (meeting_settings: object) => violations(Reserve.update, { reserve_id: "1", meeting_settings })]
] as const

describe("vc.reserve.apply", () => {
  const apply = (request: object) => violations(Reserve.apply, request)

  it("ends, unless it is a call between two", () => {
    assert.deepStrictEqual(Reserve.MeetingInitialType, { meeting: 1, call: 2 })
    const missing = ["end_time: is required unless meeting_initial_type is 2"]
    for (const meeting_settings of [{}, { meeting_initial_type: undefined }, { meeting_initial_type: 1 }]) {
      assert.deepStrictEqual(apply({ meeting_settings }), missing)
      assert.deepStrictEqual(apply({ meeting_settings, end_time: undefined }), missing)
      assert.deepStrictEqual(apply({ meeting_settings, end_time }), [])
    }
    assert.deepStrictEqual(apply({ meeting_settings: { meeting_initial_type: 2 } }), [])
    assert.deepStrictEqual(apply({ meeting_settings: { meeting_initial_type: 2 }, end_time }), [])
  })

  it("ends at a time in seconds, as text", () => {
    const at = (time: unknown) => apply({ meeting_settings: {}, end_time: time })
    for (const wrong of ["", "tomorrow", "-1", "1608888867.5", "1608888867000"]) {
      assert.deepStrictEqual(at(wrong), ["end_time: must be whole seconds since 1970, as text"])
    }
    assert.deepStrictEqual(at(1_608_888_867), ["end_time: must be a string"])
  })

  it("needs settings, and nobody it belongs to: that depends on the token", () => {
    assert.deepStrictEqual(apply({ end_time }), ["meeting_settings: is missing"])
    assert.deepStrictEqual(apply({ end_time, meeting_settings: {}, owner_id: "ou_1" }), [])
    assert.deepStrictEqual(apply({ end_time, meeting_settings: {}, user_id_type: "email" }), [
      `user_id_type: must be one of "open_id", "union_id", "user_id"`
    ])
  })
})

describe("vc.reserve.update", () => {
  const update = (fields: object) => violations(Reserve.update, { reserve_id: "1", ...fields })

  it("changes what is given, and needs nothing", () => {
    assert.deepStrictEqual(update({}), [])
    assert.deepStrictEqual(update({ end_time }), [])
    assert.deepStrictEqual(update({ meeting_settings: { meeting_initial_type: 1 } }), [])
    assert.deepStrictEqual(update({ end_time: "1608888867000" }), ["end_time: must be whole seconds since 1970, as text"])
    assert.deepStrictEqual(update({ owner_id: "ou_1" }), ["owner_id: is unexpected"])
    assert.deepStrictEqual(violations(Reserve.update, { end_time }), ["reserve_id: is missing"])
  })
})

for (const [id, settings] of withSettings) {
  describe(`${id}, meeting_settings`, () => {
    const is = (fields: object, ...expected: ReadonlyArray<string>) =>
      assert.deepStrictEqual(settings(fields), expected.map((violation) => `meeting_settings.${violation}`))

    it("takes 4 to 9 digits for a password, or none", () => {
      const wrong = "password: must be 4 to 9 digits, or empty for no password"
      for (const right of ["", "1234", "0000", "123456789"]) is({ password: Redacted.make(right) })
      for (const bad of ["1", "123", "1234567890", "12a4", " 1234", "1234\n", "１２３４"]) is({ password: Redacted.make(bad) }, wrong)
    })

    it("takes a password as a secret only, and never repeats it", () => {
      const [said] = settings({ password: "971024" })
      assert.match(said!, /^meeting_settings\.password: must be /)
      assert.notInclude(said!, "971024")
      assert.notInclude(settings({ password: Redacted.make("secret") })[0]!, "secret")
    })

    it("assigns at most 10 hosts, who are Feishu users", () => {
      const hosts = (count: number) => Array.from({ length: count }, (_, index) => ({ user_type: 1, id: `ou_${index}` }))
      is({ assign_host_list: [] })
      is({ assign_host_list: hosts(10) })
      is({ assign_host_list: hosts(11) }, "assign_host_list: must be at most 10")
      is({ assign_host_list: [{ id: "ou_1" }] })
      is({ assign_host_list: [{ user_type: 2, id: "omm_1" }] }, "assign_host_list[0].user_type: must be 1")
    })

    it("calls nothing but a telephone", () => {
      const call = (user_type: unknown) => ({ callee: { user_type, pstn_sip_info: { main_address: "+86-02187654321" } } })
      is({ meeting_initial_type: 2, call_setting: call(6) })
      is({ meeting_initial_type: 2, call_setting: call(Meeting.UserType.pstn) })
      for (const user_type of [1, 2, 3, 4, 5, 7]) {
        is({ meeting_initial_type: 2, call_setting: call(user_type) }, "call_setting.callee.user_type: must be 6 where meeting_initial_type is 2")
        is({ meeting_initial_type: 1, call_setting: call(user_type) })
        is({ call_setting: call(user_type) })
      }
      is({ call_setting: call(8) }, "call_setting.callee.user_type: must be one of 1, 2, 3, 4, 5, 6, 7")
      is({ call_setting: {} }, "call_setting.callee: is missing")
      is(
        { call_setting: { callee: { user_type: 6, pstn_sip_info: { nickname: "dodo" } } } },
        "call_setting.callee.pstn_sip_info.main_address: is missing"
      )
    })

    it("records no call between two", () => {
      is({ meeting_initial_type: 2, auto_record: true }, "auto_record: must not be true where meeting_initial_type is 2")
      is({ meeting_initial_type: 2, auto_record: false })
      is({ meeting_initial_type: 1, auto_record: true })
      is({ auto_record: true })
      is({ meeting_initial_type: 3 }, "meeting_initial_type: must be one of 1, 2")
    })

    it("reports what is wrong with a call at once", () => {
      is(
        { meeting_initial_type: 2, auto_record: true, call_setting: { callee: { user_type: 1 } } },
        "call_setting.callee.user_type: must be 6 where meeting_initial_type is 2",
        "auto_record: must not be true where meeting_initial_type is 2"
      )
    })

    describe("action_permissions", () => {
      const allowed = (checker: object, permission: unknown = 3) => ({
        action_permissions: [{ permission, permission_checkers: [{ check_mode: 1, ...checker }] }]
      })
      const at = "action_permissions[0].permission_checkers[0]"

      it("lists kinds of users by their numbers, as text", () => {
        const { CheckedUserType } = Reserve
        is(allowed({ check_field: 2, check_list: [] }))
        is(allowed({ check_field: 2, check_list: Object.values(CheckedUserType) }))
        for (const listed of ["3", "4", "5", "8", "", "ou_1"]) {
          is(allowed({ check_field: 2, check_list: ["1", listed] }), `${at}.check_list[1]: must be one of 1, 2, 6, 7 where check_field is 2`)
        }
        is(allowed({ check_field: 2, check_list: [1] }), `${at}.check_list[0]: must be a string`)
      })

      it("lists users and tenants by any id", () => {
        for (const check_field of [1, 3]) is(allowed({ check_field, check_list: ["ou_1", "3"] }))
      })

      it("takes the documented values, and their names, only", () => {
        const { CheckField, CheckMode, Permission } = Reserve
        assert.deepStrictEqual(Object.values(Permission), [1, 2, 3])
        assert.deepStrictEqual(Object.values(CheckField), [1, 2, 3])
        assert.deepStrictEqual(Object.values(CheckMode), [1, 2])
        is(allowed({ check_field: 0, check_list: [] }), `${at}.check_field: must be one of 1, 2, 3`)
        is(allowed({ check_field: 1, check_list: [], check_mode: 3 }), `${at}.check_mode: must be one of 1, 2`)
        is(allowed({ check_field: 1 }), `${at}.check_list: is missing`)
        is(allowed({ check_field: 1, check_list: [] }, 4), "action_permissions[0].permission: must be one of 1, 2, 3")
        is({ action_permissions: [{ permission: 1 }] }, "action_permissions[0].permission_checkers: is missing")
      })
    })
  })
}

describe("a reservation", () => {
  it("is named", () => {
    for (const operation of [Reserve.get, Reserve.getActiveMeeting, Reserve.delete]) {
      assert.deepStrictEqual(violations(operation, { reserve_id: "1" }), [])
      assert.deepStrictEqual(violations(operation, {}), ["reserve_id: is missing"])
      assert.deepStrictEqual(violations(operation, { reserve_id: "" }), ["reserve_id: must not be empty"])
    }
    assert.deepStrictEqual(violations(Reserve.getActiveMeeting, { reserve_id: "1", with_participants: "true" }), [
      "with_participants: must be a boolean"
    ])
  })
})

describe("a configuration of reservations", () => {
  it("is of a room or of a level, by text", () => {
    const read = (scope_type: unknown) => violations(ReserveConfig.reserveScope, { scope_id: "omm_1", scope_type })
    assert.deepStrictEqual(Object.values(ReserveConfig.ScopeType).flatMap(read), [])
    for (const wrong of [1, 2, "0", "3"]) assert.deepStrictEqual(read(wrong), [`scope_type: must be one of "1", "2"`])
    assert.deepStrictEqual(violations(ReserveConfig.reserveScope, {}), ["scope_id: is missing", "scope_type: is missing"])
  })

  it("is of a room or of a level, by number", () => {
    const { getAdmin, getDisableInform, getForm, patchAdmin, patchDisableInform } = ReserveConfig
    const reserve_config_id = "omm_1"
    for (
      const [operation, fields] of [
        [getForm, {}],
        [getAdmin, {}],
        [getDisableInform, {}],
        [patchAdmin, { reserve_admin_config: {} }],
        [patchDisableInform, { disable_inform: { if_inform: false } }]
      ] as const
    ) {
      const at = (scope_type: unknown) => violations(operation, { reserve_config_id, scope_type, ...fields })
      assert.deepStrictEqual(Object.values(ReserveConfig.FormScopeType).flatMap(at), [])
      for (const wrong of ["1", "2", 0, 3]) assert.deepStrictEqual(at(wrong), ["scope_type: must be one of 1, 2"])
      assert.deepStrictEqual(violations(operation, fields), ["reserve_config_id: is missing", "scope_type: is missing"])
    }
  })
})

const room = { reserve_config_id: "omm_1", scope_type: 2 }
const tooMany = "must be at most 500, users and departments together"

describe("vc.reserveConfig.admin.patch", () => {
  const patch = (reserve_admin_config?: object) => violations(ReserveConfig.patchAdmin, { ...room, reserve_admin_config })

  it("names at most 500 users and departments together", () => {
    const some = (ofUsers: number, ofDepartments: number) => patch({ users: users(ofUsers), depts: departments(ofDepartments) })
    assert.deepStrictEqual([some(500, 0), some(0, 500), some(250, 250), some(0, 0), patch({})].flat(), [])
    assert.deepStrictEqual(some(501, 0), [`reserve_admin_config.users: ${tooMany}`])
    assert.deepStrictEqual(some(0, 501), [`reserve_admin_config.depts: ${tooMany}`])
    assert.deepStrictEqual(some(251, 250), [`reserve_admin_config.depts: ${tooMany}`])
    assert.deepStrictEqual(patch({ users: users(501) }), [`reserve_admin_config.users: ${tooMany}`])
    assert.deepStrictEqual(patch({ depts: departments(501) }), [`reserve_admin_config.depts: ${tooMany}`])
  })

  it("names them by their ids", () => {
    assert.deepStrictEqual(patch({ users: [{}], depts: [{}] }), [
      "reserve_admin_config.depts[0].department_id: is missing",
      "reserve_admin_config.users[0].user_id: is missing"
    ])
    assert.deepStrictEqual(violations(ReserveConfig.patchAdmin, room), ["reserve_admin_config: is missing"])
  })
})

describe("vc.reserveConfig.disableInform.patch", () => {
  const patch = (fields: object) => violations(ReserveConfig.patchDisableInform, { ...room, disable_inform: { if_inform: true, ...fields } })

  it("names at most 500 users and departments together", () => {
    const some = (ofUsers: number, ofDepartments: number) =>
      patch({ informed_users: users(ofUsers), informed_depts: departments(ofDepartments) })
    assert.deepStrictEqual([some(500, 0), some(0, 500), some(250, 250), some(0, 0), patch({})].flat(), [])
    assert.deepStrictEqual(some(501, 0), [`disable_inform.informed_users: ${tooMany}`])
    assert.deepStrictEqual(some(0, 501), [`disable_inform.informed_depts: ${tooMany}`])
    assert.deepStrictEqual(some(251, 250), [`disable_inform.informed_depts: ${tooMany}`])
  })

  it("says whether anybody is told", () => {
    const says = (if_inform: unknown) => patch({ if_inform })
    assert.deepStrictEqual([true, false].flatMap(says), [])
    assert.deepStrictEqual(says(1), ["disable_inform.if_inform: must be a boolean"])
    assert.deepStrictEqual(violations(ReserveConfig.patchDisableInform, { ...room, disable_inform: {} }), [
      "disable_inform.if_inform: is missing"
    ])
    assert.deepStrictEqual(violations(ReserveConfig.patchDisableInform, room), ["disable_inform: is missing"])
  })
})
