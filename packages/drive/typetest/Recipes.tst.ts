import type { AccessToken, ApiError, CallError, FeishuClient } from "@effect-feishu/core"
import type { Explorer, FileError } from "@effect-feishu/drive"
import { CopyTree, Folder, FolderTree, Handover, PermissionAudit, PermissionBaseline, PermissionMember } from "@effect-feishu/drive"
import { Effect, Stream } from "effect"
import { describe, expect, test } from "tstyche"

type Requirements = FeishuClient.FeishuClient | AccessToken.AnyAccessToken

declare const recipient: (one: Handover.Recipient) => void
declare const handOver: (document: Handover.Document) => void

describe("Handover", () => {
  test("makes owners of those only whose ownership can be looked up", () => {
    expect(recipient).type.toBeCallableWith({ member_type: "openid" as const, member_id: "ou_1", transfer: true })
    expect(recipient).type.toBeCallableWith({ member_type: "userid" as const, member_id: "1", transfer: { keep: "nothing" as const } })
    expect(recipient).type.toBeCallableWith({ member_type: "email" as const, member_id: "a@b.example" })
    expect(recipient).type.not.toBeCallableWith({ member_type: "email" as const, member_id: "a@b.example", transfer: true })
    expect(recipient).type.not.toBeCallableWith({ member_type: "openchat" as const, member_id: "oc_1", transfer: {} })
    expect(recipient).type.not.toBeCallableWith({ member_type: "openid" as const, member_id: "ou_1", transfer: { keep: "owner" as const } })
  })

  test("takes what has members and an owner", () => {
    expect(handOver).type.toBeCallableWith({ token: "t", type: "folder" as const })
    expect(handOver).type.not.toBeCallableWith({ token: "t", type: "minutes" as const })
    expect(handOver).type.not.toBeCallableWith({ token: "t", type: "shortcut" as const })
  })

  test("fails in one way, and with whatever creating fails with", () => {
    const document: { readonly token: string; readonly type: "docx" } = { token: "t", type: "docx" }
    const to = Handover.to(document, { member_type: "openid", member_id: "ou_1" })
    expect(to).type.toBe<
      Effect.Effect<
        Handover.Done<{ readonly token: string; readonly type: "docx" }>,
        Handover.HandoverFailed,
        Requirements
      >
    >()
    const create = Effect.map(Folder.create({ name: "n", folder_token: "" }), ({ token, url }) => ({ token, url, type: "folder" as const }))
    const after = Handover.after(create, { member_type: "openid", member_id: "ou_1" })
    expect<Effect.Effect.Error<typeof after>>().type.toBe<Effect.Effect.Error<typeof create> | Handover.HandoverFailed>()
    expect<Effect.Effect.Success<typeof after>["document"]["url"]>().type.toBe<string | undefined>()
  })
})

describe("a tree", () => {
  test("is walked until something that all folders would meet", () => {
    expect(FolderTree.walk({ folder: "f" })).type.toBe<Stream.Stream<FolderTree.Entry, FolderTree.WalkError, Requirements>>()
    expect<FolderTree.WalkError>().type.toBe<
      | CallError.TokenError
      | CallError.CircuitOpen
      | Extract<ApiError.Common, { readonly category: "Credential" }>
      | ApiError.MonthlyQuotaExceeded
      | ApiError.ScopeNotGranted
      | ApiError.UserScopeNotGranted
      | ApiError.TokenNotPermitted
      | ApiError.IpNotAllowed
      | FileError.DriveFileAuthFailed
    >()
  })

  test("says of a folder why it cannot be read, and nothing that ends the walk", () => {
    expect<Extract<FolderTree.ReadError, { readonly _tag: "DriveFileNoPermission" | "FolderCycle" | "PaginationLoop" }>["_tag"]>()
      .type.toBe<"DriveFileNoPermission" | "FolderCycle" | "PaginationLoop">()
    expect<Extract<FolderTree.ReadError, FolderTree.WalkError>>().type.toBe<never>()
  })
})

