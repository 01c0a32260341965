/**
 * The command line of a run, written from its options, for whoever wants to do it again.
 *
 * @module
 */
import { withoutUser } from "../../base/address.ts";
import type { Flag, FlagTable } from "../../cli/flag.ts";
import { outputFlags } from "./output_flags.ts";

/** Files of results: a second run must not write over the first one's. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...Object.keys(outputFlags),
  ...["csv", "json", "markdown", "progress"],
]);
/** Options that may hold a password. */
const ADDRESSES: ReadonlySet<string> = new Set(["url", "proxy", "metricsUrl"]);

/** `trtis perf_client -m simple ...`, with what isn't the default. Values of headers are left out. */
export function commandLine(
  name: string,
  flags: FlagTable,
  options: Readonly<Record<string, unknown>>,
): string {
  const words = Object.entries(flags).flatMap(([key, flag]) =>
    LEFT_OUT.has(key) ? [] : wordsOf(key, flag, options[key])
  );
  return ["trtis", name, ...words.map(quoted)].join(" ");
}

function wordsOf(key: string, flag: Flag, value: unknown): string[] {
  const given = flag.short === undefined ? `--${flag.long}` : `-${flag.short}`;
  if (flag.kind === "boolean") return value === true ? [given] : [];
  const isDefault = value === undefined || "default" in flag && value === flag.default;
  const values = Array.isArray(value) ? value : isDefault ? [] : [value];
  return values.flatMap((one) => {
    const text = shown(key, String(one));
    // What looks like a flag has to be tied to its own.
    return text.startsWith("-") ? [`--${flag.long}=${text}`] : [given, text];
  });
}

function shown(key: string, value: string): string {
  if (key === "headers") return `${value.slice(0, Math.max(0, value.indexOf(":")))}:***`;
  return ADDRESSES.has(key) ? withoutUser(value) : value;
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
