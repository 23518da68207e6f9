/** The notes on meetings. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Note from "../../Note.ts"
import * as VcError from "../../VcError.ts"
import { seconds } from "./meetingAnswers.ts"
import type * as Meetings from "./meetings.ts"
import * as People from "./people.ts"

interface State {
  readonly meetings: Meetings.Meetings
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const get = FakeFeishu.handler(Note.get, ({ note_id, user_id_type }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = meetings.all().find(({ note }) => note?.note_id === note_id)
      const note = held?.note
      if (held === undefined || note === undefined) return yield* FeishuTest.failure(Note.get, VcError.VcDataNotFound)
      const { creator = held.owner, note_doc_token, shared = [], verbatim_doc_token } = note
      // Whoever made them, and those who were in the meeting, can see them.
      if (caller.credential === "user" && ![creator, held.owner, ...held.attendees.keys()].includes(caller.user.open_id)) {
        return yield* FeishuTest.failure(Note.get, VcError.VcNoPermission)
      }
      const [creator_id] = yield* People.idsAs(user_id_type, [creator])
      const create_time = seconds(held.endedAt ?? held.startedAt)
      const artifact = (artifact_type: 1 | 2, doc_token: string | undefined) =>
        doc_token === undefined ? [] : [{ artifact_type, create_time, doc_token }]
      return {
        note: {
          ...creator_id === undefined ? {} : { creator_id },
          create_time,
          artifacts: [
            ...artifact(Note.ArtifactType.note, note_doc_token),
            ...artifact(Note.ArtifactType.verbatim, verbatim_doc_token)
          ],
          references: shared.map((doc_token) => ({ reference_type: Note.ReferenceType.shared, doc_token })),
          note_display_type: Note.NoteDisplayType.normal,
          note_source: { source_type: "meeting", source_entity_id: held.id }
        }
      }
    }))

  const subscribe = FakeFeishu.handler(Note.subscribe, ({ event_type = "" }, caller) =>
    Effect.map(state, ({ meetings }) => {
      if (caller.credential === "user") meetings.subscribed("note", caller.user.open_id).add(event_type)
    }))

  const unsubscribe = FakeFeishu.handler(Note.unsubscribe, ({ event_type = "" }, caller) =>
    Effect.map(state, ({ meetings }) => {
      if (caller.credential === "user") meetings.subscribed("note", caller.user.open_id).delete(event_type)
    }))

  return [get, subscribe, unsubscribe]
}
