/**
 * Everything this package offers, as data.
 *
 * @since 0.1.0
 */
import * as Plugin from "@effect-feishu/core/Plugin"
import * as BitableEvent from "./BitableEvent.ts"
import * as DriveError from "./DriveError.ts"
import * as DriveEvent from "./DriveEvent.ts"
import * as PermissionMember from "./PermissionMember.ts"
import * as PermissionPublic from "./PermissionPublic.ts"

/**
 * The operations, errors and events of cloud documents: for fakes, for
 * `Plugin.scopes`, and for whatever else takes plugins.
 *
 * @since 0.1.0
 * @category plugins
 */
export const plugin: Plugin.Plugin<"drive"> = Plugin.make("drive", {
  operations: [PermissionMember, PermissionPublic],
  errors: [DriveError],
  events: [DriveEvent, BitableEvent]
})
