/**
 * Headers of a single call beside those of every one.
 *
 * @module
 */
import type { Header } from "../transport/types.ts";

/** Names that belong to the protocols; a call can't replace them. */
const OWN = /^(?:nv-|inference-|content-|host$|transfer-encoding$)/;

/** The headers with those of a call; of the same name the call's count. */
export function mergeHeaders(
  headers: readonly Header[],
  ofCall: readonly Header[] | undefined,
): readonly Header[] {
  if (ofCall === undefined || ofCall.length === 0) return headers;
  const given = ofCall.filter(([name]) => !OWN.test(name.toLowerCase()));
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...given];
}
