/**
 * What people meant: commands find the protocol they need, say which models there are, and tell the whole
 * story of a run with failures.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { joinPath } from "../src/base/path.ts";
import { startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";

const IMAGES = fileURLToPath(new URL("../examples/images", import.meta.url));

Deno.test("models asks in v2 whatever else the server speaks", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  for (const [wire, address] of [["http", server.httpAddress!], ["grpc", server.grpcAddress!]]) {
    const { code, stdout, stderr } = await runCommand(["models", "-i", wire!, "-u", address!]);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^simple +1 +READY$/m);
  }
});

Deno.test("an unknown model: the name that was meant, or those there are", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const commands = [
    ["types"],
    ["infer", "--input", "INPUT0=zeros"],
    ["perf_client"],
    ["image_client", "--workers", "0", `${IMAGES}/apple_red.jpg`],
  ];
  const apis = ["v1", "v2"].flatMap((api) => commands.map((command) => [api, ...command]));
  for (const [api, name, ...more] of apis) {
    const flags = ["-u", server.httpAddress!, "--api", api!];
    const near = await runCommand([name!, "-m", "simpel", ...more, ...flags]);
    assertEquals([near.code, near.stdout], [1, ""]);
    assertMatch(near.stderr, /unknown model:? 'simpel'.*; did you mean 'simple'\?\n$/);
    const far = await runCommand([name!, "-m", "resnet50", ...more, ...flags]);
    assertMatch(far.stderr, /; the server has addsub_fp32, .* and \d+ more\n$/);
  }
  const status = await runCommand(["status", "simpel", "-u", server.httpAddress!]);
  assertMatch(status.stderr, /unknown model 'simpel'; did you mean 'simple'\?\n$/);
});

Deno.test("one model at a time: a second name is refused", async () => {
  const { code, stderr } = await runCommand(["perf_client", "-m", "simple", "-m", "colors"]);
  assertEquals(code, 2);
  assertMatch(stderr, /^error: --model \(-m\) was given 2 times: it takes one NAME\n/);
  const same = await runCommand(["perf_client", "-m", "a", "-m", "a", "-u", "127.0.0.1:1"]);
  assertEquals(same.code, 1);
});

Deno.test("a shape that no memory holds is refused before anything is made", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const shape = ["--shape", "INPUT0:99999999999", "-m", "identity_fp32", "-u", server.httpAddress!];
  const text =
    /Cannot make a FP32 tensor of shape \[(1,)?99999999999\]: it takes 373 GiB, and at most 4 GiB/;
  for (const argv of [["infer", "--input", "INPUT0=zeros"], ["perf_client"]]) {
    const { code, stderr } = await runCommand([...argv, ...shape]);
    assertEquals(code, 1);
    assertMatch(stderr, text);
  }
});

Deno.test("image_client --json: a line an image, in their order, failed ones too", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["a", "c", "d"]) {
      await Deno.copyFile(`${IMAGES}/apple_red.jpg`, `${folder}/${name}.jpg`);
    }
    await Deno.writeTextFile(`${folder}/b.jpg`, "text");
    await Deno.writeTextFile(`${folder}/e.jpg`, "text");
    const { code, stdout } = await runCommand([
      ...["image_client", "-m", "colors", "-b", "2", "--json", "--workers", "0"],
      ...["-u", server.httpAddress!, folder],
    ]);
    const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(code, 1);
    assertEquals(
      lines.map(({ image, error }) => [image, error !== undefined]),
      ["a", "b", "c", "d", "e"].map((name) => [
        joinPath(folder, `${name}.jpg`),
        name === "b" || name === "e",
      ]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an answer of status 200 that holds an error is that error", async () => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.endsWith("/infer")) return Response.json({ error: "the GPU is on fire" });
    if (pathname.endsWith("/config")) {
      const tensor = { data_type: "TYPE_FP32", dims: [1] };
      return Response.json({
        ...{ name: "m", max_batch_size: 0 },
        input: [{ name: "IN", ...tensor }],
        output: [{ name: "OUT", ...tensor }],
      });
    }
    if (pathname === "/v2/models/m") {
      const tensor = { name: "IN", datatype: "FP32", shape: [1] };
      return Response.json({
        ...{ name: "m", versions: ["1"], platform: "p" },
        inputs: [tensor],
        outputs: [{ ...tensor, name: "OUT" }],
      });
    }
    return new Response(null, { status: 200 });
  });
  try {
    const { code, stderr } = await runCommand([
      ...["infer", "-m", "m", "--api", "v2", "-u", `127.0.0.1:${server.addr.port}`],
      ...["--input", "IN=zeros"],
    ]);
    assertEquals(code, 1);
    assert(stderr.includes("the GPU is on fire"), stderr);
  } finally {
    await server.shutdown();
  }
});

Deno.test("a server that hides its index: the models are unknown, not none", async () => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.includes("repository")) {
      return Response.json({ error: "This API is restricted" }, { status: 403 });
    }
    if (pathname === "/v2") return Response.json({ name: "triton", version: "2.51.0" });
    if (pathname.startsWith("/v2/health")) return new Response(null);
    return new Response(null, { status: 404 });
  });
  try {
    const address = `127.0.0.1:${server.addr.port}`;
    const { code, stdout } = await runCommand(["status", "--api", "v2", "-u", address]);
    assertEquals([code, stdout], [
      0,
      "triton 2.51.0, ready\nmodels unknown: the server has no repository index, or does not show it\n",
    ]);
  } finally {
    await server.shutdown();
  }
});

Deno.test("perf_client -f: a CSV for each model of an ensemble", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const picture = { b64: (await Deno.readFile(`${IMAGES}/apple_red.jpg`)).toBase64() };
    const data = `${folder}/data.json`;
    await Deno.writeTextFile(data, JSON.stringify({ data: [{ INPUT: picture }] }));
    const { code } = await runCommand([
      ...["perf_client", "-m", "preprocess_colors_ensemble", "-u", server.httpAddress!],
      ...["--input-data", data, "--request-count", "3", "-f", `${folder}/levels.csv`],
    ]);
    assertEquals(code, 0);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(names, [
      ...["colors.levels.csv", "data.json", "levels.csv", "preprocess_colors.levels.csv"],
    ]);
    assertMatch(
      await Deno.readTextFile(`${folder}/colors.levels.csv`),
      /^Concurrency,Inferences\/Second,Server Queue,Server Compute,Inference Count,Execution Count\n1,[\d.]+,\d+,\d+,3,3\n$/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
