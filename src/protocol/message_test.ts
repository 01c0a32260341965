import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { decodeMessage, encodeMessage, fromPlain, toPlain } from "./message.ts";
import {
  InferRequest,
  InferRequestHeader,
  InferResponse,
  ModelConfig,
  ModelStatus,
  RequestStatus,
} from "./v1/generated/messages.js";

const UINT64_MAX = 2n ** 64n - 1n;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

Deno.test("64-bit integers are exact both ways", () => {
  const unsigned = [1n, 2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n, UINT64_MAX];
  for (const id of unsigned) {
    assertEquals(decodeMessage(RequestStatus, encodeMessage(RequestStatus, { requestId: id })), {
      requestId: id,
    });
  }
  const dims = [
    ...[
      0n,
      1n,
      -1n,
      2n ** 31n,
      -(2n ** 31n),
      2n ** 32n,
      2n ** 53n,
      -(2n ** 53n),
      -(2n ** 53n) - 1n,
    ],
    ...[-(2n ** 52n), INT64_MAX, INT64_MIN, INT64_MIN + 1n],
  ];
  const bytes = encodeMessage(InferRequestHeader, { input: [{ dims }] });
  assertEquals(decodeMessage(InferRequestHeader, bytes), { input: [{ dims }] });
});

Deno.test("the wire bytes of 64-bit extremes are protobuf's", () => {
  assertEquals(
    encodeMessage(RequestStatus, { requestId: UINT64_MAX }),
    Uint8Array.of(0x20, ...Array(9).fill(0xff), 0x01),
  );
  assertEquals(
    encodeMessage(InferRequest, { modelVersion: -1n }),
    Uint8Array.of(0x10, ...Array(9).fill(0xff), 0x01),
  );
  assertEquals(
    encodeMessage(InferRequest, { modelVersion: INT64_MIN }),
    Uint8Array.of(0x10, ...Array(9).fill(0x80), 0x01),
  );
});

Deno.test("safe integers stand for 64-bit values", () => {
  const object = { modelVersion: -1 as unknown as bigint };
  assertEquals(decodeMessage(InferRequest, encodeMessage(InferRequest, object)), {
    modelVersion: -1n,
  });
});

Deno.test("what does not fit is an error that names the field", () => {
  const cases: [() => unknown, string][] = [
    [() => fromPlain(RequestStatus, { requestId: UINT64_MAX + 1n }), "RequestStatus.requestId: "],
    [() => fromPlain(RequestStatus, { requestId: -1n }), "-1 is not in the range of uint64"],
    [() => fromPlain(RequestStatus, { requestId: -1 as unknown as bigint }), "range of uint64"],
    [() => fromPlain(RequestStatus, { requestId: 1.5 as unknown as bigint }), ", got 1.5"],
    [() => fromPlain(RequestStatus, { requestId: "1" as unknown as bigint }), 'got "1"'],
    [() => fromPlain(InferRequest, { modelVersion: INT64_MAX + 1n }), "range of int64"],
    [() => fromPlain(InferRequest, { modelVersion: INT64_MIN - 1n }), "range of int64"],
    [() => fromPlain(InferRequestHeader, { batchSize: 2 ** 32 }), "range of uint32"],
    [() => fromPlain(InferRequestHeader, { batchSize: -1 }), "range of uint32"],
    [() => fromPlain(InferRequestHeader, { batchSize: NaN }), "expected uint32, got NaN"],
    [() => fromPlain(ModelConfig, { maxBatchSize: 2 ** 31 }), "range of int32"],
    [
      () => fromPlain(InferRequestHeader, { input: [{}, { dims: [1n, 2n ** 63n] }] }),
      "InferRequestHeader.input[1].dims[1]: ",
    ],
    [
      () => fromPlain(ModelStatus, { versionStatus: { x: {} } }),
      'ModelStatus.versionStatus["x"]: the key must be int64',
    ],
    [() => fromPlain(ModelStatus, { versionStatus: { [`${2n ** 63n}`]: {} } }), "range of int64"],
    [() => fromPlain(RequestStatus, { code: "NOPE" as "SUCCESS" }), 'has no value "NOPE"'],
    [() => fromPlain(RequestStatus, { cod: 1 } as object), "RequestStatus.cod: RequestStatus has"],
    [() => fromPlain(RequestStatus, { msg: 1 as unknown as string }), "expected a string, got 1"],
    [() => fromPlain(RequestStatus, null as unknown as RequestStatus), "expected an object"],
    [
      () => fromPlain(ModelConfig, { dynamicBatching: {}, sequenceBatching: {} }),
      'ModelConfig.sequenceBatching: "dynamicBatching" is set as well',
    ],
  ];
  for (const [act, message] of cases) {
    assertEquals(assertThrows(act, InferenceError, message).code, "INVALID_ARG");
  }
});

