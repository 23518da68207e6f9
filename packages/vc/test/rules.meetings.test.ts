import { Meeting, MeetingBot, MeetingRecording, Note } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { Either, Redacted, Schema } from "effect"
import { encode } from "../../core/src/internal/encode.ts"
import { fieldsOf } from "../../core/test/body.ts"
import { violations } from "../../core/test/violations.ts"

const users = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `ou_${index}`, user_type: 1 }))
const ids = (count: number) => Array.from({ length: count }, (_, index) => `ou_${index}`)
const userIdType = `user_id_type: must be one of "open_id", "union_id", "user_id"`

describe("vc.meeting.get", () => {
  const get = (fields: object) => violations(Meeting.get, { meeting_id: "m", ...fields })

  it("takes the documented values, and their names, only", () => {
    assert.deepStrictEqual(Object.values(Meeting.QueryMode), [0, 1])
    assert.deepStrictEqual([0, 1].flatMap((query_mode) => get({ query_mode })), [])
    assert.deepStrictEqual(get({ query_mode: 2 }), ["query_mode: must be one of 0, 1"])
    assert.deepStrictEqual(["open_id", "union_id", "user_id"].flatMap((user_id_type) => get({ user_id_type })), [])
    assert.deepStrictEqual(get({ user_id_type: "email" }), [userIdType])
    assert.deepStrictEqual(get({ with_participants: true, with_meeting_ability: false }), [])
    assert.deepStrictEqual(get({ with_participants: 1 }), ["with_participants: must be a boolean"])
    assert.deepStrictEqual(violations(Meeting.get, {}), ["meeting_id: is missing"])
  })

  it("names what answers hold", () => {
    assert.deepStrictEqual(Object.values(Meeting.UserType), [1, 2, 3, 4, 5, 6, 7])
    assert.deepStrictEqual(Object.values(Meeting.MeetingStatus), [1, 2, 3])
    assert.deepStrictEqual(Object.values(Meeting.ParticipantStatus), [1, 2, 3, 4])
    assert.deepStrictEqual(Object.values(Note.ArtifactType), [1, 2])
    assert.deepStrictEqual(Object.values(Note.ReferenceType), [1])
    assert.deepStrictEqual(Object.values(Note.NoteDisplayType), [1, 2])
  })

  it("keeps the password of a meeting to itself", () => {
    const meeting = Schema.decodeUnknownSync(Meeting.Meeting)({ id: "m", password: "971024" })
    assert.strictEqual(JSON.stringify(meeting), `{"id":"m","password":"<redacted>"}`)
    assert.deepStrictEqual(meeting.password, Redacted.make("971024"))
  })
})

describe("vc.meeting.listByNo", () => {
  const list = (fields: object) =>
    violations(Meeting.listByNo, { meeting_no: "123456789", start_time: "1608888000", end_time: "1608888001", ...fields })

  it("takes a number of 9 digits", () => {
    for (const meeting_no of ["12345678", "1234567890", "123 456 789", "12345678a", "", "１２３４５６７８９"]) {
      assert.deepStrictEqual(list({ meeting_no }), ["meeting_no: must be 9 digits"])
    }
    assert.deepStrictEqual(list({ meeting_no: "000000000" }), [])
    assert.deepStrictEqual(list({ meeting_no: 123_456_789 }), ["meeting_no: must be a string"])
  })

  it("ends after it starts, by number and not by text", () => {
    const wrong = ["end_time: must be after start_time"]
    assert.deepStrictEqual(list({ end_time: "1608888000" }), wrong)
    assert.deepStrictEqual(list({ end_time: "1608887999" }), wrong)
    assert.deepStrictEqual(list({ start_time: "9", end_time: "10" }), [])
    assert.deepStrictEqual(list({ start_time: "10", end_time: "9" }), wrong)
  })

  it("takes seconds as text, and all of what it needs", () => {
    assert.deepStrictEqual(list({ end_time: "1608888001.5" }), ["end_time: must be whole seconds since 1970, as text"])
    // Milliseconds where seconds are meant.
    assert.deepStrictEqual(list({ end_time: "1608888001000" }), ["end_time: must be whole seconds since 1970, as text"])
    assert.deepStrictEqual(list({ start_time: 1_608_888_000 }), ["start_time: must be a string"])
    assert.deepStrictEqual(violations(Meeting.listByNo, {}), [
      "meeting_no: is missing",
      "start_time: is missing",
      "end_time: is missing"
    ])
  })

  it("takes pages of 1 to 50", () => {
    assert.deepStrictEqual([1, 50].flatMap((page_size) => list({ page_size })), [])
    for (const page_size of [0, 51]) {
      assert.deepStrictEqual(list({ page_size }), ["page_size: must be a number between 1 and 50"])
    }
    assert.deepStrictEqual(list({ page_size: 1.5 }), ["page_size: must be an integer"])
  })
})

