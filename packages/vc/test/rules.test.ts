import { MeetingRecording, ReserveConfig } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { violations } from "../../core/test/violations.ts"

const names = (count: number) => Array.from({ length: count }, (_, index) => ({ user_id: `ou_${index}` }))
const departments = (count: number) => Array.from({ length: count }, (_, index) => ({ department_id: `od_${index}` }))

describe("vc.meeting.recording.setPermission", () => {
  const grant = (permission: object) =>
    violations(MeetingRecording.setPermission, { meeting_id: "m", permission_objects: [{ permission: 1, ...permission }] })

  it("names a user and a chat, and nobody else", () => {
    for (const type of [1, 2]) {
      assert.deepStrictEqual(grant({ type, id: "ou_1" }), [])
      assert.deepStrictEqual(grant({ type }), [`permission_objects[0].id: is required where type is ${type}`])
      assert.deepStrictEqual(grant({ type, id: undefined }), [`permission_objects[0].id: is required where type is ${type}`])
    }
    for (const type of [3, 4]) {
      assert.deepStrictEqual(grant({ type }), [])
      assert.deepStrictEqual(grant({ type, id: undefined }), [])
      assert.deepStrictEqual(grant({ type, id: "ou_1" }), [`permission_objects[0].id: must be absent where type is ${type}`])
    }
  })

  it("takes the documented values, and their names, only", () => {
    const { PermissionTarget } = MeetingRecording
    assert.deepStrictEqual(Object.values(PermissionTarget), [1, 2, 3, 4])
    assert.deepStrictEqual(Object.values(MeetingRecording.Permission), [1])
    assert.deepStrictEqual(Object.values(MeetingRecording.ActionType), [0, 1])
    assert.deepStrictEqual(grant({ type: 0 }), ["permission_objects[0].type: must be one of 1, 2, 3, 4"])
    assert.deepStrictEqual(grant({ type: 5 }), ["permission_objects[0].type: must be one of 1, 2, 3, 4"])
    assert.deepStrictEqual(grant({ type: "1", id: "ou_1" }), ["permission_objects[0].type: must be one of 1, 2, 3, 4"])
    assert.deepStrictEqual(grant({ type: 3, permission: 2 }), ["permission_objects[0].permission: must be 1"])
    const act = (action_type: unknown) =>
      violations(MeetingRecording.setPermission, { meeting_id: "m", permission_objects: [], action_type })
    assert.deepStrictEqual([0, 1, undefined].flatMap(act), [])
    assert.deepStrictEqual(act(2), ["action_type: must be one of 0, 1"])
  })

  it("reports every fault of every permission at once", () => {
    assert.deepStrictEqual(
      violations(MeetingRecording.setPermission, {
        meeting_id: "m",
        permission_objects: [{ type: 3, permission: 1 }, { type: 9 }, { type: 1, permission: 1, id: 7, note: "?" }],
        user_id_type: "email",
        notify: true
      }),
      [
        "notify: is unexpected",
        `user_id_type: must be one of "open_id", "union_id", "user_id"`,
        "permission_objects[1].type: must be one of 1, 2, 3, 4",
        "permission_objects[1].permission: is missing",
        "permission_objects[2].note: is unexpected",
        "permission_objects[2].id: must be a string"
      ]
    )
    assert.deepStrictEqual(violations(MeetingRecording.setPermission, {}), [
      "meeting_id: is missing",
      "permission_objects: is missing"
    ])
    assert.deepStrictEqual(violations(MeetingRecording.setPermission, undefined), [": must be an object"])
  })
})

