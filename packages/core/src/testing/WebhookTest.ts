/**
 * Deliveries of events as the platform would send them, signed and encrypted:
 * to hand to `Webhook.receive`, or to send to a server. And the means to forge
 * them.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import type * as Layer from "effect/Layer"
import * as ParseResult from "effect/ParseResult"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type * as Event from "../Event.ts"
import * as Bytes from "../internal/bytes.ts"
import * as Digest from "../internal/digest.ts"
import type * as Webhook from "../Webhook.ts"
import * as WebhookConfig from "../WebhookConfig.ts"

/**
 * What the platform and the application have agreed on.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** Without it nothing is signed or encrypted. */
  readonly encryptKey?: Redacted.Redacted | undefined
  readonly verificationToken?: Redacted.Redacted | undefined
  /** @default "cli_fake" */
  readonly appId?: string | undefined
  /** @default "tenant_fake" */
  readonly tenantKey?: string | undefined
}

/**
 * What is delivered, before it is encrypted. The same message delivered twice
 * is one event delivered twice.
 *
 * @since 0.1.0
 * @category models
 */
export type Message = Readonly<Record<string, unknown>>

/**
 * A delivery: its headers, in lower case, and its body.
 *
 * @since 0.1.0
 * @category models
 */
export interface Delivery extends Webhook.Request {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * How a message is signed, where that is not left to the clock and to chance.
 *
 * @since 0.1.0
 * @category models
 */
export interface Signing {
  /** Seconds, as text. */
  readonly timestamp?: string | undefined
  readonly nonce?: string | undefined
}

/**
 * The platform, as far as it delivers events.
 *
 * @since 0.1.0
 * @category models
 */
export interface Platform {
  /** The settings of a webhook that believes this platform. */
  readonly layerConfig: Layer.Layer<WebhookConfig.WebhookConfig>
  /** An event that has happened, in the envelope it is documented to come in. */
  readonly event: <Type extends string, Payload, Extra>(
    event: Event.Event<Type, Payload, Extra>,
    payload: Payload,
    options?: {
      readonly eventId?: string | undefined
      readonly version?: Event.Version | undefined
      readonly header?: Readonly<Record<string, unknown>> | undefined
    }
  ) => Effect.Effect<Message>
  /** The platform's check that a URL is yours. */
  readonly challenge: (challenge?: string) => Message
  /** Encrypts and signs a message as it is sent now; as it stands, where there is no Encrypt Key. */
  readonly deliver: (message: Message, signing?: Signing) => Effect.Effect<Delivery>
  /** The platform's check that a URL is yours, as it is sent: encrypted, and not signed. */
  readonly deliverChallenge: (challenge?: string) => Effect.Effect<Delivery>
  /** Signs bytes, whatever they are: for forgeries that know the key. */
  readonly sign: (body: Uint8Array, signing?: Signing) => Effect.Effect<Delivery>
}

const text = (u: unknown) => new TextEncoder().encode(JSON.stringify(u))

const randomBytes = (count: number): Effect.Effect<Uint8Array<ArrayBuffer>> =>
  Effect.map(
    Effect.forEach(Array.from({ length: count }), () => Random.nextIntBetween(0, 256)),
    (bytes) => Uint8Array.from(bytes)
  )

const randomHex = (count: number) => Effect.map(randomBytes(count), Encoding.encodeHex)

/**
 * Encrypts as the platform does: AES-256-CBC under the digest of the key, the
 * initialisation vector in front, as Base64.
 *
 * @since 0.1.0
 * @category encryption
 */
export const encrypt = (encryptKey: Redacted.Redacted, clear: Uint8Array<ArrayBuffer>): Effect.Effect<string> =>
  Effect.gen(function*() {
    const digest = yield* Digest.sha256(Digest.bytesOf(Redacted.value(encryptKey)))
    const iv = yield* randomBytes(16)
    const encrypted = yield* Effect.promise(async () => {
      const key = await globalThis.crypto.subtle.importKey("raw", digest, "AES-CBC", false, ["encrypt"])
      return globalThis.crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, clear)
    })
    return Encoding.encodeBase64(Bytes.concat([iv, new Uint8Array(encrypted)]))
  })

/**
 * Decrypts what `encrypt` made; bytes without meaning where it did not.
 *
 * @since 0.1.0
 * @category encryption
 */
export const decrypt = (encryptKey: Redacted.Redacted, encrypted: string): Effect.Effect<Uint8Array> =>
  Effect.flatMap(Digest.cipher(Redacted.value(encryptKey)), (cipher) => cipher.decrypt(encrypted))

/**
 * @since 0.1.0
 * @category constructors
 */
