import type { Command } from "commander";
import { commandName } from "./console.ts";
import { adapter, port, positiveNumber, wholeNumber } from "./options.ts";
import type { Wrap } from "./run-program.ts";

/** `metamem serve` and its options; what it does is in commands/serve.ts. */
export function addServeCommand(root: Command, run: Wrap): void {
  root
    .command("serve <kind> [rest...]")
    .description(
      "Start and watch model servers (kind vllm or tgi) until Ctrl-C, or look at running ones (attach <url...>).",
    )
    .option("--model <name>", "folder of the model, or a name that the server fetches")
    .option("--tiny", "a random test model instead, made on the spot; it knows nothing")
    .option("--name <name>", "the model's name in requests (vllm; default: base)")
    .option("--adapter <name=folder>", "LoRA adapter to serve under this name; may be repeated", adapter)
    .option(
      "--adapter-root <folder>",
      "serve each adapter in this folder under its own folder's name; looked through again at every restart",
    )
    .option("--replicas <n>", "servers of the same model; an episode stays with one (default: 1)", positiveNumber)
    .option("--gpus <list>", "GPUs by number, e.g. 0,1,2,3; shared out among the replicas")
    .option("--host <address>", "address to listen on (default: 127.0.0.1; keys protect /v1 only)")
    .option("--port <n>", "first port, one per replica; 0 takes free ones (default: 8000)", port)
    .option("--context <n>", "prompt plus output tokens (default: the model's)", positiveNumber)
    .option("--max-rank <n>", "largest rank of adapters (vllm; default: 16)", positiveNumber)
    .option("--max-adapters <n>", "adapters in use at the same time (vllm; default: 8)", positiveNumber)
    .option("--sidecar", "vllm from our own environment for CPUs, even where there is one on PATH")
    .option("--health-timeout <s>", "seconds until a server has to answer (default: 900)", positiveNumber)
    .option("--max-restarts <n>", "restarts of one server within ten minutes (default: 5)", wholeNumber)
    .option("--logs <folder>", "where the servers' output goes (default: runs/servers)")
    .option("--metrics <file>", "append a reading of all servers every 10 seconds, as JSON Lines")
    .option("--dry-run", "show the command lines and stop")
    .option("--json", "print one JSON object once the servers answer")
    .addHelpText(
      "after",
      `
What follows -- goes to the server as it is. TGI has been tested against its published interface only.
A server that is lost is started again with all its adapters. vLLM takes further ones while it runs: a rollout with --adapter tells it.

Examples:
  ${commandName} serve vllm --model Qwen/Qwen2.5-7B-Instruct --gpus 0,1 --replicas 2 --max-rank 32
  ${commandName} serve vllm --model ./model --adapter run7-v0042=/adapters/run7-v0042      play with --model vllm:run7-v0042@...
  ${commandName} serve vllm --model ./model --adapter-root /adapters
  ${commandName} serve vllm --tiny --context 4096              on a CPU, to try things out
  ${commandName} serve vllm --model ./model -- --max-num-seqs 64
  ${commandName} serve attach http://gpu-1:8000/v1 http://gpu-2:8000/v1`,
    )
    .action(run(async () => (await import("./commands/serve.ts")).serveCommand));
}
