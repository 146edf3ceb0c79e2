import { describe, expect, test } from "vitest";
import { lastMessage, type Player, phaseOf, playOn } from "./stage.ts";

/**
 * The faults of the published agent that are the agent loop's business, by their number in spec automem §1.14. Each test is named after what it guards;
 * grammar and store have theirs beside their source.
 */

const commitEast = "<|ACTION|>East<|END|>";

/** LOG finishes at once; PLAN is the test's. */
function planning(plan: Player): Player {
  return (request) => (phaseOf(request) === "log" ? "<|DONE|>" : plan(request));
}

/** PLAN walks east; LOG is the test's. */
function logging(log: Player): Player {
  return (request) => (phaseOf(request) === "log" ? log(request) : commitEast);
}

describe("the two-phase invariant (automem §1.5)", () => {
  test("no LOG at step 0, a LOG at every later step, and both phases start from nothing", async () => {
    const { requests } = await playOn(
      planning(() => commitEast),
      { maxSteps: 2, protocol: { finalLog: false } },
    );
    expect(requests.map((request) => request.callId)).toEqual(["0.commit.0", "1.log.0", "1.commit.0"]);
    for (const request of requests) expect(request.messages.map((message) => message.role)).toEqual(["system", "user"]);
  });

  test("LOG is told the previous action and what it did; PLAN sees the memory LOG left", async () => {
    const player: Player = (request) =>
      phaseOf(request) === "log" ? "<|APPEND|>strategy.txt|east works<|END|><|DONE|>" : commitEast;
    const { requests } = await playOn(player, { maxSteps: 2, protocol: { finalLog: false } });
    const [, log, plan] = requests;
    expect(lastMessage(log as never)).toContain("Last action, at step 0: East. What it did: moved one cell.");
    expect(lastMessage(log as never)).toContain("- strategy.txt (empty)");
    expect(lastMessage(plan as never)).toContain("- strategy.txt (1 line, 11 bytes; last written at step 1)");
  });
});

