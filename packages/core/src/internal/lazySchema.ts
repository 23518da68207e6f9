/** Schemas that are made when they are first asked for: of the hundreds a program imports it uses few. */
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

export const once = <A extends object>(make: () => A): () => A => {
  let made: A | undefined
  return () => made ??= make()
}

/** What is declared extends this one class: a call of `Schema.make` for each would cost an import more than all the rest. */
export class LazySchema extends Schema.make(SchemaAST.unknownKeyword) {
  static readonly build: () => SchemaAST.AST
  static override get ast() {
    return this.build()
  }
  static override toString() {
    return String(this.ast)
  }
}
