import { assertEquals } from "@std/assert";
import { kernelFile, KERNELS } from "./kernels.ts";

Deno.test("the files of kernels are what their script makes", async () => {
  for (const kernel of KERNELS) {
    const file = new URL(`../${kernel.path}`, import.meta.url);
    assertEquals(await Deno.readTextFile(file), await kernelFile(kernel));
  }
});
