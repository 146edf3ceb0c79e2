/**
 * How servers say no: status, body and what it means to the driver. The vLLM bodies have the form of 0.32 as it was run for this; TGI's
 * follow spec serving §2, where the error is a string beside an `error_type`.
 */
export interface ErrorShape {
  readonly name: string;
  readonly preset: "vllm" | "tgi" | "compatible" | "openai";
  readonly status: number;
  readonly body: unknown;
  readonly code: string;
  /** How many requests a call sends before it gives up. */
  readonly attempts: number;
}

function vllm(status: number, type: string, message: string, param: string | null = null): unknown {
  return { error: { message, type, param, code: status } };
}

function tgi(type: string, error: string): unknown {
  return { error, error_type: type };
}

const tooLong =
  "This model's maximum context length is 100 tokens. However, your prompt contains at least 101 input tokens.";

export const errorShapes: readonly ErrorShape[] = [
  ...shapes("vllm", [
    ["validation", 400, vllm(400, "Bad Request", "1 validation error: 'list_type', 'body.messages'"), "bad_request", 1],
    ["prompt too long", 400, vllm(400, "BadRequestError", tooLong, "input_tokens"), "context_overflow", 1],
    [
      "output limit beyond the context",
      400,
      vllm(400, "BadRequestError", "max_tokens=9000 cannot be greater than max_model_len=4096.", "max_tokens"),
      "context_overflow",
      1,
    ],
    ["wrong key", 401, { error: "Unauthorized" }, "unauthorized", 1],
    ["unknown model", 404, vllm(404, "NotFoundError", "The model `x` does not exist.", "model"), "not_found", 1],
    ["unprocessable", 422, vllm(422, "UnprocessableEntityError", "cannot"), "bad_request", 1],
    ["the engine broke", 500, vllm(500, "InternalServerError", "EngineCore encountered an issue."), "server_error", 3],
    ["not implemented", 501, vllm(501, "NotImplementedError", "not supported"), "not_supported", 1],
    ["queue full", 503, vllm(503, "ServiceUnavailableError", "too many requests"), "overloaded", 41],
    ["a proxy's time-out", 504, "upstream timed out", "server_error", 3],
    ["a proxy's rate limit", 429, "slow down", "overloaded", 41],
  ]),
  ...shapes("tgi", [
    [
      "prompt and output too long",
      422,
      tgi(
        "validation",
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 100. Given: 90 `inputs`",
      ),
      "context_overflow",
      1,
    ],
    [
      "prompt too long",
      422,
      tgi("validation", "Input validation error: `inputs` must have less than 90 tokens. Given: 95"),
      "context_overflow",
      1,
    ],
    [
      "bad parameter",
      422,
      tgi("validation", "Input validation error: `temperature` must be positive"),
      "bad_request",
      1,
    ],
    ["template", 422, tgi("template_error", "Template error: syntax"), "bad_request", 1],
    ["variable missing", 422, tgi("missing_template_variable", "Missing template variable: x"), "bad_request", 1],
    ["tools", 422, tgi("tool_error", "Tool error: none"), "bad_request", 1],
    ["a shard failed", 424, tgi("generation", "Request failed during generation: CUDA"), "server_error", 3],
    ["overloaded", 429, tgi("overloaded", "Model is overloaded"), "overloaded", 41],
    ["incomplete", 500, tgi("incomplete_generation", "Incomplete generation"), "server_error", 3],
    ["incomplete stream", 500, tgi("incomplete_generation_stream", "Incomplete generation stream"), "server_error", 3],
    ["unhealthy", 503, tgi("healthcheck", "unhealthy"), "overloaded", 41],
  ]),
  ...shapes("openai", [
    [
      "no credit",
      429,
      { error: { message: "You exceeded your quota.", type: "insufficient_quota", code: "insufficient_quota" } },
      "quota",
      1,
    ],
    ["prompt too long", 400, { error: { message: tooLong, code: "context_length_exceeded" } }, "context_overflow", 1],
  ]),
  ...shapes("compatible", [
    // Ollama and SGLang tell a full queue by 503, Anthropic-like gateways by 529.
    ["overloaded", 529, { error: { message: "Overloaded" } }, "overloaded", 41],
    [
      "llama.cpp: prompt too long",
      400,
      {
        error: {
          code: 400,
          message: "the request exceeds the available context size",
          type: "exceed_context_size_error",
        },
      },
      "context_overflow",
      1,
    ],
    ["an error with status 200", 200, { error: { message: "queue is full", code: 503 } }, "stopped", 6],
    ["a text error with status 200", 200, { error: "shutting down" }, "stopped", 6],
  ]),
];

type Row = readonly [name: string, status: number, body: unknown, code: string, attempts: number];

function shapes(preset: ErrorShape["preset"], rows: readonly Row[]): ErrorShape[] {
  return rows.map(([name, status, body, code, attempts]) => {
    return { name: `${preset}: ${name}`, preset, status, body, code: `model.${code}`, attempts };
  });
}
