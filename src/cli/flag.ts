/**
 * The vocabulary of flag tables. One table feeds parsing, help, completions, the man page and the
 * nearest-flag suggestion.
 *
 * @module
 */

interface FlagBase {
  /** Long name without dashes, e.g. `batch-size`. */
  readonly long: string;
  /** One letter, e.g. `b`. */
  readonly short?: string;
  /** Further long names that mean the same. */
  readonly aliases?: readonly string[];
  /** One sentence, lower-case start, no full stop. */
  readonly help: string;
  /** Accepted, but not listed in help. */
  readonly hidden?: boolean;
  /** Heading under which help lists it; `Options` when left out. */
  readonly section?: string;
}

/** A flag without a value. */
export interface BooleanFlag extends FlagBase {
  readonly kind: "boolean";
  /** Told on standard error whenever the flag is given. */
  readonly warning?: string;
}

/** A flag with a text value. */
export interface StringFlag extends FlagBase {
  readonly kind: "string";
  /** What the value is called in help, e.g. `HOST:PORT`. */
  readonly value: string;
  readonly default?: string;
  readonly required?: boolean;
  /** The option that makes it needless. */
  readonly unless?: string;
  /** Whether the value is a path, for completions. */
  readonly path?: "file" | "directory";
  /** Whether the value is a command line itself, and may begin with a flag. */
  readonly words?: boolean;
  /** Whether a second, different value is refused instead of taking the first one's place. */
  readonly once?: boolean;
  /** What the help says of the default when there is no fixed one. */
  readonly defaultHelp?: string;
}

/** A flag that may be given several times; its option is a list. */
export interface ListFlag extends FlagBase {
  readonly kind: "list";
  readonly value: string;
}

/** A flag with a whole number as its value. */
export interface IntegerFlag extends FlagBase {
  readonly kind: "integer";
  readonly value: string;
  readonly default?: number;
  readonly min?: number;
  readonly max?: number;
  readonly defaultHelp?: string;
}

/** A flag with any number as its value. */
export interface NumberFlag extends FlagBase {
  readonly kind: "number";
  readonly value: string;
  readonly default?: number;
  readonly min?: number;
  readonly max?: number;
  readonly defaultHelp?: string;
}

/** A flag whose value is one of a few words; upper and lower case are the same. */
export interface ChoiceFlag<T extends string = string> extends FlagBase {
  readonly kind: "choice";
  readonly choices: readonly T[];
  /** Names that choices had before; still taken, not shown. */
  readonly former?: Readonly<Record<string, T>>;
  readonly default?: T;
  readonly defaultHelp?: string;
}

/** Any flag. */
export type Flag =
  | BooleanFlag
  | StringFlag
  | ListFlag
  | IntegerFlag
  | NumberFlag
  | ChoiceFlag;

/** A command's flags; the keys become the names of its options. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** The option that a flag gives. */
export type OptionOf<F> = F extends BooleanFlag ? boolean
  : F extends ListFlag ? readonly string[]
  : F extends ChoiceFlag<infer T> ? (F extends { default: string } ? T : T | undefined)
  : F extends StringFlag
    ? (F extends { default: string } | { required: true } ? string : string | undefined)
  : F extends IntegerFlag | NumberFlag
    ? (F extends { default: number } ? number : number | undefined)
  : never;

/** The options that a table gives. */
export type OptionsOf<T extends FlagTable> = { readonly [K in keyof T]: OptionOf<T[K]> };
