import { describe, expect, test } from "vitest";
import { phaseOf, playOn } from "./stage.ts";

const act = () => "<|ACTION|>East<|END|>";

describe("two-model play: the memory role consults, the gameplay role commits", () => {
  test("consultation ends with HANDOFF and its results reach the gameplay model", async () => {
    const { requests, sink } = await playOn(
      (request) => (request.callId.endsWith("0.consult.0") ? "<|READ|>strategy.txt<|END|>" : "<|HANDOFF|>"),
      {
        gameplay: act,
        protocol: { finalLog: false },
      },
    );
    expect(requests.map((request) => request.callId)).toEqual(["0.consult.0", "0.consult.1", "0.commit.0"]);
    expect(requests[2]?.messages.map((message) => message.content).join("\n")).toContain("[READ strategy.txt]");
    expect(sink.of("phase.end").map((event) => [event.phase, event.exit])).toEqual([
      ["consult", "handoff"],
      ["commit", "commit"],
    ]);
  });

  test("the consult phase offers HANDOFF and no ACTION, the commit phase the reverse", async () => {
    const { requests } = await playOn(() => "<|HANDOFF|>", { gameplay: act, protocol: { finalLog: false } });
    expect(requests[0]?.messages.at(-1)?.content).toContain("<|HANDOFF|>");
    expect(requests[0]?.messages.at(-1)?.content).not.toContain("<|ACTION|>action<|END|>");
    expect(requests[1]?.messages.at(-1)?.content).toContain("<|ACTION|>action<|END|>");
  });

  test("I-38 a specialist's action is removed before the hand-off, and the edit is recorded", async () => {
    const { requests, sink } = await playOn(() => "West looks best. <|ACTION|>West<|END|>", {
      gameplay: act,
      protocol: { finalLog: false },
    });
    expect(requests[1]?.messages.map((message) => message.content).join("\n")).not.toContain("West<|END|>");
    expect(sink.of("conv.edit").map((edit) => [sink.text(edit.blob), edit.reason])).toEqual([
      ["West looks best.", "action removed before hand-off"],
    ]);
    // The reply itself stays in the trace as it was given.
    expect(sink.text(sink.of("call")[0]?.reply ?? "")).toContain("<|ACTION|>West<|END|>");
    expect(sink.of("action")[0]?.executed).toBe("East");
  });

  test("LOG never reaches the gameplay model", async () => {
    const { sink } = await playOn((request) => (phaseOf(request) === "log" ? "<|DONE|>" : "<|HANDOFF|>"), {
      gameplay: act,
      maxSteps: 3,
    });
    for (const call of sink.of("call")) expect(call.role).toBe(call.phase === "commit" ? "gameplay" : "memory");
  });

  test("a consultation that never ends hands off at its call limit", async () => {
    const { sink } = await playOn(() => "<|LIST|><|END|>", {
      gameplay: act,
      protocol: { planCalls: 3, finalLog: false },
    });
    expect(sink.of("phase.end")[0]).toMatchObject({ phase: "consult", exit: "limit", calls: 3 });
    expect(sink.of("action")[0]?.executed).toBe("East");
  });

  test("the control plays the two-model protocol with one model in both roles", async () => {
    const player = (request: { callId: string }) =>
      request.callId.includes("consult") ? "<|HANDOFF|>" : "<|ACTION|>East<|END|>";
    const { sink } = await playOn(player, { protocol: { handoff: "always", finalLog: false } });
    expect(sink.of("call").map((call) => call.phase)).toEqual(["consult", "commit"]);
  });
});
