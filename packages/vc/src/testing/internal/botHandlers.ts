/** The bots of applications, in meetings. */
import type { Directory } from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as MeetingBot from "../../MeetingBot.ts"
import * as VcBotError from "../../VcBotError.ts"
import * as VcError from "../../VcError.ts"
import * as Held from "./held.ts"
import * as Answers from "./meetingAnswers.ts"
import type * as Meetings from "./meetings.ts"
import * as People from "./people.ts"
import * as Reserves from "./reserves.ts"

interface State {
  readonly meetings: Meetings.Meetings
  readonly reserves: Reserves.Reserves
}

/** So many wrong passwords are taken for one meeting. The documentation says that there is a limit, and not which. */
const mostAttempts = 5

const pageSize = 20

const botOf = ({ appId }: FakeFeishu.Caller): Held.Person => ({ id: appId, user_type: undefined, external: false })

/** Whom a token speaks for, in a meeting: the bot, or the user. */
const speakerOf = (caller: FakeFeishu.Caller) =>
  caller.credential === "user" ? Held.userOf(caller.user.open_id) : botOf(caller)

const eventUser = (type: People.UserIdType, who: Held.Person) =>
  Effect.zipWith(
    Answers.user(type, who),
    who.user_type === 1 ? People.nameOf(who.id) : Effect.succeed(who.id),
    (user, user_name) => ({ ...user, user_name })
  )

type Payload = Omit<MeetingBot.EventPayload, "meeting">

