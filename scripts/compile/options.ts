/**
 * The command line of scripts/compile.ts.
 *
 * @module
 */
import { Failure } from "./failure.ts";
import { findTarget, hostTarget, type Target, TARGETS } from "./targets.ts";

/** What is asked for. */
export interface CompileOptions {
  readonly targets: readonly Target[];
  readonly engine?: string;
  /** Folder for the results. */
  readonly out: string;
  /** Only tell what lies inside. */
  readonly list: boolean;
  /** Refuse sources that are not exactly a tagged commit. */
  readonly release: boolean;
}

/** The help text. */
export const USAGE = `Make the executable.

Usage: deno task compile [--target TARGET]... [--all] [OPTIONS]

  --target TARGET  a system: ${TARGETS.map(({ name }) => name).join(", ")},
                   or a triple such as ${TARGETS[0]!.triple} [default: this one]
  --all            all of them
  --engine ENGINE  JavaScript engine, passed on to deno compile
  --out DIR        where the files go [default: dist]
  --list           only list what lies inside, with sizes
  --release        refuse a work tree that is not exactly the commit tagged with the version

Deno downloads its runtime for executables, denort. Where it can't:
DENORT_BIN=/path/to/denort deno task compile; for several systems DENORT_BIN is a
folder with denort-TRIPLE (.exe for Windows) for each.
`;

/** Reads the command line; undefined when only help is asked for. @throws {Failure} */
export function parseOptions(
  args: readonly string[],
  host: Target | undefined = hostTarget(),
): CompileOptions | undefined {
  const targets: Target[] = [];
  const rest = args.flatMap((arg) => {
    const [, name, value] = /^(--[a-z]+)=(.*)$/.exec(arg) ?? [];
    return name === undefined ? [arg] : [name, value];
  });
  const options = { out: "dist", list: false, release: false } as {
    -readonly [Key in keyof CompileOptions]: CompileOptions[Key];
  };
  const value = (flag: string) => {
    const next = rest.shift();
    if (next === undefined || next === "") throw new Failure(`${flag} needs a value; see --help`);
    return next;
  };
  while (rest.length > 0) {
    const flag = rest.shift()!;
    if (flag === "--target") targets.push(knownTarget(value(flag)));
    else if (flag === "--all") targets.push(...TARGETS);
    else if (flag === "--engine") options.engine = value(flag);
    else if (flag === "--out") options.out = value(flag);
    else if (flag === "--list") options.list = true;
    else if (flag === "--release") options.release = true;
    else if (flag === "--help" || flag === "-h") return undefined;
    else throw new Failure(`unknown argument ${flag}; see --help`);
  }
  if (targets.length === 0 && !options.list) {
    if (!host) {
      throw new Failure(
        `there is no release for ${Deno.build.os} on ${Deno.build.arch}; choose one with --target`,
      );
    }
    targets.push(host);
  }
  return { ...options, targets: [...new Set(targets)] };
}

function knownTarget(word: string): Target {
  const target = findTarget(word);
  if (target) return target;
  throw new Failure(
    `unknown target "${word}": choose one of ${TARGETS.map(({ name }) => name).join(", ")}`,
  );
}
