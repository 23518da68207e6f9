/**
 * Where the bytes of an upload come from: memory, a file, or a Stream that can
 * be run again. None of them is held in memory as a whole.
 *
 * @since 0.1.0
 */
import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Adler32 from "./internal/adler32.ts"

/**
 * A source that was opened.
 *
 * @since 0.1.0
 * @category models
 */
export interface Reader<out E = never, out R = never> {
  /**
   * As many bytes as are asked for, from there on; fewer only where the source
   * ends. It is read in order, but for parts that must be sent once more. What
   * was read last is not needed any more when it is read again.
   */
  readonly read: (offset: number, length: number) => Effect.Effect<Uint8Array, E, R>
}

/**
 * Something to upload.
 *
 * @since 0.1.0
 * @category models
 */
export interface UploadSource<out E = never, out R = never> {
  /** How long it is, in bytes. */
  readonly size: number
  /**
   * What changes with the content. Without one an upload that goes on later
   * reads again what was sent, to be sure that it is the same.
   */
  readonly version: Effect.Effect<string | undefined, E, R>
  readonly open: Effect.Effect<Reader<E, R>, E, R | Scope.Scope>
}

/**
 * What is in memory already.
 *
 * @since 0.1.0
 * @category constructors
 */
export const fromBytes = (bytes: Uint8Array): UploadSource => ({
  size: bytes.byteLength,
  version: Effect.sync(() => `adler32-${Adler32.of(bytes)}`),
  open: Effect.succeed({ read: (offset, length) => Effect.sync(() => bytes.subarray(offset, offset + length)) })
})

/** Memory for what is read, taken anew only where another length is asked for: parts are large, and all but one the same. */
const buffers = () => {
  let buffer = new Uint8Array()
  return (length: number): Uint8Array => {
    if (buffer.byteLength !== length) buffer = new Uint8Array(length)
    return buffer
  }
}

const fill = (file: FileSystem.File, buffer: Uint8Array): Effect.Effect<Uint8Array, PlatformError> =>
  Effect.iterate({ length: 0, ended: false }, {
    while: ({ ended, length }) => !ended && length < buffer.byteLength,
    body: ({ length }) =>
      Effect.map(file.read(buffer.subarray(length)), (read) => ({
        length: length + Number(read),
        ended: Number(read) === 0
      }))
  }).pipe(Effect.map(({ length }) => buffer.subarray(0, length)))

/**
 * A file, read at the places that are needed. Its version is its length and when
 * it was last modified.
 *
 * @since 0.1.0
 * @category constructors
 */
export const fromFile = (
  path: string
): Effect.Effect<UploadSource<PlatformError>, PlatformError, FileSystem.FileSystem> =>
  Effect.gen(function*() {
    const fileSystem = yield* FileSystem.FileSystem
    const { size } = yield* fileSystem.stat(path)
    return {
      size: Number(size),
      version: Effect.map(fileSystem.stat(path), ({ mtime, size }) =>
        `${size}-${Option.match(mtime, { onNone: () => "unknown", onSome: (time) => time.getTime() })}`),
      open: Effect.map(fileSystem.open(path, { flag: "r" }), (file) => {
        const buffer = buffers()
        return {
          read: (offset, length) =>
            Effect.zipRight(file.seek(offset, "start"), Effect.suspend(() => fill(file, buffer(length))))
        }
      })
    }
  })

/** A Stream that runs: where it is, and what it gave that was not taken yet. */
interface Run<E, R> {
  readonly pull: Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<E>, R>
  readonly close: Effect.Effect<void>
  position: number
  rest: ReadonlyArray<Uint8Array>
}

/** Runs on by this many bytes at most, and says what they are; fewer where it ends. */
const take = <E, R>(run: Run<E, R>, length: number, onto: (bytes: Uint8Array) => void): Effect.Effect<void, E, R> =>
  Effect.gen(function*() {
    let left = length
    while (left > 0) {
      const [first, ...others] = run.rest
      if (first === undefined) {
        const more = yield* Effect.either(run.pull)
        if (Either.isRight(more)) {
          run.rest = Chunk.toReadonlyArray(more.right)
          continue
        }
        if (Option.isNone(more.left)) return
        return yield* Effect.fail(more.left.value)
      }
      const taken = first.subarray(0, left)
      run.rest = taken.byteLength < first.byteLength ? [first.subarray(taken.byteLength), ...others] : others
      run.position += taken.byteLength
      left -= taken.byteLength
      onto(taken)
    }
  })

/**
 * A Stream that gives the same bytes each time it is run. It is read in order,
 * as fast as it is sent; what must be read again is found by running it again.
 *
 * @since 0.1.0
 * @category constructors
 */
export const fromStream = <E = never, R = never>(
  { size, version }: {
    /** How long all of it is, in bytes. */
    readonly size: number
    /** What changes with the content, if there is such a thing. */
    readonly version?: string | undefined
  },
  stream: Stream.Stream<Uint8Array, E, R>
): UploadSource<E, R> => ({
  size,
  version: Effect.succeed(version),
  open: Effect.map(Effect.scope, (outer) => {
    const memory = buffers()
    let running: Run<E, R> | undefined
    const start: Effect.Effect<Run<E, R>, never, R> = Effect.gen(function*() {
      const scope = yield* Scope.fork(outer, ExecutionStrategy.sequential)
      const pull = yield* Scope.extend(Stream.toPull(stream), scope)
      running = { pull, close: Scope.close(scope, Exit.void), position: 0, rest: [] }
      return running
    })
    const at = (offset: number): Effect.Effect<Run<E, R>, E, R> =>
      Effect.gen(function*() {
        if (running !== undefined && running.position > offset) {
          yield* running.close
          running = undefined
        }
        const run = running ?? (yield* start)
        yield* take(run, offset - run.position, () => {})
        return run
      })
    return {
      read: (offset, length) =>
        Effect.flatMap(at(offset), (run) =>
          Effect.suspend(() => {
            const buffer = memory(length)
            let filled = 0
            return Effect.map(
              take(run, length, (bytes) => {
                buffer.set(bytes, filled)
                filled += bytes.byteLength
              }),
              () => buffer.subarray(0, filled)
            )
          }))
    }
  })
})
