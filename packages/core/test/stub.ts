/** A platform that answers from memory, and the operations the tests of the core call on it. */
import type { Admission } from "@effect-feishu/core"
import { AccessToken, ApiError, FeishuClient, FeishuConfig, Operation, RateLimit, Shape } from "@effect-feishu/core"
import { HttpClient, HttpClientError, HttpClientResponse } from "@effect/platform"
import type { HttpClientRequest } from "@effect/platform"
import { Effect, Layer, Redacted, Schema } from "effect"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { Dispatcher } from "undici"

/** A request as the platform sees it. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  /** The bearer token, if there is one. */
  readonly token: string | undefined
  readonly raw: HttpClientRequest.HttpClientRequest
}

type Answer = Response | Effect.Effect<Response, HttpClientError.HttpClientError>

const textOf = ({ body }: HttpClientRequest.HttpClientRequest) =>
  body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""

const sentOf = (raw: HttpClientRequest.HttpClientRequest, url: URL): Sent => ({
  method: raw.method,
  path: url.pathname,
  query: url.searchParams,
  headers: raw.headers,
  text: textOf(raw),
  token: raw.headers["authorization"]?.replace(/^Bearer /, ""),
  raw
})

/** An `HttpClient` that answers as told. */
export const http = (answer: (sent: Sent) => Answer): HttpClient.HttpClient =>
  HttpClient.make((request, url) =>
    Effect.suspend(() => {
      const answered = answer(sentOf(request, url))
      return answered instanceof Response ? Effect.succeed(answered) : answered
    }).pipe(Effect.map((response) => HttpClientResponse.fromWeb(request, response)))
  )

/** A connection that failed, as transports tell it. */
export const broken = ({ raw }: Sent, code: string) =>
  new HttpClientError.RequestError({
    request: raw,
    reason: "Transport",
    cause: Object.assign(new Error("fetch failed"), { cause: Object.assign(new Error(code), { code }) })
  })

/** A request the transport would not make, in its own words. */
export const refused = ({ raw }: Sent, message: string) =>
  new HttpClientError.RequestError({ request: raw, reason: "Transport", cause: new TypeError(message) })

export const json = (body: unknown, init: { readonly status?: number; readonly headers?: Record<string, string> } = {}): Response => {
  const text = typeof body === "string" ? body : JSON.stringify(body)
  return new Response(text, {
    ...init,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(text)),
      ...init.headers
    }
  })
}

export const ok = (data?: unknown, headers: Record<string, string> = {}): Response => json({ code: 0, msg: "success", data }, { headers })

export const failed = (code: number, status = 400, options: { msg?: string; headers?: Record<string, string>; error?: unknown; data?: unknown } = {}) =>
  json(
    {
      code,
      msg: options.msg ?? "no",
      ...options.error === undefined ? {} : { error: options.error },
      ...options.data === undefined ? {} : { data: options.data }
    },
    { status, ...options.headers === undefined ? {} : { headers: options.headers } }
  )

export const html = (status: number, text = "<html>no</html>") =>
  new Response(text, {
    status,
    headers: { "content-type": "text/html", "content-length": String(Buffer.byteLength(text)) }
  })

/** What undici hands to whoever waits for an answer. */
export const controller = (abort: () => void = () => {}): Dispatcher.DispatchController => ({
  aborted: false,
  paused: false,
  reason: null,
  rawHeaders: null,
  rawTrailers: null,
  pause: () => {},
  resume: () => {},
  abort
})

export const appSecret = "canary-app-secret-0123456789"
export const tenantToken = "t-canary-secret-tenant-0123456789"
export const userToken = "u-canary-secret-user-0123456789"

export type Settings = Partial<FeishuConfig.Options>

/** What the stub's client offers. */
export type Needs = FeishuClient.FeishuClient | AccessToken.TenantAccessToken

export const config = (settings: Settings = {}) =>
  FeishuConfig.layer({ appId: "cli_test", appSecret: Redacted.make(appSecret), ...settings })

/** A client that calls the stub, with a tenant token in hand. */
export const client = (answer: (sent: Sent) => Answer, settings: Settings = {}) =>
  Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make(tenantToken))).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, http(answer))),
    Layer.provide(config(settings))
  )

/** The same, with an admission service of one's own. */
export const clientWith = (
  admission: Layer.Layer<Admission.Admission>,
  answer: (sent: Sent) => Answer,
  settings: Settings = {}
) =>
  Layer.merge(FeishuClient.layerWithoutAdmission, AccessToken.layerTenantOf(Redacted.make(tenantToken))).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, http(answer))),
    Layer.provide(admission),
    Layer.provide(config(settings))
  )

/** Makes room at once, so that what is left can be measured. */
export const garbageCollector = (): () => void => {
  setFlagsFromString("--expose-gc")
  // Sound: that is what the flag exposes.
  return runInNewContext("gc") as () => void
}

// --- operations ---------------------------------------------------------------

export class NotThere extends ApiError.define("TestNotThere", { code: 122002, status: 404, category: "NotFound" }) {}
export class Busy extends ApiError.define("TestBusy", { code: 1061045, category: "TryAgain" }) {}
export class Broken extends ApiError.define("TestBroken", { code: 121001, status: 500, category: "Fault" }) {}
export class Forbidden extends ApiError.define("TestForbidden", { code: 121005, status: 403, category: "Permission" }) {}

export const errors = [NotThere, Busy, Broken, Forbidden] as const

export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  id: Schema.String,
  page_size: Schema.optional(Schema.Int)
})) {}

export class Thing extends Shape.Struct<Thing>()(() => ({
  name: Schema.String,
  size: Schema.optional(Schema.Int)
})) {}

/** A read. */
export const get = Operation.make("test.thing.get", {
  method: "GET",
  url: "/open-apis/test/v1/things/:id",
  accepts: "tenant",
  scopes: ["test:thing:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: GetRequest,
  response: Thing,
  errors
})

export class WriteRequest extends Shape.Struct<WriteRequest>()(() => ({ id: Schema.String, name: Schema.String })) {}

const write = {
  url: "/open-apis/test/v1/things/:id",
  accepts: "tenant",
  scopes: ["test:thing"],
  rateLimit: RateLimit.unstated,
  request: WriteRequest,
  errors
} as const

/** A write that may be repeated. */
export const put = Operation.make("test.thing.put", { ...write, method: "PUT", idempotent: true })

/** A write that must not be repeated. */
export const create = Operation.make("test.thing.create", { ...write, method: "POST", idempotent: false })

export const createAsUser = Operation.make("test.thing.createAsUser", {
  ...write,
  method: "POST",
  accepts: "user",
  idempotent: false
})

/** Either credential. */
export const whoami = Operation.make("test.thing.whoami", {
  method: "GET",
  url: "/open-apis/test/v1/whoami",
  accepts: "either",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  errors
})

/** A user's read. */
export const mine = Operation.make("test.thing.mine", {
  method: "GET",
  url: "/open-apis/test/v1/mine",
  accepts: "user",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  errors
})
