import { type Hash, writeResult } from "@metamem/core";
import { RunFolder } from "../rollout/run-folder.ts";
import type { RunRow } from "../rollout/run-result.ts";
import { type Attempt, publish } from "./attempts.ts";

/** The run as the worker of one try sees it: the trace lies in the try's own folder and becomes the episode's with the result. */
export class AttemptRun extends RunFolder {
  private readonly base: RunFolder;
  private readonly attempt: Attempt;

  constructor(base: RunFolder, attempt: Attempt) {
    super(base.path);
    this.base = base;
    this.attempt = attempt;
  }

  override episode(_id: Hash): string {
    return this.attempt.folder;
  }

  /** The trace first: a result then always belongs to the trace beside it, and who dies in between leaves a trace that gives the result. */
  override commit(row: RunRow): boolean {
    const { result } = row;
    if (result === null) return this.base.commit(row);
    const settled = { ...result, operational: { ...result.operational, folder: this.base.episode(row.id) } };
    writeResult(this.attempt.folder, settled);
    if (!publish(this.base, row.id, this.attempt)) return false;
    try {
      return this.base.commit({ ...row, result: settled });
    } catch {
      // A producer that tidies up may take the file that is just being made. A second failure is one.
      return this.base.commit({ ...row, result: settled });
    }
  }
}
