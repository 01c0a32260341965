/**
 * `trtis simple_sequence_client`: two sequences of a stateful model, one over a stream.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { InferModel } from "../client/model.ts";
import type { InferOptions } from "../client/request.ts";
import type { InferResult } from "../client/result.ts";
import type { InferStream } from "../client/stream.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { openClient, requestTimeoutMs, wireOf } from "./shared/connection.ts";
import { openModel } from "./shared/open_model.ts";

const VALUES: readonly number[] = [11, 7, 5, 3, 2, 0, 1];
/** Zero would mean "no sequence". */
const CORRELATION_IDS = [1n, 2n] as const;

/** The command. */
export const command = defineCommand({
  name: "simple_sequence_client",
  summary: "run two sequences of the model simple_sequence, one over a gRPC stream",
  group: "examples",
  examples: [
    { text: "Against the embedded server", command: "trtis simple_sequence_client" },
    { text: "Without waiting for each answer", command: "trtis simple_sequence_client -a" },
  ],
  flags: {
    async: {
      kind: "boolean",
      long: "async",
      short: "a",
      help: "send all requests of a sequence without waiting for answers",
    },
    reverse: {
      kind: "boolean",
      long: "reverse",
      short: "r",
      help: "stream the second sequence instead of the first",
    },
    ...serverFlags,
    protocol: { ...serverFlags.protocol, defaultHelp: "grpc" },
  },
  notes: [
    "The model adds up what it gets: one sequence counts up from 0, the other down from 100.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    if (wireOf(options, "grpc") !== "grpc") {
      throw new InferenceError("USAGE", "Streaming is only allowed with gRPC protocol");
    }
    await using client = await openClient(options, signal, "grpc");
    const model = await openModel(client, "simple_sequence", undefined, signal);
    const limits = { signal, timeoutMs: requestTimeoutMs(options) };
    const stream = model.stream({ signal });
    let sums: readonly [number[], number[]];
    try {
      const senders = options.reverse ? [model, stream] as const : [stream, model] as const;
      const both = [
        sequenceRequests(CORRELATION_IDS[0], 0, VALUES, limits),
        sequenceRequests(CORRELATION_IDS[1], 100, VALUES.map((value) => -value), limits),
      ] as const;
      sums = options.async
        ? await Promise.all([
          runAsync(senders[0], both[0]),
          runAsync(senders[1], both[1]),
        ])
        : await runAlternately(senders, both);
    } catch (error) {
      stream.cancel();
      throw error;
    } finally {
      await stream.close();
    }
    const names = ["streaming", "non-streaming"];
    terminal.out((options.reverse ? names.reverse() : names).join(" : ") + "\n");
    return report(sums, (text) => terminal.out(text));
  },
});

type Sender = InferModel | InferStream;

function sequenceRequests(
  id: bigint,
  first: number,
  values: readonly number[],
  limits: Pick<InferOptions, "signal" | "timeoutMs">,
): InferOptions[] {
  return [first, ...values].map((value, i) => ({
    inputs: { INPUT: Int32Array.of(value) },
    sequence: { id, start: i === 0, end: i === values.length },
    ...limits,
  }));
}

async function runAlternately(
  [first, second]: readonly [Sender, Sender],
  [requests0, requests1]: readonly [InferOptions[], InferOptions[]],
): Promise<readonly [number[], number[]]> {
  const sums: [number[], number[]] = [[], []];
  for (let i = 0; i < requests0.length; i++) {
    sums[0].push(sum(await first.infer(requests0[i]!)));
    sums[1].push(sum(await second.infer(requests1[i]!)));
  }
  return sums;
}

/** A stream keeps the order by itself; over unary calls only waiting for the answer does. */
async function runAsync(sender: Sender, requests: readonly InferOptions[]): Promise<number[]> {
  if (!("inferMany" in sender)) {
    const sums: number[] = [];
    for (const request of requests) sums.push(sum(await sender.infer(request)));
    return sums;
  }
  const results = await Promise.all(requests.map((request) => sender.infer(request)));
  return results.map(sum);
}

function sum(result: InferResult): number {
  return Number(result.output("OUTPUT").data[0]);
}

function report(
  [sums0, sums1]: readonly [number[], number[]],
  out: (text: string) => void,
): number {
  let expected0 = 0;
  let expected1 = 100;
  for (let i = 0; i < sums0.length; i++) {
    out(`[${i}] ${sums0[i]} : ${sums1[i]}\n`);
    if (sums0[i] !== expected0 || sums1[i] !== expected1) {
      out(`[ expected ] ${expected0} : ${expected1}\n`);
      return EXIT.failed;
    }
    expected0 += VALUES[i] ?? 0;
    expected1 -= VALUES[i] ?? 0;
  }
  return EXIT.ok;
}
