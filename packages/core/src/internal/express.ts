/**
 * The first attempt of a call, at once: where its token is at hand, nobody is waited for, and transport and admission are
 * this library's own. Then nothing between the request and its answer needs another fiber, nor anything of the caller's
 * that the other way of a call goes by. Whatever fails here goes on there.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as Redacted from "effect/Redacted"
import type * as Admission from "../Admission.ts"
import type * as AccessToken from "../AccessToken.ts"
import { CallTimeout, ResponseTooLarge } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Answers from "./answers.ts"
import * as Bytes from "./bytes.ts"
import type * as Direct from "./direct.ts"
import type { WireRequest } from "./encode.ts"
import * as Gates from "./gates.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"
import * as Read from "./read.ts"
import * as Secrets from "./secrets.ts"
import * as Send from "./send.ts"
import type { Spec } from "./spec.ts"
import * as TokenCell from "./tokenCell.ts"
import * as Watchdog from "./watchdog.ts"

interface Options {
  readonly admission: Admission.Service
  readonly dispatch: Direct.Dispatch
  readonly settings: Settings
}

/** A call that is about to be made. */
export interface Call {
  readonly spec: Spec
  readonly wire: WireRequest
  readonly credential: AccessToken.AccessToken | undefined
  readonly turn: Admission.Request
  readonly trace: Observe.Trace
  /** What no error may tell. */
  readonly secretsWith: (token: Redacted.Redacted | undefined) => ReadonlyArray<string>
}

type Failure = Read.ReadError | CallTimeout

/** The attempt under way. */
export interface Departure {
  readonly progress: Watchdog.Progress
  readonly token: Redacted.Redacted | undefined
  readonly startedAt: number
  readonly answer: Effect.Effect<unknown, Failure>
}

type Depart = (
  call: Call,
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  span: Observe.CurrentSpan
) => Departure | undefined

const plain = (headers: Parameters<Direct.Receiver["head"]>[1]): Read.Head["headers"] => {
  const all: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    all[name] = Array.isArray(value) ? value.join(", ") : value
  }
  return all
}

/** One request and its answer, the body held to its bound. */
const exchange = (
  { dispatch, settings }: Options,
  { spec, trace }: Call,
  request: Direct.Request,
  attempt: Send.Attempt,
  watched: Omit<Watchdog.Stoppable, "stop">,
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  span: Observe.CurrentSpan
): Effect.Effect<unknown, Failure> => {
  const clock = Monotonic.clockOf(fiber)
  const watch = Watchdog.watchOf(clock)
  const limit = settings.maxResponseSize
  const { operation, number: attempts } = attempt
  // From being watched to being left there is nothing to be interrupted but the wait.
  return Effect.uninterruptibleMask((restore) => {
    let resume: (answer: Effect.Effect<unknown, Failure>) => void = () => {}
    let giveUp = () => {}
    let isOver = false
    let isGivenUp = false

    const end = () => {
      isOver = true
      watch.leave(stoppable, fiber)
    }
    const settle = (answer: Effect.Effect<unknown, Failure>) => {
      if (isOver) return
      resume(answer)
      end()
    }
    /** What failed tells by its span where it did. */
    const fail = (error: Failure) => settle(Observe.under(span)(Effect.fail(error)))
    const abandon = () => {
      isGivenUp = true
      giveUp()
    }
    const stoppable: Watchdog.Stoppable = Object.assign(watched, {
      stop: (phase: CallTimeout["phase"], after: Duration.Duration) => {
        fail(new CallTimeout({ operation, phase, after, attempts }))
        abandon()
      }
    })

    const chunks: Array<Uint8Array> = []
    let size = 0
    let head: Read.Head = { status: 0, headers: {} }
    const receiver: Direct.Receiver = {
      head: (status, headers) => {
        head = { status, headers: plain(headers) }
        stoppable.since = Monotonic.now(clock)
        stoppable.phase = "body"
        const logId = Answers.headerLogId(head.headers)
        Observe.answered(trace, span, status, logId === undefined ? undefined : Secrets.scrub(logId, attempt.secrets))
      },
      data: (chunk) => {
        if (isOver) return
        size += chunk.byteLength
        chunks.push(chunk)
        if (size <= limit) return
        fail(new ResponseTooLarge({ operation, limit }))
        abandon()
      },
      // Not here, where what a schema throws would be nobody's.
      end: () =>
        settle(Effect.suspend(() =>
          Read.judge(settings)(spec, head, attempt)(chunks.length === 1 ? chunks[0]! : Bytes.concat(chunks))
        )),
      failed: (cause) =>
        fail(Send.transportError(attempt, stoppable.phase === "body" ? "body" : "headers")({ reason: "Transport", cause }))
    }

    watch.enter(stoppable)
    const answer = Effect.onInterrupt(
      restore(Effect.async<unknown, Failure>((told) => {
        resume = told
        giveUp = dispatch(request, receiver)
        if (isGivenUp) giveUp()
      })),
      () =>
        Effect.sync(() => {
          end()
          abandon()
        })
    )
    return watch.isAwake ? answer : Effect.zipRight(watch.awake, answer)
  })
}

/** None, where one of the parts can only be waited for. */
export const make = (
  { admission, dispatch, settings }: Omit<Options, "dispatch"> & { readonly dispatch: Direct.Dispatch | undefined }
): Depart => {
  const tryPass = Gates.tryPassOf(admission)
  if (dispatch === undefined || tryPass === undefined || settings.circuitBreaker !== undefined) return () => undefined
  const requestOf = Send.direct(settings.baseUrl)
  const total = Duration.toMillis(settings.timeouts.total)

  return (call, fiber, span) => {
    const { credential, secretsWith, spec, trace, turn, wire } = call
    if (spec.file !== undefined || spec.lane !== undefined || turn.serial) return undefined
    const startedAt = Monotonic.now(Monotonic.clockOf(fiber))
    const token = credential === undefined ? undefined : TokenCell.atHand(credential.get, startedAt)
    if (credential !== undefined && (token === undefined || !Send.canCarry(token))) return undefined
    if (!tryPass(turn, startedAt)) return undefined
    trace.attempts = 1
    const attempt: Send.Attempt = { operation: spec.id, number: 1, secrets: secretsWith(token) }
    const { timeouts } = settings
    const watched = { phase: "headers" as const, since: startedAt, end: startedAt + total, timeouts }
    const answer = Observe.attempt(spec, 1, span, (span) =>
      exchange({ admission, dispatch, settings }, call, requestOf(wire, token), attempt, watched, fiber, span))
    return { progress: watched, token, startedAt, answer }
  }
}
