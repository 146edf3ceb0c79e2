/** @module The game families built on the native addon. */
import type { EnvironmentFamily } from "@metamem/core";
import { crafterFamily } from "./crafter/index.ts";

/** Every family of this package, the default one first. */
export const families: readonly EnvironmentFamily[] = [crafterFamily];

export { crafterFamily };
