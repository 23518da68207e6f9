// What a program that uses one operation bundles of ours: `effect` and `@effect/platform` stay outside, since a program
// on Effect has them anyway. Reads `dist`, as a bundler would.
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { root } from "./install.mjs"

/** Gzipped, minified. Raise it only for something users of a single operation asked for. */
const budget = 16_000

const program = `
  import { MeetingRecording } from "@effect-feishu/vc"
  export { layer } from "@effect-feishu/core/FeishuClient"
  export { layerUserOf } from "@effect-feishu/core/AccessToken"
  export const program = MeetingRecording.setPermission({
    meeting_id: "6911188411932033028",
    permission_objects: [{ id: "ou_3ec3f6a28a0d08c45d895276e8e5e19b", type: 1, permission: 1 }]
  })
`

const { metafile, outputFiles } = await build({
  stdin: { contents: program, resolveDir: `${root}examples`, sourcefile: "program.ts", loader: "ts" },
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["effect", "effect/*", "@effect/platform", "@effect/platform/*"],
  metafile: true,
  write: false,
  outfile: "bundle.js"
})

const [{ contents, text }] = outputFiles
const [output] = Object.values(metafile.outputs)
const kept = Object.entries(output.inputs)
  .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.startsWith("packages/"))
  .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
for (const [path, { bytesInOutput }] of kept) console.log(`${String(bytesInOutput).padStart(7)}  ${path}`)

const gzipped = gzipSync(contents, { level: 9 }).length
console.log(`one operation: ${contents.length} bytes minified, ${gzipped} gzipped (budget ${budget})`)

const problems = []
if (gzipped > budget) problems.push(`${gzipped - budget} bytes over the budget`)
if (!text.includes("recording/set_permission")) problems.push("the operation is not in the bundle")
for (const foreign of ["packages/drive/", "packages/core/dist/testing/", "packages/vc/dist/testing/"]) {
  if (kept.some(([path]) => path.startsWith(foreign))) problems.push(`${foreign} is in the bundle`)
}
const resources = kept.map(([path]) => path).filter((path) => /^packages\/vc\/dist\/(?!Vc|index|internal\/)/.test(path))
if (resources.length > 1) problems.push(`more than one resource is in the bundle: ${resources.join(", ")}`)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
