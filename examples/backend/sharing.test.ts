/** How a backend is tested: swap one layer. No network, no account, and time passes when told to. */
import { Retry } from "@effect-feishu/core"
import { FakeFeishu, Fault, FeishuTest } from "@effect-feishu/core/testing"
import { DriveError, PermissionMember } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { AccessToken } from "@effect-feishu/core"
import { Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import { handOver, shareContract } from "./sharing.ts"

const contract = "doxcnContract"
const signatories = ["ada@example.com", "grace@example.com"]

/** Against the fake platform: it keeps state, knows who there is, and answers as documented. */
const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domainOf({ documents: [{ token: contract }] })],
  directory: { users: signatories.map((email) => ({ open_id: `ou_${email}`, email })) }
})

describe("against the fake platform", () => {
  it.effect("everybody on the list gets access, and whoever cannot is named", () =>
    Effect.gen(function*() {
      const left = yield* shareContract(contract, [...signatories, "nobody@example.com"])
      assert.deepStrictEqual(left, ["nobody@example.com"])
      const { items = [] } = yield* PermissionMember.list({ token: contract, type: "docx" })
      assert.includeMembers(items.map(({ perm }) => perm), ["view"])
    }).pipe(Effect.provide(Test)))

  it.effect("the platform may throttle: it takes longer, and that is all", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.batchCreate, Fault.throttled({ reset: "30" }))
      const sharing = yield* Effect.fork(shareContract(contract, signatories))
      yield* TestClock.adjust("29 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(sharing)))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Fiber.join(sharing), [])
      yield* fake.verify
    }).pipe(Effect.provide(Test)))

  it.effect("a contract that is not ours cannot be handed over", () =>
    Effect.gen(function*() {
      const drive = yield* DriveFake.DriveFake
      yield* drive.add({ token: "doxcnForeign", owner: "ou_ada@example.com" })
      const error = yield* Effect.flip(handOver("doxcnForeign", "grace@example.com"))
      assert.strictEqual(error._tag, "ContractOutOfReach")
    }).pipe(Effect.provide(Test)))

  it.effect("a connection that breaks leaves it open whether the contract changed hands, and says so", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.transferOwner, Fault.reset, { applied: true })
      const error = yield* Effect.flip(handOver(contract, "ada@example.com"))
      assert.strictEqual(error._tag, "OutcomeUnknown")
      assert.strictEqual(yield* fake.effectsOf(PermissionMember.transferOwner), 1)
    }).pipe(Effect.provide(Test)))
})

/** With a stub for each operation: for the answer that is hard to bring about. It cannot answer what is not documented. */
const stubbed = (...answers: Parameters<typeof FeishuTest.layer>) =>
  Layer.merge(FeishuTest.layer(...answers), AccessToken.layerTenantOf(Redacted.make("t-of-a-test")))

describe("with stubs", () => {
  it.effect("a policy of the enterprise that forbids it is passed on as it is", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(handOver(contract, "ada@example.com"))
      assert.strictEqual(error._tag, "DriveOperationNotAllowed")
    }).pipe(
      Retry.using(Retry.none),
      Effect.provide(stubbed(
        FeishuTest.on(PermissionMember.transferOwner, () =>
          FeishuTest.failure(PermissionMember.transferOwner, DriveError.DriveOperationNotAllowed))
      ))
    ))
})
