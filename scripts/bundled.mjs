// A program as it is shipped: bundled and minified.
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { root } from "./install.mjs"

/** What a program on Effect has anyway. It declares to have no effects; left out, it cannot say so itself. */
export const withoutEffect = {
  name: "without-effect",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(?:effect|@effect\/platform)(?:\/|$)/ }, ({ path }) => ({ path, external: true, sideEffects: false }))
}

/** `from` is the folder from which the program finds what it imports. */
export const bundled = async (program, { from, plugins = [] }) => {
  const { metafile, outputFiles } = await build({
    stdin: { contents: program, resolveDir: from, sourcefile: "program.ts", loader: "ts" },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    plugins,
    metafile: true,
    write: false,
    logLevel: "error",
    outfile: "bundle.js"
  })
  const [{ contents, text }] = outputFiles
  return { bytes: contents.length, gzipped: gzipSync(contents, { level: 9 }).length, text, metafile }
}
