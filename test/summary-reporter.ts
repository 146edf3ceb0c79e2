import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** Ends every run with one line a machine can read: `N passed, N failed`. */
export class SummaryReporter implements Reporter {
  /** A file that could not be loaded and an error outside any test count as one failure each. */
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    let passed = 0;
    let failed = unhandled.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
    }
    if (skipped > 0) process.stdout.write(`${skipped} skipped or not run\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
