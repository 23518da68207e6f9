/** What must see every call, whoever declared it: a layer around the client. */
import { FeishuClient } from "@effect-feishu/core"
import { Context, Effect, Layer, Ref } from "effect"

export interface Entry {
  readonly operation: string
  readonly outcome: string
}

/** Who did what, and how it ended. */
export class AuditLog extends Context.Tag("examples/plugin/AuditLog")<AuditLog, Ref.Ref<ReadonlyArray<Entry>>>() {
  static readonly layer = Layer.effect(AuditLog, Ref.make<ReadonlyArray<Entry>>([]))
}

/** Writes every call of the client it is given into the audit log. */
export const layerAudit = FeishuClient.layerMiddleware(Effect.map(AuditLog, (log) => (execute) => (operation, request) => {
  const write = (outcome: string) => Ref.update(log, (entries) => [...entries, { operation: operation.id, outcome }])
  return Effect.tapBoth(execute(operation, request), {
    onSuccess: () => write("done"),
    onFailure: (error) => write(error instanceof Error ? error.name : "failed")
  })
}))
