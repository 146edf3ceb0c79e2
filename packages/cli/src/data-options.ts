import { resolve } from "node:path";
import { registeredFamilies } from "@metamem/loops";
import type { Command } from "commander";
import { commandName } from "./console.ts";

/** Gives a command that plays an option for each data set that can be played from a folder without being stored. */
export function addDataOptions(command: Command): void {
  for (const { name, title, folderVariable } of registeredFamilies().flatMap(({ dataSets = [] }) => dataSets)) {
    if (folderVariable === undefined) continue;
    command.option(
      `--${name} <folder>`,
      `${title}, from this folder (default: ${folderVariable}, else what '${commandName} data' stored)`,
    );
    // In the environment the family finds it, in this process and in those it starts.
    command.on(`option:${name}`, (folder: string) => {
      process.env[folderVariable] = resolve(folder);
    });
  }
}
