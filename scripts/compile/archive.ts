/**
 * Archives: tar with gzip, and zip. The same files always give the same bytes.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/** A file of an archive. */
export interface ArchiveFile {
  /** With `/`. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly executable?: boolean;
}

const BLOCK = 512;

/** A `.tar.gz`. */
export async function tarGz(
  files: readonly ArchiveFile[],
  time: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = files.flatMap(({ path, bytes, executable }) => [
    tarHeader(path, bytes.length, executable ? 0o755 : 0o644, time),
    bytes,
    new Uint8Array((BLOCK - bytes.length % BLOCK) % BLOCK),
  ]);
  return await compress([...parts, new Uint8Array(2 * BLOCK)], "gzip");
}

function tarHeader(path: string, size: number, mode: number, time: Date): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  if (new TextEncoder().encode(path).length > 100) {
    throw new RangeError(`path too long for tar: ${path}`);
  }
  put(0, path);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(Math.floor(time.getTime() / 1000), 11));
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\x0000");
  put(148, `${octal(header.reduce((sum, byte) => sum + byte, 0), 6)}\0 `);
  return header;
}

/** The files of a `.tar.gz`. */
export async function untarGz(archive: Uint8Array<ArrayBuffer>): Promise<ArchiveFile[]> {
  const stream = new Blob([archive]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const files: ArchiveFile[] = [];
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const text = (from: number, length: number) =>
      new TextDecoder().decode(bytes.subarray(at + from, at + from + length)).replace(/\0.*$/s, "");
    const size = parseInt(text(124, 12), 8);
    const [prefix, name, type] = [text(345, 155), text(0, 100), text(156, 1)];
    const path = prefix === "" ? name : `${prefix}/${name}`;
    const start = at + BLOCK;
    if (type === "0" || type === "") files.push({ path, bytes: bytes.slice(start, start + size) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

const UTF8_NAMES = 0x800;
const DEFLATE = 8;
const MADE_ON_UNIX = 3 << 8 | 20;

/** A `.zip`. */
export async function zip(
  files: readonly ArchiveFile[],
  time: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { path, bytes, executable } of files) {
    const name = new TextEncoder().encode(path);
    const packed = await compress([bytes], "deflate-raw");
    const common = [
      ...uint16(20, UTF8_NAMES, DEFLATE, dosTime(time), dosDate(time)),
      ...uint32(crc32(bytes), packed.length, bytes.length),
      ...uint16(name.length, 0),
    ];
    const mode = (0o100000 | (executable ? 0o755 : 0o644)) * 0x10000;
    const local = Uint8Array.of(...uint32(0x04034b50), ...common, ...name);
    directory.push(Uint8Array.of(
      ...uint32(0x02014b50),
      ...uint16(MADE_ON_UNIX),
      ...common,
      ...uint16(0, 0, 0),
      ...uint32(mode, offset),
      ...name,
    ));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Uint8Array.of(
    ...uint32(0x06054b50),
    ...uint16(0, 0, files.length, files.length),
    ...uint32(size, offset),
    ...uint16(0),
  );
  return join([...parts, ...directory, end]);
}

function uint16(...values: number[]): number[] {
  return values.flatMap((value) => [value & 255, value >>> 8 & 255]);
}

function uint32(...values: number[]): number[] {
  return values.flatMap((value) => [...uint16(value), ...uint16(value / 0x10000)]);
}

function dosTime(time: Date): number {
  return time.getUTCHours() << 11 | time.getUTCMinutes() << 5 | time.getUTCSeconds() >> 1;
}

function dosDate(time: Date): number {
  return (time.getUTCFullYear() - 1980) << 9 | (time.getUTCMonth() + 1) << 5 | time.getUTCDate();
}

async function compress(
  parts: readonly Uint8Array<ArrayBuffer>[],
  format: CompressionFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([...parts]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