export const make = (options: Options): Platform => {
  const { appId = "cli_fake", encryptKey, tenantKey = "tenant_fake", verificationToken } = options
  const token = verificationToken === undefined ? "" : Redacted.value(verificationToken)
  const plain = { "content-type": "application/json; charset=utf-8" }

  const sign: Platform["sign"] = (body, signing) =>
    Effect.gen(function*() {
      const bytes = Bytes.concat([body])
      if (encryptKey === undefined) return { headers: plain, body: bytes }
      const seconds = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const timestamp = signing?.timestamp ?? String(seconds).padStart(10, "0")
      const nonce = signing?.nonce ?? (yield* randomHex(8))
      const digest = yield* Digest.sha256(
        Bytes.concat([Digest.bytesOf(timestamp + nonce + Redacted.value(encryptKey)), bytes])
      )
      return {
        headers: {
          ...plain,
          "x-lark-request-timestamp": timestamp,
          "x-lark-request-nonce": nonce,
          "x-lark-signature": Digest.hex(digest)
        },
        body: bytes
      }
    })

  const bodyOf = (message: Message) =>
    encryptKey === undefined
      ? Effect.succeed(text(message))
      : Effect.map(encrypt(encryptKey, text(message)), (encrypted) => text({ encrypt: encrypted }))

  const challenge: Platform["challenge"] = (challenge = "ajls384kdjx98XX") => ({ challenge, token, type: "url_verification" })

  return {
    layerConfig: WebhookConfig.layer({
      encryptKey,
      verificationToken,
      appId,
      ...encryptKey === undefined && verificationToken === undefined ? { verification: "none" } : {}
    }),
    event: (event, payload, options) =>
      Effect.gen(function*() {
        // Sound: a payload of the event's own type is one its schema can encode to an object.
        const encoded = (yield* Effect.orDie(
          ParseResult.encodeUnknown(event.payload, { onExcessProperty: "preserve" })(payload)
        )) as object
        const id = options?.eventId ?? (yield* randomHex(16))
        const now = yield* Clock.currentTimeMillis
        return (options?.version ?? event.version) === "1.0"
          ? {
            ts: String(now / 1000),
            uuid: id,
            token,
            type: "event_callback",
            event: { app_id: appId, tenant_key: tenantKey, ...encoded, type: event.type }
          }
          : {
            schema: "2.0",
            header: {
              event_id: id,
              event_type: event.type,
              create_time: String(now),
              token,
              app_id: appId,
              tenant_key: tenantKey,
              ...options?.header
            },
            event: encoded
          }
      }),
    challenge,
    deliver: (message, signing) => Effect.flatMap(bodyOf(message), (body) => sign(body, signing)),
    deliverChallenge: (text) => Effect.map(bodyOf(challenge(text)), (body) => ({ headers: plain, body })),
    sign
  }
}

/**
 * Sends a delivery to a server.
 *
 * @since 0.1.0
 * @category accessors
 */
export const send = (
  url: string,
  { body, headers }: Delivery
): Effect.Effect<Pick<Webhook.Reply, "status" | "body">, HttpClientError.HttpClientError, HttpClient.HttpClient> =>
  HttpClientRequest.post(url, { headers }).pipe(
    HttpClientRequest.bodyUint8Array(body, headers["content-type"]),
    HttpClient.execute,
    Effect.flatMap((response) => Effect.map(response.text, (body) => ({ status: response.status, body })))
  )

// --- forgeries --------------------------------------------------------------

/**
 * What a forger can change.
 *
 * @since 0.1.0
 * @category models
 */
export type Part = "body" | "nonce" | "signature" | "timestamp"

const headerOf = {
  nonce: "x-lark-request-nonce",
  signature: "x-lark-signature",
  timestamp: "x-lark-request-timestamp"
} as const

/**
 * How many bits a part has.
 *
 * @since 0.1.0
 * @category forgeries
 */
export const bitsOf = (delivery: Delivery, part: Part): number =>
  8 * (part === "body" ? delivery.body.byteLength : (delivery.headers[headerOf[part]] ?? "").length)

/**
 * The same delivery with one bit of it changed.
 *
 * @since 0.1.0
 * @category forgeries
 */
export const flip = (delivery: Delivery, part: Part, bit: number): Delivery => {
  const mask = 1 << (bit % 8)
  if (part === "body") {
    const body = delivery.body.slice()
    body[bit >> 3] = (body[bit >> 3] ?? 0) ^ mask
    return { ...delivery, body }
  }
  const letters = Array.from(delivery.headers[headerOf[part]] ?? "", (letter) => letter.charCodeAt(0))
  letters[bit >> 3] = (letters[bit >> 3] ?? 0) ^ mask
  return replace(delivery, { [part]: String.fromCharCode(...letters) })
}

/**
 * The same delivery with other parts.
 *
 * @since 0.1.0
 * @category forgeries
 */
export const replace = (delivery: Delivery, parts: { readonly [_ in Part]?: _ extends "body" ? Uint8Array<ArrayBuffer> : string }): Delivery => {
  const headers: Record<string, string> = { ...delivery.headers }
  for (const part of ["nonce", "signature", "timestamp"] as const) {
    const other = parts[part]
    if (other !== undefined) headers[headerOf[part]] = other
  }
  return { headers, body: parts.body ?? delivery.body }
}
