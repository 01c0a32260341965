/**
 * What a long-lived service does to a client: callers that give up, servers that come back different,
 * readers that are slow. Over HTTP and gRPC, v1 and v2 where both have it.
 *
 * @module
 */
import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import {
  type ApiVersion,
  type ConnectOptions,
  InferenceClient,
  InferenceError,
  type InferOptions,
  type InferResult,
  type RunningServer,
  type ServerModel,
  startServer,
  type Wire,
} from "../mod.ts";
import { startGateProxy } from "./gate_proxy.ts";
import { projectRoot } from "./program.ts";

const COMBINATIONS: readonly (readonly [ApiVersion, Wire])[] = [
  ["v1", "http"],
  ["v1", "grpc"],
  ["v2", "http"],
  ["v2", "grpc"],
];

const simple: InferOptions = {
  inputs: { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) },
};

const addressOf = (server: RunningServer, wire: Wire) =>
  wire === "http" ? server.httpAddress! : server.grpcAddress!;

/** A test for each protocol on each wire. */
function everywhere(
  name: string,
  body: (
    api: ApiVersion,
    wire: Wire,
    connect: (more?: Partial<ConnectOptions>) => Promise<InferenceClient>,
    server: RunningServer,
  ) => Promise<void>,
  models: readonly ServerModel[] = [],
): void {
  for (const [api, wire] of COMBINATIONS) {
    Deno.test(`${name} (${api} ${wire})`, async () => {
      await using server = await startServer({ httpPort: 0, grpcPort: 0, models });
      const connect = (more: Partial<ConnectOptions> = {}) =>
        InferenceClient.connect({ url: addressOf(server, wire), wire, api, ...more });
      await body(api, wire, connect, server);
    });
  }
}

/** A model of `size` floats that gives back what it gets. */
function echo(name: string, size: number, wait?: () => Promise<void>): ServerModel {
  const tensor = (name: string) => ({ name, dataType: "TYPE_FP32" as const, dims: [BigInt(size)] });
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 8,
      input: [tensor("IN")],
      output: [tensor("OUT")],
      instanceGroup: [{ count: 64 }],
    },
    createInstance: () => ({
      async execute(batch) {
        await wait?.();
        return batch.map(({ inputs: [input] }) => [{ ...input!, name: "OUT" }]);
      },
    }),
  };
}

everywhere(
  "infer gives a result for an unknown model and a dead server",
  async (_a, wire, connect, server) => {
    await using client = await connect();
    const unknown = await client.infer("nosuch", { inputs: {} });
    assertEquals([unknown.error?.answered, unknown.modelName], [true, "nosuch"]);
    assertEquals((await client.infer("simple", simple)).error, undefined);
    await server.close();
    for (const name of ["simple", "addsub_fp32", "nosuch"]) {
      const dead = await client.infer(name, simple);
      assertEquals([dead.error?.code, dead.error?.answered, dead.error?.retryable], [
        ...["CONNECTION", false, true] as const,
      ], `${wire} ${name}`);
    }
  },
);

everywhere(
  "inferOrThrow and throwOnError throw the same error, from the caller's line",
  async (_a, _w, connect) => {
    await using client = await connect();
    const { error } = await client.infer("nosuch", { inputs: {} });
    async function caller() {
      return await client.inferOrThrow("nosuch", { inputs: {} });
    }
    const thrown = await assertRejects(caller, InferenceError);
    assertEquals([thrown.code, thrown.message], [error?.code, error?.message]);
    assert(thrown.stack?.includes("caller"), thrown.stack);
    await using throwing = await connect({ throwOnError: true });
    await assertRejects(() => throwing.infer("nosuch", { inputs: {} }), InferenceError);
    const model = await throwing.model("simple");
    assertEquals((await model.infer(simple)).error, undefined);
  },
);

everywhere(
  "one caller's abort or time limit is none of another's",
  async (api, wire, _c, server) => {
    await using proxy = startGateProxy(addressOf(server, wire));
    await using client = await InferenceClient.connect({ url: proxy.address, wire, api });
    proxy.shut();
    const aborted = new AbortController();
    const a = client.infer("simple", { ...simple, signal: aborted.signal });
    const late = client.infer("simple", { ...simple, timeoutMs: 30 });
    const b = client.infer("simple", simple);
    aborted.abort();
    assertEquals((await a).error?.code, "CANCELLED");
    assertEquals((await late).error?.code, "TIMEOUT");
    proxy.let();
    assertEquals((await b).error, undefined);
  },
);

