/**
 * An `HttpClient` for Node that goes straight to undici's dispatcher.
 *
 * It spends less per request than the stock layers, gives up on a connection
 * that cannot be opened in the configured time, and can tell a request that
 * never left from one that may have arrived, so that more failures can be
 * repeated safely.
 *
 * Needs `undici` (7 or newer) beside this package; nothing else here loads it.
 *
 * @since 0.1.0
 */
import * as Cookies from "@effect/platform/Cookies"
import * as Headers from "@effect/platform/Headers"
import type * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Inspectable from "effect/Inspectable"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { IncomingHttpHeaders } from "node:http"
import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"
import { Agent } from "undici"
import type { Dispatcher } from "undici"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as Bytes from "./internal/bytes.ts"
import * as Direct from "./internal/direct.ts"
import { NeverSent } from "./internal/transportFaults.ts"

/** How much of a body may lie here unread before the socket is paused. */
const highWater = 256 * 1024

type End = "open" | "complete" | { readonly error: unknown }

/** A body on its way: what arrived and was not yet asked for. */
class Incoming {
  private chunks: Array<Uint8Array> = []
  private size = 0
  private end: End = "open"
  private bounded = true
  private wake: () => void = () => {}
  private readonly controller: Dispatcher.DispatchController

  constructor(controller: Dispatcher.DispatchController) {
    this.controller = controller
  }

  push(chunk: Uint8Array): void {
    this.chunks.push(chunk)
    this.size += chunk.byteLength
    if (this.bounded && this.size > highWater) this.controller.pause()
    this.wake()
  }

  finish(end: End): void {
    if (this.end === "open") this.end = end
    this.wake()
  }

  private take(): Uint8Array<ArrayBuffer> {
    const taken = Bytes.concat(this.chunks)
    this.chunks = []
    this.size = 0
    if (this.controller.paused) this.controller.resume()
    return taken
  }

  /** Answers as soon as `look` finds something. */
  private when<A, E>(look: () => Effect.Effect<A, E> | undefined): Effect.Effect<A, E> {
    return Effect.async((resume) => {
      const wake = () => {
        // Looking resumes the socket, which may wake us again before we have handed on what we found.
        this.wake = () => {}
        const found = look()
        if (found === undefined) this.wake = wake
        else resume(found)
      }
      wake()
    })
  }

  /** What arrived since the last time, or that nothing more will. */
  readonly next = this.when<Uint8Array<ArrayBuffer>, Option.Option<unknown>>(() => {
    if (this.size > 0) return Effect.succeed(this.take())
    if (this.end === "open") return undefined
    return Effect.fail(this.end === "complete" ? Option.none() : Option.some(this.end.error))
  })

  /** All of it at once. */
  readonly rest = Effect.suspend(() => {
    this.bounded = false
    if (this.controller.paused) this.controller.resume()
    return this.when<Uint8Array<ArrayBuffer>, unknown>(() => {
      if (this.end === "open") return undefined
      return this.end === "complete" ? Effect.succeed(this.take()) : Effect.fail(this.end.error)
    })
  })

  readonly abandon = Effect.sync(() => {
    if (this.end === "open") this.controller.abort(new Error("the rest of the body is not wanted"))
  })
}

class UndiciResponse extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpIncomingMessage.TypeId]: HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly [HttpClientResponse.TypeId]: HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly remoteAddress = Option.none()
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly headers: Headers.Headers
  private readonly incoming: Incoming

  constructor(request: HttpClientRequest.HttpClientRequest, status: number, headers: Headers.Input, incoming: Incoming) {
    super()
    this.request = request
    this.status = status
    this.headers = Headers.fromInput(headers)
    this.incoming = incoming
  }

  private readonly broken = (cause: unknown) =>
    new HttpClientError.ResponseError({ request: this.request, response: this, reason: "Decode", cause })

  get cookies(): Cookies.Cookies {
    return Cookies.fromSetCookie(this.headers["set-cookie"] ?? [])
  }

  get stream(): Stream.Stream<Uint8Array, HttpClientError.ResponseError> {
    return Stream.repeatEffectOption(this.incoming.next).pipe(
      Stream.mapError(this.broken),
      Stream.ensuring(this.incoming.abandon)
    )
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer, HttpClientError.ResponseError> {
    return Effect.mapBoth(this.incoming.rest, { onFailure: this.broken, onSuccess: ({ buffer }) => buffer })
  }

  get text(): Effect.Effect<string, HttpClientError.ResponseError> {
    return Effect.map(this.arrayBuffer, (buffer) => new TextDecoder().decode(buffer))
  }

  get json(): Effect.Effect<unknown, HttpClientError.ResponseError> {
    return Effect.flatMap(this.text, (text) =>
      // Sound: `unknown` only takes back what `JSON.parse` calls `any`.
      Effect.try({ try: () => text === "" ? null : JSON.parse(text) as unknown, catch: this.broken }))
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams, HttpClientError.ResponseError> {
    return Effect.map(this.text, (text) => UrlParams.fromInput(new URLSearchParams(text)))
  }

  get formData(): Effect.Effect<FormData, HttpClientError.ResponseError> {
    return Effect.flatMap(this.arrayBuffer, (buffer) =>
      Effect.tryPromise({
        try: () => new Response(buffer, { headers: this.headers }).formData(),
        catch: this.broken
      }))
  }

  override toJSON(): unknown {
    return { _id: "@effect-feishu/core/UndiciTransport/Response", status: this.status }
  }
}

type Body = NonNullable<Dispatcher.DispatchOptions["body"]>

const outgoing = (body: HttpBody.HttpBody): Effect.Effect<Body | null> => {
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(null)
    case "Uint8Array":
      return Effect.succeed(body.body)
    // Sound: whoever made such a body made it for the transport in use.
    case "Raw":
      return Effect.succeed(body.body as Body)
    case "FormData":
      return Effect.succeed(body.formData as Body)
    case "Stream":
      return Effect.map(Stream.toReadableStreamEffect(body.stream), (stream) => Readable.fromWeb(stream as ReadableStream))
  }
}

