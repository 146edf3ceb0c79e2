/** `bun run doctor`: what is there, what is missing and how to get it. Changes nothing. */

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { inCheckout, requiredBunVersion } from "./checkout.ts";
import { say, setupExitCode } from "./console.ts";
import { dependenciesCurrent } from "./dependencies.ts";
import { addonLoadError, nativeState } from "./native-build.ts";
import { nethackState } from "./nethack-build.ts";
import { nethackSourceIsMissing } from "./nethack-source.ts";
import { missingNethackTools, nethackToolsAdvice } from "./nethack-tools.ts";
import { platformSupport } from "./platform.ts";
import { canInstallTools, findTools, toolchainAdvice } from "./toolchain.ts";

/** Version of the object that `doctor --json` prints. */
const schema = "metamem.doctor/1";

/**
 * One line of the report. `ok`: there. `first-start`: not there yet, the first start sees to it. `missing`: a person has
 * to do something.
 */
export interface Finding {
  readonly name: string;
  readonly state: "ok" | "first-start" | "missing";
  /** What was found. */
  readonly found: string;
  /** How to get it; empty when nothing is to be done. */
  readonly advice: string;
}

/** Prints the report; exit code 0 when nothing has to be done by hand, 3 otherwise, 2 for an unknown option. */
export async function doctor(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== "--json");
  if (unknown !== undefined) {
    say(`doctor knows only --json, not '${unknown}'`);
    return 2;
  }
  const findings = await examine();
  const ok = findings.every((finding) => finding.state !== "missing");
  const report = args.includes("--json") ? JSON.stringify({ schema, ok, findings }) : table(findings);
  process.stdout.write(`${report}\n`);
  return ok ? 0 : setupExitCode;
}

async function examine(): Promise<Finding[]> {
  const addon = addonFinding();
  return [
    await bunFinding(),
    platformFinding(),
    packagesFinding(),
    ...toolFindings(addon.state === "ok"),
    addon,
    nethackFinding(),
    runsFinding(),
  ];
}

async function bunFinding(): Promise<Finding> {
  const wanted = await requiredBunVersion();
  const good = Bun.semver.satisfies(Bun.version, `>=${wanted}`);
  return {
    name: "Bun",
    state: good ? "ok" : "missing",
    found: Bun.version,
    advice: good ? "" : `Use ${wanted} or newer, for one run: npx -y bun@${wanted} run doctor`,
  };
}

function platformFinding(): Finding {
  const support = platformSupport();
  const advice = { tested: "", expected: "Should work; not tested here.", unsupported: "Use Linux, macOS or WSL." };
  return {
    name: "platform",
    state: support === "unsupported" ? "missing" : "ok",
    found: `${process.platform} ${process.arch}, ${support}`,
    advice: advice[support],
  };
}

function packagesFinding(): Finding {
  const current = dependenciesCurrent();
  const found = existsSync(inCheckout("node_modules")) ? "not checked against bun.lock" : "not installed";
  return {
    name: "packages",
    state: current ? "ok" : "first-start",
    found: current ? "as in bun.lock" : found,
    advice: current ? "" : "The first start installs them (needs the network), or: bun install --frozen-lockfile",
  };
}

/** A missing tool matters only while there is something to build and set-up may not install it by itself. */
function toolFindings(addonIsBuilt: boolean): Finding[] {
  const installable = canInstallTools();
  const tools = findTools();
  const firstMissing = tools.find((tool) => tool.path === undefined);
  return tools.map((tool) => {
    const { name, path } = tool;
    if (path !== undefined) return { name, state: "ok", found: path, advice: "" };
    if (addonIsBuilt) return { name, state: "ok", found: "not on PATH, not needed now", advice: "" };
    const advice = installable ? "The first start installs what is missing with apt-get" : toolchainAdvice();
    const state = installable ? "first-start" : "missing";
    // One command gets all of them, so it is given once.
    return { name, state, found: "not on PATH", advice: tool === firstMissing ? advice : "" };
  });
}

function addonFinding(): Finding {
  const name = "native games";
  const state = nativeState();
  if (state !== "current") {
    const found = state === "missing" ? "not built" : "built from other sources";
    return { name, state: "first-start", found, advice: "The first start builds them, or: bun run build:native" };
  }
  const loadError = addonLoadError();
  if (loadError === undefined) return { name, state: "ok", found: "built from these sources", advice: "" };
  const advice = "Built for another system? Remove native/build and run: bun run build:native";
  return { name, state: "missing", found: `does not load: ${loadError}`, advice };
}

/** Never `missing`: everything but NetHack works without it. */
function nethackFinding(): Finding {
  const name = "NetHack";
  if (nethackState() === "current") return { name, state: "ok", found: "built from these sources", advice: "" };
  const missing = missingNethackTools(nethackSourceIsMissing());
  const tools = missing === "" || canInstallTools() ? "" : `It needs ${missing}. ${nethackToolsAdvice()}\n`;
  const advice = `${tools}The first command that plays it builds it, or: bun run build:nethack`;
  return {
    name,
    state: "first-start",
    found: nethackState() === "missing" ? "not built" : "built from other sources",
    advice,
  };
}

function runsFinding(): Finding {
  const runs = inCheckout("runs");
  const place = existsSync(runs) ? runs : inCheckout();
  const writable = statSync(place).isDirectory() && isWritable(place);
  return {
    name: "runs/",
    state: writable ? "ok" : "missing",
    found: writable ? "writable" : `no write access to ${place}`,
    advice: writable ? "" : "Give write access to it, or name another place with --out",
  };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The findings as aligned columns, the advice below what it is for. */
export function table(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((finding) => finding.name.length));
  const states = { ok: "ok", "first-start": "later", missing: "MISSING" };
  return findings
    .flatMap(({ name, state, found, advice }) => [
      `${name.padEnd(width)}  ${states[state].padEnd(7)}  ${found}`,
      ...(advice === "" ? [] : advice.split("\n").map((line) => `${" ".repeat(width + 11)}${line}`)),
    ])
    .join("\n");
}
