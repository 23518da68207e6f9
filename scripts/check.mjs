// `npm test`: every check there is. Each step runs, whatever the one before it said; the last line counts them.
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { install, root } from "./install.mjs"

const temporary = mkdtempSync(join(tmpdir(), "check-"))
const testReport = join(temporary, "tests.json")

/** What is checked, the npm script that does it, and its arguments. The build comes first: others read `dist`. */
const steps = [
  ["types and build", "build"],
  ["lint and circular imports", "lint"],
  ["Effect diagnostics", "diagnostics"],
  ["type tests", "test:types"],
  ["documentation", "docs:check"],
  ["tests", "test:unit", "--reporter=default", "--reporter=json", `--outputFile.json=${testReport}`],
  ["examples", "examples:check"],
  ["unused code and dependencies", "unused"],
  ["published packages", "packages:check"],
  ["changesets", "changeset:check"],
  ["installed from tarballs", "consumer"],
  ["started from nothing", "fresh"],
  ["bundle budget", "bundle"],
  ["budget of type instantiations", "types:budget"],
  ["64 MiB up and down, with kills and cuts", "transfers", "64MiB"]
]

const npmRun = (script, args) =>
  new Promise((resolve) => {
    const output = []
    const child = spawn("npm", ["run", "--silent", script, ...(args.length > 0 ? ["--", ...args] : [])], {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32"
    })
    child.stdout.on("data", (chunk) => output.push(chunk))
    child.stderr.on("data", (chunk) => output.push(chunk))
    child.on("error", (error) => resolve({ ok: false, output: String(error) }))
    child.on("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(output).toString("utf8") }))
  })

/** The tests that ran, or nothing where vitest did not get as far as a report. */
const readTestReport = () => {
  try {
    const { numFailedTests, numPassedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(testReport, "utf8"))
    return { failed: numFailedTests, passed: numPassedTests, skipped: numPendingTests + numTodoTests }
  } catch {
    return { failed: 0, passed: 0, skipped: 0 }
  }
}

let passed = 0
let failed = 0

/** A step counts as one; the tests, where they ran, count each. */
const run = async ([label, script, ...args]) => {
  const started = performance.now()
  const { ok, output } = await npmRun(script, args)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const tests = script === "test:unit" ? readTestReport() : undefined
  const good = ok && tests?.passed !== 0
  passed += tests?.passed ?? (good ? 1 : 0)
  failed += tests?.failed || (good ? 0 : 1)
  const counts = tests === undefined ? "" : `: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`
  console.log(`${good ? "ok  " : "FAIL"}  ${label}${counts} (${seconds} s)`)
  if (!good) console.log(`\n${output.trimEnd()}\n\n      again: npm run ${script}\n`)
}

try {
  install()
  for (const step of steps) await run(step)
} catch (error) {
  failed += 1
  console.error(error)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1
