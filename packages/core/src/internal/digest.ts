/**
 * Digests, comparison and decryption of deliveries. By WebCrypto, which Node, Deno, Bun, workers and browsers all have:
 * what receives deliveries runs wherever `@effect/platform` does, and none of it needs an answer within the same tick.
 */
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Bytes from "./bytes.ts"

const encoder = new TextEncoder()

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

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

const block = 16

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const decoded = Encoding.decodeBase64(text)
  const bytes = decoded._tag === "Right" ? new Uint8Array(decoded.right) : new Uint8Array(0)
  return bytes.byteLength >= 2 * block && bytes.byteLength % block === 0 ? bytes : new Uint8Array(2 * block)
}

/** Without its padding (PKCS #7). Every padding is looked at in the same way; behind a wrong one there is no text at all. */
const unpadded = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.byteLength
  const count = bytes[end - 1] ?? 0
  let wrong = Number(count === 0) | Number(count > block)
  for (let back = 1; back <= block; back++) {
    wrong |= Number(back <= count) & Number(bytes[end - back] !== count)
  }
  return wrong === 0 ? bytes.subarray(0, end - count) : bytes.fill(0xff)
}

export const cipher = (encryptKey: string): Effect.Effect<Cipher> =>
  Effect.map(
    Effect.flatMap(sha256(bytesOf(encryptKey)), (digest) =>
      Effect.promise(() => globalThis.crypto.subtle.importKey("raw", digest, "AES-CBC", false, ["decrypt", "encrypt"]))),
    (key) => ({
      decrypt: (encrypted) =>
        Effect.promise(async () => {
          const bytes = fromBase64(encrypted)
          const text = bytes.subarray(block)
          const last = text.subarray(-block)
          // WebCrypto fails for a wrong padding, and those who may send us guesses could measure that. So it is given one
          // more block, which holds a right one, and the padding that was sent is ours to look at.
          const end = await globalThis.crypto.subtle.encrypt({ name: "AES-CBC", iv: last }, key, new Uint8Array(0))
          const whole = Bytes.concat([text, new Uint8Array(end)])
          const clear = await globalThis.crypto.subtle.decrypt({ name: "AES-CBC", iv: bytes.subarray(0, block) }, key, whole)
          return unpadded(new Uint8Array(clear))
        })
    })
  )
