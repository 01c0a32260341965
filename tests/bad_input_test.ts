/**
 * What users get wrong around a measurement: each is refused by name before any load is sent.
 *
 * @module
 */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../src/base/errors.ts";
import type { PosixMemories } from "../src/base/posix_memory.ts";
import { openSharedMemory } from "../src/client/shared_memory.ts";
import type { Protocol } from "../src/protocol/types.ts";
import { startServer } from "../src/server/server.ts";
import { runPerf } from "./perf_program.ts";

Deno.test("token files, metrics URLs, mixes and expected outputs that are no good", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const address = server.httpAddress!;
  const folder = await Deno.makeTempDir();
  const file = async (name: string, content: unknown) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  const steps = (outputs: unknown) => ({
    data: [{ INPUT0: new Array(16).fill(1), INPUT1: new Array(16).fill(2) }],
    validation_data: [outputs],
  });
  const mix = (share: unknown) => ({ models: [{ model: "simple", share }] });
  const simple = ["-m", "simple"];
  const metrics = [...simple, "--collect-metrics", "--metrics-url"];
  const expected = async (name: string, outputs: unknown) => [
    ...simple,
    ...["--input-data", await file(name, steps(outputs))],
  ];
  const cases: [readonly string[], number, string][] = [
    [[...simple, "--token-file", `${folder}/none`], 1, `Cannot read the token from ${folder}/none`],
    [[...simple, "--token-file", folder], 1, `Cannot read the token from ${folder}`],
    [[...simple, "--token-file", await file("empty", "\n")], 2, "empty: it is empty"],
    [[...simple, "--token-file", await file("two", "a b")], 2, "more than one token"],
    [[...simple, "--basic-file", await file("basic", "me")], 2, "expected user:password"],
    [[...metrics, "file:///etc/passwd"], 2, "expected http"],
    [[...metrics, "http://:/"], 2, "the host is missing"],
    [["--mix", await file("mix0", mix(0))], 2, '"share" of model 1 must be a number above 0'],
    [["--mix", await file("mix1", mix("1"))], 2, '"share" of model 1 must be a number above 0'],
    [await expected("short", { OUTPUT0: [1] }), 1, "output 'OUTPUT0'"],
    [await expected("other", { NOPE: [1] }), 1, "NOPE"],
  ];
  try {
    for (const [argv, code, says] of cases) {
      const run = await runPerf([...argv, "-u", address, "--api", "v2", "--request-count", "5"]);
      assertStringIncludes(run.stderr, says, argv.join(" "));
      assertEquals(run.code, code, run.stderr);
    }
    const stats = await (await fetch(`http://${address}/v2/models/simple/stats`)).json();
    assertEquals(stats.model_stats[0].inference_stats.success.count, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a region that exists already, on this machine or at the server, is refused and left alone", async () => {
  const removed: string[] = [];
  const memories = (taken: boolean): PosixMemories => ({
    ...{ namespace: "1", pid: 1, keys: () => [], remove: (key) => void removed.push(key) },
    runs: () => true,
    create(key, byteSize) {
      if (taken) throw new InferenceError("FILE", `Cannot make shared memory ${key}: it exists`);
      const own = { write() {}, read: () => new Uint8Array(), close() {} };
      return { key, byteSize, ...own, remove: () => void removed.push(key) };
    },
    open: () => {
      throw new Error("nobody asked for it");
    },
  });
  const protocol = {
    address: "127.0.0.1:1",
    sharedMemory: {
      regions: () => Promise.resolve([]),
      register: ({ name }: { name: string }) =>
        Promise.reject(
          new InferenceError("INVALID_ARG", `shared memory region '${name}' already in manager`, {
            answered: true,
          }),
        ),
      unregister: () => Promise.resolve(),
    },
  } as unknown as Protocol;
  const open = (taken: boolean) => openSharedMemory(protocol, 64, { memories: memories(taken) });
  await assertRejects(() => open(true), InferenceError, "it exists");
  assertEquals(removed, [], "somebody else's memory stays");
  await assertRejects(() => open(false), InferenceError, "already in manager");
  assertEquals(removed.length, 1, "our own is taken away");
});
