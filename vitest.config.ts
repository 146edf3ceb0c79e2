import { defineConfig } from "vitest/config";

// vitest asks for a default export; every other file has named ones only.
export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "seeds/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "native/build/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
