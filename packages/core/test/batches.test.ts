import { AccessToken, FeishuClient, Operation, RateLimit, Shape } from "@effect-feishu/core"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, FastCheck, Layer, Schema, Stream } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const Member = Schema.Struct({ id: Schema.String, role: Schema.optional(Schema.String) })
class AddRequest extends Shape.Struct<AddRequest>()(() => ({ doc: Schema.String, members: Schema.Array(Member) })) {}
class Added extends Shape.Struct<Added>()(() => ({ members: Schema.optional(Schema.Array(Member)) })) {}

/** Three at a time. */
const declaration = {
  method: "POST",
  url: "/open-apis/test/v1/:doc/members",
  accepts: "tenant",
  scopes: [],
  rateLimit: RateLimit.unstated,
  request: AddRequest,
  response: Added,
  errors: Stub.errors,
  batch: {
    items: "members",
    size: 3,
    done: ({ members = [] }: Added) => members,
    key: ({ id }: { readonly id: string }) => id
  }
} as const

const add = Operation.batched("test.member.add", { ...declaration, idempotent: false })
const addAgain = Operation.batched("test.member.addAgain", { ...declaration, idempotent: true })

const members = (...ids: ReadonlyArray<string>) => ids.map((id) => ({ id }))

/** One-letter ids. */
const each = (ids: string) => ids.split("")

type Answer = (ids: ReadonlyArray<string>, count: number) => ReturnType<Parameters<typeof Stub.http>[0]>

/** A platform that answers each request by the ids in it, and what it was sent. */
const platform = (answer: Answer) => {
  const sent: Array<ReadonlyArray<string>> = []
  const live = Stub.client(({ text }) => {
    const ids = (JSON.parse(text) as AddRequest).members.map(({ id }) => id)
    sent.push(ids)
    return answer(ids, sent.length)
  })
  return { live, sent }
}

const done = (ids: ReadonlyArray<string>) => Stub.ok({ members: members(...ids) })

const all = (answer: Answer, ...ids: ReadonlyArray<string>) => {
  const { live, sent } = platform(answer)
  return add.all({ doc: "d", members: members(...ids) }).pipe(
    Effect.map(({ failed, missing, succeeded }) => ({
      sent,
      succeeded: succeeded.map(({ item }) => item.id),
      failed: failed.map(({ error, item }) => [item.id, error._tag]),
      missing: missing.map(({ id }) => id)
    })),
    Effect.provide(live)
  )
}

describe("one request of a batched operation", () => {
  const call = (answer: Answer) => Effect.provide(add({ doc: "d", members: members("a", "b") }), platform(answer).live)

  it.effect("succeeds with code 0", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* call(done)).members, members("a", "b"))
    }))

  it.effect("is a partial success where a code other than 0 comes with something done", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(call(() => Stub.failed(121005, 403, { data: { members: members("a") } })))
      assert(error._tag === "PartialSuccess")
      assert.deepStrictEqual(error.data.members, members("a"))
      assert(error.cause._tag === "TestForbidden")
      assert.strictEqual(error.cause.code, 121005)
    }))

  const nothing: ReadonlyArray<readonly [what: string, data: unknown]> = [
    ["nothing done", { members: [] }],
    ["an empty object", {}],
    ["no data", undefined],
    ["null", null],
    ["data that are not what they should be", { members: "all" }]
  ]

  for (const [what, data] of nothing) {
    it.effect(`fails where the code comes with ${what}`, () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(call(() => Stub.failed(121005, 403, { data })))
        assert.strictEqual(error._tag, "TestForbidden")
      }))
  }

  const faulty = [
    ["a fault", () => Stub.failed(121001, 500, { data: { members: members("a") }, error: { log_id: "L1" } }), "TestBroken"],
    ["an undocumented code", () => Stub.failed(424242, 500, { data: { members: members("a") } }), "UndocumentedCode"]
  ] as const

  for (const [what, answer, tag] of faulty) {
    it.effect(`does not know what became of the rest after ${what}, if it must not be repeated`, () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(call(answer))
        assert(error._tag === "PartialSuccess")
        assert(error.cause._tag === "OutcomeUnknown")
        assert.strictEqual(error.cause.cause._tag, tag)
        assert.deepStrictEqual(error.data.members, members("a"))
      }))
  }

  it.effect("tells of the fault itself, if it may be repeated", () =>
    Effect.gen(function*() {
      const { live, sent } = platform(faulty[0][1])
      const error = yield* Effect.flip(addAgain({ doc: "d", members: members("a", "b") })).pipe(Effect.provide(live))
      assert(error._tag === "PartialSuccess")
      assert.strictEqual(error.cause._tag, "TestBroken")
      assert.lengthOf(sent, 1)
    }))
})

