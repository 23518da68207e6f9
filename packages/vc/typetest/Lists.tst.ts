import type { AccessToken, CallError, Download, FeishuClient, Operation, Waiter } from "@effect-feishu/core"
import type { VcError } from "@effect-feishu/vc"
import { Alert, Export, MeetingList, ParticipantList, ParticipantQualityList, Report, ResourceReservationList } from "@effect-feishu/vc"
import type { Layer, Scope, Stream } from "effect"
import { Effect } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

const span = { start_time: "1655276858", end_time: "1655280458" } as const
const meeting = { meeting_no: "123456789", meeting_start_time: "1655276858", meeting_end_time: "1655280458" } as const
const joined = { ...meeting, join_time: "1655276900" } as const
const rooms = { ...span, room_level_id: "omb_1" } as const

declare const someRooms: ReadonlyArray<string>

type CommonError =
  | VcError.VcInternalError
  | VcError.VcNotSupported
  | VcError.VcInvalidParam
  | VcError.VcDataNotFound
  | VcError.VcNoPermission

type Either = FeishuClient.FeishuClient | AccessToken.AnyAccessToken
type Tenant = FeishuClient.FeishuClient | AccessToken.TenantAccessToken

describe("failures, exactly", () => {
  test("of meetings", () => {
    type Failure =
      | CommonError
      | VcError.VcMeetingNumberInvalid
      | VcError.VcMeetingNumberLength
      | VcError.VcStartTimeInvalid
      | VcError.VcTimeSpanInvalid
      | VcError.VcFilterExclusive
      | VcError.VcRoomFilterUnsupported
      | VcError.VcFutureTimeSpanInvalid
      | CallError.CallError
    expect(MeetingList.get(span)).type.toBe<Effect.Effect<MeetingList.GetResponse, Failure, Either>>()
    expect(MeetingList.get.items(span)).type.toBe<
      Stream.Stream<MeetingList.MeetingInfo, Failure | Operation.PaginationLoop, Either>
    >()
  })

  test("of participants", () => {
    type Failure =
      | CommonError
      | VcError.VcMeetingNumberInvalid
      | VcError.VcMeetingNumberLength
      | VcError.VcStartTimeInvalid
      | VcError.VcTimeSpanInvalid
      | VcError.VcUserAndRoomExclusive
      | VcError.VcNoMeetingMatches
      | CallError.CallError
    expect(ParticipantList.get(meeting)).type.toBe<
      Effect.Effect<ParticipantList.GetResponse, Failure | VcError.VcRoomFilterUnsupported, Either>
    >()
    expect(ParticipantQualityList.get({ ...joined, user_id: "ou_1" })).type.toBe<
      Effect.Effect<ParticipantQualityList.GetResponse, Failure | VcError.VcNoDeviceMatches, Either>
    >()
  })

  test("of reservations", () => {
    expect(ResourceReservationList.get({ ...rooms, room_ids: ["omm_1"] })).type.toBe<
      Effect.Effect<
        ResourceReservationList.GetResponse,
        CommonError | VcError.VcStartTimeInvalid | VcError.VcTimeSpanInvalid | CallError.CallError,
        Either
      >
    >()
  })

  test("of reports", () => {
    type Failure = VcError.VcInternalError | VcError.VcNotSupported | VcError.VcInvalidParam | CallError.CallError
    expect(Report.getDaily(span)).type.toBe<Effect.Effect<Report.GetDailyResponse, Failure, Tenant>>()
    expect(Report.getTopUser({ ...span, limit: 10, order_by: 1 })).type.toBe<
      Effect.Effect<Report.GetTopUserResponse, Failure | VcError.VcTopUserIdUnavailable, Tenant>
    >()
  })

  test("of alerts", () => {
    expect(Alert.list.items(span)).type.toBe<
      Stream.Stream<
        Alert.AlertRecord,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | CallError.CallError
        | Operation.PaginationLoop,
        Tenant
      >
    >()
  })

  test("of starting an export: what a fault left behind is unknown", () => {
    expect(Export.meetingList(span)).type.toBe<
      Effect.Effect<Export.Task, Exclude<CommonError, VcError.VcInternalError> | CallError.CallError, Either>
    >()
  })

  test("of an export's file, from its start on", () => {
    expect(Export.download({ file_token: "t" })).type.toBe<
      Effect.Effect<Download.Download, CommonError | CallError.CallError, Either | Scope.Scope>
    >()
    expect(Export.wait({ task_id: "1" })).type.toBe<
      Effect.Effect<
        Export.FinishedTask,
        CommonError | CallError.CallError | Waiter.WaitTimeout | Export.ExportFailed,
        Either
      >
    >()
    expect(Export.progress({ task_id: "1" })).type.toBe<
      Stream.Stream<Export.GetResponse, CommonError | CallError.CallError | Waiter.WaitTimeout, Either>
    >()
    expect(Export.fetch(Export.meetingList(span))).type.toBe<
      Stream.Stream<
        Uint8Array,
        CommonError | CallError.CallError | Waiter.WaitTimeout | Export.ExportFailed | Download.ContentError,
        Either
      >
    >()
  })
})

