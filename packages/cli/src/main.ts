/** `metamem`: the table of commands and their options. What a command does is in commands/. */

import { tokenizerNames } from "@metamem/core";
import { registeredFamilies, requestDefaults, scaffoldNames } from "@metamem/loops";
import { Command } from "commander";
import packageJson from "../../../package.json" with { type: "json" };
import { commandName, endQuietlyWhenReaderLeaves } from "./console.ts";
import { addDataOptions } from "./data-options.ts";
import { adapter, positiveNumber, seed, stepRange, temperature, wholeNumber } from "./options.ts";
import { addReportCommands } from "./report-command.ts";
import { addRolloutCommand } from "./rollout-command.ts";
import { runProgram, type Wrap } from "./run-program.ts";
import { addServeCommand } from "./serve-command.ts";
import { addWorkerCommand } from "./worker-command.ts";

const env = registeredFamilies()[0]?.name ?? "./my-game.ts";

function program(run: Wrap): Command {
  const root = new Command(commandName)
    .description(
      "Memory management as a trainable skill of LLM agents: play games with a directory of files as memory.",
    )
    .version(packageJson.version)
    .addHelpText(
      "after",
      `
Begin with:
  ${commandName} episode                             play one episode with the rule-based player
  ${commandName} trace runs/<folder> --step 12       what it saw, said and did at a step
  ${commandName} tasks                               what can be played

Exit codes: 0 ok, 1 a check failed, 2 usage, 3 set-up, 4 model, 130 interrupted.`,
    );

  const episode = root
    .command("episode")
    .description("Play one episode and record it in a folder, or continue one.")
    .option(
      "--env <name>",
      `environment: a name from '${commandName} tasks', or a module's path (default: the task's, else ${env})`,
    )
    .option("--task <id>", "task of the environment, or a task's file (default: its first)")
    .option("--seed <n>", `seed of the world (default: ${requestDefaults.seed})`, seed)
    .option(
      "--scaffold <name>",
      `one of ${scaffoldNames().join(", ")}, or a folder (default: ${requestDefaults.scaffold})`,
    )
    .option("--model <spec>", `scripted, or preset:name@url (default: ${requestDefaults.model})`)
    .option("--memory-model <spec>", "another model for LOG and consulting memory")
    .option("--gameplay-model <spec>", "another model for choosing actions")
    .option("--protocol <name>", `settings of play: a name or a JSON file (default: ${requestDefaults.protocol})`)
    .option("--max-steps <n>", "end after this many steps (default: the task's limit)", positiveNumber)
    .option("--temperature <t>", "sampling temperature (default: the protocol's)", temperature)
    .option("--sampling-seed <n>", `root of all sampling seeds (default: ${requestDefaults.samplingSeed})`, seed)
    .option(
      "--adapter <name=folder>",
      "LoRA adapter that is played as vllm:<name>@...: its servers are told of it, also after a restart; may be repeated",
      adapter,
    )
    .option("--out <folder>", "where the trace goes (default: runs/<date>-<env>-<seed>)")
    .option("--resume <folder>", "continue the episode in this folder at its last recorded call")
    .option(
      "--call-timeout <s>",
      "seconds for one try of a model call; three times as long for the call (default: 600)",
      positiveNumber,
    )
    .option("--json", "print the result as one JSON object")
    .option("--quiet", "show no progress")
    .option("--no-live", "lines of progress instead of the live view")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} episode --seed 7 --max-steps 300
  ${commandName} episode --env ${env} --model vllm:Qwen/Qwen2.5-7B-Instruct@http://localhost:8000/v1
  ${commandName} episode --memory-model vllm:specialist@http://localhost:8000/v1 \\
                  --gameplay-model vllm:base@http://localhost:8000/v1
  ${commandName} episode --env ./my-game.ts --json > result.json
  ${commandName} episode --resume runs/<folder>

