/** Meetings: found, read, and acted in. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Meeting from "../../Meeting.ts"
import * as VcError from "../../VcError.ts"
import * as VcSearchError from "../../VcSearchError.ts"
import { acting } from "./acting.ts"
import * as Held from "./held.ts"
import * as Answers from "./meetingAnswers.ts"
import type * as Meetings from "./meetings.ts"
import * as People from "./people.ts"
import { permits } from "./reserves.ts"

interface State {
  readonly meetings: Meetings.Meetings
}

/** Older meetings are not told of. */
const reach = 90 * 86_400_000

/** So many meetings a search reaches. */
const depth = 150

const isWithin = (now: number) => ({ endedAt }: Held.Held) => endedAt === undefined || now - endedAt <= reach

const matches = ({ meeting_filter = {}, query }: Meeting.SearchRequest) => (held: Held.Held): boolean => {
  const { open_room_ids = [], organizer_ids = [], participant_ids = [], start_time = {} } = meeting_filter
  const was = (ids: ReadonlyArray<string>) => ids.length === 0 || ids.some((id) => (held.attendees.get(id)?.visits.length ?? 0) > 0)
  const millis = (time: string) => DateTime.toEpochMillis(DateTime.unsafeMake(time))
  return (query === undefined || held.topic.toLowerCase().includes(query.toLowerCase()))
    && (organizer_ids.length === 0 || organizer_ids.includes(held.owner))
    && was(participant_ids)
    && was(open_room_ids)
    && (start_time.start_time === undefined || held.startedAt >= millis(start_time.start_time))
    && (start_time.end_time === undefined || held.startedAt <= millis(start_time.end_time))
}

const marked = (topic: string, query: string | undefined) => {
  const at = query === undefined ? -1 : topic.toLowerCase().indexOf(query.toLowerCase())
  const to = at + (query?.length ?? 0)
  return at === -1 ? topic : `${topic.slice(0, at)}<h>${topic.slice(at, to)}</h>${topic.slice(to)}`
}

