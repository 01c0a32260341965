import { assertEquals } from "@std/assert";
import { formatGeneral } from "./format_number.ts";

Deno.test("formatGeneral prints as C++ streams do", () => {
  const table: [number, string][] = [
    [0.00107917, "0.00107917"],
    [0.001079169, "0.00107917"],
    [0.723991, "0.723991"],
    [0.05, "0.05"],
    [16, "16"],
    [1, "1"],
    [0, "0"],
    [-0, "-0"],
    [123456, "123456"],
    [1234567, "1.23457e+06"],
    [999999.5, "1e+06"],
    [0.0001, "0.0001"],
    [0.00001234567, "1.23457e-05"],
    [2.242077e-44, "2.24208e-44"],
    [1e100, "1e+100"],
    [-3.5, "-3.5"],
    [NaN, "nan"],
    [-Infinity, "-inf"],
  ];
  for (const [value, text] of table) assertEquals(formatGeneral(value), text);
});
