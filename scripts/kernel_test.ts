import { assertEquals } from "@std/assert";
import { kernelFile } from "./kernel.ts";

Deno.test("the kernel's file is what its script makes", async () => {
  const file = new URL("../src/image/preprocess/kernel_wasm.ts", import.meta.url);
  assertEquals(await Deno.readTextFile(file), await kernelFile());
});