describe("ops and commits", () => {
  test("I-01 ops of one reply run in textual order", async () => {
    const { sink, files } = await playOn(
      logging(
        () => "<|WRITE|>strategy.txt|one<|END|><|READ|>strategy.txt<|END|><|WRITE|>strategy.txt|two<|END|><|DONE|>",
      ),
      { maxSteps: 1 },
    );
    expect(sink.of("op").map((op) => op.name)).toEqual(["WRITE", "READ", "WRITE"]);
    expect(sink.text(sink.of("op")[1]?.result ?? "")).toContain("one");
    expect(files["strategy.txt"]).toBe("two\n");
  });

  test("I-03 a reply of malformed ops gets errors and another turn, in LOG and in PLAN", async () => {
    const broken = "<|SEARCH|>strategy.txt<|END|>";
    const { requests, sink } = await playOn((request) =>
      request.callId.endsWith(".0") ? broken : phaseOf(request) === "log" ? "<|DONE|>" : commitEast,
    );
    const asked = requests.filter((request) => request.callId.endsWith(".1"));
    expect(asked.map(phaseOf)).toEqual(["commit", "log"]);
    for (const request of asked) expect(lastMessage(request)).toContain("<|SEARCH|>target|keywords<|END|>");
    expect(sink.of("action").map((action) => action.source)).toEqual(["model"]);
  });

  test("I-03 a malformed op beside DONE is not lost silently: LOG is reopened once", async () => {
    const { requests, sink } = await playOn(
      logging((request) => (request.callId.endsWith(".0") ? "<|TAIL|>strategy.txt|many<|END|><|DONE|>" : "<|DONE|>")),
    );
    expect(requests.filter((request) => phaseOf(request) === "log")).toHaveLength(2);
    expect(sink.of("phase.end").filter((event) => event.phase === "log")[0]?.exit).toBe("done");
  });

  test("I-09 reads that come with a commit are answered first, and the commit is asked again", async () => {
    const { requests, sink } = await playOn(
      planning((request) =>
        request.callId.endsWith(".0") ? `<|READ|>strategy.txt<|END|>${commitEast}` : "<|ACTION|>Wait<|END|>",
      ),
    );
    expect(lastMessage(requests[1] as never)).toContain("[READ strategy.txt]");
    expect(sink.of("op")[0]?.shown).toBe(true);
    expect(sink.of("action")[0]?.executed).toBe("Wait");
  });

  test("I-09 where the protocol does not answer first, the read is marked unread", async () => {
    const { sink } = await playOn(
      planning(() => `<|READ|>strategy.txt<|END|>${commitEast}`),
      { protocol: { answerReadsFirst: false } },
    );
    expect(sink.of("op")[0]?.shown).toBe(false);
    expect(sink.of("action")[0]?.executed).toBe("East");
  });

  test("I-10 a write is informed only when the result of the read was in its context", async () => {
    const look = "<|SEARCH|>strategy.txt|door<|END|>";
    const write = "<|APPEND|>strategy.txt|door?<|END|>";
    const together = await playOn(logging(() => `${look}${write}<|DONE|>`));
    const apart = await playOn(logging((request) => (request.callId.endsWith(".0") ? look : `${write}<|DONE|>`)));
    expect(together.sink.of("op").map((op) => op.informed)).toEqual([undefined, false]);
    expect(apart.sink.of("op").map((op) => op.informed)).toEqual([undefined, true]);
  });

  test("I-11 an action quoted in the reasoning does not commit; the last one does", async () => {
    const { sink } = await playOn(planning(() => `I could say <|ACTION|>West<|END|> but no.\n${commitEast}`));
    expect(sink.of("action")[0]?.executed).toBe("East");
  });

  test("I-12 a reply without op and action gets one corrective turn, then the fallback", async () => {
    const { requests, sink } = await playOn(planning(() => "I am thinking."));
    expect(requests.filter((request) => phaseOf(request) === "commit")).toHaveLength(2);
    expect(lastMessage(requests[1] as never)).toContain("held neither a command nor an action");
    expect(sink.of("action")[0]).toMatchObject({ executed: "Wait", source: "fallback", raw: null });
  });

  test("I-12 the corrective turn can be switched off, as published", async () => {
    const { requests } = await playOn(
      planning(() => "hm"),
      { protocol: { correctiveTurn: false, finalLog: false } },
    );
    expect(requests).toHaveLength(1);
  });

  test("I-13 a write in PLAN gets an explicit error and changes nothing", async () => {
    const { sink, files } = await playOn(
      planning((request) => (request.callId.endsWith(".0") ? "<|APPEND|>strategy.txt|x<|END|>" : commitEast)),
      {
        protocol: { finalLog: false },
      },
    );
    expect(sink.of("op")[0]?.status).toBe("denied");
    expect(sink.text(sink.of("op")[0]?.result ?? "")).toMatch(/error/i);
    expect(files["strategy.txt"]).toBe("");
  });

  test("I-26 the fallback is always a listed action, labelled as the host's own choice", async () => {
    const { sink } = await playOn(
      planning(() => "no idea"),
      { protocol: { fallback: { fixed: "search" } } },
    );
    expect(sink.of("action")[0]).toMatchObject({ executed: "Wait", source: "fallback", valid: false });
  });

  test("I-28 raw, canonical and executed action are recorded apart", async () => {
    const { sink } = await playOn(planning(() => "<|ACTION|>eAsT<|END|>"));
    expect(sink.of("action")[0]).toMatchObject({
      raw: "eAsT",
      canonical: "East",
      executed: "East",
      source: "repair",
      rule: "case",
    });
  });

  test("an unlisted action gets one corrective turn that names it", async () => {
    const { requests, sink } = await playOn(
      planning((request) => (request.callId.endsWith(".0") ? "<|ACTION|>Fly<|END|>" : commitEast)),
    );
    expect(lastMessage(requests[1] as never)).toContain('"Fly" is not in the list of actions');
    expect(sink.of("action")[0]).toMatchObject({ executed: "East", source: "model" });
  });

  test("I-31 a reply cut by the output limit is no complete op", async () => {
    const { sink } = await playOn(
      planning((request) =>
        request.callId.endsWith(".0") ? { text: "<|ACTION|>East", finish: "length" } : "<|ACTION|>West<|END|>",
      ),
      { protocol: { finalLog: false } },
    );
    expect(sink.of("call")[0]?.finish).toBe("length");
    expect(sink.of("op")[0]?.status).toBe("malformed");
    expect(sink.of("action")[0]?.executed).toBe("West");
  });
});

