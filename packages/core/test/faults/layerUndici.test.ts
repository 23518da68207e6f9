import { NodeHttpClient } from "@effect/platform-node"
import { describeFaults } from "./run.ts"
import { describeSeries } from "./series.ts"

describeFaults("NodeHttpClient.layerUndici", NodeHttpClient.layerUndici)
describeSeries("NodeHttpClient.layerUndici", NodeHttpClient.layerUndici)
