import { existsSync } from "node:fs";
import { join } from "node:path";
import { TraceError } from "@metamem/core";

/** Some numbers, and exports, are made of traces; a run without its `episodes` folder has only results. @throws TraceError */
export function insistOnTrace(episode: string): void {
  if (existsSync(join(episode, "header.json"))) return;
  throw new TraceError(
    "missing",
    `no trace in ${episode}: this needs the run's folder with the traces of all episodes`,
  );
}
