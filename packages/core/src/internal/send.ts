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
  ({ number, operation, secrets }: Attempt, phase: "headers" | "body") => (cause: HttpClientError.HttpClientError) => {
    const { reason, ...diagnosis } = Faults.diagnose(cause, phase)
    // Some transports quote the header they do not like.
    return new TransportError({ operation, attempts: number, reason: Secrets.scrub(reason, secrets), ...diagnosis })
  }

export const make = <R>(client: HttpClient.HttpClient.With<HttpClientError.HttpClientError, R>, baseUrl: string) => {
  const http = quiet(client)
  return (
    { body, headers, method, target }: WireRequest,
    token: Redacted.Redacted | undefined,
    attempt: Attempt
  ): Effect.Effect<HttpClientResponse.HttpClientResponse, TransportError, R> => {
    const request = HttpClientRequest.make(method)(baseUrl + target, {
      headers: {
        accept: "application/json",
        ...headers,
        ...token === undefined ? {} : { authorization: `Bearer ${Redacted.value(token)}` }
      },
      ...body === undefined ? {} : { body: bodyOf(body) }
    })
    return manual(Effect.mapError(http.execute(request), transportError(attempt, "headers")))
  }
}
