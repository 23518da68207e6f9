/**
 * Feishu / Lark cloud documents for Effect.
 *
 * @since 0.1.0
 */
export * as BitableEvent from "./BitableEvent.ts"
export * as DriveError from "./DriveError.ts"
export * as DriveEvent from "./DriveEvent.ts"
export * as PermissionMember from "./PermissionMember.ts"
export * as PermissionPublic from "./PermissionPublic.ts"
export { plugin } from "./plugin.ts"
