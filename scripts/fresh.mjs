// `npm start` as a stranger runs it first: on a copy in which nothing was installed or built. Whatever a checkout that was worked
// in happens to have (a build, above all) would hide what a fresh one lacks.
import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { root } from "./install.mjs"

const made = new Set([".git", "build", "coverage", "dist", "node_modules"])

const copy = join(mkdtempSync(join(tmpdir(), "fresh-")), "effect-feishu")
try {
  cpSync(root, copy, { recursive: true, filter: (path) => !made.has(basename(path)) })
  const { error, status } = spawnSync("npm", ["start"], { cwd: copy, stdio: "inherit", shell: process.platform === "win32" })
  if (error !== undefined) throw error
  process.exitCode = status ?? 1
} finally {
  rmSync(join(copy, ".."), { recursive: true, force: true })
}
