import {
  createRng,
  type Frame,
  FrameEncoder,
  type Hash,
  KeyframePolicy,
  type MessageRef,
  type NewEvent,
  type PartRef,
  type Phase,
  type Rng,
  sha256,
  type TraceHeader,
  type TraceSink,
  traceSchemaVersion,
} from "@metamem/core";

const words =
  "north south east west tree stone water cow sand coal iron path table dark grass you see near far next".split(" ");
const width = 9;
const height = 7;

export const notesLine = 138;

export const syntheticHeader: TraceHeader = {
  schema: traceSchemaVersion,
  episodeId: "synthetic",
  startedAt: "2026-01-05T09:00:00.000Z",
  task: { family: "synthetic", id: "walk" },
  taskHash: sha256("walk"),
  world: { seed: 1 },
  family: { name: "synthetic", version: "1", provenance: {} },
  scaffold: { name: "synthetic", hash: sha256("synthetic scaffold") },
  protocol: {},
  samplingSeed: 1,
  maxSteps: 20_000,
  roles: { memory: {}, gameplay: {} },
  code: { version: "0", bun: "0" },
  view: {},
};

/**
 * An episode of plausible shape and size without game, agent or model: about ten events and 3 kB of new text per step, and memory that
 * grows by one line of 138 characters. Like the agent it is deterministic, takes recorded replies, and flushes when it asks.
 */
export class SyntheticEpisode {
  /** Calls that were really asked, not taken from the recording. */
  readonly asked: string[] = [];
  /** The memory file, line by line. */
  private readonly lines: string[] = ["# notes\n"];
  private bytes = this.notes.length;
  private readonly sink: TraceSink;
  private readonly random: Rng = createRng(1);
  private readonly frames = new FrameEncoder();
  private readonly policy = new KeyframePolicy();
  private readonly hasher = new Bun.CryptoHasher("sha256").update(this.notes);
  private readonly cells = new Uint16Array(width * height);
  private readonly stock = Array.from({ length: 4000 }, () => this.random.pick(words)).join(" ");
  private readonly fixed: readonly string[];

  constructor(sink: TraceSink) {
    this.sink = sink;
    this.fixed = Array.from({ length: 8 }, () => this.text(600));
  }

  /** The memory file. */
  get notes(): string {
    return this.lines.join("");
  }

  /** Plays steps 0 to `steps` - 1 and the end. */
  play(steps: number): void {
    for (let step = 0; step < steps; step++) this.step(step);
    this.observe(steps);
    this.keyframe(steps);
    const details = { lines: steps };
    this.add({
      kind: "episode.end",
      step: steps,
      status: "finished",
      reason: "step_limit",
      steps,
      progression: 0.5,
      episodeReturn: 1,
      milestones: [],
      details,
    });
    this.sink.close();
  }

  step(step: number): void {
    if (step === 0) this.keyframe(step);
    const observation = this.observe(step);
    this.phase(step, "log", [observation], (callId) => this.log(step, callId));
    this.phase(step, "commit", [observation, `Files: notes (${step} lines)`], () => {});
    this.add({
      kind: "action",
      step,
      raw: "East",
      canonical: "East",
      rule: "exact",
      executed: "East",
      source: "model",
      valid: true,
    });
    if (this.policy.due) this.keyframe(step);
  }

  private observe(step: number): string {
    for (let change = 0; change < 6; change++) this.cells[this.random.int(this.cells.length)] = this.random.int(12);
    const frame: Frame = {
      width,
      height,
      cells: this.cells,
      gauges: [{ label: "energy", value: this.random.int(10), max: 9 }],
    };
    const observation = this.text(900);
    const [longTerm, shortTerm, features] = [observation, this.text(80), JSON.stringify({ seen: this.text(300) })].map(
      (text) => this.sink.blob(text),
    );
    if (longTerm === undefined || shortTerm === undefined || features === undefined)
      throw new Error("three texts give three hashes");
    const encoded = this.frames.encode(frame);
    this.add({
      kind: "obs",
      step,
      longTerm,
      shortTerm,
      features,
      turn: step,
      reward: 0,
      terminated: false,
      truncated: false,
      progression: 0.5,
      milestones: [],
      frame: encoded,
    });
    return observation;
  }

  private phase(step: number, phase: Phase, fresh: readonly string[], act: (callId: string) => void): void {
    this.add({ kind: "phase.start", step, phase });
    const callId = `${step}.${phase}.0`;
    const system = this.message("system", this.fixed);
    const user = this.message("user", [...fresh, this.lines.slice(-10).join("")]);
    const recorded = this.sink.recordedCall(callId);
    // Drawn in either case, so that the stream stays the same.
    const answer = this.text(350);
    if (recorded === null) this.asked.push(callId);
    const reply = this.sink.blob(recorded?.text ?? answer);
    const tokens = { prompt: 2000, cached: null, output: 90, exact: false };
    const sampling = { seed: step, maxTokens: 512, temperature: 1, budget: 7000, shortened: [] };
    this.add({
      kind: "call",
      step,
      callId,
      conversation: `${step}.${phase}`,
      phase,
      role: "memory",
      added: [system, user],
      ...sampling,
      reply,
      finish: "stop",
      tokens,
      servedModel: "synthetic",
    });
    act(callId);
    this.add({ kind: "phase.end", step, phase, exit: phase === "log" ? "done" : "commit", calls: 1 });
  }

  private log(step: number, callId: string): void {
    const line = `${this.text(notesLine - 1)}\n`;
    const opId = `${callId}.0`;
    const result = this.sink.blob(`[APPEND notes] line ${step + 1} added`);
    this.add({
      kind: "op",
      step,
      opId,
      callId,
      origin: "model",
      phase: "log",
      name: "APPEND",
      args: { file: "notes", text: line },
      offset: 0,
      status: "ok",
      result,
      shown: false,
    });
    const before = this.hash();
    this.hasher.update(line);
    this.lines.push(line);
    this.bytes += line.length;
    const after = this.hash();
    const delta = {
      file: "notes",
      change: "append" as const,
      text: line,
      before,
      after,
      storeHash: after,
      bytes: this.bytes,
    };
    this.add({ kind: "mem", step, opId, delta });
    this.policy.add(delta);
  }

  private keyframe(step: number): void {
    const image = { files: { notes: this.notes }, storeHash: this.hash() };
    this.add({
      kind: "mem.keyframe",
      step,
      files: { notes: this.sink.blob(image.files.notes) },
      storeHash: image.storeHash,
    });
    this.policy.written(image);
  }

  private message(role: MessageRef["role"], texts: readonly string[]): MessageRef {
    const parts = texts.map(
      (text, at): PartRef => ({ part: `part${at}`, blob: this.sink.blob(text), tokens: text.length >> 2 }),
    );
    return { role, parts };
  }

  private hash(): Hash {
    return this.hasher.copy().digest("hex");
  }

  private add(event: NewEvent): void {
    this.sink.append(event);
  }

  /** `length` characters that no other text has: a number, then words. */
  private text(length: number): string {
    const start = this.random.int(this.stock.length - length);
    return `${this.random.uint32()} ${this.stock.slice(start, start + length)}`.slice(0, length);
  }
}
