import { assert, assertEquals, assertLess } from "@std/assert";
import { decodeImage } from "../src/image/codecs/decode.ts";
import { preprocess } from "../src/image/preprocess/preprocess.ts";
import { COLOR_WORDS } from "../src/server/models/color_words.ts";
import { colorShares, IMAGE_SIZE } from "../src/server/models/colors.ts";

const FOLDER = new URL("../examples/images/", import.meta.url);

Deno.test("example images: each is mostly of the colour in its name, in every scaling", async () => {
  const size = { width: IMAGE_SIZE, height: IMAGE_SIZE, channels: 3 };
  let bytes = 0;
  const words = new Set<string>();
  for (const { name } of Deno.readDirSync(FOLDER)) {
    const file = await Deno.readFile(new URL(name, FOLDER));
    bytes += file.length;
    const image = await decodeImage(file, name);
    const word = /_([a-z]+)\.(jpg|png)$/.exec(name)![1];
    words.add(word!);
    for (const scaling of ["NONE", "INCEPTION", "VGG"] as const) {
      const spec = { ...size, dataType: "FP32", format: "NHWC", scaling } as const;
      const shares = colorShares(new Float32Array(preprocess(image, spec).buffer), "NHWC");
      const ranked = COLOR_WORDS
        .map((label, i) => ({ label, share: shares[i] }))
        .toSorted((a, b) => b.share! - a.share!);
      assertEquals(ranked[0]!.label, word, `${name} with ${scaling}`);
      assertLess(ranked[1]!.share! + 0.2, ranked[0]!.share, name);
    }
  }
  assert(COLOR_WORDS.every((word) => words.has(word)), [...words].join());
  assertLess(bytes, 150_000);
});
