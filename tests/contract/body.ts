/**
 * What every protocol on every wire must do, as one body of tests. It is run against the embedded
 * server and, for v2, against a real Triton.
 *
 * @module
 */
import { assert, assertEquals, assertGreater, assertRejects, assertThrows } from "@std/assert";
import { InferenceError } from "../../src/base/errors.ts";
import type { InferenceClient } from "../../src/client/inference_client.ts";
import type { InferOptions } from "../../src/client/request.ts";
import type { ApiVersion, Wire } from "../../src/protocol/types.ts";

/** A server under test. */
export interface ContractServer {
  /** A client of its own for each test. */
  connect(): Promise<InferenceClient>;
  /** Stops the server and starts it again at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** What is put to the test. */
export interface ContractCase {
  readonly name: string;
  readonly api: ApiVersion;
  readonly wire: Wire;
  start(): Promise<ContractServer>;
}

const ADD = Int32Array.from({ length: 16 }, (_, i) => i);
const ONE = new Int32Array(16).fill(1);
const simple = (more: Partial<InferOptions> = {}): InferOptions => ({
  inputs: { INPUT0: ADD, INPUT1: ONE },
  ...more,
});
const sums = Array.from(ADD, (value) => value + 1);

/** Registers the tests. */
export function contractTests(contract: ContractCase): void {
  const { api, wire } = contract;
  Deno.test({
    name: `contract: ${contract.name}`,
    sanitizeOps: true,
    sanitizeResources: true,
    async fn(t) {
      const server = await contract.start();
      const step = (name: string, body: (client: InferenceClient) => Promise<void>) =>
        t.step(name, async () => {
          const client = await server.connect();
          try {
            await body(client);
          } finally {
            client.close();
          }
        });
      try {
        await queries(step, api);
        await inference(step, api);
        await errors(step);
        await manyAndBig(step);
        await sequences(step);
        if (wire === "grpc") await streams(step);
        else await noStreams(step);
        await step("a server restarted between requests", async (client) => {
          assertEquals((await client.infer("simple", simple())).error, undefined);
          await server.restart();
          const result = await client.infer("simple", simple());
          assertEquals(result.error?.describe(), undefined);
        });
      } finally {
        await server.close();
      }
    },
  });
}

type Step = (name: string, body: (client: InferenceClient) => Promise<void>) => Promise<unknown>;

async function queries(step: Step, api: ApiVersion): Promise<void> {
  await step("health", async (client) => {
    assertEquals(await client.live(), true);
    assertEquals(await client.ready(), true);
    assertEquals(await client.modelReady("simple"), true);
    assertEquals(client.api, api);
  });
  await step("a model's description", async (client) => {
    const info = await client.modelInfo("simple");
    assertEquals(info.maxBatchSize, 8);
    assertEquals(info.versions, ["1"]);
    assertEquals(
      info.inputs.map(({ name, dataType, shape }) => [name, dataType, shape]),
      [["INPUT0", "INT32", [16]], ["INPUT1", "INT32", [16]]],
    );
    assertEquals(info.outputs.map(({ name }) => name), ["OUTPUT0", "OUTPUT1"]);
    assertEquals((await client.modelInfo("simple_sequence")).scheduling, "sequence");
    const ensemble = await client.modelInfo("preprocess_colors_ensemble");
    assertEquals(ensemble.scheduling, "ensemble");
    assertEquals(ensemble.steps.map(({ modelName }) => modelName).at(-1), "colors");
    assertEquals((await client.modelInfo("colors")).inputs[0]!.format, "NHWC");
  });
  await step("status and statistics count requests", async (client) => {
    const [before] = await client.statistics("simple");
    await client.infer("simple", simple({ batchSize: 1 }));
    const two = { INPUT0: [...ADD, ...ADD], INPUT1: [...ONE, ...ONE] };
    await client.infer("simple", { inputs: two, batchSize: 2 });
    // Triton moves its counters after it has answered.
    let [after] = await client.statistics("simple");
    for (
      let asked = 1;
      asked < 1000 && after!.success.count - before!.success.count < 2n;
      asked++
    ) {
      [after] = await client.statistics("simple");
    }
    assertEquals(after!.inferenceCount - before!.inferenceCount, 3n);
    assertEquals(after!.executionCount - before!.executionCount, 2n);
    assertEquals(after!.success.count - before!.success.count, 2n);
    assertGreater(after!.success.ns, before!.success.ns);
    const status = await client.status("simple");
    assert(status.models.some(({ name, version }) => name === "simple" && version === "1"));
    const all = await client.status();
    assert(all.models.length > 5);
  });
  await step("unknown model", async (client) => {
    const error = await assertRejects(() => client.modelInfo("nosuch"), InferenceError);
    assert(error.message.includes("nosuch"), error.message);
    await assertRejects(() => client.status("nosuch"), InferenceError, "nosuch");
  });
}

async function inference(step: Step, api: ApiVersion): Promise<void> {
  await step("sums and differences", async (client) => {
    const result = await client.infer("simple", simple());
    assertEquals([...result.output("OUTPUT0").data], sums);
    assertEquals([...result.output("OUTPUT1").data], Array.from(ADD, (value) => value - 1));
    assertEquals(result.modelName, "simple");
    assertEquals(result.modelVersion, "1");
    assertEquals(result.output("OUTPUT0").shape, [16]);
    assertGreater(result.timers.totalMs, 0);
  });
  await step("only the output asked for; a named version", async (client) => {
    const model = await client.model("simple", 1n);
    const result = await model.infer(simple({ outputs: ["OUTPUT1"] }));
    assertEquals(result.outputs.map(({ name }) => name), ["OUTPUT1"]);
    assertEquals(model.statistics().completedRequestCount, 1);
    assertGreater(Number(model.statistics().cumulativeTotalRequestTimeNs), 0);
  });
  await step("request ids come back", async (client) => {
    const result = await client.infer("simple", simple({ id: 18446744073709551615n }));
    assertEquals(String(result.id), "18446744073709551615");
  });
  await step("classes beside a tensor, in a batch", async (client) => {
    const result = await client.infer("addsub_fp32", {
      inputs: {
        INPUT0: Float32Array.from([...ADD, ...ADD].reverse()),
        INPUT1: Float32Array.from([...ONE, ...ONE]),
      },
      batchSize: 2,
      outputs: [{ name: "OUTPUT0", classes: 2 }, "OUTPUT1"],
    });
    for (const entry of [0, 1]) {
      assertEquals(result.output("OUTPUT0").classes(entry), [
        { index: 0, value: 16, label: "label0" },
        { index: 1, value: 15, label: "label1" },
      ]);
    }
    assertEquals(result.output("OUTPUT1").data.length, 32);
    assertThrows(() => result.output("OUTPUT0").data, InferenceError, "OUTPUT0");
    assertThrows(() => result.output("OUTPUT1").classes(), InferenceError, "OUTPUT1");
  });
  await step("strings", async (client) => {
    const result = await client.infer("simple_string", {
      inputs: { INPUT0: Array.from(ADD, String), INPUT1: Array.from(ONE, String) },
    });
    assertEquals(result.output("OUTPUT0").strings, sums.map(String));
  });
  await step("variable shapes", async (client) => {
    for (const count of [1, 7, 1000]) {
      const values = Float32Array.from({ length: count }, (_, i) => i / 7);
      const result = await client.infer("identity_fp32", {
        inputs: { INPUT0: { values, shape: [count] } },
      });
      assertEquals(result.output("OUTPUT0").shape, [count]);
      assertEquals([...result.output("OUTPUT0").data], [...values]);
    }
  });
  await step("a model without a batch dimension", async (client) => {
    const result = await client.infer("identity_nobatch", {
      inputs: { INPUT0: { values: [1, 2, 3, 4, 5, 6], shape: [2, 3] } },
    });
    assertEquals(result.output("OUTPUT0").shape, [2, 3]);
    assertEquals([...result.output("OUTPUT0").data], [1, 2, 3, 4, 5, 6]);
  });
  if (api === "v1") {
    await step("request parameters are refused", async (client) => {
      const model = await client.model("simple");
      await assertRejects(
        () => model.infer(simple({ parameters: { a: 1 } })),
        InferenceError,
        "v2",
      );
    });
  }
}

async function errors(step: Step): Promise<void> {
  await step(
    "options that don't fit the model are refused before anything is sent",
    async (client) => {
      const model = await client.model("simple");
      const table: [Partial<InferOptions>, string][] = [
        [{ batchSize: 9 }, "expecting batch size <= 8"],
        [{ batchSize: 0 }, "batch size must be"],
        [{ inputs: { INPUT0: ADD } }, "'INPUT1'"],
        [{ inputs: { INPUT0: ADD, INPUT1: ONE, INPUT2: ONE } }, "'INPUT2'"],
        [{ inputs: { INPUT0: ADD, INPUT1: [1, 2] } }, "expects 64 bytes"],
        [{ inputs: { INPUT0: ADD, INPUT1: new Array(16).fill(NaN) } }, "'INPUT1'"],
        [{ outputs: ["OUTPUT9"] }, "'OUTPUT9'"],
        [{ outputs: [{ name: "OUTPUT0", classes: 0 }] }, "number of classes"],
      ];
      for (const [more, text] of table) {
        const error = await assertRejects(() =>
          Promise.resolve().then(() => model.infer(simple(more)))
        );
        assert(error instanceof InferenceError && error.message.includes(text), String(error));
      }
    },
  );
  await step(
    "the server's refusal is a result with an error, and the next request works",
    async (client) => {
      const model = await client.model("simple");
      const bad = await model.send({
        modelName: "simple",
        batchSize: 9,
        batched: true,
        inputs: ["INPUT0", "INPUT1"].map((name) => ({
          name,
          dataType: "INT32",
          shape: [16],
          data: [new Uint8Array(64 * 9)],
        })),
        outputs: [{ name: "OUTPUT0" }],
      });
      assert(bad.error instanceof InferenceError);
      assert(bad.error.message.includes("batch-size must be <= 8"), bad.error.message);
      assertThrows(() => bad.output("OUTPUT0"), InferenceError);
      assertEquals((await model.infer(simple())).error, undefined);
    },
  );
  await step("a request given up midway", async (client) => {
    const model = await client.model("slow");
    const controller = new AbortController();
    const request = { inputs: { INPUT0: new Float32Array(16) } };
    const pending = model.infer({ ...request, signal: controller.signal });
    controller.abort();
    assertEquals((await pending).error?.code, "CANCELLED");
    assertEquals((await model.infer({ ...request, timeoutMs: 1 })).error?.code, "TIMEOUT");
    assertEquals((await model.infer(request)).error, undefined);
  });
}

async function manyAndBig(step: Step): Promise<void> {
  await step("64 requests in flight", async (client) => {
    const model = await client.model("simple");
    const results = await Promise.all(
      Array.from(
        { length: 64 },
        (_, i) => model.infer({ inputs: { INPUT0: ADD, INPUT1: new Int32Array(16).fill(i) } }),
      ),
    );
    results.forEach((result, i) => {
      assertEquals([...result.output("OUTPUT0").data], Array.from(ADD, (value) => value + i));
    });
  });
  await step("tensors of 8 MB both ways", async (client) => {
    const values = new Float32Array(2 * 1024 * 1024).map((_, i) => i % 1013);
    const result = await client.infer("identity_large", {
      inputs: { INPUT0: values },
      batchSize: 2,
    });
    const back = result.output("OUTPUT0").data;
    assertEquals(back.length, values.length);
    assert(values.every((value, i) => back[i] === value));
  });
}

const step1 = (value: number, id: bigint, start = false, end = false): InferOptions => ({
  inputs: { INPUT: [value] },
  sequence: { id, start, end },
});

async function sequences(step: Step): Promise<void> {
  await step("two sequences at once", async (client) => {
    const model = await client.model("simple_sequence");
    const totals: number[][] = [[], []];
    for (const [i, value] of [5, 7, 11].entries()) {
      for (const [which, id] of [901n, 902n].entries()) {
        const result = await model.infer(step1(value * (which + 1), id, i === 0, i === 2));
        totals[which]!.push(Number(result.output("OUTPUT").data[0]));
      }
    }
    assertEquals(totals, [[5, 12, 23], [10, 24, 46]]);
  });
  await step("a wrong correlation id", async (client) => {
    const model = await client.model("simple_sequence");
    const none = await model.infer({ inputs: { INPUT: [1] } });
    assert(/correlation ID/i.test(none.error?.message ?? ""), none.error?.message);
    const unknown = await model.infer(step1(1, 77_001n));
    assert(/START flag/i.test(unknown.error?.message ?? ""), unknown.error?.message);
  });
}

async function streams(step: Step): Promise<void> {
  await step("100 requests over one stream", async (client) => {
    const model = await client.model("simple");
    const stream = model.stream();
    const results = await Promise.all(
      Array.from(
        { length: 100 },
        (_, i) => stream.infer({ inputs: { INPUT0: ADD, INPUT1: new Int32Array(16).fill(i) } }),
      ),
    );
    await stream.close();
    results.forEach((result, i) => {
      assertEquals(result.output("OUTPUT0").data[3], 3 + i);
    });
  });
  await step("a failed request in the middle of a stream that goes on", async (client) => {
    const model = await client.model("simple_sequence");
    const stream = model.stream();
    const good = await stream.infer(step1(3, 950n, true));
    const bad = await stream.infer(step1(3, 951n));
    const again = await stream.infer(step1(4, 950n, false, true));
    await stream.close();
    assertEquals(good.output("OUTPUT").data[0], 3);
    assert(bad.error instanceof InferenceError);
    assertEquals(again.output("OUTPUT").data[0], 7);
  });
  await step("a sequence over a stream without waiting", async (client) => {
    const model = await client.model("simple_sequence");
    const stream = model.stream();
    const values = [1, 2, 3, 4, 5];
    const results = await Promise.all(
      values.map((value, i) => stream.infer(step1(value, 960n, i === 0, i === values.length - 1))),
    );
    await stream.close();
    assertEquals(results.map((result) => result.output("OUTPUT").data[0]), [1, 3, 6, 10, 15]);
  });
  await step("a stream given up", async (client) => {
    const model = await client.model("slow");
    const stream = model.stream();
    const pending = stream.infer({ inputs: { INPUT0: new Float32Array(16) } });
    stream.cancel();
    assertEquals((await pending).error?.code, "CANCELLED");
    await stream.close();
    const late = await stream.infer({ inputs: { INPUT0: new Float32Array(16) } });
    assert(late.error instanceof InferenceError);
  });
  await step("a stream's tensors of 8 MB", async (client) => {
    const model = await client.model("identity_large");
    const stream = model.stream();
    const values = new Float32Array(2 * 1024 * 1024).fill(2.5);
    const result = await stream.infer({ inputs: { INPUT0: values }, batchSize: 2 });
    await stream.close();
    assertEquals(result.output("OUTPUT0").data.length, values.length);
  });
}

async function noStreams(step: Step): Promise<void> {
  await step("streams are refused over HTTP", async (client) => {
    const model = await client.model("simple");
    assertThrows(() => model.stream(), InferenceError, "gRPC");
  });
}
