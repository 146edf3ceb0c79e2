import { MetamemError, type ModelRole } from "@metamem/core";
import type { OperationConfig, Price } from "./config.ts";

/** What one answered call used. */
export interface CallUse {
  readonly role: ModelRole;
  readonly prompt: number;
  /** Of `prompt`; null when the server does not say. */
  readonly cached: number | null;
  readonly output: number;
}

export interface RoleUse {
  calls: number;
  prompt: number;
  cached: number;
  output: number;
}

const empty = (): RoleUse => ({ calls: 0, prompt: 0, cached: 0, output: 0 });

/**
 * The one place where a run's calls, tokens and money are counted, those of earlier sessions included. It is asked before each call: what is
 * spent can pass a bound only by the calls that were under way when it was reached.
 */
export class Budget {
  readonly used = { memory: empty(), gameplay: empty() };
  private readonly bounds: OperationConfig["budget"];
  private readonly prices: OperationConfig["prices"];

  constructor({ budget, prices }: Pick<OperationConfig, "budget" | "prices">) {
    this.bounds = budget;
    this.prices = prices;
  }

  add({ role, prompt, cached, output }: CallUse): void {
    const used = this.used[role];
    used.calls += 1;
    used.prompt += prompt;
    used.cached += cached ?? 0;
    used.output += output;
  }

  /** Calls of episodes played before. */
  addRole(role: ModelRole, use: Readonly<RoleUse>): void {
    const used = this.used[role];
    for (const key of ["calls", "prompt", "cached", "output"] as const) used[key] += use[key];
  }

  get calls(): number {
    return this.used.memory.calls + this.used.gameplay.calls;
  }

  get tokens(): number {
    const { memory, gameplay } = this.used;
    return memory.prompt + memory.output + gameplay.prompt + gameplay.output;
  }

  /** USD; null when a role that was asked has no price. */
  get cost(): number | null {
    let total = 0;
    for (const role of ["memory", "gameplay"] as const) {
      const price = this.prices[role];
      if (price !== null) total += costOf(this.used[role], price);
      else if (this.used[role].calls > 0) return null;
    }
    return total;
  }

  /** Why no further call may begin; null while there is something left. */
  exhausted(): MetamemError | null {
    const { cost, tokens } = this.bounds;
    if (tokens !== null && this.tokens >= tokens) return spent(`the budget of ${tokens} tokens is used up`, "tokens");
    const now = this.cost;
    if (cost !== null && now !== null && now >= cost) return spent(`the budget of $${cost} is used up`, "cost");
    return null;
  }
}

export function costOf(use: Readonly<RoleUse>, { input, output, cached = input }: Price): number {
  return ((use.prompt - use.cached) * input + use.cached * cached + use.output * output) / 1e6;
}

function spent(what: string, key: string): MetamemError {
  return new MetamemError("interrupt", `interrupt.budget_${key}`, `${what}; continue with a larger one by --resume`);
}
