/**
 * Answers that are none, over both protocols and both wires: the readers of a protocol never throw, and
 * what can't be read is a failed answer.
 *
 * `TRTIS_MUTATIONS=100000 deno test -P tests/malformed_codecs_test.ts` damages that many answers a wire.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InferenceError } from "../src/base/errors.ts";
import type { GrpcReply, HttpReply } from "../src/protocol/codec.ts";
import { encodeMessage } from "../src/protocol/message.ts";
import type { ApiVersion, InferRequest, Protocol, Reply } from "../src/protocol/types.ts";
import { InferResponse } from "../src/protocol/v1/generated/messages.js";
import { createV1Grpc } from "../src/protocol/v1/grpc.ts";
import { createV1Http } from "../src/protocol/v1/http.ts";
import { type FakeAnswer, fakeGrpc, fakeHttp } from "../src/protocol/v2/fake_test_transports.ts";
import { ModelStreamInferResponse } from "../src/protocol/v2/generated/messages.js";
import { createV2Grpc } from "../src/protocol/v2/grpc.ts";
import { createV2Http } from "../src/protocol/v2/http.ts";
import { startServer } from "../src/server/server.ts";
import {
  connectTo,
  damagedGrpc,
  damagedHttp,
  readAll,
  REQUESTS,
  scriptedStreams,
} from "./malformed_answers.ts";
import { chooseSeed, mutated, seededRandom } from "./mutate.ts";

const COUNT = Number(Deno.env.get("TRTIS_MUTATIONS") ?? 2000);
const [TENSORS] = REQUESTS as [InferRequest];
const utf8 = new TextEncoder();
const hex = (text: string) => Uint8Array.fromHex(text);

const GOOD_STATUS = 'code: SUCCESS server_id: "inference:0" request_id: 1';
const v1 = (
  status: string | undefined,
  answer = "",
  body: string | Uint8Array = "",
): FakeAnswer => ({
  headers: {
    ...status !== undefined && { "nv-status": status },
    ...answer !== "" && { "nv-inferresponse": answer },
  },
  body,
});

/** r19.07 over HTTP. */
const V1_HTTP: Record<string, FakeAnswer> = {
  "no NV-Status": v1(undefined),
  "braces for a code": v1("code: {{{"),
  "an empty NV-Status": v1(""),
  "a code that doesn't exist": v1("code: 999999999999999999999"),
  "a field that doesn't exist": v1("code: SUCCESS what: 1"),
  "a text cut in an escape": v1('code: INTERNAL msg: "a\\'),
  "a text of another type": v1("code: SUCCESS server_id: 7"),
  "a request id below 0": v1("code: SUCCESS request_id: -1"),
  "bytes for a status": v1("\x00\x01\xff"),
  "a good status and no answer": v1(GOOD_STATUS, "output { raw {"),
  "more bytes promised than there are": v1(
    GOOD_STATUS,
    'model_name: "simple" batch_size: 1 output { name: "OUTPUT0" raw { batch_byte_size: 64 } }',
    "abc",
  ),
  "a size of 2^64 - 1": v1(
    GOOD_STATUS,
    'output { name: "OUTPUT0" raw { batch_byte_size: 18446744073709551615 } }',
    "abc",
  ),
  "a body that is no header": v1(GOOD_STATUS, 'model_name: "simple"', hex("ffffffff")),
  "a body that is text but no header": v1(GOOD_STATUS, 'model_name: "simple"', "zzz: {"),
  "a page with status 200": { body: "<html>", headers: { "content-type": "text/html" } },
  "a status 502 without words": { status: 502 },
};

