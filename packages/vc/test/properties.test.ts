import { plugin } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Conformance from "../../core/test/conformance.ts"
import * as Properties from "../../core/test/properties.ts"

const facts = Conformance.factsIn(new URL("../spec/", import.meta.url))

for (const operation of plugin.operations) {
  const { request, response } = operation.spec
  describe(operation.id, () => {
    if (request !== undefined) {
      it("takes requests that survive the wire", () => Properties.survivesTheWire(request))

      it("sends every field once, in its place", () => Properties.isSentWhole(operation))
    }

    if (response !== undefined) {
      it("answers what survives the wire, and whatever the platform adds", () => {
        Properties.survivesTheWire(response)
        Properties.survivesAdditions(response)
      })
    }
  })
}

it.effect("keeps every value of a path in its segment", () =>
  Effect.gen(function*() {
    assert.lengthOf(Properties.hostile, 64)
    const { calls, refused } = yield* Properties.staysInItsSegment(plugin, facts)
    const places = plugin.operations.reduce((count, { id }) => count + facts.get(id)!.pathParams.length, 0)
    assert.strictEqual(calls, places * 64)
    // Nothing, two kinds of dots, and half a character; and what is too long for three ids of rooms and levels.
    assert.strictEqual(refused, places * 4 + 3)
  }), 120_000)
