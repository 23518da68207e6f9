/** Step 7: spans, metrics and log annotations. What is written here is a fixed list of facts; no request, header or body is. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { Credential } from "../CallError.ts"
import * as Monotonic from "./monotonic.ts"
import type { Spec } from "./spec.ts"

/** What is learnt about a call on its way. */
export interface Trace {
  attempts: number
  credential: "tenant" | "user" | undefined
  /** Milliseconds spent waiting for admission and between attempts. */
  waited: number
  /** What the last answer's headers told. */
  answer: Readonly<Record<string, unknown>>
}

const calls = Metric.counter("feishu_calls", { description: "Calls by operation and outcome", incremental: true })
const duration = Metric.histogram(
  "feishu_call_duration_ms",
  MetricBoundaries.fromIterable([10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000]),
  "Milliseconds of a call, waits included"
)
const attempts = Metric.counter("feishu_attempts", { description: "Requests sent", incremental: true })
const retries = Metric.counter("feishu_retries", {
  description: "Repetitions after transient failures and refused tokens",
  incremental: true
})
const throttles = Metric.counter("feishu_throttles", {
  description: "Requests the platform turned away because there were too many",
  incremental: true
})
const tokenFetches = Metric.counter("feishu_token_fetches", {
  description: "Access tokens asked for, by credential and outcome",
  incremental: true
})

/** Tagging a metric anew for every call costs more than counting. */
const labelled = <Type, In, Out>(metric: Metric.Metric<Type, In, Out>) => {
  const made = new Map<string, Metric.Metric<Type, In, Out>>()
  return (tags: Readonly<Record<string, string>>): Metric.Metric<Type, In, Out> => {
    const key = Object.values(tags).join(" ")
    const known = made.get(key)
    if (known !== undefined) return known
    const one = Object.entries(tags).reduce((all, [name, value]) => Metric.tagged(all, name, value), metric)
    made.set(key, one)
    return one
  }
}

const callsOf = labelled(calls)
const durationOf = labelled(duration)
const attemptsOf = labelled(attempts)
const retriesOf = labelled(retries)
const throttlesOf = labelled(throttles)
const tokenFetchesOf = labelled(tokenFetches)

const outcomeOf = (exit: Exit.Exit<unknown, unknown>): string => {
  if (Exit.isSuccess(exit)) return "success"
  if (Cause.isInterruptedOnly(exit.cause)) return "interrupted"
  const failure = Cause.failureOption(exit.cause)
  return Option.isSome(failure) && Predicate.hasProperty(failure.value, "_tag") ? String(failure.value._tag) : "defect"
}

/** `code` and `logId` of a failure, where it has them. */
const facts = (exit: Exit.Exit<unknown, unknown>): Readonly<Record<string, unknown>> => {
  if (Exit.isSuccess(exit)) return { "feishu.code": 0 }
  const reported: unknown = Option.getOrUndefined(Cause.failureOption(exit.cause))
  let failure = reported
  // Some failures stand for the one that caused them.
  while (Predicate.hasProperty(failure, "cause") && Predicate.isRecord(failure.cause)) failure = failure.cause
  return {
    ...Predicate.hasProperty(reported, "_tag") ? { "error.type": String(reported._tag) } : {},
    ...Predicate.hasProperty(failure, "code") && typeof failure.code === "number" ? { "feishu.code": failure.code } : {},
    ...Predicate.hasProperty(failure, "logId") && typeof failure.logId === "string" ? { "feishu.log_id": failure.logId } : {},
    ...Predicate.hasProperty(failure, "status") && typeof failure.status === "number"
      ? { "http.response.status_code": failure.status }
      : {}
  }
}

/** A whole call. */
export const call = ({ id }: Spec) => {
  const annotations = { "feishu.operation": id }
  return <A, E, R>(run: (trace: Trace) => Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Monotonic.millis, (startedAt) => {
      const trace: Trace = { attempts: 0, credential: undefined, waited: 0, answer: {} }
      return run(trace).pipe(
        Effect.onExit((exit) =>
          Effect.annotateCurrentSpan({
            ...trace.answer,
            ...facts(exit),
            "feishu.attempts": trace.attempts,
            "feishu.waited_ms": Math.round(trace.waited),
            ...trace.credential === undefined ? {} : { "feishu.credential": trace.credential }
          })
        ),
        Effect.withSpan(id, { kind: "client", captureStackTrace: false, attributes: annotations }),
        Effect.annotateLogs(annotations),
        // Not after `Effect.exit`: an interrupted call gets no further than here.
        Effect.onExit((exit) =>
          Effect.flatMap(Monotonic.millis, (now) =>
            Effect.zipRight(
              Metric.increment(callsOf({ operation: id, outcome: outcomeOf(exit) })),
              Metric.update(durationOf({ operation: id }), now - startedAt)
            ))
        )
      )
    })
}

/** An answer began to arrive, for the attempt under way. */
export const answered = (trace: Trace, status: number, logId: string | undefined) => {
  trace.answer = {
    "http.response.status_code": status,
    ...logId === undefined ? {} : { "feishu.log_id": logId }
  }
  return Effect.annotateCurrentSpan(trace.answer)
}

/** One attempt of a call. */
export const attempt = ({ id }: Spec, number: number) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.zipRight(
    Metric.increment(attemptsOf({ operation: id })),
    self.pipe(
      Effect.onExit((exit) => Effect.annotateCurrentSpan(facts(exit))),
      Effect.withSpan(`${id} attempt`, {
        captureStackTrace: false,
        attributes: { "feishu.operation": id, "feishu.attempt": number }
      })
    )
  )

const because = (error: { readonly _tag: string; readonly message: string }) => ({
  "feishu.error": error._tag,
  "feishu.message": error.message
})

export const throttled = ({ id }: Spec, error: { readonly _tag: string; readonly message: string }, wait: Duration.Duration) =>
  Effect.zipRight(
    Metric.increment(throttlesOf({ operation: id })),
    Effect.annotateLogs(Effect.logDebug(`throttled, waiting ${Duration.format(wait)}`), because(error))
  )

export const retrying = ({ id }: Spec, error: { readonly _tag: string; readonly message: string }, wait: Duration.Duration) =>
  Effect.zipRight(
    Metric.increment(retriesOf({ operation: id })),
    Effect.annotateLogs(Effect.logDebug(`trying again in ${Duration.format(wait)}`), because(error))
  )

export const tokenFetched = (credential: Credential, exit: Exit.Exit<unknown, unknown>) =>
  Metric.increment(tokenFetchesOf({ credential, outcome: outcomeOf(exit) }))