describe("credentials", () => {
  test("of lists and exports are either", () => {
    expect(run).type.toBeCallableWith(Effect.provide(MeetingList.get(span), asTenant))
    expect(run).type.toBeCallableWith(Effect.provide(MeetingList.get(span), asUser))
    expect(run).type.toBeCallableWith(Effect.provide(Export.wait({ task_id: "1" }), asTenant))
    expect(run).type.toBeCallableWith(Effect.provide(Export.wait({ task_id: "1" }), asUser))
  })

  test("of reports and alerts are the tenant's", () => {
    expect(run).type.toBeCallableWith(Effect.provide(Report.getDaily(span), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(Report.getDaily(span), asUser))
    expect(run).type.not.toBeCallableWith(Effect.provide(Alert.list(span), asUser))
  })
})

describe("filters", () => {
  test("of meetings are one of number, user and room", () => {
    const list = taking(MeetingList.get)
    const start = taking(Export.meetingList)
    expect(list).type.toBeCallableWith(span)
    expect(list).type.toBeCallableWith({ ...span, meeting_no: "123456789" })
    expect(list).type.toBeCallableWith({ ...span, user_id: "ou_1", room_id: undefined })
    expect(list).type.toBeCallableWith({ ...span, room_id: "omm_1", meeting_type: MeetingList.MeetingType.video })
    expect(list).type.not.toBeCallableWith({ ...span, meeting_no: "123456789", user_id: "ou_1" })
    expect(list).type.not.toBeCallableWith({ ...span, meeting_no: "123456789", room_id: "omm_1" })
    expect(list).type.not.toBeCallableWith({ ...span, user_id: "ou_1", room_id: "omm_1" })
    expect(start).type.toBeCallableWith(span)
    expect(start).type.toBeCallableWith({ ...span, meeting_no: "123456789" })
    expect(start).type.toBeCallableWith({ ...span, user_id: "ou_1", room_id: undefined })
    expect(start).type.toBeCallableWith({ ...span, room_id: "omm_1", meeting_type: MeetingList.MeetingType.video })
    expect(start).type.not.toBeCallableWith({ ...span, meeting_no: "123456789", user_id: "ou_1" })
    expect(start).type.not.toBeCallableWith({ ...span, meeting_no: "123456789", room_id: "omm_1" })
    expect(start).type.not.toBeCallableWith({ ...span, user_id: "ou_1", room_id: "omm_1" })
    expect(list).type.toBeCallableWith({ ...span, page_size: 20, include_webinar: true })
    expect(start).type.not.toBeCallableWith({ ...span, page_size: 20 })
    expect(start).type.not.toBeCallableWith({ ...span, include_webinar: true })
  })

  test("of participants are one of user and room, or none", () => {
    expect(taking(ParticipantList.get)).type.toBeCallableWith(meeting)
    expect(taking(ParticipantList.get)).type.toBeCallableWith({ ...meeting, user_id: "ou_1" })
    expect(taking(ParticipantList.get)).type.toBeCallableWith({ ...meeting, room_id: "omm_1" })
    expect(taking(ParticipantList.get)).type.not.toBeCallableWith({ ...meeting, user_id: "ou_1", room_id: "omm_1" })
    expect(taking(Export.participantList)).type.toBeCallableWith(meeting)
    expect(taking(Export.participantList)).type.toBeCallableWith({ ...meeting, user_id: "ou_1" })
    expect(taking(Export.participantList)).type.toBeCallableWith({ ...meeting, room_id: "omm_1" })
    expect(taking(Export.participantList)).type.not.toBeCallableWith({ ...meeting, user_id: "ou_1", room_id: "omm_1" })
    expect(taking(ParticipantList.get)).type.not.toBeCallableWith({ ...meeting, webinar_user_role: 0 })
  })

  test("of one participant are user or room", () => {
    expect(taking(ParticipantQualityList.get)).type.toBeCallableWith({ ...joined, user_id: "ou_1" })
    expect(taking(ParticipantQualityList.get)).type.toBeCallableWith({ ...joined, room_id: "omm_1" })
    expect(taking(ParticipantQualityList.get)).type.not.toBeCallableWith(joined)
    expect(taking(ParticipantQualityList.get)).type.not.toBeCallableWith({ ...joined, user_id: "ou_1", room_id: "omm_1" })
    expect(taking(ParticipantQualityList.get)).type.not.toBeCallableWith({ ...meeting, user_id: "ou_1" })
    expect(taking(Export.participantQualityList)).type.toBeCallableWith({ ...joined, user_id: "ou_1" })
    expect(taking(Export.participantQualityList)).type.toBeCallableWith({ ...joined, room_id: "omm_1" })
    expect(taking(Export.participantQualityList)).type.not.toBeCallableWith(joined)
    expect(taking(Export.participantQualityList)).type.not.toBeCallableWith({ ...joined, user_id: "ou_1", room_id: "omm_1" })
    expect(taking(Export.participantQualityList)).type.not.toBeCallableWith({ ...meeting, user_id: "ou_1" })
  })

  test("of reservations are rooms: some for the list, any for the export", () => {
    const list = taking(ResourceReservationList.get)
    expect(list).type.toBeCallableWith({ ...rooms, room_ids: ["omm_1", "omm_2"] })
    expect(list).type.not.toBeCallableWith({ ...rooms, room_ids: [] })
    expect(list).type.not.toBeCallableWith({ ...rooms, room_ids: someRooms })
    expect(list).type.not.toBeCallableWith(rooms)
    const start = taking(Export.resourceReservationList)
    expect(start).type.toBeCallableWith(rooms)
    expect(start).type.toBeCallableWith({ ...rooms, room_ids: someRooms })
    expect(start).type.not.toBeCallableWith({ ...rooms, need_topic: 1 })
  })
})

describe("values", () => {
  test("are written with numbers or with their names", () => {
    const { MeetingStatus } = MeetingList
    expect(taking(MeetingList.get)).type.toBeCallableWith({ ...span, meeting_status: MeetingStatus.ongoing })
    expect(taking(Report.getTopUser)).type.toBeCallableWith({ ...span, limit: 10, order_by: Report.OrderBy.meetingDuration })
    expect(taking(Report.getTopUser)).type.not.toBeCallableWith({ ...span, limit: 10, order_by: 3 })
    expect(taking(Report.getTopUser)).type.not.toBeCallableWith({ ...span, order_by: 1 })
    expect(taking(Alert.list)).type.not.toBeCallableWith({ ...span, query_type: "1" })
    expect(taking(Alert.list)).type.not.toBeCallableWith({ start_time: 1_655_276_858, end_time: "1655280458" })
  })

  test("of meetings still to come are for exports only", () => {
    const { upcoming } = MeetingList.MeetingStatus
    expect(taking(MeetingList.get)).type.not.toBeCallableWith({ ...span, meeting_status: upcoming })
    expect(taking(Export.meetingList)).type.toBeCallableWith({ ...span, meeting_status: upcoming })
  })

  test("of a finished export include the token of its file", () => {
    expect<Export.FinishedTask["file_token"]>().type.toBe<string>()
    expect<Export.GetResponse["file_token"]>().type.toBe<string | undefined>()
    expect<Alert.AlertRecord>().type.toBeAssignableTo<{ readonly notifyMethods?: ReadonlyArray<number> | undefined }>()
  })
})
