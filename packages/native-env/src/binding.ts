import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { SetupError } from "@metamem/core";
import type { CrafterNative } from "./crafter/native.ts";
import type { NethackNative } from "./nethack/native.ts";

/** What the addon exports: one object per family, and the number both sides must agree on. */
export interface NativeBinding {
  readonly interfaceVersion: number;
  readonly crafter: CrafterNative;
  readonly nethack: NethackNative;
}

/** The interface these sources were written for; the same number stands in native/binding/addon.cc. */
const interfaceVersion = 2;
const addonPath = fileURLToPath(new URL("../../../native/build/Release/metamem.node", import.meta.url));
const remedy = "run 'bun run build:native'";

let loaded: NativeBinding | undefined;

/** The addon, loaded on first use. Throws `SetupError` when it is missing, broken or of another version. */
export function nativeBinding(): NativeBinding {
  loaded ??= load();
  return loaded;
}

function load(): NativeBinding {
  if (!existsSync(addonPath)) throw new SetupError("addon_missing", `the native games are not built; ${remedy}`);
  const binding = requireAddon();
  if (binding.interfaceVersion !== interfaceVersion) {
    const versions = `interface ${binding.interfaceVersion}, this version needs ${interfaceVersion}`;
    throw new SetupError("addon_version", `the native games are of another version (${versions}); ${remedy}`);
  }
  return binding;
}

function requireAddon(): NativeBinding {
  try {
    return createRequire(import.meta.url)(addonPath) as NativeBinding;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError("addon_broken", `the native games do not load (${reason}); ${remedy}`, { cause });
  }
}
