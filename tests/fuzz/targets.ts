/**
 * Every target by its name. A run loads only the file that it needs.
 *
 * @module
 */
import type { Target } from "./target.ts";

/** Makes the targets of one file. */
type Load = () => Promise<{ readonly targets: readonly Target[] }>;

const text: Load = () => import("./targets/texts.ts");
const http: Load = () => import("./targets/http.ts");
const http2: Load = () => import("./targets/http2.ts");
const answers: Load = () => import("./targets/answers.ts");
const images: Load = () => import("./targets/images.ts");

const FILES: Readonly<Record<string, Load>> = {
  "text-protobuf": text,
  "input-json": text,
  "perf-json": text,
  "npy": text,
  "prometheus": text,
  "v2-json": text,
  "http-answer": http,
  "http-request": http,
  "chunked": http,
  "hpack": http2,
  "grpc-message": http2,
  "http2-client": http2,
  "http2-server": http2,
  "v1-http": answers,
  "v1-grpc": answers,
  "v1-stream": answers,
  "v2-http": answers,
  "v2-grpc": answers,
  "v2-stream": answers,
  "jpeg": images,
  "plain-jpeg": images,
  "png": images,
  "gif": images,
  "tiff": images,
  "bmp": images,
  "ppm": images,
  "webp": images,
  "avif": images,
};

/** The names, in the order in which all of them run. */
export const TARGET_NAMES: readonly string[] = Object.keys(FILES);

/** A target by its name. */
export async function loadTarget(name: string): Promise<Target> {
  const { targets } = await FILES[name]!();
  return targets.find((target) => target.name === name)!;
}
