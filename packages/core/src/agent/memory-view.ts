import type { MemoryStore } from "../memory/store.ts";
import type { Manifest } from "../scaffold/manifest.ts";

/** The file index: what lies where, how big, how fresh, so that a model can judge the cost of a read (spec automem I-17). */
export function fileIndex(
  store: MemoryStore,
  manifest: Manifest,
  family: string,
  lastWritten: ReadonlyMap<string, number>,
): string {
  const listing = store.list();
  if (!listing.ok) return "Memory files: none yet.";
  const declared = new Map(
    manifest.files.filter((file) => file.families?.includes(family) ?? true).map((file) => [file.name, file]),
  );
  const lines = listing.files.map(({ name, lines: count, bytes }) => {
    const spec = declared.get(name);
    const written = lastWritten.get(name);
    const facts = [
      bytes === 0 ? "empty" : `${count} ${count === 1 ? "line" : "lines"}, ${bytes} bytes`,
      ...(written === undefined ? [] : [`last written at step ${written}`]),
      ...(spec?.kind === "reference" || spec?.kind === "derived" ? ["read-only"] : []),
    ];
    return `- ${name} (${facts.join("; ")})${spec === undefined ? "" : `: ${spec.description}`}`;
  });
  return lines.length === 0 ? "Memory files: none yet." : ["Memory files:", ...lines].join("\n");
}

/** Content of the files pinned in this phase, each under its name. */
export function pinnedFiles(store: MemoryStore, manifest: Manifest, phase: "log" | "plan"): string {
  return manifest.files
    .filter((file) => file.pinned.includes(phase))
    .flatMap((file) => {
      const content = store.read(file.name);
      if (!content.ok || content.lines.length === 0) return [];
      const mark = content.truncated
        ? [`[... ${content.total - content.lines.length} more lines: READ ${file.name}]`]
        : [];
      return [[`Content of ${file.name}:`, ...content.lines.map((line) => line.text), ...mark].join("\n")];
    })
    .join("\n\n");
}
