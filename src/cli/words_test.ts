import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { splitWords } from "./words.ts";

const split = (text: string) => splitWords(text, "--versus");

Deno.test("words are split as a shell does", () => {
  assertEquals(split(""), []);
  assertEquals(split("  -m  other\t-b 8\n"), ["-m", "other", "-b", "8"]);
  assertEquals(split(`-m 'a b' --shape="x:1,2"`), ["-m", "a b", "--shape=x:1,2"]);
  assertEquals(split(`'' a"" ''b`), ["", "a", "b"]);
  assertEquals(split(`'a\\b' "a\\b" "a\\"b" a\\ b`), ["a\\b", "a\\b", 'a"b', "a b"]);
  assertEquals(split(`'it'"'"'s'`), ["it's"]);
  assertEquals(split(`'a "b" c' "d 'e' f"`), ['a "b" c', "d 'e' f"]);
});

Deno.test("what isn't whole is refused, and the text is not repeated", () => {
  for (const text of [`-H "X: secret`, "-H 'secret", "secret\\"]) {
    const { message, code } = assertThrows(() => split(text), InferenceError);
    assertEquals(code, "USAGE");
    assertEquals(message.startsWith("Cannot read --versus: "), true);
    assertEquals(message.includes("secret"), false);
  }
});
