import { AccessToken, ApiError } from "@effect-feishu/core"
import { FakeFeishu, FakeServer } from "@effect-feishu/core/testing"
import { MeetingRecording, plugin, ReserveConfig } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { FetchHttpClient, HttpClient, HttpClientRequest } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted, TestClock } from "effect"
import * as Conformance from "../../core/test/conformance.ts"

const directory = {
  users: [
    { open_id: "ou_owner", user_id: "owner", union_id: "on_owner" },
    { open_id: "ou_guest", user_id: "guest" }
  ],
  departments: [{ open_department_id: "od_1" }]
}

const contents: VcFake.Contents = {
  meetings: [
    { meeting_id: "m1", owner: "ou_owner" },
    { meeting_id: "m2", owner: "ou_owner", ongoing: true, recording: "10 minutes" },
    { meeting_id: "m3", owner: "ou_owner", recording: false }
  ],
  levels: [
    { room_level_id: "omb_site", form: true },
    { room_level_id: "omb_floor", parent_id: "omb_site" }
  ],
  rooms: [
    { room_id: "omm_1", room_level_id: "omb_floor", form: true },
    { room_id: "omm_2" }
  ]
}

const options = { domains: [VcFake.domainOf(contents)], directory, user: { open_id: "ou_owner" } } as const

const Test = FakeFeishu.layerClient(options)

const fake = VcFake.VcFake

const to = (...permission_objects: ReadonlyArray<MeetingRecording.PermissionObject>) => permission_objects

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const reservation = (id: string) =>
  Effect.flatMap(Effect.flatMap(fake, (vc) => vc.reservation(id)), (found) => Effect.orDie(Effect.fromNullable(Option.getOrUndefined(found))))

describe("recordings", () => {
  it.effect("are opened and closed by the owner", () =>
    Effect.gen(function*() {
      const { grants } = yield* fake
      yield* MeetingRecording.setPermission({
        meeting_id: "m1",
        user_id_type: "user_id",
        permission_objects: to({ type: 1, id: "guest", permission: 1 }, { type: 2, id: "oc_1", permission: 1 }, { type: 3, permission: 1 })
      })
      assert.deepStrictEqual(yield* grants("m1"), [
        { type: 1, permission: 1, id: "ou_guest" },
        { type: 2, permission: 1, id: "oc_1" },
        { type: 3, permission: 1 }
      ])
      yield* MeetingRecording.setPermission({
        meeting_id: "m1",
        action_type: 1,
        permission_objects: to({ type: 1, id: "ou_guest", permission: 1 }, { type: 3, permission: 1 })
      })
      assert.deepStrictEqual(yield* grants("m1"), [{ type: 2, permission: 1, id: "oc_1" }])
    }).pipe(Effect.provide(Test)))

  it.effect("fail as documented", () =>
    Effect.gen(function*() {
      const share = (meeting_id: string, id = "ou_guest") =>
        MeetingRecording.setPermission({ meeting_id, permission_objects: to({ type: 1, id, permission: 1 }) })
      assert.strictEqual(yield* tagOf(share("m9")), "VcMeetingNotFound")
      assert.strictEqual(yield* tagOf(share("m3")), "VcDataNotFound")
      assert.strictEqual(yield* tagOf(share("m1", "ou_nobody")), "VcInvalidParam")
      assert.strictEqual(
        yield* tagOf(share("m1").pipe(Effect.provide(FakeFeishu.layerUser({ open_id: "ou_guest" })))),
        "VcNoPermission"
      )
    }).pipe(Effect.provide(Test)))

  it.effect("take a while after the meeting to be complete", () =>
    Effect.gen(function*() {
      const { end, grants } = yield* fake
      const share = MeetingRecording.setPermission({ meeting_id: "m2", permission_objects: to({ type: 4, permission: 1 }) })
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(yield* tagOf(share), "VcDataNotFound")
      yield* end("m2")
      yield* TestClock.adjust("9 minutes")
      assert.strictEqual(yield* tagOf(share), "VcDataNotFound")
      yield* TestClock.adjust("1 minute")
      yield* share
      assert.deepStrictEqual(yield* grants("m2"), [{ type: 4, permission: 1 }])
    }).pipe(Effect.provide(Test)))
})

