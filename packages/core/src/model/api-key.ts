import { SetupError } from "../errors.ts";
import type { Preset } from "./presets.ts";

/** Environment variables, as in `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface ApiKey {
  /** Null: requests are sent without a key, which is what a local server expects. */
  readonly value: string | null;
  /** The variable it came from, or the one to set. */
  readonly variable: string;
}

/**
 * The key for a preset's servers, from the environment and nowhere else.
 * @throws SetupError when it holds characters a header cannot carry (the message never shows it).
 */
export function apiKey(preset: Preset, variables: Variables): ApiKey {
  for (const variable of preset.keyVariables) {
    const value = variables[variable]?.trim();
    if (value === undefined || value === "") continue;
    if (!/^[\x21-\x7e]+$/.test(value)) {
      throw new SetupError(
        "api_key",
        `${variable} holds characters that no API key has: set it again, without quotes or line ends`,
      );
    }
    return { value, variable };
  }
  return { value: null, variable: preset.keyVariables[0] ?? "METAMEM_API_KEY" };
}
