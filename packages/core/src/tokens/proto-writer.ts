/** Writes the protobuf wire format: variable-length integers, and byte strings that carry their length. */
export class ProtoWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A non-negative whole number below 2^53. */
  number(field: number, value: number): void {
    this.#varint(8 * field);
    this.#varint(value);
  }

  text(field: number, value: string): void {
    this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, write: (writer: ProtoWriter) => void): void {
    const inner = new ProtoWriter();
    write(inner);
    this.bytes(field, inner.finish());
  }

  bytes(field: number, value: Uint8Array): void {
    this.#varint(8 * field + 2);
    this.#varint(value.length);
    this.#push(value);
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  /** Seven bits a byte, lowest first; the eighth says that more follow. Arithmetic, because shifts end at 32 bits. */
  #varint(value: number): void {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
    this.#push(Uint8Array.from(bytes));
  }

  #push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }
}