Deno.test("map keys of 64 bits come back as decimal text", () => {
  const versionStatus = Object.fromEntries(
    [1n, -1n, 0n, 12345678n, 0x3837363534333231n, INT64_MAX, INT64_MIN]
      .map((key) => [String(key), { modelInferenceCount: 3n }]),
  );
  const bytes = encodeMessage(ModelStatus, { versionStatus });
  assertEquals(decodeMessage(ModelStatus, bytes), { versionStatus });
});

Deno.test("a map key may be __proto__", () => {
  const metricTags = JSON.parse('{"__proto__": "a", "constructor": "b"}');
  const back = decodeMessage(ModelConfig, encodeMessage(ModelConfig, { metricTags })).metricTags!;
  assertEquals(Object.entries(back), [["__proto__", "a"], ["constructor", "b"]]);
});

Deno.test("enums are names, or numbers when they have none", () => {
  const bytes = encodeMessage(RequestStatus, { code: 77 });
  assertEquals(decodeMessage(RequestStatus, bytes), { code: 77 });
  assertEquals(decodeMessage(RequestStatus, encodeMessage(RequestStatus, { code: 6 })), {
    code: "UNAVAILABLE",
  });
});

Deno.test("defaults are filled in on request; messages stay absent", () => {
  assertEquals(decodeMessage(InferResponse, new Uint8Array(0)), {});
  assertEquals(
    decodeMessage(InferResponse, new Uint8Array(0), { defaults: true }),
    { rawOutput: [] } as unknown,
  );
  const filled = toPlain(RequestStatus, fromPlain(RequestStatus, {}), { defaults: true });
  assertEquals(filled, { code: "INVALID", msg: "", serverId: "", requestId: 0n });
  const status = decodeMessage(
    ModelStatus,
    encodeMessage(ModelStatus, { versionStatus: { 1: {} } }),
    { defaults: true },
  );
  const count: bigint = status.versionStatus["1"]!.modelInferenceCount;
  assertStrictEquals(count, 0n);
});

Deno.test("bytes are views of what was decoded", () => {
  const bytes = encodeMessage(InferResponse, {
    rawOutput: [Uint8Array.of(1, 2), new Uint8Array()],
  });
  const { rawOutput } = decodeMessage(InferResponse, bytes, { defaults: true });
  assertEquals(rawOutput, [Uint8Array.of(1, 2), new Uint8Array()]);
  assertStrictEquals(rawOutput[0]!.buffer, bytes.buffer);
});

Deno.test("unknown fields are dropped, truncated messages are PROTOCOL errors", () => {
  assertEquals(decodeMessage(RequestStatus, Uint8Array.of(0x98, 0x06, 0x01, 0x08, 0x01)), {
    code: "SUCCESS",
  });
  const good = encodeMessage(InferRequestHeader, { batchSize: 300, input: [{ name: "I" }] });
  for (const cut of [1, 2, 4, 6]) {
    const error = assertThrows(
      () => decodeMessage(InferRequestHeader, good.subarray(0, cut)),
      InferenceError,
      "Cannot decode InferRequestHeader from ",
    );
    assertEquals(error.code, "PROTOCOL");
  }
  assert(assertThrows(() => decodeMessage(RequestStatus, Uint8Array.of(0x0f))) instanceof Error);
});

Deno.test("a message of more parts than allowed is refused, however small they are", () => {
  const bounded = (bytes: Uint8Array) => () =>
    decodeMessage(InferRequestHeader, bytes, { maxParts: 1000 });
  const dims = (count: number) =>
    encodeMessage(InferRequestHeader, {
      input: [{ dims: Array.from({ length: count }, (_, i) => BigInt(i)) }],
    });
  assertEquals(bounded(dims(990))().input![0]!.dims!.length, 990);
  const inputs = encodeMessage(InferRequestHeader, {
    input: Array.from({ length: 1001 }, () => ({})),
  });
  for (const bytes of [dims(1001), inputs]) {
    const error = assertThrows(bounded(bytes), InferenceError, "too many fields");
    assertEquals(error.code, "RESOURCE_EXHAUSTED");
  }
});
