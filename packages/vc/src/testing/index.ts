/**
 * Video conferencing for the fake platform.
 *
 * @since 0.1.0
 */
export * as VcFake from "./VcFake.ts"
