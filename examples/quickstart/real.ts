/** What only reads, against the real platform. */
import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
import { FetchHttpClient } from "@effect/platform"
import { Config, Console, Effect, Layer, Option } from "effect"
import { inspect } from "node:util"
import * as Administrator from "./administrator.ts"
import * as Steps from "./steps.ts"
import * as Trace from "./trace.ts"

const { done, step } = Steps

const document = Config.option(Config.string("FEISHU_DOCUMENT"))

const work = Effect.gen(function*() {
  const { appId, baseUrl } = yield* FeishuConfig.FeishuConfig
  yield* Console.log(`Asking ${baseUrl} as ${appId}. Nothing is written.`)

  yield* step(
    "Fetch the application's tenant token",
    Effect.flatMap(AccessToken.TenantAccessToken, ({ get }) => get),
    (token) => ({ ok: inspect(token) === "<redacted>", said: `it prints as ${inspect(token)}` })
  )
  yield* Option.match(yield* document, {
    onNone: () => Console.log("\nSet FEISHU_DOCUMENT to the token of a docx document to read its settings and collaborators."),
    onSome: (token) =>
      Effect.zipRight(
        step("Read the public settings of a document", Administrator.settingsOf(token), ({ permission_public }) => ({
          ok: true,
          said: JSON.stringify(permission_public)
        })),
        step("Count its collaborators", Administrator.collaboratorsOf(token), ({ items = [] }) => done(`${items.length}`)())
      )
  })
})

const Live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
  Layer.provide(FetchHttpClient.layer),
  Layer.provideMerge(FeishuConfig.layerConfig())
)

export const program = Effect.zipRight(work, Steps.summary).pipe(
  Effect.provide(Live),
  Effect.provide(Layer.mergeAll(Trace.layer, Steps.Results.layer))
)
