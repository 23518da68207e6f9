/** Who may act in a meeting. */
import type { Details } from "@effect-feishu/core/ApiError"
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as VcError from "../../VcError.ts"
import * as Held from "./held.ts"
import type * as Meetings from "./meetings.ts"

type Refusal = new(details: Details) =>
  | VcError.VcMeetingNotFound
  | VcError.VcMeetingStatusUnexpected
  | VcError.VcOperatorNotInMeeting
  | VcError.VcNoPermission

/** The meeting that an application or a user acts in, or what they are refused with. */
export const acting = (
  meetings: Meetings.Meetings,
  id: string,
  caller: Caller,
  as: "host" | "participant"
): Effect.Effect<Held.Held, Refusal> => {
  const held = meetings.find(id)
  if (held === undefined) return Effect.fail(VcError.VcMeetingNotFound)
  if (held.endedAt !== undefined) return Effect.fail(VcError.VcMeetingStatusUnexpected)
  if (caller.credential === "tenant") return Effect.succeed(held)
  const { open_id } = caller.user
  if (!Held.isInside(held, open_id)) return Effect.fail(VcError.VcOperatorNotInMeeting)
  return as === "host" && held.host !== open_id ? Effect.fail(VcError.VcNoPermission) : Effect.succeed(held)
}
