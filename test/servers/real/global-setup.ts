import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureSidecar, makeTinyModel, type TinyModel } from "@metamem/loops";
import type { TestProject } from "vitest/node";

const main = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));

/** Room for a prompt of the shipped scaffold in the test model's small tokens. */
export const contextTokens = 16_384;
export const maxRank = 16;

declare module "vitest" {
  interface ProvidedContext {
    served: Served;
  }
}

/** The running server, as tests see it. */
export interface Served {
  readonly url: string;
  readonly root: string;
  /** As `--model` takes it. */
  readonly spec: string;
  readonly tiny: TinyModel;
  /** The folder whose adapters the server has after each start. */
  readonly adapterRoot: string;
  /** What `metamem serve` says on stderr goes to this file. */
  readonly notes: string;
}

/** Sets up the sidecar, makes the test model and starts it through the real command; stops it when the tests are over. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "metamem-servers-")));
  let shown = -1;
  const sidecar = await ensureSidecar((phase, done) => {
    const twentieth = Math.floor(20 * done);
    if (twentieth !== shown) console.error(`sidecar: ${Math.round(100 * done)} % (${phase})`);
    shown = twentieth;
  });
  const tiny = await makeTinyModel(sidecar, join(folder, "tiny"));
  const notes = join(folder, "serve.txt");
  const what = ["serve", "vllm", "--sidecar", "--model", tiny.model, "--port", "0", "--json"];
  const adapterRoot = join(folder, "adapters");
  const adapters = ["--max-rank", String(maxRank), "--max-adapters", "4", "--adapter-root", adapterRoot];
  const how = ["--context", String(contextTokens), ...adapters];
  const child = Bun.spawn([process.execPath, main, ...what, ...how, "--logs", join(folder, "logs")], {
    env: { ...process.env, METAMEM_SIDECAR: sidecar.folder },
    stdin: "ignore",
    stdout: "pipe",
    stderr: Bun.file(notes),
  });
  const line = await firstLine(child.stdout);
  if (line === null) throw new Error(`metamem serve ended with ${await child.exited}: ${readFileSync(notes, "utf8")}`);
  const answer = JSON.parse(line) as { readonly model: string; readonly servers: readonly { readonly url: string }[] };
  const url = answer.servers[0]?.url ?? "";
  project.provide("served", { url, root: url.replace(/\/v1$/, ""), spec: answer.model, tiny, adapterRoot, notes });
  return async () => {
    child.kill("SIGINT");
    const exitCode = await child.exited;
    if (exitCode !== 130) throw new Error(`metamem serve ended with ${exitCode}: ${readFileSync(notes, "utf8")}`);
    rmSync(folder, { recursive: true, force: true });
  };
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n")) return text.split("\n", 1)[0] ?? null;
  }
  return null;
}
