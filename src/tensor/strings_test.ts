import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { concatBytes } from "../base/bytes.ts";
import { decodeStrings, decodeText, encodeStrings, leadingStrings } from "./strings.ts";

Deno.test("elements are length and bytes", () => {
  assertEquals(
    encodeStrings(["a", "", "é", Uint8Array.of(0xff, 0)]),
    Uint8Array.of(1, 0, 0, 0, 0x61, 0, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9, 2, 0, 0, 0, 0xff, 0),
  );
  assertEquals(encodeStrings([]), new Uint8Array());
});

Deno.test("what was encoded comes back, as views", () => {
  const texts = ["", "1", "\ufeffbom", "中😀\0", "x".repeat(70_000)];
  const bytes = encodeStrings(texts);
  assertEquals(decodeText(bytes), texts);
  assertEquals(decodeText(bytes, 5), texts);
  assertStrictEquals(decodeStrings(bytes)[1]?.buffer, bytes.buffer);
  // A view that starts in the middle of its buffer, and not at a multiple of four.
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assertEquals(decodeText(shifted.subarray(3)), texts);
  assertEquals(decodeStrings(new Uint8Array()), []);
  assertEquals(decodeStrings(new Uint8Array(), 0), []);
  assertEquals(decodeText(Uint8Array.of(1, 0, 0, 0, 0xff)), ["\ufffd"]);
});

Deno.test("malformed bytes are errors that name the offset", () => {
  const two = encodeStrings(["ab", "cd"]);
  const cases: [Uint8Array, number | undefined, string][] = [
    [two.subarray(0, 11), undefined, "element 1 at offset 6 needs 2 bytes, 1 are left"],
    [two.subarray(0, 9), undefined, "element 1 at offset 6 has 3 of the 4 bytes of its length"],
    [two, 3, "expected 3 elements, found 2 up to offset 12"],
    [two, 1, "6 bytes are left at offset 6, after the 1 elements expected"],
    [two, 0, "12 bytes are left at offset 0"],
    [Uint8Array.of(255, 255, 255, 255), undefined, "needs 4294967295 bytes, 0 are left"],
  ];
  for (const [bytes, count, message] of cases) {
    const error = assertThrows(() => decodeStrings(bytes, count), InferenceError, message);
    assertEquals(error.code, "PROTOCOL");
  }
});

Deno.test("the first elements, whatever follows them", () => {
  const bytes = concatBytes([encodeStrings(["a", "", "bcd"]), Uint8Array.of(9, 9, 9)]);
  assertEquals(leadingStrings(bytes, 3), encodeStrings(["a", "", "bcd"]));
  assertEquals(leadingStrings(bytes, 0), new Uint8Array());
  assertEquals(leadingStrings(bytes, 4), bytes, "the fourth is cut off");
  // A length that is longer than what there is: whoever reads it says so.
  assertEquals(leadingStrings(Uint8Array.of(255, 0, 0, 0, 1), 1).length, 5);
});

Deno.test("an element that is no string is named", () => {
  for (const element of [1, null, undefined, {}, ["x"]]) {
    const values = ["a", element] as string[];
    const error = assertThrows(() => encodeStrings(values), InferenceError, "element 1 must be");
    assertEquals(error.code, "INVALID_ARG");
  }
});
