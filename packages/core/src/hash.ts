import { canonicalJson } from "./json.ts";

/** Lower-case hex SHA-256 (64 characters): the identity of everything content-addressed. */
export type Hash = string;

export function sha256(data: string | Uint8Array): Hash {
  return Bun.CryptoHasher.hash("sha256", data, "hex");
}

/** Hash of a JSON value, independent of key order. */
export function hashJson(value: unknown): Hash {
  return sha256(canonicalJson(value));
}
