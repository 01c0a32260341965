import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { parseClass, parseClasses } from "./classes.ts";

Deno.test("parseClass reads what a real Triton writes", () => {
  const table: [string, number, number, string][] = [
    ["16.500000:15:label15", 16.5, 15, "label15"],
    ["16:15", 16, 15, ""],
    ["-3:0:", -3, 0, ""],
    ["4.000000:0:time 12:30", 4, 0, "time 12:30"],
    ["3.000000:1:http://host:8000/x", 3, 1, "http://host:8000/x"],
    ["2.000000:2:a:b:c:", 2, 2, "a:b:c:"],
    ["1:7::", 1, 7, ":"],
    ["1e-30:3:two\nlines", 1e-30, 3, "two\nlines"],
    ["nan:0:x", NaN, 0, "x"],
    ["-nan:0", NaN, 0, ""],
    ["inf:1", Infinity, 1, ""],
    ["-inf:2", -Infinity, 2, ""],
  ];
  for (const [text, value, index, label] of table) {
    assertEquals(parseClass(text), { value, index, label });
  }
});

Deno.test("parseClass refuses other forms", () => {
  for (const text of ["", "1.5", ":1", "x:1", "1:", "1:x:y", "1:-2", " :1:a"]) {
    assertEquals(assertThrows(() => parseClass(text), InferenceError).code, "PROTOCOL", text);
  }
});

Deno.test("parseClasses deals classes out to batch entries", () => {
  const rows = parseClasses(["1:0:a", "2:1:b", "3:2:c", "4:3:d"], 2);
  assertEquals(rows.map((row) => row.map(({ label }) => label)), [["a", "b"], ["c", "d"]]);
  assertEquals(parseClasses([], 2), [[], []]);
  assertEquals(parseClasses([], 0), []);
  assertThrows(() => parseClasses(["1:0", "2:1", "3:2"], 2), InferenceError, "3 classes");
  assertThrows(() => parseClasses(["1:0"], 0), InferenceError);
});
