/**
 * How flags are called in messages and help.
 *
 * @module
 */
import type { Positional } from "./command.ts";
import type { Flag } from "./flag.ts";
import { NO_BREAK } from "./layout.ts";

/** Choices wider than this are listed in the help text instead of standing for the value. */
const MAX_INLINE_CHOICES = 20;

/** `--batch-size (-b)`. */
export function flagName(flag: Flag): string {
  return flag.short === undefined ? `--${flag.long}` : `--${flag.long} (-${flag.short})`;
}

/** What the value is called, e.g. `HOST:PORT` or `http|grpc`; empty for a flag without one. */
export function valueName(flag: Flag): string {
  if (flag.kind === "boolean") return "";
  if (flag.kind !== "choice") return flag.value;
  const inline = flag.choices.join("|");
  return inline.length <= MAX_INLINE_CHOICES ? inline : flag.long.toUpperCase();
}

/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}

/** What a flag's value must be, e.g. `a whole number >= 1`. */
export function expectation(flag: Flag): string {
  switch (flag.kind) {
    case "boolean":
      return "no value";
    case "choice":
      return alternatives(flag.choices);
    case "integer":
      return `a whole number${range(flag.min, flag.max)}`;
    case "number":
      return `a number${range(flag.min, flag.max)}`;
    default:
      return flag.value;
  }
}

function range(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` >= ${min}`;
  return max === undefined ? "" : ` <= ${max}`;
}

/** The help text with what else is to know of the flag: choices, other names, default. */
export function helpText(flag: Flag): string {
  const parts = [flag.help];
  if (flag.kind === "choice" && valueName(flag) !== flag.choices.join("|")) {
    parts.push(`(${alternatives(flag.choices)})`);
  }
  if (flag.aliases?.length) {
    const names = flag.aliases.map((name) => `--${name}`);
    parts.push(`(also${NO_BREAK}${names.join(", ")})`);
  }
  if (flag.kind === "list") parts.push("[repeatable]");
  if (flag.kind === "string" && flag.required) parts.push("[required]");
  const fallback = defaultText(flag);
  if (fallback !== undefined) parts.push(`[default:${NO_BREAK}${fallback}]`);
  return parts.join(" ");
}

function defaultText(flag: Flag): string | undefined {
  if (flag.kind === "boolean" || flag.kind === "list") return undefined;
  if ("defaultHelp" in flag && flag.defaultHelp !== undefined) return flag.defaultHelp;
  return flag.default === undefined ? undefined : String(flag.default);
}

/** What a positional is, with its choices. */
export function positionalText({ help, choices }: Positional): string {
  return choices ? `${help} (${alternatives(choices)})` : help;
}
