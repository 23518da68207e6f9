import { AccessToken } from "@effect-feishu/core"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { CopyTree, File, Folder } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Exit, FastCheck, Fiber, Stream, TestClock } from "effect"

const folder = (token: string, inside?: string, name = token): DriveFake.Document => ({
  token,
  name,
  type: "folder",
  ...inside === undefined ? {} : { folder: inside }
})

const documents: ReadonlyArray<DriveFake.Document> = [
  folder("from"),
  { token: "a", folder: "from", createdAt: 1_000 },
  { ...folder("B", "from"), createdAt: 2_000 },
  { ...folder("C", "B"), createdAt: 1_000 },
  { token: "c", type: "sheet", folder: "C" },
  { token: "b", type: "file", name: "twice", folder: "B", createdAt: 2_000 },
  { token: "b2", type: "file", name: "twice", folder: "B", createdAt: 3_000 },
  { token: "s", type: "shortcut", name: "s", folder: "from", target: "a", createdAt: 3_000 },
  folder("to")
]

const layerOf = (contents: DriveFake.Contents, rateLimits = false) =>
  FakeFeishu.layerClient({ domains: [DriveFake.domainOf(contents)], rateLimits })

const Test = layerOf({ documents })

const copied = (options: CopyTree.Options) =>
  Effect.map(Stream.runCollect(CopyTree.copy(options)), Chunk.toReadonlyArray)

const show = (outcome: CopyTree.Outcome) =>
  `${outcome.path} ${outcome._tag}${
    outcome._tag === "Skipped" ? ` ${outcome.because}` : outcome._tag === "Failed" ? ` ${outcome.error._tag}` : ""
  }`

const shown = (options: CopyTree.Options) => Effect.map(copied(options), (all) => all.map(show))

const passing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust("1 hour")
    return yield* Fiber.join(fiber)
  })

/** What is in a folder, by name and type; the order in which it came there is of no matter. */
type Shape = ReadonlyArray<readonly [name: string, type: string, inside: Shape]>

const shapeOf = ({ inside }: DriveFake.Tree): Shape =>
  inside
    .filter(({ type }) => type !== "shortcut")
    .map((one) => [one.name, one.type, shapeOf(one)] as const)
    .toSorted((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

const find = (tree: DriveFake.Tree, token: string): DriveFake.Tree | undefined =>
  tree.token === token ? tree : tree.inside.map((one) => find(one, token)).find((one) => one !== undefined)

const inside = (token: string) =>
  Effect.flatMap(DriveFake.DriveFake, ({ tree }) =>
    Effect.map(tree(), (root) => shapeOf(find(root, token) ?? { token, type: "", name: "", inside: [] })))

const whole = ["/a Copied", "/B Copied", "/B/C Copied", "/B/C/c Copied", "/B/twice Copied", "/B/twice Copied", "/s Skipped shortcut"]

const again = whole.map((line) => line.replace("Copied", "Skipped exists"))

describe("CopyTree.copy", () => {
  it.effect("copies everything, folders before what they hold", () =>
    Effect.gen(function*() {
      const outcomes = yield* copied({ from: "from", to: "to" })
      assert.deepStrictEqual(outcomes.map(show), whole)
      assert.deepStrictEqual(yield* inside("to"), yield* inside("from"))
      const made = outcomes.flatMap((outcome) => outcome._tag === "Copied" ? [outcome.token] : [])
      assert.lengthOf(new Set(made), 6)
      const { file } = yield* DriveFake.DriveFake
      for (const outcome of outcomes) {
        if (outcome._tag === "Copied") {
          assert.strictEqual((yield* Effect.flatten(file(outcome.token))).type, outcome.type)
        }
      }
    }).pipe(Effect.provide(Test)))

  it.effect("reports what is there already, and leaves it alone", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* copied({ from: "from", to: "to" })
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), [
        "/a Failed NameTaken",
        "/B Failed NameTaken",
        "/B/C Failed ParentNotCopied",
        "/B/C/c Failed ParentNotCopied",
        "/B/twice Failed ParentNotCopied",
        "/B/twice Failed ParentNotCopied",
        "/s Skipped shortcut"
      ])
      assert.strictEqual(yield* fake.effectsOf(File.copy), 4)
      assert.deepStrictEqual(yield* inside("to"), yield* inside("from"))
    }).pipe(Effect.provide(Test)))

  it.effect("skips what is there already, and copies what is not", () =>
    Effect.gen(function*() {
      const { add } = yield* DriveFake.DriveFake
      yield* copied({ from: "from", to: "to" })
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to", existing: "skip" }), again)
      yield* add({ token: "late", folder: "C", createdAt: 5_000 }, { token: "b3", type: "file", name: "twice", folder: "B", createdAt: 6_000 })
      const outcomes = yield* shown({ from: "from", to: "to", existing: "skip" })
      assert.deepStrictEqual(outcomes.filter((line) => line.endsWith("Copied")), ["/B/C/late Copied", "/B/twice Copied"])
      assert.deepStrictEqual(yield* inside("to"), yield* inside("from"))
    }).pipe(Effect.provide(Test)))

  it.effect("takes a file of another type for another thing", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* shown({ from: "from", to: "to" }))[0], "/a Copied")
    }).pipe(Effect.provide(layerOf({ documents: [...documents, { token: "other", name: "a", type: "sheet", folder: "to" }] }))))

  it.effect("copies the root of one's own space as any other folder", () =>
    Effect.gen(function*() {
      const { tree } = yield* DriveFake.DriveFake
      yield* copied({ from: "from", to: "" })
      assert.includeDeepMembers([...shapeOf(yield* tree())], [...yield* inside("from")])
      assert.strictEqual((yield* Effect.flip(copied({ from: "", to: "" })))._tag, "CopyIntoItself")
    }).pipe(Effect.provide(Test)))
})

