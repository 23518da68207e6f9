/** Deliveries no webhook may believe, made from one it must. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Delivery, Message, Part } from "../src/testing/WebhookTest.ts"
import * as WebhookTest from "../src/testing/WebhookTest.ts"
import { extend, padding } from "./sha256.ts"

export interface Forgery {
  readonly kind: string
  readonly delivery: Delivery
}

const bytes = (text: string) => new TextEncoder().encode(text)

const join = (...parts: ReadonlyArray<Uint8Array>) => Uint8Array.from(parts.flatMap((part) => Array.from(part)))

const parts = ["body", "nonce", "signature", "timestamp"] as const

/** Every single bit of what is signed, and of the signature. */
export function* flips(genuine: Delivery): Generator<Forgery> {
  for (const part of parts) {
    for (let bit = 0; bit < WebhookTest.bitsOf(genuine, part); bit++) {
      yield { kind: `bit of ${part}`, delivery: WebhookTest.flip(genuine, part, bit) }
    }
  }
}

const headers = (delivery: Delivery) => ({
  timestamp: delivery.headers["x-lark-request-timestamp"] ?? "",
  nonce: delivery.headers["x-lark-request-nonce"] ?? "",
  signature: delivery.headers["x-lark-signature"] ?? ""
})

/** Tails behind a body, under digests that are right. */
export function* extensions(genuine: Delivery, keyLength: number, tails: ReadonlyArray<string>): Generator<Forgery> {
  const { nonce, signature, timestamp } = headers(genuine)
  for (const tail of tails) {
    const length = timestamp.length + nonce.length + keyLength + genuine.body.length
    yield {
      kind: "length extension",
      delivery: WebhookTest.replace(genuine, {
        body: join(genuine.body, padding(length), bytes(tail)),
        signature: extend(signature, length, bytes(tail))
      })
    }
  }
}

/** The same bytes in the same order, divided otherwise between timestamp and nonce: the digest stays right. */
export function* boundaries(genuine: Delivery): Generator<Forgery> {
  const { nonce, timestamp } = headers(genuine)
  const all = timestamp + nonce
  for (let at = 0; at <= all.length; at++) {
    if (at === timestamp.length) continue
    yield { kind: "boundary", delivery: WebhookTest.replace(genuine, { timestamp: all.slice(0, at), nonce: all.slice(at) }) }
  }
}

/** Every way to leave out one or two of the three headers. */
export function* incomplete(genuine: Delivery): Generator<Forgery> {
  const names = ["x-lark-request-timestamp", "x-lark-request-nonce", "x-lark-signature"]
  for (let mask = 1; mask < 8; mask++) {
    const left = Object.entries(genuine.headers).filter(([name]) => !names.some((one, at) => name === one && (mask & (1 << at)) !== 0))
    yield { kind: "header left out", delivery: { headers: Object.fromEntries(left), body: genuine.body } }
  }
}

const fromBase64 = (text: string) => Uint8Array.from(Buffer.from(text, "base64"))
const toBase64 = (all: Uint8Array) => Buffer.from(all).toString("base64")

/** The questions of a padding oracle: each value of a byte of the block before the last, unsigned, as a check of the URL is. */
export function* paddings(unsigned: Delivery): Generator<Forgery> {
  // Sound: made by our own generator.
  const { encrypt } = JSON.parse(new TextDecoder().decode(unsigned.body)) as { encrypt: string }
  const genuine = fromBase64(encrypt)
  for (const from of [17, 18, 32]) {
    for (let value = 1; value < 256; value++) {
      const forged = genuine.slice()
      const at = forged.length - from
      forged[at] = forged[at]! ^ value
      yield { kind: "padding", delivery: { ...unsigned, body: bytes(JSON.stringify({ encrypt: toBase64(forged) })) } }
    }
  }
}

/** Signed by somebody who has nearly the key. */
export const wrongKeys = (options: WebhookTest.Options & { readonly encryptKey: Redacted.Redacted }, message: Message) => {
  const key = Redacted.value(options.encryptKey)
  return Effect.forEach(
    Array.from({ length: key.length * 7 }, (_, bit) => bit),
    (bit) => {
      const letters = Array.from(key, (letter) => letter.charCodeAt(0))
      letters[Math.floor(bit / 7)]! ^= 1 << (bit % 7)
      return Effect.map(
        WebhookTest.make({ ...options, encryptKey: Redacted.make(String.fromCharCode(...letters)) }).deliver(message),
        (delivery): Forgery => ({ kind: "bit of key", delivery })
      )
    }
  )
}

/** Several changes at once, drawn from what `random` says. */
export const scrambled = (genuine: Delivery, random: () => number): Forgery => {
  let delivery = genuine
  const draw = (below: number) => Math.floor(random() * below)
  // An odd number of flips never undoes itself.
  for (let left = 1 + 2 * draw(3); left > 0; left--) {
    const part: Part = parts[draw(parts.length)]!
    delivery = WebhookTest.flip(delivery, part, draw(WebhookTest.bitsOf(delivery, part)))
  }
  return { kind: "scrambled", delivery }
}
