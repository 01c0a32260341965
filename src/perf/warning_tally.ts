/**
 * Warnings of passes, each told once, with the passes that it is about.
 *
 * @module
 */

/** Warnings that differ only in their numbers are the same; the latest numbers stand. */
export class WarningTally {
  readonly #found = new Map<string, { text: string; readonly passes: number[] }>();

  /** @param pass from 1 */
  add(text: string, pass: number): void {
    const key = text.replace(/[0-9]+/g, "#");
    const entry = this.#found.get(key) ?? { text, passes: [] };
    entry.text = text;
    if (entry.passes.at(-1) !== pass) entry.passes.push(pass);
    this.#found.set(key, entry);
  }

  /** The texts; of a level with several passes each says which ones. */
  texts(passCount: number): string[] {
    return [...this.#found.values()].map(({ text, passes }) =>
      passCount === 1 ? text : `${text} (${passNames(passes)})`
    );
  }
}

/** `pass 2`, `passes 1, 3 to 5`. */
function passNames(passes: readonly number[]): string {
  const runs: string[] = [];
  for (let i = 0; i < passes.length; i++) {
    const first = passes[i]!;
    while (passes[i + 1] === passes[i]! + 1) i++;
    const last = passes[i]!;
    runs.push(first === last ? `${first}` : `${first} to ${last}`);
  }
  return `${passes.length === 1 ? "pass" : "passes"} ${runs.join(", ")}`;
}
