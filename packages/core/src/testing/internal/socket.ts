/** The fake on a socket: connection faults are done to the bytes. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Http from "node:http"
import type { Socket } from "node:net"
import { pipeline, Readable } from "node:stream"
import * as Zlib from "node:zlib"
import type { Service } from "../FakeFeishu.ts"
import * as Bytes from "../../internal/bytes.ts"
import * as Body from "./body.ts"
import * as Wire from "./wire.ts"

const read = (incoming: Http.IncomingMessage): Effect.Effect<Uint8Array> =>
  Effect.async((resume) => {
    const chunks: Array<Uint8Array> = []
    incoming.on("data", (chunk: Uint8Array) => chunks.push(chunk))
    incoming.on("end", () => resume(Effect.succeed(Bytes.concat(chunks))))
  })

const request = (incoming: Http.IncomingMessage): Effect.Effect<Wire.Request> =>
  Effect.map(read(incoming), (body) => {
    const [path = "", query = ""] = (incoming.url ?? "").split(/\?(.*)/s, 2)
    return {
      method: incoming.method ?? "",
      path,
      query: new URLSearchParams(query),
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value])
      ),
      body
    }
  })

// --- damage -----------------------------------------------------------------

const head = (status: number, headers: Readonly<Record<string, string>>): string =>
  [
    `HTTP/1.1 ${status} ${Http.STATUS_CODES[status] ?? "Unknown"}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
    ""
  ].join("\r\n")

/** Writes bytes as they are, and then does something to the connection. */
const write = (socket: Socket, parts: ReadonlyArray<string | Uint8Array>, then: () => void) =>
  socket.write(Bytes.concat(parts.map((part) => typeof part === "string" ? Wire.bytes(part) : part)), then)

const compressed = {
  gzip: () => Zlib.createGzip(),
  br: () => Zlib.createBrotliCompress({ params: { [Zlib.constants.BROTLI_PARAM_QUALITY]: 3 } })
}

const deliver = (
  { answer: { body, headers, status }, delivery }: Wire.Reply,
  socket: Socket,
  outgoing: Http.ServerResponse
): Effect.Effect<void> => {
  const length = { "content-length": String(body.byteLength) }
  const half = Body.half(body)
  const close = () => socket.destroySoon()
  const reset = () => {
    socket.resetAndDestroy()
  }
  switch (delivery._tag) {
    case "Whole":
      return Effect.sync(() => outgoing.writeHead(status, { ...length, ...headers }).end(body))
    case "TruncatedJson":
      return Effect.sync(() => outgoing.writeHead(status, { ...headers, "content-length": half.byteLength }).end(half))
    case "Unreachable":
    case "Reset":
      return Effect.sync(reset)
    case "ResetMidHeaders":
      return Effect.sync(() => write(socket, [head(status, headers).slice(0, 40)], reset))
    case "ResetMidBody":
      return Effect.sync(() => write(socket, [head(status, { ...headers, ...length }), half], reset))
    case "Truncate":
      return Effect.sync(() =>
        delivery.framing === "length"
          ? write(socket, [head(status, { ...headers, ...length }), half], close)
          : write(
            socket,
            [
              head(status, { ...headers, "transfer-encoding": "chunked" }),
              `${half.byteLength.toString(16)}\r\n`,
              half,
              "\r\n"
            ],
            close
          )
      )
    case "EmptyReply":
      return Effect.sync(close)
    case "Garbage":
      return Effect.sync(() => write(socket, ["\u0000\u0001 not HTTP\r\n\r\n"], close))
    case "Slow":
      return Effect.suspend(() => {
        outgoing.writeHead(status, { ...headers, ...length }).flushHeaders()
        return Effect.zipRight(
          Stream.runForEach(Body.paced(body, delivery.bytesPerSecond), (piece) => Effect.sync(() => outgoing.write(piece))),
          Effect.sync(() => outgoing.end())
        )
      })
    case "Bomb":
      return Effect.sync(() => {
        outgoing.writeHead(status, { ...headers, "content-encoding": delivery.encoding })
        // Whoever defuses it leaves in the middle, which is not our failure.
        pipeline(Readable.from(Body.bomb(delivery.size)), compressed[delivery.encoding](), outgoing, () => {})
      })
  }
}

// --- the server -------------------------------------------------------------

const respond = (fake: Service, incoming: Http.IncomingMessage, outgoing: Http.ServerResponse): Effect.Effect<void> =>
  Effect.flatMap(request(incoming), fake.handle).pipe(
    Effect.flatMap((reply) => deliver(reply, incoming.socket, outgoing)),
    Effect.catchAllCause((cause) =>
      Effect.sync(() => {
        if (!Cause.isInterruptedOnly(cause) && !outgoing.headersSent) {
          outgoing.writeHead(500, { "content-type": "text/plain" }).end(`FakeFeishu: ${Cause.pretty(cause)}`)
        }
      })
    )
  )

export interface Listening {
  readonly baseUrl: string
  /** From now on requests are answered by this fake; before, they wait. */
  readonly answerWith: (fake: Service) => Effect.Effect<void>
}

export const listen = (port: number): Effect.Effect<Listening, never, Scope.Scope> =>
  Effect.gen(function*() {
    const run = yield* FiberSet.makeRuntime<never>()
    const server = yield* Effect.acquireRelease(
      Effect.async<Http.Server>((resume) => {
        const server = Http.createServer({ keepAlive: true, noDelay: true })
        server.once("error", (error) => resume(Effect.die(error)))
        server.listen(port, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          server.closeAllConnections()
        })
    )
    const address = server.address()
    return {
      baseUrl: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`,
      answerWith: (fake) =>
        Effect.sync(() => {
          server.on("connection", (socket) => {
            // A client that resets its connection is no failure of ours.
            socket.on("error", () => {})
            run(fake.connected)
          })
          server.on("request", (incoming, outgoing) => {
            const fiber = run(respond(fake, incoming, outgoing))
            outgoing.on("close", () => fiber.unsafeInterruptAsFork(FiberId.none))
          })
        })
    }
  })
