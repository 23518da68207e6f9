import type { CallError, FeishuClient } from "@effect-feishu/core"
import { AccessToken } from "@effect-feishu/core"
import type { DriveError } from "@effect-feishu/drive"
import { PermissionMember } from "@effect-feishu/drive"
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

const create = taking(PermissionMember.create)
const update = taking(PermissionMember.update)
const remove = taking(PermissionMember.delete)
const list = taking(PermissionMember.list)
const auth = taking(PermissionMember.auth)
const transferOwner = taking(PermissionMember.transferOwner)

const document = { token: "t", file_type: "docx" } as const
const colleague = { member_type: "openid", member_id: "ou_1" } as const

const may = PermissionMember.auth({ token: "t", type: "docx", action: "edit" })

describe("a call that accepts either credential", () => {
  test("speaks for whoever is there", () => {
    expect(may).type.toBe<
      Effect.Effect<
        PermissionMember.AuthResponse,
        | DriveError.DriveInvalidParam
        | DriveError.DriveOperationNotAllowed
        | DriveError.DriveResourceDeleted
        | DriveError.DriveTooManyRequests
        | DriveError.DriveInternalError
        | DriveError.DriveContended
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
    expect(run).type.toBeCallableWith(Effect.provide(may, asTenant))
    expect(run).type.toBeCallableWith(Effect.provide(may, asUser))
    expect(run).type.toBeCallableWith(Effect.provide(may, asBoth))
    expect(run).type.not.toBeCallableWith(may)
  })

  test("needs a user once it is to speak for one", () => {
    const mine = AccessToken.asUser(may)
    expect<Effect.Effect.Context<typeof mine>>().type.toBe<FeishuClient.FeishuClient | AccessToken.UserAccessToken>()
    expect(run).type.toBeCallableWith(Effect.provide(mine, asUser))
    expect(run).type.toBeCallableWith(Effect.provide(mine, asBoth))
    expect(run).type.not.toBeCallableWith(Effect.provide(mine, asTenant))
  })
})

describe("the failures", () => {
  test("of a write that must not be repeated are no faults of the platform", () => {
    const call = PermissionMember.create({ ...document, ...colleague, perm: "view" })
    expect<Effect.Effect.Error<typeof call>>().type.toBe<
      | DriveError.DriveInvalidParam
      | DriveError.DriveNoPermission
      | DriveError.DriveOperationNotAllowed
      | DriveError.DriveNoSharePermission
      | DriveError.DriveResourceDeleted
      | DriveError.DriveContended
      | CallError.CallError
    >()
    // Whether it took effect is unknown then, and that is what the failure is called.
    type Tag = Effect.Effect.Error<typeof call>["_tag"]
    expect<"DriveInternalError">().type.not.toBeAssignableTo<Tag>()
    expect<"OutcomeUnknown">().type.toBeAssignableTo<Tag>()
  })

  test("of a write that may be repeated are", () => {
    const call = PermissionMember.update({ ...document, ...colleague, perm: "view" })
    expect<DriveError.DriveInternalError>().type.toBeAssignableTo<Effect.Effect.Error<typeof call>>()
  })
})

describe("batchCreate", () => {
  const members: ReadonlyArray<PermissionMember.NewMember> = [{ ...colleague, perm: "view" }]
  const request = { token: "t", type: "docx", members } as const

  type Refused =
    | DriveError.DriveInvalidParam
    | DriveError.DriveNoPermission
    | DriveError.DriveOperationNotAllowed
    | DriveError.DriveTooManyRequests

  test("may succeed in part, and that is a failure of its own", () => {
    const add = PermissionMember.batchCreate(request)
    expect<Effect.Effect.Error<typeof add>>().type.toBe<
      | Refused
      | CallError.PartialSuccess<PermissionMember.BatchCreateResponse, Refused | CallError.CallError>
      | CallError.CallError
    >()
    const added = add.pipe(Effect.catchTag("PartialSuccess", ({ data }) => Effect.succeed(data)))
    expect<Effect.Effect.Success<typeof added>>().type.toBe<PermissionMember.BatchCreateResponse>()
  })

  test("with any number tells what became of each, and does not fail", () => {
    const all = PermissionMember.batchCreate.all(request)
    expect<Effect.Effect.Error<typeof all>>().type.toBe<never>()
    expect<Effect.Effect.Success<typeof all>["missing"]>().type.toBe<ReadonlyArray<PermissionMember.NewMember>>()
    expect<Effect.Effect.Success<typeof all>["succeeded"][number]["answer"]>().type.toBe<PermissionMember.AddedMember>()
    expect<Effect.Effect.Success<typeof all>["failed"][number]["error"]>().type.toBe<Refused | CallError.CallError>()
  })
})

