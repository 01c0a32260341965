import { assertEquals } from "@std/assert";
import { leftovers } from "./steps.ts";

Deno.test("only the engine's own cache may be left, and only in the home folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assertEquals(leftovers(folder, true), []);
    await Deno.mkdir(`${folder}/.cache/v8x/1`, { recursive: true });
    assertEquals(leftovers(folder, true), []);
    assertEquals(leftovers(folder, false), [".cache"]);
    await Deno.mkdir(`${folder}/.cache/other`);
    await Deno.writeTextFile(`${folder}/a.log`, "");
    assertEquals(leftovers(folder, true), [".cache/other", "a.log"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