describe("vc.reserveConfig.patch", () => {
  const patch = (fields: object) => violations(ReserveConfig.patch, { reserve_config_id: "omm_1", scope_type: "2", ...fields })

  it("takes its scope as text", () => {
    for (const scope_type of Object.values(ReserveConfig.ScopeType)) assert.deepStrictEqual(patch({ scope_type }), [])
    assert.deepStrictEqual(patch({ scope_type: 2 }), [`scope_type: must be one of "1", "2"`])
    assert.deepStrictEqual(patch({ scope_type: "3" }), [`scope_type: must be one of "1", "2"`])
  })

  describe("approval_config", () => {
    const approval = (approval_config: object) => patch({ approval_config })
    const approvers = names(1)

    it("needs nothing else once it is switched off", () => {
      assert.deepStrictEqual(approval({ approval_switch: 0 }), [])
      assert.deepStrictEqual(approval({ approval_switch: 0, approval_condition: 1, approvers: [] }), [])
    })

    it("needs a condition unless it is switched off", () => {
      const missing = ["approval_config.approval_condition: is required unless approval_switch is 0"]
      assert.deepStrictEqual(approval({}), missing)
      assert.deepStrictEqual(approval({ meeting_duration: 3, approvers }), missing)
      assert.deepStrictEqual(approval({ approval_switch: 1, approvers }), missing)
      assert.deepStrictEqual(approval({ approval_condition: 0 }), [])
      assert.deepStrictEqual(approval({ approval_switch: 1, approval_condition: 0, approvers }), [])
    })

    it("needs a duration where the condition is one", () => {
      const missing = ["approval_config.meeting_duration: is required where approval_condition is 1"]
      assert.deepStrictEqual(approval({ approval_condition: 1 }), missing)
      assert.deepStrictEqual(approval({ approval_switch: 1, approval_condition: 1, approvers }), missing)
      assert.deepStrictEqual(approval({ approval_condition: 1, meeting_duration: 3 }), [])
      assert.deepStrictEqual(approval({ approval_switch: 1, approval_condition: 1, meeting_duration: 3, approvers }), [])
    })

    it("needs somebody who approves once it is switched on", () => {
      const missing = ["approval_config.approvers: must name somebody where approval_switch is 1"]
      assert.deepStrictEqual(approval({ approval_switch: 1, approval_condition: 0 }), missing)
      assert.deepStrictEqual(approval({ approval_switch: 1, approval_condition: 0, approvers: [] }), missing)
      assert.deepStrictEqual(approval({ approval_condition: 0, approvers: [] }), [])
    })

    it("takes a duration of 0.1 to 99 hours", () => {
      const wrong = ["approval_config.meeting_duration: must be a number between 0.1 and 99"]
      const last = (meeting_duration: unknown) => approval({ approval_condition: 1, meeting_duration })
      for (const hours of [0.1, 0.123, 3, 98.999, 99]) assert.deepStrictEqual(last(hours), [])
      for (const hours of [0.099, 0, -1, 99.001, Number.NaN, Number.POSITIVE_INFINITY]) assert.deepStrictEqual(last(hours), wrong)
      assert.deepStrictEqual(last("3"), ["approval_config.meeting_duration: must be a number"])
      assert.deepStrictEqual(approval({ approval_switch: 0, meeting_duration: 100 }), wrong)
    })

    it("takes the documented values, and their names, only", () => {
      assert.deepStrictEqual(Object.values(ReserveConfig.Switch), [0, 1])
      assert.deepStrictEqual(Object.values(ReserveConfig.ApprovalCondition), [0, 1])
      assert.deepStrictEqual(approval({ approval_switch: 2 }), ["approval_config.approval_switch: must be one of 0, 1"])
      assert.deepStrictEqual(approval({ approval_condition: true }), [
        "approval_config.approval_condition: must be one of 0, 1"
      ])
    })
  })

  describe("time_config", () => {
    const time = (time_config: object) => patch({ time_config: { time_switch: 1, ...time_config } })

    it("says whether it is on", () => {
      for (const time_switch of [0, 1]) assert.deepStrictEqual(patch({ time_config: { time_switch } }), [])
      assert.deepStrictEqual(patch({ time_config: {} }), ["time_config.time_switch: is missing"])
      assert.deepStrictEqual(patch({ time_config: { time_switch: 2 } }), ["time_config.time_switch: must be one of 0, 1"])
    })

    it("takes 1 to 730 whole days and 1 to 99 whole hours", () => {
      for (const [field, most] of [["days_in_advance", 730], ["max_duration", 99]] as const) {
        for (const value of [1, most]) assert.deepStrictEqual(time({ [field]: value }), [])
        for (const value of [0, -1, most + 1]) {
          assert.deepStrictEqual(time({ [field]: value }), [`time_config.${field}: must be a number between 1 and ${most}`])
        }
        assert.deepStrictEqual(time({ [field]: 1.5 }), [`time_config.${field}: must be an integer`])
      }
    })

    it("takes seconds of a day as text", () => {
      for (const [field, other] of [["opening_hour", {}], ["start_time", { end_time: "86400" }], ["end_time", {}]] as const) {
        const wrong = [`time_config.${field}: must be a whole number of seconds from 0 to 86400, as text`]
        const at = (value: unknown) => time({ ...other, [field]: value })
        for (const value of ["-1", "86401", "100000", "1.5", "1e3", "", " 60", "0x3c", "٣"]) assert.deepStrictEqual(at(value), wrong)
        assert.deepStrictEqual(at(60), [`time_config.${field}: must be a string`])
      }
      assert.deepStrictEqual(["0", "59", "86400"].flatMap((opening_hour) => time({ opening_hour })), [])
    })

    it("ends at least half a minute after it starts", () => {
      const tooEarly = ["time_config.end_time: must be at least 30 more than start_time, or than 0 without one"]
      const tooLate = ["time_config.start_time: must be less than 86370 without an end_time"]
      assert.deepStrictEqual(time({ start_time: "100", end_time: "130" }), [])
      assert.deepStrictEqual(time({ start_time: "100", end_time: "129" }), tooEarly)
      assert.deepStrictEqual(time({ start_time: "100", end_time: "0" }), tooEarly)
      assert.deepStrictEqual(time({ start_time: "9", end_time: "10" }), tooEarly)
      assert.deepStrictEqual(time({ start_time: "86370", end_time: "86400" }), [])
      assert.deepStrictEqual(time({ start_time: "86371", end_time: "86400" }), tooEarly)
      assert.deepStrictEqual(time({ start_time: "86369" }), [])
      assert.deepStrictEqual(time({ start_time: "86370" }), tooLate)
      assert.deepStrictEqual(time({ end_time: "30" }), [])
      assert.deepStrictEqual(time({ end_time: "29" }), tooEarly)
    })
  })

  describe("reserve_scope_config", () => {
    const scope = (reserve_scope_config: object) => patch({ reserve_scope_config })

    it("says whether everybody may, and otherwise who", () => {
      const nobody = [
        "reserve_scope_config.allow_users: must name somebody where allow_all_users is 0 and allow_depts names nothing"
      ]
      assert.deepStrictEqual(scope({}), ["reserve_scope_config.allow_all_users: is missing"])
      assert.deepStrictEqual(scope({ allow_all_users: true }), ["reserve_scope_config.allow_all_users: must be one of 0, 1"])
      assert.deepStrictEqual(Object.values(ReserveConfig.AllowAllUsers), [0, 1])
      assert.deepStrictEqual(scope({ allow_all_users: 1 }), [])
      assert.deepStrictEqual(scope({ allow_all_users: 1, allow_users: [], allow_depts: [] }), [])
      assert.deepStrictEqual(scope({ allow_all_users: 0 }), nobody)
      assert.deepStrictEqual(scope({ allow_all_users: 0, allow_users: [], allow_depts: [] }), nobody)
      assert.deepStrictEqual(scope({ allow_all_users: 0, allow_users: names(1) }), [])
      assert.deepStrictEqual(scope({ allow_all_users: 0, allow_depts: departments(1) }), [])
    })

    it("takes 500 users and departments together", () => {
      const tooMany = "must be at most 500, users and departments together"
      const some = (users: number, depts: number) =>
        scope({ allow_all_users: 0, allow_users: names(users), allow_depts: departments(depts) })
      assert.deepStrictEqual([some(500, 0), some(0, 500), some(250, 250)].flat(), [])
      assert.deepStrictEqual(some(501, 0), [`reserve_scope_config.allow_users: ${tooMany}`])
      assert.deepStrictEqual(some(0, 501), [`reserve_scope_config.allow_depts: ${tooMany}`])
      assert.deepStrictEqual(some(251, 250), [`reserve_scope_config.allow_depts: ${tooMany}`])
    })
  })

  it("reports the faults of all its parts", () => {
    assert.deepStrictEqual(
      patch({ approval_config: {}, time_config: { time_switch: 1, end_time: "1" }, reserve_scope_config: { allow_all_users: 0 } })
        .map((violation) => violation.split(":")[0]),
      ["approval_config.approval_condition", "time_config.end_time", "reserve_scope_config.allow_users"]
    )
  })
})

