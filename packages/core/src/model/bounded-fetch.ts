/** Thrown when a response body passes the bound. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
  constructor(readonly maxBytes: number) {
    super(`the response is larger than ${maxBytes} bytes`);
  }
}

export type BoundedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for model servers. It reads the whole body (decompressed) up to `maxBytes`, so that a body that breaks off fails here too;
 * it does not follow redirects, which would carry prompt and key to another address; and it switches off Bun's idle timer, which
 * would end a silent request after five minutes whatever the caller's own deadline (spec serving §7.1).
 */
export function boundedFetch(maxBytes: number): BoundedFetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: "manual", timeout: false });
    const body = saysItFits(response, maxBytes) ? await response.bytes() : await readBounded(response, maxBytes);
    const { status, statusText, headers } = response;
    return new Response(body.length === 0 ? null : body, { status, statusText, headers });
  };
}

/** Whether the body's length is told and small enough: then it cannot be longer, and reading it at once is much cheaper than in pieces. */
function saysItFits({ headers }: Response, maxBytes: number): boolean {
  const length = headers.get("content-length");
  return length !== null && Number(length) <= maxBytes && !headers.has("content-encoding");
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
