/** Ways to play: moving about, most commands, any byte. */
const styles: readonly string[] = [
  "\rkljhunbyKLJHUNBY<>.\u0004es",
  `${"kljhunby".repeat(6)}KLJHUNBY<>.,s:iewqrzZtfdPa_${"\u001b".repeat(8)}\r\r\r     \u00f0\u00ef\u00e3\u00e5\u0004\u0018\u000fyn$`,
  String.fromCharCode(...Array(256).keys()),
];

/** A key stream that depends on nothing but its number (xorshift). */
export class RandomKeys {
  readonly #set: string;
  #state: number;

  constructor(seed: number, game: number) {
    this.#set = styles[game % styles.length] ?? "";
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(game + 1, 0x85ebca6b)) | 1;
  }

  next(): number {
    return this.#set.charCodeAt(this.below(this.#set.length));
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }
}
