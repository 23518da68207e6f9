import type { AccessToken, CallError, FeishuClient, Operation } from "@effect-feishu/core"
import type { VcBotError, VcError, VcSearchError } from "@effect-feishu/vc"
import { Meeting, MeetingBot, MeetingRecording, Note } from "@effect-feishu/vc"
import type { Layer, Stream } from "effect"
import { Effect, Redacted } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

type Failure<Program> = Program extends Effect.Effect<unknown, infer E, infer _> ? E : never

const span = { meeting_no: "123456789", start_time: "1608888000", end_time: "1608888001" }

describe("setHost", () => {
  const set = () => Meeting.setHost({ meeting_id: "m", host_user: { id: "ou_1", user_type: Meeting.UserType.feishu } })

  test("fails as documented, but for faults: whether it took effect is unknown then", () => {
    expect(set()).type.toBe<
      Effect.Effect<
        Meeting.SetHostResponse,
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcNoPermission
        | VcError.VcMeetingStatusUnexpected
        | VcError.VcMeetingNotFound
        | VcError.VcOperatorNotInMeeting
        | VcError.VcDataConflict
        | VcError.VcTargetNotInMeeting
        | VcError.VcCannotOperateSelf
        | VcError.VcParticipantStatusUnexpected
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })

  test("speaks for a user or for the tenant", () => {
    expect(run).type.toBeCallableWith(Effect.provide(set(), asUser))
    expect(run).type.toBeCallableWith(Effect.provide(set(), asTenant))
  })

  test("names a host of a documented type", () => {
    const setHost = taking(Meeting.setHost)
    expect(setHost).type.toBeCallableWith({ meeting_id: "m", host_user: { id: "ou_1" }, old_host_user: { id: "ou_2" } })
    expect(setHost).type.not.toBeCallableWith({ meeting_id: "m" })
    expect(setHost).type.not.toBeCallableWith({ meeting_id: "m", host_user: { id: "ou_1", user_type: 8 } })
  })
})

