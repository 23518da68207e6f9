import { AccessToken, ApiError } from "@effect-feishu/core"
import { FakeFeishu, FakeServer } from "@effect-feishu/core/testing"
import type { Directory } from "@effect-feishu/core/testing"
import { PermissionMember, PermissionPublic, plugin } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { FetchHttpClient, HttpBody, HttpClient, HttpClientRequest } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, identity, Layer, Option, Redacted, TestClock } from "effect"
import * as Conformance from "../../core/test/conformance.ts"

const directory = {
  users: [
    { open_id: "ou_ann", user_id: "ann", email: "ann@acme.example", name: "Ann" },
    { open_id: "ou_bob", name: "Bob" },
    { open_id: "ou_cat" },
    { open_id: "ou_hermit", hidden: true }
  ],
  chats: [
    { chat_id: "oc_open", bot: true, members: ["ou_cat"], name: "Open" },
    { chat_id: "oc_closed", members: ["ou_bob"] }
  ],
  departments: [{ open_department_id: "od_1", members: ["ou_cat"] }],
  groups: [{ group_id: "g1", members: ["ou_bob"] }]
} satisfies Directory.Entries

const documents: ReadonlyArray<DriveFake.Document> = [
  { token: "app" },
  { token: "ann", owner: "ou_ann", personal: true },
  { token: "small", memberLimit: 2 },
  { token: "wiki", type: "wiki" },
  { token: "folder", type: "folder", owner: "ou_ann", members: [{ member_type: "appid", member_id: "cli_fake", perm: "full_access" }] }
]

const options = { domains: [DriveFake.domainOf({ documents })], directory, user: { open_id: "ou_ann" } } as const

const Test = FakeFeishu.layerClient({ ...options, rateLimits: false })

const as = (open_id: string) => <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.provide(AccessToken.asUser(self), FakeFeishu.layerUser({ open_id }))

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const member = (member_id: string, perm: "view" | "edit" | "full_access" = "view") =>
  ({ member_type: "openid", member_id, perm }) as const

const add = (token: string, member_id: string, perm: "view" | "edit" | "full_access" = "view") =>
  PermissionMember.create({ token, file_type: "docx", ...member(member_id, perm) })

const snapshot = (token: string) =>
  Effect.flatMap(DriveFake.DriveFake, (drive) => Effect.flatten(drive.document(token))).pipe(Effect.orDie)

const membersOf = (token: string) =>
  Effect.map(snapshot(token), ({ members }) => members.map(({ perm, principal }) => [principal.kind, principal.id, perm]))

const on = (token: string) => ({ token, type: "docx" }) as const

