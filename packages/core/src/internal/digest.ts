/**
 * Digests, comparison and decryption of deliveries. By WebCrypto, which Node, Deno, Bun, workers and browsers all have:
 * what receives deliveries runs wherever `@effect/platform` does, and none of it needs an answer within the same tick.
 */
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"

const encoder = new TextEncoder()

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

export const concat = (...parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

export const sha256 = (bytes: Uint8Array<ArrayBuffer>): Effect.Effect<Uint8Array<ArrayBuffer>> =>
  Effect.map(Effect.promise(() => globalThis.crypto.subtle.digest("SHA-256", bytes)), (digest) => new Uint8Array(digest))

export const hex = (bytes: Uint8Array): string => Encoding.encodeHex(bytes)

/**
 * Whether a text is the secret one. Takes as long as the given text is, wherever they differ and however long the secret is.
 */
export const isSame = (secret: string, given: string): boolean => {
  let difference = secret.length ^ given.length
  for (let at = 0; at < given.length; at++) {
    // No secret is empty, except where there is none to compare with.
    difference |= given.charCodeAt(at) ^ secret.charCodeAt(at % Math.max(secret.length, 1))
  }
  return difference === 0
}

/** What an Encrypt Key stands for: AES-256 by its digest. */
export interface Cipher {
  /** The text's bytes; without meaning where it is not one we could have been sent. */
  readonly decrypt: (encrypted: string) => Effect.Effect<Uint8Array>
}

const ivLength = 16

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const decoded = Encoding.decodeBase64(text)
  return decoded._tag === "Right" ? new Uint8Array(decoded.right) : new Uint8Array(ivLength)
}

export const cipher = (encryptKey: string): Effect.Effect<Cipher> =>
  Effect.map(
    Effect.flatMap(sha256(bytesOf(encryptKey)), (digest) =>
      Effect.promise(() => globalThis.crypto.subtle.importKey("raw", digest, "AES-CBC", false, ["decrypt"]))),
    (key) => ({
      decrypt: (encrypted) =>
        Effect.suspend(() => {
          const bytes = fromBase64(encrypted)
          const iv = bytes.subarray(0, ivLength)
          const text = bytes.subarray(ivLength)
          return Effect.promise(() =>
            globalThis.crypto.subtle.decrypt({ name: "AES-CBC", iv }, key, text).then(
              (clear) => new Uint8Array(clear),
              // No failure: whether the padding was right must be seen neither in what follows nor in how long it takes.
              () => text
            )
          )
        })
    })
  )