describe("any number of items", () => {
  it.effect("go in requests of the documented size, in order, one after another", () => {
    let running = 0
    let most = 0
    const slow: Answer = (ids) =>
      Effect.gen(function*() {
        most = Math.max(most, ++running)
        yield* Effect.yieldNow()
        running--
        return done(ids)
      })
    return Effect.gen(function*() {
      const outcome = yield* all(slow, ...each("abcdefgh"))
      assert.deepStrictEqual(outcome, {
        sent: [each("abc"), each("def"), each("gh")],
        succeeded: each("abcdefgh"),
        failed: [],
        missing: []
      })
      assert.strictEqual(most, 1)
    })
  })

  for (const count of [0, 1, 3, 4, 6]) {
    it.effect(`take ${Math.ceil(count / 3)} requests where there are ${count}`, () =>
      Effect.gen(function*() {
        const { sent, succeeded } = yield* all(done, ...each("abcdef".slice(0, count)))
        assert.lengthOf(sent, Math.ceil(count / 3))
        assert.deepStrictEqual(succeeded, each("abcdef".slice(0, count)))
      }))
  }

  it.effect("keep the rest of the request and their answers", () => {
    const paths: Array<string> = []
    const live = Stub.client(({ path, text }) => {
      paths.push(path)
      return Stub.ok({ members: (JSON.parse(text) as AddRequest).members.map(({ id }) => ({ id, role: `r-${id}` })).reverse() })
    })
    return Effect.gen(function*() {
      const { succeeded } = yield* add.all({ doc: "d", members: [{ id: "a", role: "asked" }, { id: "b" }, { id: "c" }, { id: "d" }] })
      assert.deepStrictEqual(paths, ["/open-apis/test/v1/d/members", "/open-apis/test/v1/d/members"])
      assert.deepStrictEqual(succeeded[0], { item: { id: "a", role: "asked" }, answer: { id: "a", role: "r-a" } })
      assert.deepStrictEqual(succeeded.map(({ answer }) => answer.role), ["r-a", "r-b", "r-c", "r-d"])
    }).pipe(Effect.provide(live))
  })

  it.effect("which the platform does not mention under code 0 are missing", () =>
    Effect.gen(function*() {
      const outcome = yield* all((ids) => done(ids.filter((id) => id !== "b" && id !== "d")), ...each("abcd"))
      assert.deepInclude(outcome, { succeeded: ["a", "c"], failed: [], missing: ["b", "d"] })
    }))

  it.effect("that were asked for twice are answered twice", () =>
    Effect.gen(function*() {
      const outcome = yield* all((ids) => done([...new Set(ids)]), ...each("aabaa"))
      assert.deepInclude(outcome, { sent: [each("aab"), each("aa")], succeeded: each("aabaa"), failed: [], missing: [] })
    }))

  it.effect("of a partial success are told apart, and the work goes on", () =>
    Effect.gen(function*() {
      const outcome = yield* all(
        (ids, count) => count === 1 ? Stub.failed(1061045, 400, { data: { members: members("b") } }) : done(ids),
        ...each("abcd")
      )
      assert.deepStrictEqual(outcome, {
        sent: [each("abc"), ["d"]],
        succeeded: ["b", "d"],
        failed: [["a", "TestBusy"], ["c", "TestBusy"]],
        missing: []
      })
    }))

  const failures: ReadonlyArray<readonly [code: number, tag: string, requests: number]> = [
    [121005, "TestForbidden", 2],
    [122002, "TestNotThere", 2],
    [99991672, "ScopeNotGranted", 2],
    [99991403, "MonthlyQuotaExceeded", 2],
    [99991663, "AccessTokenInvalid", 2],
    [99992402, "FieldsInvalid", 3],
    [424242, "UndocumentedCode", 3],
    [121001, "OutcomeUnknown", 3]
  ]

  for (const [code, tag, requests] of failures) {
    it.effect(`${requests === 2 ? "are not sent after" : "go on after"} ${tag}`, () =>
      Effect.gen(function*() {
        const outcome = yield* all((ids, count) => count === 2 ? Stub.failed(code) : done(ids), ...each("abcdefgh"))
        assert.lengthOf(outcome.sent, requests)
        assert.deepStrictEqual(outcome.succeeded, each(requests === 2 ? "abc" : "abcgh"))
        assert.deepStrictEqual(outcome.failed, each(requests === 2 ? "defgh" : "def").map((id) => [id, tag]))
      }))
  }

  it.effect("are not sent, and no token asked for again, once there is none to be had", () => {
    let asked = 0
    const http = Stub.http(() => (asked++, Stub.failed(10015, 200)))
    const live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide([Layer.succeed(HttpClient.HttpClient, http), Stub.config()])
    )
    return Effect.gen(function*() {
      const { failed } = yield* add.all({ doc: "d", members: members(...each("abcdefgh")) })
      assert.deepStrictEqual(failed.map(({ error, item }) => [item.id, error._tag]), each("abcdefgh").map((id) => [id, "AccessTokenUnavailable"]))
      assert.strictEqual(asked, 1)
    }).pipe(Effect.provide(live))
  })

  it.effect("that a successful answer refuses fail with what it says, and those it does not mention are missing", () => {
    class Told extends Shape.Struct<Told>()(() => ({
      members: Schema.optional(Schema.Array(Member)),
      refused: Schema.optional(Schema.Array(Schema.Struct({ who: Schema.String, code: Schema.Number })))
    })) {}
    const addTold = Operation.batched("test.member.addTold", {
      ...declaration,
      idempotent: true,
      response: Told,
      batch: {
        items: "members",
        size: 3,
        done: ({ members = [] }) => members,
        refused: ({ refused = [] }) => refused,
        key: (one) => "who" in one ? one.who : one.id
      }
    })
    const live = Stub.client(() => Stub.ok({ members: members("a"), refused: [{ who: "b", code: 7 }] }))
    return Effect.gen(function*() {
      const outcome = yield* addTold.all({ doc: "d", members: members("a", "b", "c") })
      assert.deepStrictEqual(outcome, {
        succeeded: [{ item: { id: "a" }, answer: { id: "a" } }],
        failed: [{ item: { id: "b" }, error: { who: "b", code: 7 } }],
        missing: [{ id: "c" }]
      })
    }).pipe(Effect.provide(live))
  })

  it.effect("of a request that breaks a rule fail, and the others are sent", () =>
    Effect.gen(function*() {
      const { live, sent } = platform(done)
      const request = { doc: "d", members: [{ id: 1 as never }, ...members(...each("bcde"))] }
      const { failed, succeeded } = yield* add.all(request).pipe(Effect.provide(live))
      assert.deepStrictEqual(failed.map(({ error }) => error._tag), ["RequestInvalid", "RequestInvalid", "RequestInvalid"])
      assert.deepStrictEqual(succeeded.map(({ item }) => item.id), ["d", "e"])
      assert.lengthOf(sent, 1)
    }))
})

