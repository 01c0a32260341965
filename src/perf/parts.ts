/**
 * A pass's figures by server and by model, where there are several.
 *
 * @module
 */
import { perSecond, succeededOf } from "./figures.ts";
import type {
  AddressFigures,
  ErrorGroup,
  MixEntry,
  ModelFigures,
  PartFigures,
  ServerFigures,
} from "./types.ts";
import type { Window } from "./window.ts";

/** What parts are made of. */
export interface PartOptions {
  readonly percentiles: readonly number[];
  /** All that failed during the pass. */
  readonly errors: readonly ErrorGroup[];
}

function partOf(
  window: Window,
  which: "address" | "model",
  number: number,
  { percentiles, errors }: PartOptions,
): PartFigures {
  const kept = (which === "address" ? window.byAddress : window.byModel)[number];
  const requestCount = succeededOf(kept);
  return {
    requestCount,
    failedCount: errors.filter((group) => group[which] === number)
      .reduce((sum, { count }) => sum + count, 0),
    requestPerSecond: perSecond(requestCount, window.to - window.from),
    latency: kept?.figures(percentiles),
  };
}

/** The figures of every server; undefined when there is one alone. */
export function addressFigures(
  window: Window,
  addresses: readonly string[] | undefined,
  options: PartOptions,
): AddressFigures[] | undefined {
  return addresses?.map((address, i) => ({
    address,
    ...partOf(window, "address", i + 1, options),
  }));
}

/** The figures of every model of a mix. */
export function modelFigures(
  window: Window,
  mix: readonly MixEntry[] | undefined,
  servers: readonly (ServerFigures | undefined)[],
  options: PartOptions,
): ModelFigures[] | undefined {
  const total = mix?.reduce((sum, { share }) => sum + share, 0) ?? 0;
  return mix?.map(({ name, share, batchSize }, i) => {
    const part = partOf(window, "model", i + 1, options);
    return {
      name,
      share: share / total,
      requestShare: part.requestCount / Math.max(1, window.requestCount),
      inferPerSecond: part.requestPerSecond * batchSize,
      ...part,
      server: servers[i],
    };
  });
}
