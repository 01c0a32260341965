/**
 * What is different about the settings of two runs, down to the values that differ.
 *
 * @module
 */
import { isObject } from "../run_file/shape.ts";

type Plain = Readonly<Record<string, unknown>>;

/** Values deeper than that are shown as they are. */
const DEEPEST = 6;
/** Differences that are named, and characters of a value. */
const [NAMED, SHOWN] = [5, 60];

/** `with other schedule.levels[0].requestRate (200 and 300)`; undefined when all is the same. */
export function settingsDifference(one: Plain, other: Plain): string | undefined {
  const found = [...differences(one, other, "", 0)];
  if (found.length === 0) return undefined;
  const more = found.length - NAMED;
  return `with other ${found.slice(0, NAMED).join(", ")}` + (more > 0 ? ` and ${more} more` : "");
}

function* differences(
  one: unknown,
  other: unknown,
  path: string,
  depth: number,
): Generator<string, void, void> {
  if (depth < DEEPEST && isObject(one) && isObject(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const inner = path === "" ? key : `${path}.${key}`;
      yield* differences(one[key], other[key], inner, depth + 1);
    }
  } else if (
    depth < DEEPEST && Array.isArray(one) && Array.isArray(other) && one.length === other.length
  ) {
    for (const [i, value] of one.entries()) {
      yield* differences(value, other[i], `${path}[${i}]`, depth + 1);
    }
  } else if (sorted(one) !== sorted(other)) yield `${path} (${short(one)} and ${short(other)})`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "none";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}

/** JSON whose keys stand in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner) =>
      isObject(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
        : inner,
  ) ?? "";
}