everywhere("timeoutMs is for all steps together", async (api, wire, _c, server) => {
  await using proxy = startGateProxy(addressOf(server, wire));
  await using client = await InferenceClient.connect({ url: proxy.address, wire, api });
  proxy.shut();
  // The first step takes a part of the time, the second one must not get all of it anew.
  const begin = performance.now();
  const result = client.infer("simple", { ...simple, timeoutMs: 600 });
  setTimeout(() => {
    proxy.let();
    proxy.shut();
  }, 300);
  const { error } = await result;
  assertEquals(error?.code, "TIMEOUT");
  assertLess(performance.now() - begin, 890);
});

everywhere("AbortSignal.timeout is a TIMEOUT, a closed client CLOSED", async (_a, _w, connect) => {
  const client = await connect();
  const slow = await client.model("slow");
  const inputs = { INPUT0: new Float32Array(16) };
  const late = await slow.infer({ inputs, signal: AbortSignal.timeout(1) });
  assertEquals(late.error?.code, "TIMEOUT");
  client.close();
  for (const result of [await slow.infer({ inputs }), await client.infer("simple", simple)]) {
    assertEquals([result.error?.code, result.error?.retryable], ["CLOSED", false]);
  }
  const error = await assertRejects(() => client.status(), InferenceError);
  assertEquals(error.code, "CLOSED");
});

for (const [api, wire] of COMBINATIONS) {
  Deno.test(`a model that comes back different is asked for again (${api} ${wire})`, async () => {
    let server = await startServer({ httpPort: 0, grpcPort: 0, models: [echo("m", 4)] });
    const ports = [server.httpAddress, server.grpcAddress].map((at) => Number(at!.split(":")[1]));
    await using client = await InferenceClient.connect({ url: addressOf(server, wire), wire, api });
    const infer = (size: number) =>
      client.infer("m", { inputs: { IN: new Float32Array(size).fill(size) } });
    assertEquals((await infer(4)).output("OUT").data.length, 4);
    await server.close();
    server = await startServer({
      httpPort: ports[0],
      grpcPort: ports[1],
      models: [echo("m", 8)],
    });
    try {
      // The pause between two questions out of doubt.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const results = await Promise.all([infer(8), infer(8), infer(8)]);
      assertEquals(results.map((result) => result.output("OUT").data.length), [8, 8, 8]);
      const error = await assertRejects(() => infer(4), InferenceError);
      assertEquals(error.code, "INVALID_ARG");
      client.forget("m");
      assertEquals((await infer(8)).error, undefined);
    } finally {
      await server.close();
    }
  });
}

everywhere("errors, results, status and statistics can be logged", async (_a, _w, connect) => {
  await using client = await connect();
  const result = await client.infer("simple", { ...simple, id: 7n });
  const failed = await client.infer("nosuch", { inputs: {} });
  const values = [
    result,
    failed,
    failed.error,
    await client.status(),
    await client.status("simple"),
    await client.statistics("simple"),
    await client.modelInfo("simple"),
  ];
  for (const value of values) assert(JSON.stringify(value).length > 20);
  const plain = JSON.parse(JSON.stringify(result));
  assertEquals(plain.outputs[0].data, new Array(16).fill(4));
  assertEquals(JSON.parse(JSON.stringify(failed)).error.message, failed.error?.message);
  assert(Deno.inspect(client).startsWith("InferenceClient {"));
  assert(Deno.inspect(await client.model("simple")).includes("INPUT0"));
});

everywhere("leaving inferEach cancels what never comes", async (_a, _w, connect) => {
  await using client = await connect();
  const model = await client.model("gate");
  const requests = function* () {
    for (let i = 0;; i++) {
      yield { inputs: { IN: new Float32Array(4) }, ...i === 0 && { timeoutMs: 20 } };
    }
  };
  for await (const result of model.inferEach(requests(), { concurrency: 4 })) {
    assertEquals(result.error?.code, "TIMEOUT");
    break;
  }
  gate.resolve();
  gate = Promise.withResolvers<void>();
}, [echo("gate", 4, () => gate.promise)]);

let gate = Promise.withResolvers<void>();

everywhere("a source that throws loses no answer that is under way", async (_a, _w, connect) => {
  await using client = await connect();
  const model = await client.model("simple");
  const requests = function* () {
    yield simple;
    yield simple;
    throw new Error("no more");
  };
  const results: InferResult[] = [];
  await assertRejects(
    async () => {
      for await (const result of model.inferEach(requests())) results.push(result);
    },
    Error,
    "no more",
  );
  assertEquals(results.map(({ error }) => error), [undefined, undefined]);
});

