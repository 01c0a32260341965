/**
 * Runs the tests of tests/shared_memory with the permissions that /dev/shm takes, and looks that the program
 * says what it lacks without them.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const onLinux = Deno.build.os === "linux";

Deno.test({
  name: "shared memory: the tests that take all permissions",
  ignore: !onLinux,
  async fn() {
    const files = ["tests/shared_memory", "src/base/posix_memory_test.ts"];
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-q", "-A", "--no-check", ...files],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert(success, text.slice(-4000));
    assert(!text.includes("0 passed"), text);
  },
});

Deno.test({
  name: "shared memory: without the permissions the program says what it needs",
  ignore: !onLinux,
  async fn() {
    await using server = await startServer({ httpPort: 0, grpcPort: false });
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-q", "-P=program", "main.ts", "perf_client", "-m", "simple"],
        ...["-u", server.httpAddress!, "--api", "v2", "--shared-memory", "system"],
      ],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 1);
    assertStringIncludes(new TextDecoder().decode(stderr), "--allow-all");
  },
});
