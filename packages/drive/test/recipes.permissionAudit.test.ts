import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import type { Directory } from "@effect-feishu/core/testing"
import { File, PermissionAudit, PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Exit, Fiber, Stream, TestClock } from "effect"

const directory = { users: [{ open_id: "ou_ann", name: "Ann" }] } satisfies Directory.Entries

const documents: ReadonlyArray<DriveFake.Document> = [
  { token: "top", type: "folder" },
  { token: "open", folder: "top", createdAt: 1_000, settings: { external_access_entity: "open", link_share_entity: "anyone_readable" } },
  { token: "sub", type: "folder", folder: "top", createdAt: 2_000 },
  { token: "shared", type: "sheet", name: "a\u001b[2Jb", folder: "sub", members: [{ member_type: "openid", member_id: "ou_ann", perm: "edit" }] },
  { token: "link", type: "shortcut", name: "link", folder: "top", target: "open", createdAt: 3_000 }
]

const options = { domains: [DriveFake.domainOf({ documents })], directory } as const

const Test = FakeFeishu.layerClient({ ...options, rateLimits: false })

const all = (options: PermissionAudit.Options) =>
  Effect.map(Stream.runCollect(PermissionAudit.audit(options)), Chunk.toReadonlyArray)

const app = { member_type: "appid", member_id: "cli_fake", perm: "full_access" } as const

describe("PermissionAudit.audit", () => {
  for (const concurrency of [1, 4]) {
    it.effect(`tells of everything, the folder included, who may see it (${concurrency})`, () =>
      Effect.gen(function*() {
        const findings = yield* all({ folder: "top", concurrency })
        assert.deepStrictEqual(
          findings.map(({ gaps, members, path, settings, token, type }) =>
            [path, token, type, members, settings?.link_share_entity, settings?.external_access_entity, gaps]),
          [
            ["/", "top", "folder", [app], "closed", "closed", []],
            ["/open", "open", "docx", [app], "anyone_readable", "open", []],
            ["/sub", "sub", "folder", [app], "closed", "closed", []],
            [
              "/sub/a\u001b[2Jb",
              "shared",
              "sheet",
              [app, { member_type: "openid", member_id: "ou_ann", perm: "edit" }],
              "closed",
              "closed",
              []
            ],
            ["/link", "link", "shortcut", undefined, undefined, undefined, []]
          ]
        )
      }).pipe(Effect.provide(Test)))
  }

  it.effect("has a finding for whatever it cannot find out", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.answer({ status: 403, code: 1063002 }))
      yield* fake.script(PermissionPublic.get, Fault.delay(0))
      yield* fake.script(PermissionPublic.get, Fault.answer({ status: 404, code: 1063005 }))
      yield* fake.script(File.list, Fault.delay(0))
      yield* fake.script(File.list, Fault.answer({ status: 403, code: 1061004 }))
      const findings = yield* all({ folder: "top" })
      assert.deepStrictEqual(
        findings.map(({ gaps, members, path, settings }) =>
          [path, members !== undefined, settings !== undefined, gaps.map(({ error, of }) => `${of} ${error._tag}`)]),
        [
          ["/", false, true, ["members DriveNoPermission"]],
          ["/open", true, false, ["settings DriveResourceDeleted"]],
          ["/sub", true, true, []],
          ["/sub", false, false, ["contents DriveFileNoPermission"]],
          ["/link", false, false, []]
        ]
      )
    }).pipe(Effect.provide(Test)))

  it.effect("ends with what would be met everywhere, after what it found", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.delay(0))
      yield* fake.script(PermissionMember.list, Fault.answer({ status: 400, code: 99991672 }))
      const seen: Array<string> = []
      const exit = yield* Effect.exit(Stream.runForEach(PermissionAudit.audit({ folder: "top" }), ({ path }) => Effect.sync(() => seen.push(path))))
      assert.isTrue(Exit.isFailure(exit))
      assert.deepStrictEqual(seen, ["/"])
    }).pipe(Effect.provide(Test)))

  it.effect("of one's own space, begins with what is in its root", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* all({ folder: "" })).map(({ path }) => path), [
        "/top",
        "/top/open",
        "/top/sub",
        "/top/sub/a\u001b[2Jb",
        "/top/link"
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("asks about no more than is taken, so that a tree of any size fits", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* Stream.runDrain(Stream.take(PermissionAudit.audit({ folder: "big" }), 10))
      const asked = yield* fake.requestsOf(PermissionMember.list)
      assert.isAtMost(asked.length, 12)
      assert.lengthOf(yield* fake.requestsOf(File.list), 2)
    }).pipe(Effect.provide(FakeFeishu.layerClient({
      domains: [DriveFake.domainOf({
        documents: [{ token: "big", type: "folder" }, ...Array.from({ length: 300 }, (_, at) => ({ token: `d${at}`, folder: "big" }))]
      })],
      rateLimits: false
    }))))

  it.effect("keeps the documented pace", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const fiber = yield* Effect.fork(all({ folder: "big", concurrency: 100 }))
      yield* TestClock.adjust("1 minute")
      assert.lengthOf(yield* Fiber.join(fiber), 121)
      assert.strictEqual(yield* fake.rejected, 0)
    }).pipe(Effect.provide(FakeFeishu.layerClient({
      domains: [DriveFake.domainOf({
        documents: [{ token: "big", type: "folder" }, ...Array.from({ length: 120 }, (_, at) => ({ token: `d${at}`, folder: "big" }))]
      })]
    }))))
})

describe("a rendering", () => {
  it.effect("as lines of JSON holds everything, errors as data", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.answer({ status: 403, code: 1063002, error: { log_id: "L1" } }))
      const lines = Chunk.toReadonlyArray(yield* Stream.runCollect(PermissionAudit.toNdjson(PermissionAudit.audit({ folder: "sub" }))))
      assert.lengthOf(lines, 2)
      for (const line of lines) assert.match(line, /^[^\n]+\n$/)
      const [first, second] = lines.map((line) =>
        JSON.parse(line) as { readonly path: string; readonly token: string; readonly type: string; readonly members?: unknown; readonly gaps: ReadonlyArray<{ readonly of: string; readonly error: object }> })
      assert.isUndefined(first?.members)
      assert.deepInclude(first?.gaps[0]?.error, { tag: "DriveNoPermission", code: 1063002, logId: "L1" })
      assert(second !== undefined)
      assert.deepInclude(second, { path: "/a\u001b[2Jb", token: "shared", type: "sheet", gaps: [] })
    }).pipe(Effect.provide(Test)))

  it.effect("as a table has a line for everything, and no control character of a name", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionPublic.get, Fault.answer({ status: 403, code: 1063002, msg: "no\nway" }))
      const lines = yield* Stream.runCollect(PermissionAudit.toTable(PermissionAudit.audit({ folder: "sub", fields: "name" })))
      const [title, ...rest] = Chunk.toReadonlyArray(lines)
      assert.strictEqual(title, "TYPE      LINK SHARING             OUTSIDE                     PATH")
      assert.deepStrictEqual(rest.slice(0, 2), [
        "folder    -                        -                           /",
        "  full_access  appid cli_fake"
      ])
      assert.match(rest[2] ?? "", /^ {2}! settings: DriveNoPermission, drive\.permission\.public\.get: 1063002 no\\u000away/)
      assert.deepStrictEqual(rest.slice(3), [
        "sheet     closed                   closed                      /a\uFFFD[2Jb",
        "  full_access  appid cli_fake",
        "  edit         openid ou_ann (Ann)"
      ])
    }).pipe(Effect.provide(Test)))
})
