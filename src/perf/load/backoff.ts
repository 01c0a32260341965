/**
 * How long a slot waits after failures.
 *
 * @module
 */

/**
 * Waits after transport failures, and while the server refuses everything: one that is down, or a proxy
 * without a server, isn't asked by the million.
 */
const FIRST_BACKOFF_MS = 1;
const MAX_BACKOFF_MS = 100;
/** So many refusals without a success in between are no coincidence. */
export const REFUSES_ALL = 100;

/** The wait after so many failures in a row, in milliseconds. */
export function backoffMs(failures: number): number {
  return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures - 1, 10));
}
