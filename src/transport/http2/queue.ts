/**
 * A first-in, first-out queue without the cost of `Array.shift`.
 *
 * @module
 */

/** Items leave in the order they came. */
export class Queue<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The oldest item; it stays. */
  peek(): T | undefined {
    return this.#items[this.#head];
  }

  /** Takes the oldest item out. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items.length = this.#head = 0;
    } else if (this.#head >= 64 && this.#head * 2 >= this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Takes an item out, wherever it is; fast when it is the oldest. */
  remove(item: T): void {
    if (this.peek() === item) {
      this.shift();
      return;
    }
    const at = this.#items.indexOf(item, this.#head);
    if (at >= 0) this.#items.splice(at, 1);
  }

  /** Takes everything out. */
  drain(): T[] {
    const items = this.toArray();
    this.#items.length = this.#head = 0;
    return items;
  }

  /** The items, oldest first; they stay. */
  toArray(): T[] {
    return this.#items.slice(this.#head) as T[];
  }
}
