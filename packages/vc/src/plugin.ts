/**
 * Everything this package offers, as data.
 *
 * @since 0.1.0
 */
import * as Plugin from "@effect-feishu/core/Plugin"
import * as MeetingRecording from "./MeetingRecording.ts"
import * as ReserveConfig from "./ReserveConfig.ts"
import * as VcError from "./VcError.ts"
import * as VcEvent from "./VcEvent.ts"
import * as VcRoomEvent from "./VcRoomEvent.ts"

/**
 * The operations, errors and events of video conferencing: for fakes, for
 * `Plugin.scopes`, and for whatever else takes plugins.
 *
 * @since 0.1.0
 * @category plugins
 */
export const plugin: Plugin.Plugin<"vc"> = Plugin.make("vc", {
  operations: [MeetingRecording, ReserveConfig],
  errors: [VcError],
  events: [VcEvent, VcRoomEvent]
})
