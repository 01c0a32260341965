/**
 * Figures on the page: milliseconds to the microsecond, rates to a tenth. A line doesn't end before a
 * sign that belongs to a figure.
 *
 * @module
 */

/** Microseconds as milliseconds. */
export function ms(us: number | undefined): string | undefined {
  return us === undefined ? undefined : grouped((us / 1000).toFixed(3));
}

/** Events a second. */
export function rate(perSecond: number | undefined): string | undefined {
  return perSecond === undefined ? undefined : grouped(perSecond.toFixed(1));
}

/** A whole number. */
export function count(value: number | undefined): string | undefined {
  return value === undefined ? undefined : grouped(value.toFixed(0));
}

/** A share of 1. */
export function percent(share: number | undefined): string | undefined {
  return share === undefined ? undefined : `${(share * 100).toFixed(2)}\u00a0%`;
}

/** Any figure, with six digits. */
export function figure(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Number(value.toPrecision(6)));
}

/** An interval of what `format` writes. */
export function interval(
  ci95: readonly [number, number] | undefined,
  format: (value: number) => string | undefined,
): string | undefined {
  return ci95 === undefined ? undefined : `${format(ci95[0])}\u00a0to ${format(ci95[1])}`;
}

/** `1234567.5` -> `1,234,567.5` */
function grouped(digits: string): string {
  const [whole, fraction] = digits.split(".");
  const parts: string[] = [];
  let end = whole!.length;
  for (; end > 3 && whole![end - 4] !== "-"; end -= 3) parts.unshift(whole!.slice(end - 3, end));
  parts.unshift(whole!.slice(0, end));
  return parts.join(",") + (fraction === undefined ? "" : `.${fraction}`);
}
