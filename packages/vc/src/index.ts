/**
 * Feishu / Lark video conferencing for Effect.
 *
 * @since 0.1.0
 */
export * as MeetingRecording from "./MeetingRecording.ts"
export { plugin } from "./plugin.ts"
export * as ReserveConfig from "./ReserveConfig.ts"
export * as VcError from "./VcError.ts"
export * as VcEvent from "./VcEvent.ts"
export * as VcRoomEvent from "./VcRoomEvent.ts"
