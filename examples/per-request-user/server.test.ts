import { FeishuClient, OAuth, TokenStore, UserTokens } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import { HttpServer } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { createServer } from "node:http"
import { Pending, router } from "./server.ts"

const Feishu = Layer.mergeAll(FeishuClient.layer, UserTokens.layer).pipe(
  Layer.provideMerge(OAuth.layer()),
  Layer.provide(TokenStore.layerMemory),
  Layer.provide(FakeFeishu.layerConfig()),
  Layer.provideMerge(FakeFeishu.layer())
)

const Server = HttpServer.serve(router).pipe(
  Layer.provideMerge(NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1" })),
  Layer.provide(Pending.layer),
  Layer.provideMerge(Feishu),
  Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["REDIRECT_URI", "http://backend.example/callback"]]))))
)

/** A visitor's browser: follows nothing by itself, and keeps one cookie. */
const browser = Effect.gen(function*() {
  const { address } = yield* HttpServer.HttpServer
  const base = address._tag === "TcpAddress" ? `http://127.0.0.1:${address.port}` : ""
  let cookie = ""
  const open = (path: string) =>
    Effect.promise(async () => {
      const response = await fetch(base + path, { redirect: "manual", headers: { cookie } })
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie
      return { status: response.status, location: response.headers.get("location"), text: await response.text() }
    })
  const fake = yield* FakeFeishu.FakeFeishu
  const signIn = (open_id: string, name: string) =>
    Effect.gen(function*() {
      const { location } = yield* open("/login")
      const back = new URL(yield* fake.auth.authorize(location ?? "", { open_id, name }))
      return yield* open(back.pathname + back.search)
    })
  return { open, signIn }
})

describe("a backend of many users", () => {
  it.scopedLive("acts as whoever is calling, and sends who is not signed in to sign in", () =>
    Effect.gen(function*() {
      const [ada, bob] = [yield* browser, yield* browser]
      assert.deepInclude(yield* ada.open("/me"), { status: 302, location: "/login" })
      assert.deepInclude(yield* ada.signIn("ou_ada", "Ada"), { status: 302, location: "/me" })
      yield* bob.signIn("ou_bob", "Bob")
      const names = yield* Effect.forEach(Array.from({ length: 50 }), (_, index) => (index % 2 === 0 ? ada : bob).open("/me"), {
        concurrency: 10
      })
      assert.isTrue(names.every(({ text }, index) => JSON.parse(text).name === (index % 2 === 0 ? "Ada" : "Bob")))
      assert.strictEqual((yield* ada.open("/callback?code=c&state=forged")).status, 400)
    }).pipe(Effect.provide(Server)))

  it.scopedLive("asks for another sign-in when the platform takes the grant back", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const ada = yield* browser
      yield* ada.signIn("ou_ada", "Ada")
      yield* fake.auth.revokeGrants("ou_ada")
      yield* fake.revokeAll()
      assert.deepInclude(yield* ada.open("/me"), { status: 302, location: "/login" })
      yield* ada.signIn("ou_ada", "Ada")
      assert.include((yield* ada.open("/me")).text, "Ada")
    }).pipe(Effect.provide(Server)))
})