/** v2 over HTTP. */
const V2_HTTP: Record<string, FakeAnswer> = {
  "nothing": {},
  "a page": { body: "<html>" },
  "JSON cut in a text": { body: '{"model_name":"si' },
  "a number": { body: "7" },
  "null": { body: "null" },
  "an error with status 200": { body: '{"error":"no"}' },
  "outputs that are a text": { body: '{"outputs":"x"}' },
  "an output that is null": { body: '{"outputs":[null]}' },
  "an output without a name": { body: '{"outputs":[{"datatype":"INT32","shape":[1]}]}' },
  "a shape that is a text": { body: '{"outputs":[{"name":"O","datatype":"INT32","shape":"1"}]}' },
  "a dimension of 1e300": {
    body: '{"outputs":[{"name":"O","datatype":"INT32","shape":[1e300],"data":[1]}]}',
  },
  "data that are an object": {
    body: '{"outputs":[{"name":"O","datatype":"INT32","shape":[1],"data":{}}]}',
  },
  "a header length that is none": {
    body: "{}",
    headers: { "inference-header-content-length": "-1" },
  },
  "a header length beyond the body": {
    body: "{}",
    headers: { "inference-header-content-length": "99" },
  },
  "an encoding nobody knows": { body: "{}", headers: { "content-encoding": "br" } },
  "gzip that is none": { body: "{}", headers: { "content-encoding": "gzip" } },
  "a status 500 with bytes": { status: 500, body: hex("fffe00") },
  "bytes": { body: hex("00ff80") },
};

/** Messages over gRPC; what one protocol reads, the other must survive. */
const GRPC: Record<string, Uint8Array> = {
  "nothing": new Uint8Array(),
  "a field with a length and no bytes": hex("07ffff"),
  "a tag of field 0": hex("00"),
  "a number that doesn't end": hex("08ffffffffffffffffffffff"),
  "a length of 2^32": hex("0a8080808010"),
  "a length of 2^63": hex("0affffffffffffffff7f"),
  "a group": hex("0b0c"),
  "wire type 7": hex("0f"),
  "a message inside that is none": hex("0a03ffffff"),
  "a header that is none": hex("0a020801" + "1203ffffff"),
  "a text that is not UTF-8": hex("0a03fffefd"),
  "an output without contents": hex("2a050a034f5554"),
  "raw contents without an output": hex("320400000000"),
  "a shape below 0": hex("2a150a014f1205494e5433321a0affffffffffffffffff01"),
  "text": utf8.encode("HTTP/1.1 400 Bad Request"),
};

const STREAMED: Record<string, Uint8Array> = {
  ...GRPC,
  "an error and an answer that is none": encodeMessage(ModelStreamInferResponse, {
    errorMessage: "no",
  }),
  "an envelope around garbage": hex("1203ffffff"),
};

function checkRead(what: string, protocol: Protocol, reply: Reply): void {
  const { failure, response } = readAll(protocol, reply, TENSORS);
  const error = failure ?? response.error;
  assert(error instanceof InferenceError, `${what}: taken for a good answer`);
  if (failure !== undefined) assertEquals(response.error?.code, failure.code, what);
  assertEquals([response.outputs.length, response.final], [0, true], what);
}

for (
  const [name, kinds, create] of [
    ["v1", V1_HTTP, createV1Http],
    ["v2", V2_HTTP, createV2Http],
  ] as const
) {
  Deno.test(`malformed: ${name} over HTTP, ${Object.keys(kinds).length} kinds`, async () => {
    for (const [what, answer] of Object.entries(kinds)) {
      const protocol = create(fakeHttp(() => answer).transport);
      checkRead(`${name} http: ${what}`, protocol, await protocol.send(protocol.encode(TENSORS)));
    }
  });
}

for (const [name, create] of [["v1", createV1Grpc], ["v2", createV2Grpc]] as const) {
  Deno.test(`malformed: ${name} over gRPC, ${Object.keys(GRPC).length} kinds`, async () => {
    for (const [what, message] of Object.entries(GRPC)) {
      const protocol = create(fakeGrpc(() => message).channel);
      const reply = await protocol.send(protocol.encode(TENSORS));
      const { failure, response } = readAll(protocol, reply, TENSORS);
      const label = `${name} grpc: ${what}`;
      // v1's fields 1 and 2 are texts in v2, and the other way round.
      if (failure ?? response.error) checkRead(label, protocol, reply);
      else assertEquals(response.outputs, [], label);
    }
  });

  Deno.test(`malformed: ${name} on streams, ${Object.keys(STREAMED).length} kinds`, () => {
    const { channel, handlers } = scriptedStreams();
    const protocol = create(channel);
    const replies: Reply[] = [];
    protocol.openStream({ onReply: (reply) => void replies.push(reply), onEnd() {} });
    for (const message of Object.values(STREAMED)) handlers().onMessage(message, 0);
    assertEquals(replies.length, Object.keys(STREAMED).length);
    for (const reply of replies) readAll(protocol, reply, TENSORS);
  });
}