describe("members", () => {
  it.effect("are added, changed, listed and removed, whatever id names them", () =>
    Effect.gen(function*() {
      const { member: added } = yield* PermissionMember.create({
        token: "app",
        file_type: "docx",
        member_type: "email",
        member_id: "ann@acme.example",
        perm: "view",
        type: "user"
      })
      assert.deepStrictEqual(added, { member_type: "email", member_id: "ann@acme.example", perm: "view", perm_type: "container", type: "user" })
      yield* PermissionMember.update({ token: "app", file_type: "docx", member_type: "userid", member_id: "ann", perm: "edit" })
      yield* PermissionMember.create({ token: "app", file_type: "docx", member_type: "openchat", member_id: "oc_open", perm: "view" })
      assert.deepStrictEqual(yield* PermissionMember.list({ ...on("app"), fields: "name,type" }), {
        items: [
          { member_type: "appid", member_id: "cli_fake", perm: "full_access", type: "app" },
          { member_type: "openid", member_id: "ou_ann", perm: "edit", type: "user", name: "Ann" },
          { member_type: "openchat", member_id: "oc_open", perm: "view", type: "chat", name: "Open" }
        ]
      })
      yield* PermissionMember.delete({ token: "app", file_type: "docx", member_type: "openid", member_id: "ou_ann" })
      yield* PermissionMember.delete({ token: "app", file_type: "docx", member_type: "openid", member_id: "ou_ann" })
      assert.deepStrictEqual(yield* membersOf("app"), [["chat", "oc_open", "view"]])
    }).pipe(Effect.provide(Test)))

  it.effect("fail as documented", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* tagOf(add("nowhere", "ou_bob")), "DriveInvalidParam")
      assert.strictEqual(yield* tagOf(PermissionMember.list({ token: "app", type: "sheet" })), "DriveInvalidParam")
      assert.strictEqual(yield* tagOf(add("app", "ou_nobody")), "DriveInvalidParam")
      assert.strictEqual(yield* tagOf(add("app", "ou_hermit")), "DriveOperationNotAllowed")
      assert.strictEqual(yield* tagOf(add("ann", "ou_bob")), "DriveNoPermission")
      assert.strictEqual(
        yield* tagOf(PermissionMember.create({ token: "app", file_type: "docx", member_type: "openchat", member_id: "oc_closed", perm: "view" })),
        "DriveOperationNotAllowed"
      )
      assert.strictEqual(
        yield* tagOf(PermissionMember.create({ token: "app", file_type: "docx", member_type: "opendepartmentid", member_id: "od_1", perm: "view" })),
        "DriveInvalidParam"
      )
      assert.strictEqual(
        yield* tagOf(PermissionMember.create({ token: "app", file_type: "docx", member_type: "wikispaceid", member_id: "1", perm: "view", type: "wiki_space_member" })),
        "DriveInvalidParam"
      )
      assert.strictEqual(
        yield* tagOf(PermissionMember.update({ token: "app", file_type: "docx", ...member("ou_bob") })),
        "DriveInvalidParam"
      )
      assert.strictEqual(yield* tagOf(PermissionMember.list({ token: "folder", type: "folder" })), "DriveNoPermission")
      yield* Effect.flatMap(DriveFake.DriveFake, (drive) => drive.remove("app"))
      assert.strictEqual(yield* tagOf(add("app", "ou_bob")), "DriveResourceDeleted")
    }).pipe(Effect.provide(Test)))

  it.effect("are as many as the document holds", () =>
    Effect.gen(function*() {
      yield* add("small", "ou_ann")
      yield* add("small", "ou_bob")
      assert.strictEqual(yield* tagOf(add("small", "ou_cat")), "DriveOperationNotAllowed")
      yield* add("small", "ou_bob", "edit")
      assert.deepStrictEqual(yield* membersOf("small"), [["user", "ou_ann", "view"], ["user", "ou_bob", "edit"]])
    }).pipe(Effect.provide(Test)))

  it.effect("are managed by whom the settings say", () =>
    Effect.gen(function*() {
      const allow = (manage_collaborator_entity: "collaborator_can_view" | "collaborator_can_edit" | "collaborator_full_access") =>
        PermissionPublic.patch({ ...on("app"), manage_collaborator_entity })
      yield* add("app", "ou_bob", "edit")
      assert.strictEqual(yield* tagOf(as("ou_bob")(add("app", "ou_cat"))), "DriveNoSharePermission")
      yield* allow("collaborator_can_edit")
      yield* as("ou_bob")(add("app", "ou_cat"))
      assert.strictEqual(yield* tagOf(as("ou_cat")(PermissionMember.list(on("app")))), "DriveNoSharePermission")
      yield* allow("collaborator_can_view")
      yield* as("ou_cat")(PermissionMember.list(on("app")))
      assert.strictEqual(yield* tagOf(as("ou_ann")(PermissionMember.list(on("app")))), "DriveNoPermission")
      assert.strictEqual(
        yield* tagOf(as("ou_bob")(PermissionMember.update({ token: "app", file_type: "docx", ...member("ou_cat", "edit") }))),
        "DriveNoPermission"
      )
      yield* PermissionMember.create({ token: "app", file_type: "docx", member_type: "groupid", member_id: "g1", perm: "full_access" })
      yield* as("ou_bob")(PermissionMember.update({ token: "app", file_type: "docx", ...member("ou_cat", "edit") }))
    }).pipe(Effect.provide(Test)))

  it.effect("are added in part", () =>
    Effect.gen(function*() {
      const { failed, missing, succeeded } = yield* PermissionMember.batchCreate.all({
        ...on("app"),
        members: [member("ou_ann"), member("ou_nobody"), member("ou_bob", "edit"), member("ou_hermit")]
      })
      assert.deepStrictEqual(succeeded.map(({ item }) => item.member_id), ["ou_ann", "ou_bob"])
      assert.deepStrictEqual(failed.map(({ error, item }) => [item.member_id, error._tag]), [
        ["ou_nobody", "DriveInvalidParam"],
        ["ou_hermit", "DriveInvalidParam"]
      ])
      assert.deepStrictEqual(missing, [])
      assert.deepStrictEqual(yield* membersOf("app"), [["user", "ou_ann", "view"], ["user", "ou_bob", "edit"]])
      assert.strictEqual(
        yield* tagOf(PermissionMember.batchCreate({ ...on("app"), members: [member("ou_nobody")] })),
        "DriveInvalidParam"
      )
      assert.strictEqual(yield* Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => fake.effectsOf(PermissionMember.batchCreate)), 1)
    }).pipe(Effect.provide(Test)))

  it.effect("are told of it, if a user shares", () =>
    Effect.gen(function*() {
      const share = (need_notification?: boolean) =>
        PermissionMember.create({ token: "ann", file_type: "docx", ...member("ou_bob"), ...need_notification === undefined ? {} : { need_notification } })
      yield* as("ou_ann")(share())
      yield* as("ou_ann")(share(true))
      yield* PermissionMember.create({ token: "app", file_type: "docx", need_notification: true, ...member("ou_bob") })
      assert.deepStrictEqual(yield* Effect.flatMap(DriveFake.DriveFake, ({ notifications }) => notifications), [
        { token: "ann", to: { kind: "user", id: "ou_bob" } }
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("of a wiki page may mean one page only", () =>
    Effect.gen(function*() {
      const share = (perm_type: "container" | "single_page", perm: "view" | "edit") =>
        PermissionMember.create({ token: "wiki", file_type: "wiki", perm_type, ...member("ou_bob", perm) })
      yield* share("container", "view")
      yield* share("single_page", "edit")
      const perms = (perm_type: "container" | "single_page") =>
        Effect.map(PermissionMember.list({ token: "wiki", type: "wiki", perm_type }), ({ items = [] }) =>
          items.filter(({ member_id }) => member_id === "ou_bob").map(({ perm }) => perm))
      assert.deepStrictEqual(yield* perms("container"), ["view"])
      assert.deepStrictEqual(yield* perms("single_page"), ["edit"])
      yield* PermissionMember.create({ token: "wiki", file_type: "wiki", member_type: "wikispaceid", member_id: "7", perm: "view", type: "wiki_space_editor" })
    }).pipe(Effect.provide(Test)))
})

describe("owners", () => {
  it.effect("hand a document on, and keep what they asked to keep", () =>
    Effect.gen(function*() {
      const to = (member_id: string, rest: Partial<PermissionMember.TransferOwnerRequest> = {}) =>
        PermissionMember.transferOwner({ ...on("ann"), member_type: "openid", member_id, ...rest })
      assert.strictEqual(yield* tagOf(to("ou_bob")), "DriveNoPermission")
      assert.strictEqual(yield* tagOf(as("ou_ann")(to("ou_nobody"))), "DriveInvalidParam")
      yield* as("ou_ann")(to("ou_bob", { stay_put: true, old_owner_perm: "view" }))
      assert.deepInclude(yield* snapshot("ann"), { owner: { kind: "user", id: "ou_bob" }, space: "ou_ann" })
      assert.deepStrictEqual(yield* membersOf("ann"), [["user", "ou_ann", "view"]])
      yield* as("ou_bob")(to("ou_ann", { remove_old_owner: true }))
      assert.deepInclude(yield* snapshot("ann"), { owner: { kind: "user", id: "ou_ann" }, space: "ou_ann", members: [] })
      yield* as("ou_ann")(to("ou_cat"))
      assert.deepInclude(yield* snapshot("ann"), { owner: { kind: "user", id: "ou_cat" }, space: "ou_cat" })
      assert.deepStrictEqual(yield* membersOf("ann"), [["user", "ou_ann", "full_access"]])
    }).pipe(Effect.provide(Test)))

  it.effect("cannot be removed, nor given less", () =>
    Effect.gen(function*() {
      yield* as("ou_ann")(add("ann", "ou_bob", "full_access"))
      yield* as("ou_bob")(Effect.gen(function*() {
        assert.strictEqual(
          yield* tagOf(PermissionMember.delete({ token: "ann", file_type: "docx", member_type: "openid", member_id: "ou_ann" })),
          "DriveOperationNotAllowed"
        )
        assert.strictEqual(yield* tagOf(add("ann", "ou_ann")), "DriveOperationNotAllowed")
      }))
    }).pipe(Effect.provide(Test)))
})

describe("what a caller may do", () => {
  it.effect("follows from role, settings and link", () =>
    Effect.gen(function*() {
      const actions = ["view", "edit", "comment", "copy", "export", "print", "share", "manage_public"] as const
      const may = Effect.map(
        Effect.filter(actions, (action) =>
          Effect.map(PermissionMember.auth({ ...on("app"), action }), ({ auth_result }) => auth_result === true)),
        (allowed) => allowed.join(" ")
      )
      assert.strictEqual(yield* may, actions.join(" "))
      assert.strictEqual(yield* as("ou_bob")(may), "")
      yield* add("app", "ou_bob")
      assert.strictEqual(yield* as("ou_bob")(may), "view comment copy export print")
      yield* PermissionPublic.patch({
        ...on("app"),
        comment_entity: "anyone_can_edit",
        security_entity: "only_full_access",
        copy_entity: "anyone_can_edit",
        manage_collaborator_entity: "collaborator_can_view"
      })
      assert.strictEqual(yield* as("ou_bob")(may), "view share")
      yield* PermissionPublic.patch({ ...on("app"), link_share_entity: "tenant_editable" })
      assert.strictEqual(yield* as("ou_cat")(may), "view edit comment copy")
      assert.strictEqual(yield* as("ou_bob")(may), "view edit comment copy share")
      yield* add("app", "ou_bob", "full_access")
      assert.strictEqual(yield* as("ou_bob")(may), actions.join(" "))
      assert.strictEqual(yield* tagOf(PermissionMember.auth({ ...on("nowhere"), action: "view" })), "DriveInvalidParam")
    }).pipe(Effect.provide(Test)))
})

describe("public settings", () => {
  it.effect("change as asked, and say what changed", () =>
    Effect.gen(function*() {
      const { permission_public: before } = yield* PermissionPublic.get(on("app"))
      const { permission_public: changed } = yield* PermissionPublic.patch({ ...on("app"), comment_entity: "anyone_can_edit" })
      assert.deepStrictEqual(changed, { comment_entity: "anyone_can_edit" })
      const { permission_public: after } = yield* PermissionPublic.get(on("app"))
      assert.deepStrictEqual(after, Object.assign({}, before, changed))
      assert.strictEqual(yield* tagOf(as("ou_bob")(PermissionPublic.get(on("app")))), "DriveNoPermission")
      yield* add("app", "ou_bob", "edit")
      yield* as("ou_bob")(PermissionPublic.get(on("app")))
      assert.strictEqual(yield* tagOf(as("ou_bob")(PermissionPublic.patch({ ...on("app"), comment_entity: "anyone_can_view" }))), "DriveNoPermission")
    }).pipe(Effect.provide(Test)))

  it.effect("open a link to everybody only where sharing is open", () =>
    Effect.gen(function*() {
      const patch = (request: Partial<PermissionPublic.PatchRequest>) => PermissionPublic.patch({ ...on("app"), ...request })
      assert.strictEqual(yield* tagOf(patch({ link_share_entity: "anyone_readable" })), "DriveOperationNotAllowed")
      assert.strictEqual(yield* tagOf(patch({ link_share_entity: "partner_tenant_readable" })), "DriveOperationNotAllowed")
      assert.strictEqual(yield* tagOf(patch({ external_access_entity: "allow_share_partner_tenant" })), "DriveOperationNotAllowed")
      yield* patch({ link_share_entity: "anyone_readable", external_access_entity: "open" })
      assert.deepStrictEqual((yield* patch({ external_access_entity: "closed" })).permission_public, {
        external_access_entity: "closed",
        link_share_entity: "closed"
      })
    }).pipe(Effect.provide(Test)))

  it.effect("look different in their first version, and are the same", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* PermissionPublic.getV1(on("app"))).permission_public, {
        external_access: false,
        security_entity: "anyone_can_view",
        comment_entity: "anyone_can_view",
        share_entity: "only_full_access",
        link_share_entity: "closed",
        invite_external: false,
        lock_switch: false
      })
      const { permission_public } = yield* PermissionPublic.patchV1({
        ...on("app"),
        external_access: true,
        share_entity: "same_tenant",
        link_share_entity: "anyone_editable",
        security_entity: "anyone_can_edit",
        invite_external: true
      })
      assert.deepStrictEqual(permission_public, {
        external_access: true,
        security_entity: "anyone_can_edit",
        share_entity: "same_tenant",
        link_share_entity: "anyone_editable",
        invite_external: true
      })
      assert.deepInclude((yield* PermissionPublic.get(on("app"))).permission_public, {
        external_access_entity: "open",
        security_entity: "anyone_can_edit",
        copy_entity: "anyone_can_edit",
        share_entity: "same_tenant",
        manage_collaborator_entity: "collaborator_can_view",
        link_share_entity: "anyone_editable"
      })
    }).pipe(Effect.provide(Test)))

  it.effect("have a password while the link is for everybody", () =>
    Effect.gen(function*() {
      const password = Effect.map(snapshot("app"), (document) => Option.map(document.password, Redacted.value))
      assert.strictEqual(yield* tagOf(PermissionPublic.createPassword(on("app"))), "DriveOperationNotAllowed")
      yield* PermissionPublic.patch({ ...on("app"), external_access_entity: "open", link_share_entity: "anyone_readable" })
      assert.strictEqual(yield* tagOf(PermissionPublic.updatePassword(on("app"))), "DriveOperationNotAllowed")
      const first = yield* PermissionPublic.createPassword(on("app"))
      assert.deepStrictEqual(yield* password, Option.some(Redacted.value(first.password)))
      const second = yield* PermissionPublic.updatePassword(on("app"))
      assert.notStrictEqual(Redacted.value(second.password), Redacted.value(first.password))
      assert.deepStrictEqual(yield* password, Option.some(Redacted.value(second.password)))
      assert.strictEqual(yield* tagOf(as("ou_bob")(PermissionPublic.deletePassword(on("app")))), "DriveNoPermission")
      yield* PermissionPublic.deletePassword(on("app"))
      yield* PermissionPublic.deletePassword(on("app"))
      assert.deepStrictEqual(yield* password, Option.none())
      yield* PermissionPublic.createPassword(on("app"))
      yield* PermissionPublic.patch({ ...on("app"), link_share_entity: "tenant_readable" })
      assert.deepStrictEqual(yield* password, Option.none())
    }).pipe(Effect.provide(Test)))
})

