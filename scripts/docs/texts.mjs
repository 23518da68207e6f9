// Markdown, as far as the checks need it: headings with the anchors GitHub gives them, fenced code, links, inline code.
import { readFileSync, readdirSync } from "node:fs"
import { root } from "../install.mjs"

/** Anchors are the heading in lower case, without punctuation, with hyphens for spaces; the second of a name is numbered. */
const anchorsOf = (titles) => {
  const seen = new Map()
  return titles.map((title) => {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "")
    const anchor = plain.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replaceAll(" ", "-")
    const count = seen.get(anchor) ?? 0
    seen.set(anchor, count + 1)
    return count === 0 ? anchor : `${anchor}-${count}`
  })
}

/** A text, taken apart; lines count from 1. */
export const parse = (path, text) => {
  const blocks = []
  const headings = []
  const links = []
  const codes = []
  let fence
  for (const [index, line] of text.split("\n").entries()) {
    const number = index + 1
    const ticks = /^\s*(`{3,})\s*(\S*)/.exec(line)
    if (fence === undefined && ticks !== null) {
      fence = { closing: ticks[1], language: ticks[2], line: number + 1, code: [] }
    } else if (fence !== undefined) {
      if (line.trim() === fence.closing) {
        blocks.push({ language: fence.language, line: fence.line, code: fence.code.join("\n") })
        fence = undefined
      } else fence.code.push(line)
    } else {
      const heading = /^(#{1,6})\s+(.*?)\s*$/.exec(line)
      if (heading !== null) headings.push({ level: heading[1].length, title: heading[2], line: number })
      for (const [, code] of line.matchAll(/`([^`]+)`/g)) codes.push({ code, line: number })
      for (const [, target] of line.replace(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)) links.push({ target, line: number })
    }
  }
  if (fence !== undefined) throw new Error(`${path}:${fence.line}: a fence is never closed`)
  const anchors = anchorsOf(headings.map(({ title }) => title))
  return { path, blocks, headings, anchors, links, codes }
}

export const read = (path) => readFileSync(`${root}${path}`, "utf8")

const markdownIn = (folder) => {
  try {
    return readdirSync(`${root}${folder}`).filter((name) => name.endsWith(".md")).sort().map((name) => `${folder}${name}`)
  } catch {
    return []
  }
}

/** Every text that users or contributors read. */
export const paths = () => ["", "docs/", "packages/core/", "packages/vc/", "packages/drive/"].flatMap(markdownIn)

const fences = /^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm

/** A translation with the code of its original, which is written once; where they have as many blocks. */
export const withCodeOf = (original, translation) => {
  const blocks = [...original.matchAll(fences)].map(([block]) => block)
  return translation.match(fences)?.length === blocks.length ? translation.replace(fences, () => blocks.shift()) : translation
}
