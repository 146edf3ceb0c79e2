"""Records golden token ids with Hugging Face's own library: `bun text-sets.ts SET | python record-golden.py TOKENIZER_JSON`.

Reads one JSON text a line, prints the golden (golden.ts says what it holds). Development only; needs `pip install tokenizers`.
"""

import hashlib
import json
import sys

import tokenizers

BLOCK_SIZE = 100


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> None:
    tokenizer = tokenizers.Tokenizer.from_file(sys.argv[1])
    texts = [json.loads(line) for line in sys.stdin]
    blocks = []
    for start in range(0, len(texts), BLOCK_SIZE):
        ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts[start : start + BLOCK_SIZE]]
        blocks.append([sum(map(len, ids)), short_hash(json.dumps(ids, separators=(",", ":")))])
    golden = {
        "reference": f"tokenizers {tokenizers.__version__}",
        "texts": short_hash("\0".join(texts)),
        "size": BLOCK_SIZE,
        "blocks": blocks,
    }
    print(json.dumps(golden, separators=(",", ":")))


if __name__ == "__main__":
    main()
