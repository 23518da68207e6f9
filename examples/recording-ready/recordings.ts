/** Whenever a recording is ready, everybody in the company may watch it. Knows of no token, server or test. */
import { AccessToken, ApiError, Webhook } from "@effect-feishu/core"
import { MeetingRecording, VcEvent } from "@effect-feishu/vc"
import { Context, Effect, Option } from "effect"

/** Those who let us act for them. */
export class Consents extends Context.Tag("examples/Consents")<Consents, {
  readonly of: (open_id: string) => Effect.Effect<Option.Option<AccessToken.AccessToken>>
}>() {}

/** Only the owner of a meeting may share its recording, so we do it as the owner. */
export const shareRecording = Webhook.on(VcEvent.recordingReady, ({ event }) =>
  Effect.gen(function*() {
    const { id: meeting_id, owner } = event.meeting ?? {}
    const open_id = owner?.id?.open_id
    if (meeting_id === undefined || open_id === undefined) return yield* Effect.logWarning("a recording of nobody's")

    const consent = yield* Effect.flatMap(Consents, ({ of }) => of(open_id))
    if (Option.isNone(consent)) return yield* Effect.logWarning(`${open_id} has not let us share recordings`)

    yield* MeetingRecording.setPermission({
      meeting_id,
      permission_objects: [{ type: MeetingRecording.PermissionTarget.tenant, permission: MeetingRecording.Permission.view }]
    }).pipe(
      Effect.provideService(AccessToken.UserAccessToken, consent.value),
      // To be told again would not help. Every other failure is left to fail: the event is then delivered again.
      Effect.catchIf(ApiError.hasCategory("Permission", "NotFound", "Invalid"), (error) => Effect.logWarning(error.message))
    )
  }))