Deno.test("malformed: queries to servers that answer garbage are PROTOCOL errors or refusals", async () => {
  const garbage = ["<html>", "{", "\xff\xff", ""];
  for (const body of garbage) {
    for (const answer of [{ body }, { body, headers: { "nv-status": GOOD_STATUS } }]) {
      for (const create of [createV1Http, createV2Http]) {
        await checkQueries(create(fakeHttp(() => answer).transport));
      }
    }
    const bytes = Uint8Array.from(body, (char) => char.charCodeAt(0));
    for (const create of [createV1Grpc, createV2Grpc]) {
      await checkQueries(create(fakeGrpc(() => bytes).channel));
    }
  }
});

async function checkQueries(protocol: Protocol): Promise<void> {
  const queries = [
    () => protocol.live(),
    () => protocol.ready(),
    () => protocol.modelReady("m"),
    () => protocol.status(),
    () => protocol.status("m"),
    () => protocol.model("m"),
    () => protocol.statistics("m"),
    () => protocol.repository?.index(),
    () => protocol.repository?.load("m"),
    () => protocol.profile?.("start"),
  ];
  for (const query of queries) {
    try {
      await query();
    } catch (error) {
      assert(error instanceof InferenceError, String(error));
    }
  }
}

const SETTINGS: readonly (readonly [ApiVersion, "http" | "grpc"])[] = [
  ["v1", "http"],
  ["v1", "grpc"],
  ["v2", "http"],
  ["v2", "grpc"],
];

Deno.test(`malformed: ${COUNT} damaged answers a wire`, async () => {
  const random = seededRandom(chooseSeed("malformed answers"));
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  for (const [api, wire] of SETTINGS) {
    const protocol = connectTo(server, api, wire);
    try {
      for (const request of REQUESTS) {
        const good = await protocol.send(protocol.encode(request));
        assertEquals(readAll(protocol, good, request).response.error, undefined);
        for (let i = 0; i < COUNT / REQUESTS.length; i++) {
          const damaged = wire === "http"
            ? damagedHttp(good as HttpReply, random)
            : damagedGrpc(good as GrpcReply, random);
          checkConsistent(protocol, damaged, request);
        }
      }
    } finally {
      protocol.close();
    }
  }
});

Deno.test(`malformed: ${COUNT} damaged messages a kind of stream`, () => {
  const random = seededRandom(chooseSeed("malformed messages"));
  const messages = [
    [
      createV1Grpc,
      encodeMessage(InferResponse, {
        requestStatus: { code: "SUCCESS", serverId: "inference:0", requestId: 7n },
        metaData: {
          id: 7n,
          modelName: "simple",
          batchSize: 1,
          output: [{ name: "OUTPUT0", raw: {} }],
        },
        rawOutput: [new Uint8Array(64)],
      }),
    ],
    [
      createV2Grpc,
      encodeMessage(ModelStreamInferResponse, {
        inferResponse: {
          id: "7",
          modelName: "simple",
          parameters: { triton_final_response: { boolParam: true } },
          outputs: [{ name: "OUTPUT0", datatype: "INT32", shape: [1n, 16n] }],
          rawOutputContents: [new Uint8Array(64)],
        },
      }),
    ],
  ] as const;
  for (const [create, good] of messages) {
    const { channel, handlers } = scriptedStreams();
    const protocol = create(channel);
    let last: Reply | undefined;
    protocol.openStream({ onReply: (reply) => void (last = reply), onEnd() {} });
    for (let i = 0; i < COUNT; i++) {
      handlers().onMessage(mutated(good, random), 0);
      checkConsistent(protocol, last!, TENSORS);
    }
  }
});

/** Nothing is thrown, a failure is a failed answer, and every output of a good one can be told. */
function checkConsistent(protocol: Protocol, reply: Reply, request: InferRequest): void {
  const { failure, response } = readAll(protocol, reply, request);
  if (failure !== undefined) assert(response.error !== undefined, failure.message);
  if (response.error !== undefined) assertEquals(response.outputs, []);
}
