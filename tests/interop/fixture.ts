/**
 * What the interop tests share: the servers that scripts/interop.ts started, our protocols to them,
 * and the answers of the Python client.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parseAddress } from "../../src/base/address.ts";
import type {
  InferInput,
  InferOutputRequest,
  InferRequest,
  InferResponse,
  Protocol,
  ProtocolOptions,
  Reply,
  StreamHandlers,
  Wire,
} from "../../src/protocol/types.ts";
import { createV2Grpc } from "../../src/protocol/v2/grpc.ts";
import { createV2Http, type V2HttpOptions } from "../../src/protocol/v2/http.ts";
import type { DataType } from "../../src/tensor/data_type.ts";
import { type TensorValues, toBytes } from "../../src/tensor/typed_array.ts";
import { createGrpcJsChannel } from "../../src/transport/grpc_js/channel.ts";
import { createNativeChannel } from "../../src/transport/grpc/client/channel.ts";
import { createHttp1Transport } from "../../src/transport/http1/client/transport.ts";
import { type Environment, prepareVision, type VisionEnvironment } from "./server/environment.ts";

/** Addresses of a server. */
export interface Addresses {
  readonly http: string;
  readonly grpc: string;
}

const http = Deno.env.get("TRTIS_INTEROP_HTTP");
const grpc = Deno.env.get("TRTIS_INTEROP_GRPC");
const environmentText = Deno.env.get("TRTIS_INTEROP_ENVIRONMENT");

/** Whether scripts/interop.ts started the tests. */
export const hasTriton = Boolean(http && grpc && environmentText);
if (!hasTriton) {
  console.warn("skipped: no real Triton; run these tests with: deno run -A scripts/interop.ts");
}

/** The server that all tests share; it must be left as it was. */
export const shared: Addresses = { http: http ?? "", grpc: grpc ?? "" };

/** The Python environment, for tests that start a server of their own. */
export function environment(): Environment {
  return JSON.parse(environmentText!);
}

/** The environment with PyTorch; made when the first test asks for it. */
export function vision(): Promise<VisionEnvironment> {
  return prepareVision(new URL("../../.venv/vision/", import.meta.url), console.log);
}

/** A test that needs the real server. */
export function interopTest(name: string, body: (t: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name: `interop: ${name}`, ignore: !hasTriton, fn: body });
}

/** A wire and what carries it. */
export type Carrier = "http" | "grpc-js" | "native";
/** All of them. */
export const CARRIERS: readonly Carrier[] = ["http", "grpc-js", "native"];

/** The wire of a carrier. */
export function wireOf(carrier: Carrier): Wire {
  return carrier === "http" ? "http" : "grpc";
}

/** A test that is run over every carrier given. */
export function eachCarrier(
  name: string,
  body: (protocol: Protocol, t: Deno.TestContext) => Promise<void>,
  carriers = CARRIERS,
): void {
  for (const carrier of carriers) {
    interopTest(`${name}, ${carrier}`, async (t) => {
      const protocol = await open(carrier);
      try {
        await body(protocol, t);
      } finally {
        protocol.close();
      }
    });
  }
}

/** Our client. */
export async function open(
  carrier: Carrier,
  addresses: Addresses = shared,
  options: ProtocolOptions & V2HttpOptions = {},
): Promise<Protocol> {
  const address = parseAddress(addresses[wireOf(carrier)], 0);
  if (carrier === "http") return createV2Http(createHttp1Transport({ address }), options);
  const channel = carrier === "native"
    ? createNativeChannel({ address })
    : await createGrpcJsChannel({ address });
  return createV2Grpc(channel, options);
}

/** An input of one batch entry, or of several one after the other. */
export function tensor(
  name: string,
  dataType: DataType,
  shape: readonly number[],
  values: TensorValues,
): InferInput {
  return { name, dataType, shape, data: [toBytes(dataType, values)] };
}

/** A request; batched unless `more` says otherwise. */
export function request(
  modelName: string,
  inputs: readonly InferInput[],
  more: Partial<InferRequest> = {},
): InferRequest {
  return { modelName, batchSize: 1, batched: true, inputs, outputs: [], ...more };
}

/** Sixteen INT32 counting up from `from`, and sixteen ones, as `simple` wants them. */
export function simpleInputs(from = 0, name = "INT32"): InferInput[] {
  const dataType = name as DataType;
  return [
    tensor("INPUT0", dataType, [16], Array.from({ length: 16 }, (_, i) => from + i)),
    tensor("INPUT1", dataType, [16], new Array(16).fill(1)),
  ];
}

/** Sends and reads. */
export async function infer(protocol: Protocol, wanted: InferRequest): Promise<InferResponse> {
  return protocol.decode(await protocol.send(protocol.encode(wanted)), wanted);
}

/** An open stream whose replies can be awaited one by one. */
export function openReplies(protocol: Protocol) {
  const waiting: ((reply: Reply | undefined) => void)[] = [];
  const arrived: (Reply | undefined)[] = [];
  const push = (reply: Reply | undefined) => {
    const taker = waiting.shift();
    if (taker) taker(reply);
    else arrived.push(reply);
  };
  const { promise: ended, resolve } = Promise.withResolvers<Error | undefined>();
  const handlers: StreamHandlers = {
    onReply: push,
    onEnd(error) {
      resolve(error);
      push(undefined);
    },
  };
  const stream = protocol.openStream!(handlers);
  /** The next reply; undefined when the stream has ended. */
  const next = () =>
    arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise<Reply | undefined>(
      (take) => waiting.push(take),
    );
  return { stream, next, ended };
}

/** A request for the Python client. */
export interface ReferenceCase {
  readonly wire: Wire;
  readonly request: InferRequest;
  /** Keyword arguments of its `infer`, e.g. `sequence_id`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** What the Python client got. */
export interface ReferenceAnswer {
  readonly error?: string;
  readonly outputs?: readonly {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
    /** Base64. */
    readonly data: string;
  }[];
}

/** Runs requests through the Python client, all in one process. */
export async function reference(cases: readonly ReferenceCase[]): Promise<ReferenceAnswer[]> {
  const child = new Deno.Command(environment().python, {
    args: [fileURLToPath(new URL("reference.py", import.meta.url))],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(cases.map(toJson))));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

function toJson({ wire, request, parameters }: ReferenceCase) {
  return {
    protocol: wire,
    url: shared[wire],
    model: request.modelName,
    inputs: request.inputs.map(({ name, dataType, shape, data }) => ({
      name,
      datatype: dataType === "STRING" ? "BYTES" : dataType,
      shape: request.batched ? [request.batchSize, ...shape] : shape,
      data: data[0]!.toBase64(),
    })),
    outputs: request.outputs.map(({ name, classCount }: InferOutputRequest) => ({
      name,
      classes: classCount ?? 0,
    })),
    parameters: parameters ?? {},
  };
}
