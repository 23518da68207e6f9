/** The bytes of a request, as many as are allowed. */
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Refusal } from "./authenticate.ts"
import * as Bytes from "./bytes.ts"

/** The platform waits no longer, so nor do we. */
const patience = "3 seconds"

/** How often the allowed size is read and thrown away, so that whoever sends too much hears so before the connection ends. */
const drained = 16

export const read = (request: HttpServerRequest.HttpServerRequest, limit: number): Effect.Effect<Uint8Array, Refusal> => {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Effect.fail("size")
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
      Effect.timeout(patience),
      Effect.mapError((): Refusal => "body"),
      Effect.flatMap((): Effect.Effect<Uint8Array, Refusal> =>
        size > limit ? Effect.fail("size") : Effect.succeed(Bytes.concat(chunks))
      )
    )
  })
}
