import { AccessToken, Admission, FeishuClient } from "@effect-feishu/core"
import { HttpClient } from "@effect/platform"
import { Effect, Layer, Redacted } from "effect"
import * as Stub from "./stub.ts"

const unpaced = Layer.succeed(Admission.Admission, { admit: () => (effect) => effect, pause: () => Effect.void })

/** The real client, with either credential and without pacing, over a platform that answers as told. */
export const layer = (answer: (sent: Stub.Sent) => Response) =>
  Layer.mergeAll(
    FeishuClient.layerWithoutAdmission,
    AccessToken.layerTenantOf(Redacted.make(Stub.tenantToken)),
    AccessToken.layerUserOf(Redacted.make(Stub.userToken))
  ).pipe(Layer.provide([Layer.succeed(HttpClient.HttpClient, Stub.http(answer)), Stub.config(), unpaced]))
