/** The server that the tests of queues start for themselves. Playing never needs it on this machine. */

import { SetupError } from "./console.ts";
import { installCommand, type SystemKind, systemKind } from "./platform.ts";
import { installedWithApt } from "./toolchain.ts";

const packageOf: Readonly<Record<SystemKind, string>> = {
  debian: "redis-server",
  fedora: "valkey",
  arch: "valkey",
  alpine: "redis",
  suse: "valkey",
  macos: "redis",
  unknown: "redis",
};

function isThere(): boolean {
  return Bun.which("redis-server") !== null || Bun.which("valkey-server") !== null;
}

/** Makes sure that there is one. Installs on Debian and Ubuntu with the rights to; otherwise throws SetupError. */
export async function ensureRedis(): Promise<void> {
  if (isThere()) return;
  const kind = systemKind();
  const command = installCommand(kind, process.getuid?.() === 0, [packageOf[kind]]);
  const advice =
    command === undefined ? "Install Redis or Valkey with your system's package manager." : `Run: ${command}`;
  const purpose = "testing queues";
  if (!(await installedWithApt("redis-server", [packageOf.debian], advice, purpose))) {
    throw new SetupError(`${purpose} needs redis-server or valkey-server.\n${advice}`);
  }
  if (!isThere()) throw new SetupError("apt-get installed redis-server, but it is still not on PATH.");
}
