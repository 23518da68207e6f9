/** Step 7: spans, metrics and log annotations. What is written here is a fixed list of facts; no request, header or body is. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricKey from "effect/MetricKey"
import type * as MetricKeyType from "effect/MetricKeyType"
import * as MetricLabel from "effect/MetricLabel"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type * as Tracer from "effect/Tracer"
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
  /** What nobody waits for any more once the call is interrupted. */
  underWay: { interrupt(): Effect.Effect<void> } | undefined
}

const calls = MetricKey.counter("feishu_calls", { description: "Calls by operation and outcome", incremental: true })
const duration = MetricKey.histogram(
  "feishu_call_duration_ms",
  MetricBoundaries.fromIterable([10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000]),
  "Milliseconds of a call, waits included"
)
const attempts = MetricKey.counter("feishu_attempts", { description: "Requests sent", incremental: true })
const retries = MetricKey.counter("feishu_retries", {
  description: "Repetitions after transient failures and refused tokens",
  incremental: true
})
const throttles = MetricKey.counter("feishu_throttles", {
  description: "Requests the platform turned away because there were too many",
  incremental: true
})
const tokenFetches = MetricKey.counter("feishu_token_fetches", {
  description: "Access tokens asked for, by credential and outcome",
  incremental: true
})

/** Looking a metric up by its tags costs more than counting; one that has them in its key is looked up once. */
const labelled = <Type extends MetricKeyType.MetricKeyType.Untyped>(
  key: MetricKey.MetricKey<Type>,
  ...[first, second]: readonly [first: string, second?: string]
) => {
  const make = (one: string, other: string) =>
    Metric.fromMetricKey(MetricKey.taggedWithLabels(key, [
      MetricLabel.make(first, one),
      ...second === undefined ? [] : [MetricLabel.make(second, other)]
    ]))
  const made = new Map<string, Map<string, ReturnType<typeof make>>>()
  return (one: string, other = "") => {
    const known = made.get(one)?.get(other)
    if (known !== undefined) return known
    const metric = make(one, other)
    made.set(one, (made.get(one) ?? new Map<string, typeof metric>()).set(other, metric))
    return metric
  }
}

const callsOf = labelled(calls, "operation", "outcome")
const durationOf = labelled(duration, "operation")
const attemptsOf = labelled(attempts, "operation")
const retriesOf = labelled(retries, "operation")
const throttlesOf = labelled(throttles, "operation")
const tokenFetchesOf = labelled(tokenFetches, "credential", "outcome")

type Runtime = Fiber.RuntimeFiber<unknown, unknown>

/** In the step under way, with the labels that are in scope. */
const update = <Type, In, Out>(fiber: Runtime, metric: Metric.Metric<Type, In, Out>, value: In): void =>
  metric.unsafeUpdate(value, fiber.getFiberRef(FiberRef.currentMetricLabels))

const outcomeOf = (exit: Exit.Exit<unknown, unknown>): string => {
  if (Exit.isSuccess(exit)) return "success"
  if (Cause.isInterruptedOnly(exit.cause)) return "interrupted"
  const failure = Cause.failureOption(exit.cause)
  return Option.isSome(failure) && Predicate.hasProperty(failure.value, "_tag") ? String(failure.value._tag) : "defect"
}

const success: Readonly<Record<string, unknown>> = { "feishu.code": 0 }

