/**
 * The run-length packings of BMP files.
 *
 * @module
 */

const ESCAPE = 0;
const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/**
 * Unpacks RLE8 or RLE4 to a byte a pixel, bottom row first. Pixels that are skipped or missing have
 * the first colour of the palette, as other readers give them. Work is in proportion to the pixels
 * and the bytes: no pixel outside the image is written.
 */
export function unpackRle(
  packed: Uint8Array,
  { width, height, bits }: {
    readonly width: number;
    readonly height: number;
    readonly bits: number;
  },
): Uint8Array {
  const pixels = new Uint8Array(width * height);
  let [x, y] = [0, 0];
  const put = (value: number) => {
    if (x < width && y < height) pixels[y * width + x] = value;
    x++;
  };
  const nibble = (byte: number, i: number) =>
    bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15;
  for (let at = 0; at + 1 < packed.length && y < height;) {
    const count = packed[at]!;
    const code = packed[at + 1]!;
    at += 2;
    if (count > ESCAPE) {
      for (let i = 0; i < count; i++) put(nibble(code, i));
    } else if (code === END_OF_LINE) {
      x = 0;
      y++;
    } else if (code === END_OF_BITMAP) {
      break;
    } else if (code === DELTA) {
      x += packed[at] ?? 0;
      y += packed[at + 1] ?? 0;
      at += 2;
    } else {
      // So many pixels as they are; they end on an even byte.
      for (let i = 0; i < code; i++) {
        put(nibble(packed[at + (bits === 8 ? i : i >> 1)] ?? 0, i));
      }
      const size = bits === 8 ? code : Math.ceil(code / 2);
      at += size + size % 2;
    }
  }
  return pixels;
}
