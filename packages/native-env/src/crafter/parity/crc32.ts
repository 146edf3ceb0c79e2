import { crc32 as zlibCrc32 } from "node:zlib";

/** CRC-32 as the recordings hold it. */
export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes);
}
