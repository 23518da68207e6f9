/** What in a folder tree has permissions of its own, the folder itself included. */
import type { AnyAccessToken } from "@effect-feishu/core/AccessToken"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Stream from "effect/Stream"
import type { File } from "../File.ts"
import * as FolderTree from "../FolderTree.ts"

const types = ["doc", "sheet", "mindnote", "bitable", "file", "docx", "slides", "folder"] as const

export type SubjectType = (typeof types)[number]

/** A document or a folder. */
export interface Subject {
  readonly _tag: "Subject"
  readonly path: string
  readonly token: string
  readonly type: SubjectType
  /** Not there for the folder that the tree begins in. */
  readonly file: File | undefined
}

const hasPermissions = (type: string | undefined): type is SubjectType =>
  (types as ReadonlyArray<string | undefined>).includes(type)

export const subjects = (
  options: FolderTree.Options
): Stream.Stream<FolderTree.Entry | Subject, FolderTree.WalkError, FeishuClient | AnyAccessToken> => {
  const below = Stream.map(FolderTree.walk(options), (entry): FolderTree.Entry | Subject => {
    if (entry._tag === "Unreadable") return entry
    const { file, path } = entry
    return hasPermissions(file.type) ? { _tag: "Subject", path, token: file.token, type: file.type, file } : entry
  })
  const { folder } = options
  // The root of one's own space goes by no token.
  return folder === ""
    ? below
    : Stream.concat(Stream.make<[Subject]>({ _tag: "Subject", path: "/", token: folder, type: "folder", file: undefined }), below)
}