describe("what the model is told", () => {
  test("I-21 a wait is not scolded, a blocked move is", async () => {
    const waits = await playOn(
      planning(() => "<|ACTION|>Wait<|END|>"),
      { maxSteps: 4 },
    );
    const blocked = await playOn(
      planning(() => "<|ACTION|>West<|END|>"),
      { maxSteps: 4 },
    );
    expect(waits.sink.of("notice")).toEqual([]);
    expect(waits.sink.of("effect").every((effect) => !effect.stuck && effect.sameText)).toBe(true);
    expect(blocked.sink.of("notice").filter((notice) => notice.severity === "warn").length).toBeGreaterThan(0);
    expect(blocked.sink.of("effect").every((effect) => effect.stuck)).toBe(true);
  });

  test("I-21 harness notes never enter the observation", async () => {
    const { sink } = await playOn(
      planning(() => "<|ACTION|>Fly<|END|>"),
      { maxSteps: 3 },
    );
    const texts = sink.of("obs").map((obs) => sink.text(obs.longTerm));
    expect(new Set(texts)).toEqual(new Set(["A wall to your west."]));
  });

  test("I-22 the latest actions and their effects are a standard part; oscillation is counted", async () => {
    const turns = ["East", "West"];
    const { requests, sink } = await playOn(
      planning((request) => `<|ACTION|>${turns[Number(request.callId.split(".")[0]) % 2]}<|END|>`),
      { maxSteps: 6 },
    );
    expect(lastMessage(requests.at(-1) as never)).toContain("- step 0: East -> moved one cell");
    expect(sink.of("effect").map((effect) => effect.reversals)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sink.of("effect").map((effect) => effect.oscillating)).toEqual([false, false, false, true, true, true]);
  });

  test("I-23 goal and action list come from the environment, in both phases", async () => {
    const { requests } = await playOn(planning(() => commitEast));
    for (const request of requests) {
      expect(request.messages[0]?.content).toContain("Reach the door.");
      expect(request.messages[0]?.content).toContain(
        "- East: one cell east\n- West: one cell west\n- Wait: let time pass",
      );
    }
  });

  test("I-24 memory bundles promise no history", async () => {
    const { requests } = await playOn(planning(() => commitEast));
    for (const request of requests)
      expect(request.messages.map((message) => message.content).join("\n")).not.toMatch(/history/i);
  });

  test("I-33 prompts start with what never changes: two steps share everything up to the file index", async () => {
    const { requests } = await playOn(
      planning(() => "<|ACTION|>Wait<|END|>"),
      { maxSteps: 3, protocol: { finalLog: false } },
    );
    const plans = requests
      .filter((request) => phaseOf(request) === "commit")
      .map((request) => request.messages.map((message) => message.content).join("\n"));
    const [first = "", second = ""] = plans.slice(1);
    const shared = [...first].findIndex((character, index) => character !== second[index]);
    expect(shared).toBeGreaterThan(first.indexOf("Memory files:"));
  });

  test("I-43 the agent's step and the game's turn are both given", async () => {
    const { requests } = await playOn(
      planning(() => commitEast),
      { maxSteps: 2, protocol: { finalLog: false } },
    );
    expect(lastMessage(requests.at(-1) as never)).toContain("Step 1 of 2, game turn 1.");
  });
});

describe("records", () => {
  test("I-29 the outcome of the last action is logged after the end", async () => {
    const { sink, outcome, files } = await playOn(
      logging((request) => `<|APPEND|>actions_log.txt|logged at ${request.callId}<|END|><|DONE|>`),
      { maxSteps: 20 },
    );
    expect(outcome).toMatchObject({ status: "finished", end: { reason: "door", steps: 4, progression: 1 } });
    expect(files["actions_log.txt"]).toContain("logged at 4.log.0");
    expect(sink.of("obs")).toHaveLength(5);
  });

  test("I-32 every call has a sampling seed of its own, the same in every run", async () => {
    const seeds = async () =>
      (
        await playOn(
          planning(() => commitEast),
          { maxSteps: 3 },
        )
      ).requests.map((request) => request.sampling.seed);
    const first = await seeds();
    expect(new Set(first).size).toBe(first.length);
    expect(await seeds()).toEqual(first);
  });

  test("I-36 tokens, role and phase stand on every call", async () => {
    const { sink } = await playOn(
      planning(() => commitEast),
      { maxSteps: 2, gameplay: () => commitEast },
    );
    expect(sink.of("call").map((call) => [call.callId, call.role])).toContainEqual(["1.log.0", "memory"]);
    expect(sink.of("call").every((call) => call.tokens.prompt > 0)).toBe(true);
  });

  test("a frame, features and the effect of every step are in the trace", async () => {
    const { sink } = await playOn(
      planning(() => commitEast),
      { maxSteps: 3 },
    );
    expect(sink.of("obs").map((obs) => JSON.parse(sink.text(obs.features)))).toEqual([
      { at: 0 },
      { at: 1 },
      { at: 2 },
      { at: 3 },
    ]);
    expect(sink.of("effect").every((effect) => effect.changed)).toBe(true);
  });
});
