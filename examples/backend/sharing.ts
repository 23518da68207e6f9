/** A piece of a backend: contracts are shared with the people who sign them. It knows of no test, no token and no URL. */
import { PermissionMember } from "@effect-feishu/drive"
import { Data, Effect } from "effect"

/** Nobody with access to the contract lets us change it. */
export class ContractOutOfReach extends Data.TaggedError("ContractOutOfReach")<{
  readonly contract: string
  readonly reason: string
}> {}

/** Gives everybody on the list access, and answers who still has none. */
export const shareContract = Effect.fn("shareContract")(function*(contract: string, signatories: ReadonlyArray<string>) {
  const { failed, missing } = yield* PermissionMember.batchCreate.all({
    token: contract,
    type: "docx",
    members: signatories.map((member_id) => ({ member_type: "email", member_id, perm: "view" }))
  })
  return [...failed.map(({ item }) => item.member_id), ...missing.map(({ member_id }) => member_id)]
})

/** Hands a contract over to its new owner; a contract that is not ours is a failure of its own. */
export const handOver = Effect.fn("handOver")(function*(contract: string, owner: string) {
  yield* PermissionMember.transferOwner({ token: contract, type: "docx", member_type: "email", member_id: owner }).pipe(
    Effect.catchTag("DriveNoPermission", (error) =>
      Effect.fail(new ContractOutOfReach({ contract, reason: error.message })))
  )
})
