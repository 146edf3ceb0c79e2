import { type DataSet, type DataSetPart, exitCodes, UsageError } from "@metamem/core";
import { findFamily, registeredFamilies, suggestion } from "@metamem/loops";
import { commandName, note, printJson, printLines } from "../console.ts";
import { table } from "../render/layout.ts";
import { duration } from "../render/numbers.ts";
import { printableLine } from "../render/printable.ts";

export interface DataOptions {
  readonly env?: string;
  readonly from?: string;
  readonly order?: string;
  readonly json?: boolean;
}

/** A data set with the name of the family that plays from it. */
interface Owned {
  readonly family: string;
  readonly set: DataSet;
}

/** Lists data sets, shows and checks what is stored of one, or stores a copy of it. */
export async function dataCommand(name: string | undefined, options: DataOptions): Promise<number> {
  const sets = await dataSets(options.env);
  if (name === undefined) {
    const given = options.from === undefined ? options.order && "--order" : "--from";
    if (given) throw new UsageError("data_set", `${given} needs the name of a data set: ${namesOf(sets)}`);
    return await show(sets, options);
  }
  const owned = sets.find(({ set }) => set.name === name);
  if (owned === undefined) {
    const names = sets.map(({ set }) => set.name);
    throw new UsageError(
      "data_set",
      `unknown data set '${name}': there is ${namesOf(sets)}.${suggestion(name, names)}`,
    );
  }
  const { from, order } = options;
  if (from !== undefined) {
    const parts = await owned.set.import(from, {
      ...(order === undefined ? {} : { order }),
      onProgress: progressOn(from),
    });
    return report([{ ...owned, parts }], options);
  }
  if (order !== undefined) throw new UsageError("data_set", "--order says how to store a copy: give --from as well");
  return await show([owned], options);
}

async function dataSets(env: string | undefined): Promise<Owned[]> {
  const families = env === undefined ? registeredFamilies() : [await findFamily(env)];
  return families.flatMap(({ name, dataSets: sets = [] }) => sets.map((set) => ({ family: name, set })));
}

function namesOf(sets: readonly Owned[]): string {
  return sets.map(({ set }) => set.name).join(", ") || "none";
}

async function show(sets: readonly Owned[], options: DataOptions): Promise<number> {
  const states = await Promise.all(sets.map(async (owned) => ({ ...owned, parts: await owned.set.state() })));
  return report(states, options);
}

interface State extends Owned {
  readonly parts: readonly DataSetPart[];
}

/** Exit code 1 when something stored is damaged. */
function report(states: readonly State[], { json }: DataOptions): number {
  if (json === true) {
    const sets = states.map(({ family, set: { name, title, origin }, parts }) => ({
      family,
      name,
      title,
      origin,
      parts,
    }));
    printJson({ schema: "metamem.data/1", sets });
  } else {
    printLines(states.length === 0 ? ["no environment has data sets"] : states.flatMap(stateLines));
  }
  return states.every(({ parts }) => parts.every(({ intact }) => intact)) ? exitCodes.ok : exitCodes.checkFailed;
}

function stateLines({ family, set: { name, title, origin }, parts }: State): string[] {
  const heading = printableLine(`${name}: ${title} (${family})`);
  if (parts.length === 0) {
    const how = `nothing stored; get ${origin}, then '${commandName} data ${name} --from PATH'`;
    return [heading, `  ${printableLine(how)}`];
  }
  const rows = parts.map(({ label, items, unit, bytes, sha256, intact }) => [
    printableLine(label),
    `${items} ${unit}`,
    `${(bytes / 1e6).toFixed(1)} MB`,
    `sha256 ${sha256.slice(0, 12)}`,
    intact ? "ok" : "DAMAGED",
  ]);
  return [heading, ...table(rows), ...parts.map(({ path }) => `  ${printableLine(path)}`)];
}

/** On a terminal, once a second, how far a copy has been read and how long the rest will take. */
function progressOn(from: string): (done: number, total: number) => void {
  const begun = performance.now();
  let shown = begun;
  return (done, total) => {
    const now = performance.now();
    if (!process.stderr.isTTY || now - shown < 1000) return;
    shown = now;
    const left = ((now - begun) / 1000) * (total / Math.max(1, done) - 1);
    const percentage = ((100 * done) / Math.max(1, total)).toFixed(0);
    note(`${printableLine(from)}: ${percentage} % of ${(total / 1e6).toFixed(0)} MB, ${duration(left)} left`);
  };
}
