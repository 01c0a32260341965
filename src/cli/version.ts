/**
 * What `--version` prints.
 *
 * @module
 */
import { COMMIT, VERSION } from "./build_info.ts";

/** What the text is made from. */
export interface BuildFacts {
  readonly version: string;
  /** Empty when unknown. */
  readonly commit: string;
  readonly deno: { readonly deno: string; readonly v8: string; readonly typescript: string };
  readonly os: string;
  readonly arch: string;
}

/** Facts of the running program. */
export function buildFacts(): BuildFacts {
  const { os, arch } = Deno.build;
  return { version: VERSION, commit: COMMIT, deno: Deno.version, os, arch };
}

/** Two lines: the program, and what it runs on. */
export function versionText(facts: BuildFacts = buildFacts()): string {
  const commit = facts.commit === "" ? "" : ` (commit ${facts.commit})`;
  const { deno, v8, typescript } = facts.deno;
  return `trtis ${facts.version}${commit}\n` +
    `Deno ${deno}, V8 ${v8}, TypeScript ${typescript}; ${facts.os} ${facts.arch}\n`;
}
