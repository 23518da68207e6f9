import { plugin } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import * as Conformance from "../../core/test/conformance.ts"
import * as Properties from "../../core/test/properties.ts"

const mine = /^drive\.(file\.comment|file\.(subscri|getSub|deleteSub)|user\.|importTask|exportTask)/
const facts = Conformance.factsIn(new URL("../spec/", import.meta.url))
describe("mine", () => {
  for (const operation of plugin.operations.filter(({ id }) => mine.test(id))) {
    it(operation.id, () => {
      const its = facts.get(operation.id)!
      const meant = Conformance.compare(operation, { ...its, exampleResponse: JSON.parse(JSON.stringify(its.exampleResponse, (_, v) => v === null ? undefined : v) ?? "null") as never })
      assert.deepStrictEqual(meant.map((d) => [d.at, d.documented, d.declared]), [])
    })
    it(`${operation.id} mutants`, () => {
      const mutants = Conformance.mutants(facts.get(operation.id)!)
      assert.deepStrictEqual(mutants.filter(([, wrong]) => Conformance.agrees(Conformance.compare(operation, wrong), [])).map(([at]) => at), [])
      assert.isAbove(mutants.length, 20)
    })
    it(`${operation.id} properties`, () => {
      if (operation.spec.request !== undefined) {
        Properties.survivesTheWire(operation.spec.request)
        Properties.isSentWhole(operation)
      }
      if (operation.spec.response !== undefined) {
        Properties.survivesTheWire(operation.spec.response)
        Properties.survivesAdditions(operation.spec.response)
      }
    })
  }
  it("all", () => assert.strictEqual(plugin.operations.filter(({ id }) => mine.test(id)).length, 24))
})
