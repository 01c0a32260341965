/**
 * TIFF's image file directories (TIFF 6.0, section 2), which EXIF uses too.
 *
 * @module
 */
import { imageError } from "../types.ts";

/** Bytes of one value, by field type; 0 = a type that no tag used here has. */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** One directory: a tag's values by its number. */
export interface Directory {
  /** The unsigned integers of a tag, or undefined when the tag is absent. @throws on bad offsets */
  values(tag: number): number[] | undefined;
  /** The first of a tag's values. */
  value(tag: number): number | undefined;
  readonly littleEndian: boolean;
}

/**
 * Reads the first directory of a TIFF structure.
 *
 * @param bytes the structure from its byte order mark on
 * @throws {InferenceError} `FILE` when it is not one
 */
export function readDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cut = () => imageError("its TIFF directory is cut off or damaged");
  if (bytes.length < 8) throw cut();
  const littleEndian = bytes[0] === 0x49;
  const start = view.getUint32(4, littleEndian);
  if (start < 8 || start + 2 > bytes.length) throw cut();
  const count = view.getUint16(start, littleEndian);
  if (start + 2 + count * 12 > bytes.length) throw cut();
  const entries = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const at = start + 2 + i * 12;
    const tag = view.getUint16(at, littleEndian);
    if (!entries.has(tag)) entries.set(tag, at);
  }

  const values = (tag: number): number[] | undefined => {
    const entry = entries.get(tag);
    if (entry === undefined) return undefined;
    const type = view.getUint16(entry + 2, littleEndian);
    const length = view.getUint32(entry + 4, littleEndian);
    const size = TYPE_SIZES[type] ?? 0;
    if (size === 0) return undefined;
    const at = size * length <= 4 ? entry + 8 : view.getUint32(entry + 8, littleEndian);
    if (at + size * length > bytes.length) throw cut();
    const read = (offset: number) => {
      if (size === 1) return view.getUint8(offset);
      if (size === 2) return view.getUint16(offset, littleEndian);
      return view.getUint32(offset, littleEndian);
    };
    return Array.from({ length }, (_, i) => read(at + i * size));
  };
  return { values, value: (tag) => values(tag)?.[0], littleEndian };
}
