/**
 * Folders: how one is made, and how to wait until one is moved or deleted.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Waiter from "@effect-feishu/core/Waiter"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as File from "./File.ts"
import { fileErrors } from "./internal/fileErrors.ts"

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  /** 1 to 256 bytes of UTF-8. */
  name: File.Name.pipe(Schema.minLength(1, { message: () => "must not be empty" })),
  /** The folder to make it in; the root folder where it is empty. */
  folder_token: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateResponse extends Shape.Struct<CreateResponse>()(() => ({
  /** The new folder. */
  token: Schema.String,
  /** Where a browser opens it. */
  url: Schema.optional(Schema.String)
})) {}

/**
 * Makes an empty folder in another one.
 *
 * The caller must be able to edit the folder it is made in. That holds 1500
 * things (`DriveFolderFull`), a space 400 000 in all.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/create_folder
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.file.createFolder", {
  method: "POST",
  url: "/open-apis/drive/v1/files/create_folder",
  accepts: "either",
  scopes: ["drive:drive", "space:folder:create"],
  // Would make a second folder.
  idempotent: false,
  serial: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  quota: RateLimit.of([10_000, "1 day"]),
  request: CreateRequest,
  response: CreateResponse,
  errors: fileErrors
})

/**
 * A folder was not moved, or not deleted. The platform does not say why, nor how
 * much of it was done.
 *
 * @since 0.1.0
 * @category errors
 */
export class FolderTaskFailed extends Data.TaggedError("FolderTaskFailed")<{
  readonly task_id: string
}> {
  override get message() {
    return `The platform could not move or delete the folder (task ${this.task_id}), and does not say why`
  }
}

type Check = ReturnType<typeof File.taskCheck>

const task = (
  request: File.TaskCheckRequest
): Waiter.Waiter<File.TaskCheckResponse, void, FolderTaskFailed, Effect.Effect.Error<Check>, Effect.Effect.Context<Check>> => ({
  operation: File.taskCheck.id,
  look: File.taskCheck(request),
  // A status that is not known yet is no end.
  ended: ({ status }) =>
    status === File.TaskStatus.done
      ? Option.some(Either.void)
      : status === File.TaskStatus.failed
      ? Option.some(Either.left(new FolderTaskFailed(request)))
      : Option.none()
})

/**
 * Waits until a folder is moved or deleted. Both are tasks, and `File.move` and
 * `File.delete` answer their `task_id`.
 *
 * Whoever gives up, by `timeout` or by interruption, only stops asking: the task
 * goes on.
 *
 * @example
 * ```ts
 * import { File, Folder } from "@effect-feishu/drive"
 * import { Effect } from "effect"
 *
 * export const clear = (folder: string) =>
 *   Effect.gen(function*() {
 *     const { task_id } = yield* File.delete({ file_token: folder, type: "folder" })
 *     if (task_id !== undefined) yield* Folder.wait({ task_id }, { timeout: "1 minute" })
 *   })
 * ```
 *
 * @since 0.1.0
 * @category waiting
 */
export const wait = (
  request: File.TaskCheckRequest,
  options?: Waiter.Options
): Effect.Effect<
  void,
  Effect.Effect.Error<Check> | FolderTaskFailed | Waiter.WaitTimeout,
  Effect.Effect.Context<Check>
> => Waiter.until(task(request), options)
