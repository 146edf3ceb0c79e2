/** What an action did, as it is found: the flags of an effect, and the clauses of its summary. */
export class Findings {
  readonly flags: string[] = [];
  readonly clauses: string[] = [];
  /** Something that counts as a change was among them. */
  changed = false;

  /** Without a clause nothing of it is said. */
  add(flag: string, clause: string, changed: boolean): void {
    this.flags.push(flag);
    if (clause !== "") this.clauses.push(clause);
    this.changed ||= changed;
  }
}