interface Receiver extends Pick<Direct.Receiver, "onStart" | "onData" | "onEnd" | "onFailure"> {
  onHead(status: number, headers: IncomingHttpHeaders, controller: Dispatcher.DispatchController): void
}

/** A request under way, as undici tells of it. */
class Handler implements Dispatcher.DispatchHandler, Direct.UnderWay {
  readonly gone = Effect.void
  private controller: Dispatcher.DispatchController | undefined
  private isGivenUp = false
  private readonly receiver: Receiver

  constructor(receiver: Receiver) {
    this.receiver = receiver
  }

  giveUp(): void {
    this.isGivenUp = true
    this.controller?.abort(new Error("interrupted"))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.isGivenUp) this.giveUp()
    else this.receiver.onStart()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // 1xx only announces an answer.
    if (status >= 200) this.receiver.onHead(status, headers, controller)
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.receiver.onData(chunk)
  }

  onResponseEnd(): void {
    this.receiver.onEnd()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.receiver.onFailure({ reason: "Transport", cause: this.controller === undefined ? new NeverSent(error) : error })
  }
}

/** Sends a request. */
const dispatch = (
  dispatcher: Dispatcher,
  { body, headers, method, origin, path }: Omit<Direct.Request, "body" | "method"> & {
    readonly body: Body | null
    readonly method: string
  },
  receiver: Receiver
): Direct.UnderWay => {
  const handler = new Handler(receiver)
  // Sound: undici takes any method and its type only names the usual ones.
  const options = { origin, path, method: method as Dispatcher.HttpMethod, headers, body }
  // The client has timeouts of its own.
  dispatcher.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler)
  return handler
}

const exchange = (
  dispatcher: Dispatcher,
  request: HttpClientRequest.HttpClientRequest,
  url: URL,
  body: Body | null,
  signal: AbortSignal
) =>
  Effect.async<HttpClientResponse.HttpClientResponse, HttpClientError.RequestError>((resume) => {
    let incoming: Incoming | undefined
    const interrupted = () => underWay.giveUp()
    signal.addEventListener("abort", interrupted, { once: true })
    const { headers, method } = request
    const underWay = dispatch(dispatcher, { method, origin: url.origin, path: url.pathname + url.search, headers, body }, {
      onStart() {},
      onHead(status, headers, controller) {
        incoming = new Incoming(controller)
        resume(Effect.succeed(new UndiciResponse(request, status, headers, incoming)))
      },
      onData(chunk) {
        incoming?.push(chunk)
        return true
      },
      onEnd() {
        signal.removeEventListener("abort", interrupted)
        incoming?.finish("complete")
      },
      onFailure({ cause }) {
        signal.removeEventListener("abort", interrupted)
        if (incoming !== undefined) return incoming.finish({ error: cause })
        resume(Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport", cause })))
      }
    })
    if (signal.aborted) interrupted()
  })

/**
 * An `HttpClient` over a dispatcher of your own: a proxy, a pool with other
 * bounds, a mock.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = (dispatcher: Dispatcher): HttpClient.HttpClient =>
  Direct.offer(
    HttpClient.make((request, url, signal) =>
      Effect.flatMap(outgoing(request.body), (body) => exchange(dispatcher, request, url, body, signal))
    ),
    (request, receiver) => dispatch(dispatcher, request, receiver)
  )

/**
 * An `HttpClient` over an agent of its own, which is closed with the layer. The
 * connect timeout is the configuration's.
 *
 * @example
 * ```ts
 * import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
 * import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
 * import { Layer } from "effect"
 *
 * export const Live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
 *   Layer.provide(UndiciTransport.layer),
 *   Layer.provide(FeishuConfig.layerConfig())
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layer: Layer.Layer<HttpClient.HttpClient, never, FeishuConfig> = Layer.scoped(
  HttpClient.HttpClient,
  Effect.gen(function*() {
    const { timeouts } = yield* FeishuConfig
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new Agent({ connect: { timeout: Duration.toMillis(timeouts.connect) } })),
      (agent) => Effect.promise(() => agent.destroy())
    )
    return make(agent)
  })
)
