/**
 * What the search for meetings answers, all of it with HTTP status 500. Some of
 * its codes mean something else everywhere else.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/**
 * A field of the search holds what it must not; this code means a fault everywhere
 * else.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcSearchInvalidParam
  extends ApiError.define("VcSearchInvalidParam", { code: 121001, status: 500, category: "Invalid" })
{}

/**
 * The platform could not reach its own parts; this code means something else everywhere
 * else.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcSearchNetworkError
  extends ApiError.define("VcSearchNetworkError", { code: 121002, status: 500, category: "Fault" })
{}

/** `query` is too long. @since 0.1.0 @category errors */
export class VcSearchQueryTooLong
  extends ApiError.define("VcSearchQueryTooLong", { code: 121011, status: 500, category: "Invalid" })
{}

/** `meeting_filter` has a wrong shape, or values out of range. @since 0.1.0 @category errors */
export class VcSearchInvalidFilter
  extends ApiError.define("VcSearchInvalidFilter", { code: 121012, status: 500, category: "Invalid" })
{}

/** The page token is none, or has expired: start from the first page. @since 0.1.0 @category errors */
export class VcSearchPageTokenInvalid
  extends ApiError.define("VcSearchPageTokenInvalid", { code: 121020, status: 500, category: "Invalid" })
{}

/** `page_size` is more than allowed. @since 0.1.0 @category errors */
export class VcSearchPageSizeExceeded
  extends ApiError.define("VcSearchPageSizeExceeded", { code: 121021, status: 500, category: "Invalid" })
{}

/** No search reaches further than this: narrow the time span and search again. @since 0.1.0 @category errors */
export class VcSearchDepthExceeded
  extends ApiError.define("VcSearchDepthExceeded", { code: 121022, status: 500, category: "Quota" })
{}

/** The token's user is not known: is it still valid? @since 0.1.0 @category errors */
export class VcSearchUserUnknown
  extends ApiError.define("VcSearchUserUnknown", { code: 121030, status: 500, category: "Credential" })
{}

/** The token is not of the kind the search needs. @since 0.1.0 @category errors */
export class VcSearchContextInvalid
  extends ApiError.define("VcSearchContextInvalid", { code: 121031, status: 500, category: "Credential" })
{}

/** The platform failed inside while it searched. @since 0.1.0 @category errors */
export class VcSearchServiceError
  extends ApiError.define("VcSearchServiceError", { code: 121040, status: 500, category: "Fault" })
{}

/** The platform failed inside while it read what it found. @since 0.1.0 @category errors */
export class VcSearchResultError
  extends ApiError.define("VcSearchResultError", { code: 121041, status: 500, category: "Fault" })
{}

/**
 * A time is not written as ISO 8601 has it, for example `2026-03-21T16:15:30+08:00`.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcSearchTimeInvalid
  extends ApiError.define("VcSearchTimeInvalid", { code: 122601, status: 500, category: "Invalid" })
{}

/** `meeting_filter` asks for what cannot be filtered by. @since 0.1.0 @category errors */
export class VcSearchFilterUnusable
  extends ApiError.define("VcSearchFilterUnusable", { code: 122602, status: 500, category: "Invalid" })
{}

/** The platform failed inside while it wrote its answer. @since 0.1.0 @category errors */
export class VcSearchConversionError
  extends ApiError.define("VcSearchConversionError", { code: 122603, status: 500, category: "Fault" })
{}

/** A room id is none: they begin with `omm_`. @since 0.1.0 @category errors */
export class VcSearchRoomIdInvalid
  extends ApiError.define("VcSearchRoomIdInvalid", { code: 122604, status: 500, category: "Invalid" })
{}
