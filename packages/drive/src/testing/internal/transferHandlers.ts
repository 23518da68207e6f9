/** Uploads and downloads, where the folders, and who may see and change what is in them, have a say. */
import * as ApiError from "@effect-feishu/core/ApiError"
import type * as Directory from "@effect-feishu/core/testing/Directory"
import type { Caller, Handler } from "@effect-feishu/core/testing/FakeFeishu"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as FileDownload from "../../FileDownload.ts"
import * as FileError from "../../FileError.ts"
import * as FileUpload from "../../FileUpload.ts"
import * as Media from "../../Media.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Contents from "./contents.ts"
import * as Refusals from "./refusals.ts"
import * as Uploads from "./uploads.ts"

const ofPrepare = {
  deleted: FileError.DriveParentNotFound,
  denied: FileError.DriveFileNoPermission,
  full: FileError.DriveFolderFull,
  mistyped: FileError.DriveParentNotFound,
  noFile: FileError.DriveFileInvalidParam,
  unknown: FileError.DriveParentNotFound
} as const

const ofAll = { ...ofPrepare, deleted: FileError.DriveParentDeleted, noFile: FileError.DriveFileNotFound } as const

export const handlers = <I>(DriveFake: Context.Tag<I, Service>): ReadonlyArray<Handler<I | Directory.Directory>> => {
  /** Whether a file may be put into a folder, or get another version. */
  const allowed = ({ file_token, parent_node, parent_type }: FileUpload.Target, caller: Caller) =>
    Effect.gen(function*() {
      const { documents } = yield* DriveFake
      if (file_token !== undefined) {
        const file = yield* Effect.catchAll(documents.find(file_token, "file"), () =>
          Refusals.refuse("noFile", "there is no such file"))
        return yield* Access.requireLevel(file, caller, "edit")
      }
      if (parent_type !== "explorer") return
      const folder = yield* documents.find(parent_node, "folder")
      yield* Access.requireLevel(folder, caller, "edit")
      if (folder.inside.size >= documents.limits.folder) {
        return yield* Refusals.refuse("full", `a folder holds ${documents.limits.folder}`)
      }
    })

  /** The documentation has no code for it. */
  const readable = ({ file_token }: FileDownload.DownloadRequest, caller: Caller) =>
    Effect.gen(function*() {
      const { documents } = yield* DriveFake
      const file = yield* documents.find(file_token, "file")
      yield* Access.requireLevel(file, caller, "view")
    })

  const gone = { deleted: ApiError.PathNotFound, denied: ApiError.PathNotFound, mistyped: ApiError.PathNotFound, unknown: ApiError.PathNotFound }

  const first = new Map<string, (request: never, caller: Caller) => Effect.Effect<void, unknown, I | Directory.Directory>>([
    [FileUpload.all.id, (request, caller) => Refusals.as(FileUpload.all, ofAll)(allowed(request, caller))],
    [FileUpload.prepare.id, (request, caller) => Refusals.as(FileUpload.prepare, ofPrepare)(allowed(request, caller))],
    [FileDownload.download.id, (request, caller) => Refusals.as(FileDownload.download, gone)(readable(request, caller))]
  ])

  /** Files in folders have none, and of what is not there nothing is said. */
  const links = FakeFeishu.handler(Media.batchGetTmpDownloadUrl, ({ file_tokens }) =>
    Effect.map(DriveFake, ({ stored }) => ({
      tmp_download_urls: file_tokens
        .filter((token) => Option.exists(stored.get(token), ({ kind }) => kind === "media"))
        // Named so that whatever looks for planted secrets in what was printed finds it.
        .map((file_token) => ({ file_token, tmp_download_url: Redacted.make(`https://download.example/?code=canary-secret-${file_token}`) }))
    })))

  return [links, ...Contents.handlers(DriveFake), ...Uploads.handlers(DriveFake)].map(({ operation, run }) => {
    const check = first.get(operation.id)
    return {
      operation,
      run: check === undefined ? run : (request: never, caller: Caller) => Effect.zipRight(check(request, caller), run(request, caller))
    }
  })
}
