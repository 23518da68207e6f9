/** What the operations around one meeting are asked with, and fail with, alike. */
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as VcError from "../VcError.ts"

export class OneMeeting extends Shape.Struct<OneMeeting>()(() => ({
  /** The meeting, which has an id once it has begun. */
  meeting_id: Schema.String
})) {}

/** What whoever reads, or subscribes, may meet. */
export const readErrors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcInvalidParam,
  VcError.VcDataNotFound,
  VcError.VcNoPermission
] as const

/** What whoever acts in a meeting may meet. */
export const actionErrors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcInvalidParam,
  VcError.VcNoPermission,
  VcError.VcMeetingStatusUnexpected,
  VcError.VcMeetingNotFound,
  VcError.VcOperatorNotInMeeting
] as const
