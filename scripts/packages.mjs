// What npm would publish: the manifest's promises (publint) and how its types resolve (attw).
import { spawnSync } from "node:child_process"
import { root } from "./install.mjs"

const check = (tool, ...args) => {
  const { status } = spawnSync(`node_modules/.bin/${tool}`, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32"
  })
  if (status === 0) return
  console.error(`FAIL  ${tool} ${args.join(" ")}`)
  process.exitCode = 1
}

for (const name of ["core", "vc", "drive"]) {
  check("publint", "run", "--strict", `packages/${name}`)
  check("attw", "--profile", "esm-only", "--no-emoji", "--no-color", "--format", "ascii", "--pack", `packages/${name}`)
}
