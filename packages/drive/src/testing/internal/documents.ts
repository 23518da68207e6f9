/** Everything that lies in the cloud space: documents, files, folders and shortcuts, and in which folder each of them is. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { PublicSettings } from "../../PermissionPublic.ts"
import type * as People from "./people.ts"
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

export interface Target {
  readonly token: string
  readonly type: string
}

/** Something somebody did with it at a time: milliseconds since 1970. */
export interface Act {
  readonly by: People.Principal
  readonly at: number
  /** The how-manieth it was. */
  readonly number: number
}

export interface Document {
  readonly token: string
  readonly type: string
  /** The how-manieth there was. */
  readonly number: number
  readonly memberLimit: number
  /** Whether it is the root of its owner's space. */
  readonly root: boolean
  /** What a shortcut leads to. */
  readonly target: Target | undefined
  readonly creator: People.Principal
  readonly visits: ReadonlyArray<Act>
  readonly likes: ReadonlyArray<Act>
  /** What it is exported as. */
  readonly exported: Uint8Array | undefined
  /** Milliseconds since 1970, like `modifiedAt`. */
  readonly createdAt: number
  modifiedAt: number
  modifier: People.Principal
  name: string
  /** The folder it is in; wiki pages, for example, are in none. */
  parent: Document | undefined
  /** What is in it, in the order it came there. */
  readonly inside: Set<Document>
  owner: People.Principal
  members: ReadonlyArray<Collaborator>
  settings: Settings
  inviteExternal: boolean
  password: Redacted.Redacted | undefined
  deleted: boolean
}

export interface New {
  readonly token?: string | undefined
  readonly type: string
  readonly name: string
  readonly owner: People.Principal
  readonly parent: Document | undefined
  /** When it is made: milliseconds since 1970. */
  readonly at: number
  readonly modifiedAt?: number | undefined
  readonly target?: Target | undefined
  readonly members?: ReadonlyArray<Collaborator> | undefined
  readonly settings?: Partial<Settings> | undefined
  readonly memberLimit?: number | undefined
  readonly visits?: ReadonlyArray<Act> | undefined
  readonly likes?: ReadonlyArray<Act> | undefined
  readonly exported?: Uint8Array | undefined
}

