// Runs every `examples/*/main.ts` as a user would, and holds its output against `expected.txt` where there is one.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { root } from "./install.mjs"

const programs = readdirSync(`${root}examples`)
  .map((name) => `examples/${name}`)
  .filter((folder) => existsSync(`${root}${folder}/main.ts`))
if (programs.length === 0) throw new Error("No example was found")

for (const folder of programs) {
  const { error, status, stderr, stdout } = spawnSync(process.execPath, ["--import", "tsx", `${folder}/main.ts`], {
    cwd: root,
    encoding: "utf8",
    timeout: 60_000
  })
  const expectation = `${root}${folder}/expected.txt`
  const expected = existsSync(expectation) ? readFileSync(expectation, "utf8") : undefined
  const ok = error === undefined && status === 0 && (expected === undefined || expected.trimEnd() === stdout.trimEnd())
  console.log(`${ok ? "ok  " : "FAIL"}  ${folder}`)
  if (!ok) {
    process.exitCode = 1
    console.log(`exit ${status}${error === undefined ? "" : ` (${error.message})`}\n${stdout}\n${stderr}`)
    if (expected !== undefined) console.log(`expected:\n${expected}`)
  }
}