describe("vc.meeting.search", () => {
  const search = (fields: object) => violations(Meeting.search, fields)
  const filter = (meeting_filter: object) => search({ meeting_filter })
  const began = (start_time: object) => filter({ start_time })

  it("needs nothing, and takes pages of 1 to 30", () => {
    assert.deepStrictEqual(search({}), [])
    assert.deepStrictEqual([1, 30].flatMap((page_size) => search({ page_size })), [])
    for (const page_size of [0, 31, 200]) {
      assert.deepStrictEqual(search({ page_size }), ["page_size: must be a number between 1 and 30"])
    }
  })

  it("sends the page in the query, and what it looks for in the body", () => {
    const { body, target } = Either.getOrThrow(
      encode(Meeting.search.spec, { page_size: 30, page_token: "t", query: "weekly" })
    )
    assert.strictEqual(target, "/open-apis/vc/v1/meetings/search?page_token=t&page_size=30")
    assert.deepStrictEqual(fieldsOf(body), { query: "weekly" })
  })

  it("takes words of 1 to 50 characters", () => {
    assert.deepStrictEqual(["x", "会".repeat(50)].flatMap((query) => search({ query })), [])
    assert.deepStrictEqual(search({ query: "" }), ["query: must be a string at least 1 character(s) long"])
    assert.deepStrictEqual(search({ query: "x".repeat(51) }), ["query: must be a string at most 50 character(s) long"])
  })

  it("names at most 128 of each", () => {
    for (const field of ["organizer_ids", "participant_ids", "open_room_ids"]) {
      assert.deepStrictEqual([0, 128].flatMap((count) => filter({ [field]: ids(count) })), [])
      assert.deepStrictEqual(filter({ [field]: ids(129) }), [`meeting_filter.${field}: must be at most 128`])
    }
    assert.deepStrictEqual(filter({ organizer_ids: ids(128), participant_ids: ids(128), open_room_ids: ids(128) }), [])
  })

  it("takes times as ISO 8601 has them, with their offset", () => {
    for (const time of ["2026-03-21T16:15:30+08:00", "2026-03-21T16:15:30Z", "2026-03-21T16:15:30.123-03:30", "2026-03-21T16:15+08:00"]) {
      assert.deepStrictEqual([began({ start_time: time }), began({ end_time: time })].flat(), [])
    }
    for (const time of ["2026-03-21T16:15:30", "2026-03-21", "2026-13-21T16:15:30Z", "2026-03-21T25:15:30Z", "1608888867", "2026-03-21 16:15:30Z", ""]) {
      assert.deepStrictEqual(began({ start_time: time }), [
        "meeting_filter.start_time.start_time: must be a time with its offset, as ISO 8601 has it, for example 2026-03-21T16:15:30+08:00"
      ])
    }
  })

  it("ends no earlier than it starts, wherever the clocks are", () => {
    const wrong = ["meeting_filter.start_time.end_time: must not be before start_time"]
    const from = { start_time: "2026-03-21T16:15:30+08:00" }
    assert.deepStrictEqual(began({}), [])
    assert.deepStrictEqual(began({ ...from, end_time: "2026-03-21T16:15:30+08:00" }), [])
    assert.deepStrictEqual(began({ ...from, end_time: "2026-03-21T08:15:30Z" }), [])
    assert.deepStrictEqual(began({ ...from, end_time: "2026-03-21T08:15:29Z" }), wrong)
    assert.deepStrictEqual(began({ ...from, end_time: "2026-03-21T16:15:29+08:00" }), wrong)
    assert.deepStrictEqual(began({ ...from, end_time: "2026-03-21T17:15:30+09:00" }), [])
  })
})

