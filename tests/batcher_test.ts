/**
 * Batching in the client: what goes out together, and that every caller gets his own.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  InferenceClient,
  InferenceError,
  type InferResult,
  type ServerModel,
  startServer,
} from "../mod.ts";

/** Gives back texts and numbers; refuses a batch in which a number is negative. */
function model(
  batches: number[],
  wait: () => Promise<void> = () => Promise.resolve(),
): ServerModel {
  const inputs = [
    { name: "N", dataType: "TYPE_INT32" as const, dims: [2n] },
    { name: "T", dataType: "TYPE_STRING" as const, dims: [-1n] },
  ];
  return {
    config: {
      name: "m",
      platform: "custom",
      maxBatchSize: 4,
      input: inputs,
      output: inputs.map((input) => ({ ...input, name: `${input.name}_OUT` })),
    },
    createInstance: () => ({
      async execute(batch) {
        await wait();
        return batch.map(({ batchSize, inputs }) => {
          batches.push(batchSize);
          const numbers = inputs.find(({ name }) => name === "N")!;
          const bytes = numbers.data.slice();
          if (new Int32Array(bytes.buffer).some((value) => value < 0)) {
            return new InferenceError("INVALID_ARG", "a negative number");
          }
          return inputs.map((input) => ({ ...input, name: `${input.name}_OUT` }));
        });
      },
    }),
  };
}

const ask = (value: number, text = "x") => ({
  inputs: { N: [value, value + 1], T: { values: [text], shape: [1] } },
});
const valueOf = (result: InferResult) => [
  ...result.output("N_OUT").numbers(),
  ...result.output("T_OUT").strings,
];

for (
  const [api, wire] of [["v1", "http"], ["v2", "http"], ["v1", "grpc"], ["v2", "grpc"]] as const
) {
  const connect = async (models: ServerModel[]) => {
    const server = await startServer({ httpPort: 0, grpcPort: 0, models });
    const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
    const client = await InferenceClient.connect({ url, wire, api });
    const close = async () => {
      client.close();
      await server.close();
    };
    return { client, [Symbol.asyncDispose]: close };
  };

  Deno.test(`batches: every caller gets his own (${api} ${wire})`, async () => {
    const batches: number[] = [];
    await using parts = await connect([model(batches)]);
    const batcher = (await parts.client.model("m")).batch({ maxDelayMs: 5 });
    const results = await Promise.all(
      Array.from(
        { length: 10 },
        (_, i) => batcher.infer({ ...ask(i, `text ${i}`), id: BigInt(i) }),
      ),
    );
    assertEquals(
      results.map(valueOf),
      Array.from({ length: 10 }, (_, i) => [i, i + 1, `text ${i}`]),
    );
    assertEquals(results.map(({ id }) => id), Array.from({ length: 10 }, (_, i) => BigInt(i)));
    // They are sent at the same time, over connections of their own.
    assertEquals(batches.toSorted(), [2, 4, 4]);
    assertEquals(results[0]!.batchSize, 1);
    // Another shape goes on its own, and so does a batch that is one already.
    const [two, three] = await Promise.all([
      batcher.infer({ inputs: { N: [[1, 2], [3, 4]], T: { values: ["a", "b"], shape: [1] } } }),
      batcher.infer({ inputs: { N: [5, 6], T: { values: ["c", "d"], shape: [2] } } }),
    ]);
    assertEquals(two.output("T_OUT").strings, ["a", "b"]);
    assertEquals(three.output("T_OUT").strings, ["c", "d"]);
  });

  Deno.test(`batches: errors and cancellations reach the right caller (${api} ${wire})`, async () => {
    const batches: number[] = [];
    const gate = Promise.withResolvers<void>();
    await using parts = await connect([model(batches, () => gate.promise)]);
    const batcher = (await parts.client.model("m")).batch({ maxDelayMs: 1 });
    const given = new AbortController();
    const good = batcher.infer(ask(1));
    const aborted = batcher.infer({ ...ask(2), signal: given.signal });
    const late = batcher.infer({ ...ask(3), timeoutMs: 50 });
    const bad = batcher.infer(ask(-5));
    await assertRejects(() => batcher.infer({ inputs: {} }), InferenceError, "has no values");
    assertEquals((await late).error?.code, "TIMEOUT");
    given.abort();
    assertEquals((await aborted).error?.code, "CANCELLED");
    gate.resolve();
    assertEquals(valueOf(await good), [1, 2, "x"]);
    assertEquals((await bad).error?.message, "a negative number");
    assert(batches.includes(4));
  });

  Deno.test(`drain sends what waits, answers all and closes (${api} ${wire})`, async () => {
    await using parts = await connect([model([])]);
    const { client } = parts;
    const batcher = (await client.model("m")).batch({ maxDelayMs: 60_000 });
    const waiting = [batcher.infer(ask(1)), client.infer("m", ask(7))];
    await client.drain();
    assertEquals((await Promise.all(waiting)).map(valueOf), [[1, 2, "x"], [7, 8, "x"]]);
    assertEquals((await client.infer("m", ask(1))).error?.code, "CLOSED");
  });
}

Deno.test("batches: a model that takes none refuses", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  await using client = await InferenceClient.connect(server.httpAddress!);
  const error = await assertRejects(
    async () => (await client.model("identity_nobatch")).batch(),
    InferenceError,
  );
  assertEquals(error.code, "UNSUPPORTED");
});
