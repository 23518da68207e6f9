/**
 * Lists of meetings as files: an export is started, takes its time, and leaves
 * a file to download.
 *
 * `fetch` does all of it and answers the bytes; `wait`, `progress` and `file`
 * are its parts. What an export is asked with is what its list is asked with.
 * How far times may be apart is stated for the lists only: with an export the
 * platform decides.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { ContentError } from "@effect-feishu/core/Download"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Waiter from "@effect-feishu/core/Waiter"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Filter from "./internal/filter.ts"
import * as VcError from "./VcError.ts"

/**
 * How far an export is: the values of `status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const TaskStatus = { processing: 1, failed: 2, done: 3 } as const

/** The same for all of them. */
const errors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcInvalidParam,
  VcError.VcDataNotFound,
  VcError.VcNoPermission
] as const

/**
 * An export that was started.
 *
 * @since 0.1.0
 * @category models
 */
export class Task extends Shape.Struct<Task>()(() => ({
  task_id: Schema.String
})) {}

class MeetingListRequestFields extends Shape.extend(Filter.Meetings)<MeetingListRequestFields>()(
  () => ({
    /**
     * 1 going on, 2 over, 3 still to come: see `MeetingList.MeetingStatus`.
     *
     * @default 2
     */
    meeting_status: Schema.optional(Schema.Literal(1, 2, 3))
  }),
  Filter.spans("start_time", "end_time"),
  Filter.oneFilter
) {}

/**
 * Which meetings: filtered by one of number, user and room.
 *
 * @since 0.1.0
 * @category models
 */
export type MeetingListRequest = MeetingListRequestFields & Filter.OneFilter

/**
 * @since 0.1.0
 * @category schemas
 */
export const MeetingListRequest = Shape.narrow<MeetingListRequest>()(MeetingListRequestFields)

/**
 * Starts to export meetings, as `MeetingList.get` lists them.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/export/meeting_list
 * @since 0.1.0
 * @category operations
 */
export const meetingList = Operation.make("vc.export.meetingList", {
  method: "POST",
  url: "/open-apis/vc/v1/exports/meeting_list",
  accepts: "either",
  scopes: ["vc:export"],
  // Starts another task beside the first, whose id went with the answer: that is the caller's to want.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: MeetingListRequest,
  query: ["user_id_type"],
  response: Task,
  errors
})

class ParticipantListRequestFields extends Shape.extend(Filter.Participants)<ParticipantListRequestFields>()(
  () => ({}),
  Filter.spans("meeting_start_time", "meeting_end_time"),
  Filter.userOrRoom
) {}

/**
 * Which meeting, and which of its participants: all, or one user or one room.
 *
 * @since 0.1.0
 * @category models
 */
export type ParticipantListRequest = ParticipantListRequestFields & Filter.UserOrRoom

/**
 * @since 0.1.0
 * @category schemas
 */
export const ParticipantListRequest = Shape.narrow<ParticipantListRequest>()(ParticipantListRequestFields)

/**
 * Starts to export the participants of a meeting, as `ParticipantList.get` lists
 * them.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/export/participant_list
 * @since 0.1.0
 * @category operations
 */
export const participantList = Operation.make("vc.export.participantList", {
  method: "POST",
  url: "/open-apis/vc/v1/exports/participant_list",
  accepts: "either",
  scopes: ["vc:export"],
  // Starts another task.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ParticipantListRequest,
  query: ["user_id_type"],
  response: Task,
  errors
})

class ParticipantQualityListRequestFields extends Shape.extend(Filter.Quality)<ParticipantQualityListRequestFields>()(
  () => ({}),
  Filter.spans("meeting_start_time", "meeting_end_time"),
  Filter.names,
  Filter.userOrRoom
) {}

/**
 * Which meeting, and which participant: one user or one room.
 *
 * @since 0.1.0
 * @category models
 */
export type ParticipantQualityListRequest = ParticipantQualityListRequestFields & Filter.UserXorRoom

/**
 * @since 0.1.0
 * @category schemas
 */
export const ParticipantQualityListRequest = Shape.narrow<ParticipantQualityListRequest>()(ParticipantQualityListRequestFields)

/**
 * Starts to export how well a participant of a meeting that is over was
 * connected, as `ParticipantQualityList.get` lists it.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/export/participant_quality_list
 * @since 0.1.0
 * @category operations
 */
export const participantQualityList = Operation.make("vc.export.participantQualityList", {
  method: "POST",
  url: "/open-apis/vc/v1/exports/participant_quality_list",
  accepts: "either",
  scopes: ["vc:export"],
  // Starts another task.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ParticipantQualityListRequest,
  query: ["user_id_type"],
  response: Task,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export class ResourceReservationListRequest extends Shape.extend(Filter.Reservations)<ResourceReservationListRequest>()(
  () => ({
    /** The rooms (`omm_…`) it is about, or, with `is_exclude`, not about. */
    room_ids: Schema.optional(Schema.Array(Schema.String))
  }),
  Filter.spans("start_time", "end_time")
) {}

/**
 * Starts to export the reservations of rooms, as `ResourceReservationList.get`
 * lists them.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/export/resource_reservation_list
 * @since 0.1.0
 * @category operations
 */
export const resourceReservationList = Operation.make("vc.export.resourceReservationList", {
  method: "POST",
  url: "/open-apis/vc/v1/exports/resource_reservation_list",
  accepts: "either",
  scopes: ["vc:export"],
  // Starts another task.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ResourceReservationListRequest,
  response: Task,
  errors
})

/**
 * How an export stands.
 *
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  /** 1 processing, 2 failed, 3 done: see `TaskStatus`. */
  status: Shape.Open(1, 2, 3),
  /** Where the file is, once the export is done. */
  url: Schema.optional(Schema.String),
  /** What `download` takes, once the export is done. */
  file_token: Schema.optional(Schema.String),
  /** Why it failed, for people to read. */
  fail_msg: Schema.optional(Schema.String)
})) {}

