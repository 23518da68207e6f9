/** The rules that have codes of their own, told by where they are broken. */
import type { AnyClass } from "@effect-feishu/core/ApiError"
import type { Violation } from "@effect-feishu/core/CallError"
import * as VcError from "../../VcError.ts"
import * as VcSearchError from "../../VcSearchError.ts"

const rules: ReadonlyArray<readonly [field: RegExp, message: string, error: AnyClass]> = [
  [/notified_time$/, "", VcError.VcNotifiedTimeOutOfRange],
  [/^/, "at most 500", VcError.VcTooManyMembers],
  [/auto_record$/, "", VcError.VcRecordParamInvalid],
  [/assign_host_list$/, "at most 10", VcError.VcTooManyHosts],
  [/^meeting_settings\.password$/, "", VcError.VcPasswordInvalid],
  [/_time$/, "must be at most one", VcError.VcTimeSpanInvalid],
  [/^query$/, "at most 50", VcSearchError.VcSearchQueryTooLong],
  [/^page_size$/, "between 1 and 30", VcSearchError.VcSearchPageSizeExceeded],
  [/^meeting_filter\.start_time\./, "offset", VcSearchError.VcSearchTimeInvalid],
  [/^meeting_filter/, "", VcSearchError.VcSearchInvalidFilter]
]

export const invalid = ({ field, message }: Violation): AnyClass =>
  rules.find(([where, said]) => where.test(field) && message.includes(said))?.[2] ?? VcError.VcInvalidParam
