/**
 * perf_client over several servers, and with several models.
 *
 * @module
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { startServer } from "../src/server/start.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";
import { runCommand } from "./run_command.ts";

/** An address that nobody listens at. */
function nobody(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return `127.0.0.1:${port}`;
}

async function withFile(text: string, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

/** How many requests of `simple` a server has answered. */
async function answered(address: string): Promise<number> {
  const answer = await fetch(`http://${address}/metrics`);
  const text = await answer.text();
  return Number(/nv_inference_request_success\{model="simple",version="1"\} (\d+)/.exec(text)![1]);
}

for (const wire of ["http", "grpc"] as const) {
  for (const api of ["v1", "v2"]) {
    Deno.test(`several servers take turns, with figures each, ${api} over ${wire}`, async () => {
      await using a = await startServer({ httpPort: 0, grpcPort: 0 });
      await using b = await startServer({ httpPort: 0, grpcPort: 0 });
      const both = wire === "http"
        ? [a.httpAddress!, b.httpAddress!]
        : [a.grpcAddress!, b.grpcAddress!];
      const csv = await Deno.makeTempFile();
      const run = await runPerfJson([
        ...["-m", "simple", "--api", api, "-i", wire, "-u", both.join(","), "-t", "4"],
        ...["--request-count", "40", "-f", csv],
      ]);
      assertEquals(run.code, 0, run.merged);
      const { settings, levels } = run.report;
      assertEquals([settings.addresses, settings.balance], [both, "round-robin"]);
      const { addresses, server } = levels[0]!.reported;
      assertEquals(
        addresses!.map(({ address, requestCount, failedCount }) => [
          ...[address, requestCount, failedCount],
        ]),
        both.map((address) => [address, 20, 0]),
      );
      assert(addresses!.every(({ latency }) => latency!.count === 20));
      assertEquals(server!.requestCount, 40);
      assertEquals([await answered(a.httpAddress!), await answered(b.httpAddress!)], [20, 20]);
      assertStringIncludes(run.stdout, `  Servers: \n    ${both[0]}: 20 requests, `);
      const [header, row] = (await Deno.readTextFile(csv)).split("\n");
      assertStringIncludes(header!, `,${both[1]} Requests/Second,${both[1]} Avg latency,`);
      assertEquals(header!.split(",").length, row!.split(",").length);
      await Deno.remove(csv);
    });
  }
}

Deno.test("a server that is away is told, and the others go on", async () => {
  await using a = await startServer({ httpPort: 0, grpcPort: false });
  await using b = await startServer({ httpPort: 0, grpcPort: false });
  const away = nobody();
  const urls = [a.httpAddress!, away, b.httpAddress!].join(",");
  const run = await runPerfJson([
    ...["-m", "simple", "-u", urls, "--request-count", "60", "--balance", "least-outstanding"],
  ]);
  assertStringIncludes(run.stderr, `warning: ${away} is left out until it answers: `);
  assertStringIncludes(run.stderr, `${away} answered nothing: it was left out`);
  const [first, second, third] = run.level.reported.addresses!;
  assertEquals(second!.requestCount, 0);
  assert(second!.failedCount >= 1 && second!.failedCount < 10, `${second!.failedCount} failed`);
  assertEquals(
    first!.requestCount + third!.requestCount + run.level.reported.failedCount,
    60,
  );
  assert(first!.requestCount > 0 && third!.requestCount > 0);
  // Requests failed, and that is said as always.
  assertEquals(run.code, 1);
});

Deno.test("sequences stay with one server each", async () => {
  await using a = await startServer({ httpPort: 0, grpcPort: false });
  await using b = await startServer({ httpPort: 0, grpcPort: false });
  const run = await runPerfJson([
    ...["-m", "simple_sequence", "-u", `${a.httpAddress},${b.httpAddress}`, "-t", "4"],
    ...["--request-count", "80", "--sequence-length", "5"],
  ]);
  assertEquals([run.code, run.level.reported.failedCount], [0, 0], run.merged);
  assert(run.level.reported.addresses!.every(({ requestCount }) => requestCount > 0));
});

Deno.test("addresses that can't go together are refused before any load", async () => {
  const cases: [string[], RegExp][] = [
    [["-u", "a:1,"], /Cannot use the addresses "a:1,": an address is empty/],
    [["-u", "a:1,a:1"], /a:1 is there twice/],
    [["-u", "a:1,grpc://b:1"], /HTTP and gRPC addresses together/],
    [["-u", "a:1,https://b:1"], /with and without TLS together/],
    [["-u", "a:1/x,b:1"], /different paths together/],
    [["-u", "a:1,b:1", "-n"], /--profile \(-n\) is for one server/],
    [["-u", "a:1,b:x"], /the port "x" is not/],
  ];
  for (const [argv, says] of cases) {
    const run = await runPerf(["-m", "simple", ...argv]);
    assertMatch(run.stderr, says);
    assertEquals([run.code, run.stdout], [2, ""]);
  }
  const none = await runPerf(["-m", "simple", "-u", `${nobody()},${nobody()}`, "--api", "auto"]);
  assertMatch(none.stderr, /error: Cannot connect to 127/);
  assertEquals(none.code, 1);
  const status = await runCommand(["status", "-u", "a:1,b:1"]);
  assertMatch(status.stderr, /this command asks one server/);
});

Deno.test("image_client and infer spread over several servers, and go past one that is away", async () => {
  await using a = await startServer({ httpPort: 0, grpcPort: false });
  const urls = `${nobody()},${a.httpAddress}`;
  const infer = await runCommand([
    ...["infer", "-m", "simple", "-u", urls, "--input", "INPUT0=zeros", "--input", "INPUT1=zeros"],
  ]);
  assertEquals(infer.code, 0, infer.stderr);
  await using b = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  for (let i = 0; i < 8; i++) {
    await Deno.writeFile(`${folder}/${i}.ppm`, new TextEncoder().encode("P6 1 1 255\nabc"));
  }
  const images = await runCommand([
    ...["image_client", "-m", "colors", "-u", `${urls},${b.httpAddress}`, folder],
  ]);
  await Deno.remove(folder, { recursive: true });
  assertEquals(images.code, 0, images.stderr);
  for (const { httpAddress } of [a, b]) {
    const text = await (await fetch(`http://${httpAddress}/metrics`)).text();
    const [, count] = /nv_inference_request_success\{model="colors",version="1"\} (\d+)/.exec(
      text,
    )!;
    assert(Number(count) > 0, `${httpAddress} got none`);
  }
});

const MIX = {
  models: [
    { model: "simple", share: 3, batch_size: 2 },
    { model: "identity_fp32", share: 1, shape: { INPUT0: [4] }, input_data: "zero" },
  ],
};

for (const api of ["v1", "v2"]) {
  Deno.test(`a mix has its shares to the request, with figures each, ${api}`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: false });
    await withFile(JSON.stringify(MIX), async (path) => {
      const csv = await Deno.makeTempFile();
      const run = await runPerfJson([
        ...["--mix", path, "--api", api, "-u", server.httpAddress!, "-t", "4"],
        ...["--request-count", "40", "-f", csv],
      ]);
      assertEquals(run.code, 0, run.merged);
      const { reported } = run.level;
      const [simple, identity] = reported.models!;
      assertEquals(
        [simple!, identity!].map(({ name, share, requestShare, requestCount }) => [
          ...[name, share, requestShare, requestCount],
        ]),
        [["simple", 0.75, 0.75, 30], ["identity_fp32", 0.25, 0.25, 10]],
      );
      assertEquals(simple!.server!.inferenceCount, 60);
      assertEquals(identity!.server!.requestCount, 10);
      assertAlmostEquals(
        reported.inferPerSecond,
        simple!.inferPerSecond + identity!.inferPerSecond,
        1e-6,
      );
      assertEquals(reported.server, undefined);
      assertStringIncludes(
        run.stdout,
        "  Mix:\n    simple: 75.00% of the requests, batch size 2\n",
      );
      assertMatch(
        run.stdout,
        /^ {2}Models: \n {4}simple \(75\.00% of the requests, asked 75\.00%\)/m,
      );
      assert(!run.stdout.includes("No statistics"), run.stdout);
      const header = (await Deno.readTextFile(csv)).split("\n")[0]!;
      assertStringIncludes(header, "identity_fp32 Inferences/Second");
      await Deno.remove(csv);
    });
  });
}

