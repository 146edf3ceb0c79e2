/** Plays or resumes the synthetic episode in a folder: a process to kill. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createTrace, resumeTrace } from "@metamem/core";
import { SyntheticEpisode, syntheticHeader } from "./synthetic-episode.ts";

const [dir = "", steps = "0"] = process.argv.slice(2);
const begun = existsSync(join(dir, "header.json"));
new SyntheticEpisode(begun ? resumeTrace(dir).sink : createTrace(dir, syntheticHeader)).play(Number(steps));