describe("reservations", () => {
  it.effect("take the documented defaults and roundings", () =>
    Effect.gen(function*() {
      yield* ReserveConfig.patch({
        reserve_config_id: "omm_1",
        scope_type: "2",
        approval_config: { approval_switch: 1, approval_condition: 1, meeting_duration: 2.345, approvers: [{ user_id: "ou_owner" }] },
        time_config: { time_switch: 1, opening_hour: "27929", start_time: "29", end_time: "86399" },
        reserve_scope_config: { allow_all_users: 0, allow_depts: [{ department_id: "od_1" }] }
      })
      const { approval, scope, time } = yield* reservation("omm_1")
      assert.deepStrictEqual(approval, { approval_switch: 1, approval_condition: 1, meeting_duration: 2.35, approvers: ["ou_owner"] })
      assert.deepStrictEqual(time, {
        time_switch: 1,
        days_in_advance: 365,
        opening_hour: "27900",
        start_time: "0",
        end_time: "86400",
        max_duration: 2
      })
      assert.deepStrictEqual(scope, { allow_all_users: 0, allow_users: [], allow_depts: ["od_1"] })
      yield* ReserveConfig.patch({ reserve_config_id: "omm_1", scope_type: "2", approval_config: { approval_condition: 0 } })
      assert.deepStrictEqual((yield* reservation("omm_1")).approval, { ...approval, approval_condition: 0, meeting_duration: 99 })
      yield* ReserveConfig.patch({ reserve_config_id: "omm_1", scope_type: "2", approval_config: { approval_switch: 0 } })
      assert.strictEqual((yield* reservation("omm_1")).approval.approval_switch, 0)
      assert.deepStrictEqual((yield* reservation("omm_1")).time, time)
    }).pipe(Effect.provide(Test)))

  it.effect("reach what is below, if asked to", () =>
    Effect.gen(function*() {
      const patch = (if_cover_child_scope: boolean, max_duration: number) =>
        ReserveConfig.patch({
          reserve_config_id: "omb_site",
          scope_type: "1",
          time_config: { if_cover_child_scope, time_switch: 1, max_duration }
        })
      const durations = Effect.map(
        Effect.forEach(["omb_site", "omb_floor", "omm_1", "omm_2"], reservation),
        (all) => all.map(({ time }) => time.max_duration)
      )
      yield* patch(false, 7)
      assert.deepStrictEqual(yield* durations, [7, 2, 2, 2])
      yield* patch(true, 8)
      assert.deepStrictEqual(yield* durations, [8, 8, 8, 2])
    }).pipe(Effect.provide(Test)))

  it.effect("fail as documented", () =>
    Effect.gen(function*() {
      const patch = (request: Partial<ReserveConfig.PatchRequest>) =>
        tagOf(ReserveConfig.patch({ reserve_config_id: "omm_1", scope_type: "2", ...request }))
      assert.strictEqual(yield* patch({ reserve_config_id: "omm_9" }), "VcRoomOrLevelNotFound")
      assert.strictEqual(yield* patch({ scope_type: "1" }), "VcRoomOrLevelNotFound")
      assert.strictEqual(
        yield* patch({ reserve_scope_config: { allow_all_users: 0, allow_users: [{ user_id: "ou_nobody" }] } }),
        "VcInvalidUserId"
      )
      assert.strictEqual(
        yield* patch({ reserve_scope_config: { allow_all_users: 0, allow_depts: [{ department_id: "od_9" }] } }),
        "VcInvalidDepartmentId"
      )
    }).pipe(Effect.provide(Test)))

  it.effect("have a form once an administrator set one up", () =>
    Effect.gen(function*() {
      const patchForm = (reserve_config_id: string, scope_type: 1 | 2, user_id = "ou_guest") =>
        ReserveConfig.patchForm({
          reserve_config_id,
          scope_type,
          reserve_form_config: { reserve_form: true, notified_users: [{ user_id }], notified_time: 3 }
        })
      assert.strictEqual(yield* tagOf(patchForm("omm_2", 2)), "VcReserveFormNotConfigured")
      assert.strictEqual(yield* tagOf(patchForm("omm_1", 1)), "VcRoomOrLevelNotFound")
      assert.strictEqual(yield* tagOf(patchForm("omm_1", 2, "ou_nobody")), "VcInvalidUserId")
      yield* patchForm("omm_1", 2)
      assert.deepStrictEqual((yield* reservation("omm_1")).form, {
        reserve_form: true,
        notified_users: ["ou_guest"],
        notified_time: 3,
        time_unit: 3
      })
    }).pipe(Effect.provide(Test)))

  it.effect("answer requests the client would not send with the code of the rule they break", () =>
    Effect.gen(function*() {
      const { issueTenantToken } = yield* FakeFeishu.FakeFeishu
      const client = yield* HttpClient.HttpClient
      const token = Redacted.value(yield* issueTenantToken())
      const code = (path: string, body: unknown) =>
        HttpClientRequest.patch(`https://open.feishu.cn/open-apis/vc/v1/reserve_configs/omm_1${path}`).pipe(
          HttpClientRequest.bearerToken(token),
          HttpClientRequest.bodyUnsafeJson(body),
          client.execute,
          Effect.flatMap((response) => response.json),
          Effect.map((json) => (json as { readonly code: number }).code)
        )
      const many = Array.from({ length: 501 }, (_, index) => ({ user_id: `ou_${index}` }))
      assert.strictEqual(yield* code("", { scope_type: "2", reserve_scope_config: { allow_all_users: 0, allow_users: many } }), 126012)
      assert.strictEqual(yield* code("/form", { scope_type: 2, reserve_form_config: { reserve_form: true, notified_users: many } }), 126012)
      assert.strictEqual(yield* code("/form", { scope_type: 2, reserve_form_config: { reserve_form: true, notified_time: 366 } }), 126011)
      assert.strictEqual(yield* code("/form", { scope_type: 3, reserve_form_config: { reserve_form: true } }), 121003)
      assert.strictEqual(yield* code("", { scope_type: 2 }), 121003)
    }).pipe(Effect.provide(Test)))
})

