/** Folders and what is in them: how it is listed, made, copied, moved and deleted. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Struct from "effect/Struct"
import * as File from "../../File.ts"
import * as FileError from "../../FileError.ts"
import * as Folder from "../../Folder.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Documents from "./documents.ts"
import * as Pages from "./pages.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"
import * as Tasks from "./tasks.ts"

const { refuse } = Refusals

/** All of these operations document them all. */
const classes = {
  deleted: FileError.DriveFileDeleted,
  denied: FileError.DriveFileNoPermission,
  full: FileError.DriveFolderFull,
  inside: FileError.DriveSubNodeNoPermission,
  invalid: FileError.DriveFileInvalidParam,
  mistyped: FileError.DriveFileInvalidParam,
  source: FileError.DriveSourceFolderNoPermission,
  target: FileError.DriveTargetFolderNoPermission,
  unknown: FileError.DriveFileNotFound
} as const

const described = (document: Documents.Document, user_id_type: File.ListRequest["user_id_type"]) =>
  Effect.map(People.idAs(user_id_type, document.owner), (owner_id) => ({
    token: document.token,
    name: document.name,
    type: document.type,
    ...document.parent === undefined ? {} : { parent_token: document.parent.token },
    url: Documents.urlOf(document),
    ...document.target === undefined
      ? {}
      : { shortcut_info: { target_type: document.target.type, target_token: document.target.token } },
    created_time: Documents.seconds(document.createdAt),
    modified_time: Documents.seconds(document.modifiedAt),
    owner_id
  }))

/** Whether one more thing, with so many levels of folders of its own, goes into a folder. */
const requireRoom = (documents: Documents.Documents, folder: Documents.Document, levels: number) => {
  const { depth, folder: most } = documents.limits
  return folder.inside.size >= most
    ? refuse("full", `a folder holds ${most}`)
    : levels > 0 && Documents.above(folder).length + levels > depth
    ? refuse("invalid", `folders nest ${depth} deep at most`)
    : Effect.void
}