export interface Limits {
  /** How many things a folder holds. */
  readonly folder: number
  /** How deep folders nest; what lies in the root is at the first level. */
  readonly depth: number
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

/** How tokens of each type begin, and where a browser opens what they name. */
const kinds: Readonly<Record<string, { readonly prefix: string; readonly path: string }>> = {
  bitable: { prefix: "bascn", path: "base" },
  doc: { prefix: "doccn", path: "docs" },
  docx: { prefix: "doxcn", path: "docx" },
  file: { prefix: "boxcn", path: "file" },
  folder: { prefix: "fldcn", path: "drive/folder" },
  mindnote: { prefix: "bmncn", path: "mindnotes" },
  root: { prefix: "nodcn", path: "drive/folder" },
  sheet: { prefix: "shtcn", path: "sheets" },
  shortcut: { prefix: "nodcn", path: "file" },
  slides: { prefix: "sldcn", path: "slides" },
  wiki: { prefix: "wikcn", path: "wiki" }
}

/** Unix seconds, as most answers tell times. */
export const seconds = (millis: number): string => String(Math.floor(millis / 1_000))

/** How long tokens are. */
const tokenLength = 27

export const urlOf = ({ target, token, type }: Pick<Document, "target" | "token" | "type">): string =>
  target === undefined ? `https://feishu.cn/${kinds[type]?.path ?? type}/${token}` : urlOf({ ...target, target: undefined })

/** The folders that lead to something, the nearest first. */
export const above = ({ parent }: Document): ReadonlyArray<Document> => parent === undefined ? [] : [parent, ...above(parent)]

/** The root of the space it lies in. */
const rootAbove = (document: Document): Document | undefined => [document, ...above(document)].find(({ root }) => root)

/** The user in whose space it lies. */
export const spaceOf = (document: Document): string | undefined => {
  const owner = rootAbove(document)?.owner
  return owner?.kind === "user" ? owner.id : undefined
}

export const isIn = (document: Document, space: People.Principal): boolean => {
  const owner = rootAbove(document)?.owner
  return owner !== undefined && owner.kind === space.kind && owner.id === space.id
}

/** Everything in a folder and in the folders in it. */
export const below = (folder: Document): ReadonlyArray<Document> =>
  [...folder.inside].flatMap((document) => [document, ...below(document)])

/** How many levels of folders it brings along: 1 for an empty folder, 0 for anything else. */
export const height = (document: Document): number =>
  document.type === "folder" ? 1 + Math.max(0, ...[...document.inside].map(height)) : 0

export const put = (document: Document, folder: Document | undefined) => {
  document.parent?.inside.delete(document)
  document.parent = folder
  folder?.inside.add(document)
}

/** Something that happens at its time, whether or not anybody looks. */
interface Due {
  readonly at: number
  readonly act: () => void
}

export const make = (limits: Limits) => {
  const documents = new Map<string, Document>()
  const roots = new Map<string, Document>()
  let due: ReadonlyArray<Due> = []
  const ids = new Map<string, string>()
  let passwords = 0
  let made = 0

  /** A token nobody has. */
  const next = (type: string): string => {
    made++
    const prefix = kinds[type]?.prefix ?? "obcn"
    const token = `${prefix}${String(made).padStart(tokenLength - prefix.length, "0")}`
    return documents.has(token) ? next(type) : token
  }

  const build = (fresh: New, root: boolean): Document => {
    const { at, exported, likes = [], members = [], memberLimit = 200, modifiedAt = at, name, owner, parent, settings = {}, target, type, visits = [] } = fresh
    const token = fresh.token ?? next(type)
    made++
    const document: Document = {
      token,
      type,
      number: made,
      memberLimit,
      root,
      target,
      creator: owner,
      visits,
      likes,
      exported,
      createdAt: at,
      modifiedAt,
      modifier: owner,
      name,
      parent: undefined,
      inside: new Set(),
      owner,
      members,
      settings: { ...strict, ...given(settings) },
      inviteExternal: false,
      password: undefined,
      deleted: false
    }
    const before = documents.get(token)
    if (before !== undefined) put(before, undefined)
    documents.set(token, document)
    put(document, parent)
    return document
  }

  const remove = (document: Document) => {
    for (const one of [document, ...below(document)]) {
      one.deleted = true
      put(one, undefined)
    }
  }

  /** What was to happen by now has happened. */
  const now = Effect.map(Clock.currentTimeMillis, (time) => {
    const [over, left] = [due.filter(({ at }) => at <= time), due.filter(({ at }) => at > time)]
    due = left
    for (const { act } of over.toSorted((a, b) => a.at - b.at)) act()
    return time
  })

  return {
    all: documents,
    limits,
    now,
    /** Lets something happen later. */
    later: (at: number, act: () => void) => {
      due = [...due, { at, act }]
    },
    add: (fresh: New): Document => build(fresh, false),
    next,
    remove,
    /** The root folder of somebody's own space, which there is as soon as somebody asks. */
    rootOf: (owner: People.Principal): Document => {
      const key = `${owner.kind} ${owner.id}`
      const known = roots.get(key)
      if (known !== undefined) return known
      const root = build({ token: next("root"), type: "folder", name: "", owner, parent: undefined, at: 0 }, true)
      roots.set(key, root)
      return root
    },
    /** The number by which the explorer knows a folder or somebody. */
    idOf: (of: Document | People.Principal): string => {
      const key = "token" in of ? of.token : `${of.kind} ${of.id}`
      const id = ids.get(key) ?? `7110173${String(ids.size + 1).padStart(12, "0")}`
      ids.set(key, id)
      return id
    },
    /** Gives a document another password. */
    renewPassword: (document: Document): Redacted.Redacted => {
      passwords++
      // Named so that whatever looks for planted secrets in what was printed finds it.
      const password = Redacted.make(`canary-secret-password-${passwords}`)
      document.password = password
      return password
    },
    find: (token: string, type: string): Effect.Effect<Document, Refusal<"deleted" | "mistyped" | "unknown">> =>
      Effect.flatMap(now, (): Effect.Effect<Document, Refusal<"deleted" | "mistyped" | "unknown">> => {
        const document = documents.get(token)
        return document === undefined
          ? refuse("unknown", "nothing has this token")
          : document.type !== type
          ? refuse("mistyped", `the token is that of a ${document.type}`)
          : document.deleted
          ? refuse("deleted", "it has been deleted")
          : Effect.succeed(document)
      })
  }
}

export type Documents = ReturnType<typeof make>
