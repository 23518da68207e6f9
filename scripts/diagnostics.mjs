// Effect's own diagnostics over every project. The tool succeeds on no files at all when its plugin is not listed in a
// tsconfig, so what it says it checked is compared with the sources there are.
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { root } from "./install.mjs"

const format = process.env.GITHUB_ACTIONS === "true" ? "github-actions" : "text"
const { error, status, stderr, stdout } = spawnSync(
  process.execPath,
  ["node_modules/@effect/language-service/cli.js", "diagnostics", "--project", "tsconfig.json", "--strict", "--format", format],
  { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }
)
if (error !== undefined) throw error
process.stdout.write(stdout)
process.stderr.write(stderr)

const checked = Number(/Checked (\d+) files? out of/.exec(stdout)?.[1] ?? 0)
const sources = ["core", "vc", "drive"]
  .flatMap((name) => readdirSync(`${root}packages/${name}/src`, { recursive: true }))
  .filter((path) => path.endsWith(".ts"))
  .length
if (checked === 0 || checked < sources) {
  console.error(`Only ${checked} files were checked; the packages alone have ${sources}.`)
  process.exitCode = 1
} else {
  process.exitCode = status ?? 1
}
