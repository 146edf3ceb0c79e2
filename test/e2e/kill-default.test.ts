import { statSync } from "node:fs";
import { createRng } from "@metamem/core";
import { expect, test } from "vitest";
import { contentOf, resultContent, storedTexts, Workplace } from "./command-line.ts";

/** The same as kill-and-resume.test.ts for the default environment and its player, which never wait for anything. */

const play = ["episode", "--max-steps", "60", "--quiet", "--json"];

test("kill -9 while the default environment is played, then resume", async () => {
  using place = new Workplace();
  await place.run([...play, "--out", "undisturbed"]);
  const whole = statSync(place.in("undisturbed", "events.jsonl")).size;
  const rng = createRng(7);
  for (let number = 0; number < 4; number++) {
    const folder = `killed-${number}`;
    const moment = whole * (0.05 + 0.8 * rng.next());
    await place.killMidway(play, folder, moment);
    expect(await place.run(["episode", "--resume", folder, "--quiet"])).toMatchObject({ exitCode: 0 });
    expect(contentOf(place.in(folder))).toEqual(contentOf(place.in("undisturbed")));
    expect(resultContent(place.in(folder))).toEqual(resultContent(place.in("undisturbed")));
    expect(storedTexts(place.in(folder))).toEqual(storedTexts(place.in("undisturbed")));
  }
});
