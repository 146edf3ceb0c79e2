import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { exitCodes, SetupError } from "@metamem/core";
import { defaultFamily } from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { table } from "../render/layout.ts";
import { short } from "../render/numbers.ts";

export interface BenchOptions {
  readonly env?: string;
  readonly json?: boolean;
}

/** One measured number. `reference` and `ratio` are null where there is no reference to measure beside it. */
interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number | null;
  readonly ratio: number | null;
}

/** What test/bench/main.ts offers. Benchmarks are no part of the program: they are loaded from the checkout, by path. */
interface BenchModule {
  readonly benchTargets: readonly string[];
  runBench(target: string, options: { readonly env: string; note(text: string): void }): Promise<readonly Measured[]>;
}

/** Measures speed. Everything but the numbers goes to stderr. */
export async function benchCommand(target: string, options: BenchOptions): Promise<number> {
  const { benchTargets, runBench } = await loadBench();
  if (target === "list") {
    if (options.json === true) printJson({ schema: "metamem.bench-targets/1", targets: benchTargets });
    else printLines(benchTargets);
    return exitCodes.ok;
  }
  const results = await runBench(target, { env: options.env ?? defaultFamily(), note });
  if (options.json === true) printJson({ schema: "metamem.bench/1", results });
  else printLines(resultLines(results));
  return exitCodes.ok;
}

async function loadBench(): Promise<BenchModule> {
  const path = fileURLToPath(new URL("../../../../test/bench/main.ts", import.meta.url));
  if (!existsSync(path)) throw new SetupError("bench", `no benchmarks at ${path}: run this from a checkout`);
  return (await import(pathToFileURL(path).href)) as BenchModule;
}

function resultLines(results: readonly Measured[]): string[] {
  const rows = results.map(({ name, value, unit, reference, ratio }) => [
    name,
    `${short(value)} ${unit}`,
    reference === null ? "-" : `${short(reference)} ${unit}`,
    ratio === null ? "-" : `${ratio.toFixed(1)}x`,
  ]);
  return table([["", "here", "reference", "ratio"], ...rows], "");
}
