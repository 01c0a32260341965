/**
 * Several models in one load, each with its share of the requests.
 *
 * @module
 */
import { type Encode, plainRequests, type RequestSource } from "./requests.ts";
import type { MixPlan } from "./plan.ts";

/**
 * Takes turns so that after any number of requests no model is a whole request away from its share.
 *
 * @param shares each more than 0
 * @returns gives the number of the next one, from 0
 */
export function shareOut(shares: readonly number[]): () => number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const credit = shares.map(() => 0);
  return () => {
    let best = 0;
    for (let i = 0; i < shares.length; i++) {
      credit[i]! += shares[i]!;
      if (credit[i]! > credit[best]!) best = i;
    }
    credit[best]! -= total;
    return best;
  };
}

/**
 * The requests of a mix; a slot's `model` says which model its request asks.
 *
 * @throws {InferenceError} INVALID_ARG when the first request of a model can't be encoded
 */
export function mixRequests(mix: readonly MixPlan[], encode: Encode): RequestSource {
  const sources = mix.map(({ plan }) => plainRequests(plan, encode));
  const next = shareOut(mix.map(({ share }) => share));
  return {
    next(slot) {
      const number = next();
      slot.model = number + 1;
      return sources[number]!.next(slot);
    },
    failed: (slot, answered) => sources[slot.model - 1]?.failed(slot, answered),
    closing: () => undefined,
  };
}