describe("a folder", () => {
  it.effect("is not copied into itself", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      assert.strictEqual((yield* Effect.flip(copied({ from: "from", to: "from" })))._tag, "CopyIntoItself")
      assert.lengthOf(yield* fake.requestsOf(File.copy), 0)
    }).pipe(Effect.provide(Test)))

  it.effect("that lies in what is copied is copied to, and not itself copied", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* shown({ from: "from", to: "C" }), [
        "/a Copied",
        "/B Copied",
        "/B/C Skipped target",
        "/B/twice Copied",
        "/B/twice Copied",
        "/s Skipped shortcut"
      ])
      assert.deepStrictEqual(
        (yield* inside("C")).map(([name, , inside]) => [name, inside.length]),
        [["B", 2], ["a", 0], ["c", 0]]
      )
    }).pipe(Effect.provide(Test)))

  it.effect("is not copied into itself by its name either", () =>
    Effect.gen(function*() {
      const before = yield* inside("outer")
      assert.deepStrictEqual(yield* shown({ from: "inner", to: "outer", existing: "skip" }), [
        "/inner Failed CopyIntoItself",
        "/inner/x Failed ParentNotCopied"
      ])
      assert.deepStrictEqual(yield* inside("outer"), before)
    }).pipe(Effect.provide(layerOf({
      documents: [folder("outer"), folder("inner", "outer"), folder("innermost", "inner", "inner"), { token: "x", folder: "innermost" }]
    }))))
})

