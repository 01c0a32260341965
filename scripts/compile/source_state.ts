/**
 * What version control says of the sources.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.ts";

/** The state of the work tree. */
export interface SourceState {
  /** Short hash of the commit. */
  readonly commit: string;
  /** When it was made. */
  readonly time: Date;
  /** Files that differ from it. */
  readonly changed: readonly string[];
  /** Tags on it. */
  readonly tags: readonly string[];
}

const HASH_DIGITS = 12;

/** The state of a checkout; undefined when the folder is none. */
export async function readSourceState(root: URL): Promise<SourceState | undefined> {
  const git = async (...args: string[]) => {
    const { success, stdout } = await new Deno.Command("git", {
      args,
      cwd: fileURLToPath(root),
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trimEnd() : undefined;
  };
  try {
    const commit = await git("rev-parse", `--short=${HASH_DIGITS}`, "HEAD");
    if (commit === undefined) return undefined;
    const [time, status, tags] = await Promise.all([
      git("log", "-1", "--format=%ct"),
      git("status", "--porcelain"),
      git("tag", "--points-at", "HEAD"),
    ]);
    return {
      commit,
      time: new Date(Number(time) * 1000),
      changed: lines(status).map((line) => line.slice(3)),
      tags: lines(tags),
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function lines(text = ""): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** The commit as a build is stamped with it. */
export function stampedCommit(state: SourceState | undefined): string {
  if (!state) return "";
  return state.changed.length > 0 ? `${state.commit}-changed` : state.commit;
}

const LISTED = 5;

/** What stands in the way of a release from this state. */
export function checkRelease(
  state: SourceState | undefined,
  version: string,
  changelog: string,
): void {
  if (!state) throw new Failure("cannot release: this folder is not a git checkout");
  const { changed, commit, tags } = state;
  if (changed.length > 0) {
    const more = changed.length > LISTED ? ` and ${changed.length - LISTED} more` : "";
    throw new Failure(
      `cannot release: the work tree differs from commit ${commit} in ${
        changed.slice(0, LISTED).join(", ")
      }${more}; commit the changes or put them away`,
    );
  }
  if (!tags.includes(`v${version}`)) {
    const has = tags.length === 0 ? "no tag" : `the tag ${tags.join(", ")}`;
    throw new Failure(
      `cannot release: deno.json says version ${version}, but commit ${commit} has ${has} instead of v${version}`,
    );
  }
  if (releaseNotes(changelog, version) === "") {
    throw new Failure(`cannot release: CHANGELOG.md has no text under "## ${version}"`);
  }
}

/** The text under a version's heading in CHANGELOG.md; empty when there is none. */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const found = sections.find((section) => {
    const [heading] = section.split("\n");
    return heading!.replace(/^\[|\].*$/g, "").split(/\s/)[0]!.replace(/^v/, "") === version;
  });
  return found?.slice(found.indexOf("\n") + 1).trim() ?? "";
}
