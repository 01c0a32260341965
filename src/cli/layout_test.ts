import { assertEquals } from "@std/assert";
import { paragraph, twoColumns, wrap } from "./layout.ts";

Deno.test("wrap breaks between words and nowhere else", () => {
  const cases: [string, number, string[]][] = [
    ["", 10, []],
    ["one two three", 7, ["one two", "three"]],
    ["one  two\n three", 80, ["one two three"]],
    ["averyverylongword a", 5, ["averyverylongword", "a"]],
    ["grün größer", 4, ["grün", "größer"]],
  ];
  for (const [text, width, lines] of cases) assertEquals(wrap(text, width), lines);
});

Deno.test("paragraph keeps the margin inside the width", () => {
  assertEquals(paragraph("one two three", 9, 2), "  one two\n  three\n");
  assertEquals(paragraph("", 9), "");
});

Deno.test("columns align; a wide term stands on a line of its own", () => {
  const rows = [["-a", "first words"], ["--wide-term", "second"], ["-bcd", ""]] as const;
  assertEquals(
    twoColumns(rows, { width: 17, maxLeft: 6 }),
    "  -a    first\n" +
      "        words\n" +
      "  --wide-term\n" +
      "        second\n" +
      "  -bcd\n",
  );
});
