import { assert, assertEquals } from "@std/assert";
import type { InferRequest } from "../../src/protocol/types.ts";
import { DATA_TYPES, type DataType } from "../../src/tensor/data_type.ts";
import type { TensorValues } from "../../src/tensor/typed_array.ts";
import {
  CARRIERS,
  eachCarrier,
  infer,
  interopTest,
  open,
  reference,
  request,
  simpleInputs,
  tensor,
} from "./fixture.ts";

const VALUES: Readonly<Record<DataType, TensorValues>> = {
  BOOL: [true, false, true, true],
  UINT8: [0, 1, 127, 255],
  UINT16: [0, 1, 256, 65535],
  UINT32: [0, 1, 65536, 4294967295],
  UINT64: [0n, 1n, 2n ** 53n + 1n, 2n ** 64n - 1n],
  INT8: [-128, -1, 0, 127],
  INT16: [-32768, -1, 256, 32767],
  INT32: [-2147483648, -1, 65536, 2147483647],
  INT64: [-(2n ** 63n), -1n, 2n ** 53n + 1n, 2n ** 63n - 1n],
  FP16: [0, -1.5, 65504, 2 ** -24],
  BF16: [0, -1.5, 3.140625, 2 ** 100],
  FP32: [0, -1.5, 3.4e38, 1e-45],
  FP64: [0, -1.5, 1.7e308, 5e-324],
  STRING: ["", "a", "grüße, 世界", "x".repeat(1000)],
};

function identityRequest(dataType: DataType): InferRequest {
  const inputs = [tensor(`INPUT_${dataType}`, dataType, [2], VALUES[dataType])];
  return request("identity_types", inputs, {
    batchSize: 2,
    outputs: [{ name: `OUTPUT_${dataType}` }],
  });
}

interopTest("every data type, byte for byte what the Python client gets", async (t) => {
  const cases = (["http", "grpc"] as const).flatMap((wire) =>
    DATA_TYPES.map((dataType) => ({ wire, dataType, request: identityRequest(dataType) }))
  );
  const answers = await reference(cases);
  for (const carrier of CARRIERS) {
    const protocol = await open(carrier);
    try {
      for (const [i, { wire, dataType, request: wanted }] of cases.entries()) {
        if (wire !== protocol.wire) continue;
        await t.step(`${carrier} ${dataType}`, async () => {
          const { error, outputs: [output] } = await infer(protocol, wanted);
          assertEquals(error?.describe(), undefined);
          assertEquals(output!.data, wanted.inputs[0]!.data[0]);
          assertEquals([output!.dataType, output!.shape], [dataType, [2]]);
          assertEquals(answers[i]!.error, undefined);
          const theirs = answers[i]!.outputs![0];
          assertEquals(output!.data!.toBase64(), theirs!.data);
          assertEquals(theirs!.shape, [2, 2]);
        });
      }
    } finally {
      protocol.close();
    }
  }
});

eachCarrier("outputs by choice and all of them", async (protocol) => {
  const one = await infer(
    protocol,
    request("simple", simpleInputs(), { outputs: [{ name: "OUTPUT1" }], modelVersion: 1n }),
  );
  assertEquals(one.outputs.map(({ name }) => name), ["OUTPUT1"]);
  assertEquals([one.modelName, one.modelVersion, one.batchSize], ["simple", "1", 1]);
  const all = await infer(protocol, request("simple", simpleInputs()));
  assertEquals(all.outputs.map(({ name }) => name), ["OUTPUT0", "OUTPUT1"]);
});

eachCarrier("ids come back in their own type", async (protocol) => {
  for (const id of [5n, 2n ** 64n - 1n, "5", "grüße", undefined]) {
    const wanted = request("simple", simpleInputs(), { id });
    const reply = await protocol.send(protocol.encode(wanted));
    assertEquals(protocol.failure(reply), undefined);
    if (protocol.wire === "grpc") assertEquals(protocol.replyId(reply), String(id ?? ""));
    assertEquals(protocol.decode(reply, wanted).id, id);
    assertEquals(protocol.isFinal(reply), true);
  }
});

