/** Downloads that go on where they broke off, whatever the platform's operation for them. */
import type { CallError } from "@effect-feishu/core/CallError"
import type { ContentError, Download } from "@effect-feishu/core/Download"
import type * as PlatformError from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Transfer from "../Transfer.ts"

/** The operation, with everything but the range. */
export interface Asking<out E, out R> {
  readonly operation: string
  readonly range: string | undefined
  readonly ask: (range: string | undefined) => Effect.Effect<Download, E, R | Scope.Scope>
}

export type Failed<E> =
  | E
  | Exclude<ContentError, { readonly _tag: "ContentMismatch" }>
  | Transfer.IntegrityMismatch
  | Transfer.RemoteChanged

/** One answer, of which nothing was read yet. */
interface Segment {
  readonly download: Download
  readonly pull: Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<ContentError>>
  readonly close: Effect.Effect<void>
}

/** What is to come: from its first byte to the one after its last, of how many. */
interface Expected {
  readonly from: number
  /** Not known where the platform does not tell how long the file is: then nothing can be asked for later. */
  readonly end: number | undefined
  readonly total: number | undefined
}

/** Which bytes a range means, of a file this long. */
const meant = (range: string, total: number | undefined): { readonly from: number; readonly to: number | undefined } | undefined => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  const end = total === undefined ? undefined : total - 1
  if (first === "") return total === undefined ? undefined : { from: Math.max(0, total - Number(last)), to: end }
  return { from: Number(first), to: last === "" ? end : Math.min(Number(last), end ?? Number.POSITIVE_INFINITY) }
}

/** What the platform says that it answers, or why that is not what it was asked for. */
const expected = ({ range, size }: Download, asked: string | undefined): Either.Either<Expected, string> => {
  if (range === undefined) {
    return asked === undefined
      ? Either.right({ from: 0, end: size, total: size })
      : Either.left(`${asked} was asked for and everything answered`)
  }
  const { from, to, total } = range
  const wanted = meant(asked ?? "bytes=0-", total)
  const wrong = to < from || (total !== undefined && to >= total)
    || (wanted !== undefined && (wanted.from !== from || (wanted.to !== undefined && wanted.to !== to)))
    || (size !== undefined && size !== to - from + 1)
    || (asked === undefined && total === undefined)
  return wrong
    ? Either.left(`${asked ?? "all of it"} was asked for and bytes ${from} to ${to} of ${total ?? "an unknown number"} answered`)
    : Either.right({ from, end: to + 1, total })
}

/** A file as it is downloaded: what it is, and its bytes, to be read once and as long as the scope is open. */
export interface Receiving<E, R> {
  readonly about: Pick<Download, "name" | "type" | "version">
  readonly content: Stream.Stream<Uint8Array, Failed<E>, R>
}

/** What another request may mend. */
const isBroken = (error: unknown): boolean => {
  // Sound: whatever the platform's operations fail with is tagged, and these are two of a call's.
  const failure = error as CallError
  return failure._tag === "TransportError" || failure._tag === "CallTimeout"
}

/** The file is not as long any more as what came of it. */
const isBeyond = (error: unknown): boolean => {
  // Sound: see above.
  const failure = error as CallError
  return (failure._tag === "UnexpectedResponse" || failure._tag === "UndocumentedCode") && failure.status === 416
}

