import { SetupError } from "@metamem/core";

/**
 * Refuses ports on which something listens. A health check would take that server for the one that was started, and whoever plays would ask
 * another model without a word.
 */
export function insistOnFreePorts(host: string, ports: readonly number[]): void {
  for (const port of ports) {
    try {
      Bun.listen({ hostname: host, port, socket: { data() {} } }).stop(true);
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE"))
        throw badAddress(host, port, cause);
      const advice = `look at what runs there with 'serve attach', or take another by --port (0: any free one)`;
      throw new SetupError("port_in_use", `port ${port} of ${host} is in use: ${advice}`, { cause });
    }
  }
}

function badAddress(host: string, port: number, cause: unknown): SetupError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SetupError("port", `cannot listen on port ${port} of ${host}: ${reason}; check --host and --port`, {
    cause,
  });
}
