"""Makes a tiny random language model, its tokenizer and LoRA adapters, for tests of real model servers.

The model has the shape of Qwen2 and knows nothing: what it writes is noise. The same seed gives the same files, so that tests may
compare what servers make of them.

    python tiny_model.py OUT [--seed 7] [--adapters 2]

writes OUT/model (config, weights, tokenizer with chat template) and OUT/adapter-0, OUT/adapter-1 ... (PEFT format).
"""

import argparse
import json
import random
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

VOCABULARY = 1024
CONTEXT = 32768
RANK = 8
END_OF_TEXT, TURN_START, TURN_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"

# One turn after the other, each closed: appending a message never changes what stands before it.
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)

WORDS = (
    "the a of to and in is you are at see north south east west up down left right front behind step turn memory file log plan "
    "action note write read search append replace tree stone water iron coal wood table plant door key wall room health food drink "
    "energy inventory status current last result reason because then when not yet found nothing more left items map visited goal next "
    "first second third one two three four five move take place make collect attack sleep wait open close look around"
).split()


def corpus(seed: int) -> list[str]:
    """Sentences of common words, numbers and signs: enough for merges that shorten a game's text."""
    rng = random.Random(seed)
    lines = []
    for _ in range(4000):
        words = [rng.choice(WORDS) for _ in range(rng.randint(4, 12))]
        if rng.random() < 0.3:
            words.insert(rng.randrange(len(words)), str(rng.randint(0, 999)))
        text = " ".join(words)
        lines.append(rng.choice([f"{text.capitalize()}.", f"- {text}: {rng.randint(0, 9)}", f"<|{words[0].upper()}|>{text}", text]))
    return lines


def make_tokenizer(seed: int) -> PreTrainedTokenizerFast:
    """Byte-level BPE without normalisation: any text has tokens, and the tokens of a text give the text back."""
    tokenizer = Tokenizer(models.BPE())
    split = pre_tokenizers.Split(
        # Letters with one sign before them, single digits, other signs, white space.
        pattern=Regex(
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
        ),
        behavior="isolated",
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    special = [END_OF_TEXT, TURN_START, TURN_END]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[AddedToken(token, special=True, normalized=False) for token in special],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(seed), trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=TURN_END, pad_token=END_OF_TEXT, model_max_length=CONTEXT, clean_up_tokenization_spaces=False
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast


def make_model(seed: int, tokenizer: PreTrainedTokenizerFast) -> Qwen2ForCausalLM:
    torch.manual_seed(seed)
    config = Qwen2Config(
        vocab_size=VOCABULARY,
        hidden_size=256,
        intermediate_size=512,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        # Wide enough that the next token depends on the prompt; the default leaves all tokens almost equally likely.
        initializer_range=0.2,
        tie_word_embeddings=False,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return Qwen2ForCausalLM(config).to(torch.bfloat16)


def save_adapter(seed: int, model_dir: Path, out: Path) -> None:
    """A LoRA adapter in the form servers take; both its matrices are random, so that it changes what the model writes."""
    torch.manual_seed(seed)
    base = Qwen2ForCausalLM.from_pretrained(model_dir)
    targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    adapter = get_peft_model(base, LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules=targets, task_type="CAUSAL_LM"))
    for name, parameter in adapter.named_parameters():
        if "lora_" in name:
            torch.nn.init.normal_(parameter, std=0.2)
    adapter.peft_config["default"].base_model_name_or_path = "base"
    adapter.save_pretrained(out)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--adapters", type=int, default=2)
    given = arguments.parse_args()
    tokenizer = make_tokenizer(given.seed)
    model_dir = given.out / "model"
    make_model(given.seed, tokenizer).save_pretrained(model_dir)
    tokenizer.save_pretrained(model_dir)
    adapters = [given.out / f"adapter-{n}" for n in range(given.adapters)]
    for n, folder in enumerate(adapters):
        save_adapter(given.seed + 1 + n, model_dir, folder)
    print(json.dumps({"model": str(model_dir), "adapters": [str(folder) for folder in adapters]}))


if __name__ == "__main__":
    main()
