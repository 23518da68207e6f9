/** Uploads on their way: those in one request, and those in parts, which live for a day. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Clock from "effect/Clock"
import type * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileError from "../../FileError.ts"
import * as FileUpload from "../../FileUpload.ts"
import * as Adler32 from "../../internal/adler32.ts"
import * as MediaUpload from "../../MediaUpload.ts"
import type { Contents, Kind } from "./contents.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"
import { refuse } from "./refusals.ts"

/** Something that was uploaded. */
export interface Created {
  readonly kind: Kind
  readonly file_token: string
  readonly file_name: string
  readonly parent_type: string
  readonly parent_node: string
  readonly size: number
  /** Which version of the file this is. */
  readonly version: string
  /** Whether it is a new version of a file that was there. */
  readonly replaced: boolean
  readonly caller: FakeFeishu.Caller
}

type Target = FileUpload.Target | MediaUpload.Target

interface Session {
  readonly kind: Kind
  readonly target: Target
  readonly size: number
  readonly caller: FakeFeishu.Caller
  readonly expiresAt: number
  readonly blocks: Array<Uint8Array | undefined>
}

type Refused<Reason extends string> = Refusals.Refusal<Reason>

export interface Uploads {
  readonly prepare: (kind: Kind, target: Target, size: number, caller: FakeFeishu.Caller) => Effect.Effect<FileUpload.Prepared>
  readonly part: (
    kind: Kind,
    request: FileUpload.PartRequest,
    caller: FakeFeishu.Caller
  ) => Effect.Effect<void, Refused<"checksum" | "expired" | "outOfBounds" | "size" | "user">>
  readonly finish: (
    kind: Kind,
    request: FileUpload.FinishRequest,
    caller: FakeFeishu.Caller
  ) => Effect.Effect<Created, Refused<"expired" | "missing" | "user">>
  readonly all: (
    kind: Kind,
    request: FileUpload.AllRequest | MediaUpload.AllRequest,
    caller: FakeFeishu.Caller
  ) => Effect.Effect<Created, Refused<"checksum">>
}

export interface Options {
  readonly stored: Contents
  /** How many bytes a part has. @default 4194304 */
  readonly blockSize?: number | undefined
  /** Hears of everything that was uploaded, before the caller does. */
  readonly onCreated: (created: Created) => Effect.Effect<void>
}

const lifetime = Duration.toMillis("24 hours")

const sameCaller = (one: FakeFeishu.Caller, other: FakeFeishu.Caller) =>
  one.appId === other.appId && one.tenant === other.tenant && People.same(People.ofCaller(one), People.ofCaller(other))

const arrived = ({ checksum, file }: { readonly checksum?: string | undefined; readonly file: Uint8Array }) =>
  checksum === undefined || checksum === Adler32.of(file)
    ? Effect.void
    : refuse("checksum", "the checksum is not the content's")

export const make = ({ blockSize = 4_194_304, onCreated, stored }: Options): Uploads => {
  const sessions = new Map<string, Session>()
  let count = 0

  const create = (kind: Kind, target: Target, pieces: ReadonlyArray<Uint8Array>, caller: FakeFeishu.Caller) => {
    const { file_name, parent_node, parent_type } = target
    const replaces = "file_token" in target ? target.file_token : undefined
    const { size, token, version } = stored.put({ kind, name: file_name, pieces, token: replaces })
    const created: Created = {
      kind,
      file_token: token,
      file_name,
      parent_type,
      parent_node,
      size,
      version,
      replaced: replaces !== undefined,
      caller
    }
    return Effect.as(onCreated(created), created)
  }

  const sessionOf = (kind: Kind, upload_id: string, caller: FakeFeishu.Caller): Effect.Effect<Session, Refused<"expired" | "user">> =>
    Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<Session, Refused<"expired" | "user">> => {
      const session = sessions.get(upload_id)
      if (session !== undefined && now >= session.expiresAt) sessions.delete(upload_id)
      if (session === undefined || session.kind !== kind || now >= session.expiresAt) {
        return refuse("expired", "there is no such upload any more")
      }
      return sameCaller(session.caller, caller)
        ? Effect.succeed(session)
        : refuse("user", "the upload was begun by somebody else")
    })

  return {
    prepare: (kind, target, size, caller) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const upload_id = `7${String(++count).padStart(18, "0")}`
        const block_num = Math.ceil(size / blockSize)
        sessions.set(upload_id, {
          kind,
          target,
          size,
          caller,
          expiresAt: now + lifetime,
          blocks: Array.from({ length: block_num }, () => undefined)
        })
        return { upload_id, block_size: blockSize, block_num }
      }),

    part: (kind, { checksum, file, seq, upload_id }, caller) =>
      Effect.gen(function*() {
        const { blocks, size } = yield* sessionOf(kind, upload_id, caller)
        if (seq >= blocks.length) return yield* refuse("outOfBounds", `there are ${blocks.length} parts`)
        const expected = Math.min(blockSize, size - seq * blockSize)
        if (file.byteLength !== expected) return yield* refuse("size", `the part has ${expected} bytes`)
        yield* arrived({ checksum, file })
        blocks[seq] = file
      }),

    // Whether the platform takes a second one nobody knows: here it makes a second file, which is the worst it could do.
    finish: (kind, { block_num, upload_id }, caller) =>
      Effect.gen(function*() {
        const { blocks, target } = yield* sessionOf(kind, upload_id, caller)
        const pieces = blocks.filter((block) => block !== undefined)
        if (block_num !== blocks.length || pieces.length < blocks.length) {
          return yield* refuse("missing", "parts of the file have not arrived")
        }
        return yield* create(kind, target, pieces, caller)
      }),

    all: (kind, request, caller) =>
      Effect.zipRight(arrived(request), create(kind, request, [request.file], caller))
  }
}

