import { plugin } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import * as Conformance from "../../core/test/conformance.ts"

const spec = new URL("../spec/", import.meta.url)
const facts = Conformance.factsIn(spec)
const deliberate = Conformance.deliberateIn(spec)
const nothing = { stale: [], unexpected: [] }

describe("drive, held against its documentation", () => {
  it("differs nowhere except where it is meant to", () => {
    assert.deepStrictEqual(Conformance.judge(Conformance.compareAll(plugin, facts), deliberate), nothing)
  })

  it("decides for every operation whether it may be sent again", () => {
    assert.deepStrictEqual(plugin.operations.filter(({ idempotent }) => !idempotent).map(({ id }) => id).toSorted(), [
      "drive.exportTask.create",
      "drive.file.comment.create",
      "drive.file.comment.reply.create",
      "drive.file.copy",
      "drive.file.createFolder",
      "drive.file.createShortcut",
      "drive.file.subscription.create",
      "drive.file.uploadAll",
      "drive.file.uploadFinish",
      "drive.file.version.create",
      "drive.importTask.create",
      "drive.media.uploadAll",
      "drive.media.uploadFinish",
      "drive.permission.member.batchCreate",
      "drive.permission.member.create",
      "drive.permission.member.transferOwner",
      "drive.permission.public.password.create",
      "drive.permission.public.password.update"
    ])
  })
})

describe("the comparison itself", () => {
  for (const operation of plugin.operations) {
    it(`notices every wrong fact of ${operation.id}`, () => {
      const mutants = Conformance.mutants(facts.get(operation.id)!)
      const meant = deliberate.filter((one) => one.operation === operation.id)
      const unnoticed = mutants.filter(([, wrong]) => Conformance.agrees(Conformance.compare(operation, wrong), meant))
      assert.isAbove(mutants.length, 20)
      assert.deepStrictEqual(unnoticed.map(([at]) => at), [])
    })
  }

  it("notices an operation without facts, facts without an operation, and what is deliberate no more", () => {
    const [[first], ...rest] = [...facts] as [[string, Conformance.Facts], ...Array<[string, Conformance.Facts]>]
    const missing = Conformance.judge(Conformance.compareAll(plugin, new Map(rest)), deliberate)
    assert.deepStrictEqual(missing.unexpected.map(({ at, operation }) => [operation, at]), [[first, "spec"]])
    const extra = Conformance.compareAll({ ...plugin, operations: [] }, facts)
    assert.deepStrictEqual(extra.map(({ operation }) => operation).sort(), [...facts.keys()].sort())
    const stale = { operation: first, at: "query.nothing", ours: "", reason: "" }
    assert.deepStrictEqual(Conformance.judge([], [stale]).stale, [stale])
  })
})
