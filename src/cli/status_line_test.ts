import { assertEquals } from "@std/assert";
import type { Terminal } from "./context.ts";
import { fitted, StatusLine } from "./status_line.ts";

Deno.test("a status line is drawn over the one before and leaves nothing behind", () => {
  let text = "";
  const err = (piece: string) => void (text += piece);
  const line = new StatusLine({ err, columns: () => 20 } as Terminal);
  line.clear();
  line.draw("pass 1, 100/s");
  line.draw("pass 2");
  line.clear();
  assertEquals(text, "\rpass 1, 100/s\rpass 2       \r      \r");
});

Deno.test("a line that is too long ends between two parts", () => {
  assertEquals(fitted("pass 1, 100/s, 2 errors", 23), "pass 1, 100/s, 2 errors");
  assertEquals(fitted("pass 1, 100/s, 2 errors", 22), "pass 1, 100/s");
  assertEquals(fitted("pass 1, 100/s, 2 errors", 13), "pass 1, 100/s");
  assertEquals(fitted("pass 1, 100/s, 2 errors", 12), "pass 1");
  assertEquals(fitted("pass 1", 3), "pas");
  assertEquals(fitted("pass 1", 0), "");
});
