/** What is answered, and what is told about it to those who run the server. */
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { Delivery } from "../Event.ts"
import type { Reply } from "../Webhook.ts"
import type { Refusal } from "./authenticate.ts"
import type { Outcome } from "./deliver.ts"

const deliveries = Metric.counter("feishu_deliveries", { description: "Deliveries of events by outcome", incremental: true })

/** Tagging a metric anew for every delivery costs more than counting. */
const tagged = new Map<string, Metric.Metric.Counter<number>>()

const counted = (outcome: Outcome | "challenge" | "refused") => {
  const metric = tagged.get(outcome) ?? Metric.tagged(deliveries, "outcome", outcome)
  tagged.set(outcome, metric)
  return Metric.increment(metric)
}

const json = (status: number, body: unknown): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body)
})

/** One answer for whatever has to do with a secret; that a body is too large or no JSON needs none to be seen. */
const statuses: Readonly<Partial<Record<Refusal, number>>> = { size: 413, "content type": 400 }

export const refused = (why: Refusal): Effect.Effect<Reply> =>
  Effect.as(
    Effect.zipRight(counted("refused"), Effect.annotateLogs(Effect.logWarning("a delivery was refused"), "feishu.refusal", why)),
    json(statuses[why] ?? 401, { msg: "refused" })
  )

export const challenge = (text: string): Effect.Effect<Reply> => Effect.as(counted("challenge"), json(200, { challenge: text }))

const answers: Readonly<Record<Outcome, Reply>> = {
  handled: json(200, {}),
  duplicate: json(200, {}),
  busy: json(503, { msg: "not handled yet" }),
  slow: json(503, { msg: "not handled yet" }),
  failed: json(500, { msg: "not handled" })
}

/** An authentic event: in a span, and in what its handlers log. */
export const observed = ({ header }: Delivery, delivered: Effect.Effect<Outcome>): Effect.Effect<Reply> => {
  const facts = {
    "feishu.event_type": header.event_type,
    ...header.event_id === undefined ? {} : { "feishu.event_id": header.event_id }
  }
  return delivered.pipe(
    Effect.tap((outcome) => Effect.annotateCurrentSpan("feishu.outcome", outcome)),
    Effect.tap(counted),
    Effect.tap((outcome) =>
      outcome === "slow" || outcome === "busy"
        ? Effect.annotateLogs(Effect.logWarning("an event is not handled in time, and will be delivered again"), "feishu.outcome", outcome)
        : Effect.void
    ),
    Effect.withSpan("feishu.webhook", { kind: "consumer", captureStackTrace: false, attributes: facts }),
    Effect.annotateLogs(facts),
    Effect.map((outcome) => answers[outcome])
  )
}
