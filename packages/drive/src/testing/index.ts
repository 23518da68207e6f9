/**
 * Cloud documents for the fake platform.
 *
 * @since 0.1.0
 */
export * as DriveFake from "./DriveFake.ts"
