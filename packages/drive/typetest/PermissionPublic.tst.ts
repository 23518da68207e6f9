import type { CallError } from "@effect-feishu/core"
import type { DriveError } from "@effect-feishu/drive"
import { PermissionPublic } from "@effect-feishu/drive"
import type { Effect, Redacted } from "effect"
import { describe, expect, test } from "tstyche"

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

describe("the public settings", () => {
  const get = taking(PermissionPublic.get)
  const patch = taking(PermissionPublic.patch)

  test("are changed one by one", () => {
    expect(patch).type.toBeCallableWith({ token: "t", type: "docx" })
    expect(patch).type.toBeCallableWith({ token: "t", type: "apps", link_share_entity: "closed" })
    expect(patch).type.not.toBeCallableWith({ token: "t", type: "docx", link_share_entity: "open" })
    expect(patch).type.not.toBeCallableWith({ token: "t", type: "docx", lock_switch: true })
    expect(patch).type.not.toBeCallableWith({ token: "t", link_share_entity: "closed" })
  })

  test("are read of a folder too", () => {
    expect(get).type.toBeCallableWith({ token: "t", type: "folder" })
    expect(patch).type.not.toBeCallableWith({ token: "t", type: "folder" })
  })

  test("are changed with every documented failure", () => {
    expect<Effect.Effect.Error<ReturnType<typeof PermissionPublic.patch>>>().type.toBe<
      | DriveError.DriveInvalidParam
      | DriveError.DriveNoPermission
      | DriveError.DriveOperationNotAllowed
      | DriveError.DriveNoSharePermission
      | DriveError.DriveResourceDeleted
      | DriveError.DriveSettingRefused
      | DriveError.DriveInternalError
      | DriveError.DriveContended
      | CallError.CallError
    >()
  })

  test("of the first version are others", () => {
    const patchV1 = taking(PermissionPublic.patchV1)
    expect(patchV1).type.toBeCallableWith({ token: "t", type: "docx", external_access: true, share_entity: "only_full_access" })
    expect(patchV1).type.not.toBeCallableWith({ token: "t", type: "docx", external_access_entity: "open" })
    expect(patchV1).type.not.toBeCallableWith({ token: "t", type: "apps" })
    expect(patch).type.not.toBeCallableWith({ token: "t", type: "docx", external_access: true })
  })
})

describe("a password", () => {
  const { createPassword, deletePassword, updatePassword } = PermissionPublic

  test("is a secret", () => {
    expect<Effect.Effect.Success<ReturnType<typeof createPassword>>["password"]>().type.toBe<Redacted.Redacted<string>>()
    expect<Effect.Effect.Success<ReturnType<typeof updatePassword>>["password"]>().type.toBe<Redacted.Redacted<string>>()
    expect<Effect.Effect.Success<ReturnType<typeof deletePassword>>>().type.toBe<void>()
  })

  test("is nothing minutes have", () => {
    expect(taking(createPassword)).type.toBeCallableWith({ token: "t", type: "docx" })
    expect(taking(createPassword)).type.not.toBeCallableWith({ token: "t", type: "minutes" })
  })

  test("is made twice only by asking twice, and taken away however often", () => {
    expect<DriveError.DriveInternalError>().type.not.toBeAssignableTo<Effect.Effect.Error<ReturnType<typeof createPassword>>>()
    expect<DriveError.DriveInternalError>().type.not.toBeAssignableTo<Effect.Effect.Error<ReturnType<typeof updatePassword>>>()
    expect<DriveError.DriveInternalError>().type.toBeAssignableTo<Effect.Effect.Error<ReturnType<typeof deletePassword>>>()
  })
})
