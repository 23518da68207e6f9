// How the cost of a call grows with the fibers that make calls and with the tenants they are made in: without a socket.
import { AccessToken, FeishuClient, FeishuConfig, Operation, RateLimit } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { PermissionMember } from "@effect-feishu/drive"
import { HttpClient } from "@effect/platform"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { spread } from "../statistics.mjs"

const body = Buffer.from(JSON.stringify({
  code: 0,
  msg: "success",
  data: {
    items: [1, 2].map((at) => ({ member_type: "openid", member_id: `ou_${at}`, perm: "view", type: "user", name: "n" }))
  }
}))
const headers = { "content-type": "application/json; charset=utf-8", "content-length": String(body.length), "x-tt-logid": "2023101815123" }
const controller = { abort() {}, pause() {}, resume() {}, paused: false }

/** Answers by itself, in the next turn. */
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
  rateLimit: RateLimit.of([1_000_000, "1 second"]),
  request: PermissionMember.list.spec.request,
  response: PermissionMember.list.spec.response,
  errors: PermissionMember.list.spec.errors
})

export const pipeline = () => {
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-bench"))).pipe(
      Layer.provide(Layer.succeed(HttpClient.HttpClient, UndiciTransport.make(dispatcher))),
      Layer.provide(FeishuConfig.layer({ appId: "cli_bench", appSecret: Redacted.make("bench-secret-of-the-app") }))
    )
  )
  const call = operation({ token: "doxcnBKyYQe1kTgPPnTIDaQeLKh", type: "docx" })
  return { runtime, call }
}

/** Microseconds of CPU per call, of `count` calls by `fibers` fibers in `tenants` tenants. */
export const measure = async ({ call, runtime }, { count, fibers, spans = false, tenants = 1 }) => {
  const calls = Array.from({ length: tenants }, (_, at) =>
    tenants === 1 ? call : Effect.provideService(
      call,
      AccessToken.TenantAccessToken,
      AccessToken.of("tenant", Redacted.make(`t-${at}`), { tenant: `tenant-${at}` })
    ))
  let left = count
  const loop = Effect.whileLoop({ while: () => left-- > 0, body: () => calls[left % tenants] ?? call, step() {} })
  const before = process.cpuUsage()
  await runtime.runPromise(
    Effect.forEach(Array.from({ length: fibers }), () => loop, { concurrency: "unbounded", discard: true }).pipe(
      Effect.withTracerEnabled(spans)
    )
  )
  const { system, user } = process.cpuUsage(before)
  return (system + user) / count
}

export const growth = async ({ rounds }) => {
  const made = pipeline()
  const count = 10_000
  await measure(made, { count, fibers: 64 })
  const table = { fibers: {}, tenants: {} }
  const sizes = {
    fibers: [1, 10, 100, 1_000, 10_000, 100_000].map((fibers) => ({ fibers, count: Math.max(count, fibers) })),
    tenants: [1, 10, 100, 1_000, 10_000].map((tenants) => ({ tenants, fibers: 64, count }))
  }
  for (const [axis, cases] of Object.entries(sizes)) {
    const seen = cases.map(() => [])
    for (let round = 0; round < rounds; round++) {
      for (const [at, one] of cases.entries()) seen[at].push(await measure(made, one))
    }
    // Fewest first: what everything else is compared with.
    for (const [at, one] of cases.entries()) {
      const base = seen[axis === "fibers" ? 2 : 0]
      table[axis][one[axis]] = { micros: spread(seen[at]), ratio: spread(seen[at].map((value, round) => value / base[round])) }
    }
  }
  await made.runtime.dispose()
  return table
}
