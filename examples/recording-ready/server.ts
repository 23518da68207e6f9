/** The server that the platform delivers events to. */
import { Webhook } from "@effect-feishu/core"
import { HttpRouter, HttpServer } from "@effect/platform"
import { Layer } from "effect"
import { shareRecording } from "./recordings.ts"

export const Server = HttpRouter.empty.pipe(
  HttpRouter.post("/feishu/events", Webhook.httpApp),
  HttpServer.serve(),
  HttpServer.withLogAddress,
  Layer.provide(Webhook.layer({ handlers: [shareRecording] }))
)
