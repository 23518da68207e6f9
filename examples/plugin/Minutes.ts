/**
 * A package of your own: an API domain this project does not have.
 *
 * Nothing is registered. Declared with the same contract as ours, it inherits
 * credentials, pacing, retries, spans and fakes.
 */
import { ApiError, Operation, Plugin, RateLimit, Shape } from "@effect-feishu/core"
import { Schema } from "effect"

export class MinutesNotFound
  extends ApiError.define("MinutesNotFound", { code: 2091002, status: 404, category: "NotFound" })
{}

export class MinutesTranscribing
  extends ApiError.define("MinutesTranscribing", { code: 2091003, status: 400, category: "Pending" })
{}

export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** From the minutes' URL. */
  minute_token: Schema.String
})) {}

export class Minute extends Shape.Struct<Minute>()(() => ({
  token: Schema.optional(Schema.String),
  title: Schema.optional(Schema.String),
  /** Milliseconds, as text. */
  duration: Schema.optional(Schema.String)
})) {}

export class GetResponse extends Shape.Struct<GetResponse>()(() => ({ minute: Minute })) {}

/** What is known of a meeting's minutes. */
export const get = Operation.make("minutes.minute.get", {
  method: "GET",
  url: "/open-apis/minutes/v1/minutes/:minute_token",
  accepts: "either",
  scopes: ["minutes:minutes:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors: [MinutesNotFound, MinutesTranscribing]
})

export const plugin = Plugin.make("minutes", {
  operations: [{ get }],
  errors: [{ MinutesNotFound, MinutesTranscribing }]
})