describe("an audit", () => {
  const audit = PermissionAudit.audit({ folder: "f", fields: "name,type" })

  test("is a stream of findings, and so is what renders it", () => {
    expect(audit).type.toBe<Stream.Stream<PermissionAudit.Finding, FolderTree.WalkError, Requirements>>()
    expect(PermissionAudit.toNdjson(audit)).type.toBe<Stream.Stream<string, FolderTree.WalkError, Requirements>>()
    expect(PermissionAudit.toTable(audit)).type.toBe<Stream.Stream<string, FolderTree.WalkError, Requirements>>()
  })

  test("says of what a gap is, and no less", () => {
    expect<PermissionAudit.Gap["of"]>().type.toBe<"members" | "settings" | "contents">()
    expect<Extract<PermissionAudit.Gap, { readonly of: "contents" }>["error"]>().type.toBe<FolderTree.ReadError>()
  })
})

declare const baseline: (one: PermissionBaseline.Baseline) => void

describe("a baseline", () => {
  test("names members by ids that can be compared", () => {
    expect(baseline).type.toBeCallableWith({ present: [{ member_type: "openid" as const, member_id: "ou_1", perm: "view" as const }] })
    expect(baseline).type.not.toBeCallableWith({ present: [{ member_type: "email" as const, member_id: "a@b.example", perm: "view" as const }] })
    expect(baseline).type.not.toBeCallableWith({ present: [{ member_type: "openid" as const, member_id: "ou_1" }] })
    expect(baseline).type.toBeCallableWith({ absent: [{ member_type: "openchat" as const, member_id: "oc_1" }] })
  })

  test("wants settings that there are", () => {
    expect(baseline).type.toBeCallableWith({ settings: { link_share_entity: "closed" as const } })
    expect(baseline).type.not.toBeCallableWith({ settings: { link_share_entity: "open" as const } })
    expect(baseline).type.not.toBeCallableWith({ settings: { token: "t" } })
  })

  test("is applied to any stream of differences, and fails only as that does", () => {
    const reviewed = PermissionBaseline.apply(Stream.fromIterable<PermissionBaseline.Difference>([]))
    expect(reviewed).type.toBe<Stream.Stream<PermissionBaseline.Result, never, Requirements>>()
    const planned = PermissionBaseline.apply(PermissionBaseline.plan({ folder: "f", baseline: {} }))
    expect(planned).type.toBe<Stream.Stream<PermissionBaseline.Result, FolderTree.WalkError, Requirements>>()
  })
})

describe("a copy", () => {
  test("fails with what ends it, and tells of all else", () => {
    expect(CopyTree.copy({ from: "a", to: "b" })).type.toBe<
      Stream.Stream<
        CopyTree.Outcome,
        FolderTree.WalkError | CopyTree.CopyIntoItself | Effect.Effect.Error<ReturnType<typeof Explorer.getRootFolderMeta>>,
        Requirements
      >
    >()
  })

  test("has the token of what there is now where there is something", () => {
    expect<Extract<CopyTree.Outcome, { readonly token: string }>["_tag"]>().type.toBe<"Copied" | "Skipped">()
    expect<CopyTree.Outcome["_tag"]>().type.toBe<"Copied" | "Skipped" | "Failed">()
  })
})

describe("many at once", () => {
  test("are told of request by request, as they are told of together", () => {
    const request = { token: "t", type: "docx", members: [] } as const
    const each = PermissionMember.batchCreate.stream(request)
    const all = PermissionMember.batchCreate.all(request)
    expect<Stream.Stream.Success<typeof each>>().type.toBe<Effect.Effect.Success<typeof all>>()
    expect<Stream.Stream.Error<typeof each>>().type.toBe<never>()
    expect<Stream.Stream.Context<typeof each>>().type.toBe<Effect.Effect.Context<typeof all>>()
  })
})
