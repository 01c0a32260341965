/**
 * AVIF by libavif, which is loaded when the first one comes: it is the largest of the decoders.
 *
 * @module
 */
import { readPackageFile } from "../../base/package_file.ts";
import { avifHeader, avifProfile, hasBrand } from "./avif_boxes.ts";
import type { ImageCodec } from "./codec.ts";
import { squooshDecoder } from "./squoosh.ts";

/** AVIF: 8 to 12 bits a channel, cut to 8, and the first frame of sequences. */
export const avifCodec: ImageCodec = {
  format: "AVIF",
  recognizes: (bytes) => hasBrand(bytes, ["avif", "avis"]),
  readHeader: avifHeader,
  profile: avifProfile,
  decode: async (bytes, _header, use) => use(await decode(bytes)),
};

const decode = squooshDecoder({
  format: "AVIF",
  script: () => import("@jsquash/avif/codec/dec/avif_dec.js"),
  binary: () => readPackageFile(import.meta.resolve("@jsquash/avif/codec/dec/avif_dec.wasm")),
  rest: [8],
});
