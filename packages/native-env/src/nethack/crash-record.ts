import { readFileSync } from "node:fs";
import { nethackNative } from "./build.ts";

/** A game as its record tells it: what it takes to play it again (native/nethack/host/flight_recorder.h). */
export interface CrashRecord {
  /** Whether the game was running, starting or playing a key, rather than waiting for one. */
  readonly running: boolean;
  readonly core: bigint;
  readonly display: bigint;
  /** The game's own turn counter before the last key. */
  readonly turn: number;
  /** Keys since the game started; `lastKeys` are the latest of them, the one in progress included. */
  readonly keyCount: number;
  readonly lastKeys: readonly number[];
  readonly process: number;
}

const recordBytes = 192;
const keysKept = 128;
const keysOffset = recordBytes - keysKept;
const magic = 0x4d4d4e48;
const idle = 0;

/**
 * From now on, games opened by this process keep their records in a file, which outlives the process: room for `games` at once.
 * Throws when the file cannot be made.
 */
export function recordCrashesTo(path: string, games: number): void {
  nethackNative().recordTo(path, games);
}

/** All records of a file. After a crash, the game it happened in is among those that were running. */
export function readCrashRecords(path: string): CrashRecord[] {
  const bytes = new Uint8Array(readFileSync(path));
  const count = Math.floor(bytes.length / recordBytes);
  const records = Array.from(
    { length: count },
    (_, index) => new DataView(bytes.buffer, index * recordBytes, recordBytes),
  );
  return records.filter((record) => record.getUint32(0, true) === magic).map(readRecord);
}

function readRecord(record: DataView): CrashRecord {
  const keyCount = Number(record.getBigUint64(48, true));
  const first = Math.max(0, keyCount - keysKept);
  return {
    running: record.getUint32(4, true) !== idle,
    core: record.getBigUint64(16, true),
    display: record.getBigUint64(24, true),
    turn: Number(record.getBigInt64(40, true)),
    keyCount,
    lastKeys: Array.from({ length: keyCount - first }, (_, index) =>
      record.getUint8(keysOffset + ((first + index) % keysKept)),
    ),
    process: record.getUint32(56, true),
  };
}
