/** The fake behind the `HttpClient` seam: connection faults as the failures a transport reports. */
import * as Cookies from "@effect/platform/Cookies"
import * as Headers from "@effect/platform/Headers"
import type * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Service } from "../FakeFeishu.ts"
import * as Bytes from "../../internal/bytes.ts"
import * as Body from "./body.ts"
import type { Reply } from "./wire.ts"

/** An error as Node's sockets report it. */
const socketError = (code: string, message: string, syscall?: string): unknown =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error(message), { code, ...syscall === undefined ? {} : { syscall } })
  })

const unreachable = {
  connect: () => socketError("ECONNREFUSED", "connect ECONNREFUSED", "connect"),
  dns: () => socketError("ENOTFOUND", "getaddrinfo ENOTFOUND", "getaddrinfo"),
  tls: () => socketError("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate")
}

const reset = () => socketError("ECONNRESET", "read ECONNRESET", "read")
const closed = () => socketError("UND_ERR_SOCKET", "other side closed")
const garbled = () => socketError("HPE_INVALID_CONSTANT", "Expected HTTP/")

/** What comes in place of headers, if nothing does. */
const beforeHeaders = ({ delivery }: Reply): Effect.Effect<void, unknown> => {
  switch (delivery._tag) {
    case "Unreachable":
      return Effect.fail(unreachable[delivery.phase]())
    case "Reset":
    case "ResetMidHeaders":
      return Effect.fail(reset())
    case "EmptyReply":
      return Effect.fail(closed())
    case "Garbage":
      return Effect.fail(garbled())
    default:
      return Effect.void
  }
}

/** The decoded body, and how it ends. */
const bodyOf = ({ answer: { body, headers }, delivery }: Reply): Stream.Stream<Uint8Array, unknown> => {
  switch (delivery._tag) {
    case "ResetMidBody":
      return Stream.concat(Stream.make(Body.half(body)), Stream.fail(reset()))
    case "Truncate":
      return Stream.concat(Stream.make(Body.half(body)), Stream.fail(closed()))
    case "TruncatedJson":
      return Stream.make(Body.half(body))
    case "Slow":
      return Body.paced(body, delivery.bytesPerSecond)
    case "Bomb":
      return Stream.fromIterable(Body.bomb(delivery.size))
    default:
      return body.byteLength === 0
        ? Stream.empty
        : Body.decoded(body, headers["content-encoding"]).pipe(
          Stream.mapError((cause): unknown => new TypeError("terminated", { cause }))
        )
  }
}

const headersOf = ({ answer: { body, headers }, delivery }: Reply): Readonly<Record<string, string>> => {
  switch (delivery._tag) {
    case "Bomb":
      return { ...headers, "content-encoding": delivery.encoding }
    case "Truncate":
      return delivery.framing === "chunked" ? headers : { "content-length": String(body.byteLength), ...headers }
    case "TruncatedJson":
      return { "content-length": String(Body.half(body).byteLength), ...headers }
    default:
      return { "content-length": String(body.byteLength), ...headers }
  }
}

class Response extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpIncomingMessage.TypeId]: HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly [HttpClientResponse.TypeId]: HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly headers: Headers.Headers
  readonly cookies = Cookies.empty
  readonly remoteAddress = Option.none<string>()
  private readonly reply: Reply

  constructor(request: HttpClientRequest.HttpClientRequest, reply: Reply) {
    super()
    this.request = request
    this.status = reply.answer.status
    this.headers = Headers.fromInput(headersOf(reply))
    this.reply = reply
  }

  private readonly failed = (cause: unknown): HttpClientError.ResponseError =>
    new HttpClientError.ResponseError({ request: this.request, response: this, reason: "Decode", cause })

  get stream(): Stream.Stream<Uint8Array, HttpClientError.ResponseError> {
    return Stream.mapError(bodyOf(this.reply), this.failed)
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer, HttpClientError.ResponseError> {
    const { answer: { body, headers }, delivery } = this.reply
    // Most answers arrive whole, and need no stream for it.
    return delivery._tag === "Whole" && headers["content-encoding"] === undefined
      ? Effect.succeed(new Uint8Array(body).buffer)
      : Effect.map(Stream.runCollect(this.stream), (chunks) => Bytes.concat(Chunk.toReadonlyArray(chunks)).buffer)
  }

  get text(): Effect.Effect<string, HttpClientError.ResponseError> {
    return Effect.map(this.arrayBuffer, (buffer) => new TextDecoder().decode(buffer))
  }

  get json(): Effect.Effect<unknown, HttpClientError.ResponseError> {
    return Effect.tryMap(this.text, {
      // Sound: `JSON.parse` answers `any`, which `unknown` only takes back.
      try: (text) => text === "" ? null : JSON.parse(text) as unknown,
      catch: this.failed
    })
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams, HttpClientError.ResponseError> {
    return Effect.map(this.text, (text) => UrlParams.fromInput(new URLSearchParams(text)))
  }

  get formData(): Effect.Effect<FormData, HttpClientError.ResponseError> {
    return Effect.flatMap(this.arrayBuffer, (buffer) =>
      Effect.tryPromise({
        try: () => new globalThis.Response(buffer, { headers: { ...this.headers } }).formData(),
        catch: this.failed
      }))
  }

  toJSON(): unknown {
    return { _id: "@effect-feishu/core/testing/Response", status: this.status }
  }
}

type ResponseBody = ConstructorParameters<typeof globalThis.Response>[0]

const bytesOf = (body: ResponseBody) =>
  Effect.map(Effect.tryPromise(() => new globalThis.Response(body).arrayBuffer()), (buffer) => new Uint8Array(buffer))

const collect = (body: HttpBody.HttpBody): Effect.Effect<Uint8Array, unknown> => {
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(new Uint8Array())
    case "Uint8Array":
      return Effect.succeed(body.body)
    case "Raw":
      // Sound: what a transport would be given as it is.
      return bytesOf(body.body as ResponseBody)
    case "FormData":
      return bytesOf(body.formData)
    case "Stream":
      return Effect.map(Stream.runCollect(body.stream), (chunks) => Bytes.concat(Chunk.toReadonlyArray(chunks)))
  }
}

export const httpClient = (fake: Service): HttpClient.HttpClient =>
  HttpClient.make((request, url) => {
    const failed = (reason: "Encode" | "Transport") => (cause: unknown) =>
      new HttpClientError.RequestError({ request, reason, cause })
    return Effect.gen(function*() {
      yield* fake.connected
      const reply = yield* Effect.flatMap(
        Effect.mapError(collect(request.body), failed("Encode")),
        (body) =>
          fake.handle({
            method: request.method,
            path: url.pathname,
            query: url.searchParams,
            headers: request.headers,
            body
          })
      )
      yield* Effect.mapError(beforeHeaders(reply), failed("Transport"))
      return new Response(request, reply)
    })
  })
