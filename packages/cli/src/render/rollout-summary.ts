import { protocolTitle, type RolloutResult } from "@metamem/loops";
import { commandName } from "../console.ts";
import { type Painter, palette } from "./colours.ts";
import { table } from "./layout.ts";
import { duration, percent, plural, short } from "./numbers.ts";
import { printableLine } from "./printable.ts";
import { quote } from "./summary.ts";

/** How many open episodes are named with their reasons. */
const namedReasons = 5;

/** The end of a run as people read it. */
export function rolloutSummary(result: RolloutResult, painter: Painter): string[] {
  const { totals, operational, config } = result;
  const models = [...new Set([config.memoryModel ?? config.model, config.gameplayModel ?? config.model])].join(" + ");
  const done = totals.episodes - totals.open;
  return [
    painter.bold(printableLine(`${config.worlds}, ${config.scaffold}, ${models}, ${protocolTitle(config.protocol)}`)),
    ...(result.label === null ? [] : [painter.colour(printableLine(result.label), palette.warn)]),
    `${done} of ${plural(totals.episodes, "episode")} have a result; this session played ${operational.settled} in ${duration(operational.seconds)}`,
    "",
    ...table([
      ["", "episodes", "finished", "failed", "set aside", "open", "progression", "steps"],
      ...familyRows(result),
    ]),
    "",
    ...tokenLines(result),
    ...openLines(result, painter),
    `results in ${operational.folder}`,
    ...(totals.open > 0 ? [rolloutResumeHint(operational.folder)] : []),
  ];
}

export function rolloutResumeHint(folder: string): string {
  return `continue with  ${commandName} rollout --resume ${quote(folder)}`;
}

/** The mean counts every episode that has a result; one that is open is not zero, it is unknown. */
function familyRows({ episodes }: RolloutResult): string[][] {
  const names = [...new Set(episodes.map(({ family, task }) => `${family} ${task}`))];
  return names.map((name) => {
    const all = episodes.filter(({ family, task }) => `${family} ${task}` === name);
    const over = all.filter(({ status }) => status !== "open");
    const count = (status: string) => String(all.filter((episode) => episode.status === status).length);
    const mean = over.length === 0 ? null : over.reduce((sum, { progression }) => sum + progression, 0) / over.length;
    const steps = over.reduce((sum, episode) => sum + (episode.steps ?? 0), 0);
    return [
      name,
      String(all.length),
      count("finished"),
      count("failed"),
      count("set_aside"),
      count("open"),
      percent(mean),
      String(steps),
    ];
  });
}

/** While episodes are open, what the finished ones took says little of what was used: the session's own numbers stand beside it. */
function tokenLines({ totals, operational }: RolloutResult): string[] {
  const cost = operational.cost === null || operational.cost === 0 ? "" : `, $${operational.cost.toFixed(2)} in all`;
  const cache =
    operational.cacheHitRate === null ? "" : `, ${percent(operational.cacheHitRate)} of it from the prefix cache`;
  if (totals.open === 0) return [`${usedText(totals, cache)}${cost}`];
  return [`in results: ${usedText(totals, "")}`, `this session: ${usedText(operational, cache)}${cost}`];
}

type Used = Pick<RolloutResult["totals"], "calls" | "promptTokens" | "outputTokens">;

function usedText({ calls, promptTokens, outputTokens }: Used, cache: string): string {
  return `${short(calls)} calls, ${short(promptTokens)} tokens in${cache}, ${short(outputTokens)} out`;
}

function openLines({ episodes, operational }: RolloutResult, painter: Painter): string[] {
  const reasons = Object.entries(operational.open).filter(([, { boundary }]) => boundary !== "interrupt");
  const lines = reasons.slice(0, namedReasons).map(([id, { code, message }]) => {
    const episode = episodes.find((one) => one.id === id);
    const name = episode === undefined ? id.slice(0, 12) : `${episode.family} ${episode.task}, seed ${episode.seed}`;
    return painter.colour(printableLine(`open: ${name}: ${code}: ${message}`), palette.bad);
  });
  const more = reasons.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more without a result`] : lines;
}