describe("vc.meeting.invite and vc.meeting.kickout", () => {
  const invite = (invitees: unknown) => violations(Meeting.invite, { meeting_id: "m", invitees })
  const kickout = (kickout_users: unknown) => violations(Meeting.kickout, { meeting_id: "m", kickout_users })

  it("invites at most 10; how many can be removed is not said", () => {
    assert.deepStrictEqual(invite(users(10)), [])
    assert.deepStrictEqual(invite(users(11)), ["invitees: must be at most 10"])
    assert.deepStrictEqual(kickout(users(11)), [])
  })

  it("takes the documented values, and their names, only", () => {
    assert.deepStrictEqual(invite(Object.values(Meeting.UserType).map((user_type) => ({ id: "ou_1", user_type }))), [])
    for (const user_type of [0, 8, "1"]) {
      assert.deepStrictEqual(invite([{ id: "ou_1", user_type }]), ["invitees[0].user_type: must be one of 1, 2, 3, 4, 5, 6, 7"])
      assert.deepStrictEqual(kickout([{ id: "ou_1", user_type }]), [
        "kickout_users[0].user_type: must be one of 1, 2, 3, 4, 5, 6, 7"
      ])
    }
    // The pages mark neither as required.
    assert.deepStrictEqual([invite([{}]), kickout([{}])].flat(), [])
    assert.deepStrictEqual(Object.values(Meeting.InviteStatus), [1, 2])
    assert.deepStrictEqual(Object.values(Meeting.KickoutResult), [1, 2])
  })

  it("needs a meeting and somebody", () => {
    assert.deepStrictEqual(violations(Meeting.invite, {}), ["meeting_id: is missing", "invitees: is missing"])
    assert.deepStrictEqual(violations(Meeting.kickout, {}), ["meeting_id: is missing", "kickout_users: is missing"])
    assert.deepStrictEqual(violations(Meeting.end, {}), ["meeting_id: is missing"])
  })
})

describe("vc.meeting.setHost", () => {
  it("needs a new host, and takes the one there is", () => {
    const [host_user, old_host_user] = users(2)
    assert.deepStrictEqual(violations(Meeting.setHost, { meeting_id: "m", host_user }), [])
    assert.deepStrictEqual(violations(Meeting.setHost, { meeting_id: "m", host_user, old_host_user }), [])
    assert.deepStrictEqual(violations(Meeting.setHost, { meeting_id: "m", old_host_user }), ["host_user: is missing"])
    assert.deepStrictEqual(violations(Meeting.setHost, { meeting_id: "m", host_user, user_id_type: "x" }), [userIdType])
  })

  it("calls the conflict what its page calls it, not what others do", () => {
    assert.deepStrictEqual(Meeting.setHost.spec.statuses, { 121006: 409 })
  })
})

describe("subscriptions", () => {
  it("name an event, or none", () => {
    for (const operation of [Meeting.subscribe, Meeting.unsubscribe, Note.subscribe, Note.unsubscribe]) {
      assert.deepStrictEqual(violations(operation, {}), [])
      assert.deepStrictEqual(violations(operation, { event_type: "vc.note.generated_v1" }), [])
      assert.deepStrictEqual(violations(operation, { event_type: 1 }), ["event_type: must be a string"])
    }
  })
})

describe("vc.meeting.recording.start", () => {
  const start = (timezone: unknown) => violations(MeetingRecording.start, { meeting_id: "m", timezone })

  it("takes whole hours from -12 to 12", () => {
    assert.deepStrictEqual([-12, 0, 8, 12, undefined].flatMap(start), [])
    for (const timezone of [-13, 13]) assert.deepStrictEqual(start(timezone), ["timezone: must be a number between -12 and 12"])
    assert.deepStrictEqual(start(5.5), ["timezone: must be an integer"])
    assert.deepStrictEqual(start("8"), ["timezone: must be a number"])
  })

  it("needs a meeting, as the others do", () => {
    for (const operation of [MeetingRecording.get, MeetingRecording.start, MeetingRecording.stop]) {
      assert.deepStrictEqual(violations(operation, {}), ["meeting_id: is missing"])
    }
  })
})