/**
 * How an export stands, once. A failed one is an answer here and a failure of
 * `wait`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/export/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.export.get", {
  method: "GET",
  url: "/open-apis/vc/v1/exports/:task_id",
  accepts: "either",
  scopes: ["vc:export"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: Task,
  response: GetResponse,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export class DownloadRequest extends Shape.Struct<DownloadRequest>()(() => ({
  /** The file of an export that is done. */
  file_token: Schema.String
})) {}

/**
 * The file of an export that is done: what it is, and its content as a Stream.
 * `download.stream` is the content alone.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/export/download
 * @since 0.1.0
 * @category operations
 */
export const download = Operation.download("vc.export.download", {
  method: "GET",
  url: "/open-apis/vc/v1/exports/download",
  accepts: "either",
  scopes: ["vc:export"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: DownloadRequest,
  errors
})

/**
 * An export came to its end without a file.
 *
 * @since 0.1.0
 * @category errors
 */
export class ExportFailed extends Data.TaggedError("ExportFailed")<{
  readonly task_id: string
  /** The platform's words, if it has any. */
  readonly fail_msg: string | undefined
}> {
  override get message() {
    const why = this.fail_msg === undefined || this.fail_msg === "" ? "the platform did not say why" : this.fail_msg
    return `export ${this.task_id} left no file: ${why}`
  }
}

/**
 * An export that is done.
 *
 * @since 0.1.0
 * @category models
 */
export interface FinishedTask extends GetResponse {
  readonly status: typeof TaskStatus.done
  readonly file_token: string
}

/**
 * What asking how an export stands may fail with, again and again until it has
 * ended or the time is up.
 *
 * @since 0.1.0
 * @category errors
 */
export type WatchError = Operation.Operation.Error<typeof get> | CallError | Waiter.WaitTimeout

/**
 * What getting the file of an export may fail with.
 *
 * @since 0.1.0
 * @category errors
 */
export type FileError = WatchError | ExportFailed | Operation.Operation.Error<typeof download> | ContentError

const isFinished = (state: GetResponse): state is FinishedTask =>
  state.status === TaskStatus.done && state.file_token !== undefined && state.file_token !== ""

const hasEnded = ({ status }: GetResponse) => status === TaskStatus.done || status === TaskStatus.failed

const waiter = ({ task_id }: Task) => ({
  operation: get.id,
  look: get({ task_id }),
  ended: (state: GetResponse): Option.Option<Either.Either<FinishedTask, ExportFailed>> => {
    if (isFinished(state)) return Option.some(Either.right(state))
    return hasEnded(state) ? Option.some(Either.left(new ExportFailed({ task_id, fail_msg: state.fail_msg }))) : Option.none()
  }
})

/**
 * Waits until an export is done. One that fails, or leaves no file, fails with
 * `ExportFailed`.
 *
 * @since 0.1.0
 * @category waiting
 */
export const wait = (
  task: Task,
  options?: Waiter.Options
): Effect.Effect<FinishedTask, WatchError | ExportFailed, FeishuClient | AccessToken.AnyAccessToken> =>
  Waiter.until(waiter(task), options)

/**
 * How an export stands, time and again until it has ended: the last state is
 * that it is done, or that it failed.
 *
 * @since 0.1.0
 * @category streams
 */
export const progress = (
  task: Task,
  options?: Waiter.Options
): Stream.Stream<GetResponse, WatchError, FeishuClient | AccessToken.AnyAccessToken> =>
  Waiter.states(waiter(task), options)

/**
 * The content of an export's file, once there is one.
 *
 * @since 0.1.0
 * @category streams
 */
export const file = (
  task: Task,
  options?: Waiter.Options
): Stream.Stream<Uint8Array, FileError, FeishuClient | AccessToken.AnyAccessToken> =>
  Stream.unwrap(Effect.map(wait(task, options), ({ file_token }) => download.stream({ file_token })))

/**
 * The content of the file of an export that is yet to be started: starts it,
 * waits for it, and downloads, piece by piece. Run twice it exports twice.
 *
 * @example
 * ```ts
 * import { Export } from "@effect-feishu/vc"
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 *
 * export const save = (path: string, request: Export.MeetingListRequest) =>
 *   Effect.flatMap(FileSystem.FileSystem, (fileSystem) =>
 *     Export.fetch(Export.meetingList(request), { timeout: "1 hour" }).pipe(Stream.run(fileSystem.sink(path))))
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const fetch = <Error, Requirements>(
  start: Effect.Effect<Task, Error, Requirements>,
  options?: Waiter.Options
): Stream.Stream<Uint8Array, Error | FileError, Requirements | FeishuClient | AccessToken.AnyAccessToken> =>
  Stream.unwrap(Effect.map(start, (task) => file(task, options)))
