/** Lists of the meetings that were held, and of those in them. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { UserType } from "../../Meeting.ts"
import * as MeetingList from "../../MeetingList.ts"
import * as ParticipantList from "../../ParticipantList.ts"
import * as ParticipantQualityList from "../../ParticipantQualityList.ts"
import * as ResourceReservationList from "../../ResourceReservationList.ts"
import * as VcError from "../../VcError.ts"
import { examples } from "./examples.ts"
import * as Held from "./held.ts"
import * as Answers from "./meetingAnswers.ts"
import type * as Meetings from "./meetings.ts"
import * as People from "./people.ts"

interface State {
  readonly meetings: Meetings.Meetings
}

const pageSize = 20

/** A time as people read it where the platform is. */
const said = (millis: number) =>
  DateTime.format(DateTime.unsafeMakeZoned(millis, { timeZone: 8 * 3_600_000 }), { locale: "sv-SE", dateStyle: "short", timeStyle: "medium" })
    .replaceAll("-", ".") + " (GMT+08:00)"

const two = (count: number) => String(count).padStart(2, "0")

/** A duration as people read it. */
const lasting = (millis: number) => {
  const seconds = Math.floor(millis / 1_000)
  return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map((part) => two(Math.floor(part))).join(":")
}

const second = (millis: number) => Math.floor(millis / 1_000)

const minute = (millis: number) => Math.floor(millis / 60_000)

const hasStatus = ({ endedAt }: Held.Held, status: 1 | 2 | 3) =>
  status === (endedAt === undefined ? MeetingList.MeetingStatus.ongoing : MeetingList.MeetingStatus.ended)

/** The one that a user or a room is asked for by; none where nobody is known by it. */
const asked = (request: { readonly user_id?: string | undefined; readonly room_id?: string | undefined; readonly user_id_type?: People.UserIdType }) =>
  request.user_id === undefined
    ? Effect.succeed(request.room_id)
    : Effect.map(People.openIds(request.user_id_type, [request.user_id]), (known) => Option.getOrElse(known, () => [""])[0])

interface Named {
  readonly meeting_no: string
  readonly meeting_start_time: string
  readonly meeting_end_time: string
}

/** Times name the meeting to the minute; the end of one that goes on does not. */
const named = (meetings: Meetings.Meetings, { meeting_end_time, meeting_no, meeting_start_time }: Named, status: 1 | 2 | 3) =>
  meetings.all().find((held) =>
    held.meeting_no === meeting_no && hasStatus(held, status)
    && minute(held.startedAt) === minute(Number(meeting_start_time) * 1_000)
    && (held.endedAt === undefined || minute(held.endedAt) === minute(Number(meeting_end_time) * 1_000))
  )

const meetingInfo = (held: Held.Held, type: People.UserIdType, now: number) =>
  Effect.gen(function*() {
    const came = Held.came(held)
    const [user_id] = yield* People.idsAs(type, [held.owner])
    const info: MeetingList.MeetingInfo = {
      meeting_id: held.meeting_no,
      meeting_topic: held.topic,
      meeting_type: MeetingList.MeetingType.video,
      organizer: yield* People.nameOf(held.owner),
      ...user_id === undefined ? {} : { user_id },
      meeting_start_time: said(held.startedAt),
      ...held.endedAt === undefined ? {} : { meeting_end_time: said(held.endedAt) },
      meeting_duration: lasting((held.endedAt ?? now) - held.startedAt),
      number_of_participants: String(came.length),
      number_of_devices: String(came.reduce((sum, { visits }) => sum + visits.length, 0)),
      audio: true,
      video: true,
      sharing: false,
      recording: Held.isRecorded(held),
      telephone: came.some(({ user_type }) => user_type === UserType.pstn),
      has_related_document: held.note !== undefined,
      ai_note: held.note?.note_doc_token !== undefined,
      is_external: false,
      meeting_instance_id: held.id
    }
    return info
  })

/** One row for each time that somebody was in it. */
const rows = (attendee: Held.Attendee, type: People.UserIdType, now: number) =>
  Effect.gen(function*() {
    const user = attendee.user_type === UserType.feishu
    const id = yield* Answers.idOf(type, attendee)
    const participant_name = user ? yield* People.nameOf(attendee.id) : attendee.id
    return attendee.visits.map(({ from, to }): ParticipantList.Participant => ({
      participant_name,
      ...id === undefined ? {} : attendee.user_type === UserType.room ? { meeting_room_id: id } : { user_id: id },
      audio: true,
      video: true,
      sharing: false,
      join_time: said(from),
      ...to === undefined ? {} : { leave_time: said(to) },
      time_in_meeting: lasting((to ?? now) - from),
      is_external: attendee.external
    }))
  })

