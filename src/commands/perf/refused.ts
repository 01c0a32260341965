/**
 * perf_analyzer's flags that can't apply here: known by name, so that the answer is the reason and
 * not that the flag is unknown.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Flag } from "../../cli/flag.ts";

/** What becomes of an option that can't apply. */
export interface Refusal {
  /** Why it can't apply. */
  readonly why: string;
  /** The one value that asks for nothing; the flag takes no value when left out. */
  readonly accepts?: string;
}

const IN_PROCESS = "the server is only reached over the network";

const value = (why: string, accepts = ""): Refusal => ({ why, accepts });
const plain = (why: string): Refusal => ({ why });

/** By the name of the option. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  // Before the options that belong to the other kinds.
  "service-kind": value(
    "only servers of Triton's protocols are measured: openai has AIPerf, tfserving and torchserve " +
      "have load generators for plain HTTP such as oha or vegeta, dynamic_grpc has ghz, and " +
      "triton_c_api needs perf_analyzer itself",
    "triton",
  ),
  "grpc-method": value(
    "it belongs to the service kind dynamic_grpc; Triton's models are called with ModelInfer or " +
      "ModelStreamInfer",
  ),
  "session-concurrency": value("sessions belong to chat models; use -t or --concurrency-range"),
  "fixed-schedule": plain("give the schedule itself with --schedule FILE"),
  "model-signature-name": value(
    "it belongs to TensorFlow Serving, whose own API is not spoken here; Triton's model has one " +
      "signature",
  ),
  "version": plain("trtis --version prints it"),
  "endpoint": value("it belongs to services other than Triton"),
  "model-repository": value(IN_PROCESS),
  "triton-server-directory": value(IN_PROCESS),
  "enable-mpi": plain(
    "under mpirun give --shard auto, and put the JSON files together with trtis merge",
  ),
};

function flagOf(long: string, { why, accepts }: Refusal): Flag {
  return accepts === undefined
    ? { kind: "boolean", long, hidden: true, help: why }
    : { kind: "string", long, hidden: true, value: "VALUE", help: why };
}

const key = (long: string) => `refused ${long}`;

/** To be spread into the command's table; their options have no names of their own. */
export const refusedFlags = Object.fromEntries(
  Object.entries(REFUSALS).map(([long, refusal]) => [key(long), flagOf(long, refusal)]),
) as unknown as Record<never, Flag>;

/**
 * Refuses what was given of them.
 *
 * @param options the command's options
 * @throws {InferenceError} USAGE with the flag and the reason
 */
export function checkRefused(options: object): void {
  const given = new Map<string, unknown>(Object.entries(options));
  for (const [long, { why, accepts }] of Object.entries(REFUSALS)) {
    const option = given.get(key(long));
    if (option === undefined || option === false) continue;
    const text = option === true ? "" : ` ${option}`;
    if (accepts && text.trim().toLowerCase() === accepts.toLowerCase()) continue;
    throw new InferenceError("USAGE", `Cannot use --${long}${text}: ${why}`);
  }
}
