import type { AccessToken, CallError, FeishuClient } from "@effect-feishu/core"
import type { VcError } from "@effect-feishu/vc"
import { Meeting, Reserve } from "@effect-feishu/vc"
import type { Layer } from "effect"
import { Effect, Redacted } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>
declare const withoutToken: Layer.Layer<FeishuClient.FeishuClient>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

const end_time = "1608888867"

const apply = taking(Reserve.apply)
const update = taking(Reserve.update)

declare const settings: (meeting_settings: Reserve.NewMeetingSettings) => void

describe("apply", () => {
  const reserve = Reserve.apply({ end_time, meeting_settings: {} })

  test("fails as documented, and leaves it open whether a fault reserved anything", () => {
    expect(reserve).type.toBe<
      Effect.Effect<
        Reserve.ApplyResponse,
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcRecordParamInvalid
        | VcError.VcTooManyHosts
        | VcError.VcAssignedHostInvalid
        | VcError.VcPasswordInvalid
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })

  test("speaks for the tenant or for a user", () => {
    expect(run).type.toBeCallableWith(Effect.provide(reserve, asTenant))
    expect(run).type.toBeCallableWith(Effect.provide(reserve, asUser))
    expect(run).type.not.toBeCallableWith(Effect.provide(reserve, withoutToken))
  })

  test("ends, unless it is a call between two", () => {
    const { MeetingInitialType } = Reserve
    expect(apply).type.toBeCallableWith({ end_time, meeting_settings: { meeting_initial_type: 1 } })
    expect(apply).type.toBeCallableWith({ meeting_settings: { meeting_initial_type: 2 } })
    expect(apply).type.toBeCallableWith({ meeting_settings: { meeting_initial_type: MeetingInitialType.call }, owner_id: "ou_1" })
    expect(apply).type.not.toBeCallableWith({ meeting_settings: {} })
    expect(apply).type.not.toBeCallableWith({ meeting_settings: { meeting_initial_type: 1 } })
    expect(apply).type.not.toBeCallableWith({ end_time: undefined, meeting_settings: {} })
    expect(apply).type.not.toBeCallableWith({ end_time: 1_608_888_867, meeting_settings: {} })
  })

  test("answers the new reservation, and its password as a secret", () => {
    expect<Reserve.ApplyResponse["reserve"]["id"]>().type.toBe<string>()
    expect<Reserve.ApplyResponse["reserve"]["password"]>().type.toBe<Redacted.Redacted | undefined>()
  })
})

describe("update", () => {
  test("fails as documented, and as any call may", () => {
    expect(Reserve.update({ reserve_id: "1" })).type.toBe<
      Effect.Effect<
        Reserve.UpdateResponse,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | VcError.VcRecordParamInvalid
        | VcError.VcTooManyHosts
        | VcError.VcAssignedHostInvalid
        | VcError.VcPasswordInvalid
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })

  test("needs nothing but the reservation", () => {
    expect(update).type.toBeCallableWith({ reserve_id: "1" })
    expect(update).type.toBeCallableWith({ reserve_id: "1", end_time })
    expect(update).type.toBeCallableWith({ reserve_id: "1", meeting_settings: { topic: "" } })
    expect(update).type.not.toBeCallableWith({ end_time })
    expect(update).type.not.toBeCallableWith({ reserve_id: "1", owner_id: "ou_1" })
  })
})

