import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type MetamemError, SetupError, UsageError } from "@metamem/core";
import { isModulePath } from "../registry.ts";
import { RunFolder } from "../rollout/run-folder.ts";
import type { RunRecord } from "../rollout/run-record.ts";
import { scaffoldNames } from "../seeds-folder.ts";
import { type EpisodeJob, runKey } from "./messages.ts";

/** What a worker's user says about where things are on its machine: nothing from the queue says what code to load. */
export interface WorkerPlaces {
  /** Modules of environments that are not registered. */
  readonly env: readonly string[];
  /** A scaffold's folder, when it is not one that comes with the system. */
  readonly scaffold: string | undefined;
  /** The folder in which run folders lie here; by default where the producer sees them. */
  readonly runs: string | undefined;
  /** Whether recorded calls are to outlive not only this process but the machine. */
  readonly durable: boolean;
}

/** `code` (after `setup.`) of a job whose run is no more: it can be forgotten. A producer that still wants it adds it again. */
const goneCode = "queue_gone";

export function isGone({ code }: MetamemError): boolean {
  return code === `setup.${goneCode}`;
}

/** @throws MetamemError when the run of a job is not to be had on this machine. */
export function openRun({ folder, run: key }: EpisodeJob, { runs }: WorkerPlaces): ReturnType<typeof RunFolder.open> {
  const path = runs === undefined ? folder : join(runs, basename(folder));
  if (!existsSync(join(path, "run.json"))) {
    if (existsSync(dirname(path))) throw new SetupError(goneCode, `the run ${path} was removed`);
    const advice = "put runs on a folder that all machines share, or say with --runs where it lies here";
    throw new SetupError("queue_run", `the queue names the run ${path}, which is not on this machine; ${advice}`);
  }
  const opened = RunFolder.open(path);
  if (runKey(opened.record) !== key) throw new SetupError(goneCode, `${path} holds another run by now`);
  return opened;
}

/** What the run plays, with the scaffold that lies here. @throws UsageError when it has to be named. */
export function playConfigHere({ config }: RunRecord, { scaffold }: WorkerPlaces): RunRecord["config"] {
  if (scaffold === undefined && !scaffoldNames().includes(config.scaffold)) {
    throw new UsageError("worker", `the run plays the scaffold '${config.scaffold}': add --scaffold with its folder`);
  }
  return { ...config, scaffold: scaffold ?? config.scaffold };
}

/** The environment's name, or where its module lies here. @throws UsageError when that has to be named. */
export function environmentHere(env: string, places: WorkerPlaces): string {
  if (!isModulePath(env)) return env;
  const place = places.env.find((path) => path === env || basename(path) === basename(env));
  if (place !== undefined) return place;
  throw new UsageError("worker", `the run plays ${env}, which is not registered: add --env with its module's path`);
}
