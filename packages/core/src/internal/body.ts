/** The bytes of a request, as many as are allowed. */
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Digest from "./digest.ts"

/** The platform waits no longer, so nor do we. */
const patience = "3 seconds"

/** How often the allowed size is read and thrown away, so that whoever sends too much hears so before the connection ends. */
const drained = 16

/** Nothing, where there are more bytes than that, or they do not come. */
export const read = (
  request: HttpServerRequest.HttpServerRequest,
  limit: number
): Effect.Effect<Option.Option<Uint8Array>> => {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Effect.succeedNone
  return Effect.suspend(() => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    return request.stream.pipe(
      Stream.runForEachWhile((chunk) =>
        Effect.sync(() => {
          size += chunk.byteLength
          if (size <= limit) chunks.push(chunk)
          else chunks.length = 0
          return size <= limit * drained
        })
      ),
      Effect.map(() => size > limit ? Option.none() : Option.some(Digest.concat(...chunks))),
      Effect.timeoutTo({ duration: patience, onSuccess: (bytes) => bytes, onTimeout: () => Option.none<Uint8Array>() }),
      Effect.orElseSucceed(() => Option.none())
    )
  })
}
