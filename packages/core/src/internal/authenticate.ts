/**
 * Whether a delivery comes from the platform.
 *
 * The signature is checked over the bytes as they came, before anything is decrypted or parsed. The platform does not sign
 * its check of the URL: only that is accepted unsigned, where it was encrypted with our key and repeats our token.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type { Delivery } from "../Event.ts"
import type { Settings } from "../WebhookConfig.ts"
import * as Answers from "./answers.ts"
import * as Bytes from "./bytes.ts"
import * as Digest from "./digest.ts"
import * as Envelope from "./envelope.ts"

/** Why a delivery is refused: for our own log, never for whoever sent it. */
export type Refusal = "app id" | "body" | "content type" | "encryption" | "signature" | "size" | "timestamp" | "token" | "unsigned"

export type Authentic =
  | { readonly _tag: "Challenge"; readonly challenge: string }
  | { readonly _tag: "Event"; readonly key: string; readonly delivery: Delivery }

type Headers = Readonly<Record<string, string | undefined>>

/** A byte order mark is not JSON. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })

/** Bytes that are not UTF-8 are no text. Not found out by failing, which takes longer than not to fail. */
const textOf = (bytes: Uint8Array): string => {
  const text = utf8.decode(bytes)
  const again = Digest.bytesOf(text)
  return again.byteLength === bytes.byteLength && again.every((byte, at) => byte === bytes[at]) ? text : ""
}

/** The one JSON value that the whole text is. */
const jsonOf = (bytes: Uint8Array): unknown => Either.getOrElse(Answers.parse(textOf(bytes)), () => undefined)

const signatureHeaders = ["x-lark-request-timestamp", "x-lark-request-nonce", "x-lark-signature"] as const

const refuse = (why: Refusal): Effect.Effect<never, Refusal> => Effect.fail(why)

export type Authenticate = (headers: Headers, body: Uint8Array) => Effect.Effect<Authentic, Refusal>

export const make = (settings: Settings): Effect.Effect<Authenticate> =>
  Effect.gen(function*() {
    const { appId, verificationToken } = settings
    const encryptKey = settings.encryptKey === undefined ? undefined : Redacted.value(settings.encryptKey)
    const cipher = encryptKey === undefined ? undefined : yield* Digest.cipher(encryptKey)

    /** None, where nothing is signed; otherwise every part must be right. */
    const signature = (key: string, headers: Headers, body: Uint8Array): Effect.Effect<"none" | "right", Refusal> =>
      Effect.gen(function*() {
        const [timestamp, nonce, given] = signatureHeaders.map((name) => headers[name])
        if (timestamp === undefined && nonce === undefined && given === undefined) return "none"
        // Ten digits exactly: nothing separates timestamp and nonce in what is signed.
        if (timestamp === undefined || !/^\d{10}$/.test(timestamp)) return yield* refuse("timestamp")
        const expected = yield* Digest.sha256(Bytes.concat([Digest.bytesOf(timestamp + (nonce ?? "") + key), body]))
        if (!Digest.isSame(Digest.hex(expected), given ?? "")) return yield* refuse("signature")
        const age = (yield* Clock.currentTimeMillis) - Number(timestamp) * 1000
        const inTime = age <= Duration.toMillis(settings.maxAge) && -age <= Duration.toMillis(settings.maxClockSkew)
        return inTime ? "right" : yield* refuse("timestamp")
      })

    const decrypted = (body: Uint8Array): Effect.Effect<Uint8Array, Refusal> => {
      if (cipher === undefined) return Effect.succeed(body)
      const json = jsonOf(body)
      return Predicate.isRecord(json) && typeof json["encrypt"] === "string"
        ? cipher.decrypt(json["encrypt"])
        : refuse("encryption")
    }

    return (headers, body) =>
      Effect.gen(function*() {
        const signed = encryptKey === undefined ? "none" : yield* signature(encryptKey, headers, body)
        const clear = yield* decrypted(body)
        const content = Envelope.open(jsonOf(clear))
        if (content === undefined) return yield* refuse("body")
        const isToken = verificationToken === undefined
          || Digest.isSame(Redacted.value(verificationToken), content.token)
        if (content._tag === "Challenge") {
          return isToken ? { _tag: "Challenge", challenge: content.challenge } : yield* refuse("token")
        }
        if (encryptKey !== undefined && signed === "none") return yield* refuse("unsigned")
        if (!isToken) return yield* refuse("token")
        const { delivery } = content
        const { app_id, event_id } = delivery.header
        // In the older envelope the application is part of the event, and not of every one.
        const isOurs = appId === undefined || app_id === appId || (app_id === undefined && delivery.schema === "1.0")
        if (!isOurs) return yield* refuse("app id")
        // Ciphertext differs from one delivery to the next, what it hides does not.
        const id = event_id ?? `sha256:${Digest.hex(yield* Digest.sha256(Bytes.concat([clear])))}`
        return { _tag: "Event", key: `${app_id ?? ""}/${id}`, delivery }
      })
  })
