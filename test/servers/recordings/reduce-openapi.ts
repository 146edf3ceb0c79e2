/**
 * `bun reduce-openapi.ts <url> <out.json>`: asks a running vLLM for its /openapi.json and keeps the shapes of the requests that this system
 * sends: types, bounds and required fields of their properties, no prose. Messages are kept as far as we send them.
 */
const endpoints = {
  chat: "ChatCompletionRequest",
  load_lora_adapter: "LoadLoRAAdapterRequest",
  unload_lora_adapter: "UnloadLoRAAdapterRequest",
  tokenize: "TokenizeChatRequest",
} as const;

const kept = new Set([
  "type",
  "anyOf",
  "items",
  "required",
  "properties",
  "maxItems",
  "minItems",
  "minimum",
  "maximum",
]);

type Shape = Record<string, unknown>;

/** Shapes referred to elsewhere become "anything": only messages are, and those are described by hand below. */
function reduced(shape: Shape): Shape {
  if ("$ref" in shape) return {};
  const entries = Object.entries(shape).filter(([name]) => kept.has(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (name === "properties") {
        const properties = Object.entries(value as Record<string, Shape>);
        return [name, Object.fromEntries(properties.map(([property, inner]) => [property, reduced(inner)]))];
      }
      if (name === "anyOf") return [name, (value as Shape[]).map(reduced)];
      if (name === "items") return [name, reduced(value as Shape)];
      // Bounds beyond what a number can hold exactly.
      if ((name === "minimum" || name === "maximum") && Math.abs(value as number) > Number.MAX_SAFE_INTEGER) {
        return [name, Math.sign(value as number) * Number.MAX_SAFE_INTEGER];
      }
      return [name, value];
    }),
  );
}

const [url, out] = process.argv.slice(2);
if (url === undefined || out === undefined) throw new Error("usage: reduce-openapi.ts <url> <out.json>");
const page = (await (await fetch(`${url}/openapi.json`)).json()) as { components: { schemas: Record<string, Shape> } };
const { version } = (await (await fetch(`${url}/version`)).json()) as { version: string };
const shapes = Object.fromEntries(
  Object.entries(endpoints).map(([name, schema]) => [name, reduced(page.components.schemas[schema] ?? {})]),
);
await Bun.write(out, `${JSON.stringify({ server: `vllm ${version}`, shapes }, null, 1)}\n`);