describe("request by request", () => {
  it.effect("the outcome of each is told before the next is sent, and those together are all", () =>
    Effect.gen(function*() {
      const { live, sent } = platform((ids, count) => count === 2 ? Stub.failed(1061045, 400, { data: { members: members("e") } }) : done(ids))
      yield* Effect.gen(function*() {
        const seen: Array<readonly [sent: number, succeeded: string, failed: string]> = []
        const letters = (all: ReadonlyArray<{ readonly item: { readonly id: string } }>) => all.map(({ item }) => item.id).join("")
        yield* Stream.runForEach(add.stream({ doc: "d", members: members(...each("abcdefgh")) }), ({ failed, succeeded }) =>
          Effect.sync(() => {
            seen.push([sent.length, letters(succeeded), letters(failed)])
          }))
        assert.deepStrictEqual(seen, [[1, "abc", ""], [2, "e", "df"], [3, "gh", ""]])
      }).pipe(Effect.provide(live))
    }))

  it.effect("those that are not sent carry what ended the work", () =>
    Effect.gen(function*() {
      const { live, sent } = platform((ids, count) => count === 2 ? Stub.failed(121005) : done(ids))
      const outcomes = yield* Stream.runCollect(add.stream({ doc: "d", members: members(...each("abcdefgh")) })).pipe(Effect.provide(live))
      assert.deepStrictEqual(
        Chunk.toReadonlyArray(outcomes).map(({ failed, missing, succeeded }) => [succeeded.length, failed.length, missing.length]),
        [[3, 0, 0], [0, 3, 0], [0, 2, 0]]
      )
      assert.lengthOf(sent, 2)
    }))

  it.effect("whoever stops in between knows what was done, and goes on with the rest", () =>
    Effect.gen(function*() {
      const { live, sent } = platform(done)
      const request = { doc: "d", members: members(...each("abcdefgh")) }
      const rest = yield* Effect.gen(function*() {
        const some = yield* Stream.runCollect(Stream.take(add.stream(request), 1))
        const known = new Set(Chunk.toReadonlyArray(some).flatMap(({ succeeded }) => succeeded.map(({ item }) => item)))
        return yield* add.all({ ...request, members: request.members.filter((member) => !known.has(member)) })
      }).pipe(Effect.provide(live))
      assert.deepStrictEqual(rest.succeeded.map(({ item }) => item.id), each("defgh"))
      assert.deepStrictEqual(sent, [each("abc"), each("def"), each("gh")])
    }))
})

