import { assertEquals } from "@std/assert";
import type { Terminal } from "./context.ts";
import { LiveArea } from "./live_area.ts";

function area(columns: () => number = () => 80, errColor = false) {
  let text = "";
  const err = (piece: string | Uint8Array) => void (text += piece);
  const made = new LiveArea({ err, columns, errColor } as Terminal);
  return {
    area: made,
    written() {
      const written = text;
      text = "";
      return written;
    },
  };
}

Deno.test("lines are drawn over those before, and taken away without a trace", () => {
  const { area: made, written } = area();
  made.clear();
  assertEquals(written(), "");
  made.draw([{ text: "one" }, { text: "two" }]);
  assertEquals(written(), "\rone\x1b[K\ntwo\x1b[K\n\x1b[J");
  made.draw([{ text: "three" }]);
  assertEquals(written(), "\x1b[2A\rthree\x1b[K\n\x1b[J");
  made.clear();
  made.clear();
  assertEquals(written(), "\x1b[1A\r\x1b[J");
});

Deno.test("a terminal that became narrower has wrapped them", () => {
  let columns = 80;
  const { area: made, written } = area(() => columns);
  made.draw([{ text: "x".repeat(70) }, { text: "" }, { text: "y".repeat(40) }]);
  written();
  columns = 40;
  made.clear();
  assertEquals(written(), "\x1b[4A\r\x1b[J");
});

Deno.test("foreign text can't steer the terminal, and colours end with their line", () => {
  const { area: made, written } = area(() => 80, true);
  made.draw([{ text: "a\x1b[2Jb", look: "bad" }]);
  assertEquals(written(), "\r\x1b[31ma\\u001b[2Jb\x1b[0m\x1b[K\n\x1b[J");
});
