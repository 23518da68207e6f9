/** Recordings of meetings, and to whom they are open. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { PermissionTarget, setPermission } from "../../MeetingRecording.ts"
import * as VcError from "../../VcError.ts"
import type * as Meetings from "./meetings.ts"
import * as People from "./people.ts"

interface State {
  readonly meetings: Meetings.Meetings
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const setPermissionHandler = FakeFeishu.handler(setPermission, (request, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { action_type = 0, meeting_id, permission_objects, user_id_type } = request
      const meeting = yield* meetings.find(meeting_id)
      if (Option.isNone(meeting)) return yield* FeishuTest.failure(setPermission, VcError.VcMeetingNotFound)
      if (caller.credential !== "user" || caller.user.open_id !== meeting.value.owner) {
        return yield* FeishuTest.failure(setPermission, VcError.VcNoPermission)
      }
      if (!meeting.value.recorded) return yield* FeishuTest.failure(setPermission, VcError.VcDataNotFound)
      const grants = yield* Effect.forEach(permission_objects, ({ id, permission, type }) =>
        Effect.map(
          type === PermissionTarget.user && id !== undefined ? People.openIds(user_id_type, [id]) : Effect.succeedSome([id]),
          Option.map(([id]): Meetings.Grant => ({ type, permission, ...id === undefined ? {} : { id } }))
        ))
      const known = Option.all(grants)
      if (Option.isNone(known)) return yield* FeishuTest.failure(setPermission, VcError.VcInvalidParam)
      meetings.set(meeting_id, known.value, action_type === 0)
    }))

  return [setPermissionHandler]
}
