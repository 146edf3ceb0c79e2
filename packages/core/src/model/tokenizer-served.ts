import { type Hash, hashJson } from "../hash.ts";
import { type TokenizerName, tokenizerOfModel } from "../tokens/known-tokenizers.ts";
import { exactCounter } from "../tokens/load-tokenizer.ts";
import { renderedConversation } from "./server-probe.ts";

/**
 * The tokenizer of a served model by its names; null unless one is known, and null as well when the server renders or tokenizes the fixed
 * conversation in another way than this tokenizer and its template do: a name is only a name.
 *
 * @param rendered what the server made of the conversation (`askTemplate`); null when it does not say, and then the name must do.
 */
export async function tokenizerServed(names: readonly string[], rendered: Hash | null): Promise<TokenizerName | null> {
  const tokenizer = tokenizerOfModel(names);
  if (tokenizer === null || rendered === null) return tokenizer;
  const counter = await exactCounter(tokenizer);
  const ids = hashJson([...counter.promptIds(renderedConversation)]);
  const text = hashJson(counter.render(renderedConversation));
  return rendered === ids || rendered === text ? tokenizer : null;
}
