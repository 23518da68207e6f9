// Every TypeScript block a reader can copy, compiled as a file of its own against the packages as built.
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import ts from "typescript"
import { root } from "../install.mjs"

const folder = `${root}.docs-check/`

const options = () => {
  const { config, error } = ts.readConfigFile(`${root}tsconfig.check.json`, (path) => ts.sys.readFile(path))
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"))
  const parsed = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root)
  return { ...parsed.options, incremental: false, plugins: [] }
}

/** A snippet may end with a value that nothing reads; an import that nothing reads misleads. */
const isUnused = new Set([6133, 6192, 6196, 6198])
const matters = ({ code, file, start }) =>
  !isUnused.has(code) || file.statements.some((statement) =>
    ts.isImportDeclaration(statement) && statement.getStart(file) <= start && start < statement.end)

/** The blocks that differ from one another, each with the first place it stands at. */
const distinct = (blocks) => [...new Map(blocks.toReversed().map((block) => [block.code, block])).values()].toReversed()

export const check = (blocks) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const all = distinct(blocks)
  const byFile = new Map(all.map((block) => [
    `${folder}${block.path.replace(/[^\w]+/g, "-")}-${block.line}.ts`,
    block
  ]))
  for (const [file, { code }] of byFile) writeFileSync(file, `${code}\n`)

  const program = ts.createProgram([...byFile.keys()], options())
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...[...byFile.keys()].flatMap((file) => {
      const source = program.getSourceFile(file)
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    })
  ]
  const problems = diagnostics.filter((diagnostic) => diagnostic.file === undefined || matters(diagnostic))
    .map(({ file, messageText, start }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, "\n")
      if (file === undefined) return message
      const { line, path } = byFile.get(file.fileName) ?? { line: 1, path: file.fileName }
      return `${path}:${line + file.getLineAndCharacterOfPosition(start).line}: ${message}`
    })
  if (problems.length === 0) rmSync(folder, { recursive: true, force: true })
  return { count: all.length, problems }
}
