/** What building NetHack needs beyond the toolchain: generators of parsers, and Python's pip to fetch the sources. */

import { SetupError } from "./console.ts";
import { installCommand, type SystemKind, systemKind } from "./platform.ts";
import { installedWithApt } from "./toolchain.ts";

interface NethackTool {
  readonly name: string;
  isThere(): boolean;
}

const generators: readonly NethackTool[] = [
  { name: "bison", isThere: () => Bun.which("bison") !== null },
  { name: "flex", isThere: () => Bun.which("flex") !== null },
];
const pip: NethackTool = { name: "Python 3 with pip", isThere: () => runs(["python3", "-m", "pip", "--version"]) };

function runs(command: readonly string[]): boolean {
  if (Bun.which(command[0] ?? "") === null) return false;
  return Bun.spawnSync([...command], { stdin: "ignore", stdout: "ignore", stderr: "ignore" }).exitCode === 0;
}

/** Names of the tools that are missing, for a message; empty when all are there. */
export function missingNethackTools(mustDownload: boolean): string {
  const needed = mustDownload ? [...generators, pip] : generators;
  return needed
    .filter((tool) => !tool.isThere())
    .map((tool) => tool.name)
    .join(", ");
}

/** The packages that hold the tools, on systems whose package manager is known. */
function packages(kind: SystemKind): readonly string[] {
  if (kind === "arch") return ["bison", "flex", "python-pip"];
  if (kind === "alpine") return ["bison", "flex", "py3-pip"];
  if (kind === "macos") return ["bison", "flex", "python"];
  return ["bison", "flex", "python3-pip"];
}

/** The command a person types to get the tools. */
export function nethackToolsAdvice(): string {
  const kind = systemKind();
  const wanted = packages(kind);
  const command = installCommand(kind, process.getuid?.() === 0, wanted);
  return command === undefined
    ? "Install bison, flex and Python 3 with pip with your system's package manager."
    : `Run: ${command}`;
}

/** Makes sure every tool is there. Installs on Debian and Ubuntu with the rights to; otherwise throws SetupError. */
export async function ensureNethackTools(mustDownload: boolean): Promise<void> {
  const missing = missingNethackTools(mustDownload);
  if (missing === "") return;
  const advice = nethackToolsAdvice();
  if (!(await installedWithApt(missing, packages("debian"), advice))) {
    throw new SetupError(`building NetHack needs ${missing}.\n${advice}`);
  }
  const stillMissing = missingNethackTools(mustDownload);
  if (stillMissing !== "") throw new SetupError(`apt-get installed packages, but ${stillMissing} is still missing.`);
}