describe("every operation of the package", () => {
  const facts = Conformance.factsIn(new URL("../spec/", import.meta.url))

  it("has a handler or an example", () => {
    const { examples, handlers } = DriveFake.domain
    const handled = handlers.map(({ operation }) => operation.id)
    assert.deepStrictEqual(handled, [...new Set(handled)])
    const answered = new Set([...handled, ...Object.keys(examples)])
    assert.deepStrictEqual(plugin.operations.map(({ id }) => id).filter((id) => !answered.has(id)), [])
  })

  const bytes = new TextEncoder().encode("A file.")

  /** What a page's example says is uploaded, or what stands in for it. */
  const bodyOf = async ({ body, bodyKind, exampleRequest }: Conformance.Facts): Promise<HttpBody.HttpBody> => {
    if (bodyKind !== "multipart") return body.length === 0 ? HttpBody.empty : HttpBody.unsafeJson(exampleRequest ?? {})
    const form = new FormData()
    for (const { example, name, type } of body) {
      if (type === "file") form.append(name, new Blob([bytes]), "file")
      else if (name === "size") form.append(name, String(bytes.byteLength))
      else if (name !== "checksum" && name !== "file_token") form.append(name, String(example))
    }
    const sent = new Response(form)
    return HttpBody.uint8Array(new Uint8Array(await sent.arrayBuffer()), sent.headers.get("content-type") ?? "")
  }

  for (const operation of plugin.operations) {
    it.effect(`${operation.id} is answered, or refused as documented`, () =>
      Effect.gen(function*() {
        const { issueTenantToken, issueUserToken } = yield* FakeFeishu.FakeFeishu
        const client = yield* HttpClient.HttpClient
        const token = yield* operation.accepts === "user" ? issueUserToken({ open_id: "ou_ann" }) : issueTenantToken()
        const known = facts.get(operation.id)!
        const url = new URL(known.path.replace(/:(\w+)/g, (_, name: string) =>
          encodeURIComponent(String(known.pathParams.find((param) => param.name === name)?.example ?? "none"))), "https://open.feishu.cn")
        for (const { example = [], name } of known.query) {
          for (const value of [example].flat()) url.searchParams.append(name, String(value))
        }
        const body = yield* Effect.promise(() => bodyOf(known))
        const response = yield* client.execute(HttpClientRequest.make(known.method as "GET")(url).pipe(
          HttpClientRequest.bearerToken(Redacted.value(token)),
          known.method === "GET" && known.body.length === 0 ? identity : HttpClientRequest.setBody(body)
        ))
        const { code } = (yield* response.json) as { readonly code: number }
        // Some pages have no example of what they need, and none has a code for a download that is not there.
        const bare = known.exampleRequest === null && known.body.some(({ required }) => required === true)
          || known.query.some(({ example, required }) => required === true && example === undefined)
        assert.include(
          [
            0,
            ...operation.errors.flatMap(({ codes }) => codes),
            ...bare ? ApiError.FieldsInvalid.codes : [],
            ...known.responseKind === "binary" ? ApiError.PathNotFound.codes : []
          ],
          code
        )
      }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [DriveFake.domain] }))))
  }
})