describe("every item", () => {
  /** What the platform does with a request: an answer that mentions some of it, under some code. */
  const Act = FastCheck.record({
    code: FastCheck.constantFrom(0, 0, 0, 121005, 99992402, 121001, 424242),
    keep: FastCheck.array(FastCheck.boolean(), { minLength: 3, maxLength: 3 }),
    data: FastCheck.boolean()
  })

  it.effect.prop(
    "ends in exactly one place, in order, and as done only if the platform said so",
    { ids: FastCheck.array(FastCheck.constantFrom(...each("abcdefghij")), { maxLength: 12 }), acts: FastCheck.array(Act, { minLength: 4, maxLength: 4 }) },
    ({ acts, ids }) =>
      Effect.gen(function*() {
        const mentioned = new Set<string>()
        const { live } = platform((ids, count) => {
          const { code, data, keep } = acts[(count - 1) % acts.length]!
          const kept = ids.filter((_, index) => keep[index])
          if (code !== 0 && !data) return Stub.failed(code)
          for (const id of kept) mentioned.add(id)
          return code === 0 ? done(kept) : Stub.failed(code, 400, { data: { members: members(...kept) } })
        })
        const asked = members(...ids)
        const { failed, missing, succeeded } = yield* add.all({ doc: "d", members: asked }).pipe(Effect.provide(live))
        const buckets = [succeeded.map(({ item }) => item), failed.map(({ item }) => item), missing]
        assert.sameMembers(buckets.flat(), asked)
        assert.lengthOf(buckets.flat(), asked.length)
        for (const bucket of buckets) assert.deepStrictEqual(bucket, asked.filter((item) => bucket.includes(item)))
        for (const { item } of succeeded) assert.isTrue(mentioned.has(item.id), inspect(item))
      }),
    { fastCheck: { numRuns: 50 } }
  )
})
