import { FakeFeishu, Fault, FeishuTest } from "@effect-feishu/core/testing"
import { DriveError, Media, Meta, PermissionMember, plugin } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, Fiber, Layer, Redacted, Stream, TestClock } from "effect"

/** What becomes of a thing, by the first letter of its id: it is done, refused, or not mentioned. */
const is = (what: "done" | "gone" | "refused") => (id: string) => id.startsWith(what[0]!)

/** A platform that does what the ids say. */
const Test = FakeFeishu.layerClient({
  domains: [FakeFeishu.domain({
    plugin,
    state: Layer.empty,
    handlers: [
      FakeFeishu.handler(PermissionMember.batchCreate, ({ members }) => {
        const done = members.filter(({ member_id }) => is("done")(member_id))
        if (!members.some(({ member_id }) => is("refused")(member_id))) return Effect.succeed({ members: done })
        const cause = FeishuTest.failure(PermissionMember.batchCreate, DriveError.DriveInvalidParam)
        return Effect.fail(done.length === 0 ? cause : FeishuTest.partial(PermissionMember.batchCreate, { members: done }, cause))
      }),
      FakeFeishu.handler(Meta.batchQuery, ({ request_docs }) =>
        Effect.succeed({
          metas: request_docs.filter(({ doc_token }) => is("done")(doc_token)).map(({ doc_token, doc_type }) => ({
            doc_token,
            doc_type,
            request_doc_info: { doc_token, doc_type }
          })),
          failed_list: request_docs.filter(({ doc_token }) => is("refused")(doc_token)).map(({ doc_token }) => ({
            token: doc_token,
            code: Meta.FailedCode.notFound
          }))
        })),
      FakeFeishu.handler(Media.batchGetTmpDownloadUrl, ({ file_tokens }) =>
        Effect.succeed({
          tmp_download_urls: file_tokens.filter(is("done")).map((file_token) => ({
            file_token,
            tmp_download_url: Redacted.make(`https://canary-secret.example/${file_token}`)
          }))
        }))
    ]
  })]
})

/** Every third thing is refused, every seventh is not mentioned. */
const ids = (count: number) =>
  Array.from({ length: count }, (_, at) => `${at % 7 === 6 ? "gone" : at % 3 === 2 ? "refused" : "done"}-${at}`)

const grant = (ids: ReadonlyArray<string>) => ({
  token: "doc",
  type: "docx",
  members: ids.map((member_id) => ({ member_type: "openid", member_id, perm: "view" }) as const)
}) as const

interface Outcome {
  readonly succeeded: ReadonlyArray<string>
  readonly failed: ReadonlyArray<string>
  readonly missing: ReadonlyArray<string>
}

const idsOf = <Item, Answer, E>(
  { failed, missing, succeeded }: {
    readonly succeeded: ReadonlyArray<{ readonly item: Item; readonly answer: Answer }>
    readonly failed: ReadonlyArray<{ readonly item: Item; readonly error: E }>
    readonly missing: ReadonlyArray<Item>
  },
  id: (item: Item) => string
): Outcome => ({
  succeeded: succeeded.map(({ item }) => id(item)),
  failed: failed.map(({ item }) => id(item)),
  missing: missing.map(id)
})

const operations = [
  ["PermissionMember.batchCreate", 10, (ids: ReadonlyArray<string>) =>
    Stream.map(PermissionMember.batchCreate.stream(grant(ids)), (one) => idsOf(one, ({ member_id }) => member_id))],
  ["Meta.batchQuery", 200, (ids: ReadonlyArray<string>) =>
    Stream.map(Meta.batchQuery.stream({ request_docs: ids.map((doc_token) => ({ doc_token, doc_type: "docx" as const })) }), (one) =>
      idsOf(one, ({ doc_token }) => doc_token))],
  ["Media.batchGetTmpDownloadUrl", 5, (ids: ReadonlyArray<string>) =>
    Stream.map(Media.batchGetTmpDownloadUrl.stream({ file_tokens: ids }), (one) => idsOf(one, (id) => id))]
] as const

const passing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust("10 minutes")
    return yield* Fiber.join(fiber)
  })

for (const [name, size, stream] of operations) {
  describe(name, () => {
    it.effect("puts every one of many in exactly one place, request by request, at the documented pace", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const wanted = ids(size * 7 + 3)
        const seen: Array<Outcome> = []
        yield* passing(Stream.runForEach(stream(wanted), (one) => Effect.sync(() => seen.push(one))))
        const placed = seen.map(({ failed, missing, succeeded }) => [...succeeded, ...failed, ...missing])
        assert.deepStrictEqual(placed.map(({ length }) => length), [...Array.from({ length: 7 }, () => size), 3])
        assert.sameMembers(placed.flat(), wanted)
        assert.deepStrictEqual(seen.flatMap(({ succeeded }) => succeeded), wanted.filter(is("done")))
        assert.strictEqual(yield* fake.rejected, 0)
      }).pipe(Effect.provide(Test)))

    it.effect("goes on where it stopped, with what is left", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const wanted = Array.from({ length: size * 3 }, (_, at) => `done-${at}`)
        const done: Array<string> = []
        yield* Stream.runForEach(Stream.take(stream(wanted), 1), ({ succeeded }) => Effect.sync(() => done.push(...succeeded)))
        assert.lengthOf(done, size)
        yield* passing(Stream.runForEach(stream(wanted.filter((id) => !done.includes(id))), ({ succeeded }) =>
          Effect.sync(() => done.push(...succeeded))))
        assert.deepStrictEqual(done, wanted)
        assert.strictEqual(yield* fake.rejected, 0)
      }).pipe(Effect.provide(Test)))

    it.effect("sends no more once none can be done, and says so of each", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const wanted = Array.from({ length: size * 3 }, (_, at) => `done-${at}`)
        yield* fake.script("*", Fault.delay(0))
        yield* fake.script("*", Fault.delay(0))
        yield* fake.script("*", Fault.answer({ status: 400, code: 99991672 }))
        const seen: Array<Outcome> = []
        yield* passing(Stream.runForEach(stream(wanted), (one) => Effect.sync(() => seen.push(one))))
        assert.deepStrictEqual(seen.map(({ failed, succeeded }) => [succeeded.length, failed.length]), [[size, 0], [0, size], [0, size]])
        assert.isEmpty(yield* fake.unmet)
      }).pipe(Effect.provide(Test)))
  })
}

it.effect("a refusal says which error it was, whether it came with the answer or instead of it", () =>
  Effect.gen(function*() {
    const { failed } = yield* PermissionMember.batchCreate.all(grant(["done-1", "refused-2"]))
    assert.deepStrictEqual(failed.map(({ error }) => error._tag), ["DriveInvalidParam"])
    const metas = yield* Meta.batchQuery.all({ request_docs: [{ doc_token: "refused-1", doc_type: "docx" }] })
    assert.deepStrictEqual(metas.failed.map(({ error }) => "code" in error ? error.code : error), [Meta.FailedCode.notFound])
    assert.isTrue(Either.isRight(yield* Effect.either(Media.batchGetTmpDownloadUrl.all({ file_tokens: ["gone-1"] }))))
  }).pipe(Effect.provide(Test)))
