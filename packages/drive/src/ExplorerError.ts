/**
 * The documented failures of the explorer, the older view on folders.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveExplorerFailed
  extends ApiError.define("DriveExplorerFailed", { code: 91201, category: "Fault" })
{}

/** There is no such folder. @since 0.1.0 @category errors */
export class DriveExplorerNotFound
  extends ApiError.define("DriveExplorerNotFound", { code: 91203, category: "NotFound" })
{}

/** The caller may not see the folder. @since 0.1.0 @category errors */
export class DriveExplorerForbidden
  extends ApiError.define("DriveExplorerForbidden", { code: 91204, category: "Permission" })
{}
