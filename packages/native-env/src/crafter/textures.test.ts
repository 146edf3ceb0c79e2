import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { UsageError } from "@metamem/core";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownSprites } from "./sprites.ts";
import { loadTextures } from "./texture-files.ts";
import { packTextures, type Texture, textureNames } from "./textures.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "metamem-textures-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sprites = ownSprites();
const block = packTextures(sprites);

test("there is a sprite of our own for every name, and no two look alike", () => {
  const looks = [...new Set(textureNames)].map((name) => Buffer.from(sprites.get(name)?.pixels ?? []).toString("hex"));
  expect(new Set(looks).size).toBe(looks.length);
});

describe("textures from outside", () => {
  test("a folder of PNG files", () => {
    for (const [name, { pixels, channels }] of sprites) {
      writeFileSync(join(folder, `${name}.png`), encode({ width: 16, height: 16, data: pixels, channels }));
    }
    expect(packTextures(loadTextures(folder))).toEqual(block);
  });

  test("a file of decoded pixels", () => {
    const textures = Object.fromEntries(
      [...sprites].map(([name, { channels, pixels }]) => [
        name,
        { channels, hex: Buffer.from(pixels).toString("hex") },
      ]),
    );
    const path = join(folder, "textures.json.gz");
    writeFileSync(path, gzipSync(JSON.stringify({ textures })));
    expect(packTextures(loadTextures(path))).toEqual(block);
  });

  test("what is neither is refused", () => {
    const path = join(folder, "other.json");
    writeFileSync(path, "{}");
    expect(() => loadTextures(path)).toThrow(UsageError);
    expect(() => loadTextures(join(folder, "missing"))).toThrow(UsageError);
  });
});

test("incomplete sets and sprites of another size are refused", () => {
  const small: Texture = { channels: 3, pixels: new Uint8Array(12) };
  expect(() => packTextures(new Map([...sprites, ["cow", small]]))).toThrow("the sprite 'cow' is not 16 x 16 pixels");
  expect(() => packTextures(new Map())).toThrow("the sprite 'water' is missing");
});
