import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import type { Directory } from "@effect-feishu/core/testing"
import { PermissionBaseline, PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, FastCheck, Fiber, Stream, TestClock } from "effect"

const people = ["ou_ann", "ou_bob", "ou_cat", "ou_dan"] as const

const directory = {
  users: [...people.map((open_id) => ({ open_id })), { open_id: "ou_hermit", hidden: true }]
} satisfies Directory.Entries

const user = (member_id: string) => ({ member_type: "openid", member_id }) as const

const baseline: PermissionBaseline.Baseline = {
  settings: { external_access_entity: "closed", link_share_entity: "closed", comment_entity: undefined },
  present: [{ ...user("ou_ann"), perm: "view" }],
  absent: [user("ou_bob")]
}

const documents: ReadonlyArray<DriveFake.Document> = [
  { token: "top", type: "folder", members: [{ ...user("ou_ann"), perm: "view" }] },
  { token: "right", folder: "top", createdAt: 1_000, members: [{ ...user("ou_ann"), perm: "view" }, { ...user("ou_cat"), perm: "edit" }] },
  {
    token: "wrong",
    folder: "top",
    createdAt: 2_000,
    members: [{ ...user("ou_ann"), perm: "edit" }, { ...user("ou_bob"), perm: "full_access" }],
    settings: { external_access_entity: "open", link_share_entity: "anyone_editable" }
  },
  { token: "sub", type: "folder", folder: "top", createdAt: 3_000, members: [{ ...user("ou_ann"), perm: "edit" }] },
  { token: "bare", folder: "sub" },
  { token: "s", type: "shortcut", folder: "top", target: "bare", createdAt: 4_000 }
]

const layerOf = (documents: ReadonlyArray<DriveFake.Document>, rateLimits = false) =>
  FakeFeishu.layerClient({ domains: [DriveFake.domainOf({ documents })], directory, rateLimits })

const Test = layerOf(documents)

const planOf = (wanted: PermissionBaseline.Baseline = baseline, concurrency = 1) =>
  Effect.map(Stream.runCollect(PermissionBaseline.plan({ folder: "top", baseline: wanted, concurrency })), Chunk.toReadonlyArray)

const applied = <E, R>(differences: Stream.Stream<PermissionBaseline.Difference, E, R>) =>
  Effect.map(Stream.runCollect(PermissionBaseline.apply(differences)), Chunk.toReadonlyArray)

const passing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust("1 hour")
    return yield* Fiber.join(fiber)
  })

const whole = [
  "/wrong: change ou_ann from edit to view",
  "/wrong: set external_access_entity closed, link_share_entity closed (was external_access_entity open, link_share_entity anyone_editable)",
  "/wrong: remove ou_bob (full_access)",
  "/sub: change ou_ann from edit to view",
  "/sub/bare: add ou_ann (view)"
]

const writes = [PermissionMember.create, PermissionMember.update, PermissionMember.delete, PermissionPublic.patch]

const written = Effect.flatMap(FakeFeishu.FakeFeishu, (fake) =>
  Effect.map(Effect.forEach(writes, (operation) => fake.requestsOf(operation)), (all) => all.flat().length))

