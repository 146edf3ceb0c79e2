/** Which system this is and how one gets a C++ toolchain on it. */

import { existsSync, readFileSync } from "node:fs";

/** Systems for which set-up knows the install command; `unknown` gets a general sentence. */
export type SystemKind = "debian" | "fedora" | "arch" | "alpine" | "suse" | "macos" | "unknown";

const osReleasePath = "/etc/os-release";

/** What kind of system this is; derived distributions count as what they derive from. */
export function systemKind(): SystemKind {
  if (process.platform === "darwin") return "macos";
  if (process.platform !== "linux" || !existsSync(osReleasePath)) return "unknown";
  return kindOfOsRelease(readFileSync(osReleasePath, "utf8"));
}

/** Reads the ID and ID_LIKE lines of an os-release file. */
export function kindOfOsRelease(text: string): SystemKind {
  const ids = [...text.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap((match) =>
    (match[1] ?? "").replaceAll('"', "").toLowerCase().split(/\s+/),
  );
  const families: readonly (readonly [SystemKind, readonly string[]])[] = [
    ["debian", ["debian", "ubuntu"]],
    ["fedora", ["fedora", "rhel", "centos"]],
    ["arch", ["arch"]],
    ["alpine", ["alpine"]],
    ["suse", ["suse", "opensuse", "sles"]],
  ];
  return families.find(([, names]) => names.some((name) => ids.includes(name)))?.[0] ?? "unknown";
}

/** The packages with compiler, make and CMake. */
const toolchainPackages: Readonly<Record<SystemKind, readonly string[]>> = {
  debian: ["build-essential", "cmake"],
  fedora: ["gcc", "gcc-c++", "make", "cmake"],
  arch: ["base-devel", "cmake"],
  alpine: ["build-base", "cmake"],
  suse: ["gcc", "gcc-c++", "make", "cmake"],
  macos: ["cmake"],
  unknown: [],
};

/**
 * The command a person types to get compiler, make and CMake, or the given packages instead; undefined where the system
 * is not known.
 */
export function installCommand(
  kind: SystemKind,
  isAdministrator: boolean,
  packages: readonly string[] = toolchainPackages[kind],
): string | undefined {
  const sudo = isAdministrator ? "" : "sudo ";
  const names = packages.join(" ");
  switch (kind) {
    case "debian":
      return `${sudo}apt-get update && ${sudo}apt-get install -y ${names}`;
    case "fedora":
      return `${sudo}dnf install -y ${names}`;
    case "arch":
      return `${sudo}pacman -S --needed ${names}`;
    case "alpine":
      return `${sudo}apk add ${names}`;
    case "suse":
      return `${sudo}zypper install ${names}`;
    case "macos":
      return `${packages === toolchainPackages.macos ? "xcode-select --install; " : ""}brew install ${names}`;
    case "unknown":
      return undefined;
  }
}

/** Whether the game addon can be built here, and how far that is known. */
export function platformSupport(): "tested" | "expected" | "unsupported" {
  if (process.platform === "linux" && process.arch === "x64" && !isMusl()) return "tested";
  const known = process.platform === "linux" || process.platform === "darwin";
  return known && (process.arch === "x64" || process.arch === "arm64") ? "expected" : "unsupported";
}

function isMusl(): boolean {
  return existsSync(`/lib/ld-musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`);
}
