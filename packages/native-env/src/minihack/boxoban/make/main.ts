/** Writes the committed own levels anew: `bun packages/native-env/src/minihack/boxoban/make/main.ts`, some minutes. */
import { writeFileSync } from "node:fs";
import { difficulties } from "../level.ts";
import { ownCount, ownPath } from "../own-levels.ts";
import { levelText, makeLevel } from "./generate.ts";

for (const difficulty of difficulties) {
  const levels = Array.from({ length: ownCount }, (_, index) => levelText(makeLevel(difficulty, index).level, index));
  writeFileSync(ownPath(difficulty), levels.join(""));
}
