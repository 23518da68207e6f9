import type { Operation } from "@effect-feishu/core"
import { Alert, Export, MeetingList, ParticipantList, ParticipantQualityList, Report, ResourceReservationList } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { ParseResult, Schema } from "effect"
import { encode } from "../../core/src/internal/encode.ts"
import { violations } from "../../core/test/violations.ts"

const start = 1_655_276_858
const hour = 3_600
const day = 24 * hour
const year = 366 * day

const span = { start_time: String(start), end_time: String(start + hour) }
const meetingSpan = { meeting_start_time: span.start_time, meeting_end_time: span.end_time }
const meeting = { ...meetingSpan, meeting_no: "123456789" }
const participant = { ...meeting, join_time: String(start + 60), user_id: "ou_1" }
const rooms = { ...span, room_level_id: "omb_1", room_ids: ["omm_1"] }

/** Operations with a request that keeps the rules, under the names of their two times. */
const times = {
  start_time: [
    [MeetingList.get, span],
    [ResourceReservationList.get, rooms],
    [Report.getDaily, span],
    [Report.getTopUser, { ...span, limit: 10, order_by: 1 }],
    [Export.meetingList, span],
    [Export.resourceReservationList, rooms],
    [Alert.list, span]
  ],
  meeting_start_time: [
    [ParticipantList.get, meeting],
    [ParticipantQualityList.get, participant],
    [Export.participantList, meeting],
    [Export.participantQualityList, participant]
  ]
} satisfies Record<string, ReadonlyArray<readonly [Operation.Operation.Any, object]>>

const all = (["start_time", "meeting_start_time"] as const).flatMap((from) =>
  times[from].map(([operation, request]) => ({ operation, request, from, to: from.replace("start", "end") }))
)

describe("two times", () => {
  for (const { from, operation, request, to } of all) {
    const between = (began: unknown, ended: unknown) => violations(operation, { ...request, [from]: began, [to]: ended })

    it(`of ${operation.id} are whole seconds, as text, and in order`, () => {
      assert.deepStrictEqual(between(String(start), String(start + 1)), [])
      assert.deepStrictEqual(between(String(start), String(start)), [])
      assert.deepStrictEqual(between(String(start), String(start - 1)), [`${to}: must not be before ${from}`])
      // As numbers, not as text.
      assert.deepStrictEqual(between("9", "10"), [])
      for (const wrong of ["-1", "1.5", "1e9", "", " 1", "2022-06-15"]) {
        assert.deepStrictEqual(between(wrong, String(start)), [`${from}: must be whole seconds since 1970, as text`])
      }
      assert.deepStrictEqual(between(start, String(start + 1)), [`${from}: must be a string`])
      assert.deepStrictEqual(between(undefined, String(start)), [`${from}: must be a string`])
    })

    const longest = new Map<Operation.Operation.Any, readonly [number, string]>([
      [MeetingList.get, [year, "one year (366 days)"]],
      [ParticipantList.get, [day, "one day"]],
      [ParticipantQualityList.get, [day, "one day"]],
      [ResourceReservationList.get, [day, "one day"]]
    ]).get(operation)

    it(`of ${operation.id} are ${longest === undefined ? "as far apart as the platform lets them" : `at most ${longest[1]} apart`}`, () => {
      const apart = (seconds: number) => between(String(start), String(start + seconds))
      if (longest === undefined) return assert.deepStrictEqual(apart(2 * year), [])
      const [seconds, said] = longest
      assert.deepStrictEqual(apart(seconds), [])
      assert.deepStrictEqual(apart(seconds + 1), [`${to}: must be at most ${said} after ${from}`])
    })
  }
})

describe("one filter", () => {
  const filters = [["meeting_no", "123456789"], ["user_id", "ou_1"], ["room_id", "omm_1"]] as const

  for (const operation of [MeetingList.get, Export.meetingList]) {
    it(`of number, user and room is what ${operation.id} takes`, () => {
      assert.deepStrictEqual(violations(operation, span), [])
      assert.deepStrictEqual(violations(operation, { ...span, meeting_no: undefined, user_id: undefined, room_id: undefined }), [])
      for (const [name, value] of filters) {
        assert.deepStrictEqual(violations(operation, { ...span, [name]: value, meeting_type: 2 }), [])
        for (const [other, otherValue] of filters.filter(([other]) => other > name)) {
          const [first, second] = filters.map(([each]) => each).filter((each) => each === name || each === other)
          assert.deepStrictEqual(violations(operation, { ...span, [name]: value, [other]: otherValue }), [
            `${second}: must be absent where ${first} is given`
          ])
        }
      }
      assert.deepStrictEqual(violations(operation, { ...span, ...Object.fromEntries(filters) }), [
        "user_id: must be absent where meeting_no is given"
      ])
    })
  }

  for (const operation of [ParticipantList.get, Export.participantList]) {
    it(`of user and room, or none, is what ${operation.id} takes`, () => {
      for (const filter of [{}, { user_id: "ou_1" }, { room_id: "omm_1" }, { user_id: undefined, room_id: "omm_1" }]) {
        assert.deepStrictEqual(violations(operation, { ...meeting, ...filter }), [])
      }
      assert.deepStrictEqual(violations(operation, { ...meeting, user_id: "ou_1", room_id: "omm_1" }), [
        "room_id: must be absent where user_id is given"
      ])
    })
  }

  for (const operation of [ParticipantQualityList.get, Export.participantQualityList]) {
    it(`of user and room is what ${operation.id} needs`, () => {
      const of = (who: object) => violations(operation, { ...participant, user_id: undefined, ...who })
      assert.deepStrictEqual(of({ user_id: "ou_1" }), [])
      assert.deepStrictEqual(of({ room_id: "omm_1" }), [])
      assert.deepStrictEqual(of({}), ["user_id: is required without room_id"])
      assert.deepStrictEqual(of({ user_id: "ou_1", room_id: "omm_1" }), ["room_id: must be absent where user_id is given"])
    })

    it(`is not all that ${operation.id} needs`, () => {
      assert.deepStrictEqual(violations(operation, {}), [
        "meeting_no: is missing",
        "meeting_start_time: is missing",
        "meeting_end_time: is missing",
        "join_time: is missing"
      ])
      assert.deepStrictEqual(violations(operation, { ...participant, join_time: "2022.12.23 11:16:59 (GMT+08:00)" }), [
        "join_time: must be whole seconds since 1970, as text"
      ])
    })
  }
})

