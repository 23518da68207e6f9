// `npm run docs` writes what is taken from elsewhere: tables from the declarations, the code of the Chinese README from the
// English one, and the examples that fakes answer from the documented ones. `npm run docs:check` holds the texts against the code: tables, snippets, docstrings, names, links,
// and the two languages against each other. Both read the packages as built.
import { existsSync, writeFileSync } from "node:fs"
import * as checks from "./docs/checks.mjs"
import * as examples from "./docs/examples.mjs"
import * as snippets from "./docs/snippets.mjs"
import * as sources from "./docs/sources.mjs"
import { filled, survey, tablesFor } from "./docs/tables.mjs"
import * as texts from "./docs/texts.mjs"
import * as words from "./docs/words.mjs"
import { root } from "./install.mjs"

const checking = process.argv.includes("--check")

const modules = sources.modules()
const paths = texts.paths()
const surveyed = await survey(modules)

const stale = []
const fresh = [
  ...examples.written(),
  ...paths.map((path) => {
    const text = texts.read(path)
    const copied = path === "README.zh-CN.md" ? texts.withCodeOf(texts.read("README.md"), text) : text
    return { path, text: filled(path, copied, tablesFor(path, surveyed, words)) }
  })
]
for (const { path, text } of fresh) {
  if (existsSync(`${root}${path}`) && texts.read(path) === text) continue
  if (checking) stale.push(`${path}: what is generated in it is out of date; npm run docs`)
  else {
    writeFileSync(`${root}${path}`, text)
    console.log(`wrote ${path}`)
  }
}

if (checking) {
  const all = paths.map((path) => texts.parse(path, texts.read(path)))
  const textOf = (path) => all.find((text) => text.path === path)
  const compiled = snippets.check([
    ...all.flatMap(({ blocks, path }) => blocks.filter(({ language }) => language === "ts").map((block) => ({ ...block, path }))),
    ...modules.flatMap(({ examples, path }) => examples.map((example) => ({ ...example, path })))
  ])
  const problems = [
    ...stale,
    ...checks.alike(textOf("README.md"), textOf("README.zh-CN.md")),
    ...checks.links(all),
    ...checks.names(all, modules),
    ...checks.docstrings(modules),
    ...compiled.problems
  ]
  for (const problem of problems) console.error(problem)
  const exported = modules.filter(({ index, internal }) => !index && !internal).flatMap(({ exports }) => exports)
  const operations = surveyed.plugins.flatMap(({ operations }) => operations)
  console.log(
    `${all.length} texts, ${operations.length} operations, ${compiled.count} snippets compiled, `
      + `${exported.length} docstrings: ${problems.length} problems`
  )
  if (problems.length > 0) process.exitCode = 1
}
