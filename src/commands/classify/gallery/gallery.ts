/**
 * Writes the gallery: a page of its own, with a folder of thumbnails beside it when there are many.
 *
 * @module
 */
import { toBase64 } from "../../../base/base64.ts";
import { InferenceError } from "../../../base/errors.ts";
import { fileError } from "../../../base/file_error.ts";
import { writeWhole } from "../../../base/write_file.ts";
import { preprocessFiles } from "../../../image/workers/pool.ts";
import type { ImageLimits, PreprocessSpec } from "../../../image/types.ts";
import { type GalleryContent, galleryPage, type GalleryPicture } from "./page.ts";
import { encodePng } from "./png.ts";

/** Up to so many thumbnails are in the page itself. */
const MOST_EMBEDDED = 300;
const SIDE = 128;

const THUMBNAIL: PreprocessSpec = {
  ...{ width: SIDE, height: SIDE, channels: 3, dataType: "UINT8", format: "NHWC", scaling: "NONE" },
  recipe: {
    ...{ fit: "letterbox", interpolation: "bilinear", antialias: true },
    ...{ scale: 1, mean: [0], std: [1], bgr: false },
  },
  draft: true,
};

/** What is shown, and where to. */
export interface GalleryRequest extends Omit<GalleryContent, "pictures"> {
  readonly path: string;
  readonly rows: readonly GalleryPicture["row"][];
  /** How large the pictures were allowed to be. */
  readonly limits: ImageLimits;
  readonly signal: AbortSignal;
}

/** Writes the page. @throws {InferenceError} `FILE` */
export async function writeGallery(request: GalleryRequest): Promise<void> {
  const { path, rows, limits, signal } = request;
  const folder = rows.length > MOST_EMBEDDED ? `${path.replace(/\.html?$/i, "")}_files` : undefined;
  try {
    if (folder !== undefined) await Deno.mkdir(folder, { recursive: true });
    const files = rows.map(({ file }) => file);
    const pictures: GalleryPicture[] = [];
    for await (const { index, tensor } of preprocessFiles(files, THUMBNAIL, { limits, signal })) {
      const row = rows[index]!;
      // One that can't be decoded, or is gone, stands there without a picture.
      if (tensor === undefined) {
        pictures.push({ row });
        continue;
      }
      const png = await encodePng({ width: SIDE, height: SIDE, data: tensor });
      if (folder === undefined) {
        pictures.push({ row, thumbnail: `data:image/png;base64,${toBase64(png)}` });
        continue;
      }
      const name = `${index}.png`;
      await Deno.writeFile(`${folder}/${name}`, png);
      const base = folder.slice(Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\")) + 1);
      pictures.push({ row, thumbnail: `./${encodeURIComponent(base)}/${name}` });
    }
    await writeWhole(path, await galleryPage({ ...request, pictures }));
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw fileError(error, `Cannot write the gallery ${path}`);
  }
}
