import { createReadStream, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Hash, hashJson, parseModelSpec, presets, SetupError, TraceError, UsageError } from "@metamem/core";
import { z } from "zod";
import { adapterFiles, checkAdapter } from "./adapter-folder.ts";
import type { AdapterFolders } from "./adapter-keeper.ts";

const recordFile = "adapters.json";
/** The largest `--max-lora-rank` that vLLM takes: what a server's own is, only the server knows. */
const largestRank = 512;

const recordSchema = z.strictObject({
  schema: z.literal("metamem.adapters/1"),
  /** By name: where the servers read it from, and the hash of what lay there. */
  adapters: z.record(z.string(), z.strictObject({ folder: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type AdapterRecord = Readonly<Record<string, { readonly folder: string; readonly hash: Hash }>>;

/** What the run or episode in `folder` was played with until now. @throws TraceError when the record does not read. */
export function recordedAdapters(folder: string): AdapterRecord {
  const path = join(folder, recordFile);
  if (!existsSync(path)) return {};
  const parsed = recordSchema.safeParse(parseJson(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data.adapters;
  throw new TraceError("adapters", `${path} cannot be read; the folder is damaged`);
}

/** Where the adapters of a record lie. */
export function foldersOf(record: AdapterRecord): AdapterFolders {
  return Object.fromEntries(Object.entries(record).map(([name, { folder }]) => [name, folder]));
}

/**
 * Looks at the adapters that are to be played: those named now, and those of the record.
 * @param models the specs of all models that play.
 * @throws UsageError for an adapter that no model names or that servers refuse; TraceError when another one than the recorded goes by its name.
 */
export async function examineAdapters(
  named: AdapterFolders,
  models: Iterable<string>,
  recorded: AdapterRecord = {},
): Promise<AdapterRecord> {
  const specs = [...new Set(models)].map(parseModelSpec).filter((spec) => spec.kind === "server");
  const found: Record<string, AdapterRecord[string]> = {};
  for (const [name, folder] of Object.entries({ ...foldersOf(recorded), ...named })) {
    const users = specs.filter((spec) => spec.name === name);
    if (users.length === 0) throw refused(name, `no model is called so: play it as --model vllm:${name}@http://...`);
    const other = users.find(({ preset }) => presets[preset].lora === "none");
    if (other !== undefined) {
      throw refused(name, `servers of the preset ${other.preset} take none from us: name it as vllm:${name}@...`);
    }
    checkAdapter(folder, largestRank);
    const hash = await contentHash(folder);
    const before = recorded[name]?.hash;
    if (before !== undefined && before !== hash) throw otherAdapter(name, folder, before, hash);
    found[name] = { folder, hash };
  }
  return found;
}

/** Writes down what is played. Only for who holds the folder's lock. @throws TraceError as `examineAdapters` does. */
export function recordAdapters(folder: string, played: AdapterRecord): void {
  const before = recordedAdapters(folder);
  for (const [name, { folder: place, hash }] of Object.entries(played)) {
    const known = before[name]?.hash;
    if (known !== undefined && known !== hash) throw otherAdapter(name, place, known, hash);
  }
  const adapters = { ...before, ...played };
  if (hashJson(adapters) === hashJson(before)) return;
  const path = join(folder, recordFile);
  try {
    writeFileSync(`${path}.tmp`, `${JSON.stringify({ schema: "metamem.adapters/1", adapters }, null, 2)}\n`);
    renameSync(`${path}.tmp`, path);
  } catch (cause) {
    throw new SetupError("unwritable", `cannot write ${path}: ${String(cause)}`, { cause });
  }
}

/** Of what servers read; other files in the folder do not count. */
async function contentHash(folder: string): Promise<Hash> {
  const hashes = await Promise.all(adapterFiles.map(async (name) => [name, await fileHash(join(folder, name))]));
  return hashJson(Object.fromEntries(hashes));
}

async function fileHash(path: string): Promise<string> {
  const hasher = new Bun.CryptoHasher("sha256");
  for await (const chunk of createReadStream(path)) hasher.update(chunk);
  return hasher.digest("hex");
}

function refused(name: string, why: string): UsageError {
  return new UsageError("adapter", `adapter ${name}: ${why}`);
}

function otherAdapter(name: string, folder: string, was: Hash, is: Hash): TraceError {
  const versions = `was ${was.slice(0, 12)} and in ${folder} is ${is.slice(0, 12)}`;
  const advice = "a name means one adapter for ever: give the folder of the first one, or begin anew with another name";
  return new TraceError("other_adapter", `cannot resume: the adapter ${name} ${versions}; ${advice}`, {
    data: { adapter: name, recorded: was, now: is },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
