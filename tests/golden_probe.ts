/**
 * The recorded gRPC probe: its sections, the requests that it sent, and a plain client to send them.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Client } from "@grpc/grpc-js";
import type { InferRequest, InferRequestHeader } from "../src/protocol/v1/generated/messages.js";

/** Sections of grpc_probe.txt by their titles: text, length and beginning of the bytes. */
export function probeSections(
  text: string,
): Map<string, { text: string; length: number; start: string }> {
  return new Map(
    text.split("===== ").slice(1).map((section) => {
      const title = section.slice(0, section.indexOf("\n"));
      const [, length, start = ""] = /serialized (\d+) bytes: ([0-9a-f]*)/.exec(section) ?? [];
      return [title, { text: section, length: Number(length), start }];
    }),
  );
}

const IO = ["INPUT0", "INPUT1"].map((name) => ({ name }));
const OUT = ["OUTPUT0", "OUTPUT1"].map((name) => ({ name }));
const COUNTING = new Uint8Array(Int32Array.from({ length: 16 }, (_, i) => i).buffer);
const ONES = new Uint8Array(new Int32Array(16).fill(1).buffer);

function twice(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes, ...bytes]);
}

/** A request to `simple`, changed where the caller says so. */
export function inferRequest(
  header: InferRequestHeader,
  rest: Partial<Omit<InferRequest, "metaData">> = {},
): InferRequest {
  return {
    modelName: "simple",
    modelVersion: -1n,
    metaData: { batchSize: 1, input: IO, output: OUT, ...header },
    rawInput: [COUNTING, ONES],
    ...rest,
  };
}

const SEQUENCE = {
  modelName: "simple_sequence",
  rawInput: [new Uint8Array(4)],
};
/** Bytes of a tensor of `identity_large`. */
export const LARGE = 4 * 1024 * 1024;

/** A request with a tensor of {@linkcode LARGE} bytes. */
export const LARGE_REQUEST = inferRequest(
  { input: [{ name: "INPUT0" }], output: [{ name: "OUTPUT0" }] },
  { modelName: "identity_large", rawInput: [new Uint8Array(LARGE)] },
);

/** The inference requests of the probe, by title, in order. */
export const INFER_PROBES: readonly (readonly [string, InferRequest])[] = [
  ["Infer simple", inferRequest({})],
  ["Infer simple id=99", inferRequest({ id: 99n })],
  [
    "Infer simple cls 2",
    inferRequest({ output: OUT.map(({ name }) => ({ name, cls: { count: 2 } })) }),
  ],
  [
    "Infer simple b2",
    inferRequest({ batchSize: 2 }, { rawInput: [twice(COUNTING), twice(ONES)] }),
  ],
  ["Infer version 0 (unset)", inferRequest({}, { modelVersion: undefined })],
  ["Infer version 1", inferRequest({}, { modelVersion: 1n })],
  ["Infer version 7", inferRequest({}, { modelVersion: 7n })],
  ["Infer unknown model", inferRequest({}, { modelName: "nosuch" })],
  ["Infer batch 9", inferRequest({ batchSize: 9 })],
  ["Infer batch 0", inferRequest({ batchSize: undefined })],
  ["Infer short raw", inferRequest({}, { rawInput: [COUNTING.subarray(0, 10), ONES] })],
  ["Infer one raw_input missing", inferRequest({}, { rawInput: [COUNTING] })],
  ["Infer extra raw_input", inferRequest({}, { rawInput: [COUNTING, ONES, ONES] })],
  ["Infer missing input", inferRequest({ input: [{ name: "INPUT0" }] }, { rawInput: [COUNTING] })],
  ["Infer unknown output", inferRequest({ output: [{ name: "OUTPUTX" }] })],
  [
    "Infer sequence without corr id",
    inferRequest({ input: [{ name: "INPUT" }], output: [{ name: "OUTPUT" }] }, SEQUENCE),
  ],
];

const SERVICE = "/nvidia.inferenceserver.GRPCService";
const toBuffer = (bytes: Uint8Array) => Buffer.from(bytes);
const toBytes = (buffer: Buffer) => new Uint8Array(buffer);

/** A unary call; only a gRPC status other than OK rejects. */
export function call(client: Client, method: string, message: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(`${SERVICE}/${method}`, toBuffer, toBytes, message, (error, reply) => {
      if (error) reject(error);
      else resolve(reply!);
    });
  });
}

/** All replies to a stream of requests, in order of arrival. */
export function stream(client: Client, messages: readonly Uint8Array[]): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const replies: Uint8Array[] = [];
    const duplex = client.makeBidiStreamRequest(`${SERVICE}/StreamInfer`, toBuffer, toBytes);
    duplex.on("data", (reply: Uint8Array) => replies.push(reply));
    duplex.on("error", reject);
    duplex.on("end", () => resolve(replies));
    for (const message of messages) duplex.write(message);
    duplex.end();
  });
}
