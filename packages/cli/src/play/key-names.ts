/** What a terminal sends for the keys that move the cursor, after ESC and `[` or `O`. */
const cursorKeys: Readonly<Record<string, string>> = { A: "up", B: "down", C: "right", D: "left" };

const controlNames: Readonly<Record<number, string>> = {
  8: "backspace",
  9: "tab",
  10: "enter",
  13: "enter",
  27: "escape",
  32: "space",
  127: "backspace",
};

/** Spelt out, because control characters in a pattern are invisible. */
const esc = String.raw`\u001b`;
/** ESC and what belongs to it: a sequence of the terminal's, or a key pressed with Alt; else a single character. */
const pieces = new RegExp(String.raw`${esc}(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z]|[!-~])|[\s\S]`, "gu");

/**
 * The names of the keys in what a terminal sent at once: characters by themselves, others as `up`, `enter`, `ctrl-d`, `alt-p`. Keys without a name of
 * ours are left out.
 */
export function keyNames(sent: string): string[] {
  return [...sent.matchAll(pieces)].flatMap(([piece]) => keyName(piece) ?? []);
}

function keyName(piece: string): string | undefined {
  if (piece.length > 2 && piece.startsWith("\u001b")) return cursorKeys[piece.at(-1) ?? ""];
  const [first = "", second] = piece;
  if (first === "\u001b" && second !== undefined) return `alt-${second}`;
  const code = first.charCodeAt(0);
  const name = controlNames[code];
  if (name !== undefined) return name;
  return code < 0x20 ? `ctrl-${String.fromCharCode(code | 0x60)}` : piece;
}
