/**
 * How well one participant of a meeting that is over was connected, minute by
 * minute.
 *
 * Every figure is text with its unit, such as "100ms", "8kbps", "8%" or "6dB",
 * and every time is text for people to read; they stay as they are.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as Filter from "./internal/filter.ts"
import * as VcError from "./VcError.ts"

class GetRequestFields extends Shape.extend(Filter.Quality, Filter.Page)<GetRequestFields>()(
  () => ({}),
  Filter.spans("meeting_start_time", "meeting_end_time", Filter.oneDay),
  Filter.names,
  Filter.userOrRoom
) {}

/**
 * Which meeting, and which participant: one user or one room.
 *
 * @since 0.1.0
 * @category models
 */
export type GetRequest = GetRequestFields & Filter.UserXorRoom

/**
 * @since 0.1.0
 * @category schemas
 */
export const GetRequest = Shape.narrow<GetRequest>()(GetRequestFields)

const minute = () => ({
  /** Which minute: text such as "2022.12.23 11:16:00 (GMT+08:00)". */
  time: Schema.optional(Schema.String)
})

/**
 * The network in one minute.
 *
 * @since 0.1.0
 * @category models
 */
export class QualityNetwork extends Shape.Struct<QualityNetwork>()(() => ({
  ...minute(),
  /** For example "100ms". */
  network_delay: Schema.optional(Schema.String),
  /** For example "8kbps". */
  bitrate_received: Schema.optional(Schema.String),
  /** For example "8%". */
  packet_loss_avg_received: Schema.optional(Schema.String),
  /** For example "9%". */
  packet_loss_max_received: Schema.optional(Schema.String),
  /** For example "9kbps". */
  bitrate_sent: Schema.optional(Schema.String),
  /** For example "8%". */
  packet_loss_avg_sent: Schema.optional(Schema.String),
  /** For example "10%". */
  packet_loss_max_sent: Schema.optional(Schema.String)
})) {}

const media = () => ({
  ...minute(),
  /** For example "8kbps". */
  bitrate_received: Schema.optional(Schema.String),
  /** For example "100ms". */
  latency_received: Schema.optional(Schema.String),
  /** For example "100ms". */
  jitter_received: Schema.optional(Schema.String),
  /** For example "9kbps". */
  bitrate_sent: Schema.optional(Schema.String),
  /** For example "100ms". */
  latency_sent: Schema.optional(Schema.String),
  /** For example "100ms". */
  jitter_sent: Schema.optional(Schema.String)
})

/**
 * The sound in one minute.
 *
 * @since 0.1.0
 * @category models
 */
export class QualityAudio extends Shape.Struct<QualityAudio>()(() => ({
  ...media(),
  /** For example "6dB". */
  mic_input_volume: Schema.optional(Schema.String),
  /** For example "8dB". */
  speaker_volume: Schema.optional(Schema.String)
})) {}

/**
 * The picture, or what was shared, in one minute.
 *
 * @since 0.1.0
 * @category models
 */
export class QualityVideoSharing extends Shape.Struct<QualityVideoSharing>()(() => ({
  ...media(),
  /** For example "1080P". */
  maximum_resolution_received: Schema.optional(Schema.String),
  /** For example "100fps". */
  framerate_received: Schema.optional(Schema.String),
  /** For example "4K". */
  maximum_resolution_sent: Schema.optional(Schema.String),
  /** For example "90fps". */
  framerate_sent: Schema.optional(Schema.String)
})) {}

/**
 * How busy the device was in one minute.
 *
 * @since 0.1.0
 * @category models
 */
export class QualityCpuUsage extends Shape.Struct<QualityCpuUsage>()(() => ({
  /** Which minute: text, here without a time zone, such as "2022.12.23 11:17:00". */
  time: Schema.optional(Schema.String),
  /** For example "0.8%". */
  client_avg_cpu_usage: Schema.optional(Schema.String),
  /** For example "2.3%". */
  client_max_cpu_usage: Schema.optional(Schema.String),
  /** For example "8.3%". */
  system_avg_cpu_usage: Schema.optional(Schema.String),
  /** For example "30%". */
  system_max_cpu_usage: Schema.optional(Schema.String)
})) {}

/**
 * One minute of one participant.
 *
 * @since 0.1.0
 * @category models
 */
export class ParticipantQuality extends Shape.Struct<ParticipantQuality>()(() => ({
  network: Schema.optional(QualityNetwork),
  audio: Schema.optional(QualityAudio),
  video: Schema.optional(QualityVideoSharing),
  screen_sharing: Schema.optional(QualityVideoSharing),
  cpu_usage: Schema.optional(QualityCpuUsage)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  participant_quality_list: Schema.optional(Schema.Array(ParticipantQuality)),
  page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * How well one user or one room was connected to a meeting of at most a day
 * that is over, page by page: `get.items` reads it all.
 *
 * The number and the times find the meeting, the user or the room and
 * `join_time` the device: where they find none it fails with
 * `VcNoMeetingMatches` or `VcNoDeviceMatches`, and where the start is in the
 * future with `VcStartTimeInvalid`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/participant_quality_list/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.paged("vc.participantQualityList.get", {
  method: "GET",
  url: "/open-apis/vc/v1/participant_quality_list",
  accepts: "either",
  scopes: ["vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetResponse,
  page: { items: "participant_quality_list" },
  errors: [
    VcError.VcInternalError,
    VcError.VcNotSupported,
    VcError.VcInvalidParam,
    VcError.VcDataNotFound,
    VcError.VcNoPermission,
    VcError.VcMeetingNumberInvalid,
    VcError.VcMeetingNumberLength,
    VcError.VcStartTimeInvalid,
    VcError.VcTimeSpanInvalid,
    VcError.VcUserAndRoomExclusive,
    VcError.VcNoMeetingMatches,
    VcError.VcNoDeviceMatches
  ]
})
