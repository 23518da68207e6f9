import { FileDownload, FileUpload, MediaDownload, MediaUpload } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, Schema } from "effect"

const mostAtOnce = 20_971_520

/** What is wrong with a request, field by field. */
const wrong = (operation: { readonly spec: { readonly request: Schema.Schema.AnyNoContext | undefined } }, request: unknown) =>
  Effect.map(Effect.either(Schema.encodeUnknown(operation.spec.request!)(request)), Either.match({
    onLeft: ({ message }) => message,
    onRight: () => undefined
  }))

const file = (size: number) => ({ size, file: new Uint8Array(size) })

describe("a file in one request", () => {
  const target = { file_name: "a", parent_type: "explorer", parent_node: "fld" }

  it.effect("has 1 byte to 20 MiB, and as many as are said", () =>
    Effect.gen(function*() {
      assert.isUndefined(yield* wrong(FileUpload.all, { ...target, ...file(1) }))
      assert.isUndefined(yield* wrong(FileUpload.all, { ...target, ...file(mostAtOnce) }))
      assert.include(yield* wrong(FileUpload.all, { ...target, ...file(0) }), "must be from 1 to 20971520")
      assert.include(yield* wrong(FileUpload.all, { ...target, ...file(mostAtOnce + 1) }), "sent in parts")
      assert.include(yield* wrong(FileUpload.all, { ...target, size: 2, file: new Uint8Array(1) }), "the length of the file, which is 1")
      assert.include(yield* wrong(FileUpload.all, { ...target, size: 1, file: new Uint8Array(2) }), "the length of the file, which is 2")
    }))

  it.effect("has a name of at most 250 characters, and a place there is", () =>
    Effect.gen(function*() {
      assert.isUndefined(yield* wrong(FileUpload.all, { ...target, ...file(1), file_name: "x".repeat(250) }))
      assert.include(yield* wrong(FileUpload.all, { ...target, ...file(1), file_name: "x".repeat(251) }), "at most 250 characters")
      assert.isUndefined(yield* wrong(FileUpload.all, { ...target, ...file(1), parent_type: "wiki", checksum: "1", file_token: "f" }))
      assert.isString(yield* wrong(FileUpload.all, { ...target, ...file(1), parent_type: "docx_file" }))
    }))
})

describe("media in one request", () => {
  const target = { file_name: "a", parent_type: "docx_file", parent_node: "d" }

  it.effect("have up to 20 MiB, and may be empty", () =>
    Effect.gen(function*() {
      assert.isUndefined(yield* wrong(MediaUpload.all, { ...target, ...file(0) }))
      assert.isUndefined(yield* wrong(MediaUpload.all, { ...target, ...file(mostAtOnce), extra: "{}" }))
      assert.include(yield* wrong(MediaUpload.all, { ...target, ...file(mostAtOnce + 1) }), "sent in parts")
      assert.include(yield* wrong(MediaUpload.all, { ...target, size: 0, file: new Uint8Array(2) }), "the length of the file")
      assert.include(yield* wrong(MediaUpload.all, { ...target, ...file(1), file_name: "x".repeat(251) }), "at most 250 characters")
      assert.isString(yield* wrong(MediaUpload.all, { ...target, ...file(1), parent_type: "explorer" }))
    }))
})

for (const [name, { part, prepare }, target] of [
  ["a file", FileUpload, { parent_type: "explorer", parent_node: "fld" }],
  ["media", MediaUpload, { parent_type: "vc_recording", parent_node: "d" }]
] as const) {
  describe(`${name} in parts`, () => {
    it.effect("may be of any length", () =>
      Effect.gen(function*() {
        for (const size of [0, 1, mostAtOnce + 1, 5 * 2 ** 30]) {
          assert.isUndefined(yield* wrong(prepare, { ...target, file_name: "a", size }))
        }
        assert.isString(yield* wrong(prepare, { ...target, file_name: "a", size: -1 }))
        assert.isString(yield* wrong(prepare, { ...target, file_name: "a", size: 1.5 }))
        assert.include(yield* wrong(prepare, { ...target, file_name: "x".repeat(251), size: 1 }), "at most 250 characters")
      }))

    it.effect("are counted from 0, and as long as is said", () =>
      Effect.gen(function*() {
        assert.isUndefined(yield* wrong(part, { upload_id: "7", seq: 0, ...file(3), checksum: "1" }))
        assert.isString(yield* wrong(part, { upload_id: "7", seq: -1, ...file(3) }))
        assert.include(yield* wrong(part, { upload_id: "7", seq: 0, size: 4, file: new Uint8Array(3) }), "the length of the file, which is 3")
      }))
  })
}

for (const [name, { download }] of [["a file", FileDownload], ["media", MediaDownload]] as const) {
  describe(`a part of ${name}`, () => {
    it.effect("is one range, in bytes", () =>
      Effect.gen(function*() {
        for (const range of ["bytes=0-0", "bytes=0-1024", "bytes=10-", "bytes=-10", undefined]) {
          assert.isUndefined(yield* wrong(download, { file_token: "f", ...range === undefined ? {} : { range } }))
        }
        for (const range of ["", "0-10", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "bytes=0-1\r\nx: y", "items=0-1"]) {
          assert.include(yield* wrong(download, { file_token: "f", range }), "must be a single range", range)
        }
      }))
  })
}
