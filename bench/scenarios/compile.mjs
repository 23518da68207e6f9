// What a program that makes one call weighs, bundled and type-checked.
import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { bundled, withoutEffect } from "../../scripts/bundled.mjs"

const here = fileURLToPath(new URL("..", import.meta.url))
const root = fileURLToPath(new URL("../..", import.meta.url))

const Live = `
  const Live = Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
    Layer.provide(FeishuConfig.layerConfig()),
    Layer.provide(FetchHttpClient.layer)
  )
`

const programs = {
  ours: `
    import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
    import { PermissionPublic } from "@effect-feishu/drive"
    import { FetchHttpClient } from "@effect/platform"
    import { Effect, Layer } from "effect"
    ${Live}
    export const program = PermissionPublic.get({ token: "doxcn", type: "docx" }).pipe(Effect.provide(Live))
  `,
  official: `
    import * as lark from "@larksuiteoapi/node-sdk"

    const client = new lark.Client({ appId: "cli", appSecret: "secret" })
    export const program = () =>
      client.drive.permissionPublic.get({ path: { token: "doxcn" }, params: { type: "docx" } })
  `
}

const byModule = (operations) => `
  import * as AccessToken from "@effect-feishu/core/AccessToken"
  import * as FeishuClient from "@effect-feishu/core/FeishuClient"
  import * as FeishuConfig from "@effect-feishu/core/FeishuConfig"
  import * as PermissionPublic from "@effect-feishu/drive/PermissionPublic"
  import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
  import * as Effect from "effect/Effect"
  import * as Layer from "effect/Layer"
  ${Live}
  export const program = Effect.all([${operations}], { discard: true }).pipe(Effect.provide(Live))
`

const one = "PermissionPublic.get({ token: \"doxcn\", type: \"docx\" })"
const another = "PermissionPublic.patch({ token: \"doxcn\", type: \"docx\", comment_entity: \"anyone_can_edit\" })"

/** What a program without us needs for the same: a client, a transport, and a schema for the answer. */
const withoutUs = `
  import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
  import * as HttpClient from "@effect/platform/HttpClient"
  import * as Effect from "effect/Effect"
  import * as Schema from "effect/Schema"
  const decode = Schema.decodeUnknown(Schema.Struct({ code: Schema.Number, msg: Schema.optional(Schema.String) }))
  export const program = HttpClient.get("https://open.feishu.cn/").pipe(
    Effect.flatMap((response) => response.json),
    Effect.flatMap(decode),
    Effect.provide(FetchHttpClient.layer)
  )
`

const sizeOf = async (contents, plugins = []) => {
  const { bytes, gzipped } = await bundled(contents, { from: here, plugins })
  return { kilobytes: bytes / 1000, gzippedKilobytes: gzipped / 1000 }
}

export const bundles = async () => ({
  "one operation, imported by module": await sizeOf(byModule(one)),
  "… of that, ours": await sizeOf(byModule(one), [withoutEffect]),
  "… of that, ours, with a second operation": await sizeOf(byModule(`${one}, ${another}`), [withoutEffect]),
  "one operation, imported by package": await sizeOf(programs.ours),
  "`HttpClient` over `fetch`, and a schema, without us": await sizeOf(withoutUs),
  "the official SDK": await sizeOf(programs.official)
})

const diagnose = (args) => {
  const { stdout } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "--extendedDiagnostics", ...args], { encoding: "utf8", cwd: here })
  const of = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1])
  return { errors: stdout.match(/error TS/g)?.length ?? 0, instantiations: of("Instantiations"), types: of("Types"), seconds: of("Total time"), memoryMegabytes: of("Memory used") / 1000 }
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
      table[`all of \`${name}\``] = diagnose(["-p", `${root}packages/${name}/tsconfig.src.json`, "--noEmit", "--incremental", "false", "--composite", "false"])
    }
    return table
  } finally {
    rmSync(folder, { recursive: true })
  }
}
