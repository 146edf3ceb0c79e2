import { hashJson, type Protocol } from "@metamem/core";
import { loadProtocol, protocolNames } from "./seeds-folder.ts";

/**
 * What people read: the name of the set, and every switch in which this protocol is not what ships under that name: `published with temperature
 * 0.3, planCalls 4`. A number must not stand under the name of settings that it was not played with.
 */
export function protocolTitle(protocol: Protocol): string {
  if (!protocolNames().includes(protocol.name)) return protocol.name;
  const shipped: Readonly<Record<string, unknown>> = loadProtocol(protocol.name);
  const changed = Object.entries(protocol).filter(
    ([name, value]) => hashJson({ value: value ?? null }) !== hashJson({ value: shipped[name] ?? null }),
  );
  if (changed.length === 0) return protocol.name;
  return `${protocol.name} with ${changed.map(([name, value]) => `${name} ${shown(value)}`).join(", ")}`;
}

function shown(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
