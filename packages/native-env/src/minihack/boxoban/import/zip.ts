import { closeSync, openSync, readSync, statSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { brokenArchive, type CopiedFile, largestFile, publishedName, tooLarge } from "./copied-file.ts";

const signatures = { end: 0x0605_4b50, entry: 0x0201_4b50, file: 0x0403_4b50 } as const;
const endBytes = 22;
const entryBytes = 46;
const fileBytes = 30;
/** A comment may stand behind the end record. */
const longestComment = 0xffff;
/** The published archive's directory is below 200 kB. */
const largestDirectory = 1 << 24;
const deflated = 8;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/** The level files of a zip archive, read one by one by its directory. */
export function* zipFiles(path: string): Generator<CopiedFile> {
  const file = openSync(path, "r");
  try {
    const read = (offset: number, bytes: number) => readAt(file, offset, bytes, path);
    const entries = directory(read, statSync(path).size, path);
    const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    let done = 0;
    for (const entry of entries) {
      const text = content(entry, read, path);
      done += entry.bytes;
      yield { name: entry.name, text, done, total };
    }
  } finally {
    closeSync(file);
  }
}

type Read = (offset: number, bytes: number) => Buffer;

function directory(read: Read, size: number, path: string): Entry[] {
  const tailBytes = Math.min(size, endBytes + longestComment);
  const tail = read(size - tailBytes, tailBytes);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signatures.end);
  const end = tail.lastIndexOf(mark);
  if (end < 0 || end + endBytes > tail.length) throw brokenArchive(path, "it has no directory");
  const bytes = tail.readUInt32LE(end + 12);
  if (bytes > largestDirectory) throw brokenArchive(path, "its directory is too large");
  return levelEntries(read(tail.readUInt32LE(end + 16), bytes), tail.readUInt16LE(end + 10), path);
}

function levelEntries(list: Buffer, count: number, path: string): Entry[] {
  const entries: Entry[] = [];
  let seen = 0;
  for (let at = 0; at + entryBytes <= list.length; seen++) {
    if (list.readUInt32LE(at) !== signatures.entry) throw brokenArchive(path, "its directory is damaged");
    const nameBytes = list.readUInt16LE(at + 28);
    const name = publishedName(list.toString("utf8", at + entryBytes, at + entryBytes + nameBytes));
    if (name !== null) {
      const [checksum, packedBytes, bytes] = [16, 20, 24].map((field) => list.readUInt32LE(at + field));
      const method = list.readUInt16LE(at + 10);
      const offset = list.readUInt32LE(at + 42);
      if (checksum === undefined || packedBytes === undefined || bytes === undefined) break;
      if (Math.max(bytes, packedBytes) > largestFile) throw tooLarge(name);
      entries.push({ name, method, checksum, packedBytes, bytes, offset });
    }
    at += entryBytes + nameBytes + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  if (seen !== count) throw brokenArchive(path, "its directory is damaged");
  return entries;
}

function content(entry: Entry, read: Read, path: string): Uint8Array {
  const header = read(entry.offset, fileBytes);
  if (header.readUInt32LE(0) !== signatures.file) throw brokenArchive(path, `${entry.name} is not where it should be`);
  const start = entry.offset + fileBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = read(start, entry.packedBytes);
  if (entry.method !== 0 && entry.method !== deflated)
    throw brokenArchive(path, `${entry.name} is packed in an unknown way`);
  const text = entry.method === deflated ? inflated(packed, entry, path) : packed;
  if (text.length !== entry.bytes || Bun.hash.crc32(text) !== entry.checksum) {
    throw brokenArchive(path, `${entry.name} has a wrong checksum`);
  }
  return text;
}

/** Never more than the directory promises, however the packed bytes were made. */
function inflated(packed: Buffer, { name, bytes }: Entry, path: string): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch (cause) {
    throw brokenArchive(path, `${name} does not unpack (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

function readAt(file: number, offset: number, bytes: number, path: string): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (readSync(file, buffer, 0, bytes, offset) !== bytes) throw brokenArchive(path, "it is cut off");
  return buffer;
}
