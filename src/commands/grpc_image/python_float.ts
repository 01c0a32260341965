/**
 * Numbers as Python prints them.
 *
 * @module
 */

/** Decimal exponents that Python's `repr` writes without an `e`: -4 to 15. */
const FIXED = { from: -4, below: 16 };

/** A float as Python's `print` shows it: the shortest digits that give the same double. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [digits, exponentText] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent >= FIXED.from && exponent < FIXED.below) {
    const text = String(value);
    return text.includes(".") ? text : `${text}.0`;
  }
  const sign = exponent < 0 ? "-" : "+";
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
