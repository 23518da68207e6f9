// 1 000 members: reading the bytes as JSON, and the whole call that is answered with them.
import { AccessToken, FeishuClient, FeishuConfig, Operation, RateLimit } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { PermissionMember } from "@effect-feishu/drive"
import { HttpClient } from "@effect/platform"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { answering } from "../dispatcher.mjs"
import { spread } from "../statistics.mjs"

const bytes = Buffer.from(JSON.stringify({
  code: 0,
  msg: "success",
  data: {
    items: Array.from({ length: 1000 }, (_, at) => ({
      member_type: "openid",
      member_id: `ou_7dab8a3d3cdcc9da365777c7ad535d${at}`,
      perm: "view",
      perm_type: "container",
      type: "user",
      name: `Member ${at}`,
      avatar: "https://example.com/avatar.jpg",
      external_label: false
    }))
  }
}))

const operation = Operation.make("bench.member.list", {
  ...PermissionMember.list.spec,
  accepts: "tenant",
  rateLimit: RateLimit.unstated
})

const timed = async (count, run) => {
  const before = process.cpuUsage()
  await run(count)
  const { system, user } = process.cpuUsage(before)
  return (system + user) / count
}

export const decoding = async ({ rounds }) => {
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-bench"))).pipe(
      Layer.provide(Layer.succeed(HttpClient.HttpClient, UndiciTransport.make(answering(bytes)))),
      Layer.provide(FeishuConfig.layer({ appId: "cli_bench", appSecret: Redacted.make("bench-secret-of-the-app") }))
    )
  )
  const utf8 = new TextDecoder()
  const parse = async (count) => {
    for (let at = 0; at < count; at++) JSON.parse(utf8.decode(bytes))
  }
  const call = operation({ token: "doxcn", type: "docx" })
  const whole = (count) => runtime.runPromise(Effect.withTracerEnabled(Effect.replicateEffect(call, count, { discard: true }), false))
  await timed(200, parse)
  await timed(200, whole)
  const pairs = []
  for (let round = 0; round < rounds; round++) pairs.push([await timed(200, parse), await timed(200, whole)])
  await runtime.dispose()
  return {
    "`JSON.parse` of the bytes": { micros: spread(pairs.map(([alone]) => alone)), ratio: spread([1]) },
    "the whole call": { micros: spread(pairs.map(([, all]) => all)), ratio: spread(pairs.map(([alone, all]) => all / alone)) }
  }
}
