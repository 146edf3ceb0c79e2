import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench, BenchResult } from "./bench.ts";
import { promptReuse } from "./prompt-orders.ts";
import type { HarnessResult, HarnessTask } from "./rollout-harness.ts";

/** Many episodes at once against a server that answers at once: what the harness itself costs. */
const crowd = { episodes: 1000, steps: 100, concurrency: 1000 } as const;
/** Few episodes against a server that takes its time: what the harness adds to a call. */
const few = { episodes: 8, steps: 200, concurrency: 8 } as const;
/** Played before, against a server that answers at once: a rollout of hours runs compiled code. */
const warmUp = { episodes: 64, steps: 100, concurrency: 8, resume: false } as const;
/** Milliseconds the server takes then: quick for a real one. */
const serverMs = 50;

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Calls per second, overhead per call, memory, replay speed and prefix reuse of rollouts, with harness and server in processes of their own. */
export const benchRollout: Bench = async ({ env, note }) => {
  const folder = mkdtempSync(join(tmpdir(), "metamem-bench-"));
  try {
    note(`${few.episodes} episodes, ${few.steps} steps each, a server that takes ${serverMs} ms ...`);
    const { gaps, replay } = await withServer(serverMs, async (server) => {
      const task = { env, model: server.model, out: join(folder, "few"), ...few };
      await withServer(0, ({ model }) =>
        play({ ...task, resume: false, warmUp: { ...warmUp, env, model, out: join(folder, "warm-up") } }),
      );
      const gaps = await server.gaps();
      note("replaying them ...");
      forgetResults(task.out);
      return { gaps, replay: await play({ ...task, resume: true }) };
    });
    note(
      `${crowd.episodes} episodes at once, ${crowd.steps} steps each, a server that answers at once: takes minutes ...`,
    );
    const loud = await withServer(0, (server) =>
      play({ env, model: server.model, out: join(folder, "crowd"), resume: false, ...crowd }),
    );
    note("counting the tokens of their prompts ...");
    const reuse = await promptReuse(join(folder, "few"));
    return [
      measured("rollout.calls_per_s", loud.calls / loud.seconds, "calls/s"),
      measured("rollout.overhead_ms_median", quantile(loud.cpuPerCall, 0.5), "ms"),
      measured("rollout.overhead_ms_p99", quantile(gaps, 0.99), "ms"),
      measured("rollout.rss_mb_1000", loud.rssMb, "MB"),
      measured("rollout.replay_steps_per_s", replay.steps / replay.seconds, "steps/s"),
      measured("rollout.prefix_reuse", reuse.written, "share"),
      measured("rollout.prefix_reuse_published_order", reuse.published, "share"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Takes the results of a run away; a resume then has them come again from the traces alone. */
function forgetResults(out: string): void {
  rmSync(join(out, "results"), { recursive: true });
  for (const id of readdirSync(join(out, "episodes"))) rmSync(join(out, "episodes", id, "result.json"));
}

interface BenchServer {
  /** Its name on the command line. */
  readonly model: string;
  /** Milliseconds from the reply to a call till the next call of its episode arrived, for all calls since it was last asked. */
  gaps(): Promise<number[]>;
}

async function withServer<T>(ms: number, work: (server: BenchServer) => Promise<T>): Promise<T> {
  const child = Bun.spawn([process.execPath, here("rollout-server.ts"), String(ms)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const reader = child.stdout.getReader();
    const { value = new Uint8Array(0) } = await reader.read();
    const url = new TextDecoder().decode(value).trim();
    const gaps = async (): Promise<number[]> => {
      const response = await fetch(url.replace(/v1$/, "stats"));
      return ((await response.json()) as { gaps: number[] }).gaps;
    };
    return await work({ model: `compatible:bench@${url}`, gaps });
  } finally {
    child.kill();
    await child.exited;
  }
}

/** One run in a process of its own. Bun's limit on parallel requests counts only when it is set before the start. */
async function play(task: HarnessTask): Promise<HarnessResult> {
  const child = Bun.spawn([process.execPath, here("rollout-harness.ts"), JSON.stringify(task)], {
    env: { ...process.env, BUN_CONFIG_MAX_HTTP_REQUESTS: "65535" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const text = await child.stdout.text();
  if ((await child.exited) !== 0) throw new Error("the harness of the benchmark failed; see above");
  return JSON.parse(text) as HarnessResult;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function measured(name: string, value: number, unit: string): BenchResult {
  return { name, value: Number(value.toFixed(3)), unit, reference: null, ratio: null };
}
