/**
 * Where a slot's next request comes from. Requests are encoded once and sent again.
 *
 * @module
 */
import type { InferRequest, WireRequest } from "../../protocol/types.ts";
import { type LoadPlan, planRequest } from "./plan.ts";
import type { Slot } from "./slot.ts";

/** Makes the requests of a load loop. */
export interface RequestSource {
  /** The slot's next request; sets the slot's `id` and `endsSequence`. */
  next(slot: Slot): WireRequest;
  /** The slot's request failed; `answered` = the server said so, no late reply can come. */
  failed(slot: Slot, answered: boolean): void;
  /** A last request that leaves nothing open at the server, if one is needed. */
  closing(slot: Slot): WireRequest | undefined;
}

/** The protocol's encoder. */
export type Encode = (request: InferRequest) => WireRequest;

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

/**
 * Requests that don't depend on one another: all steps of the data in turn.
 *
 * @throws {InferenceError} INVALID_ARG when the first one can't be encoded
 */
export function plainRequests(plan: LoadPlan, encode: Encode): RequestSource {
  const steps = plan.streams.flat();
  let cursor = 0;
  const nextStep = () => {
    const step = cursor;
    cursor = cursor + 1 === steps.length ? 0 : cursor + 1;
    return step;
  };
  const first = encode(planRequest(plan, steps[0], {}));
  if (plan.streamLimit === 0) {
    const wires: WireRequest[] = [first];
    return {
      next: () => {
        const step = nextStep();
        return wires[step] ??= encode(planRequest(plan, steps[step], {}));
      },
      failed() {},
      closing: () => undefined,
    };
  }
  const ids = new SlotIds();
  const wires: WireRequest[][] = [];
  return {
    next(slot) {
      const own = wires[slot.index] ??= [];
      const step = nextStep();
      const id = ids.of(slot);
      slot.id = String(id);
      return own[step] ??= encode(planRequest(plan, steps[step], { id }));
    },
    failed(slot, answered) {
      if (answered) return;
      ids.renew(slot);
      wires[slot.index] = [];
    },
    closing: () => undefined,
  };
}
