/** A plugin whose operations take and answer files, and a fake of it. */
import { ApiError, Download, Operation, Plugin, RateLimit, Shape } from "@effect-feishu/core"
import { FakeFeishu, FeishuTest } from "@effect-feishu/core/testing"
import { Effect, Schema } from "effect"

export class FileGone extends ApiError.define("FileGone", { code: 902004, status: 404, category: "NotFound" }) {}

class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  file_token: Schema.String,
  range: Schema.optional(Schema.String)
})) {}

const declaration = { accepts: "tenant", scopes: [], rateLimit: RateLimit.unstated, errors: [FileGone] } as const

export const get = Operation.download("files.file.get", {
  ...declaration,
  method: "GET",
  url: "/open-apis/files/v1/:file_token",
  idempotent: true,
  request: GetRequest,
  headers: [["range", "Range"]]
})

class PutRequest extends Shape.Struct<PutRequest>()(() => ({
  file_name: Schema.String,
  size: Schema.Int,
  note: Schema.optional(Schema.String),
  file: Schema.Uint8ArrayFromSelf
})) {}

class Put extends Shape.Struct<Put>()(() => ({ file_token: Schema.String })) {}

export const put = Operation.upload("files.file.put", {
  ...declaration,
  method: "POST",
  url: "/open-apis/files/v1",
  idempotent: false,
  request: PutRequest,
  response: Put
})

class FindRequest extends Shape.Struct<FindRequest>()(() => ({ kind: Schema.String, depth: Schema.optional(Schema.Int) })) {}
class Found extends Shape.Struct<Found>()(() => ({ kind: Schema.String })) {}

/** A GET with a body. */
export const find = Operation.make("files.file.find", {
  ...declaration,
  method: "GET",
  url: "/open-apis/files/v1/found/files",
  idempotent: true,
  carriesBody: true,
  request: FindRequest,
  query: ["depth"],
  response: Found
})

export const plugin = Plugin.make("files", { operations: [{ get, put, find }], errors: [{ FileGone }] })

/** What there is, by token; uploads come to it. */
export const domainOf = (files: Map<string, Download.Download | Uint8Array>) =>
  FakeFeishu.domain({
    plugin,
    handlers: [
      FakeFeishu.handler(get, ({ file_token, range }) =>
        Effect.gen(function*() {
          const file = files.get(file_token)
          if (file === undefined) return yield* FeishuTest.failure(get, FileGone)
          if (!(file instanceof Uint8Array)) return file
          const [from, to] = (/^bytes=(\d+)-(\d+)$/.exec(range ?? "")?.slice(1) ?? []).map(Number)
          return from === undefined || to === undefined
            ? Download.make(file, { name: `${file_token}.bin`, version: "\"v1\"" })
            : Download.make(file.slice(from, to + 1), { range: { from, to, total: file.byteLength } })
        })),
      FakeFeishu.handler(put, ({ file, file_name }) =>
        Effect.sync(() => {
          files.set(file_name, file)
          return { file_token: file_name }
        })),
      FakeFeishu.handler(find, ({ kind }) => Effect.succeed({ kind }))
    ]
  })
