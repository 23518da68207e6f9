/** What the requests have in common that carry the bytes of a file. */
import type * as Shape from "@effect-feishu/core/Shape"
import type * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

/** How much one request may carry, in bytes. */
export const mostAtOnce = 20_971_520

interface Sized {
  readonly size: number
  readonly file: Uint8Array
}

/** The platform finds out only when everything has arrived. */
export const sizeIsLength = ({ file, size }: Sized): Shape.Violation | undefined =>
  size === file.byteLength
    ? undefined
    : { path: ["size"], message: `must be the length of the file, which is ${file.byteLength}` }

/** Whoever makes up requests makes up such as keep the rule. */
export const sized = <A extends Sized, I>(schema: Schema.Schema<A, I>): Schema.Schema<A, I> =>
  schema.annotations({
    arbitrary: (any: Arbitrary.LazyArbitrary<A>): Arbitrary.LazyArbitrary<A> => (fc) =>
      fc.tuple(any(fc), fc.uint8Array({ minLength: 1 })).map(([request, file]) => ({ ...request, size: file.byteLength, file }))
  })

export const Name = Schema.String.pipe(Schema.maxLength(250, { message: () => "must be at most 250 characters" }))

/** The one form of range that leaves what comes in one piece. */
export const Range = Schema.String.pipe(
  Schema.pattern(/^bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})$/, {
    message: () => "must be a single range, such as bytes=0-1023, bytes=1024- or bytes=-512"
  })
)

/** All uploads of an application in a tenant take turns, whatever the step. */
export const lane = "drive.upload"

/** Where the pages of uploads differ from most. */
export const statuses = { 1061001: 200, 1061045: 200, 1064230: 200 } as const
