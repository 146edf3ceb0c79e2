/** Notes are lines `key: value`, so that one UPSERT changes one fact. Each topic goes to a memory file of its own where there is one. */
export type Notes<Topic extends string> = Readonly<Record<Topic, ReadonlyMap<string, string>>>;

/** What a line says that is no longer so. */
export const gone = "gone";

const line = /^(?:[\w./-]+:\d+: )?([a-z_]+(?: [+-]?\d+(?:,-?\d+)?)?): (.+)$/gm;

/** The last value of every key in a text that may hold other things, such as the headers of results. */
export function readLines(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(line)].map(([, key = "", value = ""]) => [key, value]));
}
