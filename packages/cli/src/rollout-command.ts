import { registeredFamilies, requestDefaults, worldSetNames } from "@metamem/loops";
import type { Command } from "commander";
import { commandName } from "./console.ts";
import { addDataOptions } from "./data-options.ts";
import {
  adapter,
  amount,
  collect,
  concurrency,
  list,
  positiveNumber,
  price,
  seed,
  temperature,
  wholeNumber,
} from "./options.ts";
import type { Wrap } from "./run-program.ts";

/** `metamem rollout` and its options; what it does is in commands/rollout.ts. */
export function addRolloutCommand(root: Command, run: Wrap): void {
  const command = root
    .command("rollout")
    .description(
      "Play many episodes: the worlds of a set, with one scaffold and model. Can be stopped and continued at any time.",
    );
  addPlayOptions(command);
  addDataOptions(command);
  addOperationOptions(command);
  command
    .option("--config <file>", "TOML with the same settings; options win over it")
    .option(
      "--set <key=value>",
      "one setting, e.g. protocol.temperature=0.7; may be repeated and wins over all",
      collect,
    )
    .option(
      "--queue <url>",
      "let workers play that take from this Redis (see 'worker'); --out must be on a shared disk",
    )
    .option("--out <folder>", "where the run goes (default: runs/<date>-rollout)")
    .option("--resume <folder>", "play what this run has no result for yet")
    .option("--restart-changed", "with --resume: play episodes anew when code, scaffold or environment changed")
    .option("--dry-run", "say what would be played and what it would use, and stop")
    .option("--averages <folder>", "with --dry-run: a run to take the averages from")
    .option("--json", "print the result as one JSON object")
    .option("--quiet", "show no progress")
    .option("--no-live", "lines of progress instead of the live view")
    .addHelpText("after", help())
    .action(run(async () => (await import("./commands/rollout.ts")).rolloutCommand));
}

function addPlayOptions(command: Command): void {
  const env = registeredFamilies()[0]?.name ?? "./my-game.ts";
  command
    .option("--worlds <set>", `one of ${worldSetNames().join(", ")}; a JSON file; or seeds:0-9 (default: published)`)
    .option(
      "--env <names>",
      `environments, separated by commas: names or module paths (default: the tasks', else ${env})`,
      list,
    )
    .option("--task <ids>", "only these tasks of the set", list)
    .option("--scaffold <name>", `a name or a folder (default: ${requestDefaults.scaffold})`)
    .option("--model <spec>", `scripted, or preset:name@url (default: ${requestDefaults.model})`)
    .option("--memory-model <spec>", "another model for LOG and consulting memory")
    .option("--gameplay-model <spec>", "another model for choosing actions")
    .option("--protocol <name>", `settings of play: a name or a JSON file (default: ${requestDefaults.protocol})`)
    .option("--episodes-per-world <n>", "they differ by their sampling seeds (default: 1)", positiveNumber)
    .option("--sampling-seed <n>", `root of all sampling seeds (default: ${requestDefaults.samplingSeed})`, seed)
    .option("--max-steps <n>", "end episodes after this many steps (default: the set's limits)", positiveNumber)
    .option("--temperature <t>", "sampling temperature (default: the protocol's)", temperature);
}

function addOperationOptions(command: Command): void {
  command
    .option(
      "--adapter <name=folder>",
      "LoRA adapter that is played as vllm:<name>@...: its servers are told of it, also after a restart; may be repeated",
      adapter,
    )
    .option("--concurrency <n>", "model calls at a time, or auto: finds its own level (default: auto)", concurrency)
    .option("--shards <n>", "child processes that play; 0 plays in this one (default: 0)", wholeNumber)
    .option(
      "--call-timeout <s>",
      "seconds for one try of a model call; three times as long for the call (default: 600)",
      positiveNumber,
    )
    .option("--step-timeout <s>", "seconds for one step of an environment (default: 60)", positiveNumber)
    .option("--episode-timeout <min>", "minutes for one episode in one session (default: none)", amount)
    .option("--max-cost <usd>", "stop when the run has cost this much; needs --price", amount)
    .option("--max-tokens <n>", "stop when the run has used this many tokens", positiveNumber)
    .option("--max-minutes <min>", "stop this session after so many minutes", amount)
    .option("--price <in/out[/cached]>", "USD per million tokens of both models, or a name that 'cost' lists", price);
}

function help(): string {
  const env = registeredFamilies()[0]?.name ?? "./my-game.ts";
  const model = "vllm:Qwen/Qwen2.5-32B-Instruct@http://localhost:8000/v1";
  return `
Examples:
  ${commandName} rollout --worlds dev --env ${env} --out runs/first          the rule-based player
  ${commandName} rollout --worlds published --protocol published --model ${model} --out runs/base
  ${commandName} rollout --worlds published --model ${model} --dry-run --price 0.1/0.3
  ${commandName} rollout --worlds train --env ${env} --shards 8 --concurrency 512 --model ${model}
  ${commandName} rollout --worlds dev --model vllm:run7-v0042@http://localhost:8000/v1 --adapter run7-v0042=/adapters/run7-v0042
  ${commandName} rollout --resume runs/base --max-tokens 2000000000

A run is a folder: run.json says what is played, episodes/ has a trace for each episode, results/ what came of it (docs/run-folder.md).
Ctrl-C, kill -9, a full disk or a dead server lose nothing but calls under way: --resume goes on at the last recorded call.
Episodes that could not be played are void and tried again by --resume; a budget ends a session, a larger one continues it.
Shards keep a crash of one game from the others: the child is replaced, its episodes go on, and an episode that kills three is set aside.`;
}
