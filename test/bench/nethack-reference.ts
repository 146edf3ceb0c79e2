import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nethackSource } from "../../packages/cli/bootstrap/nethack-source.ts";

/** What one round of the native tool measured of the upstream library, and of ours without JavaScript. */
export interface NativeRound {
  readonly step: Pair;
  readonly round_robin_128: Pair;
  readonly reset_ms: Pair;
}
interface Pair {
  readonly ours: number;
  readonly reference: number;
}

const sources = fileURLToPath(new URL("../../native", import.meta.url));
const build = join(sources, "build", "bench");
const built = join(sources, "build", "Release");
const tool = join(build, "nethack", "nethack_bench");
const library = join(build, "nethack", "game", "libnethack_reference.so");

/**
 * The upstream library, built with upstream's flags from the same sources, and the tool that plays it. Null after a note when they cannot be built here.
 */
export class NethackReference {
  static async build(note: (text: string) => void): Promise<NethackReference | null> {
    if (!existsSync(tool) || !existsSync(library)) note("building the upstream library to compare with, once");
    const folder = await nethackSource();
    const configure = ["cmake", "-S", sources, "-B", build, "-DCMAKE_BUILD_TYPE=Release"];
    const made =
      (await succeeds([...configure, `-DMETAMEM_NETHACK_SOURCE_DIR=${folder}`])) &&
      (await succeeds(["cmake", "--build", build, "--parallel", "--target", "nethack_bench", "nethack_reference"]));
    if (made) return new NethackReference();
    note("the upstream library cannot be built here; measuring without it");
    return null;
  }

  /** Plays it, and our library, for some seconds. */
  async round(secondsPerTurn: number): Promise<NativeRound> {
    const files = [join(built, "libmetamem_nethack.so"), join(built, "nhdat"), library];
    const child = Bun.spawn([tool, ...files, String(secondsPerTurn)], { stdout: "pipe", stderr: "pipe" });
    const [output, problem] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    if ((await child.exited) !== 0) throw new Error(`the upstream library could not be measured: ${problem.trim()}`);
    return JSON.parse(output) as NativeRound;
  }
}

async function succeeds(command: string[]): Promise<boolean> {
  try {
    const child = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "ignore" });
    return (await child.exited) === 0;
  } catch {
    // No such program.
    return false;
  }
}
