import { assertEquals } from "@std/assert";
import { pythonFloat } from "./python_float.ts";

Deno.test("pythonFloat prints as Python's repr does", () => {
  const table: [number, string][] = [
    [Math.fround(0.00105244236), "0.0010524423560127616"],
    [0.1, "0.1"],
    [1, "1.0"],
    [0, "0.0"],
    [-0, "-0.0"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [0.000012345, "1.2345e-05"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e300, "1.5e+300"],
    [-2.5, "-2.5"],
    [NaN, "nan"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ];
  for (const [value, text] of table) assertEquals(pythonFloat(value), text);
});
