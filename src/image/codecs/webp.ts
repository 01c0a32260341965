/**
 * WebP by libwebp.
 *
 * @module
 */
import { readPackageFile } from "../../base/package_file.ts";
import type { RgbImage } from "../types.ts";
import type { ImageCodec } from "./codec.ts";
import { has, startsWith } from "./sniff.ts";
import { squooshDecoder } from "./squoosh.ts";
import { firstFrame, webpHeader, webpProfile } from "./webp_chunks.ts";

/** WebP: lossy, lossless, and the first frame of animations. */
export const webpCodec: ImageCodec = {
  format: "WebP",
  recognizes: (bytes) => startsWith(bytes, "RIFF") && has(bytes, "WEBP", 8),
  readHeader: webpHeader,
  profile: webpProfile,
  decode: async (bytes, _header, use) => use(await decodeWebp(bytes)),
};

const decode = squooshDecoder({
  format: "WebP",
  script: () => import("@jsquash/webp/codec/dec/webp_dec.js"),
  binary: () => readPackageFile(import.meta.resolve("@jsquash/webp/codec/dec/webp_dec.wasm")),
  rest: [],
});

async function decodeWebp(bytes: Uint8Array): Promise<RgbImage> {
  const frame = firstFrame(bytes);
  if (!frame) return await decode(bytes);
  const image = await decode(frame.still);
  const { width, height, x, y } = frame;
  if (x === 0 && y === 0 && image.width === width && image.height === height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < Math.min(image.height, height - y); row++) {
    const from = row * image.width * 3;
    const count = Math.min(image.width, width - x) * 3;
    data.set(image.data.subarray(from, from + count), ((y + row) * width + x) * 3);
  }
  return { width, height, channels: 3, data };
}
