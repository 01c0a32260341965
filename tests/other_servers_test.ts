/**
 * Servers that speak v2 without Triton's extensions: no binary tensors, no configuration, no statistics, no
 * repository index, and models that may declare nothing.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { InferenceClient } from "../mod.ts";
import { runCommand } from "./run_command.ts";

interface PlainTensor {
  readonly name: string;
  readonly shape: number[];
  readonly datatype: string;
  readonly data: unknown[];
}

interface PlainServer extends AsyncDisposable {
  readonly address: string;
  /** Bodies of inference requests, with their content types. */
  readonly received: { type: string | null; headerLength: string | null; body: string }[];
  readonly paths: string[];
}

/** A server as MLServer is one: an identity `echo`, and `bare` that declares nothing. */
function plainServer(extensions: readonly string[] | undefined = []): PlainServer {
  const received: PlainServer["received"] = [];
  const paths: string[] = [];
  const echo = {
    name: "echo",
    versions: [],
    platform: "",
    inputs: [{ name: "x", datatype: "FP32", shape: [-1, 4] }],
    outputs: [{ name: "x", datatype: "FP32", shape: [-1, 4] }],
  };
  const json = (value: unknown, status = 200) => Response.json(value, { status });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      paths.push(pathname);
      if (pathname === "/v2") return json({ name: "plain", version: "1.0", extensions });
      if (pathname.startsWith("/v2/health/")) return new Response("");
      if (pathname === "/v2/models/echo") return json(echo);
      if (pathname === "/v2/models/bare") {
        return json({ name: "bare", versions: null, platform: "", inputs: null, outputs: null });
      }
      if (!pathname.endsWith("/infer")) return json({ detail: "Not Found" }, 404);
      const body = await request.text();
      received.push({
        type: request.headers.get("content-type"),
        headerLength: request.headers.get("inference-header-content-length"),
        body,
      });
      if (!body.endsWith("]}")) return json({ error: "no binary tensors" }, 500);
      const { inputs } = JSON.parse(body) as { inputs: PlainTensor[] };
      return json({ model_name: "m", id: "1", outputs: inputs });
    },
  );
  return {
    address: `127.0.0.1:${server.addr.port}`,
    received,
    paths,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const VALUES = "[1,2,3,4]";

Deno.test("a server without the binary extension gets JSON, and both shapes are taken", async () => {
  for (const shape of [[], ["--shape", "x:4"], ["--shape", "x:1,4"]]) {
    await using server = plainServer();
    const flags = ["-u", server.address, "-m", "echo", "--input", `x=${VALUES}`, "--json"];
    const { code, stdout, stderr } = await runCommand(["infer", ...flags, ...shape]);
    assertEquals([code, stderr], [0, ""], shape.join(" "));
    assertStringIncludes(stdout.replace(/\s+/g, ""), "[1,2,3,4]");
    const [request] = server.received;
    assertEquals([request!.type, request!.headerLength], ["application/json", null]);
    assertEquals(JSON.parse(request!.body), {
      inputs: [{ name: "x", shape: [1, 4], datatype: "FP32", data: [1, 2, 3, 4] }],
      outputs: [{ name: "x" }],
    });
  }
});

Deno.test("a whole shape of several rows needs no batch size", async () => {
  await using server = plainServer();
  const argv = [
    "infer",
    "-u",
    server.address,
    "-m",
    "echo",
    "--shape",
    "x:2,4",
    "--input",
    "x=zeros",
  ];
  const { code, stderr } = await runCommand(argv);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(JSON.parse(server.received[0]!.body).inputs[0].shape, [2, 4]);
});

Deno.test("a model that declares no inputs takes those of the command line", async () => {
  const ways = [
    ["--input", `x:FP32[1,4]=${VALUES}`],
    ["--input", `x=${VALUES}`, "--shape", "x:1,4", "--datatype", "x:fp32"],
  ];
  for (const way of ways) {
    await using server = plainServer();
    const argv = ["infer", "-u", server.address, "-m", "bare", ...way];
    const { code, stdout, stderr } = await runCommand(argv);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /x.*FP32.*4/s);
    assertEquals(JSON.parse(server.received[0]!.body), {
      inputs: [{ name: "x", shape: [1, 4], datatype: "FP32", data: [1, 2, 3, 4] }],
    });
  }
});

