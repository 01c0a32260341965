/**
 * Lines that become known in any order and are printed in that of the images.
 *
 * @module
 */

/** Holds a line back until all before it are there; no more are held than images are under way. */
export class OrderedLines<T = string> {
  readonly #print: (line: T) => void;
  readonly #waiting = new Map<number, T>();
  #next = 0;

  constructor(print: (line: T) => void) {
    this.#print = print;
  }

  /** @param place of the image, from 0 */
  put(place: number, line: T): void {
    this.#waiting.set(place, line);
    for (let ready; (ready = this.#waiting.get(this.#next)) !== undefined; this.#next++) {
      this.#waiting.delete(this.#next);
      this.#print(ready);
    }
  }

  /** Prints what is held back: the lines before it will never come. */
  flush(): void {
    for (const place of [...this.#waiting.keys()].sort((a, b) => a - b)) {
      this.#print(this.#waiting.get(place)!);
    }
    this.#waiting.clear();
  }
}
