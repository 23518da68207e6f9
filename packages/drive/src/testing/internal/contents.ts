/** The bytes of files and media, by token: every version of them, each in the pieces it came in. */
import * as ApiError from "@effect-feishu/core/ApiError"
import * as Download from "@effect-feishu/core/Download"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as FileDownload from "../../FileDownload.ts"
import * as MediaDownload from "../../MediaDownload.ts"
import * as Refusals from "./refusals.ts"
import { refuse } from "./refusals.ts"

export type Kind = "file" | "media"

export interface Content {
  readonly kind: Kind
  readonly name: string
  readonly size: number
  readonly pieces: ReadonlyArray<Uint8Array>
  readonly version: string
}

/** Where a content is put that is none yet, or a version of one that is. */
export type New = Omit<Content, "version" | "size"> & { readonly token?: string | undefined }

export interface Contents {
  /** Keeps a content as the newest version of its token, or under a token of its own. */
  readonly put: (content: New) => Content & { readonly token: string }
  /** That version, else the newest. */
  readonly get: (token: string, version?: string) => Option.Option<Content>
  /** All of it, in one piece. */
  readonly bytes: (token: string) => Option.Option<Uint8Array>
}

/** Some of the bytes, from one place to another, without copying them. */
const slices = ({ pieces }: Content, from: number, end: number): ReadonlyArray<Uint8Array> => {
  const found: Array<Uint8Array> = []
  let at = 0
  for (const piece of pieces) {
    const slice = piece.subarray(Math.max(0, from - at), Math.max(0, end - at))
    if (slice.byteLength > 0) found.push(slice)
    at += piece.byteLength
  }
  return found
}

const joined = (content: Content): Uint8Array => {
  const whole = new Uint8Array(content.size)
  content.pieces.reduce((at, piece) => {
    whole.set(piece, at)
    return at + piece.byteLength
  }, 0)
  return whole
}

export const make = (): Contents => {
  const all = new Map<string, ReadonlyArray<Content>>()
  let count = 0
  let versions = 0
  return {
    put: ({ token = `boxcn${String(++count).padStart(22, "0")}`, ...content }) => {
      const size = content.pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
      const made = { ...content, size, version: `7${String(++versions).padStart(18, "0")}` }
      all.set(token, [...all.get(token) ?? [], made])
      return { ...made, token }
    },
    get: (token, version) => {
      const known = all.get(token) ?? []
      return Option.fromNullable(version === undefined ? known.at(-1) : known.find((one) => one.version === version))
    },
    bytes: (token) => Option.map(Option.fromNullable(all.get(token)?.at(-1)), joined)
  }
}

/** Which bytes a range names of so many; none that it could. */
const rangeOf = (range: string, size: number): Download.Range | undefined => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1)
  return from >= size || to < from ? undefined : { from, to, total: size }
}

const answer = (
  content: Option.Option<Content>,
  kind: Kind,
  range: string | undefined
): Effect.Effect<Download.Download, Refusals.Refusal<"beyond" | "missing">> => {
  if (Option.isNone(content) || content.value.kind !== kind) return refuse("missing", `there is no such ${kind}`)
  const { name, size, version } = content.value
  const part = range === undefined ? undefined : rangeOf(range, size)
  if (range !== undefined && part === undefined) return refuse("beyond", "there is nothing in that range")
  const pieces = slices(content.value, part?.from ?? 0, part === undefined ? size : part.to + 1)
  return Effect.succeed(Download.make(Stream.fromIterable(pieces), {
    name,
    type: "application/octet-stream",
    size: part === undefined ? size : part.to - part.from + 1,
    range: part,
    version: `"${version}"`
  }))
}

/** The documentation has no codes for downloads: these are such as any call may be answered by. */
const classes = { beyond: ApiError.BadRequest, missing: ApiError.PathNotFound } as const

export const handlers = <I, S extends { readonly stored: Contents }>(fake: Context.Tag<I, S>) => [
  FakeFeishu.handler(FileDownload.download, ({ file_token, range, version }) =>
    Refusals.as(FileDownload.download, classes)(
      Effect.flatMap(fake, ({ stored }) => answer(stored.get(file_token, version), "file", range))
    )),

  FakeFeishu.handler(MediaDownload.download, ({ file_token, range }) =>
    Refusals.as(MediaDownload.download, classes)(
      Effect.flatMap(fake, ({ stored }) => answer(stored.get(file_token), "media", range))
    ))
]
