// What a request carries, read as the other side reads it.
import { Either } from "effect"
import type { Body } from "../src/internal/spec.ts"
import * as Multipart from "../src/testing/internal/multipart.ts"

type Fields = Readonly<Record<string, unknown>>

export const isForm = (body: Body | undefined): boolean => Multipart.isForm(body?.type)

/** A value as a form carries it. */
export const inForm = (value: unknown): unknown => value instanceof Uint8Array ? value : String(value)

const bytes = (content: string | Uint8Array) => typeof content === "string" ? new TextEncoder().encode(content) : content

export const fieldsOf = (body: Body | undefined): Fields => {
  if (body === undefined) return {}
  return isForm(body)
    ? Either.getOrThrowWith(Multipart.parse(body.type, bytes(body.content)), (message) => new Error(message))
    : JSON.parse(body.content as string) as Fields
}
