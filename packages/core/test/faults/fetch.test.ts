import { FetchHttpClient } from "@effect/platform"
import { describeFaults } from "./run.ts"
import { describeSeries } from "./series.ts"

// No other transport is loaded here: undici would take the place of the dispatcher that comes with Node.
describeFaults("fetch", FetchHttpClient.layer)
describeSeries("fetch", FetchHttpClient.layer)
