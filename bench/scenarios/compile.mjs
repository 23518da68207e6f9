// What a program that makes one call weighs, bundled and type-checked.
import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"

const here = fileURLToPath(new URL("..", import.meta.url))
const root = fileURLToPath(new URL("../..", import.meta.url))

const programs = {
  ours: `
    import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
    import { PermissionPublic } from "@effect-feishu/drive"
    import { FetchHttpClient } from "@effect/platform"
    import { Effect, Layer } from "effect"

    const Live = Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide(FeishuConfig.layerConfig()),
      Layer.provide(FetchHttpClient.layer)
    )
    export const program = PermissionPublic.get({ token: "doxcn", type: "docx" }).pipe(Effect.provide(Live))
  `,
  official: `
    import * as lark from "@larksuiteoapi/node-sdk"

    const client = new lark.Client({ appId: "cli", appSecret: "secret" })
    export const program = () =>
      client.drive.permissionPublic.get({ path: { token: "doxcn" }, params: { type: "docx" } })
  `
}

export const bundles = async () => {
  const table = {}
  for (const [name, contents] of Object.entries(programs)) {
    const { outputFiles: [{ contents: bytes }] } = await build({
      stdin: { contents, resolveDir: here, sourcefile: "program.ts", loader: "ts" },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      target: "node20",
      write: false,
      logLevel: "error"
    })
    table[name] = { kilobytes: bytes.length / 1000, gzippedKilobytes: gzipSync(bytes, { level: 9 }).length / 1000 }
  }
  return table
}

const diagnose = (args) => {
  const { stdout } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "--extendedDiagnostics", ...args], { encoding: "utf8", cwd: here })
  const of = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1])
  return { errors: stdout.match(/error TS/g)?.length ?? 0, instantiations: of("Instantiations"), types: of("Types"), checkSeconds: of("Check time"), memoryMegabytes: of("Memory used") / 1000 }
}

const options = ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck", "--types", "node"]

export const types = () => {
  const folder = `${here}build`
  mkdirSync(folder, { recursive: true })
  try {
    const table = {}
    for (const [name, contents] of Object.entries(programs)) {
      writeFileSync(`${folder}/${name}.ts`, contents)
      table[`a program of one call, ${name}`] = diagnose([...options, `${folder}/${name}.ts`])
    }
    for (const name of ["core", "drive", "vc"]) {
      table[`all of ${name}`] = diagnose(["-p", `${root}packages/${name}/tsconfig.src.json`, "--noEmit", "--incremental", "false", "--composite", "false"])
    }
    return table
  } finally {
    rmSync(folder, { recursive: true })
  }
}