everywhere("untyped code gets errors that say what was wrong", async (_a, _w, connect) => {
  await using client = await connect();
  // deno-lint-ignore no-explicit-any
  const untyped = client as any;
  const table: [unknown, string][] = [
    [undefined, "must be an object"],
    [{}, "must be an object: names and values"],
    [{ inputs: { INPUT0: null, INPUT1: [1] } }, "'INPUT0' must be a typed array"],
    [{ inputs: { INPUT0: 5, INPUT1: [1] } }, "'INPUT0' must be a typed array"],
    [{ inputs: { INPUT0: { bytes: "x" }, INPUT1: [1] } }, "bytes of input 'INPUT0'"],
    [{ inputs: { INPUT0: { bytes: [1, 2] }, INPUT1: [1] } }, "bytes of input 'INPUT0'"],
    [{ inputs: { INPUT0: { values: "x" }, INPUT1: [1] } }, "values of input 'INPUT0'"],
    [{ ...simple, outputs: "OUTPUT0" }, "outputs must be a list"],
    [{ ...simple, batchSize: "2" }, "batch size"],
  ];
  for (const [options, text] of table) {
    const error = await assertRejects(() => untyped.infer("simple", options), InferenceError);
    assertEquals([error.code, error.message.includes(text)], ["INVALID_ARG", true], error.message);
  }
  const version = await assertRejects(() => untyped.model("simple", 1.5), InferenceError);
  assertEquals(version.message, "a model's version must be a whole number, got 1.5");
});

everywhere("values as people have them", async (_a, _w, connect) => {
  await using client = await connect();
  const rows = [new Array(16).fill(3), new Array(16).fill(5)];
  const ones = new Int32Array(32).fill(1);
  const two = await client.infer("simple", { inputs: { INPUT0: rows, INPUT1: ones } });
  assertEquals(two.output("OUTPUT0").toNested(), [new Array(16).fill(4), new Array(16).fill(6)]);
  const { buffer } = new Int32Array(16).fill(3);
  const raw = await client.infer("simple", { inputs: { INPUT0: buffer, INPUT1: rows[0]! } });
  assertEquals(raw.output("OUTPUT0").numbers(), new Array(16).fill(6));
  const found = await client.infer("identity_fp32", {
    inputs: { INPUT0: { values: [1, 2, 3], shape: [-1] } },
  });
  assertEquals(found.output("OUTPUT0").shape, [3]);
  const nested = await client.infer("identity_fp32", { inputs: { INPUT0: [[1, 2], [3, 4]] } });
  assertEquals(nested.output("OUTPUT0").toNested(), [[1, 2], [3, 4]]);
  assertEquals((await (await client.model("simple", 1)).infer(simple)).error, undefined);
  await assertRejects(
    () => client.infer("simple", { inputs: { INPUT0: [[1, 2], [3]], INPUT1: ones } }),
    InferenceError,
    "[1] has 1 elements",
  );
});

everywhere(
  "as many connections as are allowed, and none when nothing is to be done",
  async (api, wire, _c, server) => {
    await using proxy = startGateProxy(addressOf(server, wire));
    const limits = { maxConnections: 20, idleTimeoutMs: 50 };
    await using client = await InferenceClient.connect({
      url: proxy.address,
      wire,
      api,
      ...limits,
    });
    const results = await Promise.all(
      Array.from({ length: 300 }, () => client.infer("simple", simple)),
    );
    assertEquals(results.filter(({ error }) => error).length, 0);
    assert(proxy.most <= 20, String(proxy.most));
    if (wire === "grpc") return;
    for (let i = 0; i < 100 && proxy.open > 0; i++) {
      await new Promise((next) => setTimeout(next, 20));
    }
    assertEquals(proxy.open, 0);
    assertEquals((await client.infer("simple", simple)).error, undefined);
  },
);

Deno.test("connecting ends in time, whoever is silent", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const conns: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const conn of listener) conns.push(conn);
  })();
  const url = `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`;
  for (const wire of ["http", "grpc"] as const) {
    const begin = performance.now();
    const error = await assertRejects(
      () => InferenceClient.connect({ url, wire, connectTimeoutMs: 200 }),
      InferenceError,
    );
    assert(["TIMEOUT", "CONNECTION"].includes(error.code), error.code);
    assertLess(performance.now() - begin, 5000);
    const given = new AbortController();
    setTimeout(() => given.abort(), 50);
    const cancelled = await assertRejects(
      () => InferenceClient.connect({ url, wire, signal: given.signal }),
      InferenceError,
    );
    assertEquals(cancelled.code, "CANCELLED");
  }
  listener.close();
  for (const conn of conns) conn.close();
  await accepting;
});

