/**
 * The npm package, packed and installed, on every runtime that it names.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { startServer } from "../../mod.ts";
import { projectRoot } from "../program.ts";
import { run, RUNTIMES, write } from "./fixture.ts";

const PROGRAM = `
import { readFile } from "node:fs/promises";
import { InferenceClient, InferenceError } from "@trtis/trtis";
import { InferenceClient as Http } from "@trtis/trtis/http";
import { InferenceClient as Grpc } from "@trtis/trtis/grpc";
import { InferenceClient as Fetch } from "@trtis/trtis/fetch";
import { imageModel, ImagePool, prepareImage } from "@trtis/trtis/image";
import { InferenceError as V2Error } from "@trtis/trtis/v2";

const [http, grpc, image] = process.argv.slice(2);
const inputs = { INPUT0: new Int32Array(16).fill(3), INPUT1: [new Array(16).fill(1)] };
const clients = [];
for (const api of ["v1", "v2"]) {
  for (const url of [http, "grpc://" + grpc]) {
    clients.push(await InferenceClient.connect({ url, api, retry: { attempts: 2 } }));
  }
}
clients.push(await InferenceClient.connect({ url: grpc, wire: "grpc", grpcChannel: "grpc-js", unsafeGrpcJs: true }));
clients.push(await Http.connect(http), await Grpc.connect(grpc), await Fetch.connect(http));
for (const client of clients) {
  const model = await client.model("simple");
  const result = await model.inferOrThrow({ inputs });
  const sum = result.output("OUTPUT0").as("INT32");
  JSON.stringify([result, await client.status(), await client.statistics("simple")]);
  // One signal for many callers; none of them may be warned of, nor lost.
  const shared = new AbortController();
  const many = await Promise.all(
    Array.from({ length: 50 }, () => client.infer("simple", { inputs, signal: shared.signal })),
  );
  const failed = many.filter(({ error }) => error).length;
  const late = await client.infer("slow", { inputs: { INPUT0: new Float32Array(16) }, timeoutMs: 1 });
  const unknown = await client.infer("nosuch", { inputs: {} });
  const caller = async () => await client.inferOrThrow("nosuch", { inputs: {} });
  const error = await caller().catch((error) => error);
  console.log(
    client.api, client.wire, sum[0], failed, late.error.code, unknown.error.answered,
    error instanceof InferenceError && error instanceof V2Error,
  );
}
const batcher = (await clients[0].model("simple")).batch();
const batched = await Promise.all([1, 2, 3].map(() => batcher.infer({ inputs })));
console.log(batched.map((result) => result.output("OUTPUT0").data[0]).join());
const stream = (await clients[3].model("repeat")).stream();
let count = 0;
for await (const result of stream.inferMany({ inputs: { IN: [1], COUNT: [5000] } })) {
  if (result.error) throw result.error;
  if (++count === 5) break;
}
await stream.close();
const colors = await clients[0].model("colors");
const { inputName, outputName, spec } = imageModel(colors.info, { scaling: "INCEPTION" });
const upload = new Uint8Array(await readFile(image));
const pool = new ImagePool({ workers: 1 });
for (const bytes of [await prepareImage(upload, spec), await pool.prepare(upload, spec)]) {
  const result = await colors.infer({
    inputs: { [inputName]: { bytes } },
    outputs: [{ name: outputName, classes: 1 }],
  });
  console.log(result.output(outputName).classes()[0].label);
}
pool.close();
// Nobody closes the clients: an idle client keeps no process alive.
console.log("end");
`;

const LINES = [
  "v1 http 4 0 TIMEOUT true true",
  "v1 grpc 4 0 TIMEOUT true true",
  "v2 http 4 0 TIMEOUT true true",
  "v2 grpc 4 0 TIMEOUT true true",
  "v1 grpc 4 0 TIMEOUT true true",
  "v1 http 4 0 TIMEOUT true true",
  "v1 grpc 4 0 TIMEOUT true true",
  "v2 http 4 0 TIMEOUT true true",
  "4,4,4",
  "red",
  "red",
  "end",
];

for (const [name, command] of Object.entries(RUNTIMES)) {
  Deno.test(`the package on ${name}`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const image = fileURLToPath(new URL("examples/images/apple_red.jpg", projectRoot));
    const program = await write("program.mjs", PROGRAM);
    const args = [server.httpAddress!, server.grpcAddress!, image];
    const { code, stdout, stderr } = await run([...command, program, ...args]);
    assertEquals([code, stderr, stdout.trimEnd().split("\n")], [0, "", LINES], name);
  });
}