describe("PermissionBaseline.plan", () => {
  for (const concurrency of [1, 5]) {
    it.effect(`tells what differs and writes nothing (${concurrency})`, () =>
      Effect.gen(function*() {
        const differences = yield* planOf(baseline, concurrency)
        assert.deepStrictEqual(differences.map(PermissionBaseline.describe), whole)
        assert.strictEqual(yield* written, 0)
      }).pipe(Effect.provide(Test)))
  }

  it.effect("asks for nothing that the baseline says nothing of", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      assert.deepStrictEqual(yield* planOf({ settings: {} }), [])
      assert.deepStrictEqual(yield* fake.requestsOf(PermissionMember.list), [])
      assert.deepStrictEqual(yield* fake.requestsOf(PermissionPublic.get), [])
      yield* planOf({ settings: { copy_entity: "only_full_access" } })
      assert.lengthOf(yield* fake.requestsOf(PermissionPublic.get), 3)
      assert.deepStrictEqual(yield* fake.requestsOf(PermissionMember.list), [])
    }).pipe(Effect.provide(Test)))

  it.effect("says what it could not see, which fails when applied", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.answer({ status: 403, code: 1063002 }))
      yield* fake.script(PermissionPublic.get, Fault.answer({ status: 404, code: 1063005 }))
      const differences = yield* planOf()
      assert.deepStrictEqual(differences.slice(0, 2).map(PermissionBaseline.describe).map((text) => text.split(".")[0]), [
        "/: not known, members cannot be read",
        "/right: not known, settings cannot be read"
      ])
      const [first] = yield* applied(Stream.fromIterable(differences.slice(0, 1)))
      assert(first?.outcome === "failed")
      assert.strictEqual(first.error._tag, "DriveNoPermission")
      const lost = Chunk.toReadonlyArray(yield* Stream.runCollect(PermissionBaseline.plan({ folder: "nowhere", baseline })))
      assert.deepStrictEqual(lost.map(({ _tag, path }) => [_tag, path]), [["Unseen", "/"], ["Unseen", "/"]])
    }).pipe(Effect.provide(Test)))

  it.effect("wants nothing of owners that they cannot be", () =>
    Effect.gen(function*() {
      const differences = yield* planOf({ present: [{ ...user("ou_ann"), perm: "view" }], absent: [user("ou_bob")] })
      assert.deepStrictEqual(differences.map(PermissionBaseline.describe), ["/bobs: remove ou_bob (the owner, who cannot be)"])
      const [result] = yield* applied(Stream.fromIterable(differences))
      assert.deepInclude(result, { outcome: "skipped", because: "owner" })
      assert.strictEqual(yield* written, 0)
    }).pipe(Effect.provide(layerOf([
      { token: "top", type: "folder", members: [{ ...user("ou_ann"), perm: "view" }] },
      { token: "anns", folder: "top", owner: "ou_ann" },
      { token: "bobs", folder: "top", owner: "ou_bob", members: [{ ...user("ou_ann"), perm: "view" }] }
    ].map((document) => ({ ...document, members: [...document.members ?? [], { member_type: "appid", member_id: "cli_fake", perm: "full_access" }] }) as DriveFake.Document)))))
})