describe("vc.reserveConfig.form.patch", () => {
  const form = (fields: object) =>
    violations(ReserveConfig.patchForm, {
      reserve_config_id: "omm_1",
      scope_type: 2,
      reserve_form_config: { reserve_form: true, ...fields }
    })

  it("takes its scope as a number", () => {
    const at = (scope_type: unknown) =>
      violations(ReserveConfig.patchForm, { reserve_config_id: "omm_1", scope_type, reserve_form_config: { reserve_form: true } })
    for (const scope of Object.values(ReserveConfig.FormScopeType)) assert.deepStrictEqual(at(scope), [])
    assert.deepStrictEqual(at("2"), ["scope_type: must be one of 1, 2"])
    assert.deepStrictEqual(at(3), ["scope_type: must be one of 1, 2"])
  })

  it("needs a form, and to know whether there is one", () => {
    assert.deepStrictEqual(violations(ReserveConfig.patchForm, { reserve_config_id: "omm_1", scope_type: 1 }), [
      "reserve_form_config: is missing"
    ])
    assert.deepStrictEqual(form({ reserve_form: undefined }), ["reserve_form_config.reserve_form: must be a boolean"])
    assert.deepStrictEqual(form({ reserve_form: 1 }), ["reserve_form_config.reserve_form: must be a boolean"])
    assert.deepStrictEqual(form({ reserve_form: false }), [])
  })

  it("notifies at most a year ahead, in any unit", () => {
    for (const [time_unit, most, unit] of [[1, 525_600, 1], [2, 8760, 2], [3, 365, 3], [undefined, 365, 3]] as const) {
      assert.deepStrictEqual([0, 1, most].flatMap((notified_time) => form({ notified_time, time_unit })), [])
      assert.deepStrictEqual(form({ notified_time: most + 1, time_unit }), [
        `reserve_form_config.notified_time: must be at most ${most} where time_unit is ${unit}`
      ])
      assert.deepStrictEqual(form({ notified_time: -1, time_unit }), [
        "reserve_form_config.notified_time: must be a non-negative number"
      ])
      assert.deepStrictEqual(form({ notified_time: 0.5, time_unit }), ["reserve_form_config.notified_time: must be an integer"])
    }
  })

  it("takes the documented units, and their names, only", () => {
    assert.deepStrictEqual(ReserveConfig.TimeUnit, { minute: 1, hour: 2, day: 3 })
    for (const time_unit of [0, 4]) {
      assert.deepStrictEqual(form({ time_unit }), ["reserve_form_config.time_unit: must be one of 1, 2, 3"])
    }
    // No page says that a unit needs a number beside it.
    assert.deepStrictEqual(form({ time_unit: 1 }), [])
  })

  it("notifies at most 500 users", () => {
    assert.deepStrictEqual(form({ notified_users: names(500) }), [])
    assert.deepStrictEqual(form({ notified_users: names(501) }), ["reserve_form_config.notified_users: must be at most 500"])
    assert.deepStrictEqual(form({ notified_users: [{}] }), ["reserve_form_config.notified_users[0].user_id: is missing"])
  })
})