eachCarrier("a model without a batch dimension, and tensors without elements", async (protocol) => {
  for (const shape of [[2, 3], [0, 3], [1, 1]]) {
    const values = Float32Array.from({ length: shape[0]! * shape[1]! }, (_, i) => i);
    const wanted = request("identity_nobatch", [tensor("INPUT0", "FP32", shape, values)], {
      batched: false,
    });
    const { error, outputs: [output] } = await infer(protocol, wanted);
    assertEquals(error?.describe(), undefined);
    assertEquals(output!.shape, shape);
    assertEquals(output!.data, wanted.inputs[0]!.data[0]);
  }
});

eachCarrier("8 MB both ways, in two pieces", async (protocol) => {
  const piece = Float32Array.from({ length: 1024 * 1024 }, (_, i) => i % 1009);
  const data = [new Uint8Array(piece.buffer), new Uint8Array(piece.buffer)];
  const input = { name: "INPUT0", dataType: "FP32" as const, shape: [1024 * 1024], data };
  const { error, outputs: [output] } = await infer(
    protocol,
    request("identity_large", [input], { batchSize: 2 }),
  );
  assertEquals(error?.describe(), undefined);
  assertEquals(output!.data!.byteLength, 8 * 1024 * 1024);
  const half = output!.data!.byteLength / 2;
  for (const start of [0, half]) {
    const got = output!.data!.subarray(start, start + half);
    assert(got.every((byte, i) => byte === data[0]![i]));
  }
});

eachCarrier("64 requests in flight, each with its own answer", async (protocol) => {
  const answers = await Promise.all(
    Array.from(
      { length: 64 },
      (_, i) => infer(protocol, request("simple", simpleInputs(i), { id: BigInt(i) })),
    ),
  );
  for (const [i, { id, error, outputs }] of answers.entries()) {
    assertEquals([error?.describe(), id], [undefined, BigInt(i)]);
    assertEquals(new DataView(outputs[0]!.data!.slice().buffer).getInt32(0, true), i + 1);
  }
});

eachCarrier("one encoded request sent many times", async (protocol) => {
  const wire = protocol.encode(request("simple", simpleInputs()));
  for (let i = 0; i < 5; i++) {
    const reply = await protocol.send(wire);
    assertEquals(protocol.failure(reply), undefined);
    assert(reply.byteLength > 128);
    const { sendStart, sendEnd, receiveStart, receiveEnd } = reply.times;
    assert(sendStart <= sendEnd && sendEnd <= receiveStart && receiveStart <= receiveEnd);
  }
});

interopTest("compressed requests and answers", async () => {
  const values = new Float32Array(50_000).fill(1.25);
  const wanted = request("identity_fp32", [tensor("INPUT0", "FP32", [50_000], values)]);
  for (const how of ["gzip", "deflate"] as const) {
    const protocol = await open("http", undefined, { compression: how, responseCompression: how });
    try {
      const wire = protocol.encode(wanted);
      assert(wire.byteLength < 10_000, `${wire.byteLength} bytes sent`);
      const reply = await protocol.send(wire);
      assert(reply.byteLength < 10_000, `${reply.byteLength} bytes received`);
      const { error, outputs: [output] } = protocol.decode(reply, wanted);
      assertEquals(error?.describe(), undefined);
      assertEquals(output!.data, wanted.inputs[0]!.data[0]);
    } finally {
      protocol.close();
    }
    const careful = await open("http", undefined, {
      responseCompression: how,
      maxResponseBytes: 100_000,
    });
    try {
      const { error } = await infer(careful, wanted);
      assertEquals(error?.code, "PROTOCOL");
      assert(error!.message.includes("100000 bytes"), error!.message);
    } finally {
      careful.close();
    }
  }
});
