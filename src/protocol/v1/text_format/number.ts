/**
 * Floating point numbers as protobuf's text format prints them: `%.6g` (float) or `%.15g` (double)
 * when that reads back as the same value, else `%.9g` or `%.17g`.
 *
 * @module
 */

/** The smallest float32 that is not denormal. */
const FLOAT_MIN_NORMAL = 2 ** -126;

/** A float32. */
export function formatFloat(value: number): string {
  const float = Math.fround(value);
  if (Number.isInteger(float) && Math.abs(float) < 1e6) return formatInteger(float);
  const special = formatSpecial(float);
  if (special !== undefined) return special;
  const short = formatGeneral(float, 6);
  // The C library reports a denormal as out of range, which the original takes for a mismatch.
  const exact = Math.abs(float) >= FLOAT_MIN_NORMAL && Math.fround(Number(short)) === float;
  return exact ? short : formatGeneral(float, 9);
}

/** A float64. */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return formatInteger(value);
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const short = formatGeneral(value, 15);
  return Number(short) === value ? short : formatGeneral(value, 17);
}

function formatInteger(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return "nan";
  if (value === Infinity) return "inf";
  return value === -Infinity ? "-inf" : undefined;
}

/** C's `%.<digits>g` of a finite number other than zero. */
function formatGeneral(value: number, digits: number): string {
  const [mantissa, exponentText] = roundHalfEven(value, digits).split("e");
  const exponent = Number(exponentText);
  const sign = mantissa!.startsWith("-") ? "-" : "";
  const figures = mantissa!.replace("-", "").replace(".", "");
  if (exponent < -4 || exponent >= digits) {
    const tail = trimZeros(figures.slice(1));
    const power = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${figures[0]}${tail && "."}${tail}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${trimZeros(figures)}`;
  const tail = trimZeros(figures.slice(exponent + 1));
  return `${sign}${figures.slice(0, exponent + 1)}${tail && "."}${tail}`;
}

/** `toExponential`, but a tie goes to the even digit, as in C; JavaScript rounds it up. */
function roundHalfEven(value: number, digits: number): string {
  const text = value.toExponential(digits - 1);
  if (!value.toExponential(digits).includes("5e")) return text;
  const exact = value.toExponential(100);
  const start = exact.indexOf(".") + digits;
  if (exact[start] !== "5" || !isZeros(exact, start + 1)) return text;
  const kept = exact.slice(0, start);
  if (Number(kept[kept.length - 1]) % 2 !== 0) return text;
  return kept + exact.slice(exact.indexOf("e"));
}

function isZeros(text: string, from: number): boolean {
  let i = from;
  while (text[i] === "0") i++;
  return text[i] === "e";
}

function trimZeros(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "0") end--;
  return text.slice(0, end);
}