it.effect("starts empty, and with everybody there", () =>
  Effect.gen(function*() {
    const drive = yield* DriveFake.DriveFake
    yield* drive.add({ token: "new", members: [member("ou_anybody", "edit")] })
    yield* PermissionMember.create({ token: "new", file_type: "docx", member_type: "userid", member_id: "u1", perm: "view" })
    assert.deepStrictEqual(yield* membersOf("new"), [["user", "ou_anybody", "edit"], ["user", "ou_of_u1", "view"]])
  }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [DriveFake.domain] }))))

it.effect("is reached at the documented pace", () =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(Effect.forEach(Array.from({ length: 12 }), () => add("app", "ou_bob"), { concurrency: "unbounded" }))
    yield* TestClock.adjust("2 seconds")
    const fake = yield* FakeFeishu.FakeFeishu
    assert.strictEqual(yield* fake.effectsOf(PermissionMember.create), 10)
    yield* TestClock.adjust("10 seconds")
    yield* Fiber.join(fiber)
    assert.strictEqual(yield* fake.rejected, 0)
  }).pipe(Effect.provide(FakeFeishu.layerClient(options))))

for (const [name, transport] of [["fetch", FetchHttpClient.layer], ["undici", NodeHttpClient.layerUndici]] as const) {
  it.live(`is the same over ${name}`, () =>
    Effect.gen(function*() {
      yield* add("app", "ou_bob", "edit")
      yield* PermissionMember.delete({ token: "app", file_type: "docx", member_type: "openid", member_id: "ou_bob", type: "user" })
      assert.deepStrictEqual(yield* membersOf("app"), [])
      yield* PermissionPublic.patch({ ...on("app"), external_access_entity: "open", link_share_entity: "anyone_readable" })
      yield* PermissionPublic.createPassword(on("app"))
      assert.strictEqual(yield* tagOf(add("app", "ou_nobody")), "DriveInvalidParam")
    }).pipe(Effect.provide(FakeServer.layerClient(options).pipe(Layer.provide(transport)))))
}
