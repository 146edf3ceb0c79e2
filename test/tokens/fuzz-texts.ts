import { createRng, type Rng } from "@metamem/core";

/**
 * Texts that are hard to tokenize, from a seed: the same here and where the golden counts were recorded. Each mixes fragments of several
 * kinds, because most mistakes are made where two kinds meet.
 */
export function fuzzTexts(count: number, seed: number): string[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => fuzzText(rng));
}

function fuzzText(rng: Rng): string {
  const kinds = Array.from({ length: 1 + rng.int(3) }, () => rng.pick(fragments));
  const length = rng.int(rng.pick([4, 20, 60]));
  return Array.from({ length }, () => rng.pick(kinds)(rng)).join("");
}

type Fragment = (rng: Rng) => string;

/** Uniform over inclusive ranges of code points. */
function range(...ranges: readonly (readonly [first: number, last: number])[]): Fragment {
  return (rng) => {
    const [first, last] = rng.pick(ranges);
    const code = first + rng.int(last - first + 1);
    return code >= 0xd800 && code <= 0xdfff ? "\ufffd" : String.fromCodePoint(code);
  };
}

function oneOf(...texts: readonly string[]): Fragment {
  return (rng) => rng.pick(texts);
}

const words = oneOf(
  ..."the agent writes what it saw to map.txt and reads it again before acting because nothing else survives".split(
    " ",
  ),
  ..."Агент записывает увиденное в файл и читает его перед каждым ходом потому что больше ничего не остаётся".split(
    " ",
  ),
  ..."智能体 把 看到 的 东西 写进 文件 每一步 之前 先 读 再 行动".split(" "),
  ..."एजेंट जो देखता है उसे फ़ाइल में लिखता है".split(" "),
  ..."الوكيل يكتب ما رآه في الملف ثم يقرؤه قبل أن يتصرف".split(" "),
  ..."에이전트는 본 것을 파일에 적고 행동하기 전에 다시 읽는다".split(" "),
  ..."naïve café Zürich Straße İstanbul fiancée coöperate Việt".split(" "),
);

const fragments: readonly Fragment[] = [
  range([0x20, 0x7e]),
  range([0x61, 0x7a]),
  range([0x30, 0x39]),
  range([0, 0x2ff]),
  range([0x370, 0x5ff]),
  range([0x600, 0x1fff]),
  range([0x300, 0x36f], [0x61, 0x7a], [0x1ab0, 0x1aff], [0x3099, 0x309a], [0x304b, 0x3061]),
  range([0x1100, 0x11ff], [0xac00, 0xd7a3]),
  range([0x3000, 0x9fff]),
  range([0x1f300, 0x1faff], [0x200d, 0x200d], [0xfe0f, 0xfe0f], [0x1f3fb, 0x1f3ff], [0x1f1e6, 0x1f1ff]),
  range([0x2000, 0x2bff], [0xa000, 0xabff], [0xf900, 0xffff]),
  range([0x10000, 0x1ffff], [0x2b700, 0x2b740], [0x323a0, 0x323c0], [0xe0100, 0xe01ef]),
  oneOf(
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " \n",
    "\u000b",
    "\u000c",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u3000",
    "\ufeff",
    "\u180e",
    "\u200b",
  ),
  oneOf("'s", "'S", "'ſ", "'t", "'re", "'VE", "'m", "'ll", "'D", "'", "’s", "'x", "'K"),
  oneOf(
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<tool_call>",
    "</tool_call>",
    "<|fim_pad|>",
    "<|im_",
    "|>",
    "<|",
    "<|SEARCH|>",
    "<|END|>",
  ),
  oneOf(
    "----",
    "....",
    "==>",
    "#####",
    "@",
    "(-14,33)",
    "hp=7/9",
    "0x1F",
    "3.14",
    "a_b",
    "fooBar",
    "https://",
    "\\n",
    "{{",
    "}}",
  ),
  (rng) => `${words(rng)} `,
  words,
  (rng) => rng.pick(["ab", "=", "é", "好", " ", "👍", "7"]).repeat(1 + rng.int(40)),
];
