/**
 * What carries a request and calls back.
 *
 * A request that is an effect must be raced by its timeouts, and a body that is another one waited for once more; one that
 * calls back can be told to stop.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Cause from "effect/Cause"
import type * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type { CurrentSpan } from "./observe.ts"
import type { Method, Spec } from "./spec.ts"
import type { Fault } from "./transportFaults.ts"

export interface Request {
  readonly method: Method
  readonly origin: string
  /** Path and query, encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** What becomes of a request. Nothing follows `onEnd`, `onFailure` and `onDefect`. */
export interface Receiver {
  /** The request is written now, after whatever it had to wait for. Not every transport can tell. */
  onStart(): void
  onHead(status: number, headers: Readonly<Record<string, string | Array<string> | undefined>>): void
  /** Answers whether more is wanted. */
  onData(chunk: Uint8Array): boolean
  onEnd(): void
  onFailure(fault: Fault): void
  /** The transport broke, or ended by itself. */
  onDefect(cause: Cause.Cause<never>): void
}

/** Who makes a request. */
export interface Caller {
  readonly fiber: Fiber.RuntimeFiber<unknown, unknown>
  readonly span: CurrentSpan
  readonly spec: Spec
}

/** A request under way. */
export interface UnderWay {
  /** Gives it up at once. */
  giveUp(): void
  /** Waits until nothing is left of it. */
  readonly gone: Effect.Effect<void>
}

export type Dispatch = (request: Request, receiver: Receiver, caller: Caller) => UnderWay

const transports = new WeakMap<HttpClient.HttpClient, Dispatch>()

/** Says of a client that it can call back. What wraps it is another client, of which nothing is known here. */
export const offer = (client: HttpClient.HttpClient, dispatch: Dispatch): HttpClient.HttpClient => {
  transports.set(client, dispatch)
  return client
}

export const of = (client: HttpClient.HttpClient): Dispatch | undefined => transports.get(client)
