import { type ChatRequest, createRng, type ExactCounter } from "@metamem/core";
import type { ChatServerOptions } from "../servers/chat-server.ts";

/** Notes as a model in another language would write them: three scripts, emoji, mixed lines. */
export const notes = [
  "шаг {n}: дерево на западе, вода в двенадцати шагах к северу; не ходить ночью 🌙",
  "на карте: пещера (−14, 33), там уголь и железо — вернуться с киркой ⛏️",
  "第{n}步：西边有树，北边十二步有水。晚上不要走远 🐄🐄",
  "地图：洞穴在(-14,33)，有煤和铁；先做石镐，再回来。",
  "step {n}: café ruins → naïve plan failed; keep ≥3 wood 🪵🪵🪵 (see №7)",
  "Шаг {n}／第{n}步／step {n}: 👩🏽‍🚒 встретил зомби 🧟‍♂️, 生命 7/9, hp=7/9 [turn 5684]",
] as const;

/**
 * A vLLM-like server of a Qwen2.5 model: it knows how its template renders and what its tokenizer makes of it, and reports true usage. Its
 * model appends a note in some language when it logs, and commits an action of the listed ones.
 */
export function polyglotServer(counter: ExactCounter): ChatServerOptions {
  const ids = (body: Readonly<Record<string, unknown>>) => counter.promptIds(body.messages as ChatRequest["messages"]);
  return {
    models: [
      { id: "player", root: "Qwen/Qwen2.5-7B-Instruct", parent: null, max_model_len: 32_768 },
      { id: "specialist", root: "adapters/7", parent: "player" },
    ],
    rendered: (body) => ({ tokens: [...ids(body)] }),
    answer: ({ callId, messages }) => {
      const text = answer(callId, messages.map(({ content }) => content).join("\n"));
      const prompt = counter.promptIds(messages).length;
      return { text, usage: { prompt, cached: null, output: counter.count(text) + 1, exact: true } };
    },
  };
}

function answer(callId: string, prompt: string): string {
  const step = Number.parseInt(callId, 10);
  const rng = createRng(step);
  const note = rng.pick(notes).replaceAll("{n}", String(step));
  if (callId.includes(".log.")) return `Запишу это. 我记下来。\n<|APPEND|>notes.txt|${note}<|END|>\n<|DONE|>`;
  const actions = [...prompt.matchAll(/^- ([A-Za-z][A-Za-z ]*):/gm)].map(([, name = ""]) => name);
  return `Думаю… 想一想 🤔\n<|ACTION|>${rng.pick(actions.length === 0 ? ["Noop"] : actions)}<|END|>`;
}
