import { join } from "node:path";
import { SetupError } from "@metamem/core";
import { runLines } from "./run-lines.ts";
import { type Sidecar, sidecarPrograms } from "./sidecar.ts";

/** A model that knows nothing, for tests of real servers; and adapters that change what it says. */
export interface TinyModel {
  readonly model: string;
  readonly tokenizer: string;
  readonly adapters: readonly string[];
}

/** Makes the model in `folder` (about 4 MB); the same seed gives the same files. @throws SetupError */
export async function makeTinyModel(
  { python }: Sidecar,
  folder: string,
  seed = 7,
  signal?: AbortSignal,
): Promise<TinyModel> {
  const adapters = 2;
  const program = join(sidecarPrograms, "tiny_model.py");
  const command = [python, "-B", program, folder, "--seed", String(seed), "--adapters", String(adapters)];
  const { exitCode, tail } = await runLines(command, { env: { HF_HUB_OFFLINE: "1" }, signal });
  if (exitCode !== 0) {
    throw new SetupError("tiny_model", `the test model could not be made in ${folder}: ${tail.slice(-6).join(" | ")}`);
  }
  const model = join(folder, "model");
  return {
    model,
    tokenizer: join(model, "tokenizer.json"),
    adapters: Array.from({ length: adapters }, (_, n) => join(folder, `adapter-${n}`)),
  };
}
