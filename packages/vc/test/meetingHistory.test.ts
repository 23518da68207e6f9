import { AccessToken } from "@effect-feishu/core"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Meeting, MeetingHistory, MeetingRecording } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, DateTime, Duration, Effect, Fiber, Option, Schedule, Stream, TestClock } from "effect"

const meeting_no = "123456789"
const start = DateTime.unsafeMake("2026-09-01T08:00:00Z")
const now = DateTime.unsafeMake("2026-10-01T08:00:00Z")

const after = (time: DateTime.Utc, days: number) => DateTime.add(time, { days })

const meeting = (meeting_id: string, days: number, more: Partial<VcFake.Meeting> = {}): VcFake.Meeting => ({
  meeting_id,
  meeting_no,
  owner: "ou_owner",
  start_time: after(start, days),
  lasted: "1 hour",
  ...more
})

const month: VcFake.Contents = {
  meetings: [
    meeting("m1", 0, { participants: ["ou_owner", "ou_guest", { id: "omm_1", user_type: 2 }] }),
    meeting("m2", 7, { recording: false }),
    meeting("m3", 14, { recording: "30 days" }),
    meeting("m4", 21, { owner: "ou_guest" }),
    meeting("other", 7, { meeting_no: "987654321" }),
    meeting("m5", 30, { ongoing: true })
  ]
}

const platform = (contents = month) => FakeFeishu.layerClient({ domains: [VcFake.domainOf(contents)], user: { open_id: "ou_owner" } })

const request: MeetingHistory.Request = { meeting_no, from: start, to: after(now, 1) }

/** All of a history, read at `now`: the clock goes on meanwhile. */
const history = <E, R>(self: Stream.Stream<MeetingHistory.Entry, E, R>, at = now) =>
  Effect.gen(function*() {
    yield* TestClock.setTime(DateTime.toEpochMillis(at))
    const reading = yield* Effect.fork(Stream.runCollect(self))
    yield* TestClock.adjust("10 minutes")
    return Chunk.toReadonlyArray(yield* Fiber.join(reading))
  })

const named = (entry: MeetingHistory.Entry) =>
  entry._tag === "Held"
    ? [entry.meeting.id, entry.recording._tag]
    : entry._tag === "Unread"
    ? [entry.meeting.id, entry.error._tag]
    : [entry._tag, `${DateTime.formatIso(entry.from)} ${DateTime.formatIso(entry.to)}`]