/** How everybody was connected, in a minute. */
const quality = (millis: number): ParticipantQualityList.ParticipantQuality => {
  const time = said(millis)
  return {
    network: { time, network_delay: "20ms", bitrate_received: "800kbps", bitrate_sent: "800kbps", packet_loss_avg_received: "0%" },
    audio: { time, bitrate_received: "32kbps", latency_received: "20ms", bitrate_sent: "32kbps", latency_sent: "20ms" }
  }
}

const documented = () =>
  Schema.decodeUnknownSync(ResourceReservationList.GetResponse)(examples[ResourceReservationList.get.id]).room_reservation_list ?? []

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const meetingList = FakeFeishu.handler(MeetingList.get, (request) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { meeting_no, meeting_status = MeetingList.MeetingStatus.ended, meeting_type, page_size = pageSize, page_token, user_id_type } =
        request
      const now = yield* Clock.currentTimeMillis
      const [from, to] = [Number(request.start_time), Number(request.end_time)]
      if (from > second(now)) return yield* FeishuTest.failure(MeetingList.get, VcError.VcStartTimeInvalid)
      const who = yield* asked(request)
      const listed = meetings.all().filter((held) =>
        hasStatus(held, meeting_status) && meeting_type !== MeetingList.MeetingType.localSharing
        && second(held.startedAt) <= to && (held.endedAt === undefined || second(held.endedAt) >= from)
        && (meeting_no === undefined || held.meeting_no === meeting_no)
        && (who === undefined || (held.attendees.get(who)?.visits.length ?? 0) > 0)
      )
      const page = Held.page(listed, page_size, page_token)
      if (page === undefined) return yield* FeishuTest.failure(MeetingList.get, VcError.VcInvalidParam)
      return { ...page.next, meeting_list: yield* Effect.forEach(page.items, (held) => meetingInfo(held, user_id_type, now)) }
    }))

  const participantList = FakeFeishu.handler(ParticipantList.get, (request) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { meeting_status = MeetingList.MeetingStatus.ended, page_size = pageSize, page_token, user_id_type } = request
      const now = yield* Clock.currentTimeMillis
      if (Number(request.meeting_start_time) > second(now)) return yield* FeishuTest.failure(ParticipantList.get, VcError.VcStartTimeInvalid)
      const held = named(meetings, request, meeting_status)
      if (held === undefined) return yield* FeishuTest.failure(ParticipantList.get, VcError.VcNoMeetingMatches)
      const who = yield* asked(request)
      const those = Held.came(held).filter(({ id }) => who === undefined || id === who)
      const all = yield* Effect.forEach(those, (attendee) => rows(attendee, user_id_type, now))
      const page = Held.page(all.flat(), page_size, page_token)
      if (page === undefined) return yield* FeishuTest.failure(ParticipantList.get, VcError.VcInvalidParam)
      return { ...page.next, participants: page.items }
    }))

  const qualityList = FakeFeishu.handler(ParticipantQualityList.get, (request) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { join_time, page_size = pageSize, page_token } = request
      const now = yield* Clock.currentTimeMillis
      if (Number(request.meeting_start_time) > second(now)) {
        return yield* FeishuTest.failure(ParticipantQualityList.get, VcError.VcStartTimeInvalid)
      }
      const held = named(meetings, request, MeetingList.MeetingStatus.ended)
      if (held === undefined) return yield* FeishuTest.failure(ParticipantQualityList.get, VcError.VcNoMeetingMatches)
      const visit = held.attendees.get((yield* asked(request)) ?? "")?.visits.find(({ from }) => second(from) === Number(join_time))
      if (visit === undefined) return yield* FeishuTest.failure(ParticipantQualityList.get, VcError.VcNoDeviceMatches)
      const minutes = minute(visit.to ?? now) - minute(visit.from) + 1
      const all = Array.from({ length: minutes }, (_, index) => quality((minute(visit.from) + index) * 60_000))
      const page = Held.page(all, page_size, page_token)
      if (page === undefined) return yield* FeishuTest.failure(ParticipantQualityList.get, VcError.VcInvalidParam)
      return { ...page.next, participant_quality_list: page.items }
    }))

  const reservationList = FakeFeishu.handler(ResourceReservationList.get, ({ need_topic = false, start_time }) =>
    Effect.gen(function*() {
      if (Number(start_time) > second(yield* Clock.currentTimeMillis)) {
        return yield* FeishuTest.failure(ResourceReservationList.get, VcError.VcStartTimeInvalid)
      }
      // Calendars reserve rooms, and the fake has none: it is what the documentation answers, and there is one page of it.
      return { has_more: false, room_reservation_list: documented().map(({ event_title, ...rest }) => need_topic ? { ...rest, event_title } : rest) }
    }))

  return [meetingList, participantList, qualityList, reservationList]
}
