"""Trains the small tokenizers of tiny/: `bun text-sets.ts fuzz-small | python train-tiny.py tiny`. Development only.

Each uses what Qwen2.5's does not: GPT-2's own splitting with a prefix space, whole pieces before merges with Llama 3's pattern and a wide
added token that swallows white space, digits split off and NFKC, a vocabulary that lacks most bytes.
"""

import json
import sys

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def gpt2() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=True)
    return tokenizer


def llama3() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(LLAMA3), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    return tokenizer


def digits() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=False),
            pre_tokenizers.Split("e", "removed"),
            pre_tokenizers.Split(" ", "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    return tokenizer


KINDS = {"gpt2": (gpt2, 700, True), "llama3": (llama3, 1200, True), "digits": (digits, 600, False)}

ADDED = {
    "gpt2": [AddedToken("the agent", normalized=True), AddedToken("<|im_end|>", special=True, normalized=False)],
    "llama3": [AddedToken("<|im_end|>", lstrip=True, rstrip=True, normalized=False), AddedToken("map", single_word=True)],
    "digits": [AddedToken("café", normalized=True), AddedToken("<|im_start|>", normalized=False)],
}


def main() -> None:
    texts = [json.loads(line) for line in sys.stdin]
    for name, (make, size, all_bytes) in KINDS.items():
        tokenizer = make()
        alphabet = pre_tokenizers.ByteLevel.alphabet() if all_bytes else []
        trainer = trainers.BpeTrainer(
            vocab_size=size, initial_alphabet=alphabet, limit_alphabet=1000 if all_bytes else 120, show_progress=False
        )
        tokenizer.train_from_iterator(texts, trainer)
        tokenizer.add_tokens(ADDED[name])
        tokenizer.save(f"{sys.argv[1]}/{name}.json", pretty=False)


if __name__ == "__main__":
    main()
