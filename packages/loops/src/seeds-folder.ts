import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Protocol, protocolSchema, UsageError } from "@metamem/core";
import { suggestion } from "./nearest.ts";

/** What runs start from: scaffold bundles and protocol sets shipped with the checkout. */
const seeds = fileURLToPath(new URL("../../../seeds", import.meta.url));

export function scaffoldNames(): readonly string[] {
  return namesIn("scaffolds", (name) => existsSync(join(seeds, "scaffolds", name, "scaffold.json")));
}

export function protocolNames(): readonly string[] {
  return namesIn("protocols", (name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
}

export function worldSetNames(): readonly string[] {
  return namesIn("worlds", (name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
}

/** The file of a shipped world set. */
export function worldSetFile(name: string): string {
  return join(seeds, "worlds", `${name}.json`);
}

/** The folder of a shipped bundle by name, or a folder given as a path. A name wins over a folder that happens to be called the same. */
export function scaffoldFolder(nameOrPath: string): string {
  if (scaffoldNames().includes(nameOrPath)) return join(seeds, "scaffolds", nameOrPath);
  if (existsSync(join(nameOrPath, "scaffold.json"))) return resolve(nameOrPath);
  const names = scaffoldNames();
  throw new UsageError(
    "scaffold",
    `unknown scaffold '${nameOrPath}': there are ${names.join(", ")}, or give a folder with a scaffold.json.${suggestion(nameOrPath, names)}`,
  );
}

/** A protocol set of seeds/protocols by name, or a JSON file given as a path. */
export function loadProtocol(nameOrPath: string): Protocol {
  const names = protocolNames();
  const path = names.includes(nameOrPath) ? join(seeds, "protocols", `${nameOrPath}.json`) : nameOrPath;
  if (!existsSync(path)) {
    throw new UsageError(
      "protocol",
      `unknown protocol '${nameOrPath}': there are ${names.join(", ")}, or give a JSON file.${suggestion(nameOrPath, names)}`,
    );
  }
  const parsed = protocolSchema.safeParse(parseJson(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError("protocol", `${path}: ${issue?.path.join(".") || "top level"}: ${issue?.message ?? "invalid"}`);
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new UsageError("protocol", `${path} cannot be read as JSON`, { cause });
  }
}

function namesIn(folder: string, keep: (name: string) => boolean): string[] {
  const path = join(seeds, folder);
  return existsSync(path) ? readdirSync(path).filter(keep).sort() : [];
}
