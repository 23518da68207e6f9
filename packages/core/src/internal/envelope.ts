/** The two envelopes of events, and the platform's check of a URL. */
import * as Predicate from "effect/Predicate"
import type { Delivery } from "../Event.ts"

type Json = Readonly<Record<string, unknown>>

/** What a body holds, and the token with which it claims to come from the platform. */
export type Content =
  | { readonly _tag: "Challenge"; readonly token: string; readonly challenge: string }
  | { readonly _tag: "Event"; readonly token: string; readonly delivery: Delivery }

const string = (value: unknown): string | undefined => typeof value === "string" && value !== "" ? value : undefined

const ids = (event_id: unknown, create_time: unknown, app_id: unknown, tenant_key: unknown) => ({
  event_id: string(event_id),
  create_time: string(create_time),
  app_id: string(app_id),
  tenant_key: string(tenant_key)
})

const current = ({ header, event, ...rest }: Json): Content | undefined => {
  if (!Predicate.isRecord(header)) return undefined
  const { token, ...known } = header
  const type = string(known["event_type"])
  return type === undefined ? undefined : {
    _tag: "Event",
    token: string(token) ?? "",
    delivery: {
      ...rest,
      schema: "2.0",
      header: { ...known, event_type: type, ...ids(known["event_id"], known["create_time"], known["app_id"], known["tenant_key"]) },
      event: event ?? {}
    }
  }
}

const older = (json: Json): Content | undefined => {
  const { event, token, ts, uuid, ...rest } = json
  if (!Predicate.isRecord(event)) return undefined
  const type = string(event["type"])
  return type === undefined ? undefined : {
    _tag: "Event",
    token: string(token) ?? "",
    delivery: {
      ...rest,
      schema: "1.0",
      header: { event_type: type, ...ids(uuid, ts, event["app_id"], event["tenant_key"]) },
      event
    }
  }
}

/** Opens a body; nothing where it is neither. */
export const open = (json: unknown): Content | undefined => {
  if (!Predicate.isRecord(json)) return undefined
  if (json["schema"] === "2.0") return current(json)
  if (json["type"] === "event_callback") return older(json)
  const challenge = string(json["challenge"])
  return json["type"] === "url_verification" && challenge !== undefined
    ? { _tag: "Challenge", token: string(json["token"]) ?? "", challenge }
    : undefined
}
