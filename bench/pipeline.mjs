// `node --cpu-prof pipeline.mjs [spans] [count]`: the pipeline without a socket, over a dispatcher that answers by itself.
import { AccessToken, FeishuClient, FeishuConfig, Operation, RateLimit } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { PermissionMember } from "@effect-feishu/drive"
import { HttpClient } from "@effect/platform"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"

const [spans = "off", count = "100000"] = process.argv.slice(2)

const body = Buffer.from(JSON.stringify({
  code: 0,
  msg: "success",
  data: {
    items: [1, 2].map((at) => ({ member_type: "openid", member_id: `ou_${at}`, perm: "view", perm_type: "container", type: "user", name: "n", external_label: false }))
  }
}))
const headers = { "content-type": "application/json; charset=utf-8", "content-length": String(body.length), "x-tt-logid": "2023101815123", date: "Sat", connection: "keep-alive" }
const controller = { abort() {}, pause() {}, resume() {}, paused: false }

const dispatcher = {
  dispatch(_, handler) {
    setImmediate(() => {
      handler.onRequestStart(controller)
      handler.onResponseStart(controller, 200, { ...headers })
      handler.onResponseData(controller, body)
      handler.onResponseEnd(controller, {})
    })
    return true
  }
}

const operation = Operation.make("bench.member.list", {
  method: "GET",
  url: "/open-apis/drive/v1/permissions/:token/members",
  accepts: "tenant",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.of([100_000_000, "1 second"]),
  request: PermissionMember.list.spec.request,
  response: PermissionMember.list.spec.response,
  errors: PermissionMember.list.spec.errors
})

const runtime = ManagedRuntime.make(
  Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-bench"))).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, UndiciTransport.make(dispatcher))),
    Layer.provide(FeishuConfig.layer({ appId: "cli_bench", appSecret: Redacted.make("bench-secret-of-the-app") }))
  )
)

const many = (count) => {
  let left = count
  const loop = Effect.whileLoop({ while: () => left-- > 0, body: () => operation({ token: "doxcnBKyYQe1kTgPPnTIDaQeLKh", type: "docx" }), step() {} })
  return Effect.forEach(Array.from({ length: 64 }), () => loop, { concurrency: "unbounded", discard: true }).pipe(Effect.withTracerEnabled(spans === "on"))
}

await runtime.runPromise(many(20_000))
const taken = []
for (let round = 0; round < 5; round++) {
  const before = process.cpuUsage()
  await runtime.runPromise(many(Number(count) / 5))
  const { system, user } = process.cpuUsage(before)
  taken.push((user + system) / (Number(count) / 5))
}
console.log(`spans ${spans}: ${taken.map((micros) => micros.toFixed(1)).join("  ")} us of CPU per call`)