describe("who may act", () => {
  test("inviting, ending and recording are a user's, removing is the tenant's", () => {
    const invite = Meeting.invite({ meeting_id: "m", invitees: [{ id: "ou_1" }] })
    const kickout = Meeting.kickout({ meeting_id: "m", kickout_users: [{ id: "ou_1" }] })
    expect(run).type.toBeCallableWith(Effect.provide(invite, asUser))
    expect(run).type.not.toBeCallableWith(Effect.provide(invite, asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(Meeting.end({ meeting_id: "m" }), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(MeetingRecording.start({ meeting_id: "m" }), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(MeetingRecording.stop({ meeting_id: "m" }), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(Meeting.subscribe({}), asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(Note.unsubscribe({}), asTenant))
    expect(run).type.toBeCallableWith(Effect.provide(kickout, asTenant))
    expect(run).type.not.toBeCallableWith(Effect.provide(kickout, asUser))
  })
})

describe("search", () => {
  const search = () => Meeting.search({ query: "weekly", meeting_filter: { start_time: { start_time: "2026-03-21T16:15:30Z" } } })

  test("has failures of its own", () => {
    expect<Failure<ReturnType<typeof search>>>().type.toBe<
      | VcSearchError.VcSearchInvalidParam
      | VcSearchError.VcSearchNetworkError
      | VcSearchError.VcSearchQueryTooLong
      | VcSearchError.VcSearchInvalidFilter
      | VcSearchError.VcSearchPageTokenInvalid
      | VcSearchError.VcSearchPageSizeExceeded
      | VcSearchError.VcSearchDepthExceeded
      | VcSearchError.VcSearchUserUnknown
      | VcSearchError.VcSearchContextInvalid
      | VcSearchError.VcSearchServiceError
      | VcSearchError.VcSearchResultError
      | VcSearchError.VcSearchTimeInvalid
      | VcSearchError.VcSearchFilterUnusable
      | VcSearchError.VcSearchConversionError
      | VcSearchError.VcSearchRoomIdInvalid
      | CallError.CallError
    >()
  })

  test("is a stream of what is found", () => {
    expect(Meeting.search.items({ query: "weekly" })).type.toBe<
      Stream.Stream<
        Meeting.FoundMeeting,
        Failure<ReturnType<typeof search>> | Operation.PaginationLoop | Operation.PagesIncomplete,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
    expect(taking(Meeting.search)).type.not.toBeCallableWith({ words: "weekly" })
    expect(taking(Meeting.search)).type.not.toBeCallableWith({ meeting_filter: { start_time: "2026-03-21T16:15:30Z" } })
  })
})

describe("listByNo", () => {
  test("needs a number and a span of time, and is a stream of meetings", () => {
    const list = taking(Meeting.listByNo)
    expect(list).type.toBeCallableWith(span)
    expect(list).type.not.toBeCallableWith({ meeting_no: "123456789" })
    expect(list).type.not.toBeCallableWith({ ...span, start_time: 1_608_888_000 })
    expect(Meeting.listByNo.items(span)).type.toBe<
      Stream.Stream<
        Meeting.MeetingBrief,
        VcError.VcInternalError | VcError.VcInvalidParam | CallError.CallError | Operation.PaginationLoop,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })
})

describe("MeetingRecording.get", () => {
  test("tells that a recording is still being made", () => {
    const get = MeetingRecording.get({ meeting_id: "m" })
    expect<VcError.VcRecordingProcessing>().type.toBeAssignableTo<Failure<typeof get>>()
    expect<VcError.VcOperatorNotInMeeting>().type.not.toBeAssignableTo<Failure<typeof get>>()
  })
})

describe("Note.get", () => {
  test("fails as documented", () => {
    expect(Note.get({ note_id: "n" })).type.toBe<
      Effect.Effect<
        Note.GetResponse,
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
    expect(taking(Note.get)).type.not.toBeCallableWith({})
  })
})

describe("MeetingBot", () => {
  const named = { join_type: MeetingBot.JoinType.meetingNo, join_identify: { meeting_no: "123456789" } }

  test("takes a password that cannot be shown by accident", () => {
    const join = taking(MeetingBot.join)
    expect(join).type.toBeCallableWith({ ...named, password: Redacted.make("8642") })
    expect(join).type.not.toBeCallableWith({ ...named, password: "8642" })
    expect(join).type.not.toBeCallableWith({ join_type: 1 })
    expect(join).type.not.toBeCallableWith({ join_identify: { meeting_no: "123456789" } })
  })

  test("says what its codes mean here, not what they mean elsewhere", () => {
    const join = MeetingBot.join(named)
    expect<VcBotError.VcBotJoinMeetingNotFound>().type.toBeAssignableTo<Failure<typeof join>>()
    expect<VcError.VcNoPermission>().type.not.toBeAssignableTo<Failure<typeof join>>()
    const active = MeetingBot.userActiveMeeting({})
    expect<VcBotError.VcActiveMeetingBotNotInMeeting>().type.toBeAssignableTo<Failure<typeof active>>()
    expect<VcBotError.VcBotJoinPasswordAttemptsExceeded>().type.not.toBeAssignableTo<Failure<typeof active>>()
  })

  test("writes to a meeting", () => {
    const send = taking(MeetingBot.sendMessage)
    expect(send).type.toBeCallableWith({ meeting_id: "m", msg_type: MeetingBot.MessageType.text, content: "hello" })
    expect(send).type.not.toBeCallableWith({ meeting_id: "m", content: "hello" })
    expect(MeetingBot.sendMessage({ meeting_id: "m", msg_type: "text", content: "hello" })).type.toBe<
      Effect.Effect<
        MeetingBot.SendMessageResponse,
        VcBotError.VcBotInvalidParam | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })
})
