/**
 * Everything this package offers, as data.
 *
 * @since 0.1.0
 */
import * as Plugin from "@effect-feishu/core/Plugin"
import * as Alert from "./Alert.ts"
import * as Export from "./Export.ts"
import * as Meeting from "./Meeting.ts"
import * as MeetingBot from "./MeetingBot.ts"
import * as MeetingList from "./MeetingList.ts"
import * as MeetingRecording from "./MeetingRecording.ts"
import * as Note from "./Note.ts"
import * as ParticipantList from "./ParticipantList.ts"
import * as ParticipantQualityList from "./ParticipantQualityList.ts"
import * as Report from "./Report.ts"
import * as Reserve from "./Reserve.ts"
import * as ReserveConfig from "./ReserveConfig.ts"
import * as ResourceReservationList from "./ResourceReservationList.ts"
import * as Room from "./Room.ts"
import * as RoomConfig from "./RoomConfig.ts"
import * as RoomLevel from "./RoomLevel.ts"
import * as ScopeConfig from "./ScopeConfig.ts"
import * as VcBotError from "./VcBotError.ts"
import * as VcError from "./VcError.ts"
import * as VcEvent from "./VcEvent.ts"
import * as VcRoomEvent from "./VcRoomEvent.ts"
import * as VcSearchError from "./VcSearchError.ts"

/**
 * The operations, errors and events of video conferencing: for fakes, for
 * `Plugin.scopes`, and for whatever else takes plugins.
 *
 * @since 0.1.0
 * @category plugins
 */
export const plugin: Plugin.Plugin<"vc"> = Plugin.make("vc", {
  operations: [
    Alert,
    Export,
    Meeting,
    MeetingBot,
    MeetingList,
    MeetingRecording,
    Note,
    ParticipantList,
    ParticipantQualityList,
    Report,
    Reserve,
    ReserveConfig,
    ResourceReservationList,
    Room,
    RoomConfig,
    RoomLevel,
    ScopeConfig
  ],
  errors: [VcError, VcSearchError, VcBotError],
  events: [VcEvent, VcRoomEvent]
})
