import { File, FileViewRecord, Media, Search } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Either, Redacted, Stream } from "effect"
import { inspect } from "node:util"
import * as Stub from "../../core/test/stub.ts"
import * as Transport from "../../core/test/transport.ts"

describe("drive.file.list", () => {
  it.effect("goes on where next_page_token says", () => {
    const asked: Array<string | null> = []
    const world = Transport.layer(({ query }) => {
      asked.push(query.get("page_token"))
      return Stub.ok(
        asked.length < 3
          ? { files: [{ token: `f${asked.length}`, type: "docx" }], next_page_token: `p${asked.length}`, has_more: true }
          : { files: [{ token: "f3", type: "new_in_2031" }], has_more: false }
      )
    })
    return Effect.gen(function*() {
      const files = yield* Stream.runCollect(File.list.items({ folder_token: "d" }))
      assert.deepStrictEqual(Chunk.toReadonlyArray(files).map(({ token }) => token), ["f1", "f2", "f3"])
      assert.deepStrictEqual(asked, [null, "p1", "p2"])
    }).pipe(Effect.provide(world))
  })
})

describe("drive.file.delete", () => {
  it.effect("sends what kind it is in the query, and no body", () => {
    const sent: Array<unknown> = []
    const world = Transport.layer(({ raw, text }) => {
      sent.push([raw.method, raw.url, text])
      return Stub.ok({ task_id: "1" })
    })
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* File.delete({ file_token: "f", type: "folder", async: true }), { task_id: "1" })
      assert.deepStrictEqual(sent, [["DELETE", "https://open.feishu.cn/open-apis/drive/v1/files/f?type=folder&async=true", ""]])
    }).pipe(Effect.provide(world))
  })

  for (const status of [404, 200]) {
    it.effect(`knows what is deleted already by its code, with HTTP status ${status}`, () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(File.delete({ file_token: "f", type: "file" }))
        assert.strictEqual(error._tag, "DriveFileDeleted")
      }).pipe(Effect.provide(Transport.layer(() => Stub.failed(1061007, status)))))
  }
})

describe("drive.media.batchGetTmpDownloadUrl", () => {
  const link = "https://internal-api-drive-stream.feishu.cn/space/api/box/stream/download/authcode/?code=canary"
  const linksTo = (query: URLSearchParams) => query.getAll("file_tokens").map((file_token) => ({ file_token, tmp_download_url: link }))

  it.effect("names every file in the query, and answers secrets", () => {
    let asked = ""
    const world = Transport.layer(({ query, raw }) => {
      asked = new URL(raw.url).search
      return Stub.ok({ tmp_download_urls: linksTo(query) })
    })
    return Effect.gen(function*() {
      const answer = yield* Media.batchGetTmpDownloadUrl({ file_tokens: ["a", "b"], extra: "{}" })
      assert.strictEqual(asked, "?file_tokens=a&file_tokens=b&extra=%7B%7D")
      assert.deepStrictEqual(answer.tmp_download_urls?.map((one) => [one.file_token, Redacted.value(one.tmp_download_url)]), [
        ["a", link],
        ["b", link]
      ])
      assert.notInclude(JSON.stringify(answer) + inspect(answer, { depth: 9 }), "canary")
    }).pipe(Effect.provide(world))
  })

  it.effect("takes any number of files, five at a time, and tells of which there is no link", () => {
    const sizes: Array<number> = []
    const world = Transport.layer(({ query }) => {
      sizes.push(query.getAll("file_tokens").length)
      return Stub.ok({ tmp_download_urls: linksTo(query).filter(({ file_token }) => file_token !== "f3") })
    })
    return Effect.gen(function*() {
      const file_tokens = Array.from({ length: 7 }, (_, index) => `f${index}`)
      const { failed, missing, succeeded } = yield* Media.batchGetTmpDownloadUrl.all({ file_tokens })
      assert.deepStrictEqual(sizes, [5, 2])
      assert.deepStrictEqual(succeeded.map(({ item }) => item), ["f0", "f1", "f2", "f4", "f5", "f6"])
      assert.deepStrictEqual([failed, missing], [[], ["f3"]])
    }).pipe(Effect.provide(world))
  })
})

