/** One attempt of a call, once it is admitted: its token, and then the exchange. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type * as AccessToken from "../AccessToken.ts"
import { AccessTokenUnavailable } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Answers from "./answers.ts"
import type * as Exchange from "./exchange.ts"
import type * as Express from "./express.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"
import type * as Recover from "./recover.ts"
import * as Secrets from "./secrets.ts"
import * as Send from "./send.ts"
import type { FileAnswer } from "./spec.ts"
import * as TokenCell from "./tokenCell.ts"
import * as Watchdog from "./watchdog.ts"

interface Options {
  readonly http: HttpClient.HttpClient
  readonly settings: Settings
  readonly exchange: (sending: Exchange.Sending) => Effect.Effect<unknown, Exchange.Failure>
}

/** What is known of an attempt while it runs. */
export interface Progress extends Watchdog.Progress {
  token: Redacted.Redacted | undefined
}

interface Authorized {
  readonly token: Redacted.Redacted | undefined
  readonly attempt: Send.Attempt
}

const unusable = (credential: "tenant" | "user") =>
  new AccessTokenUnavailable({
    credential,
    reason: "it is empty, or holds characters that no header can carry",
    permanent: true
  })

export const tokenOf = (credential: AccessToken.AccessToken) =>
  Effect.flatMap(credential.get, (token) =>
    Send.canCarry(token) ? Effect.succeed(token) : unusable(credential.credential))

/** The token is looked up again: the one there was may have been refused while the call waited. */
const authorize = ({ credential, secretsWith, spec, trace }: Express.Call, progress: Progress) =>
  Effect.map(credential === undefined ? Effect.succeed(undefined) : tokenOf(credential), (token): Authorized => {
    progress.token = token
    return { token, attempt: { operation: spec.id, number: trace.attempts, secrets: secretsWith(token) } }
  })

export const make = ({ exchange, http, settings }: Options) => {
  const open = Send.open(http)
  const requestOf = Send.requestOf(settings.baseUrl)

  /** Answers a file, which stays open as long as the caller's scope. */
  const opened = (
    { spec, trace, wire }: Express.Call,
    file: FileAnswer,
    span: Observe.CurrentSpan,
    progress: Progress,
    { attempt, token }: Authorized
  ) =>
    Effect.gen(function*() {
      progress.since = yield* Monotonic.millis
      progress.phase = "headers"
      const response = yield* open(requestOf(wire, token), attempt)
      progress.since = yield* Monotonic.millis
      progress.phase = "body"
      const logId = Answers.headerLogId(response.headers)
      Observe.answered(trace, span, response.status, logId === undefined ? undefined : Secrets.scrub(logId, attempt.secrets))
      return yield* file.read(spec, response, attempt, settings)
    })

  /** `left` is what is left of the total, in milliseconds. */
  return (
    call: Express.Call,
    span: Observe.CurrentSpan,
    progress: Progress,
    left: number
  ): Effect.Effect<unknown, Recover.AttemptError, Scope.Scope> => {
    const { credential, spec, ticket, trace, wire } = call
    const { file } = spec
    const attempt = { operation: spec.id, number: trace.attempts }
    const within = Watchdog.within(settings.timeouts, left, attempt, progress)
    const authorized = authorize(call, progress)
    if (file !== undefined) {
      return within(file.hold(Effect.flatMap(authorized, (authorized) => opened(call, file, span, progress, authorized))))
    }
    return Effect.withFiberRuntime((fiber: Fiber.RuntimeFiber<unknown, Recover.AttemptError>) => {
      const clock = Monotonic.clockOf(fiber)
      const startedAt = Monotonic.now(clock)
      const atHand = credential === undefined || TokenCell.atHand(credential.get, startedAt) !== undefined
      // There is no need for a timer where nobody waits.
      return Effect.flatMap(atHand ? authorized : within(authorized), ({ attempt, token }) => {
        progress.phase = "headers"
        const since = Monotonic.now(clock)
        // It may have been a while since the gate let it in.
        ticket.departed(since)
        const answer = exchange({ spec, wire, token, attempt, ticket, trace, span, fiber, since, until: startedAt + left })
        // Before anybody else has its turn.
        return Effect.onInterrupt(answer, () => trace.underWay?.interrupt() ?? Effect.void)
      })
    })
  }
}
