/** What a transport's failure means: how far the request came, and whether the platform can have seen it. */
import * as Predicate from "effect/Predicate"
import type { Phase } from "../CallError.ts"

export interface Diagnosis {
  readonly phase: Phase
  readonly delivered: "no" | "unknown"
  readonly reason: string
}

const dns = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"])
const connect = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "EADDRNOTAVAIL",
  "EMFILE",
  "ENFILE",
  "UND_ERR_CONNECT_TIMEOUT"
])
const certificate = /^(ERR_TLS_|CERT_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA)/
const tls = /^(ERR_SSL_|EPROTO$)/

/** What a transport that can tell says of a request of which not a byte was written. */
export class NeverSent extends Error {
  constructor(cause: unknown) {
    super("not a byte of the request was written", { cause })
  }
}

interface Link {
  readonly neverSent: boolean
  readonly code: string | undefined
  readonly syscall: string | undefined
  readonly message: string
}

const text = (value: unknown, key: string): string | undefined =>
  Predicate.hasProperty(value, key) && typeof value[key] === "string" ? value[key] : undefined

/** An error, what caused it, and so on; an aggregate stands for its first member. */
const chain = (error: unknown): ReadonlyArray<Link> => {
  const links: Array<Link> = []
  let current: unknown = error
  while (current !== undefined && current !== null && links.length < 8) {
    links.push({
      neverSent: current instanceof NeverSent,
      code: text(current, "code"),
      syscall: text(current, "syscall"),
      message: text(current, "message") ?? ""
    })
    current = Predicate.hasProperty(current, "errors") && Array.isArray(current.errors)
      ? current.errors[0]
      : Predicate.hasProperty(current, "cause")
      ? current.cause
      : undefined
  }
  return links
}

/** What is read of a transport's failure. */
export interface Fault {
  readonly reason: string
  readonly cause?: unknown
}

export const diagnose = (error: Fault, phase: "headers" | "body"): Diagnosis => {
  const links = chain(error.cause)
  const telling = links.find(({ code }) => code !== undefined && code !== "ABORT_ERR")
  const code = telling?.code
  // Never the whole error: the request inside it holds the token.
  const reason = code ?? links.findLast(({ message }) => message !== "")?.message ?? error.reason
  const neverSent = links.some((link) => link.neverSent)
  if (error.reason === "InvalidUrl" || error.reason === "Encode") return { phase: "connect", delivered: "no", reason }
  if (code !== undefined) {
    // A certificate is refused on our side, before the request.
    if (certificate.test(code)) return { phase: "tls", delivered: "no", reason }
    if (tls.test(code)) return { phase: "tls", delivered: neverSent ? "no" : "unknown", reason }
    if (dns.has(code)) return { phase: "dns", delivered: "no", reason }
    if (connect.has(code) || telling?.syscall === "connect") return { phase: "connect", delivered: "no", reason }
  }
  return neverSent
    ? { phase: "connect", delivered: "no", reason }
    : { phase, delivered: "unknown", reason }
}
