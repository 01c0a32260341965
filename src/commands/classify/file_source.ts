/**
 * The files of a run: listed as they are needed, with a look at the first ones.
 *
 * @module
 */
import type { ListedFile } from "../../image/directory.ts";

/** Up to this many are listed before anything else happens. */
const FIRST = 5;

/** Lists files, and counts them. */
export class FileSource {
  readonly #files: AsyncIterator<ListedFile>;
  readonly #again: (() => AsyncIterable<unknown>) | undefined;
  readonly #isPipe: boolean;
  readonly #first: ListedFile[] = [];
  #isOver = false;
  #listed = 0;

  /** @param how whether names come from a pipe; `again` lists the same files once more, to count them */
  constructor(
    files: AsyncIterable<ListedFile>,
    how: { readonly isPipe: boolean; readonly again?: () => AsyncIterable<unknown> },
  ) {
    this.#files = files[Symbol.asyncIterator]();
    this.#again = how.again;
    this.#isPipe = how.isPipe;
  }

  /** Lists the first ones. @throws {InferenceError} when there is nothing to be had */
  async begin(): Promise<readonly ListedFile[]> {
    while (!this.#isOver && this.#first.length < FIRST) {
      const file = await this.#next();
      if (file !== undefined) this.#first.push(file);
    }
    return this.#first;
  }

  /** How many there are, where that is known already. */
  get known(): number | undefined {
    return this.#isOver ? this.#listed : undefined;
  }

  /** How many were listed so far. */
  get listed(): number {
    return this.#listed;
  }

  /** All of them; to be read once. */
  async *files(): AsyncGenerator<ListedFile, void, void> {
    yield* this.#first;
    for (let file; (file = await this.#next()) !== undefined;) yield file;
  }

  /** Finds out in the background how many there are. */
  count(tell: (total: number) => void): void {
    if (this.#again === undefined || this.#isOver) return;
    const count = async (files: AsyncIterable<unknown>) => {
      let total = 0;
      for await (const _ of files) {
        if (this.#isOver) return;
        total++;
      }
      tell(total);
    };
    // The listing that matters tells of its errors.
    count(this.#again()).catch(() => {});
  }

  /** How many there are in all, listing the rest of them where they can be listed at once. */
  async drain(): Promise<number> {
    if (this.#again !== undefined) { while (!this.#isOver) await this.#next(); }
    this.#isOver = true;
    return this.#listed;
  }

  async #next(): Promise<ListedFile | undefined> {
    if (this.#isOver) return undefined;
    const { value, done } = await this.#files.next();
    if (done) this.#isOver = true;
    else this.#listed++;
    return done ? undefined : value;
  }
}
