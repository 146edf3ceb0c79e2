/** One line of a Prometheus page. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Far beyond any server's page. */
const longestPage = 4 * 1024 * 1024;

/** The samples of a page in Prometheus' text form. Lines that are something else are left out: servers differ, and so do their versions. */
export function parsePrometheus(page: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of page.slice(0, longestPage).split("\n")) {
    const match = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+([^\s]+)(?:\s+-?\d+)?\s*$/.exec(line);
    if (match === null) continue;
    const [, name = "", labels = "", text = ""] = match;
    const value = numberOf(text);
    if (value !== null) samples.push({ name, labels: labelsOf(labels), value });
  }
  return samples;
}

/** The sum of all series of the first name that has any (engines, replicas of an engine); null when none has: unknown, not zero. */
export function sumOf(
  samples: readonly Sample[],
  names: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): number | null {
  for (const name of names) {
    const found = samples.filter(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
    if (found.length > 0) return found.reduce((sum, { value }) => sum + value, 0);
  }
  return null;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g)) {
    labels[name] = value.replace(/\\(.)/g, (_all, sign: string) => (sign === "n" ? "\n" : sign));
  }
  return labels;
}

function numberOf(text: string): number | null {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}
