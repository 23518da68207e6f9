import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL(".", import.meta.url))

// Tests load the sources, not `dist`: no build between an edit and its test, and coverage is of what was written.
const alias = [
  { find: /^@effect-feishu\/([a-z]+)$/, replacement: `${root}packages/$1/src/index.ts` },
  { find: /^@effect-feishu\/([a-z]+)\/testing$/, replacement: `${root}packages/$1/src/testing/index.ts` },
  { find: /^@effect-feishu\/([a-z]+)\/(.+)$/, replacement: `${root}packages/$1/src/$2.ts` }
]

const project = (name: string, folder: string, include: Array<string>) => ({
  resolve: { alias },
  test: {
    name,
    root: `${root}${folder}`,
    include,
    setupFiles: [`${root}test/setup.ts`],
    testTimeout: 30_000,
    hookTimeout: 30_000
  }
})

export default [
  project("core", "packages/core", ["test/**/*.test.ts"]),
  project("vc", "packages/vc", ["test/**/*.test.ts"]),
  project("drive", "packages/drive", ["test/**/*.test.ts"]),
  project("examples", "examples", ["**/*.test.ts"])
]