/** `code` and `logId` of a failure, where it has them. */
const facts = (exit: Exit.Exit<unknown, unknown>): Readonly<Record<string, unknown>> => {
  if (Exit.isSuccess(exit)) return success
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

/** The span of a call or an attempt; none where nobody traces. */
export type CurrentSpan = Tracer.Span | undefined

const annotate = (span: CurrentSpan, attributes: Readonly<Record<string, unknown>>): void => {
  if (span === undefined) return
  for (const name in attributes) span.attribute(name, attributes[name])
}

/** Runs an effect with a span that is not in its context: putting it there costs more than the span. */
const spanned = <A, E, R>(
  fiber: Runtime,
  name: string,
  options: Tracer.SpanOptions,
  run: (span: CurrentSpan) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  fiber.getFiberRef(FiberRef.currentTracerEnabled)
    ? Effect.useSpan(name, { ...options, captureStackTrace: false }, run)
    : run(undefined)

/** Runs an effect under a span. */
export const under = (span: CurrentSpan) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  span === undefined ? self : Effect.withParentSpan(self, span)

/** Under what every log of a call tells its operation. */
export const operationKey = "feishu.operation"

/** Runs an effect as part of a call: under its span, and with its annotations in every log. */
export const within = ({ id }: Spec, span: CurrentSpan) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.annotateLogs(under(span)(self), { [operationKey]: id })

/** A whole call. What it runs is not yet `within` it. */
export const call = <A, E, R>(
  { id }: Spec,
  run: (trace: Trace, span: CurrentSpan, fiber: Runtime) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.withFiberRuntime((fiber) => {
    const startedAt = Monotonic.now(Monotonic.clockOf(fiber))
    const trace: Trace = { attempts: 0, credential: undefined, waited: 0, answer: {}, underWay: undefined }
    return spanned(fiber, id, { kind: "client", attributes: { "feishu.operation": id } }, (span) =>
      // Not after `Effect.exit`: an interrupted call gets no further than here.
      Effect.onExit(Effect.suspend(() => run(trace, span, fiber)), (exit) =>
        Effect.suspend(() => {
          if (span !== undefined) {
            annotate(span, trace.answer)
            annotate(span, facts(exit))
            span.attribute("feishu.attempts", trace.attempts)
            span.attribute("feishu.waited_ms", Math.round(trace.waited))
            if (trace.credential !== undefined) span.attribute("feishu.credential", trace.credential)
          }
          update(fiber, callsOf(id, outcomeOf(exit)), 1)
          update(fiber, durationOf(id), Monotonic.now(Monotonic.clockOf(fiber)) - startedAt)
          return trace.underWay === undefined ? Effect.void : trace.underWay.interrupt()
        })))
  })

/** An answer began to arrive, for the attempt under way. */
export const answered = (trace: Trace, span: CurrentSpan, status: number, logId: string | undefined): void => {
  trace.answer = {
    "http.response.status_code": status,
    ...logId === undefined ? {} : { "feishu.log_id": logId }
  }
  annotate(span, trace.answer)
}

/** One attempt of a call, begun now; `parent` is the call's span, where that is not in the context. */
export const attempt = <A, E, R>(
  { id }: Spec,
  number: number,
  { fiber, parent }: { readonly fiber: Runtime; readonly parent: CurrentSpan },
  run: (span: CurrentSpan) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> => {
  update(fiber, attemptsOf(id), 1)
  return spanned(
    fiber,
    `${id} attempt`,
    { ...parent === undefined ? {} : { parent }, attributes: { [operationKey]: id, "feishu.attempt": number } },
    (span) => span === undefined ? run(span) : Effect.onExit(run(span), (exit) => Effect.sync(() => annotate(span, facts(exit))))
  )
}

const because = (error: { readonly _tag: string; readonly message: string }) => ({
  "feishu.error": error._tag,
  "feishu.message": error.message
})

export const throttled = ({ id }: Spec, error: { readonly _tag: string; readonly message: string }, wait: Duration.Duration) =>
  Effect.zipRight(
    Metric.increment(throttlesOf(id)),
    Effect.annotateLogs(Effect.logDebug(`throttled, waiting ${Duration.format(wait)}`), because(error))
  )

export const retrying = ({ id }: Spec, error: { readonly _tag: string; readonly message: string }, wait: Duration.Duration) =>
  Effect.zipRight(
    Metric.increment(retriesOf(id)),
    Effect.annotateLogs(Effect.logDebug(`trying again in ${Duration.format(wait)}`), because(error))
  )

export const tokenFetched = (credential: Credential, exit: Exit.Exit<unknown, unknown>) =>
  Metric.increment(tokenFetchesOf(credential, outcomeOf(exit)))
