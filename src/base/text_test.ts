import { assertEquals } from "@std/assert";
import { listMembers, matchesPattern, replaceInJson, trimBlanks, withoutTrailing } from "./text.ts";

Deno.test("what is at the end of a text is taken away, and nothing else", () => {
  assertEquals(withoutTrailing("a//b//", "/"), "a//b");
  assertEquals(withoutTrailing("///", "/"), "");
  assertEquals(trimBlanks(" \t a b\v \t"), "a b\v");
  assertEquals(listMembers(" a ,\tb c,,"), ["a", "b c", "", ""]);
});

Deno.test("a pattern's stars reach as far as they must", () => {
  const CASES: [text: string, pattern: string, fits: boolean][] = [
    ["a.jpg", "*.jpg", true],
    ["a.jpg.png", "*.jpg", false],
    ["a.jpg.jpg", "*.jpg", true],
    ["abc", "a?c", true],
    ["ac", "a?c", false],
    ["\u{1f600}.png", "?.png", true],
    ["a*b", "a*b", true],
    ["a[1].png", "a[1].*", true],
    ["", "*", true],
    ["", "?", false],
    ["xaxbxc", "*a*b*c", true],
    ["xaxbxcx", "*a*b*c", false],
  ];
  for (const [text, pattern, fits] of CASES) {
    assertEquals(matchesPattern(text, pattern), fits, `${text} ${pattern}`);
  }
  // Sixty stars would take a backtracking expression longer than the universe has.
  assertEquals(matchesPattern("a".repeat(250), "a*".repeat(60) + "b"), false);
});

Deno.test("JSON's strings are left alone, those cut short too", () => {
  const upper = (text: string) => replaceInJson(text, (part) => part.toUpperCase());
  assertEquals(upper('a"b"c'), 'A"b"C');
  assertEquals(upper('a"b\\"c"d'), 'A"b\\"c"D');
  assertEquals(upper('"b\\\\"c'), '"b\\\\"C');
  assertEquals(upper('a"b\\'), 'A"b\\');
  assertEquals(upper(""), "");
  assertEquals(replaceInJson('a"b"', (part) => part, (part) => `<${part}>`), 'a<"b">');
});
