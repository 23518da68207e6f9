/**
 * A file on its way from the platform: what it is, and its content as a Stream.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import * as Stream from "effect/Stream"
import type { CallTimeout, TransportError } from "./CallError.ts"

/**
 * More or fewer bytes came than were announced.
 *
 * @since 0.1.0
 * @category errors
 */
export class ContentMismatch extends Data.TaggedError("ContentMismatch")<{
  readonly operation: string
  /** How many bytes were announced. */
  readonly expected: number
  /** How many came, as far as they were read. */
  readonly received: number
}> {
  override get message() {
    return `${this.operation}: ${this.expected} bytes were announced and ${this.received} came`
  }
}

/**
 * What a content may fail with once it began to arrive.
 *
 * @since 0.1.0
 * @category errors
 */
export type ContentError = CallTimeout | ContentMismatch | TransportError

/**
 * Which part of a file this is, by the first and the last of its bytes.
 *
 * @since 0.1.0
 * @category models
 */
export interface Range {
  readonly from: number
  readonly to: number
  /** How long the whole file is, if that is told. */
  readonly total: number | undefined
}

/**
 * A file, or the part of it that was asked for.
 *
 * @since 0.1.0
 * @category models
 */
export interface Download {
  /**
   * What the platform calls the file, made safe: a single path segment of at
   * most 255 bytes, without control characters and without what some file
   * system does not allow.
   */
  readonly name: string | undefined
  /** The media type, for example `application/pdf`. */
  readonly type: string | undefined
  /** How many bytes there are to come, if that is told. */
  readonly size: number | undefined
  /** Which part this is, where only a part was asked for and the platform answers one. */
  readonly range: Range | undefined
  /** What changes with the file: its entity tag, else when it was last modified. */
  readonly version: string | undefined
  /**
   * The content, read as fast as it is consumed, and only once. It fails when
   * nothing comes for as long as `timeouts.body` says, and when it is longer or
   * shorter than announced.
   */
  readonly content: Stream.Stream<Uint8Array, ContentError>
}

/**
 * A download of your own making: for stubs and fakes.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = (
  content: Uint8Array | Stream.Stream<Uint8Array>,
  about?: Partial<Omit<Download, "content">>
): Download => ({
  name: about?.name,
  type: about?.type,
  size: about?.size ?? (content instanceof Uint8Array ? content.byteLength : undefined),
  range: about?.range,
  version: about?.version,
  content: content instanceof Uint8Array ? Stream.make(content) : content
})
