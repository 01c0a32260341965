/**
 * Whether answers say what they should.
 *
 * @module
 */
import { isTruth } from "../../base/class_truth.ts";
import type { InferenceError } from "../../base/errors.ts";
import type { Protocol, Reply } from "../../protocol/types.ts";
import { expectedCheck } from "./expected_check.ts";
import { type LoadPlan, planRequest } from "./plan.ts";
import type { Slot } from "./slot.ts";

/** Counts the right entries of a good answer in its slot; the error of one that can't be read. */
export type CheckAnswer = (slot: Slot, reply: Reply) => InferenceError | undefined;

/** The check that a plan asks for, if it does. It comes after an answer's last byte, outside its latency. */
export function answerCheck(
  plan: LoadPlan,
  protocol: Pick<Protocol, "decode">,
): CheckAnswer | undefined {
  const { truth } = plan;
  if (truth === undefined) return plan.expected && expectedCheck(plan, protocol);
  // All answers have the same form.
  const request = planRequest(plan, plan.streams[0]![0]!, {});
  return (slot, reply) => {
    slot.checked = 0;
    slot.right = 0;
    const { error, outputs } = protocol.decode(reply, request);
    if (error !== undefined) return error;
    const classes = outputs[0]?.classes ?? [];
    for (const [entry, wanted] of truth.byStep[slot.step]!.entries()) {
      if (wanted === undefined) continue;
      slot.checked++;
      const best = classes[entry]?.[0];
      if (best === undefined) continue;
      const label = truth.labels?.[best.index] ?? best.label;
      if (isTruth(wanted, { ...best, label })) slot.right++;
    }
    return undefined;
  };
}
