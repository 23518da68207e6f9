/** One request and its answer, from end to end: within its timeouts, and no larger than an answer may be. */
import type * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { constVoid } from "effect/Function"
import type * as Redacted from "effect/Redacted"
import { CallTimeout, ResponseTooLarge } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Answers from "./answers.ts"
import * as Bytes from "./bytes.ts"
import type * as Direct from "./direct.ts"
import type { WireRequest } from "./encode.ts"
import type * as Gates from "./gates.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"
import * as Read from "./read.ts"
import * as Secrets from "./secrets.ts"
import * as Send from "./send.ts"
import type { Spec } from "./spec.ts"
import * as Watchdog from "./watchdog.ts"

export type Failure = Read.ReadError | CallTimeout

/** What is to be sent, and for whom. */
export interface Sending {
  readonly spec: Spec
  readonly wire: WireRequest
  readonly token: Redacted.Redacted | undefined
  readonly attempt: Send.Attempt
  readonly ticket: Gates.Ticket
  readonly trace: Observe.Trace
  readonly span: Observe.CurrentSpan
  readonly fiber: Direct.Caller["fiber"]
  /** Of `Monotonic.now`: when it is sent, and when the call's total is over. */
  readonly since: number
  readonly until: number
}

/** Every header has one value. */
const joined = (headers: Parameters<Direct.Receiver["onHead"]>[1]): Read.Head["headers"] => {
  const all: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    all[name] = Array.isArray(value) ? value.join(", ") : value
  }
  return all
}

const nothingYet: Read.Head = { status: 0, headers: {} }

const notYet: Direct.UnderWay = { giveUp: constVoid, gone: Effect.void }

/** An exchange under way. All of its answer arrives here, whoever carries it. */
class Exchange implements Direct.Receiver, Watchdog.Stoppable {
  phase: "headers" | "body" = "headers"
  since: number
  readonly until: number
  readonly timeouts: Settings["timeouts"]
  private readonly settings: Settings
  private readonly sending: Sending
  private readonly clock: Clock.Clock
  private readonly watch: Watchdog.Watch
  private readonly chunks: Array<Uint8Array> = []
  private size = 0
  private head = nothingYet
  private isOver = false
  private isGivenUp = false
  private tell: (answer: Effect.Effect<unknown, Failure>) => void = constVoid
  private request = notYet

  constructor(settings: Settings, sending: Sending) {
    this.settings = settings
    this.sending = sending
    this.since = sending.since
    this.until = sending.until
    this.timeouts = settings.timeouts
    this.clock = Monotonic.clockOf(sending.fiber)
    this.watch = Watchdog.watchOf(this.clock)
  }

  /** Sends the request. Whoever stops waiting for the answer ends what is `underWay` in the trace. */
  answer(dispatch: Direct.Dispatch, request: Direct.Request): Effect.Effect<unknown, Failure> {
    const { fiber, span, spec, trace } = this.sending
    return Effect.async((tell) => {
      this.tell = tell
      trace.underWay = this
      this.watch.enter(this, fiber)
      if (this.isOver) return
      this.request = dispatch(request, this, { fiber, span, spec })
      if (this.isGivenUp) this.request.giveUp()
    })
  }

  interrupt(): Effect.Effect<void> {
    this.end()
    this.request.giveUp()
    return this.request.gone
  }

  onStart(): void {
    this.sending.ticket.departed(Monotonic.now(this.clock))
  }

  onHead(status: number, headers: Parameters<Direct.Receiver["onHead"]>[1]): void {
    const { attempt, span, trace } = this.sending
    this.head = { status, headers: joined(headers) }
    this.since = Monotonic.now(this.clock)
    this.phase = "body"
    const logId = Answers.headerLogId(this.head.headers)
    Observe.answered(trace, span, status, logId === undefined ? undefined : Secrets.scrub(logId, attempt.secrets))
  }

  onData(chunk: Uint8Array): boolean {
    if (this.isOver) return false
    this.size += chunk.byteLength
    this.chunks.push(chunk)
    const limit = this.settings.maxResponseSize
    if (this.size <= limit) return true
    this.fail(new ResponseTooLarge({ operation: this.sending.spec.id, limit }))
    this.abandon()
    return false
  }

  onEnd(): void {
    const { attempt, spec } = this.sending
    const { chunks, head, settings } = this
    // Not here, where what a schema throws would be nobody's.
    this.settle(Effect.suspend(() =>
      Read.judge(settings)(spec, head, attempt)(chunks.length === 1 ? chunks[0]! : Bytes.concat(chunks))))
  }

  onFailure(fault: Parameters<Direct.Receiver["onFailure"]>[0]): void {
    this.fail(Send.transportError(this.sending.attempt, this.phase)(fault))
  }

  onDefect(cause: Cause.Cause<never>): void {
    this.settle(Effect.failCause(cause))
  }

  stop(phase: CallTimeout["phase"], after: Duration.Duration): void {
    const { number: attempts, operation } = this.sending.attempt
    this.fail(new CallTimeout({ operation, phase, after, attempts }))
    this.abandon()
  }

  private end(): void {
    this.isOver = true
    this.sending.trace.underWay = undefined
    this.watch.leave(this, this.sending.fiber)
  }

  private settle(answer: Effect.Effect<unknown, Failure>): void {
    if (this.isOver) return
    this.tell(answer)
    this.end()
  }

  /** What failed tells by its span where it did. */
  private fail(error: Failure): void {
    this.settle(Observe.under(this.sending.span)(Effect.fail(error)))
  }

  private abandon(): void {
    this.isGivenUp = true
    this.request.giveUp()
  }
}

/** Sends requests and reads their answers. */
export const make = (dispatch: Direct.Dispatch, settings: Settings) => {
  const requestOf = Send.requestOf(settings.baseUrl)
  return (sending: Sending): Effect.Effect<unknown, Failure> =>
    new Exchange(settings, sending).answer(dispatch, requestOf(sending.wire, sending.token))
}
