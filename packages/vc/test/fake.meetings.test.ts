import type { Operation } from "@effect-feishu/core"
import { AccessToken, FeishuClient, Time } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import {
  Export,
  Meeting,
  MeetingBot,
  MeetingList,
  MeetingRecording,
  Note,
  ParticipantList,
  ParticipantQualityList,
  plugin,
  Reserve,
  ResourceReservationList
} from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { HttpClient, HttpClientRequest } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import type { Scope } from "effect"
import { Arbitrary, Chunk, DateTime, Effect, Exit, FastCheck, Option, Redacted, Stream, TestClock } from "effect"

const directory = {
  users: [
    { open_id: "ou_owner", user_id: "owner", name: "Ann" },
    { open_id: "ou_guest", user_id: "guest", name: "Bob" },
    { open_id: "ou_third", user_id: "third" }
  ]
}

const fake = VcFake.VcFake

const platform = (contents: VcFake.Contents = {}, options?: VcFake.Options) =>
  FakeFeishu.layerClient({ domains: [VcFake.domainOf(contents, options)], directory, user: { open_id: "ou_owner" }, rateLimits: false })

const as = (open_id: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.provide(AccessToken.asUser(effect), FakeFeishu.layerUser({ open_id }))

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const inDays = (days: number) => Effect.map(DateTime.now, (now) => Time.toUnixSeconds(DateTime.add(now, { days })))

const reserve = (meeting_settings: Reserve.NewMeetingSettings = { topic: "weekly" }) =>
  Effect.flatMap(inDays(7), (end_time) => Reserve.apply({ end_time, owner_id: "ou_owner", meeting_settings }))

const idOf = Effect.map(reserve(), ({ reserve: { id } }) => id)

/** A meeting of a reservation, and its ids. */
const begun = (settings?: Reserve.NewMeetingSettings) =>
  Effect.gen(function*() {
    const { reserve: { id, meeting_no = "" } } = yield* reserve(settings)
    return { reserve_id: id, meeting_no, meeting_id: yield* (yield* fake).begin(id) }
  })

const user = (id: string) => ({ id, user_type: Meeting.UserType.feishu })

describe("reservations", () => {
  it.effect("are made, read, changed and deleted", () =>
    Effect.gen(function*() {
      const end_time = yield* inDays(7)
      const { reserve: made, reserve_correction_check_info } = yield* Reserve.apply({
        end_time,
        owner_id: "guest",
        user_id_type: "user_id",
        meeting_settings: {
          topic: "weekly",
          password: Redacted.make("4711"),
          auto_record: true,
          meeting_connect: true,
          action_permissions: [{ permission: 2, permission_checkers: [{ check_field: 1, check_mode: 1, check_list: ["guest"] }] }],
          assign_host_list: [user("third"), user("nobody")].map(({ id }) => ({ id, user_type: 1 }))
        }
      })
      assert.deepStrictEqual(reserve_correction_check_info, { invalid_host_id_list: ["nobody"] })
      assert.match(made.meeting_no ?? "", /^\d{9}$/)
      assert.strictEqual(made.url, `https://vc.feishu.cn/j/${made.meeting_no}`)
      assert.strictEqual(made.end_time, end_time)
      assert.deepStrictEqual(made.password && Redacted.value(made.password), "4711")

      const read = Effect.map(Reserve.get({ reserve_id: made.id, user_id_type: "user_id" }), ({ reserve }) => reserve)
      const before = yield* read
      assert.strictEqual(before?.reserve_user_id, "guest")
      assert.strictEqual(before?.expire_status, Reserve.ExpireStatus.valid)
      assert.deepStrictEqual(before?.meeting_settings, {
        topic: "weekly",
        auto_record: true,
        meeting_connect: true,
        action_permissions: [{ permission: 2, permission_checkers: [{ check_field: 1, check_mode: 1, check_list: ["guest"] }] }],
        assign_host_list: [{ id: "third", user_type: 1 }]
      })

      const later = yield* inDays(30)
      yield* Reserve.update({
        reserve_id: made.id,
        end_time: later,
        meeting_settings: { topic: "monthly", password: Redacted.make(""), meeting_connect: false, action_permissions: [] }
      })
      const after = yield* read
      assert.strictEqual(after?.end_time, later)
      assert.strictEqual(after?.password, undefined)
      assert.deepStrictEqual(after?.meeting_settings, {
        topic: "monthly",
        auto_record: true,
        // Never changes.
        meeting_connect: true,
        action_permissions: [],
        assign_host_list: [{ id: "third", user_type: 1 }]
      })

      yield* TestClock.adjust("30 days")
      assert.strictEqual((yield* read)?.expire_status, Reserve.ExpireStatus.expired)
      yield* Reserve.delete({ reserve_id: made.id })
      assert.strictEqual(yield* tagOf(read), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(Reserve.delete({ reserve_id: made.id })), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(Reserve.update({ reserve_id: made.id })), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(Reserve.getActiveMeeting({ reserve_id: made.id })), "VcDataNotFound")
    }).pipe(Effect.provide(platform())))

  it.effect("take a password of the platform's own where none is given, and none in calls between two", () =>
    Effect.gen(function*() {
      const { reserve: made } = yield* reserve()
      assert.match(made.password === undefined ? "" : Redacted.value(made.password), /^\d{6}$/)
      const { reserve: call } = yield* as("ou_owner")(Reserve.apply({ meeting_settings: { meeting_initial_type: 2 } }))
      assert.strictEqual(call.end_time, undefined)
    }).pipe(Effect.provide(platform())))

  it.effect("fail as documented", () =>
    Effect.gen(function*() {
      const end_time = yield* inDays(7)
      const owner_id = "ou_owner"
      const apply = (request: Partial<Reserve.ApplyRequest>) =>
        tagOf(Reserve.apply({ end_time, owner_id, meeting_settings: {}, ...request } as Reserve.ApplyRequest))
      assert.strictEqual(yield* apply({ owner_id: undefined }), "VcInvalidParam")
      assert.strictEqual(yield* apply({ owner_id: "ou_nobody" }), "VcInvalidParam")
      assert.strictEqual(yield* apply({ end_time: String(30 * 86_400 + 1) }), "VcInvalidParam")
      assert.strictEqual(yield* apply({ meeting_settings: { assign_host_list: [{ user_type: 1 }] } }), "VcAssignedHostInvalid")
      const nobody = { check_field: 1, check_mode: 1, check_list: ["ou_nobody"] } as const
      assert.strictEqual(
        yield* apply({ meeting_settings: { action_permissions: [{ permission: 1, permission_checkers: [nobody] }] } }),
        "VcInvalidParam"
      )

      const mine = yield* as("ou_owner")(Reserve.apply({ end_time, meeting_settings: {} }))
      const theirs = as("ou_guest")
      const { id: reserve_id } = mine.reserve
      assert.strictEqual(yield* tagOf(theirs(Reserve.get({ reserve_id }))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(theirs(Reserve.update({ reserve_id }))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(theirs(Reserve.delete({ reserve_id }))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(theirs(Reserve.getActiveMeeting({ reserve_id }))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(Reserve.update({ reserve_id, end_time: String(31 * 86_400) })), "VcInvalidParam")
      const hosts = { assign_host_list: [{ id: "" }] }
      assert.strictEqual(yield* tagOf(Reserve.update({ reserve_id, meeting_settings: hosts })), "VcAssignedHostInvalid")
    }).pipe(Effect.provide(platform())))

  it.effect("answer what the client would not send with the code of the rule it breaks", () =>
    Effect.gen(function*() {
      const { issueTenantToken } = yield* FakeFeishu.FakeFeishu
      const client = yield* HttpClient.HttpClient
      const token = Redacted.value(yield* issueTenantToken())
      const code = (path: string, body: unknown) =>
        HttpClientRequest.post(`https://open.feishu.cn/open-apis/vc/v1/${path}`).pipe(
          HttpClientRequest.bearerToken(token),
          HttpClientRequest.bodyUnsafeJson(body),
          client.execute,
          Effect.flatMap((response) => response.json),
          Effect.map((json) => (json as { readonly code: number }).code)
        )
      const apply = (meeting_settings: unknown) => code("reserves/apply", { end_time: "1", owner_id: "ou_owner", meeting_settings })
      assert.strictEqual(yield* apply({ meeting_initial_type: 2, auto_record: true }), 123002)
      assert.strictEqual(yield* apply({ assign_host_list: Array.from({ length: 11 }, () => ({ id: "ou_owner" })) }), 123003)
      assert.strictEqual(yield* apply({ password: "abc" }), 123006)
      assert.strictEqual(yield* apply({ meeting_initial_type: 3 }), 121003)
      assert.strictEqual(yield* code("meetings/search", { query: "x".repeat(51) }), 121011)
      assert.strictEqual(yield* code("meetings/search?page_size=31", {}), 121021)
      assert.strictEqual(yield* code("meetings/search", { meeting_filter: { start_time: { start_time: "yesterday" } } }), 122601)
      assert.strictEqual(yield* code("meetings/search", { meeting_filter: [] }), 121012)
    }).pipe(Effect.provide(platform())))

  it.effect("have at most one meeting that goes on", () =>
    Effect.gen(function*() {
      const { begin, end } = yield* fake
      const reserve_id = yield* idOf
      const active = Effect.map(Reserve.getActiveMeeting({ reserve_id, with_participants: true }), ({ meeting }) => meeting)
      assert.strictEqual(yield* tagOf(active), "VcDataNotFound")
      const first = yield* begin(reserve_id)
      assert.strictEqual(yield* begin(reserve_id), first)
      const meeting = yield* active
      assert.strictEqual(meeting?.id, first)
      assert.strictEqual(meeting?.topic, "weekly")
      assert.deepStrictEqual(meeting?.participants?.map(({ id, is_host }) => [id, is_host]), [["ou_owner", true]])
      yield* end(first)
      assert.strictEqual(yield* tagOf(active), "VcDataNotFound")
      assert.notStrictEqual(yield* begin(reserve_id), first)
      yield* TestClock.adjust("7 days")
      assert.isTrue(Exit.isFailure(yield* Effect.exit(begin(reserve_id))))
      assert.isTrue(Exit.isFailure(yield* Effect.exit(end("none"))))
    }).pipe(Effect.provide(platform())))
})

describe("meetings", () => {
  it.effect("are read with those who came and went", () =>
    Effect.gen(function*() {
      const { end, join, leave } = yield* fake
      yield* TestClock.adjust("1 hour")
      const { meeting_id, meeting_no } = yield* begun()
      const room = { id: "omm_1", user_type: 2, external: true } as const
      yield* join(meeting_id, "ou_guest")
      yield* join(meeting_id, room)
      yield* TestClock.adjust("10 minutes")
      yield* leave(meeting_id, "ou_guest")
      yield* TestClock.adjust("5 minutes")
      yield* join(meeting_id, "ou_guest")
      yield* TestClock.adjust("1 minute")
      const read = (request: Partial<Meeting.GetRequest>) =>
        Effect.map(Meeting.get({ meeting_id, ...request }), ({ meeting }) => meeting)
      const goesOn = yield* read({ with_participants: true, user_id_type: "user_id" })
      assert.strictEqual(goesOn?.status, Meeting.MeetingStatus.ongoing)
      assert.strictEqual(goesOn?.end_time, undefined)
      // No rooms with this kind of id.
      assert.deepStrictEqual(goesOn?.participants?.map(({ id, in_meeting_duration }) => [id, in_meeting_duration]), [
        ["owner", "960"],
        ["guest", "660"]
      ])
      yield* end(meeting_id)
      const { password, ...over } = (yield* read({ with_participants: true })) ?? {}
      assert.isDefined(password)
      const common = { is_cohost: false, status: Meeting.ParticipantStatus.away, final_leave_time: "4560" }
      assert.deepStrictEqual(over, {
        id: meeting_id,
        topic: "weekly",
        url: `https://vc.feishu.cn/j/${meeting_no}`,
        meeting_no,
        meeting_connect: false,
        create_time: "3600",
        start_time: "3600",
        end_time: "4560",
        host_user: user("ou_owner"),
        status: Meeting.MeetingStatus.ended,
        participant_count: "3",
        participant_count_accumulated: "3",
        participants: [
          { ...user("ou_owner"), ...common, first_join_time: "3600", in_meeting_duration: "960", is_host: true, is_external: false },
          { ...user("ou_guest"), ...common, first_join_time: "3600", in_meeting_duration: "660", is_host: false, is_external: false },
          { id: "omm_1", user_type: 2, ...common, first_join_time: "3600", in_meeting_duration: "960", is_host: false, is_external: true }
        ]
      })
      assert.strictEqual((yield* read({}))?.participants, undefined)
      const ability = (yield* read({ with_meeting_ability: true }))?.ability
      assert.strictEqual(ability?.use_recording, false)
      assert.strictEqual((yield* as("ou_owner")(read({ with_meeting_ability: true })))?.ability, undefined)
      assert.strictEqual(yield* tagOf(as("ou_guest")(read({}))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(Meeting.get({ meeting_id: "none" })), "VcDataNotFound")
      yield* TestClock.adjust("90 days")
      yield* read({})
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* tagOf(read({})), "VcDataNotFound")
    }).pipe(Effect.provide(platform())))

  it.effect("are ended by their host", () =>
    Effect.gen(function*() {
      const { join } = yield* fake
      const { meeting_id } = yield* begun()
      const end = (who: string, meeting_id: string) => as(who)(Meeting.end({ meeting_id }))
      assert.strictEqual(yield* tagOf(end("ou_owner", "none")), "VcMeetingNotFound")
      assert.strictEqual(yield* tagOf(end("ou_guest", meeting_id)), "VcOperatorNotInMeeting")
      yield* join(meeting_id, "ou_guest")
      assert.strictEqual(yield* tagOf(end("ou_guest", meeting_id)), "VcNoPermission")
      yield* end("ou_owner", meeting_id)
      assert.strictEqual(yield* tagOf(end("ou_owner", meeting_id)), "VcMeetingStatusUnexpected")
    }).pipe(Effect.provide(platform())))

  it.effect("ring those who are invited", () =>
    Effect.gen(function*() {
      const { add, end, join, lock } = yield* fake
      const { meeting_id } = yield* begun()
      const invite = (...ids: ReadonlyArray<string>) => as("ou_owner")(Meeting.invite({ meeting_id, invitees: ids.map(user) }))
      yield* add({ meetings: [{ meeting_id: "other", owner: "ou_third", ongoing: true }] })
      const { invite_results } = yield* invite("ou_guest", "ou_third", "ou_nobody")
      assert.deepStrictEqual(invite_results?.map(({ id, status }) => [id, status]), [["ou_guest", 1], ["ou_third", 2], ["ou_nobody", 2]])
      const statuses = Effect.map(Meeting.get({ meeting_id, with_participants: true }), ({ meeting }) =>
        meeting?.participants?.map(({ id, status }) => [id, status]))
      assert.deepStrictEqual(yield* statuses, [["ou_owner", 2], ["ou_guest", 3]])
      yield* join(meeting_id, "ou_guest")
      assert.deepStrictEqual(yield* statuses, [["ou_owner", 2], ["ou_guest", 2]])
      assert.strictEqual(yield* tagOf(invite("ou_third")), "VcCalleeBusy")
      assert.strictEqual(yield* tagOf(invite("ou_owner")), "VcCannotOperateSelf")
      yield* lock(meeting_id)
      assert.strictEqual(yield* tagOf(invite("ou_guest")), "VcMeetingLocked")
      assert.strictEqual(
        yield* tagOf(as("ou_third")(Meeting.invite({ meeting_id, invitees: [] }))),
        "VcOperatorNotInMeeting"
      )
      yield* end(meeting_id)
      assert.strictEqual(yield* tagOf(invite("ou_guest")), "VcMeetingStatusUnexpected")
    }).pipe(Effect.provide(platform())))

  it.effect("hold as many as they hold, and let those invite who may", () =>
    Effect.gen(function*() {
      const { add } = yield* fake
      yield* add({ meetings: [{ meeting_id: "small", owner: "ou_owner", ongoing: true, capacity: 2 }] })
      const invite = (meeting_id: string, ...ids: ReadonlyArray<string>) =>
        as("ou_owner")(Meeting.invite({ meeting_id, invitees: ids.map(user) }))
      assert.strictEqual(yield* tagOf(invite("small", "ou_guest", "ou_third")), "VcParticipantLimit")
      yield* invite("small", "ou_guest")
      const guest = { check_field: 1, check_mode: 2, check_list: ["ou_owner"] } as const
      const { meeting_id } = yield* begun({ action_permissions: [{ permission: 2, permission_checkers: [guest] }] })
      assert.strictEqual(yield* tagOf(invite(meeting_id, "ou_guest")), "VcNoPermission")
    }).pipe(Effect.provide(platform())))

  it.effect("lose those who are removed", () =>
    Effect.gen(function*() {
      const { join } = yield* fake
      const { meeting_id } = yield* begun()
      yield* join(meeting_id, "ou_guest")
      const kickout = Meeting.kickout({ meeting_id, user_id_type: "user_id", kickout_users: [user("guest"), user("third")] })
      const { kickout_results } = yield* kickout
      assert.deepStrictEqual(kickout_results, [{ ...user("guest"), result: 1 }, { ...user("third"), result: 2 }])
      assert.strictEqual((yield* kickout).kickout_results?.[0]?.result, 2)
      assert.strictEqual(yield* tagOf(Meeting.kickout({ meeting_id: "none", kickout_users: [] })), "VcMeetingNotFound")
      yield* as("ou_owner")(Meeting.end({ meeting_id }))
      assert.strictEqual(yield* tagOf(kickout), "VcMeetingStatusUnexpected")
    }).pipe(Effect.provide(platform())))

  it.effect("have one host, whom the host or the application sets", () =>
    Effect.gen(function*() {
      const { join, leave } = yield* fake
      const { meeting_id } = yield* begun()
      const set = (who: string, old?: string) =>
        Meeting.setHost({ meeting_id, host_user: user(who), ...old === undefined ? {} : { old_host_user: user(old) } })
      assert.strictEqual(yield* tagOf(set("ou_guest")), "VcTargetNotInMeeting")
      yield* join(meeting_id, "ou_guest")
      assert.strictEqual(yield* tagOf(as("ou_guest")(set("ou_guest"))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(as("ou_owner")(set("ou_owner"))), "VcCannotOperateSelf")
      assert.strictEqual(yield* tagOf(as("ou_owner")(set("ou_guest", "ou_guest"))), "VcDataConflict")
      assert.strictEqual(yield* tagOf(as("ou_third")(set("ou_guest"))), "VcOperatorNotInMeeting")
      assert.deepStrictEqual(yield* as("ou_owner")(set("ou_guest", "ou_owner")), { host_user: user("ou_guest") })
      yield* join(meeting_id, "ou_third")
      yield* leave(meeting_id, "ou_third")
      assert.strictEqual(yield* tagOf(set("ou_third")), "VcParticipantStatusUnexpected")
      assert.deepStrictEqual(yield* set("ou_owner"), { host_user: user("ou_owner") })
      // Whoever is left takes over.
      yield* leave(meeting_id, "ou_owner")
      assert.deepStrictEqual((yield* Meeting.get({ meeting_id })).meeting?.host_user, user("ou_guest"))
      const nobody = { check_field: 2, check_mode: 2, check_list: ["1"] } as const
      const other = yield* begun({ action_permissions: [{ permission: 1, permission_checkers: [nobody] }] })
      yield* join(other.meeting_id, "ou_third")
      assert.strictEqual(yield* tagOf(Meeting.setHost({ meeting_id: other.meeting_id, host_user: user("ou_third") })), "VcNoPermission")
    }).pipe(Effect.provide(platform())))

  const many = (count: number): VcFake.Contents => ({
    meetings: Array.from({ length: count }, (_, index): VcFake.Meeting => ({
      meeting_id: `m${index}`,
      owner: index % 2 === 0 ? "ou_owner" : "ou_guest",
      meeting_no: "123456789",
      topic: `Week ${index}`,
      start_time: (index + 1) * 60_000,
      participants: ["ou_third", { id: "omm_1", user_type: 2 }]
    }))
  })

  it.effect("are listed by number and time, page by page", () =>
    Effect.gen(function*() {
      yield* TestClock.adjust("1 day")
      const list = (start_time: string, end_time: string, meeting_no = "123456789") =>
        Effect.map(Stream.runCollect(Meeting.listByNo.items({ meeting_no, start_time, end_time, page_size: 2 })), (all) =>
          Chunk.toReadonlyArray(all).map(({ id }) => id))
      assert.deepStrictEqual(yield* list("120", "360"), ["m1", "m2", "m3", "m4", "m5"])
      assert.deepStrictEqual(yield* list("121", "359"), ["m2", "m3", "m4"])
      assert.deepStrictEqual(yield* list("0", "1000", "987654321"), [])
      const page = Meeting.listByNo({ meeting_no: "123456789", start_time: "0", end_time: "9999" })
      assert.strictEqual((yield* page).meeting_briefs?.length, 20)
      assert.strictEqual(
        yield* tagOf(Meeting.listByNo({ meeting_no: "123456789", start_time: "0", end_time: "9", page_token: "x" })),
        "VcInvalidParam"
      )
      yield* TestClock.setTime(90 * 86_400_000 + 5 * 60_000)
      assert.deepStrictEqual(yield* list("0", "360"), ["m4", "m5"])
    }).pipe(Effect.provide(platform(many(21)))))

  it.effect("are searched for, as far as a search reaches", () =>
    Effect.gen(function*() {
      yield* TestClock.adjust("1 day")
      const search = (request: Meeting.SearchRequest) => Effect.map(Meeting.search(request), ({ items }) => items?.map(({ id }) => id))
      const first = yield* Meeting.search({ query: "week 7", page_size: 1 })
      assert.strictEqual(first.total, 11)
      assert.strictEqual(first.items?.[0]?.display_info, "<h>Week 7</h>\n1970-01-01T00:08:00.000Z | Bob | ID: 123456789")
      const start_time = { start_time: "1970-01-01T00:02:00Z", end_time: "1970-01-01T08:05:00+08:00" }
      assert.deepStrictEqual(yield* search({ meeting_filter: { start_time } }), ["m1", "m2", "m3", "m4"])
      assert.deepStrictEqual(yield* search({ meeting_filter: { start_time, organizer_ids: ["ou_guest"] } }), ["m1", "m3"])
      assert.deepStrictEqual(yield* search({ meeting_filter: { start_time, participant_ids: ["ou_owner"] } }), [])
      assert.strictEqual((yield* search({ meeting_filter: { participant_ids: ["ou_third"], open_room_ids: ["omm_1"] } }))?.length, 15)
      assert.strictEqual(yield* tagOf(search({ meeting_filter: { open_room_ids: ["1"] } })), "VcSearchRoomIdInvalid")
      assert.strictEqual(yield* tagOf(search({ page_token: "x" })), "VcSearchPageTokenInvalid")
      const seen: Array<string | undefined> = []
      const deep = Meeting.search.items({ page_size: 20 }).pipe(Stream.runForEach(({ id }) => Effect.sync(() => seen.push(id))))
      assert.strictEqual(yield* tagOf(deep), "VcSearchDepthExceeded")
      assert.strictEqual(seen.length, 150)
    }).pipe(Effect.provide(platform(many(160)))))

  it.effect("are subscribed to by users", () =>
    Effect.gen(function*() {
      const { subscriptions } = yield* fake
      const event_type = "vc.meeting.participant_meeting_ended_v1"
      yield* as("ou_guest")(Meeting.subscribe({ event_type }))
      yield* as("ou_guest")(Meeting.subscribe({ event_type }))
      yield* as("ou_guest")(Meeting.subscribe({}))
      assert.deepStrictEqual(yield* subscriptions("meeting", "ou_guest"), [event_type, ""])
      assert.deepStrictEqual(yield* subscriptions("meeting", "ou_owner"), [])
      assert.deepStrictEqual(yield* subscriptions("note", "ou_guest"), [])
      yield* as("ou_guest")(Meeting.unsubscribe({ event_type }))
      assert.deepStrictEqual(yield* subscriptions("meeting", "ou_guest"), [""])
    }).pipe(Effect.provide(platform())))
})

describe("recordings", () => {
  const get = (meeting_id: string) => MeetingRecording.get({ meeting_id })

  it.effect("are begun and ended by the host, and had a while after the meeting", () =>
    Effect.gen(function*() {
      const { end, join } = yield* fake
      const { meeting_id } = yield* begun()
      const start = MeetingRecording.start({ meeting_id, timezone: 8 })
      const stop = MeetingRecording.stop({ meeting_id })
      assert.strictEqual(yield* tagOf(as("ou_guest")(start)), "VcOperatorNotInMeeting")
      yield* join(meeting_id, "ou_guest")
      assert.strictEqual(yield* tagOf(as("ou_guest")(start)), "VcNoPermission")
      assert.strictEqual(yield* tagOf(stop), "VcMeetingStatusUnexpected")
      yield* start
      assert.strictEqual(yield* tagOf(start), "VcMeetingStatusUnexpected")
      yield* TestClock.adjust("10 seconds")
      yield* stop
      yield* TestClock.adjust("1 minute")
      yield* start
      yield* TestClock.adjust("20 seconds")
      assert.strictEqual(yield* tagOf(get(meeting_id)), "VcMeetingStatusUnexpected")
      yield* end(meeting_id)
      assert.strictEqual(yield* tagOf(stop), "VcMeetingStatusUnexpected")
      assert.strictEqual(yield* tagOf(get(meeting_id)), "VcRecordingProcessing")
      yield* TestClock.adjust("5 minutes")
      const { recording } = yield* get(meeting_id)
      assert.strictEqual(recording?.duration, "30000")
      assert.match(recording?.url ?? "", /^https:\/\/meetings\.feishu\.cn\/minutes\/obcn\d{20}$/)
      assert.strictEqual(yield* tagOf(as("ou_guest")(get(meeting_id))), "VcNoPermission")
      assert.strictEqual((yield* as("ou_owner")(get(meeting_id))).recording?.duration, "30000")
      assert.strictEqual(yield* tagOf(get("none")), "VcMeetingNotFound")
    }).pipe(Effect.provide(platform({}, { recordingTakes: "5 minutes" }))))

  it.effect("are made of what is reserved to be recorded, unless it is too short", () =>
    Effect.gen(function*() {
      const { completeRecording, end } = yield* fake
      const long = yield* begun({ auto_record: true })
      yield* TestClock.adjust("5 seconds")
      yield* end(long.meeting_id)
      assert.strictEqual(yield* tagOf(get(long.meeting_id)), "VcRecordingProcessing")
      yield* completeRecording(long.meeting_id)
      assert.strictEqual((yield* get(long.meeting_id)).recording?.duration, "5000")
      const short = yield* begun({ auto_record: true })
      yield* TestClock.adjust("4 seconds")
      yield* end(short.meeting_id)
      assert.strictEqual(yield* tagOf(get(short.meeting_id)), "VcDataNotFound")
    }).pipe(Effect.provide(platform({}, { recordingTakes: "5 minutes" }))))
})

describe("notes", () => {
  it.effect("are read by those who were there", () =>
    Effect.gen(function*() {
      const { takeNotes } = yield* fake
      const { meeting_id } = yield* begun()
      const artifacts = Effect.map(Meeting.get({ meeting_id, query_mode: 1 }), (answer) => answer)
      assert.deepStrictEqual(yield* artifacts, { related_artifacts: { note_doc_token: "", verbatim_doc_token: "" } })
      yield* takeNotes(meeting_id, { note_id: "n1", note_doc_token: "doc", shared: ["shared"] })
      assert.strictEqual((yield* Meeting.get({ meeting_id })).meeting?.note_id, "n1")
      assert.deepStrictEqual(yield* artifacts, { related_artifacts: { note_doc_token: "doc", verbatim_doc_token: "" } })
      assert.deepStrictEqual(yield* Note.get({ note_id: "n1", user_id_type: "user_id" }), {
        note: {
          creator_id: "owner",
          create_time: "0",
          artifacts: [{ artifact_type: 1, create_time: "0", doc_token: "doc" }],
          references: [{ reference_type: 1, doc_token: "shared" }],
          note_display_type: 1,
          note_source: { source_type: "meeting", source_entity_id: meeting_id }
        }
      })
      assert.strictEqual(yield* tagOf(as("ou_guest")(Note.get({ note_id: "n1" }))), "VcNoPermission")
      assert.strictEqual(yield* tagOf(Note.get({ note_id: "n2" })), "VcDataNotFound")
    }).pipe(Effect.provide(platform())))

  it.effect("are subscribed to by users", () =>
    Effect.gen(function*() {
      const { subscriptions } = yield* fake
      yield* Note.subscribe({ event_type: "vc.note.generated_v1" })
      assert.deepStrictEqual(yield* subscriptions("note", "ou_owner"), ["vc.note.generated_v1"])
      yield* Note.unsubscribe({ event_type: "vc.note.generated_v1" })
      assert.deepStrictEqual(yield* subscriptions("note", "ou_owner"), [])
    }).pipe(Effect.provide(platform())))
})

describe("bots", () => {
  const join = (meeting_no: string, more: Partial<MeetingBot.JoinRequest> = {}) =>
    MeetingBot.join({ join_type: 1, join_identify: { meeting_no }, ...more })

  const open = { topic: "weekly", password: Redacted.make("") }

  it.effect("join by number, write, and leave", () =>
    Effect.gen(function*() {
      const { messages } = yield* fake
      const { meeting_id, meeting_no } = yield* begun(open)
      const { join_user, meeting } = yield* join(meeting_no)
      assert.deepStrictEqual(meeting, { id: meeting_id, meeting_no, topic: "weekly", start_time: "1970-01-01 00:00:00" })
      assert.deepStrictEqual(join_user, { id: "cli_fake" })
      const send = (request: Partial<MeetingBot.SendMessageRequest> = {}) =>
        MeetingBot.sendMessage({ meeting_id, msg_type: "text", content: "hello", ...request })
      assert.deepStrictEqual(yield* send({ uuid: "u1" }), { uuid: "u1" })
      assert.deepStrictEqual(yield* send({ uuid: "u1", content: "again" }), { uuid: "u1" })
      const other = yield* send()
      assert.isDefined(other.uuid)
      assert.deepStrictEqual(yield* messages(meeting_id), [
        { uuid: "u1", msg_type: "text", content: "hello" },
        { uuid: other.uuid!, msg_type: "text", content: "hello" }
      ])
      for (const wrong of [{ meeting_id: "none" }, { msg_type: "video" }, { content: "" }]) {
        assert.strictEqual(yield* tagOf(send(wrong)), "VcBotInvalidParam")
      }
      assert.strictEqual(yield* tagOf(as("ou_guest")(send())), "VcBotInvalidParam")
      yield* as("ou_owner")(send())
      assert.deepStrictEqual(yield* MeetingBot.leave({ meeting_id }), { leave_user: { id: "cli_fake" } })
      assert.strictEqual(yield* tagOf(send()), "VcBotInvalidParam")
    }).pipe(Effect.provide(platform())))

  it.effect("are kept out as documented", () =>
    Effect.gen(function*() {
      const { add, end, lock } = yield* fake
      const { meeting_id, meeting_no } = yield* begun(open)
      assert.strictEqual(yield* tagOf(join("12")), "VcBotJoinInvalidParam")
      assert.strictEqual(yield* tagOf(join(meeting_no, { join_type: 2 })), "VcBotJoinInvalidParam")
      assert.strictEqual(yield* tagOf(join(meeting_no, { action: 3 })), "VcBotJoinInvalidParam")
      assert.strictEqual(yield* tagOf(join("999999999")), "VcBotJoinMeetingNotFound")
      assert.strictEqual(yield* tagOf(as("ou_guest")(join(meeting_no))), "VcBotJoinUserNotInMeeting")
      yield* lock(meeting_id)
      assert.strictEqual(yield* tagOf(join(meeting_no)), "VcBotJoinMeetingLocked")
      yield* lock(meeting_id, false)
      const small = { meeting_id: "small", owner: "ou_guest", ongoing: true, capacity: 1, meeting_no: "111111111" }
      yield* add({ meetings: [small] })
      assert.strictEqual(yield* tagOf(join("111111111")), "VcBotJoinParticipantLimit")
      const barred = { check_field: 2, check_mode: 1, check_list: ["1"] } as const
      const users = yield* begun({ ...open, action_permissions: [{ permission: 3, permission_checkers: [barred] }] })
      assert.strictEqual(yield* tagOf(join(users.meeting_no)), "VcBotJoinForbidden")
      yield* join(meeting_no)
      assert.strictEqual(yield* tagOf(join("111111111")), "VcBotJoinCalleeBusy")
      yield* end(meeting_id)
      assert.strictEqual(yield* tagOf(join(meeting_no)), "VcBotJoinMeetingStatusUnexpected")
      const { reserve: later } = yield* reserve(open)
      assert.strictEqual(yield* tagOf(join(later.meeting_no!)), "VcBotJoinMeetingNotStarted")
      const { meeting } = yield* join(later.meeting_no!, { action: MeetingBot.JoinAction.start })
      assert.strictEqual((yield* Reserve.getActiveMeeting({ reserve_id: later.id })).meeting?.id, meeting?.id)
    }).pipe(Effect.provide(platform())))

  it.effect("need the password, and cannot try it for ever", () =>
    Effect.gen(function*() {
      const { meeting_id, meeting_no } = yield* begun({ password: Redacted.make("4711") })
      const attempt = (password: string) => join(meeting_no, { password: Redacted.make(password) })
      assert.strictEqual(yield* tagOf(join(meeting_no)), "VcBotJoinPasswordRequired")
      for (let times = 0; times < 4; times++) assert.strictEqual(yield* tagOf(attempt("1234")), "VcBotJoinPasswordWrong")
      assert.strictEqual((yield* attempt("4711")).meeting?.id, meeting_id)
      yield* MeetingBot.leave({ meeting_id })
      assert.strictEqual(yield* tagOf(attempt("1234")), "VcBotJoinPasswordWrong")
      assert.strictEqual(yield* tagOf(attempt("4711")), "VcBotJoinPasswordAttemptsExceeded")
    }).pipe(Effect.provide(platform())))

  it.effect("leave what they are in", () =>
    Effect.gen(function*() {
      const { end } = yield* fake
      const { meeting_id, meeting_no } = yield* begun(open)
      const leave = MeetingBot.leave({ meeting_id })
      assert.strictEqual(yield* tagOf(MeetingBot.leave({ meeting_id: "none" })), "VcBotLeaveMeetingNotFound")
      assert.strictEqual(yield* tagOf(leave), "VcBotLeaveBotNotInMeeting")
      yield* join(meeting_no)
      assert.strictEqual(yield* tagOf(as("ou_guest")(leave)), "VcBotLeaveUserNotInMeeting")
      yield* as("ou_owner")(leave)
      assert.strictEqual(yield* tagOf(leave), "VcBotLeaveParticipantStatusUnexpected")
      yield* end(meeting_id)
      assert.strictEqual(yield* tagOf(leave), "VcBotLeaveMeetingStatusUnexpected")
    }).pipe(Effect.provide(platform())))

  it.effect("are told what happens, page by page", () =>
    Effect.gen(function*() {
      const { happen, join: comes, leave } = yield* fake
      const { meeting_id, meeting_no } = yield* begun(open)
      assert.strictEqual(yield* tagOf(MeetingBot.events({ meeting_id })), "VcBotNotInMeeting")
      yield* TestClock.adjust("10 seconds")
      yield* join(meeting_no)
      yield* comes(meeting_id, "ou_guest")
      yield* leave(meeting_id, "ou_guest")
      yield* TestClock.adjust("10 seconds")
      yield* happen(meeting_id, { activity_event_type: "transcript_received", transcript_received_items: [{ text: "hi" }] })
      yield* MeetingBot.sendMessage({ meeting_id, msg_type: "text", content: "hello", uuid: "u1" })
      const all = (request: Partial<MeetingBot.EventsRequest> = {}) =>
        Effect.map(Stream.runCollect(MeetingBot.events.items({ meeting_id, page_size: 2, ...request })), Chunk.toReadonlyArray)
      const events = yield* all({ user_id_type: "user_id" })
      const owner = { ...user("owner"), user_name: "Ann" }
      const guest = { ...user("guest"), user_name: "Bob" }
      const bot = { id: "cli_fake", user_name: "cli_fake" }
      assert.deepStrictEqual(
        events.map(({ payload: { meeting: _meeting, ...what } = {} }) => what),
        [
          { activity_event_type: "participant_joined", participant_joined_items: [{ participant: owner, join_time: "0" }] },
          { activity_event_type: "participant_joined", participant_joined_items: [{ participant: bot, join_time: "10000" }] },
          { activity_event_type: "participant_joined", participant_joined_items: [{ participant: guest, join_time: "10000" }] },
          { activity_event_type: "participant_left", participant_left_items: [{ participant: guest, leave_time: "10000" }] },
          { activity_event_type: "transcript_received", transcript_received_items: [{ text: "hi" }] },
          {
            activity_event_type: "chat_received",
            chat_received_items: [{ operator: bot, message_id: "u1", content: "hello", send_time: "20000" }]
          }
        ]
      )
      assert.deepStrictEqual(events[0]?.payload?.meeting, {
        id: meeting_id,
        topic: "weekly",
        meeting_no,
        start_time: "0",
        host_user: owner
      })
      assert.strictEqual(new Set(events.map(({ event_id }) => event_id)).size, 6)
      assert.strictEqual((yield* all({ start_time: "10", end_time: "10" })).length, 3)
      assert.strictEqual(yield* tagOf(MeetingBot.events({ meeting_id: "none" })), "VcBotInvalidParam")
      assert.strictEqual(yield* tagOf(MeetingBot.events({ meeting_id, page_token: "x" })), "VcBotInvalidParam")
      assert.strictEqual(yield* tagOf(as("ou_third")(MeetingBot.events({ meeting_id }))), "VcBotUserNotInMeeting")
    }).pipe(Effect.provide(platform())))

  it.effect("learn which meetings a user is in", () =>
    Effect.gen(function*() {
      const { meeting_id, meeting_no } = yield* begun(open)
      const active = { meetings: [{ meeting_id, meeting_no, meeting_title: "weekly" }] }
      assert.deepStrictEqual(yield* MeetingBot.userActiveMeeting({ user_id: "owner", user_id_type: "user_id" }), active)
      assert.deepStrictEqual(yield* as("ou_owner")(MeetingBot.userActiveMeeting({})), active)
      assert.strictEqual(yield* tagOf(as("ou_guest")(MeetingBot.userActiveMeeting({}))), "VcActiveMeetingUserNotInMeeting")
      assert.strictEqual(yield* tagOf(MeetingBot.userActiveMeeting({})), "VcInvalidParam")
      assert.strictEqual(yield* tagOf(MeetingBot.userActiveMeeting({ user_id: "ou_nobody" })), "VcInvalidParam")
    }).pipe(Effect.provide(platform())))

  it.effect("are kept out altogether where the tenant wants that", () =>
    Effect.gen(function*() {
      const { meeting_id, meeting_no } = yield* begun(open)
      assert.strictEqual(yield* tagOf(join(meeting_no)), "VcBotJoinAgentsDisabled")
      assert.strictEqual(yield* tagOf(MeetingBot.leave({ meeting_id })), "VcBotLeaveAgentsDisabled")
      assert.strictEqual(yield* tagOf(MeetingBot.events({ meeting_id })), "VcBotAgentsDisabled")
      assert.strictEqual(yield* tagOf(MeetingBot.userActiveMeeting({ user_id: "ou_owner" })), "VcActiveMeetingAgentsDisabled")
    }).pipe(Effect.provide(platform({}, { agents: false }))))
})

describe("exports", () => {
  const list = Export.meetingList({ start_time: "0", end_time: "60" })
  const meeting = { meeting_no: "123456789", meeting_start_time: "0", meeting_end_time: "60" }

  it.effect("take their time and leave the file a test wants", () =>
    Effect.gen(function*() {
      const { exports } = yield* fake
      yield* exports({ takes: "1 minute", name: "all.csv", content: "a,b\n" })
      const task = yield* list
      assert.deepStrictEqual(yield* Export.get(task), { status: Export.TaskStatus.processing })
      yield* TestClock.adjust("1 minute")
      const { file_token, status } = yield* Export.get(task)
      assert.strictEqual(status, Export.TaskStatus.done)
      const file = yield* Effect.scoped(Effect.flatMap(Export.download({ file_token: file_token! }), ({ content, name }) =>
        Effect.map(Stream.mkString(Stream.decodeText(content)), (text) => ({ name, text }))))
      assert.deepStrictEqual(file, { name: "all.csv", text: "a,b\n" })
    }).pipe(Effect.provide(platform())))

  it.effect("can be of every list, each one its own", () =>
    Effect.gen(function*() {
      const tasks = yield* Effect.all([
        list,
        Export.participantList(meeting),
        Export.participantQualityList({ ...meeting, join_time: "0", user_id: "ou_owner" }),
        Export.resourceReservationList({ room_level_id: "omb_1", start_time: "0", end_time: "60" })
      ])
      assert.strictEqual(new Set(tasks.map(({ task_id }) => task_id)).size, 4)
      const text = yield* Stream.mkString(Stream.decodeText(Export.file(tasks[1])))
      assert.strictEqual(text, "the content of participant_list.csv\n")
    }).pipe(Effect.provide(platform())))

  it.effect("fail, and are not found, as documented", () =>
    Effect.gen(function*() {
      const { exports } = yield* fake
      yield* exports({ fails: "no permission" })
      const task = yield* list
      assert.deepStrictEqual(yield* Export.get(task), { status: Export.TaskStatus.failed, fail_msg: "no permission" })
      assert.strictEqual(yield* tagOf(Export.get({ task_id: "none" })), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(Effect.scoped(Export.download({ file_token: "none" }))), "VcDataNotFound")
    }).pipe(Effect.provide(platform())))
})

describe("lists", () => {
  const contents: VcFake.Contents = {
    meetings: [
      { meeting_id: "m1", owner: "ou_owner", meeting_no: "123456789", topic: "first", start_time: 60_000, lasted: "112 seconds" },
      {
        meeting_id: "m2",
        owner: "ou_guest",
        meeting_no: "123456780",
        start_time: 3_600_000,
        lasted: "1 hour",
        recording: false,
        participants: ["ou_guest", { id: "omm_1", user_type: 2 }]
      },
      { meeting_id: "m3", owner: "ou_guest", start_time: 7_200_000, ongoing: true }
    ]
  }
  const span = { start_time: "0", end_time: "86400" }
  const meeting = { meeting_no: "123456789", meeting_start_time: "60", meeting_end_time: "172" }

  it.effect("tell of the meetings that were held", () =>
    Effect.gen(function*() {
      yield* TestClock.adjust("1 day")
      const list = (request: Partial<MeetingList.GetRequest> = {}) =>
        Effect.map(Stream.runCollect(MeetingList.get.items({ ...span, ...request } as MeetingList.GetRequest)), Chunk.toReadonlyArray)
      const ids = (request?: Partial<MeetingList.GetRequest>) =>
        Effect.map(list(request), (all) => all.map(({ meeting_instance_id }) => meeting_instance_id))
      assert.deepStrictEqual((yield* list({ user_id_type: "user_id" }))[0], {
        meeting_id: "123456789",
        meeting_topic: "first",
        meeting_type: 2,
        organizer: "Ann",
        user_id: "owner",
        meeting_start_time: "1970.01.01 08:01:00 (GMT+08:00)",
        meeting_end_time: "1970.01.01 08:02:52 (GMT+08:00)",
        meeting_duration: "00:01:52",
        number_of_participants: "1",
        number_of_devices: "1",
        audio: true,
        video: true,
        sharing: false,
        recording: true,
        telephone: false,
        has_related_document: false,
        ai_note: false,
        is_external: false,
        meeting_instance_id: "m1"
      })
      assert.deepStrictEqual(yield* ids(), ["m1", "m2"])
      assert.deepStrictEqual(yield* ids({ meeting_status: 1 }), ["m3"])
      assert.deepStrictEqual(yield* ids({ meeting_no: "123456780" }), ["m2"])
      assert.deepStrictEqual(yield* ids({ user_id: "guest", user_id_type: "user_id" }), ["m2"])
      assert.deepStrictEqual(yield* ids({ user_id: "ou_nobody" }), [])
      assert.deepStrictEqual(yield* ids({ room_id: "omm_1" }), ["m2"])
      assert.deepStrictEqual(yield* ids({ meeting_type: 3 }), [])
      assert.deepStrictEqual(yield* ids({ start_time: "173", end_time: "3599" }), [])
      assert.strictEqual(yield* tagOf(MeetingList.get({ ...span, start_time: "86401", end_time: "86402" })), "VcStartTimeInvalid")
      assert.strictEqual(yield* tagOf(MeetingList.get({ ...span, page_token: "x" })), "VcInvalidParam")
    }).pipe(Effect.provide(platform(contents))))

  it.effect("tell of those who took part, and how they were connected", () =>
    Effect.gen(function*() {
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual((yield* ParticipantList.get(meeting)).participants, [{
        participant_name: "Ann",
        user_id: "ou_owner",
        audio: true,
        video: true,
        sharing: false,
        join_time: "1970.01.01 08:01:00 (GMT+08:00)",
        leave_time: "1970.01.01 08:02:52 (GMT+08:00)",
        time_in_meeting: "00:01:52",
        is_external: false
      }])
      const other = { meeting_no: "123456780", meeting_start_time: "3600", meeting_end_time: "7200" }
      const { participants } = yield* ParticipantList.get({ ...other, room_id: "omm_1" })
      assert.deepStrictEqual(participants?.map(({ meeting_room_id }) => meeting_room_id), ["omm_1"])
      assert.strictEqual(yield* tagOf(ParticipantList.get({ ...meeting, meeting_end_time: "300" })), "VcNoMeetingMatches")
      const future = { meeting_start_time: "90000", meeting_end_time: "90060" }
      assert.strictEqual(yield* tagOf(ParticipantList.get({ ...meeting, ...future })), "VcStartTimeInvalid")
      assert.strictEqual(yield* tagOf(ParticipantList.get({ ...meeting, page_token: "x" })), "VcInvalidParam")

      const quality = (request: Partial<ParticipantQualityList.GetRequest> = {}) =>
        ParticipantQualityList.get({ ...meeting, join_time: "60", user_id: "ou_owner", ...request } as ParticipantQualityList.GetRequest)
      const { participant_quality_list } = yield* quality()
      assert.deepStrictEqual(participant_quality_list?.map(({ network }) => network?.time), [
        "1970.01.01 08:01:00 (GMT+08:00)",
        "1970.01.01 08:02:00 (GMT+08:00)"
      ])
      assert.strictEqual(yield* tagOf(quality({ join_time: "61" })), "VcNoDeviceMatches")
      assert.strictEqual(yield* tagOf(quality({ user_id: "ou_guest" })), "VcNoDeviceMatches")
      assert.strictEqual(yield* tagOf(quality({ meeting_end_time: "300" })), "VcNoMeetingMatches")
      assert.strictEqual(yield* tagOf(quality(future)), "VcStartTimeInvalid")
      assert.strictEqual(yield* tagOf(quality({ page_token: "x" })), "VcInvalidParam")
    }).pipe(Effect.provide(platform(contents))))
})

describe("handlers", () => {
  const mine = /^vc\.(bot|export|meeting|note|participant|reserve)\b|^vc\.(meeting|participant|participantQuality|resourceReservation)List\./

  for (const operation of plugin.operations.filter(({ id }) => mine.test(id))) {
    it.effect(`answer whatever may be asked of ${operation.id}, or refuse it`, () =>
      Effect.gen(function*() {
        const { execute } = yield* FeishuClient.FeishuClient
        const { meeting_id } = yield* begun()
        // Sound: whatever it takes and answers, it goes with one of the two tokens, and a file with a scope.
        const any = operation as Operation.Operation<unknown, unknown, unknown, AccessToken.AnyAccessToken | Scope.Scope>
        for (const sample of FastCheck.sample(Arbitrary.make(operation.spec.request!), { numRuns: 10, seed: 1 })) {
          const request = { ...sample as object, ...operation.url.includes(":meeting_id") ? { meeting_id } : {} }
          // Refusals are fine; what a handler cannot answer is a defect.
          yield* Effect.scoped(Effect.either(execute(any, request)))
        }
      }).pipe(Effect.provide(platform())))
  }
})

it.effect("reservations of rooms are the documented ones", () =>
  Effect.gen(function*() {
    const list = (request: Partial<ResourceReservationList.GetRequest> = {}) =>
      Stream.runCollect(ResourceReservationList.get.items({
        room_level_id: "omb_1",
        room_ids: ["omm_1"],
        start_time: "0",
        end_time: "60",
        ...request
      }))
    const titles = Effect.map(Effect.all([list(), list({ need_topic: true })]), (lists) =>
      lists.map((list) => Chunk.toReadonlyArray(list).map(({ event_title }) => event_title)))
    assert.deepStrictEqual(yield* titles, [[undefined], ["飞书邀请的日程"]])
    assert.strictEqual(yield* tagOf(list({ start_time: "1" })), "VcStartTimeInvalid")
  }).pipe(Effect.provide(platform())))

it.effect("one meeting is the same whichever operation looks at it", () =>
  Effect.gen(function*() {
    const { reserve_id, meeting_id, meeting_no } = yield* begun()
    yield* TestClock.adjust("1 minute")
    const { meeting: active } = yield* Reserve.getActiveMeeting({ reserve_id, with_participants: true })
    assert.deepStrictEqual((yield* Meeting.get({ meeting_id, with_participants: true })).meeting, active)
    const { meeting_briefs } = yield* Meeting.listByNo({ meeting_no, start_time: "0", end_time: "60" })
    assert.strictEqual(meeting_briefs?.[0]?.id, meeting_id)
    assert.strictEqual((yield* Meeting.search({ query: "WEEK" })).items?.[0]?.id, meeting_id)
    assert.strictEqual(
      Option.getOrUndefined(yield* Stream.runHead(MeetingList.get.items({ start_time: "0", end_time: "60", meeting_status: 1 })))
        ?.meeting_instance_id,
      meeting_id
    )
  }).pipe(Effect.provide(platform())))
