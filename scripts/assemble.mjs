// Makes the JavaScript of `dist` of what `tsc` wrote to `build`; its declarations are in `dist` already.
//
// What is declared by a call is marked as pure, so that a bundler drops the declarations a program does not use. Comments
// stay behind: they are in the declarations, where editors read them. And as it costs Node more to find a file than to run
// it, modules that programs load together are one file, and what is found in their places exports from it.
import { transformFileAsync } from "@babel/core"
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, isAbsolute, resolve } from "node:path"
import { rollup } from "rollup"
import { root } from "./install.mjs"

/** By package and file: the modules in it. What they import is in it as well, unless it is in a file above. */
const together = {
  core: {
    client: ["ApiError", "Download", "Event", "FeishuClient", "Operation", "Plugin", "Shape", "Time", "Waiter"]
  },
  vc: {
    shared: ["VcBotError", "VcError", "VcSearchError", "internal/filter", "internal/meeting", "internal/rooms"],
    meetings: ["MeetingBot", "MeetingRecording", "Note", "Reserve"],
    lists: ["Alert", "Export", "MeetingList", "ParticipantList", "ParticipantQualityList", "Report", "ResourceReservationList"],
    rooms: ["ReserveConfig", "RoomConfig", "RoomLevel"],
    events: ["VcEvent", "VcRoomEvent"],
    recipes: ["MeetingHistory", "RoomProvision", "RoomTree"]
  },
  drive: {
    shared: ["ActivityError", "CommentError", "DriveError", "MetaError", "TaskError", "VersionError", "internal/jobs", "internal/once"],
    files: ["DocsAssistant", "Explorer", "FileLike", "FileSubscription", "FileVersion", "FileViewRecord", "Folder", "Meta", "Search"],
    comments: ["FileCommentReply"],
    permissions: ["PermissionMember", "PermissionPublic"],
    events: ["BitableEvent", "DriveEvent", "UserSubscription"],
    transfers: ["ExportTask", "ImportTask", "MediaDownload", "MediaLink", "MediaUpload"],
    recipes: ["CopyTree", "Handover", "PermissionBaseline"]
  }
}

/** These take whole modules as values, which would make an object of each that no bundler takes apart: they stay as they are. */
const takesModules = (module) => /^(?:index|testing\/.+)$/.test(module)

/** For all a bundler knows a spread runs something: what is declared with one is made a call, as those can be marked. */
const callSpreads = ({ types: t }) => ({
  visitor: {
    VariableDeclarator(path) {
      const value = path.get("init")
      if (value.isFunction() || !path.scope.path.isProgram()) return
      let spreads = false
      value.traverse({ SpreadElement: () => void (spreads = true), Function: (inner) => inner.skip() })
      if (spreads) value.replaceWith(t.callExpression(t.arrowFunctionExpression([], value.node), []))
    }
  }
})

const annotated = async (path) => {
  const { code, map } = await transformFileAsync(path, {
    plugins: [callSpreads, "annotate-pure-calls"],
    sourceMaps: true,
    compact: false,
    shouldPrintComment: (comment) => comment.includes("#__PURE__"),
    configFile: false,
    babelrc: false
  })
  return { code, map }
}

const pathsIn = (folder) => readdirSync(folder, { recursive: true }).map((path) => String(path).replaceAll("\\", "/"))

/** What a module imports of its own package. */
const importsOf = (path) =>
  Array.from(readFileSync(path, "utf8").matchAll(/ from "(\.[^"]+)"/g), ([, imported]) => resolve(dirname(path), imported))

/** In which file a module is, by its path, if it is in one with others. */
const filesOf = (bundles, pathOf) => {
  const files = new Map()
  const add = (file, path) => {
    if (files.has(path)) return
    files.set(path, `internal/bundles/${file}`)
    importsOf(path).forEach((imported) => add(file, imported))
  }
  for (const [file, modules] of Object.entries(bundles)) modules.forEach((module) => add(file, pathOf(module)))
  return files
}

/** An entry of its own for a module that is in a file with others: as an entry, the file itself would export more than it. */
const exportsOf = {
  name: "exports",
  resolveId: (id) => id.startsWith("exports:") ? id : undefined,
  load: (id) => id.startsWith("exports:") ? `export * from ${JSON.stringify(id.slice("exports:".length))}` : undefined
}

const assemble = async ([name, bundles]) => {
  const folder = resolve(root, "packages", name)
  const built = (module) => resolve(folder, "build", `${module}.js`)
  const modules = pathsIn(`${folder}/src`).filter((path) => path.endsWith(".ts")).map((path) => path.replace(/\.ts$/, ""))
  const missing = modules.filter((module) => !existsSync(built(module)))
  if (missing.length > 0) throw new Error(`${name}: tsc made no ${missing.join(", ")}; delete packages/${name}/dist and build again`)

  const files = filesOf(bundles, built)
  const wanted = new Set(modules.filter(takesModules).flatMap((module) => importsOf(built(module))))
  const entries = modules.filter((module) => {
    const path = built(module)
    return !takesModules(module) && (!module.startsWith("internal/") || !files.has(path) || wanted.has(path))
  })
  const bundle = await rollup({
    input: Object.fromEntries(entries.map((module) => {
      const path = built(module)
      return [module, files.has(path) ? `exports:${path}` : path]
    })),
    plugins: [exportsOf, { name: "annotate", load: annotated }],
    external: (id) => !/^(?:\.|exports:)/.test(id) && !isAbsolute(id),
    treeshake: { moduleSideEffects: false },
    onLog: (_, { code, message }) => {
      // A module of types alone is empty. Whatever else there is to say is a mistake, such as files that need each other.
      if (code !== "EMPTY_BUNDLE") throw new Error(message)
    }
  })
  const { output } = await bundle.generate({
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    sourcemap: true,
    sourcemapExcludeSources: true,
    dir: `${folder}/dist`,
    manualChunks: (id) => files.get(id)
  })
  const alone = await Promise.all(modules.filter(takesModules).map(async (module) => {
    const { code, map } = await annotated(built(module))
    const mapped = `${module}.js.map`
    return [
      { fileName: `${module}.js`, code: `${code}\n//# sourceMappingURL=${basename(mapped)}\n` },
      { fileName: mapped, source: JSON.stringify(map) }
    ]
  }))

  const all = [...output, ...alone.flat()]
  for (const { code, fileName, source } of all) {
    const path = `${folder}/dist/${fileName}`
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, code ?? source)
  }
  const kept = new Set(all.map(({ fileName }) => fileName))
  for (const path of pathsIn(`${folder}/dist`)) {
    if (/\.js(?:\.map)?$/.test(path) && !kept.has(path)) rmSync(`${folder}/dist/${path}`)
  }
}

await Promise.all(Object.entries(together).map(assemble))
