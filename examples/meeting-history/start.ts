/**
 * Prints the history of a meeting number of your tenant: `FEISHU_APP_ID` and `FEISHU_APP_SECRET` must be set.
 *
 * `npx tsx examples/meeting-history/start.ts 123456789 2026-09-01 2026-10-01`
 */
import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
import { FetchHttpClient } from "@effect/platform"
import { NodeRuntime } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { printHistory } from "./history.ts"

const Live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
  Layer.provide([FeishuConfig.layerConfig(), FetchHttpClient.layer])
)

NodeRuntime.runMain(Effect.provide(printHistory(process.argv.slice(2)), Live))
