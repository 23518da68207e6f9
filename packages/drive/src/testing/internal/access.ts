/** Who may do what: as owner, as collaborator, by the link, and by the folders it is in. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import type * as Directory from "@effect-feishu/core/testing/Directory"
import * as Effect from "effect/Effect"
import type { Document } from "./documents.ts"
import * as People from "./people.ts"
import { refuse } from "./refusals.ts"
import type { Refusal } from "./refusals.ts"

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

/** What a caller was given here. An application that was added to a folder has nothing by that. */
const ownRole = (document: Document, caller: Caller): Effect.Effect<number, never, Directory.Directory> => {
  if (People.same(document.owner, People.ofCaller(caller))) return Effect.succeed(level.owner)
  const members = document.members.filter(({ principal }) => !(document.type === "folder" && principal.kind === "app"))
  return Effect.map(
    Effect.filter(members, ({ principal }) => People.includes(caller, principal)),
    (meant) => Math.max(level.none, ...meant.map(({ perm }) => level[perm]))
  )
}

/** The link is for users of the tenant. */
const byLink = (document: Document, caller: Caller): number =>
  caller.credential === "user" ? linkLevel[document.settings.link_share_entity] ?? level.none : level.none

/**
 * What counts here or in a folder around it; short of ownership, which is not
 * inherited. A root is nobody's but its owner's and gives nothing to what lies in
 * it, and what is locked takes nothing from above.
 */
const inherited = (
  document: Document,
  here: (document: Document) => Effect.Effect<number, never, Directory.Directory>
): Effect.Effect<number, never, Directory.Directory> => {
  const { parent, settings } = document
  return parent === undefined || parent.root || settings.lock_switch
    ? here(document)
    : Effect.zipWith(here(document), inherited(parent, here), (own, above) =>
      Math.max(own, Math.min(above, level.full_access)))
}

/** What a caller was given as owner or collaborator. */
const role = (document: Document, caller: Caller) => inherited(document, (one) => ownRole(one, caller))

/** What a caller may do, the link included. */
const allowed = (document: Document, caller: Caller) =>
  inherited(document, (one) => Effect.map(ownRole(one, caller), (own) => Math.max(own, byLink(one, caller))))

export const isOwner = (document: Document, caller: Caller) => People.same(document.owner, People.ofCaller(caller))

export const atLeast = (document: Document, caller: Caller, needed: "edit" | "full_access" | "view") =>
  Effect.map(allowed(document, caller), (own) => own >= level[needed])

export const requireOwner = (document: Document, caller: Caller) =>
  isOwner(document, caller) ? Effect.void : refuse("denied", "only the owner may do this")

export const requireLevel = (document: Document, caller: Caller, needed: "edit" | "full_access" | "view") =>
  Effect.flatMap(atLeast(document, caller, needed), (may) =>
    may ? Effect.void : refuse("denied", `the caller needs ${needed}`))

/** Whether a caller may see, add and remove collaborators, which only one of them may. */
export const requireManager = (document: Document, caller: Caller) =>
  Effect.flatMap(role(document, caller), (own): Effect.Effect<void, Refusal<"denied" | "noShare">> =>
    own === level.none
      ? refuse("denied", "the caller is not a collaborator")
      : own < managerLevel[document.settings.manage_collaborator_entity]!
      ? refuse("noShare", "the caller may not manage collaborators")
      : Effect.void)

/**
 * Whether a caller may delete it: its owner who may edit the folder it is in, or
 * whoever owns or manages that folder.
 */
export const mayDelete = (document: Document, caller: Caller) => {
  const { parent } = document
  if (parent === undefined) return Effect.succeed(isOwner(document, caller))
  return Effect.zipWith(allowed(parent, caller), allowed(document, caller), (folder, here) =>
    isOwner(document, caller) ? folder >= level.edit : folder >= level.full_access && here >= level.full_access)
}

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
