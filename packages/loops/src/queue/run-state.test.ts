import fc from "fast-check";
import { expect, test } from "vitest";
import { type CountedUse, type RunUse, usesBetween } from "./run-state.ts";

const none: CountedUse = { calls: 0, prompt: 0, cached: 0, output: 0, told: 0 };

interface Call {
  readonly role: "memory" | "gameplay";
  readonly prompt: number;
  readonly cached: number | null;
  readonly output: number;
}

const amount = fc.integer({ min: 0, max: 1000 });
const call: fc.Arbitrary<Call> = fc
  .record({
    role: fc.constantFrom("memory" as const, "gameplay" as const),
    prompt: amount,
    cached: fc.option(amount),
    output: amount,
  })
  .map(({ cached, ...rest }) => ({ ...rest, cached: cached === null ? null : Math.min(cached, rest.prompt) }));

function counted(calls: readonly Call[]): RunUse {
  const use = { memory: { ...none }, gameplay: { ...none } };
  for (const { role, prompt, cached, output } of calls) {
    use[role].calls += 1;
    use[role].prompt += prompt;
    use[role].cached += cached ?? 0;
    use[role].output += output;
    use[role].told += cached === null ? 0 : prompt;
  }
  return use;
}

test("what is told about calls between two readings has their number and their sums", () => {
  fc.assert(
    fc.property(fc.array(call), fc.array(call), (earlier, later) => {
      const [before, after] = [counted(earlier), counted([...earlier, ...later])];
      expect(counted(usesBetween(before, after).map((use) => ({ ...use })))).toEqual(counted(later));
      expect(usesBetween(after, before)).toEqual([]);
    }),
  );
});
