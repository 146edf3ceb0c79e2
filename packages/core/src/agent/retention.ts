import { ScaffoldError } from "../errors.ts";
import type { HookScene } from "../scaffold/hooks.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { type EpisodeSetup, record } from "./runtime.ts";

/**
 * Keeps declared files short after LOG: first the bundle's retention hook, then the declared rule (keep a head and the newest lines). Every cut is an op
 * of origin `scaffold` in the trace, so that it is never mistaken for the model's own work.
 */
export async function applyRetention(setup: EpisodeSetup, journal: MemoryJournal, scene: HookScene): Promise<void> {
  const hooking = setup.runner.has("retention");
  const concerned = setup.bundle.manifest.files.filter((file) => hooking || file.retention !== undefined);
  if (concerned.length === 0) return;
  const { files } = setup.store.image();
  for (const file of concerned) {
    const text = files[file.name];
    if (text === undefined || text === "") continue;
    const hooked = hooking ? await setup.runner.call("retention", { ...scene, file: file.name, text }) : null;
    const kept =
      hooked ??
      (file.retention === undefined ? null : keepLines(text, file.retention.maxLines, file.retention.keepHead));
    if (kept === null || kept === text) continue;
    const result = setup.store.write(file.name, kept);
    if (!result.ok)
      throw new ScaffoldError("retention", `the retention hook's text for ${file.name}: ${result.message}`);
    const opId = `${scene.step}.retention.${file.name}`;
    const outcome = `kept ${kept.split("\n").length} lines of ${file.name}`;
    record(setup, {
      kind: "op",
      step: scene.step,
      opId,
      callId: null,
      origin: "scaffold",
      phase: "log",
      name: "WRITE",
      args: { file: file.name },
      offset: 0,
      status: "ok",
      result: setup.sink.blob(outcome),
      shown: false,
    });
    if (result.delta !== null) journal.change(scene.step, opId, result.delta);
  }
}

const droppedLine = /^\((\d+) older lines dropped\)$/;

/** The first `keepHead` and the last lines, `maxLines` in all with a line that says how many are gone; null when nothing is to be cut. */
function keepLines(text: string, maxLines: number, keepHead: number): string | null {
  const lines = text.replace(/\n$/, "").split("\n");
  if (lines.length <= maxLines) return null;
  const earlier = Number(droppedLine.exec(lines[keepHead] ?? "")?.[1] ?? 0);
  if (earlier > 0) lines.splice(keepHead, 1);
  const tail = Math.max(0, maxLines - keepHead - 1);
  const gone = lines.length - keepHead - tail + earlier;
  return [...lines.slice(0, keepHead), `(${gone} older lines dropped)`, ...lines.slice(lines.length - tail)].join("\n");
}