An API key is read from METAMEM_API_KEY; for openai OPENAI_API_KEY comes first.
Ctrl-C stops and leaves a trace that can be continued.`,
    )
    .action(run(async () => (await import("./commands/episode.ts")).episodeCommand));
  addDataOptions(episode);

  addRolloutCommand(root, run);
  addServeCommand(root, run);

  addReportCommands(root, run);
  addWorkerCommand(root, run);

  root
    .command("trace <folder>")
    .description("Look into a recorded episode; without options its table of contents.")
    .option("--step <n>", "what the model saw, said and did at this step", wholeNumber)
    .option("--steps <a-b>", "several steps, in short", stepRange)
    .option("--call <id>", "one model call with its whole prompt, e.g. 12.log.0")
    .option("--full", "shorten nothing")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} trace runs/<folder>
  ${commandName} trace runs/<folder> --step 12
  ${commandName} trace runs/<folder> --call 12.commit.0 --full`,
    )
    .action(run(async () => (await import("./commands/trace.ts")).traceCommand));

  root
    .command("tokens <file>")
    .description("Count the tokens of a text, and show where each begins; - reads standard input.")
    .option("--tokenizer <name>", `${tokenizerNames.join(", ")}, a tokenizer.json, or a model's folder`, "qwen2.5")
    .option("--full", "show the whole text")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} tokens notes.txt
  git diff | ${commandName} tokens - --json
  ${commandName} tokens notes.txt --tokenizer ./my-model`,
    )
    .action(run(async () => (await import("./commands/tokens.ts")).tokensCommand));

  root
    .command("cost [folder]")
    .description("Estimate what the tokens of recorded episodes, or any tokens, cost on each listed model.")
    .option("--input-tokens <n>", "prompt tokens, cached ones included", wholeNumber)
    .option(
      "--cached-tokens <n>",
      "prompt tokens found in a prefix cache (default: 0; for a folder: measured)",
      wholeNumber,
    )
    .option("--output-tokens <n>", "tokens of replies (default: 0)", wholeNumber)
    .option("--prices <file>", "another price list (default: seeds/prices.json)")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  ${commandName} cost runs/<folder>
  ${commandName} cost --input-tokens 5000000 --cached-tokens 4000000 --output-tokens 200000`,
    )
    .action(run(async () => (await import("./commands/cost.ts")).costCommand));

  const play = root
    .command("play")
    .description("Play by hand in the terminal; one key shows what an agent would read.")
    .option(
      "--env <name>",
      `environment: a name from '${commandName} tasks', or a module's path (default: the task's, else ${env})`,
    )
    .option("--task <id>", "task of the environment, or a task's file (default: its first)")
    .option("--seed <n>", `seed of the world (default: ${requestDefaults.seed})`, seed)
    .addHelpText("after", `\nExample:\n  ${commandName} play --env ${env} --seed 7`)
    .action(run(async () => (await import("./commands/play.ts")).playCommand));
  addDataOptions(play);

  root
    .command("tasks")
    .description("List environments, their tasks, scaffolds and protocols.")
    .option("--env <name>", "a module's path, to list its tasks as well")
    .option("--json", "print one JSON object")
    .action(run(async () => (await import("./commands/tasks.ts")).tasksCommand));

  const level = root.command("level").description("Look at the worlds of tasks, for people who make them.");
  const preview = level
    .command("preview [file]")
    .description("Show a task's world as it is when an episode begins, hidden things too.")
    .option("--task <id>", "a listed task, instead of a task's file")
    .option("--env <name>", "environment (default: the one that knows the task)")
    .option("--seed <n>", `seed of the world (default: ${requestDefaults.seed})`, seed)
    .option("--json", "print one JSON object")
    .addHelpText("after", `\nExample:\n  ${commandName} level preview ./my.des --seed 7`)
    .action(run(async () => (await import("./commands/level-preview.ts")).levelPreviewCommand));
  addDataOptions(preview);

  root
    .command("parity <files...>")
    .description("Check recordings of the reference implementation against an environment.")
    .option("--env <name>", `environment (default: ${env})`)
    .option("--textures <path>", "the reference's own pictures, to check frames as well")
    .option("--json", "print one JSON object")
    .addHelpText("after", `\nExample:\n  ${commandName} parity --env ${env} recordings.jsonl.gz`)
    .action(run(async () => (await import("./commands/parity.ts")).parityCommand));

  root
    .command("data [name]")
    .description("Store levels and the like that tasks play from; without --from, show and check what is stored.")
    .option("--from <path>", "folder or archive (.zip, .tar.gz) with a copy to check and store")
    .option("--order <file>", "names of the copy's files, one a line, in the order that counts (default: sorted)")
    .option("--env <name>", "a module's path, for the data sets of its environment (default: of all that come along)")
    .option("--json", "print one JSON object")
    .action(run(async () => (await import("./commands/data.ts")).dataCommand));

  root
    .command("bench <target>")
    .description(`Measure speed; '${commandName} bench list' names the targets.`)
    .option("--env <name>", `environment (default: ${env})`)
    .option("--json", "print one JSON object")
    .addHelpText("after", `\nExample:\n  ${commandName} bench env --env ${env} --json`)
    .action(run(async () => (await import("./commands/bench.ts")).benchCommand));

  return root;
}

endQuietlyWhenReaderLeaves();
process.exitCode = await runProgram(program, process.argv.slice(2));
