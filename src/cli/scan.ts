/**
 * Reads argv as getopt does: bundled short flags, values attached or apart, `--`, flags after
 * positionals. The result is a plain form in which nothing is left to interpret.
 *
 * @module
 */
import type { InferenceError } from "../base/errors.ts";
import type { Flag, FlagTable } from "./flag.ts";
import { expectation, flagName } from "./flag_text.ts";
import { nearest } from "./nearest.ts";
import { usageError, withSuggestion } from "./usage.ts";

/** What argv says. */
export interface Scan {
  /** `--key` or `--key=value` by the table's keys, in order. */
  readonly flags: readonly string[];
  readonly positionals: readonly string[];
  /** Whether `--help` or `-h` stands anywhere. */
  readonly help: boolean;
  /** The first thing that is wrong; help comes before it. */
  readonly problem?: InferenceError;
}

const HELP_KEY = "\0help";
const HELP: Flag = { kind: "boolean", long: "help", short: "h", help: "show this help" };

type Named = readonly [key: string, flag: Flag];

/** Every name of a table's flags. */
class Names {
  readonly long = new Map<string, Named>();
  readonly short = new Map<string, Named>();

  constructor(flags: FlagTable) {
    for (const [key, flag] of [[HELP_KEY, HELP] as const, ...Object.entries(flags)]) {
      for (const name of [flag.long, ...flag.aliases ?? []]) this.long.set(name, [key, flag]);
      if (flag.short !== undefined) this.short.set(flag.short, [key, flag]);
    }
  }

  /** Whether an argument reads as one of the flags. */
  knows(arg: string): boolean {
    if (arg === "--") return true;
    if (arg.startsWith("--")) return this.long.has(longName(arg.slice(2).split("=", 1)[0]!));
    return arg.startsWith("-") && this.short.has(arg.charAt(1));
  }
}

function longName(text: string): string {
  return text.replaceAll("_", "-");
}

/**
 * Reads the arguments of a command.
 *
 * @param passesOn the first positional and all that follows it are left as they are
 */
export function scan(argv: readonly string[], table: FlagTable, passesOn = false): Scan {
  const names = new Names(table);
  const flags: string[] = [];
  const positionals: string[] = [];
  let help = false;
  let problem: InferenceError | undefined;
  let at = 0;

  const wrong = (message: string, hint?: string) => {
    problem ??= usageError(message, hint);
  };
  const accept = ([key, flag]: Named, attached: string | undefined) => {
    if (flag.kind === "boolean") {
      if (attached !== undefined) {
        wrong(`Cannot use "${attached}" for ${flagName(flag)}: it takes no value`);
      } else if (key === HELP_KEY) help = true;
      else flags.push(`--${key}`);
      return;
    }
    let value = attached;
    if (value === undefined) {
      const next = argv[at];
      const holdsFlags = flag.kind === "string" && flag.words;
      if (next === undefined || !holdsFlags && names.knows(next)) {
        const hint = next === undefined || next === "--"
          ? undefined
          : `"${next}" reads as a flag; if it is the value, write --${flag.long}=${next}`;
        return wrong(`Missing value for ${flagName(flag)}: expected ${expectation(flag)}`, hint);
      }
      value = next;
      at++;
    }
    flags.push(`--${key}=${value}`);
  };
  const readLong = (text: string) => {
    const equals = text.indexOf("=");
    const name = longName(equals < 0 ? text : text.slice(0, equals));
    const named = names.long.get(name);
    if (named) return accept(named, equals < 0 ? undefined : text.slice(equals + 1));
    const near = nearest(name, visible(names.long));
    wrong(withSuggestion(`Unknown flag --${name}`, near && `--${near}`));
  };
  const readShorts = (text: string) => {
    const single = longName(text.split("=", 1)[0]!);
    if (single.length > 2 && names.long.has(single)) {
      return wrong(withSuggestion(`Unknown flag -${single}`, `--${single}`));
    }
    for (let i = 0; i < text.length; i++) {
      const letter = String.fromCodePoint(text.codePointAt(i)!);
      const named = names.short.get(letter);
      if (!named) {
        const other = [letter.toLowerCase(), letter.toUpperCase()].find((x) => names.short.has(x));
        return wrong(withSuggestion(`Unknown flag -${letter}`, other && `-${other}`));
      }
      const rest = text.slice(i + 1);
      if (named[1].kind === "boolean" && !rest.startsWith("=")) accept(named, undefined);
      else return accept(named, rest === "" ? undefined : rest.replace(/^=/, ""));
    }
  };

  while (at < argv.length) {
    const arg = argv[at++];
    if (arg === "--") {
      positionals.push(...argv.slice(at));
      break;
    }
    if (arg!.startsWith("--")) readLong(arg!.slice(2));
    else if (arg!.startsWith("-") && arg !== "-") readShorts(arg!.slice(1));
    else if (passesOn) {
      positionals.push(...argv.slice(at - 1));
      break;
    } else positionals.push(arg!);
  }
  return { flags, positionals, help, problem };
}

function* visible(names: ReadonlyMap<string, Named>): Iterable<string> {
  for (const [name, [, flag]] of names) if (!flag.hidden) yield name;
}
