import { expect, test } from "vitest";
import { phaseOf, playOn } from "../agent/stage.ts";

test("an event holds only the start of what a model wrote very long, and memory the whole", async () => {
  const note = "n".repeat(5000);
  const action = "a".repeat(200_000);
  const { sink } = await playOn(
    (request) => {
      if (phaseOf(request) !== "log") return `<|ACTION|>${action}<|END|>`;
      return `<|APPEND|>long.txt|${note}<|END|><|APPEND|>long.txt|${note}${note}<|END|><|DONE|>`;
    },
    { maxSteps: 2 },
  );
  const appends = sink.of("op").filter((op) => op.name === "APPEND");
  expect(appends[0]?.args.text).toBe(`${"n".repeat(4096)}… [5000 characters]`);
  expect(appends[1]?.args.text).toBe(`${"n".repeat(4096)}… [10000 characters]`);
  expect(sink.of("mem").map((event) => event.delta.text?.length)).toContain(5001);
  for (const event of sink.of("action")) expect(event.raw).toBe(`${"a".repeat(1000)}… [200000 characters]`);
});
