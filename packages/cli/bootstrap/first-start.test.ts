/** The bootstrap as a whole, in a scratch checkout with a small addon, run as the scripts of package.json run it. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inCheckout } from "./checkout.ts";

const addonSource = `#include <node_api.h>
static napi_value Init(napi_env env, napi_value exports) { (void)env; return exports; }
NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
`;
const cmakeLists = `cmake_minimum_required(VERSION 3.18)
project(metamem C)
add_library(metamem SHARED addon.c)
target_include_directories(metamem PRIVATE \${CMAKE_JS_INC})
set_target_properties(metamem PROPERTIES PREFIX "" SUFFIX ".node")
if(APPLE)
  target_link_options(metamem PRIVATE -undefined dynamic_lookup)
endif()
`;
const entry = `console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);`;

let checkout: string;

function put(path: string, text: string): void {
  mkdirSync(join(checkout, path, ".."), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

beforeAll(() => {
  checkout = join(mkdtempSync(join(tmpdir(), "metamem-start-")), "a folder with spaces");
  cpSync(inCheckout("packages/cli/bootstrap"), join(checkout, "packages/cli/bootstrap"), { recursive: true });
  put("package.json", JSON.stringify({ name: "scratch", packageManager: "bun@1.4.5", workspaces: ["packages/*"] }));
  put("packages/cli/package.json", JSON.stringify({ name: "cli" }));
  put("bunfig.toml", '[install]\nauto = "disable"\n');
  Bun.spawnSync([process.execPath, "install"], { cwd: checkout });
  rmSync(join(checkout, "node_modules"), { recursive: true });
  put("packages/cli/src/main.ts", entry);
  put("native/package.json", JSON.stringify({ name: "native", private: true, binary: { napi_versions: [9] } }));
  put("native/CMakeLists.txt", cmakeLists);
  put("native/addon.c", addonSource);
  symlinkSync(inCheckout("native/node_modules"), join(checkout, "native/node_modules"));
});

afterAll(() => rmSync(join(checkout, ".."), { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function start(
  args: readonly string[],
  env: Record<string, string> = {},
  inherited = process.env,
): Promise<Ended> {
  const child = Bun.spawn([process.execPath, join(checkout, "packages/cli/bootstrap/main.ts"), ...args], {
    cwd: checkout,
    env: { ...inherited, ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, out, err };
}

test("without a toolchain and without the right to install one, a first start ends with the command to run", async () => {
  const { code, out, err } = await start(["metamem"], { PATH: join(checkout, "nothing-here") });
  expect(code).toBe(3);
  expect(out).toBe("");
  expect(err).toContain("the native build needs C compiler, C++ compiler, make, CMake, not found on PATH");
});

test("with --json that is one object on stdout as well", async () => {
  const { code, out } = await start(["metamem", "episode", "--json"], { PATH: join(checkout, "nothing-here") });
  expect(code).toBe(3);
  const message = expect.stringContaining("the native build needs");
  expect(JSON.parse(out)).toMatchObject({ schema: "metamem.error/1", code: "setup.first_start", message, exitCode: 3 });
});

test("two first starts build once, then become the command, and say nothing on stdout", async () => {
  const both = await Promise.all([start(["metamem", "episode", "a b", "$HOME"]), start(["metamem"])]);
  for (const { code, err } of both) expect({ code, err }).toEqual({ code: 7, err: expect.any(String) });
  expect(both.map(({ out }) => out)).toEqual(['["episode","a b","$HOME"]\n', "[]\n"]);
  expect(both.filter(({ err }) => err.includes("building the native games: done"))).toHaveLength(1);
});

test("the next start finds everything and says nothing", async () => {
  expect(await start(["metamem"])).toEqual({ code: 7, out: "[]\n", err: "" });
});

test("the addon needs no toolchain once it is built", async () => {
  expect(await start(["metamem"], { PATH: join(checkout, "nothing-here") })).toMatchObject({ code: 7, out: "[]\n" });
});

test("tests do not begin without NetHack, unless the user says so, and in CI not even then", async () => {
  put("node_modules/vitest/vitest.mjs", entry);
  const bare = { PATH: join(checkout, "nothing-here"), METAMEM_WITHOUT_REDIS: "1" };
  const { CI: _CI, METAMEM_WITHOUT_NETHACK: _without, ...here } = process.env;
  const test = (env: Record<string, string>) => start(["test", "some/path"], { ...bare, ...env }, here);
  const refused = await test({});
  expect(refused).toMatchObject({ code: 3, out: "" });
  expect(refused.err).toContain("METAMEM_WITHOUT_NETHACK=1 bun run test");
  const without = await test({ METAMEM_WITHOUT_NETHACK: "1" });
  expect(without).toMatchObject({ code: 7, out: '["run","--pool=threads","some/path"]\n' });
  expect(without.err).toContain("testing without NetHack");
  expect(await test({ METAMEM_WITHOUT_NETHACK: "1", CI: "true" })).toMatchObject({ code: 3, out: "" });
});

test("nor without Redis", async () => {
  put("node_modules/vitest/vitest.mjs", entry);
  const { CI: _CI, METAMEM_WITHOUT_REDIS: _without, ...here } = process.env;
  const bare = { PATH: join(checkout, "nothing-here"), METAMEM_WITHOUT_NETHACK: "1" };
  const refused = await start(["test"], bare, here);
  expect(refused).toMatchObject({ code: 3, out: "" });
  expect(refused.err).toContain("METAMEM_WITHOUT_REDIS=1 bun run test");
  const without = await start(["test"], { ...bare, METAMEM_WITHOUT_REDIS: "1" }, here);
  expect(without).toMatchObject({ code: 7 });
  expect(without.err).toContain("testing without Redis");
  expect(await start(["test"], { ...bare, METAMEM_WITHOUT_REDIS: "1", CI: "true" }, here)).toMatchObject({ code: 3 });
});

test("doctor reports one object and that nothing is to be done", async () => {
  const { code, out } = await start(["doctor", "--json"]);
  expect(code).toBe(0);
  const report = JSON.parse(out) as { schema: string; ok: boolean; findings: { name: string; state: string }[] };
  expect(report).toMatchObject({ schema: "metamem.doctor/1", ok: true });
  expect(report.findings.find(({ name }) => name === "native games")?.state).toBe("ok");
});

test("sources that do not compile end with exit code 3, the compiler's words and the log", async () => {
  put("native/addon.c", `${addonSource}\nint broken = ;\n`);
  const { code, out, err } = await start(["metamem"]);
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).toContain("int broken = ;");
  expect(err).toContain("build.log");
  expect(readFileSync(join(checkout, "native/build/build.log"), "utf8")).toContain("int broken = ;");
});

test("an addon that compiles but does not load is not put in place", async () => {
  const undefinedSymbol = addonSource.replace("(void)env;", "extern int nowhere(void); nowhere(); (void)env;");
  put("native/addon.c", undefinedSymbol);
  const { code, err } = await start(["build-native"]);
  expect(code).toBe(3);
  expect(err).toContain("does not load");
});

test("changed sources are built anew, also after the checkout has moved", async () => {
  put("native/addon.c", `${addonSource}/* changed */\n`);
  const moved = join(checkout, "..", "moved");
  cpSync(checkout, moved, { recursive: true, verbatimSymlinks: true });
  rmSync(checkout, { recursive: true });
  checkout = moved;
  const { code, err } = await start(["build-native"]);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("done in") });
  expect(existsSync(join(checkout, "native/build/Release/metamem.node"))).toBe(true);
});

test("a build folder that CMake refuses is made anew", async () => {
  const cache = join(checkout, "native/build/work/CMakeCache.txt");
  const text = readFileSync(cache, "utf8");
  writeFileSync(cache, text.replace(/^CMAKE_GENERATOR:INTERNAL=.*$/m, "CMAKE_GENERATOR:INTERNAL=Another"));
  put("native/addon.c", `${addonSource}/* changed again */\n`);
  expect(await start(["build-native"])).toMatchObject({ code: 0 });
});

test("an unknown command is a usage error", async () => {
  expect(await start(["fly"])).toMatchObject({ code: 2, out: "" });
});
