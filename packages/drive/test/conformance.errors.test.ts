import { ApiError, CallError, Operation } from "@effect-feishu/core"
import { plugin } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { plugin as vc } from "../../vc/src/index.ts"

const plugins = [plugin, vc]

const ownTags = Object.values<unknown>({ ...CallError, PaginationLoop: Operation.PaginationLoop }).flatMap((exported) =>
  typeof exported === "function" && exported.prototype instanceof Error ? [exported.prototype.name] : []
)

describe("the errors of all packages", () => {
  const classes = [...ApiError.common, ...plugins.flatMap(({ errors }) => errors)]

  it("have tags of their own", () => {
    const tags = [...ownTags, ...classes.map(({ tag }) => tag)]
    assert.isAbove(ownTags.length, 10)
    assert.deepStrictEqual(tags.filter((tag, index) => tags.indexOf(tag) !== index), [])
  })

  it("are called what their tag says, with the package's prefix", () => {
    for (const error of classes) assert.strictEqual((error as unknown as { readonly name: string }).name, error.tag)
    for (const { errors, name } of plugins) {
      for (const { tag } of errors) assert.strictEqual(tag.slice(0, name.length).toLowerCase(), name)
    }
  })

  it("are each documented by some operation", () => {
    for (const { errors, operations } of plugins) {
      const used = new Set(operations.flatMap((operation) => operation.errors))
      assert.deepStrictEqual(errors.filter((error) => !used.has(error)).map(({ tag }) => tag), [])
      assert.deepStrictEqual([...used].filter((error) => !errors.includes(error)).map(({ tag }) => tag), [])
    }
  })

  it("take no code from one another, unless no operation answers both", () => {
    for (const { errors, id } of plugins.flatMap(({ operations }) => operations)) {
      const codes = errors.flatMap((error) => error.codes)
      assert.lengthOf(new Set(codes), codes.length, id)
    }
  })
})