describe("PermissionBaseline.apply", () => {
  it.effect("does what was planned, and then there is nothing left to do", () =>
    Effect.gen(function*() {
      const results = yield* applied(PermissionBaseline.plan({ folder: "top", baseline }))
      assert.deepStrictEqual(results.map(({ difference, outcome }) => [PermissionBaseline.describe(difference), outcome]), whole.map((text) => [text, "done"]))
      assert.deepStrictEqual(yield* planOf(), [])
      assert.strictEqual(yield* written, 5)
    }).pipe(Effect.provide(Test)))

  it.effect("goes on past what is refused", () =>
    Effect.gen(function*() {
      const present = [{ ...user("ou_hermit"), perm: "view" }, { ...user("ou_dan"), perm: "view" }] as const
      const results = yield* applied(PermissionBaseline.plan({ folder: "sub", baseline: { present } }))
      assert.deepStrictEqual(results.map(({ outcome, ...result }) => [outcome, "error" in result ? result.error._tag : ""]), [
        ["failed", "DriveOperationNotAllowed"],
        ["done", ""],
        ["failed", "DriveOperationNotAllowed"],
        ["done", ""]
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("ends in a result for every difference, though all would be refused", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const differences = yield* planOf()
      yield* fake.script(PermissionPublic.patch, Fault.answer({ status: 400, code: 99991672 }))
      const results = yield* applied(Stream.fromIterable(differences))
      assert.deepStrictEqual(results.map(({ outcome }) => outcome), ["done", "failed", "skipped", "skipped", "skipped"])
      assert.deepInclude(results[4], { because: "ended" })
      assert.deepStrictEqual(results.map(({ difference }) => difference), differences)
      assert.strictEqual(yield* written, 2)
    }).pipe(Effect.provide(Test)))

  it.effect("tells what became of one before it does the next", () =>
    Effect.gen(function*() {
      const counts: Array<number> = []
      yield* Stream.runForEach(PermissionBaseline.apply(Stream.fromIterable(yield* planOf())), () =>
        Effect.map(written, (count) => void counts.push(count)))
      assert.deepStrictEqual(counts, [1, 2, 3, 4, 5])
    }).pipe(Effect.provide(Test)))

  for (const applies of [true, false]) {
    it.effect(`looks before it adds somebody again (${applies ? "added" : "not added"})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(PermissionMember.create, Fault.reset, { applied: applies })
        const results = yield* passing(applied(PermissionBaseline.plan({ folder: "sub", baseline: { present: [{ ...user("ou_dan"), perm: "view" }] } })))
        assert.deepStrictEqual(results.map(({ outcome }) => outcome), ["done", "done"])
        assert.strictEqual(yield* fake.effectsOf(PermissionMember.create), 2)
      }).pipe(Effect.provide(Test)))
  }

  it.effect("interrupted, is resumed by planning again", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.delete, Fault.hang)
      const done: Array<string> = []
      const fiber = yield* Effect.fork(Stream.runForEach(PermissionBaseline.apply(PermissionBaseline.plan({ folder: "top", baseline })), ({ difference }) =>
        Effect.sync(() => done.push(PermissionBaseline.describe(difference)))))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(fiber)
      yield* fake.unscript
      assert.deepStrictEqual(done, whole.slice(0, 2))
      assert.deepStrictEqual((yield* planOf()).map(PermissionBaseline.describe), whole.slice(2))
      yield* applied(PermissionBaseline.plan({ folder: "top", baseline }))
      assert.deepStrictEqual(yield* planOf(), [])
    }).pipe(Effect.provide(Test)))

  it.effect("keeps the documented pace", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const results = yield* passing(applied(PermissionBaseline.plan({ folder: "top", baseline: { settings: { copy_entity: "only_full_access" } } })))
      assert.lengthOf(results, 120)
      assert.strictEqual(yield* fake.rejected, 0)
    }).pipe(Effect.provide(layerOf([
      { token: "top", type: "folder" },
      ...Array.from({ length: 120 }, (_, at) => ({ token: `d${at}`, folder: "top" }))
    ], true))))
})

describe("whatever the tree and whatever the faults", () => {
  const oneOf = <const A extends ReadonlyArray<string>>(...all: A): FastCheck.Arbitrary<A[number]> => FastCheck.constantFrom(...all)
  const Perm = oneOf("view", "edit", "full_access")
  const Members = FastCheck.uniqueArray(FastCheck.record({ member_type: FastCheck.constant("openid" as const), member_id: FastCheck.constantFrom(...people), perm: Perm }), {
    selector: ({ member_id }) => member_id,
    maxLength: 3
  })
  const Settings = FastCheck.record({
    comment_entity: oneOf("anyone_can_view", "anyone_can_edit"),
    copy_entity: oneOf("anyone_can_view", "anyone_can_edit", "only_full_access")
  }, { requiredKeys: [] })
  const Tree = FastCheck.array(
    FastCheck.record({ within: FastCheck.nat(), isFolder: FastCheck.boolean(), members: Members, settings: Settings }),
    { maxLength: 8 }
  ).map((things) => {
    const folders = ["top"]
    return [{ token: "top", type: "folder" }, ...things.map(({ isFolder, members, settings, within }, at) => {
      const document = {
        token: `t${at}`,
        type: isFolder ? "folder" as const : "docx" as const,
        folder: folders[within % folders.length],
        members,
        ...isFolder ? {} : { settings }
      }
      if (isFolder) folders.push(document.token)
      return document
    })] as ReadonlyArray<DriveFake.Document>
  })
  const Baseline = FastCheck.record({ settings: Settings, members: Members, others: FastCheck.subarray([...people]) }).map(
    ({ members, others, settings }): PermissionBaseline.Baseline => ({
      settings,
      present: members,
      absent: others.filter((one) => members.every(({ member_id }) => member_id !== one)).map(user)
    })
  )
  const Faults = FastCheck.array(
    FastCheck.record({
      operation: FastCheck.constantFrom(...writes),
      fault: FastCheck.constantFrom(Fault.reset, Fault.maintenance, Fault.answer({ status: 400, code: 1063003 }), Fault.answer({ status: 500, code: 1066001 })),
      applied: FastCheck.boolean()
    }),
    { maxLength: 5 }
  )

  it.effect.prop(
    "every difference has one result, one that is done is none any more, and planning again ends it",
    { tree: Tree, wanted: Baseline, faults: Faults },
    ({ faults, tree, wanted }) =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const differences = yield* planOf(wanted)
        yield* Effect.forEach(faults, ({ applied, fault, operation }) => fake.script(operation, fault, { applied }))
        const results = yield* passing(applied(Stream.fromIterable(differences)))
        assert.deepStrictEqual(results.map(({ difference }) => difference), differences)
        yield* fake.unscript
        const left = (yield* planOf(wanted)).map(PermissionBaseline.describe)
        for (const { difference, outcome } of results) {
          if (outcome === "done") assert.notInclude(left, PermissionBaseline.describe(difference))
        }
        assert.includeMembers(results.filter(({ outcome }) => outcome !== "done").map(({ difference }) => PermissionBaseline.describe(difference)), left)
        yield* applied(PermissionBaseline.plan({ folder: "top", baseline: wanted }))
        assert.deepStrictEqual(yield* planOf(wanted), [])
      }).pipe(Effect.provide(layerOf(tree))),
    { fastCheck: { numRuns: 20 } }
  )
})
