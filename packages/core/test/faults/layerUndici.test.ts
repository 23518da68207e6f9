import { NodeHttpClient } from "@effect/platform-node"
import { describeFaults } from "./run.ts"

describeFaults("NodeHttpClient.layerUndici", NodeHttpClient.layerUndici)
