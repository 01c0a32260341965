/**
 * Connects to several servers before a load.
 *
 * @module
 */
import { describeError, InferenceError } from "../../base/errors.ts";
import { connectProtocol, type ProtocolDescription } from "../../client/connect.ts";
import type { Protocol } from "../../protocol/types.ts";

/** The servers, in the order of their addresses. */
export interface OpenFleet {
  readonly protocols: readonly Protocol[];
  /** One that answered. */
  readonly first: Protocol;
  close(): void;
}

/** A server that says nothing for so long counts as away. */
const LIVE_LIMIT_MS = 10_000;

/**
 * Asks every server whether it is there. Whoever isn't is told and left to the load, which asks it again
 * and again.
 *
 * @param warn gets a line for each server that can't be reached
 * @throws {InferenceError} the first one's reason when none can be reached, or when a reason is no such
 */
export async function openFleet(
  description: ProtocolDescription,
  urls: readonly string[],
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (text: string) => void },
): Promise<OpenFleet> {
  const found = await Promise.all(urls.map(async (url) => {
    let protocol: Protocol | undefined;
    try {
      protocol = await connectProtocol({ ...description, url }, { signal });
      await protocol.live({ signal, timeoutMs: description.connectTimeoutMs ?? LIVE_LIMIT_MS });
      return protocol;
    } catch (error) {
      // Whoever refuses the question is there.
      if (protocol !== undefined && (error as InferenceError).answered) return protocol;
      protocol?.close();
      return error;
    }
  }));
  const isProtocol = (one: unknown): one is Protocol => !(one instanceof Error);
  const first = found.find(isProtocol);
  const close = (all: readonly unknown[]) => all.filter(isProtocol).forEach((one) => one.close());
  const fatal = found.find((one) => one instanceof InferenceError && !one.retryable) ??
    (first === undefined ? found[0] : undefined);
  if (fatal !== undefined || first === undefined) {
    close(found);
    throw fatal;
  }
  const protocols: Protocol[] = [];
  for (const [i, one] of found.entries()) {
    if (isProtocol(one)) {
      protocols.push(one);
      continue;
    }
    warn(`${urls[i]} is left out until it answers: ${describeError(one)}`);
    protocols.push(await connectProtocol({ ...description, url: urls[i]!, api: first.api }));
  }
  return { protocols, first, close: () => close(protocols) };
}
