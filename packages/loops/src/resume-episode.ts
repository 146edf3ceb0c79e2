import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  attribute,
  formatModelSpec,
  loadBundle,
  type Manifest,
  type ModelRole,
  openMemoryStore,
  openTraceReader,
  type Protocol,
  parseModelSpec,
  protocolSchema,
  readResult,
  resumeTrace,
  TraceError,
  type TraceHeader,
  UsageError,
} from "@metamem/core";
import { configuredTask, type ResolvedEpisode } from "./episode-spec.ts";
import { type EpisodeRecord, memoryFolder, type PlayOptions, playPrepared } from "./play-prepared.ts";
import { prepareEpisode } from "./prepare-episode.ts";
import { findFamily, recordedTask, registeredFamilies } from "./registry.ts";
import { type EpisodeResult, episodeResultSchema } from "./result.ts";
import { type EpisodeStart, episodeStart } from "./run-episode.ts";
import { insistOnSameSetup } from "./same-setup.ts";
import { scaffoldFolder, scaffoldNames } from "./seeds-folder.ts";
import {
  type AdapterRecord,
  examineAdapters,
  foldersOf,
  recordAdapters,
  recordedAdapters,
} from "./servers/adapter-record.ts";
import { headerOf } from "./trace-header.ts";

export interface ResumeOptions extends PlayOptions {
  /** Where the family or the scaffold is, when it is not one that comes with the system: a trace holds no paths to run code from. */
  readonly env?: string | undefined;
  readonly scaffold?: string | undefined;
  readonly onStart?: (start: EpisodeStart) => void;
}

export interface Resumed {
  readonly result: EpisodeResult;
  /** The episode was over already; nothing was played. */
  readonly alreadyOver: boolean;
}

/**
 * Continues the episode in `folder` at its last recorded call, by replaying what is recorded through the same code.
 * @throws UsageError when there is no trace or something it needs must be named; TraceError when what would play differs from what is
 * recorded, naming the difference. The folder is left as it was.
 */
export async function resumeEpisode(folder: string, options: ResumeOptions): Promise<Resumed> {
  const head = readHead(folder);
  const stored = head.over ? storedResult(folder) : null;
  if (stored !== null) return { result: stored, alreadyOver: true };
  return await continueEpisode(folder, head, await resolveHeader(head.header, options), options);
}

/** The same with everything the episode needs at hand: it must be what the trace was begun with. */
export async function resumeResolved(
  folder: string,
  resolved: ResolvedEpisode,
  options: ResumeOptions,
): Promise<Resumed> {
  const head = readHead(folder);
  const stored = head.over ? storedResult(folder) : null;
  if (stored !== null) return { result: stored, alreadyOver: true };
  return await continueEpisode(folder, head, resolved, options);
}

async function continueEpisode(
  folder: string,
  { header, over }: Head,
  resolved: ResolvedEpisode,
  options: ResumeOptions,
): Promise<Resumed> {
  const startedAt = new Date();
  const models = Object.values(resolved.spec.models);
  const adapters = await examineAdapters(options.adapters ?? {}, models, recordedAdapters(folder));
  const prepared = await prepareEpisode(resolved, { ...options, adapters: foldersOf(adapters) });
  try {
    insistOnSameSetup(header, headerOf(prepared));
    const record = openRecord(folder, header, resolved.bundle.manifest.limits, adapters, options);
    const resumes = countResumes(record, over ? null : startedAt);
    options.onStart?.(episodeStart(prepared, folder));
    const result = await playPrepared(prepared, record, { startedAt, resumes }, options);
    return { result, alreadyOver: over };
  } finally {
    prepared.close();
  }
}

/** What a trace says about its episode before anything of it is replayed. */
interface Head {
  readonly header: TraceHeader;
  readonly over: boolean;
}

function readHead(folder: string): Head {
  if (!existsSync(join(folder, "header.json"))) {
    throw new UsageError(
      "resume",
      `no trace in ${folder}: --resume takes the folder of an episode, with its header.json`,
    );
  }
  const reader = openTraceReader(folder);
  try {
    const { header, stepCount } = reader;
    return { header, over: stepCount > 0 && reader.last(stepCount - 1, "episode.end") !== null };
  } finally {
    reader.close();
  }
}

/** The result of an episode that is over. One that does not read is derived data: the trace gives it again. */
function storedResult(folder: string): EpisodeResult | null {
  const { data } = episodeResultSchema.safeParse(readResult(folder));
  return data?.status === "finished" || data?.status === "failed" ? data : null;
}

/** The request that a header answers: names from the header, code only from here or from what the user typed. */
async function resolveHeader(header: TraceHeader, options: ResumeOptions): Promise<ResolvedEpisode> {
  const family = await findFamily(options.env ?? registeredName(header.family.name));
  const bundle = loadBundle(scaffoldFolder(options.scaffold ?? shippedName(header.scaffold.name)));
  const protocol = recordedProtocol(header);
  const task = configuredTask(await recordedTask(family, header.task), family, protocol);
  const spec = {
    schema: "metamem.spec/1" as const,
    family: { name: family.name, version: family.version },
    task: task as unknown as ResolvedEpisode["spec"]["task"],
    seed: header.world.seed,
    scaffold: { name: bundle.manifest.name, hash: bundle.hash },
    models: { memory: recordedModel(header, "memory"), gameplay: recordedModel(header, "gameplay") },
    protocol,
    maxSteps: header.maxSteps,
    samplingSeed: header.samplingSeed,
  };
  return { spec, family, task, bundle };
}

function recordedProtocol(header: TraceHeader): Protocol {
  const { data } = protocolSchema.safeParse(header.protocol);
  if (data === undefined) throw new TraceError("header", "the protocol in the trace's header is none of this version");
  return data;
}

/** A model as the header names it, in the spec's one spelling. */
function recordedModel(header: TraceHeader, role: ModelRole): string {
  return formatModelSpec(parseModelSpec(String(header.roles[role].spec)));
}

function registeredName(name: string): string {
  if (registeredFamilies().some((family) => family.name === name)) return name;
  throw new UsageError(
    "resume",
    `the trace is of '${name}', which is not registered: add --env with its module's path`,
  );
}

function shippedName(name: string): string {
  if (scaffoldNames().includes(name)) return name;
  throw new UsageError("resume", `the trace was played with the scaffold '${name}': add --scaffold with its folder`);
}

/** One line per resume, so that their number survives kills that leave no result. */
const resumesFile = "resumes.jsonl";

/** Adds a line for a resume at this time (none for an episode that is over) and returns how many there are. */
function countResumes({ folder, sink }: EpisodeRecord, at: Date | null): number {
  const path = join(folder, resumesFile);
  try {
    if (at !== null) appendFileSync(path, `${JSON.stringify({ at: at.toISOString() })}\n`);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
  } catch (error) {
    sink.close();
    throw attribute(error, "setup");
  }
}

/** Opens the trace for verifying and appending, and an empty memory, which replay fills again. */
function openRecord(
  folder: string,
  header: TraceHeader,
  limits: Manifest["limits"],
  adapters: AdapterRecord,
  options: ResumeOptions,
): EpisodeRecord {
  const { sink } = resumeTrace(folder, { durable: options.durable });
  try {
    recordAdapters(folder, adapters);
    rmSync(memoryFolder(folder), { recursive: true, force: true });
    const store = openMemoryStore(memoryFolder(folder), { limits, staging: () => sink.replaying });
    return { folder, header, sink, store };
  } catch (error) {
    sink.close();
    throw attribute(error, "store");
  }
}
