/**
 * What uploads and downloads have in common: how far they are, and how they
 * fail besides the platform's own failures.
 *
 * @since 0.1.0
 */
import type { OutcomeUnknown, ResponseInvalid } from "@effect-feishu/core/CallError"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Schedule from "effect/Schedule"
import type * as UploadCheckpoint from "./UploadCheckpoint.ts"
import type * as UploadSource from "./UploadSource.ts"

/**
 * What an upload is made of, besides where it goes.
 *
 * @since 0.1.0
 * @category models
 */
export interface Sending<out E = never, out R = never, out E2 = never, out R2 = never> {
  /** Where the bytes come from. */
  readonly source: UploadSource.UploadSource<E, R>
  /**
   * Where it is noted how far the upload is, so that it can go on later. One
   * store for each upload.
   *
   * @default UploadCheckpoint.none
   */
  readonly checkpoints?: UploadCheckpoint.Store<E2, R2> | undefined
  /**
   * How long a file may be to go in one request, in bytes: less makes smaller
   * files resumable, too.
   *
   * @default 20971520 which is the most the platform takes
   */
  readonly atOnce?: number | undefined
}

/**
 * How far an upload is; at its end, with what came of it.
 *
 * @since 0.1.0
 * @category models
 */
export type Progress<Result> =
  & {
    /** How many parts the platform has confirmed. */
    readonly parts: number
    /** How many there are. */
    readonly partsTotal: number
    /** How many bytes are in the parts it has confirmed. */
    readonly bytes: number
    /** How many bytes there are. */
    readonly bytesTotal: number
  }
  & ({ readonly _tag: "Uploading" } | { readonly _tag: "Uploaded"; readonly result: Result })

/**
 * How a download goes on after it broke off.
 *
 * @since 0.1.0
 * @category models
 */
export interface Receiving {
  /**
   * How often it is asked for the rest without a byte having come, and when.
   *
   * @default 5 times, after a tenth of a second and each time twice as long
   */
  readonly schedule?: Schedule.Schedule<unknown> | undefined
}

/**
 * When to ask for the rest of a download, unless told otherwise.
 *
 * @since 0.1.0
 * @category schedules
 */
export const defaultSchedule: Schedule.Schedule<unknown> = Schedule.exponential("100 millis").pipe(
  Schedule.modifyDelay((_, delay) => Duration.min(delay, Duration.seconds(5))),
  Schedule.jittered,
  Schedule.intersect(Schedule.recurs(5))
)

/**
 * A file that was downloaded to a path.
 *
 * @since 0.1.0
 * @category models
 */
export interface Saved {
  readonly path: string
  /** How many bytes were written. */
  readonly bytes: number
  /** What the platform calls the file, made safe; the path has nothing to do with it. */
  readonly name: string | undefined
  /** The media type. */
  readonly type: string | undefined
  /** What changes with the file, if the platform tells. */
  readonly version: string | undefined
}

/** A name is somebody's text: what would break a line of a log is escaped. */
const quoted = (text: string) => JSON.stringify(text)

/**
 * What is uploaded is not what it was when the upload began, or not as long as
 * it was said to be. No file was made. What the platform has of it is forgotten:
 * upload it again once it has come to rest.
 *
 * @since 0.1.0
 * @category errors
 */
export class SourceChanged extends Data.TaggedError("SourceChanged")<{
  readonly file_name: string
  readonly change: "shorter" | "longer" | "version"
  /** How long it was said to be, in bytes. */
  readonly size: number
}> {
  override get message() {
    const how = this.change === "version" ? "changed" : `is ${this.change} than ${this.size} bytes`
    return `${quoted(this.file_name)} ${how} while it was uploaded: no file was made, upload it again once nobody writes to it`
  }
}

/**
 * Bytes did not arrive as they were sent, or not those that were asked for.
 * Nothing was made or kept of them.
 *
 * @since 0.1.0
 * @category errors
 */
export class IntegrityMismatch extends Data.TaggedError("IntegrityMismatch")<{
  /** The operation that noticed. */
  readonly operation: string
  readonly problem: string
}> {
  override get message() {
    return `${this.operation}: ${this.problem}. Try again; if it stays, something on the way changes what is sent`
  }
}

/**
 * The file on the platform is not the one of which the first part was
 * downloaded. Begin again, and forget what came of it.
 *
 * @since 0.1.0
 * @category errors
 */
export class RemoteChanged extends Data.TaggedError("RemoteChanged")<{
  readonly operation: string
  /** How many bytes had come. */
  readonly received: number
}> {
  override get message() {
    return `${this.operation}: the file changed after ${this.received} bytes of it had come, download it from the beginning`
  }
}

/**
 * Everything was sent, and whether the platform made the file is not known: its
 * answer was lost, cannot be read, or came when the process had ended. Look for
 * the file before uploading it again: a second one would lie beside it.
 *
 * @since 0.1.0
 * @category errors
 */
export class UploadOutcomeUnknown extends Data.TaggedError("UploadOutcomeUnknown")<{
  /** What was uploaded where to, and when that began. */
  readonly checkpoint: UploadCheckpoint.UploadCheckpoint
  /** What became of the answer; nothing where an earlier process was to hear it. */
  readonly cause?: OutcomeUnknown | ResponseInvalid | undefined
}> {
  override get message() {
    const { file_name, kind } = this.checkpoint
    const look = kind === "file" ? "FileUpload.reconcile finds out" : "see whether the document has it"
    return `${quoted(file_name)} was sent, and may or may not be there: ${look}, then clear the checkpoint or reopen it. ${
      this.cause?.message ?? "The process that sent it ended before it was answered."
    }`
  }
}
