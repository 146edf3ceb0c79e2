/** Where things lie in this checkout. Every path the bootstrap touches is derived here. */

import { join, resolve } from "node:path";

/** Absolute path of the repository root. */
export const root: string = resolve(import.meta.dirname, "../../..");

/** Absolute path of something inside the checkout. */
export function inCheckout(...parts: readonly string[]): string {
  return join(root, ...parts);
}

/** The Bun version this checkout is made for (`packageManager` in package.json). */
export async function requiredBunVersion(): Promise<string> {
  const manifest = (await Bun.file(inCheckout("package.json")).json()) as { packageManager: string };
  return manifest.packageManager.replace(/^bun@/, "");
}
