/** SHA-256. */
import * as Effect from "effect/Effect"

const utf8 = new TextEncoder()

export const sha256 = (text: string): Effect.Effect<Uint8Array> =>
  Effect.map(Effect.promise(() => crypto.subtle.digest("SHA-256", utf8.encode(text))), (digest) => new Uint8Array(digest))
