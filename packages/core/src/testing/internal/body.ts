/** Bodies, whole and otherwise. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Wire from "./wire.ts"

/** The beginning of something, and at least a byte of it. */
export const half = (body: Uint8Array): Uint8Array => body.subarray(0, Math.max(1, Math.floor(body.byteLength / 2)))

/** Every second so many bytes; slower than one a second, a byte every so many. */
export const paced = (body: Uint8Array, bytesPerSecond: number): Stream.Stream<Uint8Array> => {
  const step = Math.max(1, Math.floor(bytesPerSecond))
  const pause = `${Math.ceil(1_000 * step / bytesPerSecond)} millis` as const
  const pieces = Array.from({ length: Math.ceil(body.byteLength / step) }, (_, index) =>
    body.subarray(index * step, (index + 1) * step))
  return Stream.mapEffect(Stream.fromIterable(pieces), (piece) => Effect.delay(Effect.succeed(piece), pause))
}

const piece = 64 * 1024

const head = Wire.bytes("{\"code\":0,\"msg\":\"success\",\"data\":{\"filler\":\"")
const tail = Wire.bytes("\"}}")

/** JSON of an exact size that compresses to almost nothing. */
export function* bomb(size: number): Generator<Uint8Array> {
  yield head
  const filler = new Uint8Array(piece).fill(0x61)
  let left = Math.max(0, size - head.byteLength - tail.byteLength)
  for (; left > 0; left -= piece) yield left >= piece ? filler : filler.subarray(0, left)
  yield tail
}

/** A body by its content codings, as `fetch` undoes them; what it does not know it leaves alone. */
export const decoded = (body: Uint8Array, encodings: string | undefined): Stream.Stream<Uint8Array, unknown> => {
  const codings = (encodings ?? "").toLowerCase().split(",").map((coding) => coding.trim()).filter((coding) => coding !== "")
  if (!codings.every((coding) => coding === "gzip" || coding === "deflate") || codings.length === 0) return Stream.make(body)
  return Stream.fromReadableStream({
    evaluate: () =>
      // Sound: the codings were just looked at; the copy owns its bytes.
      (codings.toReversed() as Array<"gzip" | "deflate">).reduce<ReadableStream<Uint8Array>>(
        (stream, coding) => stream.pipeThrough(new DecompressionStream(coding)),
        new Blob([new Uint8Array(body)]).stream()
      ),
    onError: (cause) => cause
  })
}
