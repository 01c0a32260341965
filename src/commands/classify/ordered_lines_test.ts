import { assertEquals } from "@std/assert";
import { OrderedLines } from "./ordered_lines.ts";

Deno.test("lines come in the images' order, and the rest at the end", () => {
  let printed = "";
  const lines = new OrderedLines((text) => void (printed += text));
  lines.put(1, "b");
  assertEquals(printed, "");
  lines.put(0, "a");
  assertEquals(printed, "ab");
  lines.put(5, "f");
  lines.put(3, "d");
  lines.flush();
  assertEquals(printed, "abdf");
});
