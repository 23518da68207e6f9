// What `npm start` and `npm test` need before anything else. Node built-ins only: it runs when nothing is installed.
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url))

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(`${root}${file}`, "utf8")).packages
  } catch {
    return undefined
  }
}

/** Whether `node_modules` holds what the lock file asks for. File times do not tell (a clone or a copy renews them). */
export const isInstalled = () => {
  const wanted = packagesOf("package-lock.json")
  const present = packagesOf("node_modules/.package-lock.json")
  if (wanted === undefined || present === undefined) return false
  const inModules = Object.entries(wanted).filter(([path]) => path.includes("node_modules/"))
  return inModules.every(([path, { integrity, link, optional, version }]) => {
    const found = present[path]
    if (found === undefined) return optional === true
    return link === true ? found.link === true : found.version === version && found.integrity === integrity
  })
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm"

/** Runs `npm ci` unless that was done already. Install scripts stay off: no dependency here needs one. */
export const install = () => {
  if (isInstalled()) return
  console.error("Installing dependencies (npm ci)")
  const { error, status } = spawnSync(npm, ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32"
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`npm ci failed (${status})`)
}
