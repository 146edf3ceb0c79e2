import { readFileSync } from "node:fs";
import { UsageError } from "@metamem/core";

type Table = Record<string, unknown>;

/** A TOML file as plain data. @throws UsageError when it cannot be read. */
export function readConfigFile(path: string): Table {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError("config", `cannot read the config file ${path}`, { cause });
  }
  try {
    return Bun.TOML.parse(text) as Table;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/\s+/g, " ").slice(0, 200) : String(cause);
    throw new UsageError("config", `${path} is no TOML: ${reason}`, { cause });
  }
}

/** `protocol.temperature=0.7`: the value is read as TOML, and as a bare text when it is none. */
export function parseAssignment(text: string): { readonly path: string; readonly value: unknown } {
  const [, path, written = ""] = /^([A-Za-z][A-Za-z.]*)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || path.endsWith(".") || path.includes("..")) {
    throw new UsageError("config", `--set ${text.slice(0, 60)}: write <key>=<value>, e.g. protocol.temperature=0.7`);
  }
  try {
    return { path, value: (Bun.TOML.parse(`value = ${written}`) as Table).value };
  } catch {
    return { path, value: written };
  }
}

/**
 * A copy of `config` with `value` at the dotted path. Tables on the way are made; where a protocol is only named, it becomes the base of
 * the one that is changed.
 */
export function withValue(config: Table, path: string, value: unknown): Table {
  const [key = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...config, [key]: value };
  const inner = config[key];
  const table = isTable(inner) ? inner : key === "protocol" && typeof inner === "string" ? { base: inner } : {};
  return { ...config, [key]: withValue(table, rest.join("."), value) };
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
