import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ScaffoldError, UsageError } from "../errors.ts";
import { type Hash, hashJson, sha256 } from "../hash.ts";
import { defaultMemoryLimits } from "../memory/store.ts";
import { containsTag } from "../ops/tags.ts";
import { type Manifest, manifestProblems, manifestSchema, slotNames, slotPattern } from "./manifest.ts";

/** A bundle is untrusted text: bounded in number and size, plain files only. */
const maxFiles = 256;
const maxFileBytes = 1024 * 1024;

/** A scaffold bundle in memory: its manifest, all its texts by path, and the hash of its content. */
export interface Bundle {
  readonly manifest: Manifest;
  readonly texts: ReadonlyMap<string, string>;
  readonly hash: Hash;
  /** The folder it was read from; hooks are imported from there by the trusted runner. */
  readonly folder: string;
}

/** Reads and checks a bundle folder. A folder that is not a bundle is a UsageError; a bundle with mistakes is a ScaffoldError listing them. */
export function loadBundle(folder: string): Bundle {
  const texts = readTexts(folder);
  const source = texts.get("scaffold.json");
  if (source === undefined) {
    throw new UsageError(
      "scaffold",
      `no scaffold.json in ${folder}: give a bundle folder or one of the bundles in seeds/scaffolds`,
    );
  }
  const manifest = parseManifest(source, folder);
  const problems = [...manifestProblems(manifest), ...missingTexts(manifest, texts), ...textProblems(manifest, texts)];
  if (problems.length > 0) {
    throw new ScaffoldError("manifest", `scaffold.json in ${folder}: ${problems.join("; ")}`, { data: { problems } });
  }
  const hash = hashJson(Object.fromEntries([...texts].map(([path, text]) => [path, sha256(text)])));
  return { manifest, texts, hash, folder };
}

/** Initial content of a memory file: the family's own text, else the general one, else empty. */
export function initialText(bundle: Bundle, family: string, file: string): string {
  return bundle.texts.get(`memory/${family}/${file}`) ?? bundle.texts.get(`memory/${file}`) ?? "";
}

function parseManifest(source: string, folder: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (cause) {
    throw new ScaffoldError("manifest", `scaffold.json in ${folder} is not JSON`, { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new ScaffoldError(
    "manifest",
    `scaffold.json in ${folder}: ${first?.path.join(".") || "top level"}: ${first?.message ?? "invalid"}`,
  );
}

function missingTexts(manifest: Manifest, texts: ReadonlyMap<string, string>): string[] {
  const named = Object.values(manifest.prompts).flatMap((parts) => parts.flatMap((part) => part.file ?? []));
  if (manifest.hooks.length > 0) named.push("scaffold.ts");
  return [...new Set(named)].filter((path) => !texts.has(path)).map((path) => `the file ${path} is missing`);
}

/** Slots that no prompt fills, initial memory that no file declares or that the store would refuse. */
function textProblems(manifest: Manifest, texts: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const declared = new Set(manifest.files.map((file) => file.name));
  const known = new Set<string>(slotNames);
  const limit = manifest.limits.fileBytes ?? defaultMemoryLimits.fileBytes;
  for (const [path, text] of texts) {
    if (path.startsWith("prompts/")) {
      const unknown = [...text.matchAll(slotPattern)].map((match) => match[1] ?? "").filter((name) => !known.has(name));
      problems.push(...unknown.map((name) => `${path} has the slot {{${name}}}; there are ${slotNames.join(", ")}`));
    } else if (path.startsWith("memory/")) {
      const name = path.slice("memory/".length);
      const inFamily = name.slice(name.indexOf("/") + 1);
      if (!declared.has(name) && !declared.has(inFamily)) problems.push(`${path} belongs to no declared file`);
      if (containsTag(text)) problems.push(`${path} holds a command tag, which no memory file may`);
      if (Buffer.byteLength(text) > limit) problems.push(`${path} is over the limit of ${limit} bytes`);
    }
    if (text.includes("\uFFFD")) problems.push(`${path} is not UTF-8`);
  }
  return problems;
}

function readTexts(folder: string): Map<string, string> {
  const texts = new Map<string, string>();
  const visit = (prefix: string) => {
    for (const entry of readdirSync(join(folder, prefix)).sort()) {
      const path = prefix === "" ? entry : `${prefix}/${entry}`;
      const stat = lstatSync(join(folder, path));
      if (stat.isDirectory()) visit(path);
      else if (!stat.isFile() || stat.size > maxFileBytes || texts.size >= maxFiles) {
        throw new ScaffoldError(
          "bundle",
          `${path} in ${folder} is no plain file under 1 MiB, or the bundle has over ${maxFiles} files`,
        );
      } else texts.set(path, readFileSync(join(folder, path), "utf8"));
    }
  };
  try {
    visit("");
  } catch (cause) {
    if (cause instanceof ScaffoldError) throw cause;
    throw new UsageError("scaffold", `cannot read the scaffold folder ${folder}`, { cause });
  }
  return texts;
}
