/**
 * Shared memory through the library, against the embedded server: inputs in regions, outputs in regions, all
 * ways out, and what a killed run left behind. It takes all of Deno's permissions; shared_memory_test.ts
 * runs it with them.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InferenceClient, InferenceError, startServer } from "../../mod.ts";
import { posixMemories } from "../../src/base/posix_memory.ts";
import { WITH_SHARED_MEMORY } from "./allowed.ts";

const MEMORY = { httpPort: 0, grpcPort: 0, sharedMemory: true } as const;

async function ownKeys(): Promise<string[]> {
  const { keys, pid } = await posixMemories();
  return keys().filter((key) => key.startsWith("/trtis-") && key.includes(`-${pid}-`));
}

for (const wire of ["http", "grpc"] as const) {
  Deno.test({
    name: `over ${wire}: inputs are read and outputs written in shared memory`,
    ignore: !WITH_SHARED_MEMORY,
    async fn() {
      await using server = await startServer(MEMORY);
      const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
      await using client = await InferenceClient.connect({ url, wire, api: "v2" });
      await using memory = await client.shareMemory(4 * 64);
      const [a, b] = [new Int32Array(16).fill(7), new Int32Array(16).fill(5)];
      memory.write(a);
      memory.write(b, 64);
      const place = (offset: number) => memory.place({ offset, byteSize: 64 });
      const result = await client.infer("simple", {
        inputs: { INPUT0: { sharedMemory: place(0) }, INPUT1: { sharedMemory: place(64) } },
        outputs: ["OUTPUT0", { name: "OUTPUT1", sharedMemory: place(192) }],
      });
      assertEquals(result.output("OUTPUT0").numbers(), new Array(16).fill(12), "in the answer");
      assertEquals(result.output("OUTPUT1").numbers(), new Array(16).fill(2), "in shared memory");
      assertEquals([...new Int32Array(memory.read(192, 64).buffer)], new Array(16).fill(2));
      // Mixed: one input in memory, the other in the request.
      const mixed = await client.infer("simple", {
        inputs: { INPUT0: a, INPUT1: { sharedMemory: place(64) } },
        outputs: [{ name: "OUTPUT1", sharedMemory: place(128) }],
      });
      assertEquals(mixed.output("OUTPUT1").numbers(), new Array(16).fill(2));
      const status = await client.status();
      assert(status.extensions?.includes("system_shared_memory"));
    },
  });

  Deno.test({
    name: `over ${wire}: what doesn't fit is refused with the reason`,
    ignore: !WITH_SHARED_MEMORY,
    async fn() {
      await using server = await startServer(MEMORY);
      const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
      await using client = await InferenceClient.connect({ url, wire, api: "v2" });
      await using memory = await client.shareMemory(128);
      const inputs = { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) };
      const small = { name: "OUTPUT0", sharedMemory: memory.place({ byteSize: 60 }) };
      const tooSmall = await client.infer("simple", { inputs, outputs: [small] });
      assert(tooSmall.error?.message.includes("should be at least 64 bytes"), `${tooSmall.error}`);
      const elsewhere = { region: "other", offset: 0, byteSize: 64 };
      const unknown = await client.infer("simple", {
        inputs: { ...inputs, INPUT0: { sharedMemory: elsewhere } },
      });
      assert(unknown.error?.message.includes("Unable to find shared memory region: 'other'"));
      const beyond = { ...memory.place(), offset: 100, byteSize: 64 };
      const refused = await client.infer("simple", {
        inputs: { ...inputs, INPUT0: { sharedMemory: beyond } },
      });
      assert(refused.error?.message.includes("Invalid offset + byte size"), `${refused.error}`);
      await assertRejects(
        () =>
          client.infer("simple", {
            inputs: { ...inputs, INPUT0: { sharedMemory: memory.place() } },
          }),
        InferenceError,
        "takes 64 bytes, 128 in shared memory",
      );
      assertThrows(() => memory.place({ offset: 120, byteSize: 9 }), RangeError, "beyond");
      assertThrows(() => memory.write(new Uint8Array(9), 120), RangeError, "beyond");
      await assertRejects(() => client.shareMemory(0), InferenceError, "Cannot share 0 bytes");
      await memory.close();
      assertEquals(await ownKeys(), [], "gone when it is closed");
      assertThrows(() => memory.read(0, 1), InferenceError, "was closed");
    },
  });
}

Deno.test({
  name: "what a killed run left is removed, here and at the server; what still runs is not",
  ignore: !WITH_SHARED_MEMORY,
  async fn() {
    await using server = await startServer(MEMORY);
    const memories = await posixMemories();
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "-q",
        new URL("./hold.ts", import.meta.url).pathname,
        server.httpAddress!,
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    const name = new TextDecoder().decode(value).trim();
    assert(memories.keys().includes(`/${name}`), name);
    await using client = await InferenceClient.connect({ url: server.httpAddress!, api: "v2" });
    const regions = async () =>
      (await (await fetch(`http://${server.httpAddress}/v2/systemsharedmemory/status`)).json())
        .map((region: { name: string }) => region.name);
    const running = await client.shareMemory(64);
    assert((await regions()).includes(name), "its process runs");
    await running.close();
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    await child.stdin.close().catch(() => {});
    assert(memories.keys().includes(`/${name}`), "left behind");
    const next = await client.shareMemory(64);
    assertEquals(memories.keys().includes(`/${name}`), false);
    assertEquals(await regions(), [next.name]);
    await next.close();
    assertEquals(await regions(), []);
  },
});

Deno.test({
  name: "a server without shared memory, one elsewhere and v1 refuse by name, and nothing is left",
  ignore: !WITH_SHARED_MEMORY,
  async fn() {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    for (
      const [url, wire] of [[server.httpAddress!, "http"], [server.grpcAddress!, "grpc"]] as const
    ) {
      await using client = await InferenceClient.connect({ url, wire, api: "v2" });
      await assertRejects(() => client.shareMemory(64), InferenceError, "has no shared memory");
      await using old = await InferenceClient.connect({ url, wire, api: "v1" });
      await assertRejects(() => old.shareMemory(64), InferenceError, "exists only in v2");
    }
    await using far = await InferenceClient.connect({ url: "192.0.2.7:8000", api: "v2" });
    await assertRejects(() => far.shareMemory(64), InferenceError, "it is on another machine");
    assertEquals(await ownKeys(), []);
  },
});
