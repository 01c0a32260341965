/**
 * Answers of servers, v1 and v2, over HTTP, gRPC and streams: from bytes to results.
 *
 * @module
 */
import { InferenceError } from "../../../src/base/errors.ts";
import type { InferRequest, Protocol, Reply } from "../../../src/protocol/types.ts";
import { createV1Grpc } from "../../../src/protocol/v1/grpc.ts";
import { createV1Http } from "../../../src/protocol/v1/http.ts";
import { fakeGrpc } from "../../../src/protocol/v2/fake_test_transports.ts";
import { createV2Grpc } from "../../../src/protocol/v2/grpc.ts";
import { createV2Http } from "../../../src/protocol/v2/http.ts";
import { elementByteSize } from "../../../src/tensor/data_type.ts";
import { elementCount } from "../../../src/tensor/shape.ts";
import { ResponseReader } from "../../../src/transport/http1/client/reader.ts";
import type { GrpcChannel, HttpTransport } from "../../../src/transport/types.ts";
import { readAll, REQUESTS, scriptedStreams } from "../../malformed_answers.ts";
import type { Random } from "../../mutate.ts";
import { damagedFields } from "../protobuf_fields.ts";
import { corpusOf, ensure, sourceOf, type Target } from "../target.ts";

const ADDRESS = { host: "h", port: 1, tls: false, basePath: "" };
const unused = () => {
  throw new Error("not used here");
};

/** The readers of a reply never throw, and a failure has no outputs. */
function check(protocol: Protocol, reply: Reply, request: InferRequest): void {
  const { failure, response } = readAll(protocol, reply, request);
  ensure(failure === undefined || response.error !== undefined, "a failure is a failed answer");
  ensure(response.error === undefined || response.outputs.length === 0, "and has no outputs");
  for (const { classes, data, shape, dataType } of response.outputs) {
    ensure((classes === undefined) !== (data === undefined), "an output is a tensor or classes");
    if (data === undefined) continue;
    ensure(shape !== undefined, "a tensor has a shape");
    if (dataType === undefined || dataType === "STRING") continue;
    const size = elementCount(shape) * response.batchSize * elementByteSize(dataType);
    ensure(size === data.byteLength, "a tensor has as many bytes as its shape says");
  }
}

const QUERIES: readonly ((protocol: Protocol) => Promise<unknown> | undefined)[] = [
  (protocol) => protocol.live(),
  (protocol) => protocol.modelReady("simple"),
  (protocol) => protocol.status(),
  (protocol) => protocol.status("simple"),
  (protocol) => protocol.model("simple"),
  (protocol) => protocol.statistics("simple"),
  (protocol) => protocol.repository?.index(),
];

/** An inference answer or one to a query; a server's own INTERNAL is no finding. */
async function ask(protocol: Protocol, random: Random): Promise<void> {
  if (random() < 0.4) {
    const query = QUERIES[Math.floor(random() * QUERIES.length)]!;
    try {
      await query(protocol);
    } catch (error) {
      if (error instanceof InferenceError && error.answered) return;
      throw error;
    }
    return;
  }
  const request = REQUESTS[Math.floor(random() * REQUESTS.length)]!;
  check(protocol, await protocol.send(protocol.encode(request)), request);
}

function http(
  name: string,
  create: (transport: HttpTransport) => Protocol,
  tokens: string[],
): Target {
  let read: () => ReturnType<HttpTransport["request"]> = unused;
  const transport = { address: ADDRESS, request: () => read(), exchange: unused, close() {} };
  const protocol = create(transport);
  return {
    name,
    corpus: corpusOf(name),
    tokens,
    async run(input, random) {
      read = () =>
        new ResponseReader(ADDRESS, sourceOf(input, random)).read({
          sendStart: 0,
          sendEnd: 0,
          receiveStart: 0,
          receiveEnd: 0,
        });
      await ask(protocol, random);
    },
  };
}

function grpc(name: string, create: (channel: GrpcChannel) => Protocol): Target {
  let message: Uint8Array = new Uint8Array(0);
  const protocol = create(fakeGrpc(() => message).channel);
  const corpus = corpusOf(name);
  return {
    name,
    corpus,
    make: (random) => damagedFields(corpus[Math.floor(random() * corpus.length)]!, random),
    async run(input, random) {
      message = input;
      await ask(protocol, random);
    },
  };
}

function stream(name: string, create: (channel: GrpcChannel) => Protocol): Target {
  const { channel, handlers } = scriptedStreams();
  const protocol = create(channel);
  let last: Reply | undefined;
  protocol.openStream!({ onReply: (reply) => void (last = reply), onEnd() {} });
  const corpus = corpusOf(name);
  return {
    name,
    corpus,
    make: (random) => damagedFields(corpus[Math.floor(random() * corpus.length)]!, random),
    run(input, random) {
      last = undefined;
      handlers().onMessage(input, 0);
      ensure(last !== undefined, "every message is a reply");
      check(protocol, last, REQUESTS[Math.floor(random() * REQUESTS.length)]!);
    },
  };
}

const V1_TOKENS = ["NV-Status: ", "NV-InferResponse: ", "code: SUCCESS", "code: {{{", "output { "]
  .concat([
    "raw { batch_byte_size: 64 }",
    "batch_classes { cls { idx: 1 } }",
    '"',
    "\\",
    "}",
    "\r\n",
  ])
  .concat(["batch_size: 4294967295", "dims: -1", "Content-Length: 9\r\n"]);
const V2_TOKENS = [
  '"outputs"',
  '"data"',
  '"shape"',
  '"datatype":"BYTES"',
  "[",
  "{",
  "}",
  "]",
  "NaN",
]
  .concat(["1e300", '"parameters":{"binary_data_size":18446744073709551615}', "null", "\\", "-1"])
  .concat(["Inference-Header-Content-Length: 5\r\n", "Content-Encoding: gzip\r\n", '"error":"x"']);

/** The targets of this file. */
export const targets: readonly Target[] = [
  http("v1-http", createV1Http, V1_TOKENS),
  http("v2-http", createV2Http, V2_TOKENS),
  grpc("v1-grpc", createV1Grpc),
  grpc("v2-grpc", createV2Grpc),
  stream("v1-stream", createV1Grpc),
  stream("v2-stream", createV2Grpc),
];
