// The users' way in: the packed tarballs, installed in an empty project, compiled and run. `vc` without `drive`, and
// `drive` without `vc`.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root } from "./install.mjs"

const { devDependencies: pins } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
const compiler = `${root}node_modules/typescript/bin/tsc`

const fail = (message) => {
  throw new Error(message)
}

const run = (cwd, command, ...args) => {
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32" && command === "npm"
  })
  if (error !== undefined) throw error
  if (status !== 0) fail(`${command} ${args.join(" ")} (${status})\n${stdout}\n${stderr}`)
  return stdout
}

/** A program that makes one call over a transport that answers from memory, and prints what was sent. */
const program = ({ call, name }) => `
import * as AccessToken from "@effect-feishu/core/AccessToken"
import { FeishuClient, FeishuConfig } from "@effect-feishu/core"
import * as Barrel from "@effect-feishu/${name}"
import * as Resource from "@effect-feishu/${name}/${call.module}"
import { HttpClient, HttpClientResponse } from "@effect/platform"
import { Effect, Layer, Redacted } from "effect"

const Transport = Layer.succeed(
  HttpClient.HttpClient,
  HttpClient.make((request) => {
    process.stdout.write(\`\${request.method} \${new URL(request.url).pathname}\\n\`)
    return Effect.succeed(HttpClientResponse.fromWeb(
      request,
      new Response(${JSON.stringify(JSON.stringify({ code: 0, msg: "success", data: {} }))}, {
        headers: { "content-type": "application/json" }
      })
    ))
  })
)

const Live = FeishuClient.layer.pipe(
  Layer.provide(FeishuConfig.layer({ appId: "cli_consumer", appSecret: Redacted.make("not-a-secret") })),
  Layer.provide(Transport),
  Layer.merge(AccessToken.layerUserOf(Redacted.make("u-consumer")))
)

const call = Resource.${call.operation}(${call.request})

// What the call answers and may fail with is known from the published declarations, not \`any\`.
type IsAny<T> = 0 extends 1 & T ? true : false
export const isAny: IsAny<Effect.Effect.Error<typeof call>> | IsAny<Effect.Effect.Context<typeof call>> = false
// @ts-expect-error the request is checked
export const misspelt = () => Resource.${call.operation}({ no_such_field: true })

if (Barrel.${call.module}.${call.operation} !== Resource.${call.operation}) throw new Error("two copies of one module")
await Effect.runPromise(Effect.provide(call, Live))
`

const consumers = [
  {
    name: "vc",
    without: "drive",
    call: {
      module: "MeetingRecording",
      operation: "setPermission",
      request: `{ meeting_id: "6911188411932033028", permission_objects: [{ id: "ou_1", type: 1, permission: 1 }] }`
    },
    sent: "PATCH /open-apis/vc/v1/meetings/6911188411932033028/recording/set_permission"
  },
  {
    name: "drive",
    without: "vc",
    call: {
      module: "PermissionMember",
      operation: "create",
      request: `{ token: "doccnBKgoMyY5OMbUG6FioTXuBe", file_type: "docx", member_type: "openid", member_id: "ou_1", perm: "view" }`
    },
    sent: "POST /open-apis/drive/v1/permissions/doccnBKgoMyY5OMbUG6FioTXuBe/members"
  }
]

/** Nothing but the build, its sources, the manifest and the two texts leaves the house; nothing stale among the build. */
const published = /^(?:package\.json|LICENSE|CHANGELOG\.md|README(?:\.[A-Za-z-]+)?\.md|(?:dist|src)\/.+\.(?:ts|js|map))$/
const checkFiles = (name, files) => {
  const odd = files.filter((path) => !published.test(path))
  if (odd.length > 0) fail(`${name}: unexpected in the tarball: ${odd.join(", ")}`)
  const stale = files.filter((path) => /^dist\/(?!internal\/bundles\/)/.test(path) && !files.includes(sourceOf(path)))
  if (stale.length > 0) fail(`${name}: no source for ${stale.join(", ")}; delete packages/${name}/dist and build again`)
  for (const needed of ["package.json", "LICENSE", "README.md", "dist/index.js", "dist/index.d.ts", "src/index.ts"]) {
    if (!files.includes(needed)) fail(`${name}: ${needed} is not in the tarball`)
  }
}
const sourceOf = (path) => path.replace(/^dist\//, "src/").replace(/(?:\.d\.ts|\.js)(?:\.map)?$/, ".ts")

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: "ES2022",
  lib: ["ES2023"],
  types: ["node"],
  outDir: "out"
}
const resolutions = {
  // Declarations of the platform name types of browsers; with those there, every declaration is checked, ours included.
  nodenext: { ...compilerOptions, module: "NodeNext", lib: ["ES2023", "DOM", "DOM.Iterable"], skipLibCheck: false },
  bundler: { ...compilerOptions, module: "ESNext", moduleResolution: "Bundler", noEmit: true, skipLibCheck: true }
}

const consume = (folder, tarballs, consumer) => {
  mkdirSync(folder)
  const write = (file, value) =>
    writeFileSync(join(folder, file), typeof value === "string" ? value : JSON.stringify(value, null, 2))
  write("package.json", {
    name: "consumer",
    private: true,
    type: "module",
    dependencies: {
      "@effect-feishu/core": `file:${tarballs.core}`,
      [`@effect-feishu/${consumer.name}`]: `file:${tarballs[consumer.name]}`,
      "@effect/platform": pins["@effect/platform"],
      "@types/node": pins["@types/node"],
      effect: pins.effect
    }
  })
  write("program.ts", program(consumer))
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--strict-peer-deps")

  const ours = readdirSync(join(folder, "node_modules/@effect-feishu"))
  if (ours.length !== 2 || !ours.includes("core") || !ours.includes(consumer.name)) fail(`installed: ${ours.join(", ")}`)
  for (const name of ours) {
    if (existsSync(join(folder, "node_modules/@effect-feishu", name, "node_modules"))) fail(`${name} brings its own copies`)
  }

  for (const [name, options] of Object.entries(resolutions)) {
    write(`tsconfig.${name}.json`, { compilerOptions: options, files: ["program.ts"] })
    run(folder, process.execPath, compiler, "-p", `tsconfig.${name}.json`)
  }
  const sent = run(folder, process.execPath, "out/program.js").trim()
  if (sent !== consumer.sent) fail(`sent ${sent}\ninstead of ${consumer.sent}`)
  console.log(`ok  @effect-feishu/${consumer.name} without ${consumer.without}: ${sent}`)
}

const temporary = mkdtempSync(join(tmpdir(), "consumer-"))
try {
  const names = ["core", ...consumers.map(({ name }) => name)]
  const workspaces = names.flatMap((name) => ["-w", `packages/${name}`])
  const packed = JSON.parse(run(root, "npm", "pack", "--json", "--ignore-scripts", "--pack-destination", temporary, ...workspaces))
  const tarballs = {}
  for (const { filename, files, name, size } of Object.values(packed)) {
    const short = name.replace("@effect-feishu/", "")
    checkFiles(short, files.map(({ path }) => path))
    tarballs[short] = join(temporary, filename)
    console.log(`ok  ${name}: ${files.length} files, ${(size / 1000).toFixed(1)} kB`)
  }
  for (const consumer of consumers) consume(join(temporary, `${consumer.name}-alone`), tarballs, consumer)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
