import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { UsageError } from "@metamem/core";
import { decode } from "fast-png";
import { z } from "zod";
import type { Texture, TextureSet } from "./textures.ts";

/**
 * Sprites from outside: a folder of PNG files named after the textures, or one `.json.gz` file of decoded pixels. With the
 * original ones, pictures equal the reference's pixel by pixel. Throws `UsageError` when the path holds neither.
 */
export function loadTextures(path: string): TextureSet {
  try {
    return statSync(path).isDirectory() ? loadFolder(path) : loadFile(path);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError("bad_textures", `cannot read textures from ${path}: ${reason}`, { cause });
  }
}

function loadFolder(folder: string): TextureSet {
  const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
  if (files.length === 0) throw new UsageError("bad_textures", `${folder} holds no PNG files`);
  return new Map(files.map((file) => [basename(file, ".png"), decodePng(join(folder, file))]));
}

function decodePng(path: string): Texture {
  const { data, channels, depth, palette } = decode(readFileSync(path));
  const plain = depth === 8 && palette === undefined && data instanceof Uint8Array;
  if (!plain || (channels !== 3 && channels !== 4)) {
    throw new UsageError("bad_textures", `${path} is not a PNG of 8-bit colours`);
  }
  return { channels, pixels: data };
}

const fileSchema = z.object({
  textures: z.record(z.string(), z.object({ channels: z.union([z.literal(3), z.literal(4)]), hex: z.hex() })),
});

function loadFile(path: string): TextureSet {
  const bytes = readFileSync(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = (isGzip ? gunzipSync(bytes) : bytes).toString("utf8");
  const result = fileSchema.safeParse(JSON.parse(text));
  if (!result.success) throw new UsageError("bad_textures", `${path} is not a file of decoded textures`);
  const entries = Object.entries(result.data.textures);
  return new Map(
    entries.map(([name, { channels, hex }]) => [name, { channels, pixels: new Uint8Array(Buffer.from(hex, "hex")) }]),
  );
}
