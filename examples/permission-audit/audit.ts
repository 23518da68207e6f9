/** Who can see what in a folder: every document with its link sharing, its access from outside and its members. */
import { PermissionAudit } from "@effect-feishu/drive"
import type { Finding } from "@effect-feishu/drive/PermissionAudit"
import { Effect, Ref, Stream } from "effect"

/** Whether anybody with the link gets in, from anywhere. */
const isOpen = ({ settings }: Finding) => settings?.link_share_entity?.startsWith("anyone_") ?? false

/** Writes what is found as it is found, and answers how much there was, is open to everybody, or could not be seen. */
export const report = <E, R>(
  folder: string,
  format: "table" | "ndjson",
  write: (text: string) => Effect.Effect<void, E, R>
) =>
  Effect.gen(function*() {
    const counts = yield* Ref.make({ findings: 0, open: 0, unseen: 0 })
    const findings = PermissionAudit.audit({ folder, concurrency: 8, fields: "name" }).pipe(
      Stream.tap((finding) =>
        Ref.update(counts, ({ findings, open, unseen }) => ({
          findings: findings + 1,
          open: open + (isOpen(finding) ? 1 : 0),
          unseen: unseen + (finding.gaps.length > 0 ? 1 : 0)
        })))
    )
    const text = format === "table"
      ? Stream.map(PermissionAudit.toTable(findings), (line) => `${line}\n`)
      : PermissionAudit.toNdjson(findings)
    yield* Stream.runForEach(text, write)
    return yield* Ref.get(counts)
  })
