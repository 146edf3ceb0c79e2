/** Hooks of memory-v0: it counts actions in a row that should have changed something and did not, and says so, louder from the third on. */

interface Effect {
  readonly changed: boolean;
  readonly intended: boolean;
}

interface State {
  readonly stuck: number;
  readonly action: string;
}

interface ReduceInput {
  readonly state: State | null;
  readonly event: { readonly action: string; readonly effect: Effect } | null;
}

export function reduce({ state, event }: ReduceInput): State {
  if (event === null) return { stuck: 0, action: "" };
  const { action, effect } = event;
  return { stuck: effect.intended && !effect.changed ? (state?.stuck ?? 0) + 1 : 0, action };
}

export function notices({ state }: { readonly state: State | null }) {
  if (state === null || state.stuck === 0) return [];
  const again = state.stuck >= 3;
  const text = again
    ? `Warning: ${state.stuck} actions in a row changed nothing, the last one was ${state.action}. You are stuck: do something different.`
    : `Note: your last action, ${state.action}, changed nothing. Do not simply repeat it.`;
  return [{ id: again ? "stuck" : "unchanged", severity: again ? "warn" : "info", placement: "section", text }];
}
