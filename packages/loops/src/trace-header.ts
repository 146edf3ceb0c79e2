import { hashJson, type JsonObject, jsonRoundTrip, type TraceHeader, traceSchemaVersion } from "@metamem/core";
import packageJson from "../../../package.json" with { type: "json" };
import { specHash } from "./episode-spec.ts";
import type { PreparedEpisode } from "./prepare-episode.ts";

/** What played: recorded in every header and result. */
export const codeVersion = { version: packageJson.version, bun: Bun.version } as const;

/** The header of an episode that starts now. */
export function headerOf(prepared: PreparedEpisode): TraceHeader {
  const { spec, family, task, roles } = prepared;
  return {
    schema: traceSchemaVersion,
    episodeId: specHash(spec).slice(0, 16),
    startedAt: new Date().toISOString(),
    task: plain(task),
    taskHash: hashJson(task),
    world: { seed: spec.seed },
    family: { ...spec.family, provenance: family.provenance?.() ?? {} },
    scaffold: spec.scaffold,
    protocol: plain(spec.protocol),
    samplingSeed: spec.samplingSeed,
    maxSteps: spec.maxSteps,
    roles: { memory: plain(roles.memory.info), gameplay: plain(roles.gameplay.info) },
    code: { ...codeVersion },
    view: plain(family.view),
  };
}

function plain(value: object): JsonObject {
  return jsonRoundTrip(value) as JsonObject;
}
