import type { AccessToken, CallError, FeishuClient } from "@effect-feishu/core"
import type { VcError } from "@effect-feishu/vc"
import { MeetingRecording } from "@effect-feishu/vc"
import type { Layer } from "effect"
import { Effect } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>
declare const asBoth: Layer.Layer<
  FeishuClient.FeishuClient | AccessToken.TenantAccessToken | AccessToken.UserAccessToken
>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

const share = (...permission_objects: ReadonlyArray<MeetingRecording.PermissionObject>) =>
  MeetingRecording.setPermission({ meeting_id: "m", permission_objects })

const setPermission = taking(MeetingRecording.setPermission)

declare const grants: (...permissions: ReadonlyArray<MeetingRecording.PermissionObject>) => void

describe("setPermission", () => {
  test("fails as documented, and as any call may", () => {
    expect(share()).type.toBe<
      Effect.Effect<
        void,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | VcError.VcMeetingNotFound
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.UserAccessToken
      >
    >()
  })

  test("is caught by the tags of its own errors, and they leave the union", () => {
    const caught = share().pipe(Effect.catchTag("VcMeetingNotFound", ({ code }) => Effect.succeed(code)))
    expect(caught).type.toBe<
      Effect.Effect<
        void | 122002,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.UserAccessToken
      >
    >()
    // A tag this operation does not document is none to catch.
    type Tag = Effect.Effect.Error<ReturnType<typeof share>>["_tag"]
    expect<"VcMeetingNotFound">().type.toBeAssignableTo<Tag>()
    expect<"VcReserveFormNotConfigured">().type.not.toBeAssignableTo<Tag>()
  })

  test("speaks for a user, and never for the tenant", () => {
    expect(run).type.toBeCallableWith(Effect.provide(share(), asUser))
    expect(run).type.toBeCallableWith(Effect.provide(share(), asBoth))
    expect(run).type.not.toBeCallableWith(Effect.provide(share(), asTenant))
  })

  test("takes exactly the documented fields", () => {
    expect(setPermission).type.toBeCallableWith({ meeting_id: "m", permission_objects: [] })
    expect(setPermission).type.toBeCallableWith({
      meeting_id: "m",
      user_id_type: undefined,
      action_type: MeetingRecording.ActionType.revoke,
      permission_objects: [{ type: 3, permission: 1 }]
    })
    expect(setPermission).type.not.toBeCallableWith({ permission_objects: [] })
    expect(setPermission).type.not.toBeCallableWith({ meeting_id: "m" })
    expect(setPermission).type.not.toBeCallableWith({ meeting_id: "m", permission_objects: [], action: 1 })
    expect(setPermission).type.not.toBeCallableWith({ meeting_id: "m", permission_objects: [], action_type: 2 })
    expect(setPermission).type.not.toBeCallableWith({ meeting_id: 1, permission_objects: [] })
  })
})

describe("a permission", () => {
  test("names a user or a chat", () => {
    expect(grants).type.toBeCallableWith({ type: 1, id: "ou_1", permission: 1 }, { type: 2, id: "oc_1", permission: 1 })
    expect(grants).type.not.toBeCallableWith({ type: 1, permission: 1 })
    expect(grants).type.not.toBeCallableWith({ type: 2, permission: 1 })
    expect(grants).type.not.toBeCallableWith({ type: 1, id: undefined, permission: 1 })
  })

  test("does not name the tenant or the public", () => {
    expect(grants).type.toBeCallableWith({ type: 3, permission: 1 }, { type: 4, permission: 1, id: undefined })
    expect(grants).type.not.toBeCallableWith({ type: 3, id: "ou_1", permission: 1 })
    expect(grants).type.not.toBeCallableWith({ type: 4, id: "ou_1", permission: 1 })
  })

  test("is written with numbers or with their names", () => {
    const { Permission, PermissionTarget } = MeetingRecording
    expect(grants).type.toBeCallableWith({ type: PermissionTarget.user, id: "ou_1", permission: Permission.view })
    expect(grants).type.toBeCallableWith({ type: PermissionTarget.public, permission: Permission.view })
    expect(grants).type.not.toBeCallableWith({ type: PermissionTarget.chat, permission: Permission.view })
    expect(grants).type.not.toBeCallableWith({ type: 5, permission: 1 })
    expect(grants).type.not.toBeCallableWith({ type: 3, permission: 2 })
  })
})
