/** What the permissions of a folder should be: first what would change, then the changes. */
import { PermissionBaseline } from "@effect-feishu/drive"
import { Chunk, Console, Effect, Stream } from "effect"

/** Nothing leaves the company, the auditors may read, and who left has no access. */
export const baseline: PermissionBaseline.Baseline = {
  settings: { external_access_entity: "closed", link_share_entity: "closed", copy_entity: "only_full_access" },
  present: [{ member_type: "openchat", member_id: "oc_auditors", perm: "view" }],
  absent: [{ member_type: "openid", member_id: "ou_former_colleague" }]
}

/** Prints and answers what differs; writes nothing. */
export const dryRun = (folder: string) =>
  PermissionBaseline.plan({ folder, baseline, concurrency: 8 }).pipe(
    Stream.tap((difference) => Console.log(PermissionBaseline.describe(difference))),
    Stream.runCollect,
    Effect.map(Chunk.toReadonlyArray)
  )

/** Makes these changes, and answers those that were not made. */
export const enforce = <E, R>(
  differences: ReadonlyArray<PermissionBaseline.Difference>,
  progress: (done: number, total: number) => Effect.Effect<void, E, R>
) =>
  Stream.fromIterable(differences).pipe(
    PermissionBaseline.apply,
    Stream.mapAccumEffect(1, (done, result) => Effect.as(progress(done, differences.length), [done + 1, result] as const)),
    Stream.filter(({ outcome }) => outcome !== "done"),
    Stream.runCollect,
    Effect.map(Chunk.toReadonlyArray)
  )

/** For one line of a terminal. */
export const bar = (done: number, total: number): string => {
  const filled = total === 0 ? 30 : Math.floor(30 * done / total)
  return `[${"#".repeat(filled)}${".".repeat(30 - filled)}] ${done} of ${total}`
}
