import { addresses, parseModelSpec, presets } from "@metamem/core";

/** The servers among some model specs whose metrics can be read: their addresses without a path, each once. */
export function watchedRoots(specs: Iterable<string>): readonly string[] {
  const roots = new Set<string>();
  for (const text of specs) {
    const spec = parseModelSpec(text);
    if (spec.kind !== "server" || presets[spec.preset].metrics === null) continue;
    for (const url of addresses(spec)) roots.add(url.replace(/\/v1$/, ""));
  }
  return [...roots];
}
