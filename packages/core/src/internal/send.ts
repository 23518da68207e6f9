/** Step 4: one request out, and its answer in. Redirects are not followed, and a token leaves for one origin only. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as Headers from "@effect/platform/Headers"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as FiberRef from "effect/FiberRef"
import * as FiberRefs from "effect/FiberRefs"
import { constTrue } from "effect/Function"
import * as HashMap from "effect/HashMap"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { TransportError } from "../CallError.ts"
import * as Direct from "./direct.ts"
import type { WireRequest } from "./encode.ts"
import * as Fork from "./fork.ts"
import * as Observe from "./observe.ts"
import * as Secrets from "./secrets.ts"
import * as Faults from "./transportFaults.ts"

/** Which attempt of which operation: what every error of an attempt tells, and what none may tell. */
export interface Attempt {
  readonly operation: string
  readonly number: number
  readonly secrets: ReadonlyArray<string>
}

/** No span of the transport's repeats what ours say, and the platform learns nothing of our traces. */
const quiet = HttpClient.withTracerDisabledWhen(constTrue)

/** `fetch` follows redirects unless told not to, and takes body and headers along. */
const withoutRedirects = <R>(context: Context.Context<R>) =>
  Context.add(context, FetchHttpClient.RequestInit, {
    ...Context.getOrElse(
      // Sound: an optional look into whatever context there is.
      context as Context.Context<FetchHttpClient.RequestInit>,
      FetchHttpClient.RequestInit,
      () => ({})
    ),
    redirect: "manual"
  })

export const transportError =
  ({ number, operation, secrets }: Attempt, phase: "headers" | "body") => (cause: Faults.Fault) => {
    const { reason, ...diagnosis } = Faults.diagnose(cause, phase)
    // Some transports quote the header they do not like.
    return new TransportError({ operation, attempts: number, reason: Secrets.scrub(reason, secrets), ...diagnosis })
  }

const headerValue = /^[\x21-\x7e]+$/

export const canCarry = (token: Redacted.Redacted): boolean => headerValue.test(Redacted.value(token))

/** A request, with its credential. */
export const requestOf = (baseUrl: string) => {
  const { origin, pathname } = new URL(baseUrl)
  const prefix = pathname.replace(/\/$/, "")
  return ({ body, headers, method, target }: WireRequest, token: Redacted.Redacted | undefined): Direct.Request => ({
    method,
    origin,
    path: prefix + target,
    headers: {
      accept: "application/json",
      ...headers,
      ...body === undefined ? {} : { "content-type": body.type },
      ...token === undefined ? {} : { authorization: `Bearer ${Redacted.value(token)}` }
    },
    body: body?.content ?? null
  })
}

const bodyOf = ({ body, headers }: Direct.Request): HttpBody.HttpBody => {
  const type = headers["content-type"]
  if (body === null) return HttpBody.empty
  return typeof body === "string" ? HttpBody.text(body, type) : HttpBody.uint8Array(body, type)
}

const clientRequest = (request: Direct.Request): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.make(request.method)(request.origin + request.path, { headers: request.headers, body: bodyOf(request) })

/** Sends a request whose answer stays open as long as the scope. */
export const open = (client: HttpClient.HttpClient) => {
  const http = quiet(HttpClient.withScope(client))
  return (
    request: Direct.Request,
    attempt: Attempt
  ): Effect.Effect<HttpClientResponse.HttpClientResponse, TransportError, Scope.Scope> =>
    Effect.mapInputContext(
      Effect.mapError(http.execute(clientRequest(request)), transportError(attempt, "headers")),
      withoutRedirects<Scope.Scope>
    )
}

/** Hands over a body as it comes, as long as it is wanted, or at once where its size is announced and bearable. */
export const bytesTo = (
  response: HttpClientResponse.HttpClientResponse,
  // Not the response's own: some make them anew for everybody who looks.
  headers: Headers.Headers,
  limit: number,
  take: (chunk: Uint8Array) => boolean
): Effect.Effect<unknown, HttpClientError.ResponseError> => {
  const announced = headers["content-length"]
  // The transport holds a plain body to its announced length; only what is announced nowhere, or inflates, must be counted.
  if (announced !== undefined && headers["content-encoding"] === undefined && Number(announced) <= limit) {
    return Effect.map(response.arrayBuffer, (buffer) => take(new Uint8Array(buffer)))
  }
  return Effect.catchAll(
    Stream.runForEachWhile(response.stream, (chunk) => Effect.sync(() => take(chunk))),
    // `fetch` has no stream at all for an answer without a body.
    (error) => error.reason === "EmptyBody" ? Effect.void : Effect.fail(error)
  )
}

/** What an effect is run with as part of a call. All of it at once: each change alone would copy everything. */
const partOf = ({ fiber, span, spec }: Direct.Caller) => {
  const context = withoutRedirects(fiber.currentContext)
  const annotations = HashMap.set(fiber.getFiberRef(FiberRef.currentLogAnnotations), Observe.operationKey, spec.id)
  return {
    context: span === undefined ? context : Context.add(context, Tracer.ParentSpan, span),
    fiberRefs: FiberRefs.updateManyAs(fiber.getFiberRefs(), {
      entries: [
        [HttpClient.currentTracerDisabledWhen, [[fiber.id(), constTrue]]],
        [FiberRef.currentLogAnnotations, [[fiber.id(), annotations]]]
      ]
    })
  }
}

/** Any client, as a transport that calls back: it works in a fiber of its own, which can be told to stop. */
const calling = (client: HttpClient.HttpClient, limit: number): Direct.Dispatch => {
  let isAnswered = false
  return (request, receiver, caller) => {
    // It does not tell when a request leaves. The first ones have to wait for a connection, so they left at the latest
    // when their answer came; the next ones find it open.
    const isFirst = !isAnswered
    const exchange = Effect.flatMap(client.execute(clientRequest(request)), (response) => {
      const { headers, status } = response
      isAnswered = true
      if (isFirst) receiver.onStart()
      receiver.onHead(status, headers)
      return bytesTo(response, headers, limit, (chunk) => receiver.onData(chunk))
    })
    // As an exit: a fiber that fails is logged with all that its failure holds.
    const carrier = Fork.fork(caller.fiber, Effect.exit(exchange), partOf(caller))
    carrier.addObserver((ended) => {
      const exit = Exit.flatten(ended)
      if (Exit.isSuccess(exit)) return receiver.onEnd()
      const failed = Cause.failureOrCause(exit.cause)
      if (Either.isLeft(failed)) receiver.onFailure(failed.left)
      else receiver.onDefect(failed.right)
    })
    return {
      giveUp: () => carrier.unsafeInterruptAsFork(FiberId.none),
      get gone() {
        return Effect.asVoid(Fiber.await(carrier))
      }
    }
  }
}

/** The client's own way of calling back, if it has one. */
export const dispatchOf = (client: HttpClient.HttpClient, limit: number): Direct.Dispatch =>
  Direct.of(client) ?? calling(client, limit)
