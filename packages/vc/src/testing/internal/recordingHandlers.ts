/** Recordings of meetings: made, had, and to whom they are open. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as MeetingRecording from "../../MeetingRecording.ts"
import * as VcError from "../../VcError.ts"
import { acting } from "./acting.ts"
import * as Held from "./held.ts"
import type * as Meetings from "./meetings.ts"
import * as People from "./people.ts"

interface State {
  readonly meetings: Meetings.Meetings
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const setPermission = FakeFeishu.handler(MeetingRecording.setPermission, (request, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { action_type = 0, meeting_id, permission_objects, user_id_type } = request
      const held = meetings.find(meeting_id)
      if (held === undefined) return yield* FeishuTest.failure(MeetingRecording.setPermission, VcError.VcMeetingNotFound)
      if (caller.credential !== "user" || caller.user.open_id !== held.owner) {
        return yield* FeishuTest.failure(MeetingRecording.setPermission, VcError.VcNoPermission)
      }
      if (typeof Held.recordingAt(held, yield* Clock.currentTimeMillis) === "string") {
        return yield* FeishuTest.failure(MeetingRecording.setPermission, VcError.VcDataNotFound)
      }
      const grants = yield* Effect.forEach(permission_objects, ({ id, permission, type }) =>
        Effect.map(
          type === MeetingRecording.PermissionTarget.user && id !== undefined
            ? People.openIds(user_id_type, [id])
            : Effect.succeedSome([id]),
          Option.map(([id]): Held.Grant => ({ type, permission, ...id === undefined ? {} : { id } }))
        ))
      const known = Option.all(grants)
      if (Option.isNone(known)) return yield* FeishuTest.failure(MeetingRecording.setPermission, VcError.VcInvalidParam)
      meetings.open(held, known.value, action_type === 0)
    }))

  const get = FakeFeishu.handler(MeetingRecording.get, ({ meeting_id }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = meetings.find(meeting_id)
      if (held === undefined) return yield* FeishuTest.failure(MeetingRecording.get, VcError.VcMeetingNotFound)
      if (caller.credential === "user" && caller.user.open_id !== held.owner) {
        return yield* FeishuTest.failure(MeetingRecording.get, VcError.VcNoPermission)
      }
      const recording = Held.recordingAt(held, yield* Clock.currentTimeMillis)
      switch (recording) {
        case "ongoing":
          return yield* FeishuTest.failure(MeetingRecording.get, VcError.VcMeetingStatusUnexpected)
        case "none":
          return yield* FeishuTest.failure(MeetingRecording.get, VcError.VcDataNotFound)
        case "processing":
          return yield* FeishuTest.failure(MeetingRecording.get, VcError.VcRecordingProcessing)
        default:
          return {
            recording: {
              url: `https://meetings.feishu.cn/minutes/${held.recording.token}`,
              duration: String(recording.duration)
            }
          }
      }
    }))

  const start = FakeFeishu.handler(MeetingRecording.start, ({ meeting_id }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = yield* Effect.mapError(acting(meetings, meeting_id, caller, "host"), (why) =>
        FeishuTest.failure(MeetingRecording.start, why))
      if (Held.isRecording(held)) return yield* FeishuTest.failure(MeetingRecording.start, VcError.VcMeetingStatusUnexpected)
      held.recording.parts.push({ from: yield* Clock.currentTimeMillis, to: undefined })
    }))

  const stop = FakeFeishu.handler(MeetingRecording.stop, ({ meeting_id }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = yield* Effect.mapError(acting(meetings, meeting_id, caller, "host"), (why) =>
        FeishuTest.failure(MeetingRecording.stop, why))
      const part = held.recording.parts.find(({ to }) => to === undefined)
      if (part === undefined) return yield* FeishuTest.failure(MeetingRecording.stop, VcError.VcMeetingStatusUnexpected)
      part.to = yield* Clock.currentTimeMillis
    }))

  return [setPermission, get, start, stop]
}
