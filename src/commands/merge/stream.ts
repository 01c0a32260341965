/**
 * Text that is made while it is written.
 *
 * @module
 */

/** Characters that are written at a time. */
const PIECE = 1 << 16;

/** The bytes of texts, in pieces of some size. */
export function streamOf(rows: AsyncGenerator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let text = "";
      while (text.length < PIECE) {
        const { value, done } = await rows.next();
        if (!done) text += value;
        else {
          if (text !== "") controller.enqueue(encoder.encode(text));
          return controller.close();
        }
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await rows.return();
    },
  });
}
