/** What the programs here need to run against the real platform: `FEISHU_APP_ID` and `FEISHU_APP_SECRET` in the environment. */
import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
import { FetchHttpClient } from "@effect/platform"
import { Layer } from "effect"

export const Live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
  Layer.provide([FeishuConfig.layerConfig(), FetchHttpClient.layer])
)
