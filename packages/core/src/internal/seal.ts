/** Sealed values: AES-256-GCM, bound to the key they are kept under. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import type * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

export interface Seal {
  readonly seal: (text: string, context: string) => Effect.Effect<string>
  /** Nothing, where it was sealed by another key, for another context, or is damaged. */
  readonly open: (sealed: string, context: string) => Effect.Effect<Option.Option<string>>
}

const utf8 = new TextEncoder()
const text = new TextDecoder()

export const keyOf = (key: Redacted.Redacted): Either.Either<Redacted.Redacted<Uint8Array>, string> =>
  Either.match(Encoding.decodeBase64(Redacted.value(key).trim()), {
    onLeft: () => Either.left("must be Base64"),
    onRight: (bytes) =>
      bytes.byteLength === 32 ? Either.right(Redacted.make(bytes)) : Either.left("must be 32 bytes, as Base64")
  })

/** Every nonce is used once: twelve random bytes, written before the ciphertext. */
const nonceLength = 12

/** A copy whose buffer is its own, as WebCrypto wants it. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

export const make = (key: Redacted.Redacted<Uint8Array>): Effect.Effect<Seal> =>
  Effect.map(
    Effect.promise(() =>
      crypto.subtle.importKey("raw", own(Redacted.value(key)), "AES-GCM", false, ["encrypt", "decrypt"])
    ),
    (imported): Seal => ({
      seal: (plain, context) =>
        Effect.promise(async () => {
          const iv = crypto.getRandomValues(new Uint8Array(nonceLength))
          const encrypted = await crypto.subtle.encrypt(
            { name: "AES-GCM", iv, additionalData: utf8.encode(context) },
            imported,
            utf8.encode(plain)
          )
          const sealed = new Uint8Array(nonceLength + encrypted.byteLength)
          sealed.set(iv)
          sealed.set(new Uint8Array(encrypted), nonceLength)
          return Encoding.encodeBase64(sealed)
        }),
      open: (sealed, context) => {
        const bytes = Encoding.decodeBase64(sealed)
        if (Either.isLeft(bytes) || bytes.right.byteLength <= nonceLength) return Effect.succeedNone
        const whole = own(bytes.right)
        return Effect.tryPromise(() =>
          crypto.subtle.decrypt(
            { name: "AES-GCM", iv: whole.subarray(0, nonceLength), additionalData: utf8.encode(context) },
            imported,
            whole.subarray(nonceLength)
          )
        ).pipe(Effect.map((plain) => text.decode(plain)), Effect.option)
      }
    })
  )
