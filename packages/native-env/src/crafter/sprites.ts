export function spriteBlock(): Uint8Array {
  return new Uint8Array(0);
}