describe("the history of a meeting number", () => {
  it.effect("tells every meeting, who took part, and what became of the recording", () =>
    Effect.gen(function*() {
      const entries = yield* history(MeetingHistory.read(request))
      assert.deepStrictEqual(entries.map(named), [
        ["m1", "Ready"],
        ["m2", "None"],
        ["m3", "Processing"],
        ["m4", "Ready"],
        ["m5", "None"]
      ])
      const [first] = entries
      assert(first?._tag === "Held")
      assert.deepStrictEqual(first.participants.map(({ id }) => id), ["ou_owner", "ou_guest", "omm_1"])
      assert(first.recording._tag === "Ready")
      const { duration, minute_token, url } = first.recording
      assert.deepStrictEqual(duration, Option.some(Duration.hours(1)))
      assert.strictEqual(url, `https://meetings.feishu.cn/minutes/${Option.getOrThrow(minute_token)}`)
      // What goes on is not asked for a recording.
      assert.strictEqual(yield* (yield* FakeFeishu.FakeFeishu).effectsOf(MeetingRecording.get), 2)
      assert.strictEqual((yield* (yield* FakeFeishu.FakeFeishu).requestsOf(MeetingRecording.get)).length, 4)
    }).pipe(Effect.provide(platform())))

  it.effect("tells with which ids it is asked", () =>
    Effect.gen(function*() {
      const [first] = yield* history(MeetingHistory.read(request, { user_id_type: "user_id" }))
      assert(first?._tag === "Held")
      assert.isFalse(first.participants.some(({ id }) => id === "omm_1"))
    }).pipe(Effect.provide(platform())))

  it.effect("waits for recordings, if asked to, and no longer than asked to", () =>
    Effect.gen(function*() {
      const soon = { meetings: [meeting("m1", 29, { recording: "1 day" }), meeting("m2", 29, { recording: "30 days" })] }
      yield* (yield* VcFake.VcFake).add(soon)
      // An hour before the first is complete.
      const reading = yield* Effect.zipRight(
        TestClock.setTime(DateTime.toEpochMillis(now)),
        Effect.fork(Stream.runCollect(MeetingHistory.read(request, { wait: { timeout: "2 hours", schedule: Schedule.spaced("1 minute") } })))
      )
      yield* TestClock.adjust("2 hours")
      const entries = Chunk.toReadonlyArray(yield* Fiber.join(reading))
      assert.deepStrictEqual(entries.map(named), [["m1", "Ready"], ["m2", "Processing"]])
      assert.deepStrictEqual((yield* history(MeetingHistory.read(request, { wait: true }), after(now, 1))).map(named), [
        ["m1", "Ready"],
        ["m2", "Processing"]
      ])
    }).pipe(Effect.provide(platform({}))))

  it.effect("loses no meeting to another one's failure", () =>
    Effect.gen(function*() {
      const { script } = yield* FakeFeishu.FakeFeishu
      const forbidden = { status: 403, code: 121005, msg: "no permission" }
      yield* script(Meeting.get, Fault.answer(forbidden))
      yield* script(MeetingRecording.get, Fault.answer(forbidden))
      yield* script(MeetingRecording.get, Fault.answer({ status: 400, code: 121003, msg: "param error" }))
      yield* script(MeetingRecording.get, Fault.answer({ status: 400, code: 122001, msg: "meeting status unexpected" }))
      const entries = yield* history(MeetingHistory.read(request, { concurrency: 1 }))
      assert.deepStrictEqual(entries.map(named), [
        ["m1", "VcNoPermission"],
        ["m2", "Forbidden"],
        ["m3", "Failed"],
        ["m4", "None"],
        ["m5", "None"]
      ])
      const [, , third] = entries
      assert(third?._tag === "Held" && third.recording._tag === "Failed")
      assert.strictEqual(third.recording.error._tag, "VcInvalidParam")
      assert.strictEqual(third.participants.length, 1)
    }).pipe(Effect.provide(platform())))

  it.effect("has only the user's own meetings where a user asks", () =>
    Effect.gen(function*() {
      const entries = yield* history(
        Stream.fromIterableEffect(Effect.scoped(AccessToken.asUser(Stream.runCollect(MeetingHistory.read(request)))))
      )
      assert.deepStrictEqual(entries.map(named)[3], ["m4", "VcNoPermission"])
      assert.strictEqual(entries.length, 5)
    }).pipe(Effect.provide(platform())))

  it.effect("fails where the list does", () =>
    Effect.gen(function*() {
      const failure = (request: MeetingHistory.Request) => Effect.flip(history(MeetingHistory.read(request)))
      assert.strictEqual((yield* failure({ ...request, meeting_no: "1" }))._tag, "RequestInvalid")
      assert.strictEqual((yield* failure({ ...request, to: start }))._tag, "RequestInvalid")
      const { script } = yield* FakeFeishu.FakeFeishu
      yield* script(Meeting.listByNo, Fault.answer({ status: 400, code: 121003, msg: "param error" }))
      assert.strictEqual((yield* failure(request))._tag, "VcInvalidParam")
    }).pipe(Effect.provide(platform())))

  it.effect("says which part of the span is out of reach", () =>
    Effect.gen(function*() {
      const at = after(start, 100)
      const reach = "2026-09-11T08:00:01.000Z"
      assert.deepStrictEqual((yield* history(MeetingHistory.read(request), at)).map(named), [
        ["OutOfReach", `2026-09-01T08:00:00.000Z ${reach}`],
        ["m3", "Ready"],
        ["m4", "Ready"],
        ["m5", "None"]
      ])
      const gone = { meeting_no, from: start, to: after(start, 1) }
      assert.deepStrictEqual((yield* history(MeetingHistory.read(gone), at)).map(named), [
        ["OutOfReach", "2026-09-01T08:00:00.000Z 2026-09-02T08:00:00.000Z"]
      ])
    }).pipe(Effect.provide(platform())))

  it.effect("asks for long spans piece by piece, and page by page, and tells nothing twice", () =>
    Effect.gen(function*() {
      const { requestsOf } = yield* FakeFeishu.FakeFeishu
      const whole = yield* history(MeetingHistory.read(request))
      assert.strictEqual((yield* requestsOf(Meeting.listByNo)).length, 3)
      assert.strictEqual(whole.length, 120)
      const ids = (entries: ReadonlyArray<MeetingHistory.Entry>) => entries.map((entry) => entry._tag === "Held" ? entry.meeting.id : "")
      assert.deepStrictEqual(ids(whole), Array.from({ length: 120 }, (_, index) => `m${index}`))
      const pieces = yield* history(MeetingHistory.read(request, { window: "1 day", concurrency: 16 }))
      assert.deepStrictEqual(ids(pieces), ids(whole))
      assert.strictEqual((yield* requestsOf(Meeting.listByNo)).length, 3 + 31)
    }).pipe(Effect.provide(platform({
      meetings: Array.from({ length: 120 }, (_, index) => meeting(`m${index}`, index / 4, { lasted: "1 minute", recording: false }))
    }))))
})

it("the minutes of a recording are the end of its link", () => {
  const token = (url: string) => Option.getOrUndefined(MeetingHistory.minuteToken(url))
  assert.strictEqual(token("https://meetings.feishu.cn/minutes/obcn37dxcftoc3656rgyejm7"), "obcn37dxcftoc3656rgyejm7")
  assert.strictEqual(token("https://acme.larksuite.com/minutes/obcn37/?from=vc#t"), "obcn37")
  for (const url of ["", "minutes/obcn37", "https://acme.feishu.cn/minutes/", "https://acme.feishu.cn/docx/obcn37", "https://acme.feishu.cn/minutes/a/b"]) {
    assert.strictEqual(token(url), undefined)
  }
})
