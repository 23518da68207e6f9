/** Imports and exports: tasks that leave a document, or a file. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as Download from "@effect-feishu/core/Download"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ExportTask from "../../ExportTask.ts"
import * as ImportTask from "../../ImportTask.ts"
import * as TaskError from "../../TaskError.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Documents from "./documents.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"
import * as Tasks from "./tasks.ts"

/** How long an uploaded file can be imported, and an exported one be downloaded. */
const kept = { export: Duration.toMillis("10 minutes"), import: Duration.toMillis("5 minutes") } as const

const megabyte = 1024 * 1024

/** How large a file may be that is imported. */
const largest = ({ file_extension, type }: ImportTask.CreateRequest): number => {
  switch (file_extension) {
    case "doc":
    case "docx":
      return 600 * megabyte
    case "xlsx":
      return 800 * megabyte
    case "csv":
      return (type === "bitable" ? 100 : 20) * megabyte
    default:
      return 20 * megabyte
  }
}

/** How its name ends, if it tells. */
const extensionOf = (name: string) => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase()

const ofCreate = {
  deleted: TaskError.DriveTaskFileDeleted,
  denied: TaskError.DriveTaskNoPermission,
  expired: TaskError.DriveImportFileExpired,
  extension: TaskError.DriveImportExtensionMismatch,
  large: TaskError.DriveImportFileTooLarge,
  mistyped: TaskError.DriveTaskFileTokenInvalid,
  mount: TaskError.DriveImportMountPointNotFound,
  noFolder: TaskError.DriveImportFolderNotFound,
  unknown: TaskError.DriveImportFileNotFound
} as const

const ofExport = {
  deleted: TaskError.DriveTaskFileDeleted,
  denied: TaskError.DriveTaskNoPermission,
  invalid: TaskError.DriveTaskInvalidParam,
  mistyped: TaskError.DriveTaskFileTokenInvalid,
  unknown: TaskError.DriveTaskFileTokenInvalid
} as const

export const handlers = <R>(state: Effect.Effect<Service, never, R>) => {
  const find = (token: string, type: string) => Effect.flatMap(state, ({ documents }) => documents.find(token, type))

  /** An uploaded file: media, or a file that lies in a folder. */
  const uploaded = (token: string, caller: Caller) =>
    Effect.gen(function*() {
      const { stored, tasks } = yield* state
      const media = tasks.media.get(token)
      if (media !== undefined) return media
      const file = yield* find(token, "file")
      yield* Access.requireLevel(file, caller, "view")
      return { name: file.name, at: file.createdAt, size: Option.match(stored.get(token), { onNone: () => 0, onSome: ({ size }) => size }) }
    })

  const folderOf = (key: string, caller: Caller) =>
    Effect.flatMap(state, ({ documents }) =>
      key === ""
        ? Effect.succeed(documents.rootOf(People.ofCaller(caller)))
        : documents.find(key, "folder").pipe(
          Effect.catchAll(() => Refusals.refuse("noFolder", "there is no such folder")),
          Effect.tap((folder) =>
            Effect.flatMap(Access.atLeast(folder, caller, "edit"), (may) =>
              may ? Effect.void : Refusals.refuse("mount", "the caller may not import into the folder"))),
          Effect.mapError((refusal): Refusals.Refusal<"mount" | "noFolder"> => refusal)
        ))

  return [
    FakeFeishu.handler(ImportTask.create, (request, caller) =>
      Refusals.as(ImportTask.create, ofCreate)(Effect.gen(function*() {
        const { documents, tasks } = yield* state
        const { file_extension, file_name = "", file_token, point, token, type } = request
        const source = yield* uploaded(file_token, caller)
        if ((yield* documents.now) - source.at >= kept.import) return yield* Refusals.refuse("expired", "it was uploaded too long ago")
        const extension = extensionOf(source.name)
        if (extension !== undefined && extension !== file_extension) {
          return yield* Refusals.refuse("extension", `the file's name ends in ${extension}`)
        }
        if (source.size > largest(request)) return yield* Refusals.refuse("large", "the file is too large")
        const parent = yield* folderOf(point.mount_key, caller)
        const base = token === undefined ? undefined : yield* find(token, "bitable")
        if (base !== undefined) yield* Access.requireLevel(base, caller, "edit")
        const owner = People.ofCaller(caller)
        const name = file_name === "" ? source.name : file_name
        return yield* Tasks.begin<Tasks.Imported>(documents, tasks, "import", tasks.imports, { caller, type, source: file_token }, (at) => {
          tasks.media.delete(file_token)
          if (parent.deleted) return Tasks.failed(ImportTask.JobStatus.folderDeleted)
          if (base === undefined && parent.inside.size >= documents.limits.folder) {
            return Tasks.failed(ImportTask.JobStatus.folderFull)
          }
          const made = base ?? documents.add({ type, name, owner, parent, at })
          return { job_status: ImportTask.JobStatus.success, job_error_msg: "success", token: made.token, url: Documents.urlOf(made) }
        })
      }))),

    FakeFeishu.handler(ImportTask.get, ({ ticket }) =>
      Refusals.as(ImportTask.get, { invalid: TaskError.DriveTaskInvalidParam })(
        Effect.map(
          Effect.flatMap(state, ({ documents, tasks }) => Tasks.look(documents, tasks.imports, ticket)),
          ({ state, type }) => ({ result: { ticket, type, ...state } })
        )
      )),

    FakeFeishu.handler(ExportTask.create, ({ file_extension, token, type }, caller) =>
      Refusals.as(ExportTask.create, ofExport)(Effect.gen(function*() {
        const { documents, tasks } = yield* state
        const document = yield* find(token, type)
        if (!(yield* Access.mayDo(document, caller, "export"))) {
          return yield* Refusals.refuse("denied", "the caller may not export the document")
        }
        return yield* Tasks.begin<Tasks.Exported>(documents, tasks, "export", tasks.exports, { caller, type, source: token }, (at) => {
          if (document.deleted) return Tasks.failed(ExportTask.JobStatus.deleted)
          const content = document.exported ?? new TextEncoder().encode(document.name)
          return {
            job_status: ExportTask.JobStatus.success,
            job_error_msg: "success",
            file_extension,
            file_name: document.name,
            file_size: content.byteLength,
            file_token: tasks.keep({ name: `${document.name}.${file_extension}`, content, until: at + kept.export })
          }
        })
      }))),

    FakeFeishu.handler(ExportTask.get, ({ ticket, token }, caller) =>
      Refusals.as(ExportTask.get, { denied: TaskError.DriveTaskNoPermission, invalid: TaskError.DriveTaskInvalidParam })(
        Effect.gen(function*() {
          const { documents, tasks } = yield* state
          const job = yield* Tasks.look(documents, tasks.exports, ticket)
          if (job.source !== token) return yield* Refusals.refuse("invalid", "the task is another document's")
          if (!People.same(People.ofCaller(job.caller), People.ofCaller(caller))) {
            return yield* Refusals.refuse("denied", "somebody else began the task")
          }
          return { result: { type: job.type, ...job.state } }
        })
      )),

    FakeFeishu.handler(ExportTask.download, ({ file_token }) =>
      Refusals.as(ExportTask.download, { gone: TaskError.DriveExportFileInvalid })(Effect.gen(function*() {
        const { documents, tasks } = yield* state
        const file = tasks.kept.get(file_token)
        return file === undefined || (yield* documents.now) >= file.until
          ? yield* Refusals.refuse("gone", "there is no such file, or not any more")
          : Download.make(file.content, { name: file.name, type: "application/octet-stream" })
      })))
  ]
}
