/** Public settings in both their versions, and the password. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Struct from "effect/Struct"
import * as PermissionPublic from "../../PermissionPublic.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Documents from "./documents.ts"
import * as Refusals from "./refusals.ts"

const forAnyone = ({ link_share_entity }: Documents.Settings) => link_share_entity.startsWith("anyone_")

/** The settings with a change made; a link for everybody does not outlive sharing with everybody. */
const changed = (
  before: Documents.Settings,
  change: Partial<Documents.Settings>,
  partnersOnly: boolean
): Effect.Effect<Partial<Documents.Settings>, Refusals.Refusal<"notAllowed">> => {
  const after: Documents.Settings = { ...before, ...change }
  if (
    !partnersOnly && (change.external_access_entity === "allow_share_partner_tenant"
      || change.link_share_entity?.startsWith("partner_tenant_") === true)
  ) return Refusals.refuse("notAllowed", "sharing is not restricted to partner tenants")
  if (!forAnyone(after) || after.external_access_entity === "open") return Effect.succeed(change)
  return change.link_share_entity === undefined
    ? Effect.succeed({ ...change, link_share_entity: "closed" })
    : Refusals.refuse("notAllowed", "the document is not open to those outside the tenant")
}

const v1LinkShare: Readonly<Record<string, string>> = {
  partner_tenant_readable: "tenant_readable",
  partner_tenant_editable: "tenant_editable"
}

const asV1 = ({ inviteExternal, settings }: Documents.Document): PermissionPublic.PublicSettingsV1 => ({
  external_access: settings.external_access_entity !== "closed",
  security_entity: settings.security_entity,
  comment_entity: settings.comment_entity,
  share_entity: settings.manage_collaborator_entity === "collaborator_full_access"
    ? "only_full_access"
    : settings.share_entity,
  link_share_entity: v1LinkShare[settings.link_share_entity] ?? settings.link_share_entity,
  invite_external: inviteExternal,
  lock_switch: settings.lock_switch
})

const fromV1 = (
  { comment_entity, external_access, link_share_entity, security_entity, share_entity }: PermissionPublic.PatchV1Request
): Partial<Documents.Settings> =>
  Documents.given({
    external_access_entity: external_access === undefined ? undefined : external_access ? "open" : "closed",
    security_entity,
    copy_entity: security_entity,
    comment_entity,
    link_share_entity,
    share_entity: share_entity === "only_full_access" ? undefined : share_entity,
    manage_collaborator_entity: share_entity === undefined
      ? undefined
      : share_entity === "only_full_access"
      ? "collaborator_full_access"
      : "collaborator_can_view"
  })

export const handlers = <I>(DriveFake: Context.Tag<I, Service>) => {
  const find = (token: string, type: string) => Effect.flatMap(DriveFake, ({ documents }) => documents.find(token, type))

  const readable = (caller: FakeFeishu.Caller, token: string, type: string) =>
    Effect.tap(find(token, type), (document) => Access.requireLevel(document, caller, "view"))

  const manageable = (caller: FakeFeishu.Caller, token: string, type: string) =>
    Effect.tap(find(token, type), (document) => Access.requireLevel(document, caller, "full_access"))

  const change = (document: Documents.Document, fields: Partial<Documents.Settings>) =>
    Effect.map(
      Effect.flatMap(DriveFake, ({ partnersOnly }) => changed(document.settings, fields, partnersOnly)),
      (made) => {
        document.settings = { ...document.settings, ...made }
        if (!forAnyone(document.settings)) document.password = undefined
        return made
      }
    )

  const newPassword = (document: Documents.Document) =>
    Effect.map(DriveFake, ({ documents }) => ({ password: documents.renewPassword(document) }))

  const ofPassword = { ...Refusals.all, noShare: Refusals.all.denied }

  return [
    FakeFeishu.handler(PermissionPublic.get, ({ token, type }, caller) =>
      Refusals.as(PermissionPublic.get, Refusals.all)(
        Effect.map(readable(caller, token, type), ({ settings }) => ({ permission_public: settings }))
      )),

    FakeFeishu.handler(PermissionPublic.patch, (request, caller) =>
      Refusals.as(PermissionPublic.patch, Refusals.all)(Effect.gen(function*() {
        const document = yield* manageable(caller, request.token, request.type)
        const fields = Documents.given(Struct.omit(request, "perm_type", "token", "type"))
        return { permission_public: yield* change(document, fields) }
      }))),

    FakeFeishu.handler(PermissionPublic.getV1, ({ token, type }, caller) =>
      Refusals.as(PermissionPublic.getV1, Refusals.all)(
        Effect.map(readable(caller, token, type), (document) => ({ permission_public: asV1(document) }))
      )),

    FakeFeishu.handler(PermissionPublic.patchV1, (request, caller) =>
      Refusals.as(PermissionPublic.patchV1, Refusals.all)(Effect.gen(function*() {
        const document = yield* manageable(caller, request.token, request.type)
        yield* change(document, fromV1(request))
        document.inviteExternal = request.invite_external ?? document.inviteExternal
        const now = asV1(document)
        return { permission_public: Struct.pick(now, ...Struct.keys(now).filter((name) => name in request)) }
      }))),

    FakeFeishu.handler(PermissionPublic.createPassword, ({ token, type }, caller) =>
      Refusals.as(PermissionPublic.createPassword, ofPassword)(Effect.gen(function*() {
        const document = yield* manageable(caller, token, type)
        if (!forAnyone(document.settings)) return yield* Refusals.refuse("notAllowed", "the link is not for everybody")
        return yield* newPassword(document)
      }))),

    FakeFeishu.handler(PermissionPublic.updatePassword, ({ token, type }, caller) =>
      Refusals.as(PermissionPublic.updatePassword, ofPassword)(Effect.gen(function*() {
        const document = yield* manageable(caller, token, type)
        if (document.password === undefined) return yield* Refusals.refuse("notAllowed", "there is no password yet")
        return yield* newPassword(document)
      }))),

    FakeFeishu.handler(PermissionPublic.deletePassword, ({ token, type }, caller) =>
      Refusals.as(PermissionPublic.deletePassword, ofPassword)(Effect.map(manageable(caller, token, type), (document) => {
        document.password = undefined
      })))
  ]
}
