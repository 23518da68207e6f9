import { AccessToken, ApiError, FeishuClient, FeishuConfig, Operation, RateLimit, Shape } from "@effect-feishu/core"
import { FetchHttpClient } from "@effect/platform"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Schema, Cause } from "effect"
import * as Http from "node:http"

class NotThere extends ApiError.define("NotThere", { code: 122002, status: 404, category: "NotFound" }) {}
class Fault extends ApiError.define("TestFault", { code: 121001, status: 500, category: "Fault" }) {}
class Req extends Shape.Struct<Req>()({ id: Schema.String, n: Schema.optional(Schema.Int) }, (r) => r.n === 7 ? { path: ["n"], message: "must not be 7" } : undefined) {}
class Res extends Shape.Struct<Res>()({ name: Schema.optional(Schema.String) }) {}
const get = Operation.make("t.get", { method: "GET", url: "/open-apis/t/:id", accepts: "tenant", scopes: ["s"], idempotent: true, rateLimit: RateLimit.of([50, "1 second"]), request: Req, response: Res, errors: [NotThere, Fault] })

it.live("works over a socket", () => Effect.gen(function*() {
  const server = Http.createServer((req, res) => {
    res.setHeader("content-type", "application/json")
    if (req.url!.includes("internal")) { res.end(JSON.stringify({ code: 0, msg: "ok", tenant_access_token: "t-1", expire: 7200 })); return }
    if (req.url!.includes("gone")) { res.statusCode = 404; res.setHeader("x-tt-logid", "L1"); res.end(JSON.stringify({ code: 122002, msg: "meeting\nnot exist" })); return }
    res.end(JSON.stringify({ code: 0, data: { name: "x", other: null } }))
  })
  yield* Effect.async<void>((r) => { server.listen(0, "127.0.0.1", () => r(Effect.void)) })
  const port = (server.address() as { port: number }).port
  const live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
    Layer.provide(FeishuConfig.layer({ appId: "cli", appSecret: Redacted.make("s"), baseUrl: `http://127.0.0.1:${port}` })), Layer.provide(FetchHttpClient.layer))
  yield* Effect.gen(function*() {
    assert.deepStrictEqual(yield* get({ id: "a/b" }), { name: "x" })
    const e = yield* Effect.exit(get({ id: "gone" }))
    console.log(e._tag === "Failure" ? Cause.pretty(e.cause) : e)
    console.log(String(yield* Effect.flip(get({ id: "..", n: 7 }))))
    const t0 = process.hrtime.bigint()
    yield* Effect.forEach(Array.from({ length: 40 }), () => get({ id: "x" }), { concurrency: "unbounded" })
    console.log(Number(process.hrtime.bigint() - t0) / 1e6, "ms")
  }).pipe(Effect.provide(live))
  server.close()
}))
