/** Collaborators: what each operation does to them. */
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as PermissionMember from "../../PermissionMember.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Documents from "./documents.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"

interface Granting {
  readonly member_type: string
  readonly member_id: string
  readonly type?: string | undefined
  readonly perm: Documents.Perm
  readonly perm_type?: "container" | "single_page" | undefined
}

const isMember = (document: Documents.Document, principal: People.Principal, permType: string) =>
  (one: Documents.Collaborator) =>
    People.same(one.principal, principal) && (document.type !== "wiki" || one.perm_type === permType)

/** Puts somebody in, or changes what they may do. */
const grant = (
  document: Documents.Document,
  caller: FakeFeishu.Caller,
  member: Granting
) =>
  Effect.gen(function*() {
    if (member.member_type === "wikispaceid" && document.type !== "wiki") {
      return yield* Refusals.refuse("invalid", "wiki spaces are members of wiki documents only")
    }
    if (document.root) return yield* Refusals.refuse("invalid", "a root folder is not shared")
    const principal = yield* People.resolve(member)
    yield* People.visible(caller, principal)
    if (People.same(principal, document.owner)) {
      return yield* Refusals.refuse("notAllowed", "the owner has everything already")
    }
    const { perm, perm_type = "container" } = member
    const others = document.members.filter((one) => !isMember(document, principal, perm_type)(one))
    if (others.length >= document.memberLimit) {
      return yield* Refusals.refuse("notAllowed", "the document holds no more members")
    }
    document.members = [...others, { principal, perm, perm_type }]
    return principal
  })

/** How a collaborator is called where nobody gave it a name. */
const idTypes = {
  app: "appid",
  chat: "openchat",
  department: "opendepartmentid",
  group: "groupid",
  user: "openid",
  wiki: "wikispaceid"
} as const

const nameOf = ({ id, kind }: People.Principal) =>
  Effect.flatMap(Directory.Directory, ({ chat, department, group, user }): Effect.Effect<string | undefined> => {
    const name = Option.match<string | undefined, { readonly name?: string | undefined }>({
      onNone: () => undefined,
      onSome: ({ name }) => name
    })
    switch (kind) {
      case "chat":
        return Effect.map(chat(id), name)
      case "department":
        return Effect.map(department(id), name)
      case "group":
        return Effect.map(group(id), name)
      case "user":
        return Effect.map(user("open_id", id), name)
      default:
        return Effect.succeed(undefined)
    }
  })

const listed = (
  { perm, perm_type, principal }: Documents.Collaborator,
  wanted: (field: string) => boolean,
  wiki: boolean
) =>
  Effect.map(nameOf(principal), (name): PermissionMember.Member => ({
    member_type: idTypes[principal.kind],
    member_id: principal.id,
    perm,
    ...wiki ? { perm_type } : {},
    ...wanted("type") ? { type: principal.role ?? principal.kind } : {},
    ...wanted("name") && name !== undefined ? { name } : {},
    ...wanted("avatar") ? { avatar: `https://avatar.example/${principal.id}` } : {},
    ...wanted("external_label") ? { external_label: false } : {}
  }))

