/** What is wrong with a value, field by field, in words that hold nothing of the value: it may be a secret. */
import * as Option from "effect/Option"
import type * as ParseResult from "effect/ParseResult"
import * as SchemaAST from "effect/SchemaAST"
import type { Violation } from "../CallError.ts"
import * as Render from "./render.ts"

type Path = ReadonlyArray<PropertyKey>

const oneOf = (literals: ReadonlyArray<SchemaAST.AST>) => `one of ${literals.join(", ")}`

const expected = (ast: SchemaAST.AST): string => {
  if (SchemaAST.isUnion(ast)) {
    const types = ast.types.filter((type) => !SchemaAST.isUndefinedKeyword(type))
    return types.every(SchemaAST.isLiteral) ? oneOf(types) : [...new Set(types.map(expected))].join(" or ")
  }
  if (SchemaAST.isTypeLiteral(ast)) return "an object"
  if (SchemaAST.isTupleType(ast)) return "a list"
  return Option.getOrElse(SchemaAST.getDescriptionAnnotation(ast), () => String(ast))
}

/** A schema's own words, where it has some. */
const annotated = (issue: ParseResult.Type | ParseResult.Refinement): string | undefined => {
  const said = Option.getOrUndefined(SchemaAST.getMessageAnnotation(issue.ast))?.(issue)
  return typeof said === "string" ? said : undefined
}

const children = ({ issues }: ParseResult.Composite): ReadonlyArray<ParseResult.ParseIssue> =>
  Array.isArray(issues) ? issues as ReadonlyArray<ParseResult.ParseIssue> : [issues as ParseResult.ParseIssue]

/** A field that may be left out is, to a schema, one of which `undefined` is a value: nobody wants to read that. */
const isAboutAbsence = (issue: ParseResult.ParseIssue) =>
  issue._tag === "Type" && SchemaAST.isUndefinedKeyword(issue.ast)

const walk = (issue: ParseResult.ParseIssue, path: Path): ReadonlyArray<Violation> => {
  const here = (message: string): ReadonlyArray<Violation> => [{ field: Render.fieldPath(path), message }]
  switch (issue._tag) {
    case "Pointer":
      return walk(issue.issue, path.concat(issue.path))
    case "Missing":
      return here("is missing")
    case "Unexpected":
      return here("is unexpected")
    case "Forbidden":
      return here(issue.message ?? "is forbidden")
    case "Type":
      return here(issue.message ?? annotated(issue) ?? `must be ${expected(issue.ast)}`)
    case "Transformation":
      return walk(issue.issue, path)
    case "Refinement": {
      const said = issue.kind === "Predicate" ? annotated(issue) : undefined
      return said === undefined ? walk(issue.issue, path) : here(said)
    }
    case "Composite": {
      if (!SchemaAST.isUnion(issue.ast)) return children(issue).flatMap((child) => walk(child, path))
      const literals = issue.ast.types.filter(SchemaAST.isLiteral)
      const rest = children(issue).filter((child) => !isAboutAbsence(child))
      return literals.length > 1 && rest.every((child) => child._tag === "Type" && SchemaAST.isLiteral(child.ast))
        ? here(`must be ${oneOf(literals)}`)
        : rest.flatMap((child) => walk(child, path))
    }
  }
}

export const violationsOf = (issue: ParseResult.ParseIssue): ReadonlyArray<Violation> => walk(issue, [])
