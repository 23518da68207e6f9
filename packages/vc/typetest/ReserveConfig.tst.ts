import type { AccessToken, CallError, FeishuClient } from "@effect-feishu/core"
import type { VcError } from "@effect-feishu/vc"
import { ReserveConfig } from "@effect-feishu/vc"
import type { Array, Layer } from "effect"
import { Effect } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

const room = { reserve_config_id: "omm_1", scope_type: "2" } as const
const approvers = [{ user_id: "ou_1" }] as const

declare const users: ReadonlyArray<ReserveConfig.SubscribeUser>
declare const someUsers: Array.NonEmptyReadonlyArray<ReserveConfig.SubscribeUser>

describe("patch", () => {
  test("fails as documented, and as any call may", () => {
    expect(ReserveConfig.patch(room)).type.toBe<
      Effect.Effect<
        void,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | VcError.VcRoomOrLevelNotFound
        | VcError.VcTooManyMembers
        | VcError.VcInvalidUserId
        | VcError.VcInvalidDepartmentId
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.TenantAccessToken
      >
    >()
  })

  test("speaks for the tenant, and never for a user", () => {
    expect(run).type.toBeCallableWith(Effect.provide(ReserveConfig.patch(room), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(ReserveConfig.patch(room), asUser))
  })

  test("takes its scope as text", () => {
    const { ScopeType } = ReserveConfig
    const patch = taking(ReserveConfig.patch)
    expect(patch).type.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: "1" })
    expect(patch).type.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: ScopeType.room })
    expect(patch).type.not.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: 1 })
    expect(patch).type.not.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: ReserveConfig.FormScopeType.room })
    expect(patch).type.not.toBeCallableWith({ reserve_config_id: "omm_1" })
  })
})

describe("approval_config", () => {
  const approve = (approval_config: ReserveConfig.ApprovalConfig) => {
    taking(ReserveConfig.patch)({ ...room, approval_config })
  }

  test("needs nothing else once it is switched off", () => {
    expect(approve).type.toBeCallableWith({ approval_switch: 0 })
    expect(approve).type.toBeCallableWith({ approval_switch: 0, approval_condition: 1, approvers: [] })
  })

  test("needs a condition unless it is switched off", () => {
    expect(approve).type.toBeCallableWith({ approval_condition: 0 })
    expect(approve).type.not.toBeCallableWith({})
    expect(approve).type.not.toBeCallableWith({ approvers })
    expect(approve).type.not.toBeCallableWith({ approval_switch: 1, approvers })
  })

  test("needs a duration where the condition is one", () => {
    expect(approve).type.toBeCallableWith({ approval_condition: 1, meeting_duration: 3 })
    expect(approve).type.toBeCallableWith({ approval_condition: 0, meeting_duration: 3 })
    expect(approve).type.not.toBeCallableWith({ approval_condition: 1 })
    expect(approve).type.not.toBeCallableWith({ approval_switch: 1, approval_condition: 1, approvers })
  })

  test("needs somebody who approves once it is switched on", () => {
    expect(approve).type.toBeCallableWith({ approval_switch: 1, approval_condition: 0, approvers })
    expect(approve).type.toBeCallableWith({ approval_switch: 1, approval_condition: 0, approvers: someUsers })
    expect(approve).type.toBeCallableWith({ approval_condition: 0, approvers: [] })
    expect(approve).type.not.toBeCallableWith({ approval_switch: 1, approval_condition: 0 })
    expect(approve).type.not.toBeCallableWith({ approval_switch: 1, approval_condition: 0, approvers: [] })
    expect(approve).type.not.toBeCallableWith({ approval_switch: 1, approval_condition: 0, approvers: users })
  })

  test("is written with numbers or with their names", () => {
    const { ApprovalCondition, Switch } = ReserveConfig
    expect(approve).type.toBeCallableWith({
      approval_switch: Switch.on,
      approval_condition: ApprovalCondition.long,
      meeting_duration: 3,
      approvers
    })
    expect(approve).type.not.toBeCallableWith({ approval_switch: true, approval_condition: 0, approvers })
  })
})

describe("time_config", () => {
  const open = (time_config: ReserveConfig.TimeConfig) => {
    taking(ReserveConfig.patch)({ ...room, time_config })
  }

  test("says whether it is on", () => {
    expect(open).type.toBeCallableWith({ time_switch: 0 })
    expect(open).type.not.toBeCallableWith({})
  })

  test("takes times as text", () => {
    expect(open).type.toBeCallableWith({ time_switch: 1, start_time: "0", end_time: "86400", opening_hour: "27900" })
    expect(open).type.not.toBeCallableWith({ time_switch: 1, start_time: 0 })
  })
})

describe("reserve_scope_config", () => {
  const allow = (reserve_scope_config: ReserveConfig.ReserveScopeConfig) => {
    taking(ReserveConfig.patch)({ ...room, reserve_scope_config })
  }

  test("says whether everybody may", () => {
    expect(allow).type.toBeCallableWith({ allow_all_users: 1 })
    expect(allow).type.toBeCallableWith({ allow_all_users: ReserveConfig.AllowAllUsers.all, allow_users: [] })
    expect(allow).type.not.toBeCallableWith({})
    expect(allow).type.not.toBeCallableWith({ allow_users: someUsers })
  })

  test("says who may where not everybody may", () => {
    expect(allow).type.toBeCallableWith({ allow_all_users: 0, allow_users: [{ user_id: "ou_1" }] })
    expect(allow).type.toBeCallableWith({ allow_all_users: 0, allow_depts: [{ department_id: "od_1" }] })
    expect(allow).type.toBeCallableWith({ allow_all_users: 0, allow_users: users, allow_depts: [{ department_id: "od_1" }] })
    expect(allow).type.not.toBeCallableWith({ allow_all_users: 0 })
    expect(allow).type.not.toBeCallableWith({ allow_all_users: 0, allow_users: [] })
    expect(allow).type.not.toBeCallableWith({ allow_all_users: 0, allow_users: users })
  })
})

