// A server that gives one file, whole or in part, and does it harm byte by byte: what `Fault` has no words for.
import { AccessToken, FeishuClient, FeishuConfig, Retry } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { FetchHttpClient, HttpClient } from "@effect/platform"
import type { Scope } from "effect"
import { Effect, Layer, Redacted } from "effect"
import * as Http from "node:http"
import type { Socket } from "node:net"
import { Agent } from "undici"

/** What is to happen to one answer; nothing: the file, or the part asked for. */
export interface Harm {
  /** Ends the connection in good order after so many bytes of the body. */
  readonly cut?: number
  /** Resets it after so many, some of which may be lost. */
  readonly reset?: number
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** The whole body, in place of what was asked for. */
  readonly body?: Uint8Array | string
  /** Sends no `Content-Length`. */
  readonly chunked?: boolean
}

export interface Served {
  readonly baseUrl: string
  /** Every request: its address, and the range it asked for. */
  readonly requests: Array<{ readonly url: string; readonly range: string | undefined; readonly at: number }>
  /** How many connections are open that an answer is under way on. */
  readonly busy: () => number
  /** How many bytes have left for the clients. */
  readonly sent: () => number
}

const piece = 256 * 1024

const write = (
  response: Http.ServerResponse,
  body: Uint8Array,
  { cut, reset }: Harm,
  left: (bytes: number) => void
) => {
  response.flushHeaders()
  const socket = response.socket as Socket
  const end = Math.min(cut ?? reset ?? body.byteLength, body.byteLength)
  /** A piece leaves when the one before it has. */
  const from = (at: number): void => {
    if (at < end) {
      const bytes = body.subarray(at, Math.min(at + piece, end))
      response.write(bytes, () => {
        left(bytes.byteLength)
        from(at + bytes.byteLength)
      })
    } else if (reset !== undefined) setTimeout(() => socket.resetAndDestroy(), 2)
    else if (cut === undefined) response.end()
    else socket.destroySoon()
  }
  from(0)
}

export const serve = (file: Uint8Array, harms: ReadonlyArray<Harm> = []): Effect.Effect<Served, never, Scope.Scope> =>
  Effect.gen(function*() {
    const requests: Array<Served["requests"][number]> = []
    const responses = new Set<Http.ServerResponse>()
    let sent = 0
    const server = Http.createServer((incoming, response) => {
      const harm = harms[requests.length] ?? {}
      const { range } = incoming.headers
      requests.push({ url: incoming.url ?? "", range, at: performance.now() })
      responses.add(response)
      response.on("close", () => responses.delete(response))
      incoming.resume()
      const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? []
      const from = first === "" ? Math.max(0, file.byteLength - Number(last)) : Number(first)
      const to = first === "" || last === "" ? file.byteLength - 1 : Math.min(Number(last), file.byteLength - 1)
      const part = range === undefined ? file : file.subarray(from, to + 1)
      const body = harm.body === undefined ? part : typeof harm.body === "string" ? new TextEncoder().encode(harm.body) : harm.body
      const head = Object.entries({
        "content-type": "application/octet-stream",
        "content-disposition": "attachment; filename=\"../../evil.bin\"",
        etag: "\"one\"",
        ...range === undefined ? {} : { "content-range": `bytes ${from}-${to}/${file.byteLength}` },
        ...harm.chunked === true ? {} : { "content-length": String(body.byteLength) },
        ...harm.headers
      }).filter(([, value]) => value !== undefined)
      response.writeHead(harm.status ?? (range === undefined ? 200 : 206), Object.fromEntries(head))
      write(response, body, harm, (bytes) => {
        sent += bytes
      })
    })
    server.on("connection", (socket) => {
      socket.on("error", () => {})
    })
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          server.closeAllConnections()
        })
    )
    const address = server.address()
    return {
      baseUrl: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
      requests,
      busy: () => responses.size,
      sent: () => sent
    }
  })

const undici = Layer.scoped(
  HttpClient.HttpClient,
  Effect.map(
    Effect.acquireRelease(Effect.sync(() => new Agent()), (agent) => Effect.promise(() => agent.destroy())),
    UndiciTransport.make
  )
)

export const transports = [["fetch", FetchHttpClient.layer], ["UndiciTransport", undici]] as const

/** The client of a server. */
export const layer = ({ baseUrl }: Served, http: Layer.Layer<HttpClient.HttpClient>) =>
  Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-ranges"))).pipe(
    Layer.provide(http),
    Layer.provide(FeishuConfig.layer({
      appId: "cli",
      appSecret: Redacted.make("canary-app-secret"),
      baseUrl,
      timeouts: { headers: "2 seconds", body: "2 seconds" }
    }))
  )

/** Sooner than by default. */
export const patient = Retry.using(Retry.make({ base: "2 millis" }))
