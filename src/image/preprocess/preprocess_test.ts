import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { sharedFile } from "../../../tests/shared.ts";
import { decodeImage } from "../codecs/decode.ts";
import { toGray } from "./gray.ts";
import { preprocess } from "./preprocess.ts";
import type { PreprocessSpec } from "../types.ts";

const SPEC: PreprocessSpec = {
  width: 224,
  height: 224,
  channels: 3,
  dataType: "UINT8",
  format: "NHWC",
  scaling: "NONE",
};

Deno.test("preprocess: byte for byte what r19.07's image_client made of three photos", async () => {
  for (
    const [name, file] of [["car", "car.jpg"], ["mug", "mug.jpg"], ["vulture", "vulture.jpeg"]]
  ) {
    const photo = sharedFile(`images/${file}`);
    const golden = sharedFile(`golden/r19.07/preprocess_${name}_none_nhwc.u8`);
    if (!photo || !golden) continue;
    const image = await decodeImage(await Deno.readFile(photo), file!);
    // Not assertEquals: its report on 150,528 bytes takes minutes.
    const expected = await Deno.readFile(golden);
    const actual = preprocess(image, SPEC);
    const differing = actual.filter((value, i) => value !== expected[i]).length;
    assertEquals([actual.length, differing], [expected.length, 0], name);
  }
});

Deno.test("preprocess: gray as OpenCV weighs it", () => {
  const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 10, 20, 30];
  assertEquals([...toGray(Uint8Array.from(colours))], [76, 150, 29, 255, 0, 18]);
});

Deno.test("preprocess: a one-channel model gets gray", () => {
  const data = Uint8Array.of(255, 0, 0, 0, 0, 255);
  const spec = { ...SPEC, width: 2, height: 1, channels: 1 };
  assertEquals([...preprocess({ width: 2, height: 1, channels: 3, data }, spec)], [76, 29]);
});

Deno.test("preprocess: rows and columns are not mixed up", () => {
  const data = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => i);
  const image = { width: 4, height: 2, channels: 3, data } as const;
  const spec = { ...SPEC, width: 4, height: 2, format: "NCHW" } as const;
  const planes = [0, 1, 2].flatMap((c) => [0, 3, 6, 9, 12, 15, 18, 21].map((v) => v + c));
  assertEquals([...preprocess(image, spec)], planes);
});

Deno.test("preprocess: impossible inputs", () => {
  const image = { width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) } as const;
  const wrong: Partial<PreprocessSpec>[] = [
    { channels: 2 },
    { channels: 4 },
    { width: 0 },
    { height: -1 },
    { height: 1.5 },
    { dataType: "STRING" },
    { dataType: "BOOL" },
  ];
  for (const part of wrong) {
    const error = assertThrows(() => preprocess(image, { ...SPEC, ...part }), InferenceError);
    assertEquals(error.code, "INVALID_ARG");
  }
});
