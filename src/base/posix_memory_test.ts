import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InferenceError } from "./errors.ts";
import { posixMemories } from "./posix_memory.ts";

Deno.test("shared memory is refused where there is none, by name", async () => {
  for (const os of ["windows", "darwin"]) {
    await assertRejects(() => posixMemories(os), InferenceError, `on ${os}: it takes Linux`);
  }
});

const allowed = Deno.build.os === "linux" &&
  Deno.permissions.querySync({ name: "ffi" }).state === "granted";

Deno.test({
  name: "shared memory: written, read back, opened again, removed",
  ignore: !allowed,
  async fn() {
    const memories = await posixMemories();
    const key = `/trtis-test-${crypto.randomUUID()}`;
    const memory = memories.create(key, 100);
    try {
      memory.write(new Uint8Array([1, 2, 3]), 97);
      assertEquals([...memory.read(96, 4)], [0, 1, 2, 3]);
      assertThrows(() => memory.write(new Uint8Array(2), 99), RangeError, "beyond the 100");
      assertThrows(() => memory.read(-1, 1), RangeError);
      assertThrows(() => memories.create(key, 1), InferenceError, "EEXIST");
      const other = memories.open(key);
      assertEquals([other.byteSize, [...other.read(97, 3)]], [100, [1, 2, 3]]);
      other.close();
      assertThrows(() => other.read(0, 1), InferenceError, "was closed");
      assertEquals(memories.keys().includes(key), true);
    } finally {
      memory.remove();
    }
    assertEquals(memories.keys().includes(key), false);
    assertThrows(() => memories.open(key), InferenceError, "ENOENT");
    for (const bad of ["x", "/", "/../tmp/x", "/a/b", "/.."]) {
      assertThrows(() => memories.open(bad), InferenceError, "no name of shared memory");
    }
    assertEquals(memories.runs(memories.pid), true);
    assertEquals(memories.runs(2 ** 22 + 1), false);
  },
});
