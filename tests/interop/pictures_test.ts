/**
 * A differential of pictures: whatever Pillow and OpenCV read alike must come out with the same pixels,
 * or be refused by its right name. Where the two differ, ours is one of theirs.
 *
 * @module
 */
import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { fileURLToPath } from "node:url";
import { describeError } from "../../src/base/errors.ts";
import { decodeImage } from "../../src/image/codecs/decode.ts";
import type { RgbImage } from "../../src/image/types.ts";
import { environment, interopTest } from "./fixture.ts";

interface Entry {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Levels that a channel may differ by. */
  readonly tolerance: number;
  /** What OpenCV made of it, beside Pillow. */
  readonly opencv: "alike" | "different" | "unread";
}

/** What is not read here, and the word that the refusal must have in it. */
const REFUSED: readonly (readonly [picture: RegExp, word: string])[] = [
  [/^TIFF .* jpeg$/, "JPEG"],
  [/^TIFF .* (group3|group4|tiff_ccitt)$/, "fax|CCITT"],
  [/^TIFF fax /, "fax|CCITT"],
  [/^TIFF .* zstd$/, "Zstandard"],
  [/^TIFF .* lzma$/, "LZMA"],
  [/^TIFF YCbCr/, "YCbCr"],
  [/^TIFF LAB/, "L\\*a\\*b\\*"],
  [/^TIFF (F|I) /, "bits a sample|floating-point"],
  [/^BigTIFF/, "BigTIFF"],
  [/^JPEG .*-arithmetic/, "arithmetic"],
  [/^JPEG2000/, "JPEG 2000"],
  [/^ICO/, "ICO"],
  [/^PDF/, "PDF"],
  [/^TGA/, "not an image"],
];

/** Files of a format by how they came out. */
interface Row {
  files: number;
  alike: number;
  refused: number;
  different: number;
  /** Pillow and OpenCV don't agree, or only one of them reads it. */
  disputed: number;
}

interopTest("pictures: alike, or refused with the right name", async () => {
  const directory = await Deno.makeTempDir({ prefix: "trtis-pictures-" });
  try {
    const script = fileURLToPath(new URL("pictures.py", import.meta.url));
    const { success, stdout, stderr } = await new Deno.Command(environment().python, {
      args: [script, directory],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    console.log(new TextDecoder().decode(stdout).trim());
    await compare(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

async function compare(directory: string): Promise<void> {
  const entries: Entry[] = JSON.parse(await Deno.readTextFile(`${directory}/list.json`));
  const different: string[] = [];
  const rows = new Map<string, Row>();
  for (const [i, entry] of entries.entries()) {
    const format = entry.name.split(" ")[0]!;
    const row = rows.get(format) ?? { files: 0, alike: 0, refused: 0, different: 0, disputed: 0 };
    rows.set(format, row);
    row.files++;
    if (entry.opencv !== "alike") row.disputed++;
    const problem = await problemOf(`${directory}/${i}`, entry);
    if (problem === "refused") row.refused++;
    else if (problem === undefined) row.alike++;
    else {
      row.different++;
      different.push(problem);
    }
  }
  console.log("FORMAT    FILES  ALIKE  REFUSED  DIFFERENT  (PILLOW AND OPENCV DIFFER)");
  for (const [format, { files, alike, refused, different, disputed }] of rows) {
    const cells = [[files, 5], [alike, 5], [refused, 7], [different, 9], [disputed, 12]] as const;
    console.log(
      [format.padEnd(8), ...cells.map(([count, width]) => `${count}`.padStart(width))].join("  "),
    );
  }
  assertEquals(different, []);
  assertGreaterOrEqual(entries.length, 300);
}

async function problemOf(path: string, entry: Entry): Promise<string | undefined> {
  const word = REFUSED.find(([picture]) => picture.test(entry.name))?.[1];
  let image: RgbImage;
  try {
    image = await decodeImage(await Deno.readFile(`${path}.bin`), entry.name);
  } catch (error) {
    const reason = describeError(error);
    const named = word !== undefined && new RegExp(word).test(reason.replace(entry.name, ""));
    return named ? "refused" : reason;
  }
  if (image.width !== entry.width || image.height !== entry.height) {
    return `${entry.name}: ${image.width} x ${image.height}, not ${entry.width} x ${entry.height}`;
  }
  const pillow = worst(image.data, await Deno.readFile(`${path}.rgb`));
  if (pillow <= entry.tolerance) return undefined;
  const other = await Deno.readFile(`${path}.cv.rgb`).catch(() => undefined);
  const opencv = other === undefined ? Infinity : worst(image.data, other);
  if (opencv <= entry.tolerance) return undefined;
  return `${entry.name}: differs by ${pillow} levels from Pillow, ${opencv} from OpenCV`;
}

function worst(data: Uint8Array, wanted: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < wanted.length; i++) most = Math.max(most, Math.abs(wanted[i]! - data[i]!));
  return most;
}
