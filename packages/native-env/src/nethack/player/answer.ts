import { digger } from "./descend.ts";
import { type Cell, directionTo } from "./geometry.ts";
import { act, type Decision, type Scene } from "./scene.ts";
import { food } from "./survive.ts";
import { isDoor } from "./terrain.ts";

/** What to say while the game waits for more than a command, or a number was begun; null when it waits for a command. */
export function answer(scene: Scene): Decision | null {
  const { message, hero } = scene.sight;
  const { plan } = scene.known;
  if (scene.sight.page) return choose(scene);
  if (message.includes("--More--")) return act("more", "read on", null);
  const counting = plan !== null && /^\d$/.test(plan.action) && plan.answers.length > 0;
  const asked = hero === null && !message.startsWith("Count:");
  if (counting) return goOn(scene);
  if (!asked) return message.startsWith("Count:") ? act("search", "look around", null) : null;
  if (scene.sight.cursorRow !== 0) return act("esc", "read on", null);
  if (/Really attack|Really step|Really quit/.test(message)) return act("esc", "leave it be", null);
  if (/eat it\?|eat one\?/.test(message))
    return plan?.goal === "eat the prey here" ? act("y", "eat the prey") : act("n", "eat", null, plan?.answers ?? []);
  if (plan !== null && plan.answers.length > 0) return goOn(scene);
  return improvise(scene);
}

/** The next of the answers that were planned. */
function goOn({ known: { plan } }: Scene): Decision {
  const [next = "esc", ...rest] = plan?.answers ?? [];
  return act(next, plan?.goal ?? "go on", plan?.cell ?? null, rest);
}

/** Questions about an item, and what is best named then. */
const items: readonly (readonly [question: RegExp, item: RegExp])[] = [
  [/want to eat/, food],
  [/want to use or apply/, digger],
  [/want to drink/, /potion/],
  [/want to wield/, /sword|axe|dagger|spear|mace|katana|lance|club|staff/],
];

/** Answers without a plan: by what the game asks. */
function improvise(scene: Scene): Decision {
  const { message } = scene.sight;
  if (message.includes("want to pray")) return act("y", "be helped by the god", null);
  if (message.includes("direction do you want to dig")) return act("down", "dig down", null);
  if (message.includes("In what direction")) {
    const near = (cell: Cell) => directionTo(scene.hero, cell);
    const aim = scene.foes(1)[0]?.cell ?? scene.kinds.findIndex((kind, cell) => isDoor(kind) && near(cell) !== null);
    const direction = near(aim);
    if (direction !== null) return act(direction.name, "go that way", aim);
  }
  const item = items.find(([question]) => question.test(message))?.[1];
  const letter = item === undefined ? null : scene.item(item);
  return act(letter ?? "esc", letter === null ? "leave the question" : "name the item", null);
}

const wanted = /^([a-zA-Z]) - .*(?:pick-axe|mattock|broad pick)/m;

/** Of a menu a digging tool is taken, or what was planned to be chosen; everything else is closed. */
function choose(scene: Scene): Decision {
  const { message } = scene.sight;
  const { plan } = scene.known;
  const letter = plan?.goal === "take the tool" ? wanted.exec(message)?.[1] : undefined;
  if (letter !== undefined && plan?.action === "pickup") return act(letter, "take the tool", null, ["more"]);
  const choice = plan?.answers[0] ?? "";
  if (/^[a-zA-Z]$/.test(choice) && message.includes(`${choice} - `)) return goOn(scene);
  if (plan !== null && choice === "more") return act("more", plan.goal, null);
  return act("esc", "close the page", null);
}
