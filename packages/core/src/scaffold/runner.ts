import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { z } from "zod";
import { ScaffoldError } from "../errors.ts";
import { jsonRoundTrip } from "../json.ts";
import type { Bundle } from "./bundle.ts";
import { type HookInputs, type HookName, type HookOutputs, hookOutputs } from "./hooks.ts";

/** Runs a bundle's hooks. The trusted runner lives in this process; a sandboxed one has the same face. */
export interface ScaffoldRunner {
  has(hook: HookName): boolean;
  /** Hooks may answer with a value or a promise. Rejects with `ScaffoldError` when the hook throws or answers outside its schema. */
  call<H extends HookName>(hook: H, input: HookInputs[H]): Promise<HookOutputs[H]>;
  close(): void;
}

/** Bytes of JSON a hook may return. */
const maxAnswerBytes = 256 * 1024;

/**
 * For bundles the user trusts (those shipped in seeds/, or named on the command line). Everything passes a JSON round trip in both directions, so
 * that a hook that works here works in a sandbox: no shared objects, no functions, no undefined.
 */
export async function openTrustedRunner(bundle: Bundle): Promise<ScaffoldRunner> {
  const declared = new Set<HookName>(bundle.manifest.hooks);
  const hooks = declared.size === 0 ? {} : await importHooks(bundle);
  for (const name of declared) {
    if (typeof hooks[name] !== "function") {
      throw new ScaffoldError(
        "hook",
        `${bundle.manifest.name}: scaffold.json declares the hook ${name}, scaffold.ts does not export it`,
      );
    }
  }
  return {
    has: (hook) => declared.has(hook),
    call: (hook, input) => checkedCall(bundle.manifest.name, hook, hooks[hook], input),
    close: () => {},
  };
}

async function importHooks(bundle: Bundle): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(join(bundle.folder, "scaffold.ts")).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new ScaffoldError("hook", `${bundle.manifest.name}: scaffold.ts does not load: ${String(cause)}`, { cause });
  }
}

async function checkedCall<H extends HookName>(
  bundle: string,
  hook: H,
  body: unknown,
  input: HookInputs[H],
): Promise<HookOutputs[H]> {
  let text: string;
  try {
    text = JSON.stringify(await (body as (input: unknown) => unknown)(jsonRoundTrip(input))) ?? "null";
  } catch (cause) {
    throw new ScaffoldError("hook", `${bundle}: the hook ${hook} threw: ${String(cause)}`, { cause });
  }
  if (text.length > maxAnswerBytes)
    throw new ScaffoldError("hook", `${bundle}: the hook ${hook} returned over 256 KiB`);
  const schema: z.ZodType<HookOutputs[H]> = hookOutputs[hook];
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new ScaffoldError(
      "hook",
      `${bundle}: the hook ${hook} returned something else than declared: ${parsed.error.issues[0]?.message}`,
    );
  }
  return parsed.data;
}
