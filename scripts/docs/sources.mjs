// What the sources say of themselves: every export, its docstring, and the examples in it. Syntax only, so it is quick.
import { readFileSync, readdirSync } from "node:fs"
import { basename } from "node:path"
import ts from "typescript"
import { root } from "../install.mjs"

export const packages = ["core", "vc", "drive"]

/** A docstring without its frame. Line breaks are kept, so that a line in it is a line of the file. */
const unframe = (comment) => comment.replace(/^\/\*\*|\*\/$/g, "").replace(/^[^\S\n]*\*[^\S\n]?/gm, "")

const exampleOf = (comment, lineOfComment) => {
  const found = []
  const lines = unframe(comment).split("\n")
  let opened
  for (const [index, line] of lines.entries()) {
    if (opened === undefined && line.startsWith("```ts")) opened = { line: lineOfComment + index + 1, code: [] }
    else if (opened !== undefined && line.startsWith("```")) {
      found.push({ line: opened.line, code: opened.code.join("\n") })
      opened = undefined
    } else opened?.code.push(line)
  }
  return found
}

/** The first sentence, on one line. */
const summaryOf = (text) => {
  const paragraph = text.split(/\n\s*\n|\n?\s*@/)[0].replace(/\s+/g, " ").trim()
  return /^.*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph
}

const docOf = (node) => {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)
  if (comment === undefined) return undefined
  const text = unframe(comment.getText())
  return {
    summary: summaryOf(text),
    see: /@see\s+(https:\/\/\S+)/.exec(text)?.[1],
    since: /@since\s+\d+\.\d+\.\d+/.test(text),
    category: /@category\s+\w/.test(text),
    // Left out of the published types.
    internal: /@internal\b/.test(text)
  }
}

const isExported = (node) => ts.canHaveModifiers(node)
  && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true

/** The names a statement exports, with the node their docstring stands at. */
const namesOf = (statement) => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((node) => ({ name: node.name.getText(), node }))
  }
  if (ts.isModuleDeclaration(statement)) {
    // In an ambient namespace everything is exported.
    const inner = statement.body !== undefined && ts.isModuleBlock(statement.body) ? statement.body.statements : []
    const outer = statement.name.getText()
    return [
      { name: outer, node: statement },
      ...inner.flatMap(namesOf).map(({ name, node }) => ({ name: `${outer}.${name}`, node }))
    ]
  }
  return "name" in statement && statement.name !== undefined
    ? [{ name: statement.name.getText(), node: statement }]
    : [{ name: "default", node: statement }]
}

/** `export { local as name }` without a docstring has the one of what it renames. */
const documentedBy = (file, element, isLocal) => {
  if (!isLocal || docOf(element) !== undefined) return element
  const local = (element.propertyName ?? element.name).getText()
  return file.statements.filter((one) => ts.isVariableStatement(one) || "name" in one).flatMap(namesOf)
    .find((one) => one.name === local)?.node ?? element
}

/** The signatures of an overloaded function are one export, which the first of them describes. */
const isOverload = (statement, index, statements) => {
  const before = statements[index - 1]
  return ts.isFunctionDeclaration(statement) && before !== undefined && ts.isFunctionDeclaration(before)
    && before.body === undefined && before.name?.text === statement.name?.text
}

const exportsOf = (file) => file.statements.flatMap((statement, index, statements) => {
  if (isOverload(statement, index, statements)) return []
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, moduleSpecifier } = statement
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) {
      return [{ name: exportClause?.name.getText() ?? "*", node: statement }]
    }
    return exportClause.elements.map((element) => ({
      name: element.name.getText(),
      node: documentedBy(file, element, moduleSpecifier === undefined)
    }))
  }
  return isExported(statement) ? namesOf(statement) : []
})

const readModule = (name, path) => {
  const text = readFileSync(`${root}${path}`, "utf8")
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line + 1
  const comments = [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)]
  const header = comments[0]?.index === 0 ? unframe(comments[0][0]) : undefined
  return {
    package: name,
    path,
    module: basename(path, ".ts"),
    internal: path.includes("/internal/"),
    index: path.endsWith("/index.ts"),
    header,
    summary: header === undefined ? "" : summaryOf(header),
    exports: exportsOf(file)
      .map(({ name, node }) => ({ name, line: lineOf(node.getStart()), doc: docOf(node) }))
      .filter(({ doc }) => doc?.internal !== true),
    examples: comments.flatMap(({ 0: comment, index }) => exampleOf(comment, lineOf(index)))
  }
}

const sourcesOf = (name) => {
  const folder = `packages/${name}/src`
  return readdirSync(`${root}${folder}`, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .sort((a, b) => a.localeCompare(b))
    .map((path) => readModule(name, `${folder}/${path}`))
}

/** Every module of every package. */
export const modules = () => packages.flatMap(sourcesOf)
