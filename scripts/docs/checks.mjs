// What must hold of texts and docstrings. Every check answers the problems it found, each as one line.
import { existsSync } from "node:fs"
import { posix } from "node:path"
import { root } from "../install.mjs"

/** Every public export says what it is, since when, and where it belongs. */
export const docstrings = (modules) =>
  modules.filter(({ index, internal }) => !index && !internal).flatMap(({ exports, header, path }) => [
    ...header === undefined ? [`${path}: the module has no docstring`] : [],
    ...header !== undefined && !header.includes("@since") ? [`${path}: the module's docstring has no @since`] : [],
    ...exports.flatMap(({ doc, line, name }) => {
      const where = `${path}:${line}: ${name}`
      if (doc === undefined) return [`${where} has no docstring`]
      return [...doc.since ? [] : [`${where} has no @since`], ...doc.category ? [] : [`${where} has no @category`]]
    })
  ])

/** Links into the repository lead somewhere, anchors included. */
export const links = (texts) => {
  const byPath = new Map(texts.map((text) => [text.path, text]))
  return texts.flatMap(({ anchors, links: all, path }) =>
    all.filter(({ target }) => !/^[a-z]+:/.test(target)).flatMap(({ line, target }) => {
      const [file, anchor] = target.split("#")
      const goal = file === "" ? path : posix.join(posix.dirname(path), decodeURI(file))
      if (!existsSync(`${root}${goal}`)) return [`${path}:${line}: ${target} is not there`]
      if (anchor === undefined || anchor === "") return []
      const there = goal === path ? anchors : byPath.get(goal)?.anchors ?? []
      return there.includes(decodeURIComponent(anchor)) ? [] : [`${path}:${line}: no heading for ${target}`]
    }))
}

/** Two languages of one text: the same headings, the same code, in the same order. */
export const alike = (one, other) => {
  const pair = `${one.path} and ${other.path}`
  const outline = ({ headings }) => headings.map(({ level }) => level).join("")
  const problems = []
  if (one.headings.length !== other.headings.length) {
    problems.push(`${pair}: ${one.headings.length} headings in one, ${other.headings.length} in the other`)
  } else if (outline(one) !== outline(other)) problems.push(`${pair}: their headings differ in level`)
  if (one.blocks.length !== other.blocks.length) {
    problems.push(`${pair}: ${one.blocks.length} code blocks in one, ${other.blocks.length} in the other`)
  }
  for (const [index, block] of one.blocks.entries()) {
    const twin = other.blocks[index]
    if (twin !== undefined && (twin.language !== block.language || twin.code !== block.code)) {
      problems.push(`${one.path}:${block.line} and ${other.path}:${twin.line}: the code differs`)
      break
    }
  }
  return problems
}

/** `Module.name` in running text names something that is exported. */
export const names = (texts, modules) => {
  const known = new Map()
  for (const { exports, index, internal, module } of modules) {
    if (index || internal) continue
    const all = known.get(module) ?? new Set()
    for (const { name } of exports) all.add(name.split(".")[0])
    known.set(module, all)
  }
  return texts.flatMap(({ codes, path }) =>
    codes.flatMap(({ code, line }) =>
      [...code.matchAll(/(?<![\w./@-])([A-Z]\w+)\.([A-Za-z]\w*)/g)].flatMap(([, module, name]) =>
        known.has(module) && !known.get(module).has(name) && name !== "ts"
          ? [`${path}:${line}: ${module} exports no ${name}`]
          : [])))
}
