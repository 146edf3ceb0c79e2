import { defineConfig } from "vitest/config";
import { SummaryReporter } from "./test/summary-reporter.ts";

/**
 * `METAMEM_WITHOUT_NETHACK=1` leaves out every test file that has the name of a game made from NetHack's sources in its path, on
 * machines that cannot build it; `METAMEM_WITHOUT_REDIS=1` the tests of queues. Nothing else leaves a test out, and in CI not even this does.
 */
const withoutNethack = process.env.METAMEM_WITHOUT_NETHACK !== undefined && process.env.CI === undefined;
const withoutRedis = process.env.METAMEM_WITHOUT_REDIS !== undefined && process.env.CI === undefined;
const gamesLeftOut = withoutNethack
  ? ["nethack", "minihack"].flatMap((name) => [`**/*${name}*`, `**/*${name}*/**`])
  : [];
const leftOut = [...gamesLeftOut, ...(withoutRedis ? ["test/queue/**"] : [])];

// vitest asks for a default export; every other file has named ones only.
export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "seeds/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "native/**", ...leftOut],
    reporters: ["default", new SummaryReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
