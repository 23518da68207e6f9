/** The whole of the administrator's work, against the fake platform. */
import { FakeFeishu } from "@effect-feishu/core/testing"
import { PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { VcFake } from "@effect-feishu/vc/testing"
import { FetchHttpClient } from "@effect/platform"
import { Console, Effect, Layer } from "effect"
import { inspect } from "node:util"
import * as Administrator from "./administrator.ts"
import * as Steps from "./steps.ts"
import * as Trace from "./trace.ts"
import * as World from "./world.ts"

const { done, step } = Steps

const work = Effect.gen(function*() {
  const fake = yield* FakeFeishu.FakeFeishu
  yield* Console.log(`A fake platform listens on ${fake.baseUrl}. Watch an administrator's backend at work.`)

  yield* step(
    "Open the reservation form of a room",
    Administrator.openReservationForm(World.room, [World.administrator.open_id]),
    done("people are told three days ahead what was filled in")
  )
  yield* step(
    "Limit when the room can be reserved, and for how long without approval",
    Administrator.limitReservations(World.room, World.approver.open_id),
    done("from 8:00 to 20:00, thirty days ahead; more than three hours need approval")
  )
  yield* step(
    "Share a contract with thirteen people, one of whom has left",
    Administrator.shareWith(World.contract, [...World.colleagues.map(({ open_id }) => open_id), World.former]),
    ({ failed, missing, succeeded }) => ({
      ok: succeeded.length === 12 && failed.length === 1 && missing.length === 0
        && failed[0]?.item.member_id === World.former,
      said: [
        `${succeeded.length} have access`,
        ...failed.map(({ error, item }) => `${item.member_id} has not: ${error.message}`)
      ].join("\n")
    })
  )
  yield* step(
    "Restrict who may copy it, and open it to whoever has the link",
    Administrator.restrict(World.contract),
    ({ permission_public }) => ({
      ok: permission_public?.link_share_entity === "anyone_readable",
      said: `link: ${permission_public?.link_share_entity}, copies: ${permission_public?.copy_entity}`
    })
  )
  yield* step(
    "Ask for a password of everybody outside",
    Administrator.protect(World.contract),
    ({ password }) => ({ ok: inspect(password) === "<redacted>", said: `the password prints as ${inspect(password)}` })
  )
  yield* step(
    "Wait for the recording of a meeting, and grant it to a chat",
    Effect.zipRight(
      Administrator.grantWhenReady(World.meeting, World.chat),
      Effect.flatMap(VcFake.VcFake, ({ grants }) => grants(World.meeting))
    ),
    (grants) => ({
      ok: grants.length === 1 && grants[0]?.id === World.chat,
      said: `the recording is open to ${grants.map(({ id }) => id).join(", ")}`
    })
  )
  yield* step(
    "Reach for a document of somebody else's",
    Effect.flip(PermissionPublic.get({ token: World.foreign, type: "docx" })),
    (error) => ({ ok: error._tag === "DriveNoPermission", said: `${error._tag}\n${error.message}` })
  )
  yield* step(
    "Be throttled, and wait as long as told",
    Effect.zipRight(
      fake.script(PermissionMember.list, World.throttled),
      Administrator.collaboratorsOf(World.contract)
    ),
    // The owner is one of them.
    ({ items = [] }) => ({ ok: items.length === 13, said: `${items.length} collaborators, at the second attempt` })
  )
  yield* step(
    "Lose the token, and heal",
    Effect.zipRight(
      fake.script(PermissionMember.auth, World.tokenLost),
      PermissionMember.auth({ token: World.contract, type: "docx", action: "manage_public" })
    ),
    ({ auth_result }) => ({ ok: auth_result, said: "a new token was fetched, and the call sent again" })
  )
  yield* step(
    "Hand the contract over to its new owner",
    Administrator.handOver(World.contract, World.approver.open_id),
    done(`${World.approver.name} owns it now`)
  )
  yield* step(
    "Nothing was left to chance",
    Effect.all({ faults: fake.verify, rejected: fake.rejected, tokens: fake.tokenRequests }),
    ({ rejected, tokens }) => ({
      ok: rejected === 0 && tokens === 2,
      said: `every fault was met, ${rejected} calls went over a documented limit, ${tokens} tokens were asked for`
    })
  )
})

export const program = Effect.zipRight(work, Steps.summary).pipe(
  Effect.provide(World.layer.pipe(Layer.provide(FetchHttpClient.layer))),
  Effect.provide(Layer.mergeAll(Trace.layer, Steps.Results.layer))
)
