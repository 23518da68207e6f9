// The tables that are read off the declarations, and the places in the texts where they go.
import { existsSync, readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { root } from "../install.mjs"

const built = async (name) => {
  const entry = `${root}packages/${name}/dist/index.js`
  if (!existsSync(entry)) throw new Error(`packages/${name} is not built: npm run build`)
  return import(pathToFileURL(entry).href)
}

/** `@effect-feishu/vc` as data: its operations with the names they are called by, and its failures. */
const surveyed = (name, barrel, modules) => {
  const own = modules.filter((module) => module.package === name && !module.internal && !module.index)
  const docOf = (module, exported) =>
    own.find((one) => one.module === module)?.exports.find((one) => one.name === exported && one.doc !== undefined)?.doc
  const named = Object.entries(barrel)
    .filter(([, namespace]) => typeof namespace === "object" && namespace !== null)
    .flatMap(([module, namespace]) =>
      Object.entries(namespace).map(([exported, value]) => ({ module, exported, value, doc: docOf(module, exported) })))
  const lookUp = (value, what) => {
    const found = named.find((one) => one.value === value)
    if (found === undefined) throw new Error(`${what} is in the plugin of ${name}, but no module exports it`)
    return found
  }
  const operations = barrel.plugin.operations.map((operation) => {
    const { doc, exported, module } = lookUp(operation, operation.id)
    if (doc?.see === undefined) throw new Error(`${module}.${exported}: its docstring has no @see`)
    return { package: name, operation, call: `${module}.${exported}`, see: doc.see, summary: doc.summary }
  })
  const failures = barrel.plugin.errors.map((error) => ({ error, summary: lookUp(error, error.tag).doc?.summary ?? "" }))
  return { name, operations, failures, summaryOf: (module) => own.find((one) => one.module === module)?.summary ?? "" }
}

export const survey = async (modules) => {
  const { ApiError } = await built("core")
  const docs = new Map(modules.filter(({ module }) => module === "ApiError").flatMap(({ exports }) =>
    exports.map(({ doc, name }) => [name, doc])))
  return {
    common: ApiError.common.map((error) => ({ error, summary: docs.get(error.tag)?.summary ?? "" })),
    plugins: await Promise.all(["vc", "drive"].map(async (name) => surveyed(name, await built(name), modules)))
  }
}

// --- rendering ----------------------------------------------------------------

const cell = (text) => String(text).replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ")

const table = (headings, rows) =>
  [headings, headings.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n")

const seconds = { second: 1, minute: 60, hour: 3_600, day: 86_400 }

const windowOf = (words, { limit, window }) => {
  const length = window.value._tag === "Millis" ? window.value.millis / 1000 : Number(window.value.nanos) / 1e9
  const unit = Object.keys(seconds).find((one) => seconds[one] === length)
  return words.perWindow(limit, unit === undefined ? `${length} ${words.units.second}` : words.units[unit])
}

const limitOf = (words, { quota, rateLimit }) => {
  const windows = [...rateLimit.windows, ...quota?.windows ?? []]
  return windows.length === 0 ? words.unstated : windows.map((one) => windowOf(words, one)).join(words.separator)
}

const operationCell = (words, { call, operation, see, summary }) => {
  const mark = operation.deprecated ? words.deprecated : ""
  return `[\`${call}\`](${see})${mark}<br>${words.describe(operation.id, summary)}`
}

const httpOf = ({ method, url }) => `\`${method} ${url.replace("/open-apis", "")}\``

const operations = (words, all, { failuresAt, scopes }) => {
  const { headings } = words
  return table(
    [
      headings.operation,
      headings.http,
      headings.credential,
      headings.limit,
      headings.repeatable,
      headings.failures,
      ...scopes ? [headings.scopes] : []
    ],
    all.map((one) => {
      const { operation } = one
      return [
        operationCell(words, one),
        httpOf(operation),
        words.credential[operation.accepts],
        limitOf(words, operation),
        words.repeatable[operation.idempotent],
        `[${operation.errors.length}](${failuresAt(one)})`,
        ...scopes ? [operation.scopes.map((scope) => `\`${scope}\``).join(" ")] : []
      ]
    })
  )
}

/** Longer lists of names tell nobody anything. */
const mostNames = 12

const modules = (words, plugins) =>
  table(
    [words.headings.module, words.headings.what, words.headings.operations],
    plugins.flatMap((plugin) => {
      const names = [...new Set(plugin.operations.map(({ call }) => call.split(".")[0]))].toSorted((a, b) => a.localeCompare(b))
      return names.map((module) => {
        const its = plugin.operations.filter(({ call }) => call.startsWith(`${module}.`))
        return [
          `[\`${module}\`](${words.operationsAt(plugin.name)})`,
          words.describeModule(`${plugin.name}/${module}`, plugin.summaryOf(module)),
          its.map(({ call, see }) => `[\`${call.split(".")[1]}\`](${see})`).join(" ")
        ]
      })
    })
  )

const calls = (some) => some.map(({ call }) => `\`${call}\``).join(", ")

/** Those that list an error: the shorter of naming them and naming the others. */
const answeredBy = (words, { operations: every }, error) => {
  const [some, others] = [true, false].map((lists) =>
    every.filter(({ operation }) => operation.errors.includes(error) === lists))
  if (others.length === 0) return words.all
  if (Math.min(some.length, others.length) > mostNames) return words.some(some.length, every.length)
  return others.length < some.length ? `${words.allBut} ${calls(others)}` : calls(some)
}

const failures = (words, all, plugin) => {
  const { headings } = words
  const ordered = all.toSorted((a, b) => a.error.code - b.error.code)
  return table(
    [headings.tag, headings.codes, headings.status, headings.category, headings.meaning, ...plugin ? [headings.answeredBy] : []],
    ordered.map(({ error, summary }) => [
      `\`${error.tag}\``,
      error.codes.join(", "),
      error.status ?? "–",
      error.category,
      summary,
      ...plugin ? [answeredBy(words, plugin, error)] : []
    ])
  )
}

/** Of the last `npm run bench`: what a caller pays, beside the official SDK. */
const cost = ({ cost: names, headings }) => {
  const { cold, cpu, decoding, faulty, firstCall, layers, limited, memory, revoked } = JSON.parse(
    readFileSync(`${root}bench/results/results.json`, "utf8")
  )
  const ratio = ({ median }) => median.toFixed(1)
  const both = (name, { official, ours }, render) => [name, render(ours), official === undefined ? names.none : render(official)]
  const { official, ours, "ours+spans": spans } = cpu[64]
  return table([headings.what, headings.ours, headings.official], [
    both(names.cpu, { ours, official }, (one) => ratio(one.ratio)),
    both(names.cpuSpans, { ours: spans }, (one) => ratio(one.ratio)),
    both(names.insteadFetch, { ours: layers.fetch }, ({ micros }) => ratio({ median: micros.median / cpu[64].undici.micros.median })),
    both(names.overFetch, { ours: layers.fetch }, (one) => ratio(one.ratio)),
    both(names.members, { ours: decoding["the whole call"] }, (one) => ratio(one.ratio)),
    both(names.memory, memory, ({ megabytes }) => `${megabytes.median.toFixed(0)} MB`),
    both(names.firstAnswer, firstCall, ({ firstAnswerMs }) => `${firstAnswerMs.median.toFixed(0)} ms`),
    both(names.tokens, cold, ({ tokenRequests }) => tokenRequests),
    both(names.revoked, revoked, ({ failed }) => failed),
    both(names.limited, limited, ({ failed }) => failed),
    both(names.limitedTime, { ours: limited.ours }, (one) => one.seconds.toFixed(1)),
    both(names.faulty, faulty, ({ failed }) => failed)
  ])
}

/** What stands between the markers of a text, by name. */
export const tablesFor = (path, { common, plugins }, { en, zh }) => {
  const [, name] = /^packages\/(\w+)\//.exec(path) ?? []
  if (name === "core") return { failures: failures(en, common) }
  const plugin = plugins.find((one) => one.name === name)
  if (plugin !== undefined) {
    return {
      operations: operations(en, plugin.operations, { failuresAt: () => "#failures", scopes: true }),
      failures: failures(en, plugin.failures, plugin)
    }
  }
  if (path === "docs/operations.zh-CN.md") {
    return Object.fromEntries(plugins.map((one) => [
      one.name,
      operations(zh, one.operations, { failuresAt: () => `../packages/${one.name}/README.md#failures`, scopes: true })
    ]))
  }
  const words = path === "README.zh-CN.md" ? zh : en
  return { modules: modules(words, plugins), cost: cost(words) }
}

/** A text with its tables as they ought to be. */
export const filled = (path, text, tables) =>
  text.replace(/(<!-- generated:(\w+) -->\n)[\s\S]*?(\n?<!-- \/generated -->)/g, (_, open, name, close) => {
    if (tables[name] === undefined) throw new Error(`${path}: there is no table named ${name}`)
    return `${open}\n${tables[name]}\n${close.startsWith("\n") ? close : `\n${close}`}`
  })
