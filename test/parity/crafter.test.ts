import { fileURLToPath } from "node:url";
import { families } from "@metamem/native-env";
import { expect, test } from "vitest";

const goldens = fileURLToPath(new URL("../goldens/crafter-dev.jsonl.gz", import.meta.url));

test("Crafter plays every step of the reference recordings exactly", async () => {
  const crafter = families.find(({ name }) => name === "crafter");
  const report = await crafter?.parity?.(goldens, {});
  expect(report?.divergences).toEqual([]);
  // Pictures need the reference's own sprites, which are not ours to ship.
  expect(report).toMatchObject({ steps: 7689, episodes: 10, unchecked: { frames: 1152 } });
});
