/**
 * A bounded map from texts that keeps what was used lately. Two generations: when the young one is full, the old one is dropped and the
 * young one grows old; what is found in the old one becomes young again. Keys are well-formed texts.
 */
export class RecentMap<V> {
  readonly #limit: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #characters = 0;

  /** @param limit characters of keys in each generation. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    if (this.#characters + key.length > this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#characters = 0;
    }
    this.#young.set(ownText(key), value);
    this.#characters += key.length;
  }
}

/** A copy: a string cut from a whole prompt is a window on it, and would keep all of it in memory. */
function ownText(text: string): string {
  return decoder.decode(encoder.encode(text));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