describe("the settings of a meeting", () => {
  test("hold a password as a secret only", () => {
    expect(settings).type.toBeCallableWith({ password: Redacted.make("971024") })
    expect(settings).type.not.toBeCallableWith({ password: "971024" })
  })

  test("call nothing but a telephone", () => {
    const telephone = { callee: { user_type: Meeting.UserType.pstn, pstn_sip_info: { main_address: "+86-02187654321" } } }
    expect(settings).type.toBeCallableWith({ meeting_initial_type: 2, call_setting: telephone })
    expect(settings).type.toBeCallableWith({ meeting_initial_type: 2, call_setting: undefined })
    expect(settings).type.toBeCallableWith({ meeting_initial_type: 1, call_setting: { callee: { user_type: 1 } } })
    expect(settings).type.not.toBeCallableWith({ meeting_initial_type: 2, call_setting: { callee: { user_type: 1 } } })
    expect(settings).type.not.toBeCallableWith({ meeting_initial_type: 2, call_setting: {} })
    expect(settings).type.not.toBeCallableWith({ call_setting: { callee: { user_type: 6, pstn_sip_info: {} } } })
  })

  test("record no call between two", () => {
    expect(settings).type.toBeCallableWith({ auto_record: true })
    expect(settings).type.toBeCallableWith({ meeting_initial_type: 1, auto_record: true })
    expect(settings).type.toBeCallableWith({ meeting_initial_type: 2, auto_record: false })
    expect(settings).type.not.toBeCallableWith({ meeting_initial_type: 2, auto_record: true })
  })

  test("assign Feishu users as hosts", () => {
    expect(settings).type.toBeCallableWith({ assign_host_list: [{ user_type: 1, id: "ou_1" }] })
    expect(settings).type.not.toBeCallableWith({ assign_host_list: [{ user_type: 2, id: "omm_1" }] })
  })
})

describe("a permission", () => {
  const { CheckedUserType, CheckField, CheckMode, Permission } = Reserve
  const join = (...permission_checkers: ReadonlyArray<Reserve.NewPermissionChecker>) => {
    settings({ action_permissions: [{ permission: Permission.join, permission_checkers }] })
  }

  test("lists kinds of users by their numbers, as text", () => {
    expect(join).type.toBeCallableWith({ check_field: 2, check_mode: 1, check_list: ["1", "7"] })
    expect(join).type.toBeCallableWith({
      check_field: CheckField.userType,
      check_mode: CheckMode.unlisted,
      check_list: [CheckedUserType.pstn]
    })
    expect(join).type.not.toBeCallableWith({ check_field: 2, check_mode: 1, check_list: ["3"] })
    expect(join).type.not.toBeCallableWith({ check_field: 2, check_mode: 1, check_list: ["ou_1"] })
    expect(join).type.not.toBeCallableWith({ check_field: 2, check_mode: 1, check_list: [1] })
  })

  test("lists users and tenants by any id", () => {
    expect(join).type.toBeCallableWith(
      { check_field: 1, check_mode: 1, check_list: ["ou_1"] },
      { check_field: 3, check_mode: 2, check_list: ["tenant"] }
    )
    expect(join).type.not.toBeCallableWith({ check_field: 4, check_mode: 1, check_list: [] })
    expect(join).type.not.toBeCallableWith({ check_field: 1, check_list: [] })
    expect(join).type.not.toBeCallableWith({ check_field: 1, check_mode: 1 })
  })
})

describe("a reservation", () => {
  test("is named", () => {
    for (const operation of [Reserve.get, Reserve.getActiveMeeting, Reserve.delete]) {
      expect(taking(operation)).type.toBeCallableWith({ reserve_id: "1" })
      expect(taking(operation)).type.not.toBeCallableWith({})
    }
    expect(taking(Reserve.get)).type.not.toBeCallableWith({ reserve_id: "1", with_participants: true })
    expect(taking(Reserve.getActiveMeeting)).type.toBeCallableWith({ reserve_id: "1", with_participants: true })
  })

  test("has a state that may be another than the documented ones", () => {
    const states = { ...Reserve.ExpireStatus, unknown: 0 }
    expect(states.unknown).type.toBeAssignableTo<Reserve.Reserve["expire_status"]>()
    expect("1").type.not.toBeAssignableTo<Reserve.Reserve["expire_status"]>()
  })

  test("has a meeting like any other", () => {
    expect<Reserve.GetActiveMeetingResponse["meeting"]>().type.toBe<Meeting.Meeting | undefined>()
  })
})
