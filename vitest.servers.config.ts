import { defineConfig } from "vitest/config";
import { SummaryReporter } from "./test/summary-reporter.ts";

/** `bun run test:servers`: what needs a real vLLM. One server serves all files, one file after the other. */
// vitest asks for a default export; every other file has named ones only.
export default defineConfig({
  test: {
    include: ["test/servers/real/**/*.served.ts"],
    globalSetup: ["test/servers/real/global-setup.ts"],
    fileParallelism: false,
    reporters: ["default", new SummaryReporter()],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
