import { readFileSync } from "node:fs";
import { SetupError } from "@metamem/core";
import type { z } from "zod";

/** A file of the checkout's own `seeds` folder. @throws SetupError when it is missing or damaged. */
export function readSeedFile<T>(name: string, schema: z.ZodType<T>): T {
  const url = new URL(`../../../../seeds/${name}`, import.meta.url);
  try {
    return schema.parse(JSON.parse(readFileSync(url, "utf8")));
  } catch (cause) {
    throw new SetupError("seeds", `seeds/${name} is missing or damaged: restore it from the repository`, { cause });
  }
}
