import { defineConfig } from "vitest/config";
import { SummaryReporter } from "./test/summary-reporter.ts";

// vitest asks for a default export; every other file has named ones only.
export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "seeds/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "native/**"],
    reporters: ["default", new SummaryReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
