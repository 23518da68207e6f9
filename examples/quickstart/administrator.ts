/** What an administrator's backend does: rooms, documents, recordings. It knows nothing of fakes. */
import { MeetingRecording, ReserveConfig } from "@effect-feishu/vc"
import { PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { Effect, Schedule } from "effect"

/** Opens the reservation form of a room, and tells people three days ahead what was filled in. */
export const openReservationForm = (room: string, told: ReadonlyArray<string>) =>
  ReserveConfig.patchForm({
    reserve_config_id: room,
    scope_type: ReserveConfig.FormScopeType.room,
    reserve_form_config: {
      reserve_form: true,
      notified_users: told.map((user_id) => ({ user_id })),
      notified_time: 3,
      time_unit: ReserveConfig.TimeUnit.day
    }
  })

/** Rooms can be had from eight to eight, a month ahead; long meetings need somebody's approval. */
export const limitReservations = (room: string, approver: string) =>
  ReserveConfig.patch({
    reserve_config_id: room,
    scope_type: ReserveConfig.ScopeType.room,
    approval_config: {
      approval_switch: ReserveConfig.Switch.on,
      approval_condition: ReserveConfig.ApprovalCondition.long,
      meeting_duration: 3,
      approvers: [{ user_id: approver }]
    },
    time_config: {
      time_switch: ReserveConfig.Switch.on,
      days_in_advance: 30,
      start_time: "28800",
      end_time: "72000",
      max_duration: 8
    },
    reserve_scope_config: { allow_all_users: ReserveConfig.AllowAllUsers.all }
  })

/** Shares a document with any number of people; tells for each whether it worked. */
export const shareWith = (token: string, people: ReadonlyArray<string>) =>
  PermissionMember.batchCreate.all({
    token,
    type: "docx",
    members: people.map((member_id) => ({ member_type: "openid", member_id, perm: "view", type: "user" }))
  })

/** Open to whoever has the link and the password, but not to be copied. */
export const restrict = (token: string) =>
  PermissionPublic.patch({
    token,
    type: "docx",
    external_access_entity: "open",
    link_share_entity: "anyone_readable",
    security_entity: "only_full_access",
    copy_entity: "only_full_access"
  })

export const protect = (token: string) => PermissionPublic.createPassword({ token, type: "docx" })

export const handOver = (token: string, owner: string) =>
  PermissionMember.transferOwner({ token, type: "docx", member_type: "openid", member_id: owner })

/** Grants a recording to a chat as soon as there is one: until then the platform knows of none. */
export const grantWhenReady = (meeting_id: string, chat: string) =>
  MeetingRecording.setPermission({
    meeting_id,
    permission_objects: [{
      id: chat,
      type: MeetingRecording.PermissionTarget.chat,
      permission: MeetingRecording.Permission.view
    }]
  }).pipe(
    Effect.retry({ while: ({ _tag }) => _tag === "VcDataNotFound", schedule: Schedule.spaced("500 millis"), times: 20 })
  )

export const settingsOf = (token: string) => PermissionPublic.get({ token, type: "docx" })

export const collaboratorsOf = (token: string) => PermissionMember.list({ token, type: "docx" })
