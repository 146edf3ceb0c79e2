import { type EpisodeObserver, exitCodeOf, exitCodes, UsageError } from "@metamem/core";
import {
  type EpisodeRequest,
  type EpisodeResult,
  type EpisodeStart,
  resolveRequest,
  resumeEpisode,
  runEpisode,
} from "@metamem/loops";
import { note, printJson, printLines } from "../console.ts";
import { onInterrupt } from "../interrupt.ts";
import { colourDepth, Painter } from "../render/colours.ts";
import { type EpisodeView, openLiveView } from "../render/live-view.ts";
import { printableLine } from "../render/printable.ts";
import { openProgressLines } from "../render/progress-lines.ts";
import { resumeHint, summaryLines } from "../render/summary.ts";

/** The options of `metamem episode`, as commander hands them over. */
export interface EpisodeOptions extends EpisodeRequest {
  readonly out?: string;
  readonly resume?: string;
  readonly callTimeout?: number;
  readonly adapter?: Readonly<Record<string, string>>;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** False with `--no-live`. */
  readonly live: boolean;
}

/** What a resume takes from the trace, so that giving it again could only contradict. */
const fixedByTrace = [
  "task",
  "seed",
  "model",
  "memoryModel",
  "gameplayModel",
  "protocol",
  "maxSteps",
  "temperature",
  "samplingSeed",
  "out",
] as const satisfies readonly (keyof EpisodeOptions)[];

/** Plays or resumes an episode, shows it, and prints what came of it. */
export async function episodeCommand(options: EpisodeOptions): Promise<number> {
  using interruption = onInterrupt();
  const view = new ViewOfEpisode(options);
  try {
    const result = await play(options, interruption.signal, view);
    view.close();
    report(result, options);
    return exitCodeOfResult(result);
  } finally {
    view.close();
  }
}

async function play(options: EpisodeOptions, signal: AbortSignal, view: ViewOfEpisode): Promise<EpisodeResult> {
  const onStart = (start: EpisodeStart) => view.open(start);
  const common = {
    signal,
    observer: view.observer,
    onStart,
    callTimeout: options.callTimeout,
    adapters: options.adapter,
  };
  if (options.resume === undefined) {
    const resolved = await resolveRequest(options);
    if (resolved.notice !== undefined) note(resolved.notice);
    return await runEpisode(resolved, { ...common, out: options.out });
  }
  const given = fixedByTrace.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    throw new UsageError("option", `--resume takes ${flagOf(given)} from the trace: leave that option out`);
  }
  const { env, scaffold } = options;
  const { result, alreadyOver } = await resumeEpisode(options.resume, { ...common, env, scaffold });
  if (alreadyOver) note(`this episode is over: nothing was played, here is what came of it`);
  return result;
}

/** `maxSteps` -> `--max-steps`, as the user typed it. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function report(result: EpisodeResult, options: EpisodeOptions): void {
  if (options.json === true) printJson(result);
  else printLines(summaryLines(result, new Painter(colourDepth({ isTty: process.stdout.isTTY, env: process.env }))));
  if (result.error !== null) note(`metamem: ${result.error.code}: ${printableLine(result.error.message)}`);
  const resumable = result.status === "interrupted" || result.status === "void";
  if (resumable && options.json === true) note(resumeHint(result.operational.folder));
}

/** Status as exit code; a void or failed episode ends with its error's. */
function exitCodeOfResult({ status, error }: EpisodeResult): number {
  if (status === "finished") return exitCodes.ok;
  if (status === "interrupted") return exitCodes.interrupted;
  return error === null ? exitCodes.checkFailed : exitCodeOf(error.code);
}

/** The view of one run: chosen by terminal and options, opened when play begins, because only then anything is known to show. */
class ViewOfEpisode {
  private view: EpisodeView | null = null;
  private readonly options: EpisodeOptions;

  constructor(options: EpisodeOptions) {
    this.options = options;
  }

  /** Passes events on to whatever view is open. */
  readonly observer: EpisodeObserver = {
    event: (event) => this.view?.observer.event?.(event),
    scene: (step, frame, progress) => this.view?.observer.scene?.(step, frame, progress),
    asking: (callId) => this.view?.observer.asking?.(callId),
  };

  open({ folder, family, spec, label }: EpisodeStart): void {
    if (this.options.quiet === true) return;
    const { memory, gameplay } = spec.models;
    const players = memory === gameplay ? memory : `${memory} + ${gameplay}`;
    const parts = [`${family.title} ${String(spec.task.id)}`, `seed ${spec.seed}`, spec.scaffold.name, players];
    const title = printableLine(parts.join(", "));
    const dumb = process.env.TERM === "dumb";
    if (process.stderr.isTTY && this.options.live && !dumb) {
      const facts = { title, label, view: family.view, maxSteps: spec.maxSteps };
      this.view = openLiveView(facts, process.stderr, colourDepth({ isTty: true, env: process.env }));
      return;
    }
    note(`${title}${label === null ? "" : ` (${label})`}; trace in ${folder}`);
    this.view = openProgressLines(spec.maxSteps, process.stderr);
  }

  close(): void {
    this.view?.close();
    this.view = null;
  }
}
