/**
 * A transport that takes a request and calls back, beside the `HttpClient` it is.
 *
 * A request that is an effect must be raced by its timeouts, and a body that is another one waited for once more; one that
 * calls back can be told to stop. What wraps such a client is another client, of which nothing is known here.
 */
import type * as HttpClient from "@effect/platform/HttpClient"

export interface Request {
  readonly method: string
  readonly origin: string
  /** Path and query, encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** What becomes of a request. Nothing follows `end` and `failed`. */
export interface Receiver {
  readonly head: (status: number, headers: Readonly<Record<string, string | Array<string> | undefined>>) => void
  readonly data: (chunk: Uint8Array) => void
  readonly end: () => void
  readonly failed: (cause: unknown) => void
}

/** Sends a request, and answers how to give it up. */
export type Dispatch = (request: Request, receiver: Receiver) => () => void

const transports = new WeakMap<HttpClient.HttpClient, Dispatch>()

export const offer = (client: HttpClient.HttpClient, dispatch: Dispatch): HttpClient.HttpClient => {
  transports.set(client, dispatch)
  return client
}

export const of = (client: HttpClient.HttpClient): Dispatch | undefined => transports.get(client)
