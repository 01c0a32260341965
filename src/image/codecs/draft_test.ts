import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { fixture, HEIGHT, WIDTH } from "../testing/fixtures.ts";
import { withOrientation } from "../testing/writers.ts";
import { DEFAULT_LIMITS, type RgbImage, type Size } from "../types.ts";
import { withImage } from "./decode.ts";
import { draftSize } from "./jpeg.ts";

Deno.test("draft: the smallest size that is large enough", () => {
  const of = (atLeast?: Size) => {
    const { width, height } = draftSize({ width: 4001, height: 3000 }, atLeast);
    return [width, height];
  };
  assertEquals(of(), [4001, 3000]);
  assertEquals(of({ width: 224, height: 224 }), [501, 375]);
  assertEquals(of({ width: 501, height: 375 }), [501, 375]);
  assertEquals(of({ width: 501, height: 376 }), [1001, 750]);
  assertEquals(of({ width: 2001, height: 10 }), [2001, 1500]);
  assertEquals(of({ width: 2002, height: 10 }), [4001, 3000]);
});

const draft = (bytes: Uint8Array, size: Size) =>
  withImage(
    { bytes, name: "p", limits: DEFAULT_LIMITS, draft: () => size },
    (image): RgbImage => ({ ...image, data: image.data.slice() }),
  );

Deno.test("draft: a JPEG comes smaller, the mean of its pixels", async () => {
  const whole = fixture("grayPixels");
  for (const [divisor, atLeast] of [[2, 5], [4, 3], [8, 2]] as const) {
    const { width, height, data } = await draft(fixture("gray"), { width: atLeast, height: 1 });
    assertEquals([width, height], [WIDTH / divisor, Math.ceil(HEIGHT / divisor)]);
    for (let i = 0; i < width * Math.floor(HEIGHT / divisor); i++) {
      const [x, y] = [i % width * divisor, Math.floor(i / width) * divisor];
      let sum = 0;
      for (let k = 0; k < divisor * divisor; k++) {
        sum += whole[((y + Math.floor(k / divisor)) * WIDTH + x + k % divisor) * 3]!;
      }
      assertLessOrEqual(Math.abs(data[i * 3]! - sum / divisor ** 2), 3, `1/${divisor}, ${i}`);
    }
  }
});

Deno.test("draft: sizes are those of the upright image; other formats come whole", async () => {
  const turned = await draft(withOrientation(fixture("baseline"), 6), { width: 6, height: 8 });
  assertEquals([turned.width, turned.height], [6, 8]);
  const png = await draft(fixture("webpLossless"), { width: 1, height: 1 });
  assertEquals([png.width, png.height], [WIDTH, HEIGHT]);
  const cut = fixture("baseline").subarray(0, -20);
  await assertRejects(() => draft(cut, { width: 1, height: 1 }), InferenceError, "truncated");
});

Deno.test("draft: what the caller throws is what comes", async () => {
  const file = { bytes: fixture("baseline"), name: "p", limits: DEFAULT_LIMITS };
  const mine = new Error("mine");
  const thrown = await assertRejects(() =>
    withImage(file, () => {
      throw mine;
    })
  );
  assertEquals(thrown, mine);
  assertEquals(await withImage(file, ({ width }) => width), WIDTH);
});
