/**
 * The first attempt of a call, at once: where its token is at hand and nobody is waited for, nothing between the request
 * and its answer needs the loop that later attempts are made in. Whatever fails here goes on there.
 */
import * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as Redacted from "effect/Redacted"
import type * as Admission from "../Admission.ts"
import type * as AccessToken from "../AccessToken.ts"
import type { Settings } from "../FeishuConfig.ts"
import type { WireRequest } from "./encode.ts"
import type * as Exchange from "./exchange.ts"
import * as Gates from "./gates.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"
import * as Send from "./send.ts"
import type { Spec } from "./spec.ts"
import * as TokenCell from "./tokenCell.ts"

interface Options {
  readonly admission: Admission.Service
  readonly settings: Settings
  readonly exchange: (sending: Exchange.Sending) => Effect.Effect<unknown, Exchange.Failure>
}

/** A call that is about to be made. */
export interface Call {
  readonly spec: Spec
  readonly wire: WireRequest
  readonly credential: AccessToken.AccessToken | undefined
  readonly ticket: Gates.Ticket
  readonly trace: Observe.Trace
  /** What no error may tell. */
  readonly secretsWith: (token: Redacted.Redacted | undefined) => ReadonlyArray<string>
}

/** The attempt under way. */
export interface Departure {
  readonly token: Redacted.Redacted | undefined
  readonly startedAt: number
  readonly answer: Effect.Effect<unknown, Exchange.Failure>
}

type Depart = (
  call: Call,
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  span: Observe.CurrentSpan
) => Departure | undefined

/** None, where one of the parts can only be waited for. */
export const make = ({ admission, exchange, settings }: Options): Depart => {
  const tryPass = Gates.tryPassOf(admission)
  if (tryPass === undefined || settings.circuitBreaker !== undefined) return () => undefined
  const total = Duration.toMillis(settings.timeouts.total)

  return ({ credential, secretsWith, spec, ticket, trace, wire }, fiber, span) => {
    if (spec.file !== undefined || spec.lane !== undefined || ticket.serial) return undefined
    const startedAt = Monotonic.now(Monotonic.clockOf(fiber))
    const token = credential === undefined ? undefined : TokenCell.atHand(credential.get, startedAt)
    if (credential !== undefined && (token === undefined || !Send.canCarry(token))) return undefined
    if (!tryPass(ticket, startedAt)) return undefined
    trace.attempts = 1
    const attempt: Send.Attempt = { operation: spec.id, number: 1, secrets: secretsWith(token) }
    const answer = Observe.attempt(spec, 1, { fiber, parent: span }, (span) =>
      exchange({ spec, wire, token, attempt, ticket, trace, span, fiber, since: startedAt, until: startedAt + total }))
    return { token, startedAt, answer }
  }
}
