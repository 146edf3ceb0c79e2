import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Workplace } from "./command-line.ts";

let place = new Workplace();
afterEach(() => {
  place[Symbol.dispose]();
  place = new Workplace();
});

interface Fake {
  readonly version?: string;
  readonly venv?: 0 | 1;
  readonly numa?: 0 | 1;
  readonly pip?: string;
}

/** A python3 that is alone on PATH, says what it is told to say, and makes environments that hold nothing but itself. */
function fakePython({ version = "11", venv = 1, numa = 1, pip = "exit 0" }: Fake = {}): Record<string, string> {
  const bin = place.in("bin");
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/bash
echo "\${*//$'\\n'/ }" >> ${place.in("asked.txt")}
case "$*" in
  *'print("version"'*) printf 'version ${version}\\nmachine linux x86_64\\nvenv ${venv}\\nnuma ${numa}\\n';;
  "-m venv "*) /bin/mkdir -p "$3/bin" "$3/lib/python3.11/site-packages"; /bin/cp "$0" "$3/bin/python";;
  "-m pip "*) echo "Collecting torch==2.13.0"; /bin/sleep 0.2; ${pip};;
esac
`;
  writeFileSync(join(bin, "python3"), script);
  chmodSync(join(bin, "python3"), 0o755);
  return { PATH: bin, XDG_CACHE_HOME: place.in("cache") };
}

function asked(what: string): number {
  const lines = readFileSync(place.in("asked.txt"), "utf8").split("\n");
  return lines.filter((line) => line.startsWith(what)).length;
}

const serve = ["serve", "vllm", "--tiny", "--dry-run"] as const;

describe("the sidecar is set up on first use", () => {
  test("once, also when two need it at the same time, and then never again", async () => {
    const env = fakePython();
    const both = await Promise.all([place.run(serve, env), place.run(serve, env)]);
    for (const { exitCode, stderr } of both) {
      expect(exitCode).toBe(0);
      expect(stderr).toContain("-m vllm.entrypoints.cli.main serve");
    }
    expect(both.map(({ stderr }) => stderr).join("\n")).toContain("setting up the Python sidecar");
    expect(asked("-m venv")).toBe(1);
    await place.run(serve, env);
    expect(asked("-m venv")).toBe(1);
    const [folder = ""] = readdirSync(place.in("cache", "metamem", "sidecar")).filter((name) => !name.includes("."));
    const packages = place.in("cache", "metamem", "sidecar", folder, "lib", "python3.11", "site-packages");
    const [entry = ""] = readdirSync(packages);
    expect(entry).toMatch(/^vllm-[\d.]+\+cpu\.dist-info$/);
    expect(readFileSync(join(packages, entry, "METADATA"), "utf8")).toMatch(/^Name: vllm$/m);
  });

  test("with the locked versions, their hashes, and nothing else", async () => {
    await place.run(serve, fakePython());
    const [pip = ""] = readFileSync(place.in("asked.txt"), "utf8").match(/^-m pip .*$/m) ?? [];
    expect(pip).toContain("--no-deps --require-hashes --only-binary :all:");
    expect(pip).toMatch(/sidecar\/requirements\.lock$/);
  });

  test("a failure is one line with the end of pip's output, and leaves nothing that counts", async () => {
    const { exitCode, stderr } = await place.run(serve, fakePython({ pip: "echo 'no such index'; exit 1" }));
    expect(exitCode).toBe(3);
    expect(stderr.trim().split("\n").at(-1)).toMatch(/failed while installing the locked packages.*no such index/);
    expect((await place.run(serve, fakePython())).exitCode).toBe(0);
    expect(asked("-m venv")).toBe(2);
  });

  test.each<[string, Fake, readonly string[]]>([
    ["venv and libnuma are missing", { venv: 0, numa: 0 }, ["venv", "libnuma.so.1", "python3-venv libnuma1"]],
    ["Python is too old", { version: "9" }, ["Python 3.11 to 3.13"]],
  ])("%s: one message says all, before anything is made", async (_name, fake, said) => {
    const { exitCode, stderr } = await place.run(serve, fakePython(fake));
    expect(exitCode).toBe(3);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    for (const text of said) expect(stderr).toContain(text);
    expect(existsSync(place.in("cache", "metamem"))).toBe(false);
  });

  test("there is no Python at all", async () => {
    const { exitCode, stderr } = await place.run(serve, { PATH: place.path, XDG_CACHE_HOME: place.in("cache") });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("python3 python3-venv libnuma1");
  });
});
