/** Documents: who has them, who may do what with them. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import type * as Directory from "@effect-feishu/core/testing/Directory"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { PublicSettings } from "../../PermissionPublic.ts"
import * as People from "./people.ts"
import { refuse } from "./refusals.ts"
import type { Refusal } from "./refusals.ts"

export type Perm = "view" | "edit" | "full_access"

export type Settings = {
  readonly [Name in Exclude<keyof PublicSettings, "perm_type">]-?: Exclude<PublicSettings[Name], undefined>
}

/** What is given, and nothing that is only mentioned. */
export const given = <A extends object>(fields: A): { [Name in keyof A]: Exclude<A[Name], undefined> } =>
  // Sound: what is undefined is gone.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof A]: Exclude<A[Name], undefined>
  }

/** A collaborator, by its canonical id. */
export interface Collaborator {
  readonly principal: People.Principal
  readonly perm: Perm
  /** In a wiki: for which pages. */
  readonly perm_type: "container" | "single_page"
}

export interface Document {
  readonly token: string
  readonly type: string
  readonly memberLimit: number
  owner: People.Principal
  /** Whose personal space it lies in; none for shared ones. */
  space: string | undefined
  members: ReadonlyArray<Collaborator>
  settings: Settings
  inviteExternal: boolean
  password: Redacted.Redacted | undefined
  deleted: boolean
}

export const strict: Settings = {
  external_access_entity: "closed",
  security_entity: "anyone_can_view",
  comment_entity: "anyone_can_view",
  share_entity: "anyone",
  manage_collaborator_entity: "collaborator_full_access",
  link_share_entity: "closed",
  copy_entity: "anyone_can_view",
  lock_switch: false
}

/** What somebody may do, from nothing to everything. */
export const level = { none: 0, view: 1, edit: 2, full_access: 3, owner: 4 } as const

const linkLevel: Readonly<Record<string, number>> = {
  tenant_readable: level.view,
  tenant_editable: level.edit,
  partner_tenant_readable: level.view,
  partner_tenant_editable: level.edit,
  anyone_readable: level.view,
  anyone_editable: level.edit
}

const managerLevel: Readonly<Record<string, number>> = {
  collaborator_can_view: level.view,
  collaborator_can_edit: level.edit,
  collaborator_full_access: level.full_access
}

const entityLevel: Readonly<Record<string, number>> = {
  anyone_can_view: level.view,
  anyone_can_edit: level.edit,
  only_full_access: level.full_access
}

/** What a caller was given as a collaborator. An application that was added to a folder has nothing by that. */
const role = (document: Document, caller: Caller): Effect.Effect<number, never, Directory.Directory> => {
  if (People.same(document.owner, People.ofCaller(caller))) return Effect.succeed(level.owner)
  const members = document.members.filter(({ principal }) => !(document.type === "folder" && principal.kind === "app"))
  return Effect.map(
    Effect.filter(members, ({ principal }) => People.includes(caller, principal)),
    (meant) => Math.max(level.none, ...meant.map(({ perm }) => level[perm]))
  )
}

/** What a caller may do, the link included, which is for users of the tenant. */
const allowed = (document: Document, caller: Caller) =>
  Effect.map(role(document, caller), (own) =>
    Math.max(own, caller.credential === "user" ? linkLevel[document.settings.link_share_entity] ?? level.none : level.none))

export const requireOwner = (document: Document, caller: Caller) =>
  Effect.flatMap(role(document, caller), (own) =>
    own === level.owner ? Effect.void : refuse("denied", "only the owner may do this"))

export const requireLevel = (document: Document, caller: Caller, needed: "full_access" | "view") =>
  Effect.flatMap(allowed(document, caller), (own) =>
    own >= level[needed] ? Effect.void : refuse("denied", `the caller needs ${needed}`))

/** Whether a caller may see, add and remove collaborators, which only one of them may. */
export const requireManager = (document: Document, caller: Caller): Effect.Effect<void, Refusal, Directory.Directory> =>
  Effect.flatMap(role(document, caller), (own) =>
    own === level.none
      ? refuse("denied", "the caller is not a collaborator")
      : own < managerLevel[document.settings.manage_collaborator_entity]!
      ? refuse("noShare", "the caller may not manage collaborators")
      : Effect.void)

export type Action = "comment" | "copy" | "edit" | "export" | "manage_public" | "print" | "share" | "view"

/** Whether a caller may do something, as things stand. */
export const mayDo = (document: Document, caller: Caller, action: Action) =>
  Effect.zipWith(role(document, caller), allowed(document, caller), (own, any) => {
    const { comment_entity, copy_entity, manage_collaborator_entity, security_entity } = document.settings
    switch (action) {
      case "view":
        return any >= level.view
      case "edit":
        return any >= level.edit
      case "comment":
        return any >= entityLevel[comment_entity]!
      case "copy":
        return any >= entityLevel[copy_entity]!
      case "export":
      case "print":
        return any >= entityLevel[security_entity]!
      case "share":
        return own >= managerLevel[manage_collaborator_entity]!
      case "manage_public":
        return own >= level.full_access
    }
  })

export const make = () => {
  const documents = new Map<string, Document>()
  let passwords = 0
  return {
    all: documents,
    /** Gives a document another password. */
    renewPassword: (document: Document): Redacted.Redacted => {
      passwords++
      // Named so that whatever looks for planted secrets in what was printed finds it.
      const password = Redacted.make(`canary-secret-password-${passwords}`)
      document.password = password
      return password
    },
    find: (token: string, type: string): Effect.Effect<Document, Refusal> =>
      Effect.suspend(() => {
        const document = documents.get(token)
        if (document === undefined || document.type !== type) {
          return refuse("invalid", "no document of this type has this token")
        }
        return document.deleted ? refuse("deleted", "the document has been deleted") : Effect.succeed(document)
      })
  }
}

export type Documents = ReturnType<typeof make>
