/** How rooms and levels can be reserved. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ReserveConfig from "../../ReserveConfig.ts"
import * as VcError from "../../VcError.ts"
import type * as VcFake from "../VcFake.ts"
import * as People from "./people.ts"
import * as Reservation from "./reservation.ts"
import type * as Rooms from "./rooms.ts"

interface State {
  readonly places: Rooms.Rooms
  readonly options: VcFake.Options
}

type Users = ReadonlyArray<ReserveConfig.SubscribeUser>
type Departments = ReadonlyArray<ReserveConfig.SubscribeDepartment>

const kindOf = (scope_type: 1 | 2 | "1" | "2") => Number(scope_type) === ReserveConfig.FormScopeType.level ? "level" : "room"

const users = (type: People.UserIdType, open_ids: ReadonlyArray<string>) =>
  Effect.map(People.idsAs(type, open_ids), (ids) => ids.map((user_id) => ({ user_id })))

const departments = (ids: ReadonlyArray<string>) => ids.map((department_id) => ({ department_id }))

/** The users and the departments that a request names; none of those of whom there is one nobody knows. */
const members = (type: People.UserIdType, named: { readonly users?: Users | undefined; readonly depts?: Departments | undefined }) =>
  Effect.gen(function*() {
    const departments = (named.depts ?? []).map(({ department_id }) => department_id)
    return {
      users: yield* People.openIds(type, (named.users ?? []).map(({ user_id }) => user_id)),
      departments: (yield* People.departmentsKnown(departments)) ? Option.some(departments) : Option.none()
    }
  })

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const {
    getAdmin,
    getDisableInform,
    getForm,
    patch,
    patchAdmin,
    patchDisableInform,
    patchForm,
    reserveScope
  } = ReserveConfig

  const placed = (id: string, type: 1 | 2 | "1" | "2") => Effect.map(state, ({ places }) => places.findAs(id, kindOf(type)))

  const cover = (place: Rooms.Place, part: Reservation.Part, config: { readonly if_cover_child_scope?: boolean | undefined } | undefined) =>
    Effect.map(state, ({ places }) => {
      if (config !== undefined) places.cover(place, part, config.if_cover_child_scope)
    })

  const reserveScopeHandler = FakeFeishu.handler(reserveScope, ({ scope_id, scope_type, user_id_type }) =>
    Effect.gen(function*() {
      const place = yield* placed(scope_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(reserveScope, VcError.VcRoomOrLevelNotFound)
      const { covers, reservation: { approval, scope, time } } = place.value
      return {
        approve_config: { ...approval, approvers: yield* users(user_id_type, approval.approvers) },
        time_config: { ...time, if_cover_child_scope: covers.has("time") },
        reserve_scope_config: {
          if_cover_child_scope: covers.has("scope"),
          allow_all_users: scope.allow_all_users,
          allow_users: yield* users(user_id_type, scope.allow_users),
          allow_depts: departments(scope.allow_depts)
        }
      }
    }))

  const patchHandler = FakeFeishu.handler(patch, (request) =>
    Effect.gen(function*() {
      const { approval_config, reserve_config_id, reserve_scope_config, scope_type, time_config, user_id_type } = request
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(patch, VcError.VcRoomOrLevelNotFound)
      const approvers = yield* People.openIds(user_id_type, (approval_config?.approvers ?? []).map(({ user_id }) => user_id))
      if (Option.isNone(approvers)) return yield* FeishuTest.failure(patch, VcError.VcInvalidUserId)
      const named = yield* members(user_id_type, {
        users: reserve_scope_config?.allow_users,
        depts: reserve_scope_config?.allow_depts
      })
      if (Option.isNone(named.users)) return yield* FeishuTest.failure(patch, VcError.VcInvalidUserId)
      if (Option.isNone(named.departments)) return yield* FeishuTest.failure(patch, VcError.VcInvalidDepartmentId)
      const ids = { users: named.users.value, departments: named.departments.value }
      place.value.reservation = Reservation.patched(place.value.reservation, request, { approvers: approvers.value, ...ids })
      yield* cover(place.value, "time", time_config)
      yield* cover(place.value, "scope", reserve_scope_config)
    }))

  const getFormHandler = FakeFeishu.handler(getForm, ({ reserve_config_id, scope_type, user_id_type }) =>
    Effect.gen(function*() {
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(getForm, VcError.VcRoomOrLevelNotFound)
      const { covers, reservation: { form } } = place.value
      if (form === undefined) return yield* FeishuTest.failure(getForm, VcError.VcReserveFormNotConfigured)
      return {
        reserve_form_config: {
          if_cover_child_scope: covers.has("form"),
          reserve_form: form.reserve_form,
          notified_users: yield* users(user_id_type, form.notified_users),
          ...form.notified_time === undefined ? {} : { notified_time: form.notified_time },
          time_unit: form.time_unit
        }
      }
    }))

  const patchFormHandler = FakeFeishu.handler(patchForm, (request) =>
    Effect.gen(function*() {
      const { reserve_config_id, reserve_form_config, scope_type, user_id_type } = request
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(patchForm, VcError.VcRoomOrLevelNotFound)
      if (place.value.reservation.form === undefined) {
        return yield* FeishuTest.failure(patchForm, VcError.VcReserveFormNotConfigured)
      }
      const notified = yield* People.openIds(user_id_type, (reserve_form_config.notified_users ?? []).map(({ user_id }) => user_id))
      if (Option.isNone(notified)) return yield* FeishuTest.failure(patchForm, VcError.VcInvalidUserId)
      place.value.reservation = Reservation.withForm(place.value.reservation, reserve_form_config, notified.value)
      yield* cover(place.value, "form", reserve_form_config)
    }))

  const getAdminHandler = FakeFeishu.handler(getAdmin, ({ reserve_config_id, scope_type, user_id_type }) =>
    Effect.gen(function*() {
      const { options } = yield* state
      if (options.reserveAdmins === false) return yield* FeishuTest.failure(getAdmin, VcError.VcPackageUpgradeRequired)
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(getAdmin, VcError.VcRoomOrLevelNotFound)
      const { admin } = place.value.reservation
      return {
        reserve_admin_config: { users: yield* users(user_id_type, admin.users), depts: departments(admin.depts) }
      }
    }))

  const patchAdminHandler = FakeFeishu.handler(patchAdmin, (request) =>
    Effect.gen(function*() {
      const { options } = yield* state
      const { reserve_admin_config, reserve_config_id, scope_type, user_id_type } = request
      if (options.reserveAdmins === false) return yield* FeishuTest.failure(patchAdmin, VcError.VcPackageUpgradeRequired)
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(patchAdmin, VcError.VcRoomOrLevelNotFound)
      const named = yield* members(user_id_type, reserve_admin_config)
      if (Option.isNone(named.users)) return yield* FeishuTest.failure(patchAdmin, VcError.VcInvalidUserId)
      if (Option.isNone(named.departments)) return yield* FeishuTest.failure(patchAdmin, VcError.VcInvalidDepartmentId)
      const ids = { users: named.users.value, departments: named.departments.value }
      place.value.reservation = Reservation.withAdmin(place.value.reservation, reserve_admin_config, ids)
    }))

  const getDisableInformHandler = FakeFeishu.handler(getDisableInform, ({ reserve_config_id, scope_type, user_id_type }) =>
    Effect.gen(function*() {
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(getDisableInform, VcError.VcRoomOrLevelNotFound)
      const { covers, reservation: { disableInform } } = place.value
      return {
        disable_inform: {
          if_cover_child_scope: covers.has("disableInform"),
          if_inform: disableInform.if_inform,
          informed_users: yield* users(user_id_type, disableInform.informed_users),
          informed_depts: departments(disableInform.informed_depts)
        }
      }
    }))

  const patchDisableInformHandler = FakeFeishu.handler(patchDisableInform, (request) =>
    Effect.gen(function*() {
      const { disable_inform, reserve_config_id, scope_type, user_id_type } = request
      const place = yield* placed(reserve_config_id, scope_type)
      if (Option.isNone(place)) return yield* FeishuTest.failure(patchDisableInform, VcError.VcRoomOrLevelNotFound)
      const named = yield* members(user_id_type, { users: disable_inform.informed_users, depts: disable_inform.informed_depts })
      if (Option.isNone(named.users)) return yield* FeishuTest.failure(patchDisableInform, VcError.VcInvalidUserId)
      if (Option.isNone(named.departments)) return yield* FeishuTest.failure(patchDisableInform, VcError.VcInvalidDepartmentId)
      const ids = { users: named.users.value, departments: named.departments.value }
      place.value.reservation = Reservation.withDisableInform(place.value.reservation, disable_inform, ids)
      yield* cover(place.value, "disableInform", disable_inform)
    }))

  return [
    reserveScopeHandler,
    patchHandler,
    getFormHandler,
    patchFormHandler,
    getAdminHandler,
    patchAdminHandler,
    getDisableInformHandler,
    patchDisableInformHandler
  ]
}