describe("vc.note.get", () => {
  it("needs the notes", () => {
    assert.deepStrictEqual(violations(Note.get, { note_id: "n", user_id_type: "union_id" }), [])
    assert.deepStrictEqual(violations(Note.get, {}), ["note_id: is missing"])
    assert.deepStrictEqual(violations(Note.get, { note_id: "n", user_id_type: "email" }), [userIdType])
  })
})

describe("vc.bot", () => {
  it("joins the meeting that is named", () => {
    const join = (fields: object) => violations(MeetingBot.join, { join_type: 1, join_identify: { meeting_no: "123456789" }, ...fields })
    assert.deepStrictEqual(Object.values(MeetingBot.JoinType), [1])
    assert.deepStrictEqual(Object.values(MeetingBot.JoinAction), [1, 2])
    assert.deepStrictEqual(join({}), [])
    assert.deepStrictEqual(join({ action: 2, call_id: "7c9e6679" }), [])
    assert.deepStrictEqual(join({ join_type: 1.5 }), ["join_type: must be an integer"])
    assert.deepStrictEqual(join({ action: "1" }), ["action: must be a number"])
    assert.deepStrictEqual(violations(MeetingBot.join, {}), ["join_type: is missing", "join_identify: is missing"])
  })

  it("takes a password that nobody else gets to see, and sends it as it is", () => {
    const request = { join_type: 1, join_identify: { meeting_no: "123456789" }, password: Redacted.make("8642") }
    const { body } = Either.getOrThrow(encode(MeetingBot.join.spec, request))
    assert.deepStrictEqual(fieldsOf(body), { ...request, password: "8642" })
    const [refused = ""] = violations(MeetingBot.join, { ...request, password: "8642" })
    assert.match(refused, /^password: /)
    assert.notInclude(refused, "8642")
  })

  it("leaves, and writes to, a meeting", () => {
    assert.deepStrictEqual(violations(MeetingBot.leave, { meeting_id: "m" }), [])
    assert.deepStrictEqual(violations(MeetingBot.leave, {}), ["meeting_id: is missing"])
    assert.deepStrictEqual(Object.values(MeetingBot.MessageType), ["text", "reaction"])
    assert.deepStrictEqual(violations(MeetingBot.sendMessage, { meeting_id: "m", msg_type: "text", content: "hello", uuid: "u" }), [])
    assert.deepStrictEqual(violations(MeetingBot.sendMessage, {}), [
      "meeting_id: is missing",
      "msg_type: is missing",
      "content: is missing"
    ])
  })

  it("asks for what happened, from and until when", () => {
    const events = (fields: object) => violations(MeetingBot.events, { meeting_id: "m", ...fields })
    assert.deepStrictEqual(events({ start_time: "1608888000", end_time: "1608888000", page_size: 1, user_id_type: "user_id" }), [])
    assert.deepStrictEqual(events({ start_time: "2026-03-21T16:15:30Z" }), ["start_time: must be whole seconds since 1970, as text"])
    assert.deepStrictEqual(events({ page_size: 0 }), ["page_size: must be a positive number"])
    assert.deepStrictEqual(events({ page_size: 1.5 }), ["page_size: must be an integer"])
    assert.deepStrictEqual(events({ user_id_type: "email" }), [userIdType])
    assert.deepStrictEqual(violations(MeetingBot.events, {}), ["meeting_id: is missing"])
  })

  it("asks for the meetings of a user, or of the token's own", () => {
    assert.deepStrictEqual(violations(MeetingBot.userActiveMeeting, {}), [])
    assert.deepStrictEqual(violations(MeetingBot.userActiveMeeting, { user_id: "ou_1", user_id_type: "open_id" }), [])
    assert.deepStrictEqual(violations(MeetingBot.userActiveMeeting, { user_id_type: "email" }), [userIdType])
  })
})
