/**
 * Archives: tar with gzip, and zip. The same files always give the same bytes, wherever they are packed.
 *
 * @module
 */
import { gunzipSync, gzipSync, type Zippable, zipSync } from "fflate";
import { packTar, unpackTar } from "modern-tar";

/** A file of an archive. */
export interface ArchiveFile {
  /** With `/`. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly executable?: boolean;
}

const modeOf = ({ executable }: ArchiveFile) => executable ? 0o755 : 0o644;

/** A `.tar.gz`. */
export async function tarGz(
  files: readonly ArchiveFile[],
  time: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const entries = files.map((file) => ({
    header: {
      name: file.path,
      size: file.bytes.length,
      mode: modeOf(file),
      mtime: time,
      type: "file" as const,
      uid: 0,
      gid: 0,
    },
    body: file.bytes,
  }));
  // gzip's own time stays 0: the files have theirs.
  return gzipSync(await packTar(entries), { mtime: 0 }) as Uint8Array<ArrayBuffer>;
}

/** The files of a `.tar.gz`. @throws for an archive that is cut off or damaged */
export async function untarGz(archive: Uint8Array): Promise<ArchiveFile[]> {
  // Unless it is strict, the library takes a damaged archive for one that ends early.
  const entries = await unpackTar(gunzipSync(archive), { strict: true });
  return entries.filter(({ header }) => header.type === "file").map(({ header, data }) => ({
    path: header.name,
    bytes: new Uint8Array(data ?? []),
  }));
}

const MADE_ON_UNIX = 3;
const REGULAR_FILE = 0o100000;

/** A `.zip`. */
export function zip(files: readonly ArchiveFile[], time: Date): Promise<Uint8Array<ArrayBuffer>> {
  // The format has no time zone, and the library writes the local time.
  const mtime = new Date(time.getTime() + time.getTimezoneOffset() * 60_000);
  const entries: Zippable = {};
  for (const file of files) {
    const attrs = (REGULAR_FILE | modeOf(file)) * 0x10000;
    entries[file.path] = [file.bytes, { os: MADE_ON_UNIX, attrs, mtime }];
  }
  return Promise.resolve(zipSync(entries) as Uint8Array<ArrayBuffer>);
}
