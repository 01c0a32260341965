import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Terminal } from "../cli/context.ts";
import { CountProgress } from "./progress.ts";

function drawn(errIsTerminal: boolean, outIsTerminal: boolean): string {
  let text = "";
  const terminal: Terminal = {
    out() {},
    err: (piece) => text += piece,
    outIsTerminal,
    errIsTerminal,
    color: false,
    errColor: false,
    canRedraw: errIsTerminal,
    columns: () => 40,
  };
  let now = 0;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const progress = new CountProgress(terminal, clock, "classified", 100);
  for (let i = 0; i < 50; i++) {
    now += 100;
    progress.advance(1);
  }
  progress.clear();
  return text;
}

Deno.test("progress is drawn on a terminal, after a while, now and then", () => {
  const lines = drawn(true, false).split("\r").filter((line) => line.trim() !== "");
  assertEquals(lines.length, 16);
  assertStringIncludes(lines[0]!, "classified 20 of 100, 10/s, 8 s left");
  assertEquals(drawn(true, false).endsWith("\r"), true);
});

Deno.test("no progress in a pipe, nor where the output itself shows it", () => {
  assertEquals(drawn(false, false), "");
  assertEquals(drawn(false, true), "");
  assertEquals(drawn(true, true), "");
});