for (const grpcChannel of ["native", "grpc-js"] as const) {
  const connect = async () => {
    const server = await startServer({
      httpPort: false,
      grpcPort: 0,
      models: [echo("gate", 4, () => gate.promise)],
    });
    const proxy = startGateProxy(server.grpcAddress!);
    const client = await InferenceClient.connect({
      ...{ url: proxy.address, wire: "grpc", api: "v2", grpcChannel, unsafeGrpcJs: true },
    });
    return {
      client,
      proxy,
      async [Symbol.asyncDispose]() {
        client.close();
        await proxy[Symbol.asyncDispose]();
        await server.close();
      },
    };
  };
  const many = (count: number) => ({ inputs: { IN: [1, 2, 3], COUNT: [count] } });

  Deno.test(`a stream that is left takes nobody with it (${grpcChannel})`, async () => {
    await using parts = await connect();
    const { client } = parts;
    const model = await client.model("repeat");
    const callers = Array.from({ length: 20 }, async () => {
      const results: InferResult[] = [];
      for (let i = 0; i < 20; i++) results.push(await client.infer("simple", simple));
      return results;
    });
    const stream = model.stream();
    let count = 0;
    for await (const result of stream.inferMany(many(100_000))) {
      assertEquals(result.error, undefined);
      if (++count === 5) break;
    }
    const results = (await Promise.all(callers)).flat();
    assertEquals(results.filter(({ error }) => error).map(({ error }) => error?.message), []);
    // The stream itself goes on.
    const next: InferResult[] = [];
    for await (const result of stream.inferMany(many(3))) next.push(result);
    assertEquals(next.length, 3);
    await stream.close();
    assertEquals((await client.infer("simple", simple)).error, undefined);
  });

  Deno.test(`a slow reader holds the server back (${grpcChannel})`, async () => {
    await using parts = await connect();
    const { client, proxy } = parts;
    const model = await client.model("repeat");
    const before = proxy.bytes;
    const stream = model.stream();
    let count = 0;
    let read = 0;
    const inputs = { IN: new Int32Array(2000), COUNT: [5000] };
    for await (const result of stream.inferMany({ inputs })) {
      read += result.output("OUT").bytes.length;
      if (++count < 10) continue;
      // What the proxy passes on settles when the windows are full.
      for (let last = -1; proxy.bytes !== last;) {
        last = proxy.bytes;
        await new Promise((next) => setTimeout(next, 200));
      }
      break;
    }
    assertLess(proxy.bytes - before, 12_000_000, "of 40 MB");
    assert(read > 0);
    await stream.close();
  });

  Deno.test(`a slow reader gets everything (${grpcChannel})`, async () => {
    await using parts = await connect();
    const model = await parts.client.model("repeat");
    await using stream = model.stream();
    const indices: number[] = [];
    const inputs = { IN: new Int32Array(2000), COUNT: [1000] };
    for await (const result of stream.inferMany({ inputs })) {
      indices.push(...result.output("INDEX").numbers());
      if (indices.length % 100 === 0) await new Promise((next) => setTimeout(next, 5));
    }
    assertEquals(indices, Array.from({ length: 1000 }, (_, i) => i));
  });

  Deno.test(`a stream of a silent server can be closed (${grpcChannel})`, async () => {
    await using parts = await connect();
    const model = await parts.client.model("gate");
    const stream = model.stream();
    const result = stream.infer({ inputs: { IN: new Float32Array(4) } });
    await stream.close({ timeoutMs: 50 });
    assertEquals((await result).error?.code, "CANCELLED");
    gate.resolve();
    gate = Promise.withResolvers<void>();
  });
}

Deno.test("a client that nobody closed keeps no process alive", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  for (const url of [server.httpAddress!, `grpc://${server.grpcAddress}`]) {
    const program = `
      import { InferenceClient } from "${new URL("mod.ts", projectRoot)}";
      const client = await InferenceClient.connect("${url}");
      const inputs = { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) };
      const results = await Promise.all([1, 2, 3].map(() => client.infer("simple", { inputs })));
      console.log(results.map(({ error }) => error?.message ?? "ok").join());
    `;
    const path = await Deno.makeTempFile({ suffix: ".ts" });
    try {
      await Deno.writeTextFile(path, program);
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-lock", "--config", "deno.json", path],
        cwd: projectRoot,
        stdin: "null",
        stderr: "piped",
        signal: AbortSignal.timeout(60_000),
      });
      const { code, stdout, stderr } = await child.output();
      assertEquals(
        [code, new TextDecoder().decode(stdout)],
        [0, "ok,ok,ok\n"],
        new TextDecoder().decode(stderr),
      );
    } finally {
      await Deno.remove(path);
    }
  }
});
