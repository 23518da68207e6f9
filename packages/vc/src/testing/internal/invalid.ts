/** The rules that have codes of their own, told by where they are broken. */
import type { AnyClass } from "@effect-feishu/core/ApiError"
import type { Violation } from "@effect-feishu/core/CallError"
import * as VcBotError from "../../VcBotError.ts"
import * as VcError from "../../VcError.ts"
import * as VcSearchError from "../../VcSearchError.ts"

const rules: ReadonlyArray<readonly [field: RegExp, message: string, error: AnyClass]> = [
  [/notified_time$/, "", VcError.VcNotifiedTimeOutOfRange],
  [/^/, "at most 500", VcError.VcTooManyMembers],
  [/auto_record$/, "", VcError.VcRecordParamInvalid],
  [/assign_host_list$/, "at most 10", VcError.VcTooManyHosts],
  [/^meeting_settings\.password$/, "", VcError.VcPasswordInvalid],
  [/_time$/, "must be at most one", VcError.VcTimeSpanInvalid],
  [/_time$/, "must not be before", VcError.VcTimeSpanInvalid],
  [/^meeting_no$/, "9 digits", VcError.VcMeetingNumberLength],
  [/_id$|^meeting_no$/, "must be absent", VcError.VcUserAndRoomExclusive],
  [/_id$|^meeting_no$/, "must be absent", VcError.VcFilterExclusive],
  [/^query$/, "at most 50", VcSearchError.VcSearchQueryTooLong],
  [/^page_size$/, "between 1 and 30", VcSearchError.VcSearchPageSizeExceeded],
  [/^meeting_filter\.start_time\./, "offset", VcSearchError.VcSearchTimeInvalid],
  [/^meeting_filter/, "", VcSearchError.VcSearchInvalidFilter]
]

/** What a wrong field is called where no rule has a code of its own: some operations have another code for it. */
const general: ReadonlyArray<AnyClass> = [
  VcError.VcInvalidParam,
  VcSearchError.VcSearchInvalidParam,
  VcBotError.VcBotInvalidParam,
  VcBotError.VcBotJoinInvalidParam,
  VcBotError.VcBotLeaveInvalidParam
]

export const invalid = ({ field, message }: Violation): ReadonlyArray<AnyClass> => [
  ...rules.filter(([where, said]) => where.test(field) && message.includes(said)).map(([, , error]) => error),
  ...general
]
