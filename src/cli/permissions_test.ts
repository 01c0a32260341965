import { assertEquals } from "@std/assert";
import { giveUpPermissions, wantsSharedMemory } from "./permissions.ts";

Deno.test("what the program never uses is given up", () => {
  const revoked: string[] = [];
  giveUpPermissions({ revokeSync: ({ name }) => revoked.push(name) });
  assertEquals(revoked, ["run", "ffi", "sys", "import"]);
});

Deno.test("only a command line with system shared memory keeps its permissions for now", () => {
  const wants = (line: string) => wantsSharedMemory(line.split(" "));
  assertEquals(wants("perf_client -m x --shared-memory system"), true);
  assertEquals(wants("perf_client -m x --shared-memory=system"), true);
  assertEquals(wants("perf_client -m x --shared-memory none"), false);
  assertEquals(wants("perf_client -m system --shared-memory"), false);
  assertEquals(wants("perf_client -m x"), false);
  const versus = (options: string) => wantsSharedMemory(["perf_client", "--versus", options]);
  assertEquals(versus("-b 8 --shared-memory system"), true);
  assertEquals(versus("--shared-memory='system'"), true);
  assertEquals(versus("--shared-memory none -m system"), false);
});
