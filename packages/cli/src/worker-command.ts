import type { Command } from "commander";
import { commandName } from "./console.ts";
import { addDataOptions } from "./data-options.ts";
import { concurrency, list, positiveNumber } from "./options.ts";
import type { Wrap } from "./run-program.ts";

/** `metamem worker` and its options; what it does is in commands/worker.ts. */
export function addWorkerCommand(root: Command, run: Wrap): void {
  const command = root
    .command("worker")
    .description("Play episodes that rollouts put into a queue, on this machine. Start as many as you like, anywhere.")
    .requiredOption("--queue <url>", "redis://host:port of a Redis or Valkey; password in METAMEM_REDIS_PASSWORD")
    .option(
      "--concurrency <n>",
      "episodes at a time, each with one call under way, or auto: finds its own level",
      concurrency,
      "auto",
    )
    .option("--drain", "end when nothing is left in the queue")
    .option("--lock <s>", "seconds of silence after which others take this worker's episodes", positiveNumber, 60)
    .option("--runs <folder>", "where run folders lie on this machine, if not where the producer sees them")
    .option("--env <names>", "paths of modules with environments that do not come with the system", list)
    .option("--scaffold <folder>", "the folder of a scaffold that does not come with the system")
    .option(
      "--no-sync",
      "leave it to the system when recorded calls reach the disk: faster, but a lost machine loses more",
    )
    .option("--json", "print events, one JSON object per line")
    .option("--quiet", "print nothing but errors")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} worker --queue redis://head:6379
  ${commandName} rollout --queue redis://head:6379 --worlds train --model vllm:Qwen/Qwen2.5-7B-Instruct@http://gpu1:8000/v1 --out /shared/runs/base

The run's folder must be shared by all machines; the queue holds no results. A worker may be killed at any time: another one goes on
at the last recorded call. Ctrl-C hands back what is being played. Slurm, Kubernetes, Ray: docs/scale.md.`,
    )
    .action(run(async () => (await import("./commands/worker.ts")).workerCommand));
  addDataOptions(command);
}
