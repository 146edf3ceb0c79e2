import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Prices, pricesSchema, UsageError } from "@metamem/core";

const shipped = fileURLToPath(new URL("../../../seeds/prices.json", import.meta.url));

/**
 * The price list that comes with the system, or a file like it.
 * @throws UsageError when there is none, or it is none.
 */
export function loadPrices(path: string = shipped): Prices {
  if (!existsSync(path))
    throw new UsageError("prices", `no price list at ${path}: give a JSON file like seeds/prices.json`);
  const parsed = pricesSchema.safeParse(parseJson(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError("prices", `${path}: ${issue?.path.join(".") || "top level"}: ${issue?.message ?? "invalid"}`);
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new UsageError("prices", `${path} cannot be read as JSON`, { cause });
  }
}
