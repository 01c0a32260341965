/**
 * File errors in plain words.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "./errors.ts";

/** The system's own words repeat the path and a number. */
const BY_CLASS: readonly (readonly [new (message: string) => Error, string])[] = [
  [Deno.errors.NotFound, "no such file or directory"],
  [Deno.errors.IsADirectory, "it is a directory"],
  [Deno.errors.NotADirectory, "a part of the path is not a directory"],
  [Deno.errors.AlreadyExists, "a file is in the way"],
  [Deno.errors.PermissionDenied, "permission denied"],
];

const TOO_MANY = "too many files are open at the same time";
const TOO_LONG = "the path is too long";
const DISK_FULL = "the disk is full";

/** What has no class of its own, by the number of the system's error. */
const BY_NUMBER_UNIX: ReadonlyMap<number, string> = new Map([
  [13, "permission denied"],
  [21, "it is a directory"],
  [23, `${TOO_MANY} on this machine`],
  [24, `${TOO_MANY}; raise the limit with ulimit -n`],
  [27, "the file is too large for its disk"],
  [28, DISK_FULL],
  [30, "the disk is read-only"],
  [36, TOO_LONG],
  [40, "its links lead in a circle"],
  [63, TOO_LONG],
]);

const BY_NUMBER_WINDOWS: ReadonlyMap<number, string> = new Map([
  [1, "it is not a file that can be read"],
  [4, TOO_MANY],
  [32, "another program has it open"],
  [33, "another program has locked a part of it"],
  [39, DISK_FULL],
  [87, "it is a device, not a file"],
  [112, DISK_FULL],
  [123, "Windows doesn't allow such a name"],
  [206, TOO_LONG],
  [234, TOO_LONG],
]);

/**
 * The FILE error of what a file operation threw.
 *
 * @param doing what was being done, with the file's name
 * @param os whose error numbers they are
 */
export function fileError(error: unknown, doing: string, os = Deno.build.os): InferenceError {
  const reason = isMisnamed(error, doing)
    ? MISNAMED
    : reasonByNumber(error, os) ?? reasonByClass(error);
  if (reason === undefined) return toInferenceError(error, "FILE", doing);
  return new InferenceError("FILE", `${doing}: ${reason}`, { cause: error });
}

const MISNAMED = "its name is not UTF-8, and files with such names can't be opened; rename it";

/** Deno puts U+FFFD where a name is not UTF-8, and then finds no such file. */
function isMisnamed(error: unknown, doing: string): boolean {
  return error instanceof Deno.errors.NotFound && `${doing}${error.message}`.includes("\ufffd");
}

/** Deno keeps programs away from what the system's own folders hold. */
const DENIED = /^Requires all access to "([^"]*)"/;

function reasonByClass(error: unknown): string | undefined {
  if (error instanceof Deno.errors.NotCapable) {
    const path = DENIED.exec(error.message)?.[1];
    if (path === undefined) return undefined;
    return /^\/(?:dev|proc\/[^/]+)\/fd\//.test(path)
      ? "open files of the shell can't be read; use a named pipe, or /dev/stdin"
      : "it is a device or a file of the system, which this program doesn't read";
  }
  return BY_CLASS.find(([kind]) => error instanceof kind)?.[1];
}

/** Deno writes the number into the message: "Is a directory (os error 21): readfile 'x'". */
function reasonByNumber(error: unknown, os: typeof Deno.build.os): string | undefined {
  if (!(error instanceof Error) || error instanceof InferenceError) return undefined;
  const number = /\(os error (\d{1,5})\)/.exec(error.message)?.[1];
  if (number === undefined) return undefined;
  return (os === "windows" ? BY_NUMBER_WINDOWS : BY_NUMBER_UNIX).get(Number(number));
}
