// Marks the calls that declare things as pure in `dist`, after `tsc`: a bundler then drops the declarations a program does not use.
import { transformFileAsync } from "@babel/core"
import { readdirSync, writeFileSync } from "node:fs"
import { root } from "./install.mjs"

const filesOf = (name) => {
  const folder = `${root}packages/${name}/dist`
  return readdirSync(folder, { recursive: true }).map(String).filter((path) => path.endsWith(".js")).map((path) => `${folder}/${path}`)
}

const annotate = async (path) => {
  const { code, map } = await transformFileAsync(path, {
    plugins: ["annotate-pure-calls"],
    sourceMaps: true,
    compact: false,
    configFile: false,
    babelrc: false
  })
  const name = path.split("/").at(-1)
  writeFileSync(path, `${code}\n//# sourceMappingURL=${name}.map\n`)
  writeFileSync(`${path}.map`, JSON.stringify(map))
}

await Promise.all(["core", "vc", "drive"].flatMap(filesOf).map(annotate))
