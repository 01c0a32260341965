/**
 * Where a slot's next request comes from. Requests are encoded once and sent again.
 *
 * @module
 */
import type { EncodedRequest, InferRequest } from "../../protocol/types.ts";
import { createRandom } from "../random.ts";
import { type LoadPlan, planRequest } from "./plan.ts";
import type { Sampling } from "./sending.ts";
import type { Slot } from "./slot.ts";

/** Makes the requests of a load loop. */
export interface RequestSource {
  /** The slot's next request; sets the slot's `id` and `endsSequence`. */
  next(slot: Slot): EncodedRequest;
  /** The slot's request failed; `answered` = the server said so, no late reply can come. */
  failed(slot: Slot, answered: boolean): void;
  /** A last request that leaves nothing open at the server, if one is needed. */
  closing(slot: Slot): EncodedRequest | undefined;
}

/** The protocol's encoder. */
export type Encode = (request: InferRequest) => EncodedRequest;

/** Ids of a slot's requests: one for all of them, until a late reply could be taken for the next one. */
export class SlotIds {
  readonly #renewed: number[] = [];

  /** From 1 on; 0 means no id in v1. */
  of(slot: Slot): bigint {
    return BigInt(slot.index + 1) + (BigInt(this.#renewed[slot.index] ?? 0) << 24n);
  }

  renew(slot: Slot): void {
    this.#renewed[slot.index] = (this.#renewed[slot.index] ?? 0) + 1;
  }
}

type MakeWire = (step: number, slot: number, id?: bigint) => EncodedRequest;

/** Encoded requests that are sent again, as many as may be kept. */
class WireCache {
  readonly #make: MakeWire;
  readonly #limit: number;
  #bytes = 0;

  constructor(make: MakeWire, limit = Infinity) {
    this.#make = make;
    this.#limit = limit;
  }

  /** A step's request, from `kept` or for it. */
  get(kept: EncodedRequest[], step: number, slot: number, id?: bigint): EncodedRequest {
    const known = kept[step];
    if (known !== undefined) return known;
    const wire = this.#make(step, slot, id);
    if (this.#bytes + wire.byteLength <= this.#limit) {
      this.#bytes += wire.byteLength;
      kept[step] = wire;
    }
    return wire;
  }

  /** Those of `kept` are no longer needed. */
  drop(kept: readonly EncodedRequest[] = []): void {
    for (const wire of kept) this.#bytes -= wire?.byteLength ?? 0;
  }
}

/** Picks the next step by the one that would be next in turn; undefined = they come in turn. */
function chooser(
  sampling: Sampling | undefined,
  steps: number,
): ((inTurn: number) => number) | undefined {
  if (sampling === undefined) return undefined;
  const { unit } = createRandom(sampling.seed);
  let left = 0;
  return (inTurn) => {
    if (left > 0) {
      left--;
      return inTurn;
    }
    left = sampling.run - 1;
    return Math.floor(unit() * steps);
  };
}

/**
 * Requests that don't depend on one another: all steps of the data in turn.
 *
 * @throws {InferenceError} INVALID_ARG when the first one can't be encoded
 */
export function plainRequests(plan: LoadPlan, encode: Encode): RequestSource {
  const steps = plan.streams.flat();
  const expected = plan.expected?.flat();
  let cursor = 0;
  const choose = chooser(plan.sampling, steps.length);
  const nextStep = (slot: Slot) => {
    if (slot.asked >= 0) cursor = slot.asked;
    else if (choose !== undefined) cursor = choose(cursor);
    slot.step = cursor;
    slot.expected = expected?.[cursor];
    cursor = cursor + 1 === steps.length ? 0 : cursor + 1;
    return slot.step;
  };
  const cache = new WireCache(
    (step, slot, id) => encode(planRequest(plan, steps[step]!, { id, slot })),
    plan.encodedLimit,
  );
  const wires: EncodedRequest[] = [];
  cache.get(wires, 0, 0);
  const isStream = plan.streamLimit > 0;
  if (!isStream && plan.sharedOutputs === undefined) {
    return {
      next: (slot) => cache.get(wires, nextStep(slot), 0),
      failed() {},
      closing: () => undefined,
    };
  }
  cache.drop(wires);
  const ids = new SlotIds();
  const wiresBySlot: EncodedRequest[][] = [];
  return {
    next(slot) {
      const id = isStream ? ids.of(slot) : undefined;
      slot.id = id === undefined ? "" : String(id);
      return cache.get(wiresBySlot[slot.index] ??= [], nextStep(slot), slot.index, id);
    },
    failed(slot, answered) {
      if (answered || !isStream) return;
      ids.renew(slot);
      cache.drop(wiresBySlot[slot.index]);
      wiresBySlot[slot.index] = [];
    },
    closing: () => undefined,
  };
}
