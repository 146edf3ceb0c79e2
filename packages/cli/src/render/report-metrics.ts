import { fixed, percent, short } from "./numbers.ts";

/** How a rate of the report is called and shown. `main` ones are shown without being asked for. */
export interface ShownRate {
  readonly rate: string;
  readonly title: string;
  readonly main: boolean;
  readonly show: (value: number | null) => string;
}

const share = (value: number | null): string => percent(value);
const ratio = (value: number | null): string => fixed(value);
const amount = (value: number | null): string => (value === null ? "-" : short(value));

const main = (rate: string, title: string, show = share): ShownRate => ({ rate, title, main: true, show });
const more = (rate: string, title: string, show = share): ShownRate => ({ rate, title, main: false, show });

/** All rates of an episode's metrics and of its trace, in the order in which people read them (spec automem §7.3). */
export const shownRates: readonly ShownRate[] = [
  main("unproductive", "unproductive steps"),
  main("stuck", "  stuck, same text"),
  main("oscillating", "  oscillating"),
  more("oscillatingActions", "  oscillating, among ten actions"),
  more("unproductiveEffect", "unproductive steps, by effect"),
  more("stuckEffect", "  stuck, no effect"),
  main("repeatWrite", "repeated writes"),
  more("repeatWriteLoose", "  or nearly repeated"),
  main("emptySearch", "empty searches"),
  more("emptySearchLog", "  in LOG"),
  more("emptySearchPlan", "  in PLAN"),
  more("emptySearchNoMatch", "  no match"),
  more("emptySearchBlank", "  blank file"),
  more("emptySearchMissing", "  missing file"),
  main("consult", "steps that consulted memory"),
  main("informedWrite", "informed writes"),
  more("unreadRead", "unread reads"),
  main("retrievalUse", "written lines read later"),
  main("logWritesPerSearch", "LOG writes per SEARCH", ratio),
  more("logWritesCorePerSearch", "  without CREATE, DELETE", ratio),
  more("writes", "writes per step", ratio),
  more("writesCore", "  without CREATE, DELETE", ratio),
  main("memoryGrowth", "memory growth, characters per step", ratio),
  more("memoryGrowthModel", "  by the model's own writes", ratio),
  more("scaffoldShare", "written by the scaffold"),
  main("calls", "calls per step", ratio),
  main("inputTokens", "input tokens per step", amount),
  more("largestPromptPerStep", "largest prompt of a step, tokens", amount),
  more("outputTokens", "output tokens per step", amount),
  main("malformedOp", "malformed ops"),
  more("deniedOp", "ops not allowed in the phase"),
  main("invalidAction", "invalid actions"),
  more("repair", "repaired actions"),
  more("fallback", "fallback actions"),
  more("gateRejection", "steps with a gate rejection"),
  more("cutCalls", "calls cut by the output limit"),
  more("shortenedCalls", "calls with a shortened prompt"),
];
