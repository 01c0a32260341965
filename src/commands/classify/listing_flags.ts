/**
 * The flags that say which files are meant.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";

const section = "Files";

/** Directories, lists and what is left out. */
export const listingFlags = {
  recursive: {
    kind: "boolean",
    section,
    long: "recursive",
    help: "read the folders inside a directory too",
  },
  fromFile: {
    kind: "string",
    section,
    long: "from-file",
    value: "LIST|-",
    path: "file",
    help: "read paths from this file, one a line, or from standard input; NUL may end them too",
  },
  exclude: {
    kind: "list",
    section,
    long: "exclude",
    value: "PATTERN",
    help: "leave out files and folders whose name fits, such as '*.txt'; with a / in it, the path",
  },
} as const satisfies FlagTable;

/** Their options. */
export type ListingOptions = OptionsOf<typeof listingFlags>;
