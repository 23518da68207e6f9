// How the cost of a call grows with the fibers that make calls and with the tenants they are made in: without a socket.
import { AccessToken, FeishuClient, FeishuConfig, Operation, RateLimit } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { PermissionMember } from "@effect-feishu/drive"
import { HttpClient } from "@effect/platform"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { answering } from "../dispatcher.mjs"
import { spread } from "../statistics.mjs"

const body = Buffer.from(JSON.stringify({
  code: 0,
  msg: "success",
  data: {
    items: [1, 2].map((at) => ({ member_type: "openid", member_id: `ou_${at}`, perm: "view", type: "user", name: "n" }))
  }
}))
const operation = Operation.make("bench.member.list", {
  ...PermissionMember.list.spec,
  accepts: "tenant",
  rateLimit: RateLimit.of([1_000_000, "1 second"])
})

export const pipeline = () => {
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-bench"))).pipe(
      Layer.provide(Layer.succeed(HttpClient.HttpClient, UndiciTransport.make(answering(body)))),
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

/** What fibers cost by themselves that wait for a turn and parse the answer. */
const bare = () => ({
  runtime: ManagedRuntime.make(Layer.empty),
  call: Effect.async((resume) => {
    setImmediate(() => resume(Effect.sync(() => JSON.parse(body.toString()))))
  })
})

const compare = async (makers, sizes, rounds) => {
  const seen = new Map(Object.keys(makers).map((name) => [name, sizes.map(() => [])]))
  for (const [name, made] of Object.entries(makers)) {
    await measure(made, { count: 10_000, fibers: 64 })
    for (let round = 0; round < rounds; round++) {
      for (const [at, size] of sizes.entries()) seen.get(name)[at].push(await measure(made, size))
    }
  }
  return (at) => Object.fromEntries([...seen].map(([name, all]) => [name, spread(all[at])]))
}

export const growth = async ({ rounds }) => {
  const made = { fibers: bare(), ours: pipeline() }
  const count = 10_000
  const fibers = [1, 10, 100, 1_000, 10_000, 100_000]
  const tenants = [1, 10, 100, 1_000, 10_000]
  const byFibers = await compare(made, fibers.map((fibers) => ({ fibers, count: Math.max(count, fibers) })), rounds)
  const byTenants = await compare({ ours: made.ours }, tenants.map((tenants) => ({ tenants, fibers: 64, count })), rounds)
  await made.ours.runtime.dispose()
  return {
    fibers: Object.fromEntries(fibers.map((many, at) => [many, byFibers(at)])),
    tenants: Object.fromEntries(tenants.map((many, at) => [many, byTenants(at)]))
  }
}