Deno.test("a mix by rate, on different servers, one of them away", async () => {
  await using a = await startServer({ httpPort: 0, grpcPort: false });
  await using b = await startServer({ httpPort: 0, grpcPort: false });
  const mix = {
    models: [
      { name: "here", model: "simple", url: `${a.httpAddress},${nobody()}` },
      { name: "there", model: "simple", url: b.httpAddress },
    ],
  };
  await withFile(JSON.stringify(mix), async (path) => {
    // Few enough to wait in one listener's backlog when the machine stalls: each may need a connection.
    const run = await runPerfJson([
      ...["--mix", path, "--request-rate", "80", "--duration", "500ms"],
    ]);
    const [here, there] = run.level.reported.models!;
    assert(here!.requestCount > 0 && here!.failedCount > 0, run.merged);
    assert(there!.requestCount > 0);
    assertEquals(there!.failedCount, 0, run.merged);
    assert(await answered(b.httpAddress!) > 0);
  });
});

Deno.test("a mix that can't be used is refused before any load", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const one = (entry: object) => JSON.stringify({ models: [entry] });
  const cases: [string, RegExp, number?][] = [
    ["{", /it is not JSON/],
    ["[]", /expected \{"models": \[...\]\}/],
    ['{"models": []}', /it has no models/],
    ['{"models": [1]}', /model 1 is not an object/],
    ['{"models": [{"model": "simple"}], "x": 1}', /"x" means nothing/],
    [one({}), /model 1 lacks "model"/],
    [one({ model: "simple", share: 0 }), /"share" of model 1 must be a number above 0/],
    [one({ model: "simple", share: -1 }), /"share" of model 1 must be a number above 0/],
    [one({ model: "simple", batch: 1 }), /model 1 says "batch"; known are model, name/],
    [one({ model: "simple", batch_size: 0 }), /"batch_size" of model 1 must be/],
    [one({ model: "simple", shape: { x: [1.5] } }), /"shape" of model 1 must be/],
    [one({ model: "simple", datatype: { x: "F" } }), /"datatype" of model 1 must be/],
    [one({ model: "simple", url: "x:y" }), /the port "y"/],
    ['{"models": [{"model": "simple"}, {"model": "simple"}]}', /two models are called 'simple'/],
    [one({ model: "nope" }), /'nope' of the mix: .*nope/, 1],
    [one({ model: "simple", batch_size: 999 }), /'simple' of the mix: expecting batch size <= /, 1],
    [one({ model: "simple_sequence" }), /a stateful model can't be part of a mix/, 1],
  ];
  for (const [text, says, code = 2] of cases) {
    await withFile(text, async (path) => {
      const run = await runPerf(["--mix", path, "-u", server.httpAddress!]);
      assertMatch(run.stderr, says);
      assertEquals([run.code, run.stdout.includes("Client")], [code, false], run.merged);
    });
  }
  await withFile(JSON.stringify(MIX), async (path) => {
    for (const more of [["-m", "simple"], ["--input-data", "zero"], ["--shape", "x:1"]]) {
      const run = await runPerf(["--mix", path, ...more]);
      assertMatch(run.stderr, /--mix can't be combined with/);
      assertEquals(run.code, 2);
    }
  });
  assertEquals((await runPerf(["--mix", "/nonexistent/mix.json"])).code, 1);
  const nothing = await runPerf([]);
  assertMatch(nothing.stderr, /Missing flag --model/);
  assertEquals(await answered(server.httpAddress!), 0);
});