describe("a meeting number", () => {
  for (
    const [operation, request] of [
      [MeetingList.get, span],
      [Export.meetingList, span],
      [ParticipantList.get, meeting],
      [Export.participantList, meeting],
      [ParticipantQualityList.get, participant],
      [Export.participantQualityList, participant]
    ] as const
  ) {
    it(`of ${operation.id} has 9 digits`, () => {
      const numbered = (meeting_no: unknown) => violations(operation, { ...request, meeting_no })
      assert.deepStrictEqual(["123456789", "000000000"].flatMap(numbered), [])
      for (const wrong of ["12345678", "1234567890", "-12345678", "12345678x", "123 456 789", "", "٣٣٣٣٣٣٣٣٣", "123456789\n"]) {
        assert.deepStrictEqual(numbered(wrong), ["meeting_no: must be 9 digits"])
      }
      assert.deepStrictEqual(numbered(123_456_789), ["meeting_no: must be a string"])
    })
  }

  it("is needed wherever it is about one meeting", () => {
    for (const operation of [ParticipantList.get, Export.participantList]) {
      assert.deepStrictEqual(violations(operation, meetingSpan), ["meeting_no: is missing"])
    }
  })
})

describe("a page", () => {
  it("of a list holds 20 to 100", () => {
    for (
      const [operation, request] of [
        [MeetingList.get, span],
        [ParticipantList.get, meeting],
        [ParticipantQualityList.get, participant],
        [ResourceReservationList.get, rooms]
      ] as const
    ) {
      const size = (page_size: unknown) => violations(operation, { ...request, page_size, page_token: "20" })
      assert.deepStrictEqual([undefined, 20, 100].flatMap(size), [])
      for (const wrong of [0, 19, 101]) assert.deepStrictEqual(size(wrong), ["page_size: must be a number between 20 and 100"])
      assert.deepStrictEqual(size(20.5), ["page_size: must be an integer"])
    }
  })

  it("of alerts holds 1 to 200: the lower of two documented maxima", () => {
    const size = (page_size: unknown) => violations(Alert.list, { ...span, page_size })
    assert.deepStrictEqual([undefined, 1, 200].flatMap(size), [])
    for (const wrong of [0, 201, 1000]) assert.deepStrictEqual(size(wrong), ["page_size: must be a number between 1 and 200"])
    assert.deepStrictEqual(size("100"), ["page_size: must be a number"])
  })

  it("is nothing an export has", () => {
    assert.deepStrictEqual(violations(Export.meetingList, { ...span, page_size: 20 }), ["page_size: is unexpected"])
  })
})

