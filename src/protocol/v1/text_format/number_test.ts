import { assertEquals } from "@std/assert";
import { formatDouble, formatFloat } from "./number.ts";

Deno.test("floats: six digits when they suffice, else nine", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [-0, "-0"],
    [16, "16"],
    [-1, "-1"],
    [0.1, "0.1"],
    [0.5, "0.5"],
    [1 / 3, "0.333333343"],
    [-2.5e-7, "-2.5e-07"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [123456, "123456"],
    [1e6, "1e+06"],
    [1234567, "1234567"],
    [16777216, "16777216"],
    [100000.5, "100000.5"],
    [1e10, "1e+10"],
    [3.4028234663852886e38, "3.40282347e+38"],
    [1.1754943508222875e-38, "1.17549435e-38"],
    [2 ** -13, "0.000122070312"],
    [3 * 2 ** -13, "0.000366210938"],
    [-(2 ** -13), "-0.000122070312"],
    // Recorded from the original.
    [16 * 2 ** -149, "2.24207754e-44"],
    [15 * 2 ** -149, "2.1019477e-44"],
    [14 * 2 ** -149, "1.96181785e-44"],
    [2 ** -149, "1.40129846e-45"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
    [NaN, "nan"],
    [1e39, "inf"],
  ];
  for (const [value, text] of cases) assertEquals(formatFloat(value), text);
});

Deno.test("doubles: fifteen digits when they suffice, else seventeen", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [-0, "-0"],
    [0.1, "0.1"],
    [1 / 3, "0.33333333333333331"],
    [1e15, "1e+15"],
    [123456789012345, "123456789012345"],
    [1234567890123456, "1234567890123456"],
    [2 ** 53, "9007199254740992"],
    [1e22, "1e+22"],
    [5e-324, "4.94065645841247e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [2 ** -25, "2.9802322387695312e-08"],
    [Infinity, "inf"],
    [NaN, "nan"],
  ];
  for (const [value, text] of cases) assertEquals(formatDouble(value), text);
});