export const receive = <E, R>(
  { ask, operation, range }: Asking<E, R>,
  { schedule = Transfer.defaultSchedule }: Transfer.Receiving = {}
): Effect.Effect<Receiving<E, Exclude<R, Scope.Scope>>, E | Transfer.IntegrityMismatch, Exclude<R, Scope.Scope> | Scope.Scope> =>
  Effect.gen(function*() {
    const outer = yield* Effect.scope
    const mismatch = (problem: string) => new Transfer.IntegrityMismatch({ operation, problem })

    const open = (asked: string | undefined): Effect.Effect<Segment, E, Exclude<R, Scope.Scope>> =>
      Effect.uninterruptibleMask((restore) =>
        Effect.flatMap(Scope.fork(outer, ExecutionStrategy.sequential), (scope) =>
          restore(Effect.flatMap(ask(asked), (download) =>
            Effect.map(Stream.toPull(download.content), (pull) => ({ download, pull, close: Scope.close(scope, Exit.void) })))).pipe(
              Scope.extend(scope),
              Effect.onExit((exit) => Exit.isSuccess(exit) ? Effect.void : Scope.close(scope, exit))
            ))
      )

    let segment = yield* open(range)
    const { name, type, version } = segment.download
    const { end, from, total } = yield* Either.mapLeft(expected(segment.download, range), mismatch)
    /** The place of the next byte. */
    let at = from
    const driver = yield* Schedule.driver(schedule)

    /** The rest of the same file, or the reason why there is none. */
    const resume = (broken: E | ContentError): Effect.Effect<void, Failed<E>, Exclude<R, Scope.Scope>> =>
      Effect.gen(function*() {
        let error: E | ContentError = broken
        while (true) {
          yield* segment.close
          // Sound: the content's own mismatch is none that is resumed.
          if (end === undefined) return yield* Effect.fail(error as Failed<E>)
          if (Option.isNone(yield* Effect.option(driver.next(undefined)))) return yield* Effect.fail(error as Failed<E>)
          // Nothing was read yet: the same question again, which any platform can answer.
          const asked = at === from ? range : `bytes=${at}-${range === undefined || end === total ? "" : end - 1}`
          const answer = yield* Effect.either(open(asked))
          if (Either.isLeft(answer)) {
            error = answer.left
            if (isBeyond(error)) return yield* new Transfer.RemoteChanged({ operation, received: at - from })
            if (isBroken(error)) continue
            return yield* Effect.fail(answer.left)
          }
          segment = answer.right
          const { download } = segment
          const other = expected(download, asked)
          // What came whole, though a part was asked for, is no other file for it: see below.
          const told = download.range !== undefined ? download.range.total : asked === undefined ? download.size : total
          if (told !== total || download.version !== version) {
            return yield* new Transfer.RemoteChanged({ operation, received: at - from })
          }
          if (Either.isLeft(other)) return yield* mismatch(other.left)
          if (other.right.from !== at || other.right.end !== end) {
            return yield* mismatch(`${asked ?? "all of it"} was asked for and bytes ${other.right.from} to ${(other.right.end ?? 0) - 1} answered`)
          }
          return
        }
      })

    const next: Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<Failed<E>>, Exclude<R, Scope.Scope>> = Effect.suspend(() =>
      Effect.matchEffect(segment.pull, {
        onSuccess: (chunk) => {
          const length = Chunk.reduce(chunk, 0, (sum, bytes) => sum + bytes.byteLength)
          at += length
          if (end !== undefined && at > end) {
            return Effect.fail(Option.some(mismatch(`${end - from} bytes were announced and more came`)))
          }
          return length === 0 ? Effect.succeed(chunk) : Effect.as(driver.reset, chunk)
        },
        onFailure: Option.match({
          onNone: () =>
            end !== undefined && at < end
              ? Effect.fail(Option.some(mismatch(`${end - from} bytes were announced and ${at - from} came`)))
              : Effect.fail(Option.none()),
          onSome: (error) => {
            if (error._tag === "ContentMismatch") {
              return Effect.fail(Option.some(mismatch(`${error.expected} bytes were announced and ${error.received} came`)))
            }
            // All there is has come; how the connection ended matters to nobody.
            if (at === end) return Effect.fail(Option.none())
            return Effect.zipRight(Effect.mapError(resume(error), Option.some), next)
          }
        })
      }))

    return { about: { name, type, version }, content: Stream.repeatEffectChunkOption(next) }
  })

/** The bytes alone. */
export const stream = <E, R>(asking: Asking<E, R>, options?: Transfer.Receiving): Stream.Stream<Uint8Array, Failed<E>, Exclude<R, Scope.Scope>> =>
  Stream.unwrapScoped(Effect.map(receive(asking, options), ({ content }) => content))

/** Another name in the same folder, which nobody else has. */
const beside = (path: string) =>
  Effect.map(Random.nextIntBetween(0, 0x1_0000_0000), (number) =>
    `${path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)}.${number.toString(16).padStart(8, "0")}.part`)

/** All of it in a file, which is there when it is whole. */
export const toFile = <E, R>(
  asking: Asking<E, R>,
  path: string,
  options?: Transfer.Receiving
): Effect.Effect<Transfer.Saved, Failed<E> | PlatformError.PlatformError, Exclude<R, Scope.Scope> | FileSystem.FileSystem> =>
  Effect.gen(function*() {
    const fileSystem = yield* FileSystem.FileSystem
    const temporary = yield* beside(path)
    let bytes = 0
    const write = Effect.gen(function*() {
      const { about, content } = yield* receive(asking, options)
      const file = yield* fileSystem.open(temporary, { flag: "wx" })
      yield* Stream.runForEach(content, (chunk) => {
        bytes += chunk.byteLength
        return file.writeAll(chunk)
      })
      yield* file.sync
      return about
    })
    return yield* Effect.scoped(write).pipe(
      Effect.tap(() => fileSystem.rename(temporary, path)),
      Effect.onError(() => Effect.ignore(fileSystem.remove(temporary))),
      Effect.map((about) => ({ ...about, path, bytes }))
    )
  })
