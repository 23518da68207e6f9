/**
 * Feishu / Lark video conferencing for Effect.
 *
 * @since 0.1.0
 */
export * as Alert from "./Alert.ts"
export * as Export from "./Export.ts"
export * as Meeting from "./Meeting.ts"
export * as MeetingBot from "./MeetingBot.ts"
export * as MeetingList from "./MeetingList.ts"
export * as MeetingRecording from "./MeetingRecording.ts"
export * as Note from "./Note.ts"
export * as ParticipantList from "./ParticipantList.ts"
export * as ParticipantQualityList from "./ParticipantQualityList.ts"
export { plugin } from "./plugin.ts"
export * as Report from "./Report.ts"
export * as Reserve from "./Reserve.ts"
export * as ReserveConfig from "./ReserveConfig.ts"
export * as ResourceReservationList from "./ResourceReservationList.ts"
export * as Room from "./Room.ts"
export * as RoomConfig from "./RoomConfig.ts"
export * as RoomLevel from "./RoomLevel.ts"
export * as ScopeConfig from "./ScopeConfig.ts"
export * as VcBotError from "./VcBotError.ts"
export * as VcError from "./VcError.ts"
export * as VcEvent from "./VcEvent.ts"
export * as VcRoomEvent from "./VcRoomEvent.ts"
export * as VcSearchError from "./VcSearchError.ts"
