/** Uploads, whatever the platform's operations for them: in one request or in parts, and on from a checkpoint. */
import type { CallError, OutcomeUnknown, ResponseInvalid } from "@effect-feishu/core/CallError"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import * as Take from "effect/Take"
import * as FileError from "../FileError.ts"
import * as Transfer from "../Transfer.ts"
import type { UploadCheckpoint } from "../UploadCheckpoint.ts"
import * as Checkpoints from "../UploadCheckpoint.ts"
import * as Adler32 from "./adler32.ts"
import * as FileParts from "./fileParts.ts"

/** What is uploaded and where to, as the platform's operations take it. */
export interface Target {
  readonly file_name: string
  readonly parent_type: string
  readonly parent_node: string
  readonly file_token?: string | undefined
  readonly extra?: string | undefined
}

interface Prepared {
  readonly upload_id: string
  readonly block_size: number
  readonly block_num: number
}

interface Bytes {
  readonly size: number
  readonly checksum: string
  readonly file: Uint8Array
}

/** The four steps. */
export interface Platform<in T extends Target, out Result, out E, out R> {
  readonly kind: UploadCheckpoint["kind"]
  readonly all: { (request: T & Bytes): Effect.Effect<Result, E, R>; readonly id: string }
  readonly prepare: (request: T & { readonly size: number }) => Effect.Effect<Prepared, E, R>
  readonly part: {
    (request: Bytes & { readonly upload_id: string; readonly seq: number }): Effect.Effect<unknown, E, R>
    readonly id: string
  }
  readonly finish: (request: { readonly upload_id: string; readonly block_num: number }) => Effect.Effect<Result, E, R>
}

/** What became of the platform's failures that mean something to an upload. */
export type Failed<E> =
  | Exclude<E, FileError.DriveUploadChecksumInvalid | OutcomeUnknown>
  | Transfer.IntegrityMismatch
  | Transfer.SourceChanged
  | Transfer.UploadOutcomeUnknown

/** The same type, and nothing to infer it from: what a call is part of says nothing of its source or its store. */
export type Given<A> = [A][A extends unknown ? 0 : never]

/** How long the platform knows an upload. */
const lifetime = Duration.toMillis("24 hours")

/** How often all parts are sent again because the platform misses some. */
const mostRounds = 2

const isExpired = (u: unknown): u is FileError.DriveUploadExpired => u instanceof FileError.DriveUploadExpired
const isMissing = (u: unknown): u is FileError.DriveUploadBlockMissing => u instanceof FileError.DriveUploadBlockMissing
const isRefused = (u: unknown): u is FileError.DriveUploadChecksumInvalid => u instanceof FileError.DriveUploadChecksumInvalid

/** Whether the platform may have made the file all the same. */
const isUnknown = (error: unknown): error is OutcomeUnknown | ResponseInvalid => {
  // Sound: whatever the platform's operations fail with is tagged, and these are two of a call's.
  const failure = error as CallError
  return failure._tag === "OutcomeUnknown" || (failure._tag === "ResponseInvalid" && failure.applied)
}

const isChanged = (u: unknown): u is Transfer.SourceChanged => u instanceof Transfer.SourceChanged

/** A checkpoint of an upload in parts. */
type InParts = UploadCheckpoint & { readonly upload_id: string }

const targetOf = ({ extra, file_name, file_token, parent_node, parent_type }: Target): Target => ({
  file_name,
  parent_type,
  parent_node,
  ...file_token === undefined ? {} : { file_token },
  ...extra === undefined ? {} : { extra }
})

const sameTarget = (a: Target, b: Target) =>
  a.file_name === b.file_name && a.parent_type === b.parent_type && a.parent_node === b.parent_node
  && a.file_token === b.file_token && a.extra === b.extra