describe("every operation of the package", () => {
  const facts = Conformance.factsIn(new URL("../spec/", import.meta.url))

  it("has a handler or an example", () => {
    const { examples, handlers } = VcFake.domain
    const handled = handlers.map(({ operation }) => operation.id)
    assert.deepStrictEqual(handled, [...new Set(handled)])
    assert.deepStrictEqual(
      [...new Set([...handled, ...Object.keys(examples)])].toSorted(),
      plugin.operations.map(({ id }) => id).toSorted()
    )
  })

  for (const operation of plugin.operations) {
    it.effect(`${operation.id} is answered, or refused as documented`, () =>
      Effect.gen(function*() {
        const { issueTenantToken, issueUserToken } = yield* FakeFeishu.FakeFeishu
        const client = yield* HttpClient.HttpClient
        const token = yield* operation.accepts === "user" ? issueUserToken({ open_id: "ou_owner" }) : issueTenantToken()
        const { body, exampleRequest, method, path, pathParams, query } = facts.get(operation.id)!
        const url = new URL(path.replace(/:(\w+)/g, (_, name: string) =>
          encodeURIComponent(String(pathParams.find((param) => param.name === name)?.example))), "https://open.feishu.cn")
        for (const { example = [], name } of query) for (const value of [example].flat()) url.searchParams.append(name, String(value))
        const request = HttpClientRequest.make(method as "GET")(url).pipe(HttpClientRequest.bearerToken(Redacted.value(token)))
        const response = yield* client.execute(
          body.length === 0 ? request : HttpClientRequest.bodyUnsafeJson(request, exampleRequest ?? {})
        )
        const { code } = (yield* response.json) as { readonly code: number }
        // Some pages have no example of what they need.
        const bare = exampleRequest === null && body.some(({ required }) => required === true)
        assert.include([0, ...operation.errors.flatMap(({ codes }) => codes), ...bare ? ApiError.FieldsInvalid.codes : []], code)
      }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [VcFake.domain] }))))
  }
})

for (const [name, transport] of [["fetch", FetchHttpClient.layer], ["undici", NodeHttpClient.layerUndici]] as const) {
  it.live(`is the same over ${name}`, () =>
    Effect.gen(function*() {
      yield* MeetingRecording.setPermission({ meeting_id: "m1", permission_objects: to({ type: 4, permission: 1 }) })
      yield* ReserveConfig.patch({ reserve_config_id: "omb_site", scope_type: "1", time_config: { time_switch: 0 } })
      assert.deepStrictEqual(yield* (yield* fake).grants("m1"), [{ type: 4, permission: 1 }])
      assert.strictEqual(yield* tagOf(ReserveConfig.patch({ reserve_config_id: "omm_9", scope_type: "2" })), "VcRoomOrLevelNotFound")
    }).pipe(Effect.provide(FakeServer.layerClient(options).pipe(Layer.provide(transport)))))
}

it.effect("asks for the credential each operation documents", () =>
  Effect.gen(function*() {
    const { requests } = yield* FakeFeishu.FakeFeishu
    yield* MeetingRecording.setPermission({ meeting_id: "m1", permission_objects: to({ type: 4, permission: 1 }) })
    yield* AccessToken.asUser(ReserveConfig.patch({ reserve_config_id: "omm_1", scope_type: "2" }))
    assert.deepStrictEqual((yield* requests).filter(({ credential }) => credential !== "none").map(({ credential }) => credential), [
      "user",
      "tenant"
    ])
  }).pipe(Effect.provide(Test)))
