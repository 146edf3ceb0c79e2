import { describe, expect, test } from "vitest";
import { nativeBinding } from "../binding.ts";
import { achievementNames, itemNames, semanticNames } from "./tables.ts";
import { textureNames } from "./textures.ts";

const native = nativeBinding().crafter.tables();

describe("names agree with the addon's", () => {
  test("semantic ids, items, achievements and sprites", () => {
    expect(native.semantic).toEqual(semanticNames);
    expect(native.items).toEqual(itemNames);
    expect(native.achievements).toEqual(achievementNames);
    expect(native.textures).toEqual(textureNames);
  });
});

test("every code path of the generator that this CPU has computes the same words", () => {
  expect(native.regeneration.at(-1)?.name).toBe("portable");
  for (const path of native.regeneration) expect(path).toEqual({ name: path.name, correct: true });
});
