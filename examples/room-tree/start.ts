/** Runs it: `node --import tsx start.ts [level]`, with `FEISHU_APP_ID` and `FEISHU_APP_SECRET` set. */
import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
import { FetchHttpClient } from "@effect/platform"
import { NodeRuntime } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { printTree } from "./tree.ts"

const Live = Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
  Layer.provide([FeishuConfig.layerConfig(), FetchHttpClient.layer])
)

NodeRuntime.runMain(Effect.provide(printTree(process.argv[2]), Live))
