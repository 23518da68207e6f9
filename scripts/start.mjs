// `npm start`: from a fresh clone to the running quickstart.
import { spawn, spawnSync } from "node:child_process"
import { install, root } from "./install.mjs"

install()

// What the program needs, and no test.
const sources = ["core", "vc", "drive"].map((name) => `packages/${name}/tsconfig.src.json`)
for (const step of [["node_modules/typescript/bin/tsc", "-b", ...sources], ["scripts/assemble.mjs"]]) {
  const { status } = spawnSync(process.execPath, step, { cwd: root, stdio: "inherit" })
  if (status !== 0) process.exit(status ?? 1)
}

const program = spawn(
  process.execPath,
  ["--import", "tsx", "examples/quickstart/main.ts", ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" }
)
// The program ends itself, and its own way; we only hand on what we are told.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => program.kill(signal))
program.on("error", (error) => {
  console.error(error)
  process.exitCode = 1
})
program.on("exit", (code, signal) => {
  if (signal === null) process.exitCode = code ?? 1
  else {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
})
