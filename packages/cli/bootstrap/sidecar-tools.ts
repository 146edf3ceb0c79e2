/** What the Python sidecar needs of the system, where set-up may install it: Python with venv, and the library of NUMA nodes. */

import { existsSync, readdirSync } from "node:fs";
import { installedWithApt } from "./toolchain.ts";

const packages = ["python3", "python3-venv", "libnuma1"];

/**
 * Installs what is missing on Debian and Ubuntu with the rights to. Anywhere else nothing happens: the sidecar's own set-up, which is the
 * judge of what it needs, then says what to do.
 */
export async function ensureSidecarTools(): Promise<void> {
  if (hasVenv() && hasNuma()) return;
  await installedWithApt("Python with venv, and libnuma", packages, `Install ${packages.join(", ")}.`, "the sidecar");
}

function hasVenv(): boolean {
  if (Bun.which("python3") === null) return false;
  const command = ["python3", "-c", "import venv, ensurepip"];
  return Bun.spawnSync(command, { stdin: "ignore", stdout: "ignore", stderr: "ignore" }).exitCode === 0;
}

function hasNuma(): boolean {
  const folders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu"];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).includes("libnuma.so.1"));
}