const found = ({ id, meeting_no, owner, startedAt, topic }: Held.Held, query: string | undefined) =>
  Effect.map(People.nameOf(owner), (name): Meeting.FoundMeeting => {
    const description = `${DateTime.formatIso(DateTime.unsafeMake(startedAt))} | ${name} | ID: ${meeting_no}`
    return {
      id,
      display_info: `${marked(topic, query)}\n${description}`,
      meta_data: { app_link: `https://applink.feishu.cn/client/videochat/meeting?id=${id}`, description }
    }
  })

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const get = FakeFeishu.handler(Meeting.get, (request, caller) =>
    Effect.gen(function*() {
      const held = (yield* state).meetings.find(request.meeting_id)
      const now = yield* Clock.currentTimeMillis
      if (held === undefined || !isWithin(now)(held)) return yield* FeishuTest.failure(Meeting.get, VcError.VcDataNotFound)
      if (caller.credential === "user" && caller.user.open_id !== held.owner) {
        return yield* FeishuTest.failure(Meeting.get, VcError.VcNoPermission)
      }
      if (request.query_mode === Meeting.QueryMode.artifacts) {
        const { note_doc_token = "", verbatim_doc_token = "" } = held.note ?? {}
        return { related_artifacts: { note_doc_token, verbatim_doc_token } }
      }
      const meeting = yield* Answers.meeting(held, request.user_id_type, request.with_participants)
      if (request.with_meeting_ability !== true || caller.credential === "user") return { meeting }
      const ability = {
        use_video: true,
        use_audio: true,
        use_share_screen: false,
        use_follow_screen: false,
        use_recording: Held.isRecorded(held),
        use_pstn: Held.came(held).some(({ user_type }) => user_type === Meeting.UserType.pstn)
      }
      return { meeting: { ...meeting, ability } }
    }))

  const listByNo = FakeFeishu.handler(Meeting.listByNo, ({ end_time, meeting_no, page_size = 20, page_token, start_time }) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const now = yield* Clock.currentTimeMillis
      const under = meetings.all().filter((held) =>
        held.meeting_no === meeting_no && isWithin(now)(held)
        && held.startedAt >= Number(start_time) * 1_000 && held.startedAt < (Number(end_time) + 1) * 1_000
      )
      const page = Held.page(under, page_size, page_token)
      if (page === undefined) return yield* FeishuTest.failure(Meeting.listByNo, VcError.VcInvalidParam)
      return { ...page.next, meeting_briefs: page.items.map(Answers.brief) }
    }))

  const search = FakeFeishu.handler(Meeting.search, (request) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { meeting_filter, page_size = 15, page_token, query } = request
      if (meeting_filter?.open_room_ids?.some((id) => !id.startsWith("omm_")) === true) {
        return yield* FeishuTest.failure(Meeting.search, VcSearchError.VcSearchRoomIdInvalid)
      }
      const all = meetings.all().filter(matches(request))
      const left = depth - Number(page_token ?? 0)
      if (left <= 0) return yield* FeishuTest.failure(Meeting.search, VcSearchError.VcSearchDepthExceeded)
      const page = Held.page(all, Math.min(page_size, left), page_token)
      if (page === undefined) return yield* FeishuTest.failure(Meeting.search, VcSearchError.VcSearchPageTokenInvalid)
      const items = yield* Effect.forEach(page.items, (held) => found(held, query))
      return { total: all.length, ...page.next, items }
    }))

  const end = FakeFeishu.handler(Meeting.end, ({ meeting_id }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = yield* Effect.mapError(acting(meetings, meeting_id, caller, "host"), (why) =>
        FeishuTest.failure(Meeting.end, why))
      meetings.end(held, yield* Clock.currentTimeMillis)
    }))

  const invite = FakeFeishu.handler(Meeting.invite, ({ invitees, meeting_id, user_id_type }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = yield* Effect.mapError(acting(meetings, meeting_id, caller, "participant"), (why) =>
        FeishuTest.failure(Meeting.invite, why))
      const people = yield* Effect.forEach(invitees, (invitee) => Answers.personOf(user_id_type, invitee))
      const self = caller.credential === "user" ? Held.userOf(caller.user.open_id) : undefined
      if (self !== undefined && !permits(held.permissions, 2, self)) {
        return yield* FeishuTest.failure(Meeting.invite, VcError.VcNoPermission)
      }
      if (people.some((one) => one?.id === self?.id)) return yield* FeishuTest.failure(Meeting.invite, VcError.VcCannotOperateSelf)
      if (held.locked) return yield* FeishuTest.failure(Meeting.invite, VcError.VcMeetingLocked)
      const expected = [...held.attendees.values()].filter((one) => one.ringing || Held.isIn(one)).length
      if (expected + people.length > held.capacity) return yield* FeishuTest.failure(Meeting.invite, VcError.VcParticipantLimit)
      const busy = (id: string) => meetings.all().some((other) => other.endedAt === undefined && Held.isInside(other, id))
      const free = people.map((one) => one !== undefined && !busy(one.id))
      // Who is the only one, and cannot be called, is no result but a failure.
      if (people.length === 1 && people[0] !== undefined && !free[0]) {
        return yield* FeishuTest.failure(Meeting.invite, VcError.VcCalleeBusy)
      }
      people.forEach((one, index) => {
        if (one !== undefined && free[index] === true) meetings.ring(held, one)
      })
      const { failed, succeeded } = Meeting.InviteStatus
      return { invite_results: invitees.map(({ id, user_type }, index) => ({ id, user_type, status: free[index] === true ? succeeded : failed })) }
    }))

  const kickout = FakeFeishu.handler(Meeting.kickout, ({ kickout_users, meeting_id, user_id_type }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = yield* Effect.mapError(acting(meetings, meeting_id, caller, "host"), (why) =>
        FeishuTest.failure(Meeting.kickout, why))
      const now = yield* Clock.currentTimeMillis
      const { failed, succeeded } = Meeting.KickoutResult
      const kickout_results = yield* Effect.forEach(kickout_users, (one) =>
        Effect.map(Answers.personOf(user_id_type, one), (person) => {
          const { id, user_type } = one
          if (person === undefined || !Held.isInside(held, person.id)) return { id, user_type, result: failed }
          meetings.leave(held, person.id, now)
          return { id, user_type, result: succeeded }
        }))
      return { kickout_results }
    }))

  const setHost = FakeFeishu.handler(Meeting.setHost, ({ host_user, meeting_id, old_host_user, user_id_type }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = yield* Effect.mapError(acting(meetings, meeting_id, caller, "host"), (why) =>
        FeishuTest.failure(Meeting.setHost, why))
      const person = yield* Answers.personOf(user_id_type, host_user)
      const before = old_host_user === undefined ? undefined : yield* Answers.personOf(user_id_type, old_host_user)
      if (old_host_user !== undefined && before?.id !== held.host) {
        return yield* FeishuTest.failure(Meeting.setHost, VcError.VcDataConflict)
      }
      if (caller.credential === "user" && caller.user.open_id === person?.id) {
        return yield* FeishuTest.failure(Meeting.setHost, VcError.VcCannotOperateSelf)
      }
      const attendee = held.attendees.get(person?.id ?? "")
      if (attendee === undefined) return yield* FeishuTest.failure(Meeting.setHost, VcError.VcTargetNotInMeeting)
      if (!Held.isIn(attendee)) return yield* FeishuTest.failure(Meeting.setHost, VcError.VcParticipantStatusUnexpected)
      if (!permits(held.permissions, 1, attendee)) return yield* FeishuTest.failure(Meeting.setHost, VcError.VcNoPermission)
      held.host = attendee.id
      return { host_user: yield* Answers.user(user_id_type, attendee) }
    }))

  const subscribe = FakeFeishu.handler(Meeting.subscribe, ({ event_type = "" }, caller) =>
    Effect.map(state, ({ meetings }) => {
      if (caller.credential === "user") meetings.subscribed("meeting", caller.user.open_id).add(event_type)
    }))

  const unsubscribe = FakeFeishu.handler(Meeting.unsubscribe, ({ event_type = "" }, caller) =>
    Effect.map(state, ({ meetings }) => {
      if (caller.credential === "user") meetings.subscribed("meeting", caller.user.open_id).delete(event_type)
    }))

  return [get, listByNo, search, end, invite, kickout, setHost, subscribe, unsubscribe]
}
