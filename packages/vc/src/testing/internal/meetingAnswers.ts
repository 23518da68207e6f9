/** Meetings and those in them, as operations answer them. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TargetUser } from "../../Meeting.ts"
import { MeetingStatus, ParticipantStatus, UserType } from "../../Meeting.ts"
import * as Held from "./held.ts"
import * as People from "./people.ts"

export const seconds = (millis: number) => String(Math.floor(millis / 1_000))

/** A link to join by. */
export const linkOf = (meeting_no: string) => `https://vc.feishu.cn/j/${meeting_no}`

/** By which id somebody is answered; none where they have none of the kind. */
export const idOf = (type: People.UserIdType, { id, user_type }: Pick<Held.Person, "id" | "user_type">) =>
  user_type === UserType.feishu ? Effect.map(People.idsAs(type, [id]), ([named]) => named) : Effect.succeed(id)

/** Whom a request names; undefined where nobody is known by the id. */
export const personOf = (type: People.UserIdType, { id = "", user_type = UserType.feishu }: TargetUser) =>
  user_type === UserType.feishu
    ? Effect.map(People.openIds(type, [id]), (known) =>
      known._tag === "Some" ? Held.userOf(known.value[0]!) : undefined)
    : Effect.succeed<Held.Person>({ id, user_type, external: false })

export const user = (type: People.UserIdType, person: Pick<Held.Person, "id" | "user_type">) =>
  Effect.map(idOf(type, person), (id) => ({
    ...id === undefined ? {} : { id },
    ...person.user_type === undefined ? {} : { user_type: person.user_type }
  }))

export const brief = ({ connect, id, meeting_no, note, password, topic }: Held.Held) => ({
  id,
  topic,
  url: linkOf(meeting_no),
  meeting_no,
  ...password === undefined ? {} : { password: Redacted.make(password) },
  meeting_connect: connect,
  ...note === undefined ? {} : { note_id: note.note_id }
})

const participant = (held: Held.Held, attendee: Held.Attendee, type: People.UserIdType, now: number) =>
  Effect.map(user(type, attendee), (who) => {
    const [first] = attendee.visits
    const left = attendee.visits.at(-1)?.to
    return {
      ...who,
      ...first === undefined ? {} : {
        first_join_time: seconds(first.from),
        in_meeting_duration: String(Math.floor(Held.stayed(attendee, now) / 1_000))
      },
      ...left === undefined ? {} : { final_leave_time: seconds(left) },
      is_host: held.host === attendee.id,
      is_cohost: false,
      is_external: attendee.external,
      status: attendee.ringing
        ? ParticipantStatus.ringing
        : Held.isIn(attendee)
        ? ParticipantStatus.inMeeting
        : ParticipantStatus.away
    }
  })

/** With "user_id" there are none but Feishu users. */
const shown = ({ attendees }: Held.Held, type: People.UserIdType) =>
  [...attendees.values()].filter(({ user_type }) => type !== "user_id" || user_type === UserType.feishu)

export const meeting = (held: Held.Held, type: People.UserIdType, withParticipants = false) =>
  Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    const { attendees, endedAt, host, startedAt } = held
    const answer = {
      ...brief(held),
      create_time: seconds(startedAt),
      start_time: seconds(startedAt),
      ...endedAt === undefined ? {} : { end_time: seconds(endedAt) },
      ...host === undefined ? {} : { host_user: yield* user(type, attendees.get(host) ?? Held.userOf(host)) },
      status: endedAt === undefined ? MeetingStatus.ongoing : MeetingStatus.ended,
      participant_count: String(Held.peak(held)),
      participant_count_accumulated: String(Held.came(held).length)
    }
    if (!withParticipants) return answer
    const participants = yield* Effect.forEach(shown(held, type), (attendee) => participant(held, attendee, type, now))
    return { ...answer, participants }
  })