describe("the members of a wiki space", () => {
  const space = { member_type: "wikispaceid", member_id: "7008061636015512345" } as const
  const wiki = { token: "t", file_type: "wiki" } as const
  const give = { ...wiki, perm: "view" } as const

  test("are named by a role", () => {
    for (const operation of [create, update]) {
      expect(operation).type.toBeCallableWith({ ...give, ...space, type: "wiki_space_viewer" })
      expect(operation).type.not.toBeCallableWith({ ...give, ...space })
      expect(operation).type.not.toBeCallableWith({ ...give, ...space, type: undefined })
      expect(operation).type.not.toBeCallableWith({ ...give, ...space, type: "user" })
    }
    expect(remove).type.toBeCallableWith({ ...wiki, ...space, type: "wiki_space_member" })
    expect(remove).type.not.toBeCallableWith({ ...wiki, ...space })
  })

  test("are named by a role among others", () => {
    const add = (...members: ReadonlyArray<PermissionMember.NewMember>) => {
      taking(PermissionMember.batchCreate)({ token: "t", type: "wiki", members })
    }
    expect(add).type.toBeCallableWith({ ...colleague, perm: "view" }, { ...space, perm: "edit", type: "wiki_space_editor" })
    expect(add).type.not.toBeCallableWith({ ...space, perm: "edit" })
  })

  test("are the only ones who need one", () => {
    for (const operation of [create, update]) {
      expect(operation).type.toBeCallableWith({ ...give, ...colleague })
      expect(operation).type.toBeCallableWith({ ...give, ...colleague, type: "user" })
    }
    expect(remove).type.toBeCallableWith({ ...wiki, ...colleague })
  })
})

describe("the type of a document", () => {
  test("is called file_type beside the type of a collaborator", () => {
    for (const operation of [create, update]) {
      expect(operation).type.not.toBeCallableWith({ token: "t", type: "docx", ...colleague, perm: "view" })
      expect(operation).type.not.toBeCallableWith({ token: "t", ...colleague, perm: "view", type: "user" })
    }
    expect(remove).type.not.toBeCallableWith({ token: "t", type: "docx", ...colleague })
  })

  test("is called type everywhere else", () => {
    expect(list).type.toBeCallableWith({ token: "t", type: "docx" })
    expect(list).type.not.toBeCallableWith({ token: "t", file_type: "docx" })
    expect(auth).type.not.toBeCallableWith({ token: "t", file_type: "docx", action: "view" })
    expect(transferOwner).type.toBeCallableWith({ token: "t", type: "docx", ...colleague })
    expect(transferOwner).type.not.toBeCallableWith({ token: "t", file_type: "docx", ...colleague })
  })

  test("is a folder only where the documentation lists one", () => {
    const folder = { token: "t", file_type: "folder", ...colleague } as const
    expect(create).type.toBeCallableWith({ ...folder, perm: "view" })
    expect(remove).type.toBeCallableWith(folder)
    expect(update).type.not.toBeCallableWith({ ...folder, perm: "view" })
    expect(list).type.toBeCallableWith({ token: "t", type: "folder" })
    expect(transferOwner).type.toBeCallableWith({ token: "t", type: "folder", ...colleague })
    expect(auth).type.not.toBeCallableWith({ token: "t", type: "folder", action: "view" })
  })
})

describe("list", () => {
  test("takes all fields or some of them", () => {
    for (const fields of ["*", "name", "name,avatar", "external_label,type,name,avatar", undefined] as const) {
      expect(list).type.toBeCallableWith({ token: "t", type: "docx", fields })
    }
    expect(list).type.not.toBeCallableWith({ token: "t", type: "docx", fields: "perm" })
    expect(list).type.not.toBeCallableWith({ token: "t", type: "docx", fields: "name, avatar" })
    expect(list).type.not.toBeCallableWith({ token: "t", type: "docx", fields: "name,name" })
    expect(list).type.not.toBeCallableWith({ token: "t", type: "docx", fields: ["name"] })
  })

  test("answers the documented values and any other", () => {
    expect<"view">().type.toBeAssignableTo<PermissionMember.Member["perm"]>()
    expect<string>().type.toBeAssignableTo<PermissionMember.Member["perm"]>()
    expect<PermissionMember.Member["member_id"]>().type.toBe<string>()
    expect<PermissionMember.Member["name"]>().type.toBe<string | undefined>()
  })
})
