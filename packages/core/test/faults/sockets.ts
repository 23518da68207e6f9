/** Which connections the servers of this process hold, whoever opened them. */
import { Effect } from "effect"
import diagnostics from "node:diagnostics_channel"
import type { Server as HttpServer, ServerResponse } from "node:http"
import type { Socket } from "node:net"

interface Connection {
  readonly port: number
  /** Whether a request is under way. */
  busy: boolean
}

const connections = new Map<Socket, Connection>()

diagnostics.subscribe("net.server.socket", (message) => {
  const { socket } = message as { readonly socket: Socket }
  connections.set(socket, { port: socket.localPort ?? 0, busy: false })
  socket.on("close", () => connections.delete(socket))
})

const mark = (busy: boolean) => (message: unknown) => {
  const { socket } = message as { readonly socket: Socket; readonly response: ServerResponse; readonly server: HttpServer }
  const connection = connections.get(socket)
  if (connection !== undefined) connection.busy = busy
}

diagnostics.subscribe("http.server.request.start", mark(true))
diagnostics.subscribe("http.server.response.finish", mark(false))

export const portOf = (baseUrl: string): number => Number(new URL(baseUrl).port)

/** The connections to a port: all that are open, or those with something under way. */
export const count = (port: number, which: "open" | "busy"): number =>
  [...connections.values()].filter((connection) => connection.port === port && (which === "open" || connection.busy)).length

/** Waits until none is left, and says how many are if that takes longer. */
export const gone = (port: number, which: "open" | "busy", within = 500): Effect.Effect<number> =>
  Effect.gen(function*() {
    const until = performance.now() + within
    while (count(port, which) > 0 && performance.now() < until) yield* Effect.promise(() => new Promise((wake) => setTimeout(wake, 2)))
    return count(port, which)
  })
