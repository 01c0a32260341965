import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { parseHeaders } from "./server_flags.ts";

Deno.test("headers are read up to the first colon", () => {
  const cases: [string, readonly [string, string]][] = [
    ["Name:Value", ["Name", "Value"]],
    ["X-Key: a b ", ["X-Key", "a b"]],
    ["authorization:Bearer a:b=", ["authorization", "Bearer a:b="]],
    ["x:", ["x", ""]],
    ["x:a\tb", ["x", "a\tb"]],
    ["x:grün", ["x", "grün"]],
  ];
  for (const [text, expected] of cases) assertEquals(parseHeaders([text]), [expected]);
  assertEquals(parseHeaders([]), []);
});

Deno.test("a header that is none is refused, without its value", () => {
  const cases: [text: string, why: string][] = [
    ["abc", "expected NAME:VALUE"],
    ["", "expected NAME:VALUE"],
    [":value", '"" is not a header name'],
    ["a b:c", '"a b" is not a header name'],
    ["a:b\r\nEvil: c", "control character"],
    ["a:\0", "control character"],
  ];
  for (const [text, why] of cases) {
    const error = assertThrows(() => parseHeaders(["ok:1", text]), InferenceError, why);
    assertEquals(error.code, "USAGE");
    // What is behind the name may be a secret, and so may be what has no name.
    const colon = text.indexOf(":");
    const shown = colon < 0 ? "a text without a colon" : `"${text.slice(0, colon)}:***"`;
    assertEquals(
      error.message,
      `Cannot use ${shown} for --header (-H): ${error.message.split("(-H): ")[1]}`,
    );
  }
});
