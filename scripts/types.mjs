// How much work the declarations are for the type checker: exact, and the same on every machine. Editors do it over and over.
import { spawnSync } from "node:child_process"
import { root } from "./install.mjs"

/** Instantiations of all three packages. */
const budget = 1_200_000

const options = ["--noEmit", "--composite", "false", "--incremental", "false", "--extendedDiagnostics"]

const instantiationsOf = (name) => {
  const { stdout } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", `packages/${name}/tsconfig.src.json`, ...options], {
    cwd: root,
    encoding: "utf8"
  })
  const [, count] = /^Instantiations:\s+(\d+)/m.exec(stdout) ?? []
  if (count === undefined) throw new Error(`packages/${name}: ${stdout}`)
  console.log(`${count.padStart(8)}  ${name}`)
  return Number(count)
}

const all = ["core", "vc", "drive"].map(instantiationsOf).reduce((sum, count) => sum + count, 0)
console.log(`${all} instantiations (budget ${budget})`)
if (all > budget) process.exitCode = 1
