import type { AccessToken, CallError, FeishuClient, Operation, Waiter } from "@effect-feishu/core"
import type { Meeting, VcError } from "@effect-feishu/vc"
import { MeetingHistory } from "@effect-feishu/vc"
import type { DateTime, Duration, Effect, Layer, Option } from "effect"
import { Stream } from "effect"
import { describe, expect, test } from "tstyche"

declare const asTenant: Layer.Layer<FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
declare const asUser: Layer.Layer<FeishuClient.FeishuClient | AccessToken.UserAccessToken>

/** Takes a program that needs nothing more. */
declare const run: <A, E>(program: Effect.Effect<A, E>) => void

declare const taking: <Request>(recipe: (request: Request) => unknown) => (request: Request) => void

declare const from: DateTime.Utc
declare const to: DateTime.Zoned
declare const entry: MeetingHistory.Entry
declare const waiting: Waiter.Options

const history = MeetingHistory.read({ meeting_no: "123456789", from, to })

describe("read", () => {
  test("fails only where the list does", () => {
    expect(history).type.toBe<
      Stream.Stream<
        MeetingHistory.Entry,
        VcError.VcInternalError | VcError.VcInvalidParam | CallError.CallError | Operation.PaginationLoop,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })

  test("goes with either credential", () => {
    const all = Stream.runCollect(history)
    expect(run).type.toBeCallableWith(Stream.runCollect(Stream.provideLayer(history, asTenant)))
    expect(run).type.toBeCallableWith(Stream.runCollect(Stream.provideLayer(history, asUser)))
    expect(run).type.not.toBeCallableWith(all)
  })

  test("needs a number and both ends of the span", () => {
    const read = taking(MeetingHistory.read)
    expect(read).type.toBeCallableWith({ meeting_no: "123456789", from, to })
    expect(read).type.not.toBeCallableWith({ meeting_no: "123456789", from })
    expect(read).type.not.toBeCallableWith({ meeting_no: 123456789, from, to })
    expect(read).type.not.toBeCallableWith({ meeting_no: "123456789", from: "2026-09-01", to })
  })

  test("waits as it is told", () => {
    expect<MeetingHistory.Options>().type.toBeAssignableFrom({ wait: true })
    expect<MeetingHistory.Options>().type.toBeAssignableFrom({ wait: waiting, concurrency: 8, user_id_type: "user_id" as const })
    expect<MeetingHistory.Options>().type.not.toBeAssignableFrom({ user_id_type: "email" as const })
  })
})

describe("an entry", () => {
  test("is told apart by its tag", () => {
    if (entry._tag === "Held") {
      expect(entry.participants).type.toBe<ReadonlyArray<Meeting.Participant>>()
      expect(entry.recording._tag).type.toBe<"Ready" | "Processing" | "None" | "Forbidden" | "Failed">()
      if (entry.recording._tag === "Ready") {
        expect(entry.recording.url).type.toBe<string>()
        expect(entry.recording.duration).type.toBe<Option.Option<Duration.Duration>>()
        expect(entry.recording.minute_token).type.toBe<Option.Option<string>>()
      }
    } else if (entry._tag === "Unread") {
      expect(entry.error).type.toBe<MeetingHistory.ReadError>()
      expect(entry.error).type.toBe<
        | VcError.VcInternalError
        | VcError.VcNotSupported
        | VcError.VcInvalidParam
        | VcError.VcDataNotFound
        | VcError.VcNoPermission
        | CallError.CallError
        | MeetingHistory.MeetingUnnamed
      >()
    } else {
      expect(entry).type.toBe<MeetingHistory.OutOfReach>()
    }
  })
})
