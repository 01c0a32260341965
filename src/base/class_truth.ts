/**
 * Whether a class is what a picture is in truth.
 *
 * @module
 */
/** A class as servers name it: its number, and its label if there is one. */
export interface NamedClass {
  readonly index: number;
  readonly label: string;
}

/**
 * Whether a class is what a picture is in truth: its label is, upper and lower case and `_` for a space
 * being the same; or its number is, unless its label is a number itself.
 */
export function isTruth(truth: string, { label, index }: NamedClass): boolean {
  if (sameName(truth, label)) return true;
  return isNumber(truth) && !isNumber(label) && Number(truth) === index;
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/** A name as it is compared. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase().replaceAll("_", " ");
}

function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}