describe("what fails", () => {
  it.effect("is told of, and the rest copied", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(File.copy, Fault.answer({ status: 403, code: 1061004 }))
      yield* fake.script(Folder.create, Fault.answer({ status: 400, code: 1062507 }))
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), [
        "/a Failed DriveFileNoPermission",
        "/B Failed DriveFolderFull",
        "/B/C Failed ParentNotCopied",
        "/B/C/c Failed ParentNotCopied",
        "/B/twice Failed ParentNotCopied",
        "/B/twice Failed ParentNotCopied",
        "/s Skipped shortcut"
      ])
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to", existing: "skip" }), whole)
    }).pipe(Effect.provide(Test)))

  it.effect("takes nothing into the folder beside it", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(Folder.create, Fault.delay(0))
      yield* fake.script(Folder.create, Fault.answer({ status: 403, code: 1061004 }))
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), [
        "/A Copied",
        "/A/x Copied",
        "/B Failed DriveFileNoPermission",
        "/B/y Failed ParentNotCopied"
      ])
    }).pipe(Effect.provide(layerOf({
      documents: [
        folder("from"),
        folder("to"),
        { ...folder("A", "from"), createdAt: 1_000 },
        { token: "x", folder: "A" },
        { ...folder("B", "from"), createdAt: 2_000 },
        { token: "y", folder: "B" }
      ]
    }))))

  it.effect("because the source or the target cannot be read is told of for all that is in it", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const denied = Fault.answer({ status: 403, code: 1061004 })
      yield* fake.script(File.list, Fault.delay(0))
      yield* fake.script(File.list, denied)
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), [
        "/a Failed DriveFileNoPermission",
        "/B Failed DriveFileNoPermission",
        "/B/C Failed ParentNotCopied",
        "/B/C/c Failed ParentNotCopied",
        "/B/twice Failed ParentNotCopied",
        "/B/twice Failed ParentNotCopied",
        "/s Skipped shortcut"
      ])
      yield* fake.script(File.list, denied)
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), ["/ Failed DriveFileNoPermission"])
      yield* fake.script(File.list, Fault.delay(0), { times: 2 })
      yield* fake.script(File.list, denied)
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), [
        "/a Copied",
        "/B Copied",
        "/B Failed DriveFileNoPermission",
        "/s Skipped shortcut"
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("for all alike ends it, after it was told of", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(Folder.create, Fault.answer({ status: 400, code: 99991672 }))
      const seen: Array<string> = []
      const exit = yield* Effect.exit(Stream.runForEach(CopyTree.copy({ from: "from", to: "to" }), (outcome) => Effect.sync(() => seen.push(show(outcome)))))
      assert.isTrue(Exit.isFailure(exit))
      assert.deepStrictEqual(seen, ["/a Copied", "/B Failed ScopeNotGranted"])
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to", existing: "skip" }), ["/a Skipped exists", ...whole.slice(1)])
    }).pipe(Effect.provide(Test)))

  it.effect("because the caller may not read a file is the caller's", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* shown({ from: "from", to: "to" }), ["/ Failed DriveFileNoPermission"])
    }).pipe(AccessToken.asUser, Effect.provide(Test)))

  for (const applied of [true, false]) {
    it.effect(`without an answer is looked for, and repeated only if it is not there (${applied ? "there" : "not there"})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        // The second of two of one name, which must not be taken for the first.
        yield* fake.script(File.copy, Fault.delay(0), { times: 3 })
        yield* fake.script(File.copy, Fault.reset, { applied })
        yield* fake.script(Folder.create, Fault.reset, { applied })
        assert.deepStrictEqual(yield* passing(shown({ from: "from", to: "to" })), whole)
        assert.strictEqual(yield* fake.effectsOf(File.copy), 4)
        assert.strictEqual(yield* fake.effectsOf(Folder.create), 2)
        assert.deepStrictEqual(yield* inside("to"), yield* inside("from"))
      }).pipe(Effect.provide(Test)))
  }

  it.effect("without an answer, where nobody can look, stays unknown", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(File.copy, Fault.reset, { applied: true })
      yield* fake.script(File.list, Fault.delay(0), { times: 2 })
      yield* fake.script(File.list, Fault.answer({ status: 403, code: 1061004 }))
      assert.strictEqual((yield* passing(shown({ from: "from", to: "to" })))[0], "/a Failed OutcomeUnknown")
      assert.strictEqual((yield* shown({ from: "from", to: "to", existing: "skip" }))[0], "/a Skipped exists")
    }).pipe(Effect.provide(Test)))
})

describe("a copy that is interrupted", () => {
  for (let after = 0; after < whole.length; after++) {
    it.effect(`is resumed (after ${after})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const some = yield* Stream.runCollect(Stream.take(CopyTree.copy({ from: "from", to: "to" }), after))
        assert.deepStrictEqual(Chunk.toReadonlyArray(some).map(show), whole.slice(0, after))
        assert.deepStrictEqual(
          yield* shown({ from: "from", to: "to", existing: "skip" }),
          [...again.slice(0, after), ...whole.slice(after)]
        )
        assert.strictEqual(yield* fake.effectsOf(File.copy), 4)
        assert.deepStrictEqual(yield* inside("to"), yield* inside("from"))
      }).pipe(Effect.provide(Test)))
  }

  it.effect("keeps the documented pace", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      assert.lengthOf(yield* passing(copied({ from: "from", to: "to" })), 30)
      assert.strictEqual(yield* fake.rejected, 0)
    }).pipe(Effect.provide(layerOf({
      documents: [folder("from"), folder("to"), ...Array.from({ length: 30 }, (_, at) => ({ token: `d${at}`, folder: "from" }))]
    }, true))))
})

