import { assertEquals } from "@std/assert";
import { harmless } from "./harmless.ts";

Deno.test("harmless: what steers a terminal is written out, the rest stays", () => {
  const rows: [string, string][] = [
    ["plain, tab\tand line\n", "plain, tab\tand line\n"],
    ["\x1b]0;title\x07", "\\u001b]0;title\\u0007"],
    ["error\rok", "error\\u000dok"],
    ["a\b\0\x7f", "a\\u0008\\u0000\\u007f"],
    ["\x9b31m \x85", "\\u009b31m \\u0085"],
    ["exe\u202egnp\u2066", "exe\\u202egnp\\u2066"],
    ["grüße 😀 \u00a0", "grüße 😀 \u00a0"],
  ];
  for (const [text, expected] of rows) assertEquals(harmless(text), expected);
});

Deno.test("harmless: JSON means the same", () => {
  const value = { name: "a\x1b[2J\x9b\u202e", list: ["\x7f"] };
  assertEquals(JSON.parse(harmless(JSON.stringify(value, null, 2))), value);
});
