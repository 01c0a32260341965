/**
 * A server of which every third inference answer is garbage: those requests fail, the others are right,
 * and the process lives; in the library and in the commands, over both protocols and every wire.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { InferenceClient } from "../src/client/inference_client.ts";
import type { InferResult } from "../src/client/result.ts";
import { type GarblingServer, startGarbling } from "./garbling_server.ts";
import { runCommand } from "./run_command.ts";

const PICTURES = fileURLToPath(new URL("../examples/images", import.meta.url));
const REQUESTS = 60;
const SETTINGS = [["v1", "http"], ["v1", "grpc"], ["v2", "http"], ["v2", "grpc"]] as const;

const inputsOf = (value: number) => ({
  INPUT0: new Int32Array(16).fill(value),
  INPUT1: new Int32Array(16).fill(1),
});

function addressOf(server: GarblingServer, wire: "http" | "grpc"): string {
  return wire === "http" ? server.http : server.grpc;
}

/** Every result is right or says that it can't be read. @returns how many are right */
function countGood(results: readonly InferResult[]): number {
  let good = 0;
  for (const [i, result] of results.entries()) {
    if (result.error === undefined) {
      good++;
      assertEquals(result.output("OUTPUT0").data[0], i + 1);
    } else assertEquals(result.error.code, "PROTOCOL", result.error.describe());
  }
  return good;
}

for (const [api, wire] of SETTINGS) {
  Deno.test(`malformed: library, ${api} ${wire}: the other requests are right`, async () => {
    await using server = await startGarbling(3);
    const target = { url: addressOf(server, wire), wire, api };
    await using client = await InferenceClient.connect(target);
    const results = await Promise.all(
      Array.from({ length: REQUESTS }, (_, i) => client.infer("simple", { inputs: inputsOf(i) })),
    );
    assertEquals(countGood(results), REQUESTS - REQUESTS / 3);
    assertEquals(server.spoilt, REQUESTS / 3);
  });

  Deno.test(`malformed: perf_client, ${api} ${wire}: failed requests are counted`, async () => {
    await using server = await startGarbling(3);
    const { stdout, stderr } = await runCommand([
      ...["perf_client", "-m", "simple", "-i", wire, "-u", addressOf(server, wire), "--api", api],
      ...["-t", "4", "--request-count", "90", "--max-error-rate", "100", "-v"],
    ]);
    assertMatch(stdout, /Failed request count: 30 \(33/, stderr);
    assertEquals(server.spoilt, 30);
  });
}

for (const api of ["v1", "v2"] as const) {
  Deno.test(`malformed: library, ${api} stream: the stream goes on`, async () => {
    await using server = await startGarbling(3);
    await using client = await InferenceClient.connect({ url: server.grpc, wire: "grpc", api });
    const model = await client.model("simple");
    await using stream = model.stream();
    const results = await Promise.all(
      Array.from({ length: REQUESTS }, (_, i) => stream.infer({ inputs: inputsOf(i) })),
    );
    assertEquals(countGood(results), REQUESTS - REQUESTS / 3);
  });

  Deno.test(`malformed: perf_client --streaming, ${api}: it lives and counts`, async () => {
    await using server = await startGarbling(3);
    const { stdout } = await runCommand([
      ...["perf_client", "-m", "simple", "-i", "grpc", "-u", server.grpc, "--api", api],
      ...["--streaming", "-t", "4", "--request-count", "90", "--max-error-rate", "100"],
    ]);
    assertMatch(stdout, /Failed request count: 30 \(33/);
  });

  Deno.test(`malformed: image_client --streaming, ${api}: one line says what is wrong`, async () => {
    await using server = await startGarbling(1);
    const { code, stderr } = await runCommand([
      ...["image_client", "-m", "colors", "-i", "grpc", "-u", server.grpc, "--api", api],
      ...["--streaming", PICTURES],
    ]);
    assertEquals(code, 1);
    assert(
      stderr.split("\n").some((line) => /^error: .*protobuf|^error: .*Cannot/.test(line)),
      stderr,
    );
  });
}