Deno.test("an undeclared input without a type is told what it lacks", async () => {
  await using server = plainServer();
  const argv = ["infer", "-u", server.address, "-m", "bare", "--input", `x=${VALUES}`];
  const { code, stderr } = await runCommand(argv);
  assertEquals(code, 1);
  assertEquals(
    stderr,
    "error: input 'x' needs a type and a shape: model 'bare' declares no inputs; " +
      "give both (--shape NAME:1,4 --datatype NAME:FP32)\n",
  );
});

Deno.test("the library takes an undeclared input with its type and shape", async () => {
  await using server = plainServer();
  await using client = await InferenceClient.connect(server.address);
  const result = await client.infer("bare", {
    inputs: { x: { values: [1n, 2n ** 50n], shape: [2], dataType: "INT64" } },
  });
  assertEquals(result.error, undefined);
  assertEquals([...result.output("x").data as BigInt64Array], [1n, 2n ** 50n]);
});

Deno.test("perf_client measures a server without extensions", async () => {
  await using server = plainServer();
  const count = ["--request-count", "20"];
  const declared = ["--shape", "x:1,4", "--datatype", "x:FP32"];
  for (const model of ["echo", "bare"]) {
    const argv = ["perf_client", "-u", server.address, "-m", model, ...count, ...declared];
    const { code, stdout, stderr } = await runCommand(argv);
    assertEquals(code, 0, stdout + stderr);
    assertStringIncludes(stderr, "This server has no statistics");
    assertEquals(JSON.parse(server.received.at(-1)!.body).inputs[0].shape, [1, 4]);
  }
});

Deno.test("the formats that are asked for win over the extensions", async () => {
  await using server = plainServer(["binary_tensor_data"]);
  const flags = ["-u", server.address, "-m", "echo", "--input", `x=${VALUES}`];
  const json = ["--input-tensor-format", "json", "--output-tensor-format", "json"];
  const asked = await runCommand(["infer", ...flags, ...json]);
  assertEquals([asked.code, asked.stderr], [0, ""]);
  assertEquals(server.received[0]!.headerLength, null);
  await using other = plainServer([]);
  const binary = ["--input-tensor-format", "binary", "-u", other.address];
  await runCommand(["infer", ...flags.slice(2), ...binary]);
  assertEquals(other.received[0]?.type, "application/octet-stream");
});

Deno.test("a server that doesn't tell its extensions gets binary tensors, as Triton's clients do", async () => {
  await using server = plainServer(null as unknown as undefined);
  await runCommand(["infer", "-u", server.address, "-m", "echo", "--input", `x=${VALUES}`]);
  assertEquals(server.received[0]?.type, "application/octet-stream");
});

Deno.test("a server without a repository index is said to have none", async () => {
  await using server = plainServer();
  const { code, stdout, stderr } = await runCommand(["models", "-u", server.address]);
  assertEquals([code, stdout], [1, ""]);
  assertEquals(
    stderr,
    "error: This server has no repository index; that is an extension of v2, which Triton has\n",
  );
});

Deno.test("a token goes to the server, and not into a curl command", async () => {
  const seen: (string | null)[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    seen.push(request.headers.get("authorization"));
    const { pathname } = new URL(request.url);
    if (pathname === "/v2/models/bare") return Response.json({ name: "bare", inputs: [] });
    if (pathname.endsWith("/config")) return Response.json({}, { status: 404 });
    return pathname === "/v2" ? Response.json({ name: "s", extensions: [] }) : new Response("");
  });
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "s3cret\n");
    const flags = ["-u", `127.0.0.1:${server.addr.port}`, "--api", "v2", "--token-file", path];
    assertEquals((await runCommand(["health", ...flags])).code, 0);
    assertEquals(new Set(seen), new Set(["Bearer s3cret"]));
    const input = ["-m", "bare", "--input", "x:FP32[1]=zeros", "--dump-curl"];
    const { code, stdout, stderr } = await runCommand(["infer", ...input, ...flags]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, `-H "Authorization: Bearer $(cat '${path}')"`);
    assertEquals(stdout.includes("s3cret"), false);
  } finally {
    await Deno.remove(path);
    await server.shutdown();
  }
});
