/** How rooms and levels can be reserved. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { patch, patchForm } from "../../ReserveConfig.ts"
import * as VcError from "../../VcError.ts"
import * as People from "./people.ts"
import type * as Reservation from "./reservation.ts"

interface State {
  readonly places: Reservation.Places
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const patchHandler = FakeFeishu.handler(patch, (request) =>
    Effect.gen(function*() {
      const { places } = yield* state
      const { approval_config, reserve_config_id, reserve_scope_config, scope_type, time_config, user_id_type } = request
      const place = places.findAs(reserve_config_id, scope_type === "1" ? "level" : "room")
      if (Option.isNone(place)) return yield* FeishuTest.failure(patch, VcError.VcRoomOrLevelNotFound)
      const approvers = yield* People.openIds(user_id_type, (approval_config?.approvers ?? []).map(({ user_id }) => user_id))
      const users = yield* People.openIds(user_id_type, (reserve_scope_config?.allow_users ?? []).map(({ user_id }) => user_id))
      const departments = (reserve_scope_config?.allow_depts ?? []).map(({ department_id }) => department_id)
      if (Option.isNone(approvers) || Option.isNone(users)) {
        return yield* FeishuTest.failure(patch, VcError.VcInvalidUserId)
      }
      if (!(yield* People.departmentsKnown(departments))) return yield* FeishuTest.failure(patch, VcError.VcInvalidDepartmentId)
      places.patch(place.value, request, { approvers: approvers.value, users: users.value, departments })
      if (time_config?.if_cover_child_scope === true) places.cover(place.value, "time")
      if (reserve_scope_config?.if_cover_child_scope === true) places.cover(place.value, "scope")
    }))

  const patchFormHandler = FakeFeishu.handler(patchForm, (request) =>
    Effect.gen(function*() {
      const { places } = yield* state
      const { reserve_config_id, reserve_form_config, scope_type, user_id_type } = request
      const place = places.findAs(reserve_config_id, scope_type === 1 ? "level" : "room")
      if (Option.isNone(place)) return yield* FeishuTest.failure(patchForm, VcError.VcRoomOrLevelNotFound)
      if (place.value.state.form === undefined) {
        return yield* FeishuTest.failure(patchForm, VcError.VcReserveFormNotConfigured)
      }
      const notified = yield* People.openIds(user_id_type, (reserve_form_config.notified_users ?? []).map(({ user_id }) => user_id))
      if (Option.isNone(notified)) return yield* FeishuTest.failure(patchForm, VcError.VcInvalidUserId)
      places.patchForm(place.value, reserve_form_config, notified.value)
      if (reserve_form_config.if_cover_child_scope === true) places.cover(place.value, "form")
    }))

  return [patchHandler, patchFormHandler]
}
