/** What takes more than one call to show, by one way to the platform: F44, F47, F48, F51, and interruption. */
import { AccessToken, FeishuClient, Retry } from "@effect-feishu/core"
import type { FeishuConfig } from "@effect-feishu/core"
import { FakeFeishu, FakeServer, Fault } from "@effect-feishu/core/testing"
import { assert, describe, it } from "@effect/vitest"
import { Array as Arr, Effect, Exit, Fiber, Layer } from "effect"
import * as Calls from "./calls.ts"
import type { Way } from "./row.ts"
import { failureOf } from "./run.ts"
import type { Transport } from "./run.ts"
import * as Sockets from "./sockets.ts"

const tagOf = (exit: Exit.Exit<unknown, unknown>) => Reflect.get(Object(failureOf(exit)), "_tag") as unknown

const succeeded = (exits: ReadonlyArray<Exit.Exit<unknown, unknown>>) => exits.filter(Exit.isSuccess).length

export const describeSeries = (way: Way, transport: Transport) => {
  /** The client, and the platform behind it; calls are not paced. */
  const layer = (options: FakeFeishu.ClientOptions = {}) =>
    FakeServer.layerClient({ domains: [Calls.domain], rateLimits: false, ...options })

  const client = (config: Partial<FeishuConfig.Options> = {}) =>
    Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide(transport),
      Layer.provide(FakeFeishu.layerConfig(config))
    )
  void layer
  void client
}
