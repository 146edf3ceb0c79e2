import { statfsSync } from "node:fs";
import { SetupError } from "@metamem/core";
import { runLines } from "./run-lines.ts";

/** The Python versions for which the lock file names wheels; made and tested with 3.11. */
const pythons = { from: 11, to: 13 };
/** The installed environment and what is unpacked on the way. */
const neededBytes = 9 * 1024 ** 3;

/** Prints what this Python has, one word for each thing. */
const question = `
import ctypes, importlib.util, platform, sys
print("version", sys.version_info.minor if sys.version_info.major == 3 else 0)
print("machine", sys.platform, platform.machine())
print("venv", int(all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))))
try:
    ctypes.CDLL("libnuma.so.1")
    print("numa 1")
except OSError:
    print("numa 0")
`;

/**
 * The Python that can make the sidecar environment.
 * @throws SetupError that names all that is missing at once, with the command that gets it on Debian and Ubuntu.
 */
export async function findPython(): Promise<string> {
  const python = Bun.which("python3");
  if (python === null) throw missing(["python3"], ["python3", "python3-venv", "libnuma1"]);
  const answer = await runLines([python, "-c", question]);
  const facts = new Map(answer.tail.map((line) => [line.split(" ", 1)[0] ?? "", line.split(" ").slice(1).join(" ")]));
  const minor = Number(facts.get("version"));
  if (!(minor >= pythons.from && minor <= pythons.to)) {
    throw new SetupError(
      "sidecar_python",
      `the sidecar needs Python 3.${pythons.from} to 3.${pythons.to} as python3 on PATH; ${python} is another one. Or name an environment that has vllm, trl and peft by METAMEM_SIDECAR`,
    );
  }
  if (facts.get("machine") !== "linux x86_64") {
    throw new SetupError(
      "sidecar_machine",
      `the sidecar's packages are locked for Linux on x86-64, this is ${facts.get("machine") ?? "unknown"}: name an environment that has vllm, trl and peft by METAMEM_SIDECAR`,
    );
  }
  const lacks: string[] = [];
  const packages: string[] = [];
  if (facts.get("venv") !== "1") {
    lacks.push("Python's venv module");
    packages.push("python3-venv");
  }
  if (facts.get("numa") !== "1") {
    lacks.push("the library libnuma.so.1");
    packages.push("libnuma1");
  }
  if (lacks.length > 0) throw missing(lacks, packages);
  return python;
}

/** @throws SetupError when the disk of `folder` has no room for the environment. */
export function checkRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new SetupError(
    "sidecar_room",
    `the sidecar environment needs ${gigabytes(neededBytes)} in ${folder}, there are ${gigabytes(bavail * bsize)}: make room, or name another place by XDG_CACHE_HOME`,
  );
}

function missing(lacks: readonly string[], packages: readonly string[]): SetupError {
  const sudo = process.getuid?.() === 0 ? "" : "sudo ";
  const command = `${sudo}apt-get update && ${sudo}apt-get install -y ${packages.join(" ")}`;
  return new SetupError("sidecar_tools", `the sidecar needs ${lacks.join(" and ")}; on Debian and Ubuntu: ${command}`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