export const run = <T extends Target, Result, E, R, SE, SR, CE, CR>(
  platform: Platform<T, Result, E, R>,
  target: T,
  { atOnce = FileParts.mostAtOnce, checkpoints = Checkpoints.none, source }: Transfer.Sending<SE, SR, CE, CR>,
  report: (progress: Transfer.Progress<Result>) => Effect.Effect<unknown>
): Effect.Effect<Result, Failed<E> | SE | CE, R | SR | CR> => {
  const { file_name } = target
  const { size } = source

  const told = (checkpoint: UploadCheckpoint) => ({
    parts: checkpoint.confirmed,
    partsTotal: checkpoint.block_num,
    bytes: Math.min(size, checkpoint.confirmed * checkpoint.block_size),
    bytesTotal: size
  })

  /** What must not change how an upload ends. */
  const quietly = (effect: Effect.Effect<void, CE, CR>) =>
    Effect.catchAllCause(effect, (cause) => Effect.logWarning("the checkpoint of an upload could not be written", cause))

  const changed = (change: Transfer.SourceChanged["change"]) => new Transfer.SourceChanged({ file_name, change, size })

  // Sound: the two failures that `Failed` leaves out are caught where the platform is called.
  // @effect-diagnostics-next-line effect/unsafeEffectTypeAssertion:off
  return Effect.scoped(Effect.gen(function*() {
    const version = yield* source.version
    const reader = yield* source.open

    const read = (offset: number, length: number) =>
      Effect.flatMap(Effect.suspend(() => reader.read(offset, length)), (bytes) =>
        bytes.byteLength === length ? Effect.succeed(bytes) : changed("shorter"))

    /** Before anything is made of it: it is as long as it was said to be, and the same as when it was begun. */
    const unchanged = Effect.gen(function*() {
      const more = yield* reader.read(size, 1)
      if (more.byteLength > 0) return yield* changed("longer")
      if ((yield* source.version) !== version) return yield* changed("version")
    })

    /** Sends bytes; those that arrived as others are read and sent once more. */
    const sent = <A, E2, R2>(
      operation: string,
      offset: number,
      length: number,
      send: (bytes: Bytes) => Effect.Effect<A, E2, R2>
    ) => {
      const once = Effect.flatMap(read(offset, length), (file) =>
        Effect.map(
          Effect.either(send({ size: length, checksum: Adler32.of(file), file })),
          (result) => ({ file, result })
        ))
      return Effect.gen(function*() {
        const first = yield* once
        const { file, result } = Either.isLeft(first.result) && isRefused(first.result.left) ? yield* once : first
        if (Either.isRight(result)) return { file, answer: result.right }
        return yield* isRefused(result.left)
          ? new Transfer.IntegrityMismatch({
            operation,
            problem: `the checksum of bytes ${offset} to ${offset + length - 1} was refused twice`
          })
          : Effect.fail(result.left)
      })
    }

    /** The step that makes the file. From before it until its outcome is known the checkpoint says so. */
    const decisive = <A, E2, R2>(
      checkpoint: UploadCheckpoint,
      step: Effect.Effect<A, E2, R2>,
      undone: Effect.Effect<void, CE, CR>
    ) =>
      Effect.gen(function*() {
        const finishing = { ...checkpoint, finishing: true }
        yield* checkpoints.save(finishing)
        const answer = yield* Effect.catchAll(step, (error): Effect.Effect<never, E2 | Transfer.UploadOutcomeUnknown, CR> =>
          isUnknown(error)
            ? new Transfer.UploadOutcomeUnknown({ checkpoint: finishing, cause: error })
            : Effect.zipRight(quietly(undone), Effect.fail(error)))
        yield* quietly(checkpoints.clear)
        return answer
      })

    const begin = (what: Pick<UploadCheckpoint, "block_num" | "block_size">) =>
      Effect.map(Clock.currentTimeMillis, (started_at): UploadCheckpoint => ({
        kind: platform.kind,
        ...targetOf(target),
        size,
        ...version === undefined ? {} : { version },
        ...what,
        confirmed: 0,
        checksum: Adler32.empty,
        started_at,
        finishing: false
      }))

    const whole = Effect.gen(function*() {
      const checkpoint = yield* begin({ block_size: size, block_num: 1 })
      yield* report({ _tag: "Uploading", ...told(checkpoint) })
      const { answer } = yield* sent(platform.all.id, 0, size, (bytes) =>
        Effect.zipRight(unchanged, decisive(checkpoint, platform.all({ ...target, ...bytes }), checkpoints.clear)))
      return { checkpoint: { ...checkpoint, confirmed: 1 }, answer }
    })

    /** Whether what was sent of a source without a version is what it still begins with. */
    const sameBefore = ({ block_size, checksum, confirmed }: UploadCheckpoint) =>
      Effect.gen(function*() {
        let now = Adler32.empty
        for (let seq = 0; seq < confirmed; seq++) {
          now = Adler32.update(now, yield* reader.read(seq * block_size, Math.min(block_size, size - seq * block_size)))
        }
        return now === checksum
      })

    /** What an earlier run left, if it is of this very upload. */
    const earlier = Effect.gen(function*() {
      const loaded = yield* checkpoints.load
      if (Option.isNone(loaded)) return undefined
      const checkpoint = loaded.value
      const { block_size, finishing, kind, started_at, upload_id } = checkpoint
      if (kind !== platform.kind || !sameTarget(checkpoint, target)) return undefined
      if (checkpoint.size !== size || checkpoint.version !== version) return undefined
      if (finishing) return yield* new Transfer.UploadOutcomeUnknown({ checkpoint })
      const age = (yield* Clock.currentTimeMillis) - started_at
      if (upload_id === undefined || block_size === 0 || age >= lifetime) return undefined
      if (version === undefined && !(yield* sameBefore(checkpoint))) return undefined
      return { ...checkpoint, upload_id }
    })

    const prepared = Effect.gen(function*() {
      const { block_num, block_size, upload_id } = yield* platform.prepare({ ...target, size })
      const checkpoint = { ...yield* begin({ block_size, block_num }), upload_id }
      yield* checkpoints.save(checkpoint)
      return checkpoint
    })

    /** The parts that were not confirmed, and then the file. */
    const rest = (from: InParts) =>
      Effect.gen(function*() {
        const { block_num, block_size, upload_id } = from
        let checkpoint = from
        yield* report({ _tag: "Uploading", ...told(checkpoint) })
        for (let seq = checkpoint.confirmed; seq * block_size < size; seq++) {
          const offset = seq * block_size
          const { file } = yield* sent(platform.part.id, offset, Math.min(block_size, size - offset), (bytes) =>
            platform.part({ upload_id, seq, ...bytes }))
          checkpoint = {
            ...checkpoint,
            confirmed: seq + 1,
            ...version === undefined ? { checksum: Adler32.update(checkpoint.checksum, file) } : {}
          }
          yield* checkpoints.save(checkpoint)
          yield* report({ _tag: "Uploading", ...told(checkpoint) })
        }
        yield* unchanged
        const finish = platform.finish({ upload_id, block_num })
        return { checkpoint, answer: yield* decisive(checkpoint, finish, checkpoints.save(checkpoint)) }
      })

    const inParts = (resumed: InParts | undefined) =>
      Effect.gen(function*() {
        let checkpoint = resumed ?? (yield* prepared)
        let begunAgain = false
        let rounds = 0
        while (true) {
          const result = yield* Effect.either(rest(checkpoint))
          if (Either.isRight(result)) return result.right
          const error = result.left
          if (isExpired(error) && !begunAgain) {
            begunAgain = true
            checkpoint = yield* prepared
          } else if (isMissing(error) && rounds < mostRounds) {
            rounds++
            checkpoint = { ...checkpoint, confirmed: 0, checksum: Adler32.empty }
            yield* checkpoints.save(checkpoint)
          } else return yield* Effect.fail(error)
        }
      })

    const resumed = yield* earlier
    const uploaded = yield* (resumed === undefined && size <= Math.min(atOnce, FileParts.mostAtOnce) ? whole : inParts(resumed)).pipe(
      // What the platform has is of no use to anybody.
      Effect.tapError((error) => isExpired(error) || isChanged(error) ? quietly(checkpoints.clear) : Effect.void)
    )
    yield* report({ _tag: "Uploaded", ...told(uploaded.checkpoint), result: uploaded.answer })
    return uploaded.answer
  })) as Effect.Effect<Result, Failed<E> | SE | CE, R | SR | CR>
}

/** The same, told part by part. */
export const progress = <T extends Target, Result, E, R, SE, SR, CE, CR>(
  platform: Platform<T, Result, E, R>,
  target: T,
  sending: Transfer.Sending<SE, SR, CE, CR>
): Stream.Stream<Transfer.Progress<Result>, Failed<E> | SE | CE, R | SR | CR> =>
  Stream.unwrapScoped(Effect.gen(function*() {
    const queue = yield* Effect.acquireRelease(
      Queue.bounded<Take.Take<Transfer.Progress<Result>, Failed<E> | SE | CE>>(1),
      Queue.shutdown
    )
    yield* run(platform, target, sending, (progress) => Queue.offer(queue, Take.of(progress))).pipe(
      Effect.matchCauseEffect({
        onFailure: (cause) => Queue.offer(queue, Take.failCause(cause)),
        onSuccess: () => Queue.offer(queue, Take.end)
      }),
      Effect.forkScoped
    )
    return Stream.flattenTake(Stream.fromQueue(queue))
  }))
