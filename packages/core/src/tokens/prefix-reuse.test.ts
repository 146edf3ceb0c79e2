import fc from "fast-check";
import { expect, test } from "vitest";
import { type CachedCall, prefixReuse } from "./prefix-reuse.ts";

/** Plain words for the same: the longest stretch of whole blocks that some earlier row begins with. */
function byComparing(calls: readonly CachedCall[], size: number): number[] {
  const rows = calls.map(({ prompt, output }) => [...Array.from(prompt), ...Array.from(output ?? []).slice(0, -1)]);
  return calls.map(({ prompt }, index) => {
    const shared = rows.slice(0, index).map((row) => {
      let same = 0;
      while (same < Math.min(row.length, prompt.length) && row[same] === prompt[same]) same++;
      return Math.min(Math.floor(same / size), Math.floor(row.length / size)) * size;
    });
    return Math.min(Math.max(0, ...shared), Math.floor(Math.max(0, prompt.length - 1) / size) * size);
  });
}

const tokens = fc.array(fc.nat({ max: 1 }), { maxLength: 12 });
const call = fc.record({ prompt: tokens, output: tokens }, { requiredKeys: ["prompt"] }) as fc.Arbitrary<CachedCall>;

test("whole blocks of the longest known prefix are reused", () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (calls, size) => {
      const reuse = prefixReuse(calls, size);
      expect(reuse.byPrompt).toEqual(byComparing(calls, size));
      expect(reuse.tokens).toBe(calls.reduce((sum, { prompt }) => sum + prompt.length, 0));
      expect(reuse.reused).toBe(reuse.byPrompt.reduce((sum, one) => sum + one, 0));
    }),
  );
});

test("a prompt asked again leaves its last token to be computed", () => {
  const prompt = Array.from({ length: 32 }, (_, index) => index);
  expect(prefixReuse([{ prompt }, { prompt }]).byPrompt).toEqual([0, 16]);
  expect(prefixReuse([{ prompt }, { prompt: [...prompt, 1] }]).byPrompt).toEqual([0, 32]);
});

test("a reply is found again in the prompt that repeats it", () => {
  const prompt = [1, 2, 3];
  const output = [4, 5, 6];
  const next = { prompt: [1, 2, 3, 4, 5, 6, 7] };
  expect(prefixReuse([{ prompt, output }, next], 2).share).toBe(4 / 10);
  expect(prefixReuse([{ prompt }, next], 2).share).toBe(2 / 10);
});

test("no prompts, and a block size that is none", () => {
  expect(prefixReuse([])).toMatchObject({ prompts: 0, tokens: 0, reused: 0, share: 0 });
  expect(() => prefixReuse([], 0)).toThrow(RangeError);
});
