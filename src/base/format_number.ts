/**
 * Numbers as C prints them.
 *
 * @module
 */
import { withoutTrailing } from "./text.ts";

/**
 * A number as `%.{digits}g` and C++ streams print it: at most `digits` significant digits, no trailing
 * zeros, an exponent of at least two digits when it is below -4 or not below `digits`.
 */
export function formatGeneral(value: number, digits = 6): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponentText] = value.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? "-" : "+";
    return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return trimZeros(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

function trimZeros(text: string): string {
  return text.includes(".") ? withoutTrailing(withoutTrailing(text, "0"), ".") : text;
}
