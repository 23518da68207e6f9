/**
 * The documented failures of looking documents up.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** The caller could not be identified. @since 0.1.0 @category errors */
export class DriveMetaUserUnknown
  extends ApiError.define("DriveMetaUserUnknown", { code: 1069701, status: 401, category: "Credential" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveMetaUnavailable
  extends ApiError.define("DriveMetaUnavailable", { code: 1069704, status: 503, category: "Fault" })
{}