describe("the documented values, and their names, only", () => {
  const takes = (operation: Operation.Operation.Any, request: object, field: string, values: Readonly<Record<string, unknown>>, no: unknown) => {
    const given = (value: unknown) => violations(operation, { ...request, [field]: value })
    const known = Object.values(values)
    assert.deepStrictEqual([undefined, ...known].flatMap(given), [])
    assert.deepStrictEqual(given(no), [`${field}: must be one of ${known.map((value) => JSON.stringify(value)).join(", ")}`])
  }

  it("of meeting_status: what is still to come can be exported, and not be listed", () => {
    const { MeetingStatus } = MeetingList
    const { ended, ongoing } = MeetingStatus
    takes(MeetingList.get, span, "meeting_status", { ongoing, ended }, MeetingStatus.upcoming)
    takes(ParticipantList.get, meeting, "meeting_status", MeetingStatus, 0)
    takes(Export.meetingList, span, "meeting_status", MeetingStatus, 4)
    takes(Export.participantList, meeting, "meeting_status", MeetingStatus, "2")
  })

  it("of the other enumerations", () => {
    takes(MeetingList.get, span, "meeting_type", MeetingList.MeetingType, 0)
    takes(Export.meetingList, span, "meeting_type", MeetingList.MeetingType, 4)
    takes(ParticipantList.get, meeting, "webinar_user_role", ParticipantList.WebinarUserRole, 0)
    takes(Report.getDaily, span, "unit", Report.Unit, 4)
    takes(Alert.list, span, "query_type", Alert.QueryType, 0)
    const top = { ...span, limit: 1 }
    takes(Report.getTopUser, { ...top, order_by: 1 }, "unit", Report.Unit, -1)
    assert.deepStrictEqual(Object.values(Report.OrderBy).flatMap((order_by) => violations(Report.getTopUser, { ...top, order_by })), [])
    assert.deepStrictEqual(violations(Report.getTopUser, { ...top, order_by: 3 }), ["order_by: must be one of 1, 2"])
    for (const [operation, request] of [[Report.getTopUser, { ...top, order_by: 1 }], [MeetingList.get, span], [Export.meetingList, span]] as const) {
      takes(operation, request, "user_id_type", { open_id: "open_id", union_id: "union_id", user_id: "user_id" }, "email")
    }
  })

  it("of those in answers", () => {
    assert.deepStrictEqual(Object.values(MeetingList.MeetingSubtype), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert.deepStrictEqual(Object.values(ParticipantList.AcceptStatus), [1, 2, 3, 4])
    assert.deepStrictEqual(Object.values(Alert.MonitorTarget), [1, 2, 3, 4, 5, 6, 7])
    assert.deepStrictEqual(Object.values(Alert.AlertLevel), [0, 1, 2])
    assert.deepStrictEqual(Object.values(Alert.ContactType), [1, 2, 3])
    assert.deepStrictEqual(Object.values(Alert.ProcessStatus), [0, 1, 2, 3, 4])
    assert.deepStrictEqual(Object.values(Export.TaskStatus), [1, 2, 3])
  })
})

describe("vc.report.getTopUser", () => {
  it("answers 1 to 100 of them", () => {
    const top = (limit: unknown) => violations(Report.getTopUser, { ...span, order_by: 1, limit })
    assert.deepStrictEqual([1, 100].flatMap(top), [])
    for (const wrong of [0, -1, 101]) assert.deepStrictEqual(top(wrong), ["limit: must be a number between 1 and 100"])
    assert.deepStrictEqual(top(1.5), ["limit: must be an integer"])
    assert.deepStrictEqual(violations(Report.getTopUser, span), ["limit: is missing", "order_by: is missing"])
  })
})

describe("rooms", () => {
  const query = (request: object) => {
    const encoded = encode(ResourceReservationList.get.spec, request)
    assert(encoded._tag === "Right")
    return new URL(encoded.right.target, "https://open.feishu.cn").searchParams
  }

  it("of the list are at least one, and each is sent under the same name", () => {
    assert.deepStrictEqual(violations(ResourceReservationList.get, { ...rooms, room_ids: [] }), ["room_ids[0]: is missing"])
    assert.deepStrictEqual(violations(ResourceReservationList.get, { ...rooms, room_ids: undefined }), ["room_ids: must be a list"])
    assert.deepStrictEqual(violations(ResourceReservationList.get, { ...rooms, room_ids: "omm_1" }), ["room_ids: must be a list"])
    const sent = query({ ...rooms, room_ids: ["omm_1", "omm,2", "omm_3"], is_exclude: true, need_topic: false })
    assert.deepStrictEqual(sent.getAll("room_ids"), ["omm_1", "omm,2", "omm_3"])
    assert.deepStrictEqual([sent.get("is_exclude"), sent.get("need_topic")], ["true", "false"])
  })

  it("of the export are any number, or none", () => {
    for (const room_ids of [undefined, [], ["omm_1"]]) {
      assert.deepStrictEqual(violations(Export.resourceReservationList, { ...rooms, room_ids }), [])
    }
    for (const operation of [ResourceReservationList.get, Export.resourceReservationList]) {
      assert.deepStrictEqual(violations(operation, { ...span, room_ids: ["omm_1"] }), ["room_level_id: is missing"])
      assert.deepStrictEqual(violations(operation, { ...rooms, is_exclude: "true" }), ["is_exclude: must be a boolean"])
    }
  })
})

describe("an alert", () => {
  const read = (notifyMethods: unknown) =>
    ParseResult.decodeUnknownSync(Schema.Struct({ items: Schema.Array(Alert.AlertRecord) }))({ items: [{ notifyMethods }] })
      .items[0]!.notifyMethods

  it("says how contacts were told, in either form", () => {
    const methods = Object.values(Alert.NotifyMethod)
    assert.deepStrictEqual(methods, [0, 1])
    assert.deepStrictEqual(read(methods), [0, 1])
    assert.deepStrictEqual(read([methods]), [0, 1])
    assert.deepStrictEqual(read([]), [])
    assert.deepStrictEqual(read([[]]), [])
    assert.deepStrictEqual(read([2, [3]]), [2, 3])
    assert.strictEqual(read(undefined), undefined)
    assert.throws(() => read([["0"]]))
  })
})