describe("whatever the tree, the faults and the interruptions", () => {
  interface Thing {
    readonly within: number
    readonly type: "folder" | "docx" | "file" | "shortcut"
    readonly name: string
  }

  const Things: FastCheck.Arbitrary<ReadonlyArray<Thing>> = FastCheck.array(
    FastCheck.record({
      within: FastCheck.nat(),
      type: FastCheck.constantFrom("folder", "docx", "file", "shortcut"),
      name: FastCheck.constantFrom("x", "y", "z")
    }),
    { maxLength: 10 }
  )

  /** A folder "from" with these in it and in one another. */
  const treeOf = (things: ReadonlyArray<Thing>) => {
    const folders = ["from"]
    return [folder("from"), folder("to"), { token: "elsewhere" }, ...things.map(({ name, type, within }, at): DriveFake.Document => {
      const inside = folders[within % folders.length] ?? "from"
      if (type === "folder") folders.push(`t${at}`)
      return { token: `t${at}`, type, name, folder: inside, createdAt: at, ...type === "shortcut" ? { target: "elsewhere" } : {} }
    })]
  }

  const Faults = FastCheck.array(
    FastCheck.record({
      operation: FastCheck.constantFrom(File.copy, Folder.create),
      fault: FastCheck.constantFrom(Fault.reset, Fault.maintenance, Fault.delay(0), Fault.answer({ status: 403, code: 1061004 }), Fault.answer({ status: 500, code: 1061001 })),
      applied: FastCheck.boolean()
    }),
    { maxLength: 6 }
  )

  it.effect.prop(
    "every entry has one outcome, nothing is copied twice, and in the end everything is there once",
    { things: Things, faults: Faults, stop: FastCheck.nat({ max: 12 }) },
    ({ faults, stop, things }) =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const outcomes: Array<CopyTree.Outcome> = []
        yield* Effect.forEach(faults, ({ applied, fault, operation }) => fake.script(operation, fault, { applied }))
        yield* passing(Stream.runForEach(Stream.take(CopyTree.copy({ from: "from", to: "to" }), stop), (outcome) =>
          Effect.sync(() => outcomes.push(outcome))))
        yield* fake.unscript
        assert.strictEqual(outcomes.length, Math.min(stop, things.length))
        const resumed = yield* copied({ from: "from", to: "to", existing: "skip" })
        assert.sameMembers(resumed.map(({ source }) => source), things.map((_, at) => `t${at}`))
        assert.notInclude(resumed.map(({ _tag }) => _tag), "Failed")
        assert.deepStrictEqual(yield* inside("to"), yield* inside("from"))
        const count = (type: string) => things.filter((thing) => thing.type === type).length
        assert.strictEqual(yield* fake.effectsOf(File.copy), count("docx") + count("file"))
        assert.strictEqual(yield* fake.effectsOf(Folder.create), count("folder"))
      }).pipe(Effect.provide(layerOf({ documents: treeOf(things) }))),
    { fastCheck: { numRuns: 20 } }
  )
})
