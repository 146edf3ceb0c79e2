/**
 * NetHack's sources: a dependency like the packages, fetched by name and version, checked by hash, kept in the user's
 * cache for all checkouts, and never committed.
 */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { inCheckout } from "./checkout.ts";
import { SetupError, say } from "./console.ts";
import { runLogged } from "./run-logged.ts";

/** The source distribution the benchmark's package is built from, and what it must contain. */
const distribution = {
  name: "balrog-nle",
  version: "0.9.0",
  /** SHA-256 of the archive. */
  archive: "10cd24d8483353ceb58c8c817d5134bc6edd60017a0f71dc465031bfeb66b957",
  /** `contentHash` of the unpacked folder. */
  content: "16c7ff97e9a05f8f5a97d97fd403e910f01f1c6862f0beee68509b3fa91621cb",
} as const;

/** Names a file (the archive) or a folder (unpacked), for machines without a network. */
const givenVariable = "METAMEM_NETHACK_SOURCE";

/** The folders of the distribution that the build reads. */
const builtFolders = ["dat", "include", "src", "sys", "util", "win"];

const log = inCheckout(".bootstrap", "nethack-source.log");

/** What the sources are, for the hash that says whether the built game belongs to them. */
export const nethackSourceId: string = distribution.content;

/** Whether the sources would have to be downloaded. */
export function nethackSourceIsMissing(): boolean {
  return process.env[givenVariable] === undefined && !existsSync(cachedFolder());
}

/** The folder with the unpacked sources, fetched if need be. Throws SetupError when there is no way to get them. */
export async function nethackSource(): Promise<string> {
  const given = process.env[givenVariable];
  if (given !== undefined) return await givenSource(resolve(given));
  const folder = cachedFolder();
  if (!existsSync(folder)) await download(folder);
  return checked(folder, `Remove it to fetch it again: ${folder}`);
}

/** SHA-256 over names and contents of all files in the folders the build reads; empty when one is missing. */
export function contentHash(folder: string, folders: readonly string[] = builtFolders): string {
  const hasher = new Bun.CryptoHasher("sha256");
  const visit = (relative: string): void => {
    for (const name of readdirSync(join(folder, relative)).sort()) {
      const path = join(relative, name);
      if (statSync(join(folder, path)).isDirectory()) visit(path);
      else hasher.update(`${path}\0`).update(readFileSync(join(folder, path)));
    }
  };
  if (!folders.every((name) => existsSync(join(folder, name)))) return "";
  for (const name of folders) visit(name);
  return hasher.digest("hex");
}

function checked(folder: string, advice: string): string {
  if (contentHash(folder) === distribution.content) return folder;
  throw new SetupError(`${folder} does not hold the sources of ${titled()}. ${advice}`);
}

function titled(): string {
  return `${distribution.name} ${distribution.version}`;
}

function cachedFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "metamem", "nethack-source", distribution.archive.slice(0, 16));
}

async function givenSource(path: string): Promise<string> {
  if (!existsSync(path)) throw new SetupError(`${givenVariable} names ${path}, which does not exist.`);
  const advice = `${givenVariable} must name its source archive or the unpacked folder.`;
  if (statSync(path).isDirectory()) return checked(path, advice);
  const folder = cachedFolder();
  if (!existsSync(folder)) await unpack(path, folder, advice);
  return checked(folder, `Remove it to unpack it again: ${folder}`);
}

/** Through pip, which knows where this machine gets its packages from. */
async function download(folder: string): Promise<void> {
  say(`fetching the sources of NetHack (${titled()})`);
  mkdirSync(join(folder, ".."), { recursive: true });
  const place = mkdtempSync(`${folder}-download-`);
  const pip = ["python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"];
  const exact = ["--no-binary", distribution.name, `${distribution.name}==${distribution.version}`];
  try {
    const { exitCode, tail } = await logged([...pip, "--dest", place, ...exact]);
    const [archive] = readdirSync(place);
    if (exitCode !== 0 || archive === undefined)
      throw new SetupError(`pip could not fetch them.\n${tail}\n${offline()}`);
    await unpack(join(place, archive), folder, offline());
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function offline(): string {
  return `Without a network, set ${givenVariable} to the source archive of ${titled()} or to the folder it unpacks to.`;
}

/** Unpacks beside `folder` and moves the result in place, so that a folder of that name is always complete. */
async function unpack(archive: string, folder: string, advice: string): Promise<void> {
  const hash = new Bun.CryptoHasher("sha256").update(readFileSync(archive)).digest("hex");
  if (hash !== distribution.archive) throw new SetupError(`${archive} is not the archive of ${titled()}. ${advice}`);
  mkdirSync(join(folder, ".."), { recursive: true });
  const place = mkdtempSync(`${folder}-unpack-`);
  const tar = ["tar", "--extract", "--gzip", "--file", archive, "--directory", place, "--strip-components", "1"];
  const { exitCode, tail } = await logged([...tar, "--no-same-owner"]);
  if (exitCode !== 0) throw new SetupError(`unpacking ${archive} failed.\n${tail}`);
  try {
    renameSync(place, folder);
  } catch (error) {
    // Another checkout may have been first.
    rmSync(place, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

async function logged(command: readonly string[]): ReturnType<typeof runLogged> {
  mkdirSync(inCheckout(".bootstrap"), { recursive: true });
  return await runLogged(command, log);
}
