import { plugin } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import * as Conformance from "../../core/test/conformance.ts"

const spec = new URL("../spec/", import.meta.url)
const facts = Conformance.factsIn(spec)
const deliberate = Conformance.deliberateIn(spec)
const nothing = { stale: [], unexpected: [] }

describe("vc, held against its documentation", () => {
  it("differs nowhere except where it is meant to", () => {
    assert.deepStrictEqual(Conformance.judge(Conformance.compareAll(plugin, facts), deliberate), nothing)
  })

  it("decides for every operation whether it may be sent again", () => {
    assert.deepStrictEqual(plugin.operations.filter(({ idempotent }) => !idempotent).map(({ id }) => id).toSorted(), [
      "vc.bot.join",
      "vc.bot.message",
      "vc.export.meetingList",
      "vc.export.participantList",
      "vc.export.participantQualityList",
      "vc.export.resourceReservationList",
      "vc.meeting.invite",
      "vc.meeting.kickout",
      "vc.meeting.recording.start",
      "vc.meeting.setHost",
      "vc.reserve.apply",
      "vc.room.create",
      "vc.roomConfig.set",
      "vc.roomConfig.setCheckboardAccessCode",
      "vc.roomConfig.setRoomAccessCode",
      "vc.roomLevel.create",
      "vc.scopeConfig.create"
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
