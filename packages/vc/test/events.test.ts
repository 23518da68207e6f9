import { plugin } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import * as EventConformance from "../../core/test/eventConformance.ts"

const facts = EventConformance.factsIn(new URL("../spec/events/", import.meta.url))

describe("the events of vc, held against their documentation", () => {
  it("differ nowhere", () => {
    assert.deepStrictEqual(EventConformance.compareAll(plugin, facts), [])
    assert.strictEqual(plugin.events.length, facts.size)
  })

  it("are compared with facts that can differ", () => {
    for (const event of plugin.events) {
      const its = facts.get(event.type)!
      const [first, ...rest] = its.payload
      const wrong: ReadonlyArray<EventConformance.EventFacts> = [
        { ...its, type: "x" },
        { ...its, version: "1.0" },
        { ...its, scopes: [...its.scopes, "x"] },
        { ...its, header: [...its.header, { name: "x", type: "string" }] },
        { ...its, payload: rest },
        { ...its, payload: [{ ...first!, array: first!.array !== true }, ...rest] },
        { ...its, payload: [...its.payload, { name: "x", type: "string" }] },
        { ...its, example: { ...its.example, event: "x" } }
      ]
      for (const one of wrong) assert.isNotEmpty(EventConformance.compare(event, one), event.type)
    }
  })
})
