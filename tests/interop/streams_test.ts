import { assert, assertEquals } from "@std/assert";
import { InferenceError } from "../../src/base/errors.ts";
import {
  type Carrier,
  CARRIERS,
  eachCarrier,
  environment,
  hasTriton,
  interopTest,
  open,
  openReplies,
  request,
  simpleInputs,
  tensor,
} from "./fixture.ts";
import { makeRepository } from "./server/repository.ts";
import { startTriton } from "./server/triton.ts";

function repeat(count: number, id: string) {
  return request("repeat", [
    tensor("IN", "INT32", [2], [7, 8]),
    tensor("COUNT", "UINT32", [1], [count]),
  ], { batched: false, id });
}

const GRPC = ["grpc-js", "native"] as const;

eachCarrier(
  "a decoupled model answers 0, 1 and 3 times, then says that it is done",
  async (protocol) => {
    const { stream, next, ended } = openReplies(protocol);
    for (const count of [0, 1, 3]) {
      const wanted = repeat(count, `n${count}`);
      await stream.send(protocol.encode(wanted));
      const indices: number[] = [];
      let final = false;
      while (!final) {
        const reply = (await next())!;
        assertEquals(protocol.failure(reply), undefined);
        assertEquals(protocol.replyId(reply), `n${count}`);
        final = protocol.isFinal(reply);
        const response = protocol.decode(reply, wanted);
        assertEquals([response.final, response.id, response.modelName], [
          final,
          `n${count}`,
          "repeat",
        ]);
        const index = response.outputs.find(({ name }) => name === "INDEX");
        if (index) indices.push(index.data![0]!);
        assertEquals(response.outputs.length, final ? 0 : 2);
      }
      assertEquals(indices, Array.from({ length: count }, (_, i) => i));
    }
    stream.end();
    assertEquals(await ended, undefined);
  },
  GRPC,
);

eachCarrier(
  "requests of different models on one stream are read by their ids",
  async (protocol) => {
    const { stream, next, ended } = openReplies(protocol);
    const classes = { outputs: [{ name: "OUTPUT0", classCount: 1 }] };
    const requests = [
      request("addsub_fp32", simpleInputs(0, "FP32"), { id: "classes", ...classes }),
      request("simple_nobatch", simpleInputs(), { id: 8n, batched: false }),
      request("simple", simpleInputs(), { id: 9n }),
    ];
    for (const wanted of requests) await stream.send(protocol.encode(wanted));
    for (let i = 0; i < 3; i++) {
      const reply = (await next())!;
      const wanted = requests.find(({ id }) => String(id) === protocol.replyId(reply))!;
      const response = protocol.decode(reply, wanted);
      assertEquals(response.error?.describe(), undefined);
      if (response.id === "classes") {
        assertEquals(response.outputs[0]!.classes![0]![0]!.label, "label15");
      } else {
        assertEquals(response.modelName, response.id === 8n ? "simple_nobatch" : "simple");
        assertEquals(response.outputs[0]!.shape, [16]);
      }
    }
    stream.end();
    assertEquals(await ended, undefined);
  },
  GRPC,
);

eachCarrier("refused requests leave the stream open", async (protocol) => {
  const { stream, next, ended } = openReplies(protocol);
  const table = [
    [request("nosuch", simpleInputs(), { id: "a" }), "NOT_FOUND", "nosuch"],
    [request("simple", simpleInputs().slice(1), { id: "b" }), "INVALID_ARG", "expected 2 inputs"],
    [
      request("fails", [tensor("MESSAGE", "STRING", [1], ["broken"])], {
        batched: false,
        id: "c",
      }),
      "UNKNOWN",
      "broken",
    ],
  ] as const;
  for (const [wanted, code, text] of table) {
    await stream.send(protocol.encode(wanted));
    const reply = (await next())!;
    const error = protocol.failure(reply);
    assertEquals(error?.code, code, error?.message);
    assert(error!.message.includes(text), error!.message);
    assertEquals(protocol.replyId(reply), wanted.id);
    assertEquals(protocol.isFinal(reply), true);
    assertEquals(protocol.decode(reply, wanted).error?.message, error!.message);
  }
  await stream.send(protocol.encode(request("simple", simpleInputs(), { id: "d" })));
  assertEquals(protocol.failure((await next())!), undefined);
  stream.end();
  assertEquals(await ended, undefined);
}, GRPC);

eachCarrier("a stream given up", async (protocol) => {
  // grpc-js that is closed while it connects leaves timers behind.
  assertEquals(await protocol.live(), true);
  const { stream, next, ended } = openReplies(protocol);
  await stream.send(protocol.encode(
    request("slow", [tensor("INPUT0", "FP32", [16], new Float32Array(16))]),
  ));
  stream.cancel();
  assertEquals(await next(), undefined);
  const error = await ended;
  assert(error instanceof InferenceError && error.code === "CANCELLED", String(error));
}, GRPC);

interopTest("no streams over HTTP", async () => {
  const protocol = await open("http");
  try {
    assertEquals(protocol.openStream, undefined);
  } finally {
    protocol.close();
  }
});

for (const carrier of CARRIERS) {
  Deno.test({
    name: `interop: a server that dies under requests, ${carrier}`,
    ignore: !hasTriton,
    // grpc-js leaves timers behind after a lost connection.
    sanitizeOps: carrier !== "grpc-js",
    sanitizeResources: carrier !== "grpc-js",
    fn: () => dyingServer(carrier),
  });
}

async function dyingServer(carrier: Carrier): Promise<void> {
  const repository = await Deno.makeTempDir();
  try {
    await makeRepository(repository, ["slow", "repeat"]);
    const triton = await startTriton(environment(), { repository });
    const protocol = await open(carrier, triton);
    try {
      assertEquals(await protocol.live(), true);
      const stream = carrier === "http" ? undefined : openReplies(protocol);
      await stream?.stream.send(protocol.encode(repeat(2, "a")));
      if (stream) assert(await stream.next() !== undefined);
      const slow = request("slow", [tensor("INPUT0", "FP32", [16], new Float32Array(16))]);
      const pending = protocol.send(protocol.encode(slow), { timeoutMs: 20_000 })
        .then(() => undefined, (error) => error);
      await triton.kill();
      for (const error of stream ? [await stream.ended, await pending] : [await pending]) {
        assert(error instanceof InferenceError, String(error));
        assertEquals(error.code, "CONNECTION", error.describe());
      }
    } finally {
      protocol.close();
      await triton.stop();
    }
  } finally {
    await Deno.remove(repository, { recursive: true });
  }
}