const ofPart = {
  checksum: FileError.DriveUploadChecksumInvalid,
  expired: FileError.DriveUploadExpired,
  outOfBounds: FileError.DriveUploadBlockOutOfBounds,
  size: FileError.DriveUploadSizeMismatch,
  user: FileError.DriveUploadUserMismatch
} as const

const ofFinish = {
  expired: FileError.DriveUploadExpired,
  missing: FileError.DriveUploadBlockMissing,
  user: FileError.DriveUploadUserMismatch
} as const

const ofAll = { checksum: FileError.DriveUploadChecksumInvalid } as const

const uploaded = ({ file_token, version }: Created): FileUpload.Uploaded => ({
  file_token,
  url: `https://feishu.cn/file/${file_token}`,
  version
})

export const handlers = <I, S extends { readonly uploads: Uploads }>(fake: Context.Tag<I, S>) => {
  const uploads = Effect.map(fake, ({ uploads }) => uploads)
  return [
    FakeFeishu.handler(FileUpload.all, (request, caller) =>
      Refusals.as(FileUpload.all, ofAll)(
        Effect.map(Effect.flatMap(uploads, ({ all }) => all("file", request, caller)), uploaded)
      )),

    FakeFeishu.handler(FileUpload.prepare, ({ size, ...target }, caller) =>
      Effect.flatMap(uploads, ({ prepare }) => prepare("file", target, size, caller))),

    FakeFeishu.handler(FileUpload.part, (request, caller) =>
      Refusals.as(FileUpload.part, ofPart)(Effect.flatMap(uploads, ({ part }) => part("file", request, caller)))),

    FakeFeishu.handler(FileUpload.finish, (request, caller) =>
      Refusals.as(FileUpload.finish, ofFinish)(
        Effect.map(Effect.flatMap(uploads, ({ finish }) => finish("file", request, caller)), uploaded)
      )),

    FakeFeishu.handler(MediaUpload.all, (request, caller) =>
      Refusals.as(MediaUpload.all, ofAll)(
        Effect.map(Effect.flatMap(uploads, ({ all }) => all("media", request, caller)), ({ file_token }) => ({ file_token }))
      )),

    FakeFeishu.handler(MediaUpload.prepare, ({ size, ...target }, caller) =>
      Effect.flatMap(uploads, ({ prepare }) => prepare("media", target, size, caller))),

    FakeFeishu.handler(MediaUpload.part, (request, caller) =>
      Refusals.as(MediaUpload.part, ofPart)(Effect.flatMap(uploads, ({ part }) => part("media", request, caller)))),

    FakeFeishu.handler(MediaUpload.finish, (request, caller) =>
      Refusals.as(MediaUpload.finish, ofFinish)(
        Effect.map(Effect.flatMap(uploads, ({ finish }) => finish("media", request, caller)), ({ file_token }) => ({
          file_token
        }))
      ))
  ]
}