const payloadOf = (event: Held.Event, type: People.UserIdType): Effect.Effect<Payload, never, Directory> => {
  if (event._tag === "Told") return Effect.succeed(event.payload)
  const time = String(event.at)
  return Effect.map(eventUser(type, event.who), (who): Payload => {
    switch (event._tag) {
      case "Joined":
        return { activity_event_type: "participant_joined", participant_joined_items: [{ participant: who, join_time: time }] }
      case "Left":
        return { activity_event_type: "participant_left", participant_left_items: [{ participant: who, leave_time: time }] }
      case "Chat": {
        const { content, uuid } = event.message
        return {
          activity_event_type: "chat_received",
          chat_received_items: [{ operator: who, message_id: uuid, content, send_time: time }]
        }
      }
    }
  })
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const join = FakeFeishu.handler(MeetingBot.join, ({ action = MeetingBot.JoinAction.join, join_identify, join_type, password }, caller) =>
    Effect.gen(function*() {
      const { meetings, reserves } = yield* state
      const now = yield* Clock.currentTimeMillis
      const { meeting_no = "" } = join_identify
      const actions: ReadonlyArray<number> = Object.values(MeetingBot.JoinAction)
      if (join_type !== MeetingBot.JoinType.meetingNo || !/^\d{9}$/.test(meeting_no) || !actions.includes(action)) {
        return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinInvalidParam)
      }
      if (!meetings.agents) return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinAgentsDisabled)
      const bot = botOf(caller)
      const under = meetings.all().filter((one) => one.meeting_no === meeting_no)
      const reserved = reserves.byNumber(meeting_no, now)
      const ongoing = under.find(({ endedAt }) => endedAt === undefined)
      if (ongoing === undefined && (reserved === undefined || action === MeetingBot.JoinAction.join)) {
        return yield* under.length > 0
          ? FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinMeetingStatusUnexpected)
          : reserved === undefined
          ? FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinMeetingNotFound)
          : FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinMeetingNotStarted)
      }
      if (meetings.all().some((one) => one !== ongoing && one.endedAt === undefined && Held.isInside(one, bot.id))) {
        return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinCalleeBusy)
      }
      if (caller.credential === "user" && ongoing !== undefined && !Held.isInside(ongoing, caller.user.open_id)) {
        return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinUserNotInMeeting)
      }
      const known = ongoing ?? reserved
      if (known?.password !== undefined) {
        const wrong = password !== undefined && Redacted.value(password) !== known.password
        if (known.wrongPasswords >= mostAttempts) {
          return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinPasswordAttemptsExceeded)
        }
        if (wrong) known.wrongPasswords++
        if (wrong || password === undefined) {
          return yield* wrong
            ? FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinPasswordWrong)
            : FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinPasswordRequired)
        }
      }
      const permissions = ongoing?.permissions ?? reserved?.settings.action_permissions ?? []
      if (!Reserves.permits(permissions, 3, bot)) return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinForbidden)
      if (ongoing?.locked === true) return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinMeetingLocked)
      if (ongoing !== undefined && Held.inside(ongoing).length >= ongoing.capacity) {
        return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinParticipantLimit)
      }
      const held = ongoing ?? (reserved === undefined ? undefined : reserves.start(reserved, bot, now))
      if (held === undefined) return yield* FeishuTest.failure(MeetingBot.join, VcBotError.VcBotJoinMeetingNotFound)
      meetings.join(held, bot, now)
      return {
        meeting: {
          id: held.id,
          meeting_no,
          start_time: DateTime.formatIso(DateTime.unsafeMake(held.startedAt)).slice(0, 19).replace("T", " "),
          topic: held.topic
        },
        join_user: { id: bot.id }
      }
    }))

  const leave = FakeFeishu.handler(MeetingBot.leave, ({ meeting_id }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      if (!meetings.agents) return yield* FeishuTest.failure(MeetingBot.leave, VcBotError.VcBotLeaveAgentsDisabled)
      const held = meetings.find(meeting_id)
      if (held === undefined) return yield* FeishuTest.failure(MeetingBot.leave, VcBotError.VcBotLeaveMeetingNotFound)
      if (held.endedAt !== undefined) {
        return yield* FeishuTest.failure(MeetingBot.leave, VcBotError.VcBotLeaveMeetingStatusUnexpected)
      }
      if (caller.credential === "user" && !Held.isInside(held, caller.user.open_id)) {
        return yield* FeishuTest.failure(MeetingBot.leave, VcBotError.VcBotLeaveUserNotInMeeting)
      }
      const { id } = botOf(caller)
      if (!Held.isInside(held, id)) {
        return yield* held.attendees.has(id)
          ? FeishuTest.failure(MeetingBot.leave, VcBotError.VcBotLeaveParticipantStatusUnexpected)
          : FeishuTest.failure(MeetingBot.leave, VcBotError.VcBotLeaveBotNotInMeeting)
      }
      meetings.leave(held, id, yield* Clock.currentTimeMillis)
      return { leave_user: { id } }
    }))

  const sendMessage = FakeFeishu.handler(MeetingBot.sendMessage, ({ content, meeting_id, msg_type, uuid }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const held = meetings.find(meeting_id)
      const speaker = speakerOf(caller)
      const types: ReadonlyArray<string> = Object.values(MeetingBot.MessageType)
      if (held === undefined || !Held.isInside(held, speaker.id) || !types.includes(msg_type) || content === "") {
        return yield* FeishuTest.failure(MeetingBot.sendMessage, VcBotError.VcBotInvalidParam)
      }
      return { uuid: meetings.show(held, speaker, { content, msg_type, uuid }, yield* Clock.currentTimeMillis) }
    }))

  const events = FakeFeishu.handler(MeetingBot.events, (request, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      const { end_time = "253402300799", meeting_id, page_size = pageSize, page_token, start_time = "0", user_id_type } = request
      if (!meetings.agents) return yield* FeishuTest.failure(MeetingBot.events, VcBotError.VcBotAgentsDisabled)
      const held = meetings.find(meeting_id)
      if (held === undefined) return yield* FeishuTest.failure(MeetingBot.events, VcBotError.VcBotInvalidParam)
      if (!Held.isInside(held, speakerOf(caller).id)) {
        return yield* caller.credential === "user"
          ? FeishuTest.failure(MeetingBot.events, VcBotError.VcBotUserNotInMeeting)
          : FeishuTest.failure(MeetingBot.events, VcBotError.VcBotNotInMeeting)
      }
      const within = held.events.filter(({ at }) => at >= Number(start_time) * 1_000 && at < (Number(end_time) + 1) * 1_000)
      const page = Held.page(within, page_size, page_token)
      if (page === undefined) return yield* FeishuTest.failure(MeetingBot.events, VcBotError.VcBotInvalidParam)
      const { host, id, meeting_no, startedAt, topic } = held
      const host_user = host === undefined ? {} : { host_user: yield* eventUser(user_id_type, Held.userOf(host)) }
      const meeting = { id, topic, meeting_no, start_time: Answers.seconds(startedAt), ...host_user }
      return {
        ...page.next,
        events: yield* Effect.forEach(page.items, (event) =>
          Effect.map(payloadOf(event, user_id_type), (payload) => ({
            event_id: event.id,
            event_type: "vc.bot.meeting_activity_v1",
            event_time: DateTime.formatIso(DateTime.unsafeMake(event.at)),
            payload: { meeting, ...payload }
          })))
      }
    }))

  const userActiveMeeting = FakeFeishu.handler(MeetingBot.userActiveMeeting, ({ user_id, user_id_type }, caller) =>
    Effect.gen(function*() {
      const { meetings } = yield* state
      if (!meetings.agents) {
        return yield* FeishuTest.failure(MeetingBot.userActiveMeeting, VcBotError.VcActiveMeetingAgentsDisabled)
      }
      const asked = user_id !== undefined
        ? yield* People.openIds(user_id_type, [user_id])
        : caller.credential === "user"
        ? Option.some([caller.user.open_id])
        : Option.none()
      if (Option.isNone(asked)) return yield* FeishuTest.failure(MeetingBot.userActiveMeeting, VcError.VcInvalidParam)
      const [id = ""] = asked.value
      const active = meetings.all().filter((held) => held.endedAt === undefined && Held.isInside(held, id))
      if (active.length === 0) {
        return yield* FeishuTest.failure(MeetingBot.userActiveMeeting, VcBotError.VcActiveMeetingUserNotInMeeting)
      }
      return {
        meetings: active.map(({ id, meeting_no, topic }) => ({ meeting_id: id, meeting_no, meeting_title: topic }))
      }
    }))

  return [join, leave, sendMessage, events, userActiveMeeting]
}
