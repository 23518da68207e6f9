import { describeFaults } from "./run.ts"

describeFaults("memory")
