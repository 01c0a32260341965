/**
 * The header of a .npy file: a Python dictionary with three members, in any order, read as strictly as
 * NumPy reads it.
 *
 * @module
 */

/** What a header says. */
export interface NpyHeader {
  /** The element type: `<f4`, `|S5`. */
  readonly descr: string;
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
}

const BLANK = /[ \t\r\n]*/y;
const NAME = /['"](descr|fortran_order|shape)['"]/y;
const TEXT = /'([^']*)'|"([^"]*)"/y;
const TRUTH = /True|False/y;
const TUPLE = /\(([^()]*)\)/y;
/** Python 2 wrote `3L`; no tensor has a dimension of more digits. */
const DIMENSION = /^(\d{1,15})L?$/;

/** Undefined for what is not a plain array's header. */
export function parseNpyHeader(text: string): NpyHeader | undefined {
  let at = 0;
  const take = (expression: RegExp) => {
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match !== null) at = expression.lastIndex;
    return match;
  };
  const takeText = (wanted: string) => {
    take(BLANK);
    const found = text.startsWith(wanted, at);
    if (found) at += wanted.length;
    take(BLANK);
    return found;
  };
  const members = new Map<string, string>();
  if (!takeText("{")) return undefined;
  while (!takeText("}")) {
    const name = take(NAME)?.[1];
    if (name === undefined || members.has(name) || !takeText(":")) return undefined;
    const match = take(name === "descr" ? TEXT : name === "shape" ? TUPLE : TRUTH);
    if (match === null) return undefined;
    members.set(name, match[1] ?? match[2] ?? match[0]);
    if (!takeText(",") && text[at] !== "}") return undefined;
  }
  const [descr, order] = [members.get("descr"), members.get("fortran_order")];
  const shape = parseShape(members.get("shape"));
  if (at < text.length || descr === undefined || order === undefined || shape === undefined) {
    return undefined;
  }
  return { descr, columnMajor: order === "True", shape };
}

/** `3, 4` or `3,`, without its parentheses; empty for a scalar. */
function parseShape(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const dims = text.split(",").map((dim) => dim.trim());
  if (dims.at(-1) === "") dims.pop();
  const matches = dims.map((dim) => DIMENSION.exec(dim));
  return matches.every((match) => match !== null)
    ? matches.map((match) => Number(match[1]))
    : undefined;
}