describe("patchForm", () => {
  const { TimeUnit } = ReserveConfig
  const patchForm = taking(ReserveConfig.patchForm)
  const level = { reserve_config_id: "omb_1", scope_type: 1 } as const

  test("takes its scope as a number", () => {
    expect(patchForm).type.toBeCallableWith({ ...level, reserve_form_config: { reserve_form: true } })
    expect(patchForm).type.not.toBeCallableWith({ ...level, scope_type: "1", reserve_form_config: { reserve_form: true } })
  })

  test("needs a form, and to know whether there is one", () => {
    expect(patchForm).type.not.toBeCallableWith(level)
    expect(patchForm).type.not.toBeCallableWith({ ...level, reserve_form_config: {} })
    expect(patchForm).type.not.toBeCallableWith({ ...level, reserve_form_config: { notified_time: 1 } })
  })

  test("takes units by number or name", () => {
    expect(patchForm).type.toBeCallableWith({
      ...level,
      reserve_form_config: { reserve_form: true, notified_time: 3, time_unit: TimeUnit.hour }
    })
    expect(patchForm).type.not.toBeCallableWith({ ...level, reserve_form_config: { reserve_form: true, time_unit: 4 } })
  })
})

describe("reserveScope", () => {
  const read = ReserveConfig.reserveScope({ scope_id: "omm_1", scope_type: "2" })

  test("fails as documented, and as any call may", () => {
    expect(read).type.toBe<
      Effect.Effect<
        ReserveConfig.ReserveScopeResponse,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | VcError.VcRoomOrLevelNotFound
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.TenantAccessToken
      >
    >()
    expect(run).type.not.toBeCallableWith(Effect.provide(read, asUser))
  })

  test("takes its scope as text", () => {
    const reserveScope = taking(ReserveConfig.reserveScope)
    expect(reserveScope).type.toBeCallableWith({ scope_id: "omm_1", scope_type: ReserveConfig.ScopeType.level })
    expect(reserveScope).type.not.toBeCallableWith({ scope_id: "omm_1", scope_type: 2 })
    expect(reserveScope).type.not.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: "2" })
  })
})

describe("getForm, getAdmin and getDisableInform", () => {
  test("take their scope as a number", () => {
    for (const get of [ReserveConfig.getForm, ReserveConfig.getAdmin, ReserveConfig.getDisableInform]) {
      expect(taking(get)).type.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: ReserveConfig.FormScopeType.room })
      expect(taking(get)).type.not.toBeCallableWith({ reserve_config_id: "omm_1", scope_type: "2" })
      expect(taking(get)).type.not.toBeCallableWith({ reserve_config_id: "omm_1" })
    }
  })

  test("fail with what their own page lists", () => {
    const of = { reserve_config_id: "omm_1", scope_type: 2 } as const
    type TagOf<Program> = Program extends Effect.Effect<infer _A, infer E, infer _R> ? Extract<E, { readonly _tag: string }>["_tag"] : never
    const form = ReserveConfig.getForm(of)
    expect<"VcReserveFormNotConfigured">().type.toBeAssignableTo<TagOf<typeof form>>()
    expect<"VcInvalidParam">().type.not.toBeAssignableTo<TagOf<typeof form>>()
    const admin = ReserveConfig.getAdmin(of)
    expect<"VcPackageUpgradeRequired">().type.toBeAssignableTo<TagOf<typeof admin>>()
    const inform = ReserveConfig.getDisableInform(of)
    expect<"VcPackageUpgradeRequired">().type.not.toBeAssignableTo<TagOf<typeof inform>>()
  })
})

describe("patchAdmin", () => {
  const patchAdmin = taking(ReserveConfig.patchAdmin)

  test("takes users and departments by their ids", () => {
    const at = { reserve_config_id: "omm_1", scope_type: 2 } as const
    expect(patchAdmin).type.toBeCallableWith({ ...at, reserve_admin_config: {} })
    expect(patchAdmin).type.toBeCallableWith({ ...at, reserve_admin_config: { users, depts: [{ department_id: "od_1" }] } })
    expect(patchAdmin).type.not.toBeCallableWith({ ...at, reserve_admin_config: { depts: ["od_1"] } })
    expect(patchAdmin).type.not.toBeCallableWith(at)
  })
})

describe("patchDisableInform", () => {
  const patchDisableInform = taking(ReserveConfig.patchDisableInform)

  test("says whether anybody is told", () => {
    const at = { reserve_config_id: "omm_1", scope_type: 2 } as const
    expect(patchDisableInform).type.toBeCallableWith({ ...at, disable_inform: { if_inform: false } })
    expect(patchDisableInform).type.toBeCallableWith({ ...at, disable_inform: { if_inform: true, informed_users: users } })
    expect(patchDisableInform).type.not.toBeCallableWith({ ...at, disable_inform: {} })
    expect(patchDisableInform).type.not.toBeCallableWith({ ...at, disable_inform: { informed_users: users } })
  })
})
