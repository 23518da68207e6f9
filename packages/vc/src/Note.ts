/**
 * The notes on a meeting: the documents that were made of it, and those that
 * were shared in it.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { readErrors } from "./internal/meeting.ts"
import { UserIds } from "./internal/userIds.ts"

/**
 * What a document that was made of a meeting is: the values of `artifact_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ArtifactType = {
  note: 1,
  /** What was said, word by word. */
  verbatim: 2
} as const

/**
 * Why a document is referred to: the values of `reference_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ReferenceType = {
  /** It was shared in the meeting. */
  shared: 1
} as const

/**
 * How notes are shown: the values of `note_display_type`.
 *
 * Read off other clients: no page of the platform's was at hand.
 *
 * @since 0.1.0
 * @category constants
 */
export const NoteDisplayType = {
  normal: 1,
  /** Notes and what belongs to them in one. */
  unified: 2
} as const

/**
 * A document that was made of a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class NoteArtifact extends Shape.Struct<NoteArtifact>()(() => ({
  /** 1 the notes, 2 what was said; 0 is reserved and does not occur: see `ArtifactType`. */
  artifact_type: Schema.optional(Shape.Open(0, 1, 2)),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.String),
  /** The document. */
  doc_token: Schema.optional(Schema.String)
})) {}

/**
 * A document that has to do with a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class NoteReference extends Shape.Struct<NoteReference>()(() => ({
  /** 1 shared in the meeting; 0 is reserved and does not occur: see `ReferenceType`. */
  reference_type: Schema.optional(Shape.Open(0, 1)),
  /** The document. */
  doc_token: Schema.optional(Schema.String)
})) {}

/**
 * What notes are on.
 *
 * @since 0.1.0
 * @category models
 */
export class NoteSource extends Shape.Struct<NoteSource>()(() => ({
  /** What kind of thing, for example "meeting". */
  source_type: Schema.optional(Schema.String),
  /** Which one: of a meeting, the `meeting_id`. */
  source_entity_id: Schema.optional(Schema.String)
})) {}

/**
 * The notes on a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class Note extends Shape.Struct<Note>()(() => ({
  /** Who made them, by the id that `user_id_type` says. */
  creator_id: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.String),
  /** What was made of the meeting. */
  artifacts: Schema.optional(Schema.Array(NoteArtifact)),
  /** What else has to do with it. */
  references: Schema.optional(Schema.Array(NoteReference)),
  /** 1 normal, 2 unified: see `NoteDisplayType`. */
  note_display_type: Schema.optional(Shape.Open(1, 2)),
  /** What they are on. */
  note_source: Schema.optional(NoteSource)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(UserIds)<GetRequest>()(() => ({
  /** The notes: `Meeting.get` tells their id. */
  note_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  note: Schema.optional(Note)
})) {}

/**
 * Reads the notes on a meeting: tokens of documents, for those that the caller
 * may see.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/note/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.note.get", {
  method: "GET",
  url: "/open-apis/vc/v1/notes/:note_id",
  accepts: "either",
  scopes: ["vc:note:read"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors: readErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class SubscriptionRequest extends Shape.Struct<SubscriptionRequest>()(() => ({
  /** Which events, for example "vc.note.generated_v1". */
  event_type: Schema.optional(Schema.String)
})) {}

/**
 * Lets the application have the events about the user's notes.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/note/subscription
 * @since 0.1.0
 * @category operations
 */
export const subscribe = Operation.make("vc.note.subscription", {
  method: "POST",
  url: "/open-apis/vc/v1/notes/subscription",
  accepts: "user",
  scopes: ["vc:note:read"],
  // Who has subscribed stays subscribed.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SubscriptionRequest,
  errors: readErrors
})

/**
 * Ends what `subscribe` began.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/note/unsubscription
 * @since 0.1.0
 * @category operations
 */
export const unsubscribe = Operation.make("vc.note.unsubscription", {
  method: "POST",
  url: "/open-apis/vc/v1/notes/unsubscription",
  accepts: "user",
  scopes: ["vc:note:read"],
  // Who has no subscription gets none.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SubscriptionRequest,
  errors: readErrors
})