export const handlers = <R>(state: Effect.Effect<Service, never, R>) => {
  const find = (token: string, type: string) => Effect.flatMap(state, ({ documents }) => documents.find(token, type))

  /** A folder; the root of the caller's own space where none is named. */
  const folderOf = (token: string, caller: Caller) =>
    token === ""
      ? Effect.flatMap(state, ({ documents }) => Effect.as(documents.now, documents.rootOf(People.ofCaller(caller))))
      : find(token, "folder")

  /** Puts something new into a folder. */
  const add = (
    caller: Caller,
    parent: Documents.Document,
    fresh: Pick<Documents.New, "name" | "target" | "type">
  ) =>
    Effect.gen(function*() {
      const { documents } = yield* state
      yield* requireRoom(documents, parent, fresh.type === "folder" ? 1 : 0)
      return documents.add({ ...fresh, parent, owner: People.ofCaller(caller), at: yield* documents.now })
    })

  return [
    FakeFeishu.handler(File.list, (request, caller) =>
      Refusals.as(File.list, classes)(Effect.gen(function*() {
        const { direction = "DESC", folder_token = "", option, order_by = "EditedTime", page_size = 100, page_token, user_id_type } = request
        const folder = yield* folderOf(folder_token, caller)
        yield* Access.requireLevel(folder, caller, "view")
        const time = order_by === "CreatedTime" ? "createdAt" : "modifiedAt"
        const sign = direction === "ASC" ? 1 : -1
        const rank = (document: Documents.Document) =>
          option === undefined ? [sign * document[time], sign * document.number] as const : [document.number, 0] as const
        const page = yield* Pages.cut(
          [...folder.inside],
          rank,
          folder_token === "" ? {} : { page_size, page_token }
        )
        const shown = folder_token === "" ? page.items.filter(({ type }) => type !== "shortcut") : page.items
        return {
          files: yield* Effect.forEach(shown, (document) => described(document, user_id_type)),
          has_more: page.has_more,
          ...page.page_token === undefined ? {} : { next_page_token: page.page_token }
        }
      }))),

    FakeFeishu.handler(Folder.create, ({ folder_token, name }, caller) =>
      Refusals.as(Folder.create, classes)(Effect.gen(function*() {
        const parent = yield* folderOf(folder_token, caller)
        yield* Access.requireLevel(parent, caller, "edit")
        const folder = yield* add(caller, parent, { type: "folder", name })
        return { token: folder.token, url: Documents.urlOf(folder) }
      }))),

    FakeFeishu.handler(File.createShortcut, ({ parent_token, refer_entity, user_id_type }, caller) =>
      Refusals.as(File.createShortcut, classes)(Effect.gen(function*() {
        const { refer_token: token, refer_type: type } = refer_entity
        const document = yield* find(token, type)
        yield* Access.requireLevel(document, caller, "view")
        const parent = yield* find(parent_token, "folder")
        yield* Access.requireLevel(parent, caller, "edit")
        const shortcut = yield* add(caller, parent, { type: "shortcut", name: document.name, target: { token, type } })
        // What it leads to is of this type.
        return { succ_shortcut_node: { ...yield* described(shortcut, user_id_type), type } }
      }))),

    FakeFeishu.handler(File.copy, ({ file_token, folder_token, name, type }, caller) =>
      Refusals.as(File.copy, classes)(Effect.gen(function*() {
        const source = yield* find(file_token, type)
        if (!(yield* Access.mayDo(source, caller, "export"))) {
          return yield* refuse("denied", "the caller may not copy the file")
        }
        const parent = yield* find(folder_token, "folder")
        yield* Access.requireLevel(parent, caller, "edit")
        const copy = yield* add(caller, parent, { type, name })
        const { stored } = yield* state
        const content = Option.getOrUndefined(stored.get(source.token))
        if (content !== undefined) stored.put({ ...Struct.pick(content, "kind", "pieces"), name, token: copy.token })
        return { file: { token: copy.token, name, type, parent_token: parent.token, url: Documents.urlOf(copy) } }
      }))),

    FakeFeishu.handler(File.move, ({ file_token, folder_token, type }, caller) =>
      Refusals.as(File.move, classes)(Effect.gen(function*() {
        const { documents, tasks } = yield* state
        const document = yield* find(file_token, type)
        if (document.root) return yield* refuse("invalid", "the root folder stays where it is")
        yield* Access.requireLevel(document, caller, "full_access")
        const source = document.parent
        if (source !== undefined && !(yield* Access.atLeast(source, caller, "edit"))) {
          return yield* refuse("source", "the caller may not edit the folder it is in")
        }
        if (folder_token === undefined) return yield* refuse("invalid", "the folder is missing")
        const folder = yield* find(folder_token, "folder")
        if (!(yield* Access.atLeast(folder, caller, "edit"))) {
          return yield* refuse("target", "the caller may not edit the folder it goes to")
        }
        if ([folder, ...Documents.above(folder)].includes(document)) {
          return yield* refuse("invalid", "a folder cannot go into itself")
        }
        if (folder !== source) yield* requireRoom(documents, folder, Documents.height(document))
        const act = () => {
          const possible = !document.deleted && !folder.deleted
          if (possible) Documents.put(document, folder)
          return possible
        }
        if (type === "folder") return { task_id: yield* Tasks.folder(documents, tasks, act) }
        act()
        return {}
      }))),

    FakeFeishu.handler(File.delete, ({ async = false, file_token, type }, caller) =>
      Refusals.as(File.delete, classes)(Effect.gen(function*() {
        const { documents, tasks } = yield* state
        const document = yield* find(file_token, type)
        if (document.root) return yield* refuse("invalid", "the root folder cannot be deleted")
        if (!(yield* Access.mayDelete(document, caller))) return yield* refuse("denied", "the caller may not delete it")
        if (!(yield* Effect.every(Documents.below(document), (one) => Access.mayDelete(one, caller)))) {
          return yield* refuse("inside", "the caller may not delete something in the folder")
        }
        const act = () => {
          documents.remove(document)
          return true
        }
        if (type === "folder" || async) return { task_id: yield* Tasks.folder(documents, tasks, act) }
        act()
        return {}
      }))),

    FakeFeishu.handler(File.taskCheck, ({ task_id }) =>
      Refusals.as(File.taskCheck, classes)(Effect.gen(function*() {
        const { documents, tasks } = yield* state
        yield* documents.now
        const status = tasks.folders.get(task_id)
        return status === undefined ? yield* refuse("unknown", "there is no such task") : { status }
      })))
  ]
}
