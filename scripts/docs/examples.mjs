// The documented example answers, as the fakes give them: what `packages/*/spec` holds, in a module that is installed along.
import { readdirSync, readFileSync } from "node:fs"
import { root } from "../install.mjs"

const head = `/** What the documentation answers by way of example; written by \`npm run docs\` from what \`spec/\` holds. */
export const examples: Readonly<Record<string, unknown>> = `

const dataOf = (name, file) => {
  const facts = JSON.parse(readFileSync(`${root}packages/${name}/spec/${file}`, "utf8"))
  if (facts.responseKind !== undefined) return []
  const data = facts.exampleResponse?.data
  // Some pages give no example; an operation that answers nothing needs none.
  if (data === undefined || data === null) return facts.response.length === 0 ? [[facts.id, {}]] : []
  return [[facts.id, data]]
}

/** The modules, as they ought to be. */
export const written = () =>
  ["vc", "drive"].map((name) => {
    const files = readdirSync(`${root}packages/${name}/spec`).filter((file) => file.endsWith(".json") && file !== "deliberate.json").sort()
    const lines = files.flatMap((file) => dataOf(name, file)).map(([id, data]) => `  ${JSON.stringify(id)}: ${JSON.stringify(data)}`)
    return { path: `packages/${name}/src/testing/internal/examples.ts`, text: `${head}{\n${lines.join(",\n")}\n}\n` }
  })
