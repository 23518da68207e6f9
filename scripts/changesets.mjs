// Against a base branch: is every changed package announced? Without one: are the pending changesets readable?
import { spawnSync } from "node:child_process"
import { root } from "./install.mjs"

const resolves = (ref) =>
  spawnSync("git", ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`], { cwd: root, stdio: "ignore" }).status === 0

const { GITHUB_BASE_REF: target } = process.env
const base = target ? `origin/${target}` : "HEAD"
if (target && !resolves(base)) throw new Error(`${base} is not here: check out the full history`)

if (resolves(base)) {
  const args = ["node_modules/@changesets/cli/bin.js", "status", `--since=${base}`]
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1
} else {
  console.log("No commit to compare with.")
}
