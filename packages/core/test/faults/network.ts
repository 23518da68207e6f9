/** What can happen to a connection before the platform sees anything of it. */
import { Effect } from "effect"
import type { Scope } from "effect"
import * as Crypto from "node:crypto"
import dns from "node:dns"
import * as Net from "node:net"
import * as Tls from "node:tls"

/** Listens until the scope closes, and then lets go of everybody. */
const listen = <S extends Net.Server>(server: S, port = 0): Effect.Effect<number, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.async<{ readonly port: number; readonly sockets: ReadonlySet<Net.Socket> }>((resume) => {
      const sockets = new Set<Net.Socket>()
      server.on("connection", (socket) => {
        sockets.add(socket)
        socket.on("error", () => {})
        socket.on("close", () => sockets.delete(socket))
      })
      server.once("error", (error) => resume(Effect.die(error)))
      server.listen(port, "127.0.0.1", () => {
        const address = server.address()
        resume(Effect.succeed({ port: typeof address === "object" && address !== null ? address.port : port, sockets }))
      })
    }),
    ({ sockets }) =>
      Effect.async<void>((resume) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resume(Effect.void))
      })
  ).pipe(Effect.map(({ port }) => port))

/** What a relay does to a connection: the how-many-th it is, and both ends. */
export type Treatment = (client: Net.Socket, server: Net.Socket, index: number) => void

/** Both ways, as it comes, and the way it ends. */
export const pass: Treatment = (client, server) => {
  for (const [from, to] of [[client, server], [server, client]] as const) {
    from.on("data", (chunk) => to.write(chunk))
    from.on("end", () => to.end())
    from.on("error", () => to.resetAndDestroy())
    from.on("close", () => to.destroySoon())
  }
}

/** Answers at this pace: a byte each so many milliseconds. */
export const dribble = (pause: number): Treatment => (client, server) => {
  client.on("data", (chunk) => server.write(chunk))
  client.on("close", () => server.destroy())
  server.on("data", (chunk) => {
    server.pause()
    let at = 0
    const next = () => {
      if (client.destroyed) return
      if (at === chunk.byteLength) return void server.resume()
      client.write(chunk.subarray(at, ++at))
      setTimeout(next, pause)
    }
    next()
  })
}

/** Resets the connection as soon as a request arrives on it that is not the first. */
export const resetReused: Treatment = (client, server, index) => {
  let requests = 0
  const reset = () => {
    client.resetAndDestroy()
    server.destroy()
  }
  client.prependListener("data", () => {
    if (++requests > 1 && index === 0) reset()
  })
  client.on("data", (chunk) => {
    if (!client.destroyed) server.write(chunk)
  })
  server.on("data", (chunk) => client.write(chunk))
  client.on("close", () => server.destroy())
}

/** Closes the connection in good order as soon as the first answer is through. */
export const closeIdle: Treatment = (client, server, index) => {
  pass(client, server, index)
  server.once("data", () => setTimeout(() => client.end(), 5))
}

/** A way to the platform with something on it. */
export const relay = (to: number, treat: (index: number) => Treatment, port?: number) => {
  let index = 0
  return listen(
    Net.createServer((client) => {
      const server = Net.connect(to, "127.0.0.1")
      server.on("error", () => {})
      treat(index)(client, server, index++)
    }),
    port
  )
}

/** A server that does this to whoever connects. */
export const server = (treat: (socket: Net.Socket) => void) => listen(Net.createServer(treat))

/** Where nobody listens, until somebody does: below the ports that systems hand out. */
export const closedPort: Effect.Effect<number> = Effect.async<number>((resume) => {
  const attempt = () => {
    const port = 15_000 + Crypto.randomInt(10_000)
    const probe = Net.createServer()
    probe.once("error", attempt)
    probe.listen(port, "127.0.0.1", () => probe.close(() => resume(Effect.succeed(port))))
  }
  attempt()
})

// --- names ------------------------------------------------------------------

const failures = new Map<string, () => string>()
const lookup = dns.lookup

dns.lookup = ((hostname: string, ...rest: ReadonlyArray<unknown>) => {
  const fail = failures.get(hostname)
  const callback = rest.at(-1) as (error: Error) => void
  if (fail === undefined) return (lookup as (...args: ReadonlyArray<unknown>) => void)(hostname, ...rest)
  const code = fail()
  process.nextTick(() =>
    callback(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code, syscall: "getaddrinfo", hostname })))
}) as typeof dns.lookup

let names = 0

/** A name that cannot be looked up, and how often that was tried. */
export const unresolvable = (code: string): Effect.Effect<{ readonly host: string; readonly dials: () => number }> =>
  Effect.sync(() => {
    let dials = 0
    const host = `feishu-${++names}.invalid`
    failures.set(host, () => {
      dials++
      return code
    })
    return { host, dials: () => dials }
  })

// --- certificates -----------------------------------------------------------

const der = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Buffer => {
  const content = Buffer.concat(parts)
  const size = content.byteLength
  return Buffer.concat([Buffer.from(size < 128 ? [tag, size] : [tag, 0x82, size >> 8, size & 0xff]), content])
}

/** A certificate that nobody vouches for. */
const selfSigned = (): { readonly cert: string; readonly key: string } => {
  const { privateKey, publicKey } = Crypto.generateKeyPairSync("ed25519")
  const ed25519 = der(0x30, Buffer.from([0x06, 0x03, 0x2b, 0x65, 0x70]))
  const name = der(0x30, der(0x31, der(0x30, Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]), der(0x0c, Buffer.from("127.0.0.1")))))
  const validity = der(0x30, der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z")))
  const facts = der(0x30, der(0x02, Buffer.from([1])), ed25519, name, validity, name, publicKey.export({ type: "spki", format: "der" }))
  const signature = der(0x03, Buffer.from([0]), Crypto.sign(null, facts, privateKey))
  const base64 = der(0x30, facts, ed25519, signature).toString("base64")
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  }
}

/** A server whose certificate is its own word, and how many bytes got past it. */
export const untrusted = Effect.suspend(() => {
  let received = 0
  const server = Tls.createServer(selfSigned(), (socket) => {
    socket.on("error", () => {})
    socket.on("data", (chunk) => received += chunk.byteLength)
  })
  server.on("tlsClientError", () => {})
  return Effect.map(listen(server), (port) => ({ port, received: () => received }))
})
