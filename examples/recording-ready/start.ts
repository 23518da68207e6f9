/**
 * Runs the server: `FEISHU_APP_ID`, `FEISHU_APP_SECRET` and `FEISHU_ENCRYPT_KEY` must be set, and
 * `http://<this machine>:3000/feishu/events` be reachable for the platform.
 */
import { FeishuClient, FeishuConfig, WebhookConfig } from "@effect-feishu/core"
import { FetchHttpClient } from "@effect/platform"
import { NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { createServer } from "node:http"
import { Consents } from "./recordings.ts"
import { Server } from "./server.ts"

/** Yours: the tokens of those who have signed in. */
const NoConsents = Layer.succeed(Consents, { of: () => Effect.succeedNone })

const Live = Server.pipe(
  Layer.provide([
    NodeHttpServer.layer(createServer, { port: 3000 }),
    WebhookConfig.layerConfig(),
    FeishuClient.layer.pipe(Layer.provide([FeishuConfig.layerConfig(), FetchHttpClient.layer])),
    NoConsents
  ])
)

NodeRuntime.runMain(Layer.launch(Live))
