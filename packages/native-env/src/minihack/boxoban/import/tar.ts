import { createReadStream, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { brokenArchive, type CopiedFile, largestFile, publishedName, tooLarge } from "./copied-file.ts";

const block = 512;

/** The level files of a tar archive, compressed or not, read as a stream: the whole published one unpacks to 200 MB. */
export async function* tarFiles(path: string): AsyncGenerator<CopiedFile> {
  const total = statSync(path).size;
  const source = createReadStream(path);
  const stream = path.toLowerCase().endsWith(".tar") ? source : pipeline(source, createGunzip(), () => undefined);
  try {
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    for await (const file of filesIn(new BlockReader(chunks, path), path)) {
      yield { ...file, done: source.bytesRead, total };
    }
  } finally {
    stream.destroy();
    source.destroy();
  }
}

async function* filesIn(reader: BlockReader, path: string): AsyncGenerator<Pick<CopiedFile, "name" | "text">> {
  for (;;) {
    const header = await reader.take(block);
    // An empty header says that nothing is missing.
    if (header === null) throw brokenArchive(path, "it is cut off");
    if (header[0] === 0) return;
    const size = Number.parseInt(field(header, 124, 12), 8);
    if (!(size >= 0) || !checksumHolds(header)) throw brokenArchive(path, "a header is damaged");
    const padded = Math.ceil(size / block) * block;
    const name = isFile(header) ? publishedName(nameOf(header)) : null;
    if (name === null) {
      await reader.skip(padded);
      continue;
    }
    if (size > largestFile) throw tooLarge(name);
    const content = await reader.take(padded);
    if (content === null) throw brokenArchive(path, "it ends within a file");
    yield { name, text: content.subarray(0, size) };
  }
}

function isFile(header: Uint8Array): boolean {
  const type = header[156];
  return type === 0 || type === 48;
}

/** Names of level files are short: those of extension headers need not be understood. */
function nameOf(header: Uint8Array): string {
  const prefix = field(header, 345, 155);
  const name = field(header, 0, 100);
  const full = prefix !== "" && field(header, 257, 5) === "ustar" ? `${prefix}/${name}` : name;
  return full.startsWith("./") ? full.slice(2) : full;
}

function field(header: Uint8Array, at: number, length: number): string {
  const text = Buffer.from(header.subarray(at, at + length)).toString("latin1");
  return text.split("\0", 1)[0]?.trim() ?? "";
}

/** The sum of the header's bytes, its own field read as spaces. */
function checksumHolds(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  return sum === Number.parseInt(field(header, 148, 8), 8);
}

/** Cuts a stream of chunks of any size into pieces of the sizes asked for. */
class BlockReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private readonly path: string;
  private chunk: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterator<Uint8Array>, path: string) {
    this.chunks = chunks;
    this.path = path;
  }

  /** The next `count` bytes, or null when the stream ends before. */
  async take(count: number): Promise<Uint8Array | null> {
    const result = new Uint8Array(count);
    return (await this.pass(count, (part, at) => result.set(part, at))) ? result : null;
  }

  async skip(count: number): Promise<void> {
    await this.pass(count, () => undefined);
  }

  private async pass(count: number, use: (part: Uint8Array, at: number) => void): Promise<boolean> {
    let passed = 0;
    while (passed < count) {
      if (this.chunk.length === 0 && !(await this.refill())) return false;
      const part = this.chunk.subarray(0, count - passed);
      use(part, passed);
      passed += part.length;
      this.chunk = this.chunk.subarray(part.length);
    }
    return true;
  }

  private async refill(): Promise<boolean> {
    try {
      const { done, value } = await this.chunks.next();
      if (done === true) return false;
      this.chunk = value;
      return true;
    } catch (cause) {
      throw brokenArchive(this.path, cause instanceof Error ? cause.message : String(cause));
    }
  }
}