describe("drive.file.viewRecord.list", () => {
  it.effect("asks for as many on every page", () => {
    const sizes: Array<string | null> = []
    const world = Transport.layer(({ query }) => {
      sizes.push(query.get("page_size"))
      return Stub.ok({ items: [{ viewer_id: "ou_1" }], ...sizes.length < 2 ? { page_token: "p", has_more: true } : { has_more: false } })
    })
    return Effect.gen(function*() {
      yield* Stream.runDrain(FileViewRecord.list.items({ file_token: "f", file_type: "docx", page_size: 7 }))
      assert.deepStrictEqual(sizes, ["7", "7"])
    }).pipe(Effect.provide(world))
  })
})

interface Asked {
  readonly count: number
  readonly offset: number
}

/** A platform that finds so many documents, hands out as many as `give` lets it, and refuses to go too far. */
const library = (total: number, give: (asked: Asked) => number = ({ count }) => count) => {
  const asked: Array<readonly [offset: number, count: number]> = []
  const world = Transport.layer(({ text }) => {
    const { count, offset } = JSON.parse(text) as Asked
    asked.push([offset, count])
    assert.isBelow(offset + count, 200)
    const upTo = Math.min(offset + give({ count, offset }), total)
    const docs_entities = Array.from({ length: upTo - offset }, (_, index) => ({ docs_token: `d${offset + index}` }))
    return Stub.ok({ docs_entities, has_more: upTo < total, total })
  })
  return { asked, world }
}

/** What came, and how it ended. */
const found = Effect.gen(function*() {
  const tokens: Array<string | undefined> = []
  const end = yield* Search.results({ search_key: "report" }).pipe(
    Stream.runForEach(({ docs_token }) => Effect.sync(() => tokens.push(docs_token))),
    Effect.either
  )
  return { tokens, end }
})

const upTo = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`)

describe("Search.results", () => {
  for (const total of [0, 1, 50, 51, 199]) {
    it.effect(`is all there is, where that is ${total}`, () => {
      const { world } = library(total)
      return Effect.gen(function*() {
        assert.deepStrictEqual(yield* found, { tokens: upTo(total), end: Either.right(undefined) })
      }).pipe(Effect.provide(world))
    })
  }

  it.effect("asks for as many as it may", () => {
    const { asked, world } = library(199)
    return Effect.gen(function*() {
      yield* found
      assert.deepStrictEqual(asked, [[0, 50], [50, 50], [100, 50], [150, 49]])
    }).pipe(Effect.provide(world))
  })

  it.effect("asks for no more than is taken", () => {
    const { asked, world } = library(199)
    return Effect.gen(function*() {
      const some = yield* Stream.runCollect(Stream.take(Search.results({ search_key: "report" }), 10))
      assert.lengthOf(some, 10)
      assert.lengthOf(asked, 1)
    }).pipe(Effect.provide(world))
  })

  it.effect("says that there is more, after all that can be had", () => {
    const { asked, world } = library(200)
    return Effect.gen(function*() {
      const { end, tokens } = yield* found
      assert.deepStrictEqual(tokens, upTo(199))
      assert(Either.isLeft(end) && end.left._tag === "PagesIncomplete")
      assert.deepStrictEqual([end.left.came, end.left.total], [199, 200])
      assert.include(end.left.message, "199 of 200 came")
      assert.lengthOf(asked, 4)
    }).pipe(Effect.provide(world))
  })

  it.effect("passes over nothing where a page is short", () => {
    const { asked, world } = library(60, () => 20)
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* found, { tokens: upTo(60), end: Either.right(undefined) })
      assert.deepStrictEqual(asked, [[0, 50], [20, 50], [40, 50]])
    }).pipe(Effect.provide(world))
  })

  it.effect("does not ask forever where there is said to be more and nothing comes", () => {
    const { asked, world } = library(60, ({ offset }) => offset < 50 ? 50 : 0)
    return Effect.gen(function*() {
      const { end, tokens } = yield* found
      assert.deepStrictEqual(tokens, upTo(50))
      assert(Either.isLeft(end) && end.left._tag === "PagesIncomplete")
      assert.strictEqual(end.left.came, 50)
      assert.lengthOf(asked, 2)
    }).pipe(Effect.provide(world))
  })

  it.effect("fails as a page does", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Stream.runDrain(Search.results({ search_key: "report" })))
      assert.strictEqual(error._tag, "UserScopeNotGranted")
    }).pipe(Effect.provide(Transport.layer(() => Stub.failed(99991679)))))
})
