/** Step 4: one request out, one answer's headers in. Redirects are not followed, and a token leaves for one origin only. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { TransportError } from "../CallError.ts"
import type * as Direct from "./direct.ts"
import type { WireRequest } from "./encode.ts"
import * as Secrets from "./secrets.ts"
import type { Body } from "./spec.ts"
import * as Faults from "./transportFaults.ts"

/** Which attempt of which operation: what every error of an attempt tells, and what none may tell. */
export interface Attempt {
  readonly operation: string
  readonly number: number
  readonly secrets: ReadonlyArray<string>
}

/** No span of the transport's repeats what ours say, and the platform learns nothing of our traces. */
const quiet = HttpClient.withTracerDisabledWhen(() => true)

/** `fetch` follows redirects unless told not to, and takes body and headers along. */
const manual = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.mapInputContext(self, (context: Context.Context<R>) =>
    Context.add(context, FetchHttpClient.RequestInit, {
      ...Context.getOrElse(
        // Sound: an optional look into whatever context there is.
        context as Context.Context<FetchHttpClient.RequestInit>,
        FetchHttpClient.RequestInit,
        () => ({})
      ),
      redirect: "manual"
    }))

const bodyOf = ({ content, type }: Body) =>
  typeof content === "string" ? HttpBody.text(content, type) : HttpBody.uint8Array(content, type)

export const transportError =
  ({ number, operation, secrets }: Attempt, phase: "headers" | "body") => (cause: Faults.Fault) => {
    const { reason, ...diagnosis } = Faults.diagnose(cause, phase)
    // Some transports quote the header they do not like.
    return new TransportError({ operation, attempts: number, reason: Secrets.scrub(reason, secrets), ...diagnosis })
  }

const headerValue = /^[\x21-\x7e]+$/

export const canCarry = (token: Redacted.Redacted): boolean => headerValue.test(Redacted.value(token))

/** What every request says, whatever carries it. */
const headersOf = ({ headers }: WireRequest, token: Redacted.Redacted | undefined): Record<string, string> => ({
  accept: "application/json",
  ...headers,
  ...token === undefined ? {} : { authorization: `Bearer ${Redacted.value(token)}` }
})

/** The same request, for a transport that calls back. */
export const direct = (baseUrl: string) => {
  const { origin, pathname } = new URL(baseUrl)
  const prefix = pathname.replace(/\/$/, "")
  return (wire: WireRequest, token: Redacted.Redacted | undefined): Direct.Request => {
    const headers = headersOf(wire, token)
    if (wire.body !== undefined) headers["content-type"] = wire.body.type
    return { method: wire.method, origin, path: prefix + wire.target, headers, body: wire.body?.content ?? null }
  }
}

export const make = <R>(client: HttpClient.HttpClient.With<HttpClientError.HttpClientError, R>, baseUrl: string) => {
  const http = quiet(client)
  return (
    wire: WireRequest,
    token: Redacted.Redacted | undefined,
    attempt: Attempt
  ): Effect.Effect<HttpClientResponse.HttpClientResponse, TransportError, R> => {
    const { body, method, target } = wire
    const request = HttpClientRequest.make(method)(baseUrl + target, {
      headers: headersOf(wire, token),
      ...body === undefined ? {} : { body: bodyOf(body) }
    })
    return manual(Effect.mapError(http.execute(request), transportError(attempt, "headers")))
  }
}