export const handlers = <I>(DriveFake: Context.Tag<I, Service>) => {
  const find = (token: string, type: string) => Effect.flatMap(DriveFake, ({ documents }) => documents.find(token, type))

  /** Nobody is told of what an application does. */
  const notify = (caller: FakeFeishu.Caller, wanted: boolean, token: string, to: People.Principal) =>
    Effect.map(DriveFake, (drive) => {
      if (wanted && caller.credential === "user") drive.notify(token, to)
    })

  const echo = ({ member_id, member_type, perm, perm_type = "container", type }: PermissionMember.NewMember) => ({
    member_type,
    member_id,
    perm,
    perm_type,
    ...type === undefined ? {} : { type }
  })

  const ofBatch = { ...Refusals.all, deleted: Refusals.all.invalid, noShare: Refusals.all.denied }
  const batch = Refusals.as(PermissionMember.batchCreate, ofBatch)

  return [
    FakeFeishu.handler(PermissionMember.create, (request, caller) =>
      Refusals.as(PermissionMember.create, Refusals.all)(Effect.gen(function*() {
        const { file_type, need_notification = false, token } = request
        const document = yield* find(token, file_type)
        yield* Access.requireManager(document, caller)
        const principal = yield* grant(document, caller, request)
        yield* notify(caller, need_notification, token, principal)
        return { member: echo(request) }
      }))),

    FakeFeishu.handler(PermissionMember.batchCreate, (request, caller) =>
      Effect.gen(function*() {
        const { members, need_notification = false, token, type } = request
        const document = yield* batch(find(token, type))
        yield* batch(Access.requireManager(document, caller))
        const [refused, added] = yield* Effect.partition(members, (member) =>
          Effect.as(
            Effect.tap(grant(document, caller, member), (to) => notify(caller, need_notification, token, to)),
            echo(member)
          ))
        const [first] = refused
        if (first === undefined) return { members: added }
        const cause = Refusals.failure(PermissionMember.batchCreate, ofBatch)(first)
        return yield* Effect.fail(
          added.length === 0 ? cause : FeishuTest.partial(PermissionMember.batchCreate, { members: added }, cause)
        )
      })),

    FakeFeishu.handler(PermissionMember.update, (request, caller) =>
      Refusals.as(PermissionMember.update, Refusals.all)(Effect.gen(function*() {
        const { file_type, need_notification = false, perm_type = "container", token } = request
        const document = yield* find(token, file_type)
        yield* Access.requireManager(document, caller)
        yield* Access.requireLevel(document, caller, "full_access")
        const principal = yield* People.resolve(request)
        if (!document.members.some(isMember(document, principal, perm_type))) {
          return yield* Refusals.refuse("invalid", "there is no such collaborator")
        }
        yield* grant(document, caller, request)
        yield* notify(caller, need_notification, token, principal)
        return { member: echo(request) }
      }))),

    FakeFeishu.handler(PermissionMember.list, ({ fields = "", perm_type = "container", token, type }, caller) =>
      Refusals.as(PermissionMember.list, Refusals.all)(Effect.gen(function*() {
        const document = yield* find(token, type)
        yield* Access.requireManager(document, caller)
        const wiki = type === "wiki"
        const wanted = (field: string) => fields === "*" || fields.split(",").includes(field)
        const owner = { principal: document.owner, perm: "full_access", perm_type } as const
        const members = [owner, ...document.members.filter((one) => !wiki || one.perm_type === perm_type)]
        return { items: yield* Effect.forEach(members, (one) => listed(one, wanted, wiki)) }
      }))),

    FakeFeishu.handler(PermissionMember.delete, (request, caller) =>
      Refusals.as(PermissionMember.delete, Refusals.all)(Effect.gen(function*() {
        const { file_type, perm_type = "container", token } = request
        const document = yield* find(token, file_type)
        yield* Access.requireManager(document, caller)
        const principal = yield* People.resolve(request)
        if (People.same(principal, document.owner)) {
          return yield* Refusals.refuse("notAllowed", "the owner cannot be removed")
        }
        document.members = document.members.filter((one) => !isMember(document, principal, perm_type)(one))
      }))),

    FakeFeishu.handler(PermissionMember.transferOwner, (request, caller) =>
      Refusals.as(PermissionMember.transferOwner, Refusals.all)(Effect.gen(function*() {
        const { need_notification = true, old_owner_perm = "full_access", remove_old_owner = false, token } = request
        const document = yield* find(token, request.type)
        yield* Access.requireOwner(document, caller)
        if (document.root) return yield* Refusals.refuse("invalid", "a root folder stays its owner's")
        const heir = yield* People.resolve(request)
        yield* People.visible(caller, heir)
        const { owner } = document
        if (People.same(heir, owner)) return
        const others = document.members.filter(({ principal }) => !People.same(principal, heir))
        document.owner = heir
        document.members = remove_old_owner
          ? others
          : [...others, { principal: owner, perm: old_owner_perm, perm_type: "container" }]
        if (Documents.isIn(document, owner) && request.stay_put !== true) {
          Documents.put(document, (yield* DriveFake).documents.rootOf(heir))
        }
        yield* notify(caller, need_notification, token, heir)
      }))),

    FakeFeishu.handler(PermissionMember.auth, ({ action, token, type }, caller) =>
      Refusals.as(PermissionMember.auth, {
        ...Refusals.all,
        denied: Refusals.all.notAllowed,
        noShare: Refusals.all.notAllowed
      })(Effect.map(
        Effect.flatMap(find(token, type), (document) => Access.mayDo(document, caller, action)),
        (auth_result) => ({ auth_result })
      )))
  ]
}
