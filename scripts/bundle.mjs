// What a program that uses one operation bundles. Reads `dist`, as a bundler would.
import { bundled, withoutEffect } from "./bundled.mjs"
import { root } from "./install.mjs"

/** Minified and gzipped: of ours, and with Effect. Raise them only for something users of a single operation asked for. */
const budget = 17_000
const budgetInAll = 98_000

const program = (from) => `
  ${from}
  export { layer } from "@effect-feishu/core/FeishuClient"
  export { layerUserOf } from "@effect-feishu/core/AccessToken"
  export const program = MeetingRecording.setPermission({
    meeting_id: "6911188411932033028",
    permission_objects: [{ id: "ou_3ec3f6a28a0d08c45d895276e8e5e19b", type: 1, permission: 1 }]
  })
`

/** The program, and which files of ours are in it. */
const bundle = async (from, plugins) => {
  const { metafile, ...whole } = await bundled(program(from), { from: `${root}examples`, plugins })
  const [output] = Object.values(metafile.outputs)
  const kept = Object.entries(output.inputs)
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.startsWith("packages/"))
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes)
  return { ...whole, kept }
}

const byModule = "import * as MeetingRecording from \"@effect-feishu/vc/MeetingRecording\""
const byPackage = "import { MeetingRecording } from \"@effect-feishu/vc\""
const problems = []

const own = await bundle(byModule, [withoutEffect])
for (const { bytes, path } of own.kept) console.log(`${String(bytes).padStart(7)}  ${path}`)
console.log(`one operation: ${own.bytes} bytes minified, ${own.gzipped} gzipped (budget ${budget})`)
if (own.gzipped > budget) problems.push(`${own.gzipped - budget} bytes over the budget`)

// As it is shipped, Effect and all: there a bundler sees that declarations nobody uses do nothing.
const whole = await bundle(byModule, [])
console.log(`with effect and @effect/platform: ${whole.gzipped} gzipped (budget ${budgetInAll})`)
if (whole.gzipped > budgetInAll) problems.push(`${whole.gzipped - budgetInAll} bytes over the budget in all`)

// By the package's own name one resource comes, and no other.
const resource = await bundle(byPackage, [])

const one = /\/recording\/set_permission$/
for (const [{ kept, text }, wanted] of [[own, one], [whole, one], [resource, /\/recording(?:\/\w+)?$/]]) {
  const urls = [...new Set(text.match(/\/open-apis\/(?:vc|drive)\/[\w/:]+/g))]
  if (urls.length === 0 || !urls.every((url) => wanted.test(url))) problems.push(`the operations in the bundle are ${urls.join(", ")}`)
  for (const foreign of ["packages/drive/", "packages/core/dist/testing/", "packages/vc/dist/testing/"]) {
    if (kept.some(({ path }) => path.startsWith(foreign))) problems.push(`${foreign} is in the bundle`)
  }
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
