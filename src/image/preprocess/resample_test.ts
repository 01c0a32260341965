import { assertEquals, assertLessOrEqual } from "@std/assert";
import type { Interpolation } from "./filters.ts";
import { resampleRows } from "./resample.ts";
import { type Pixels, resize } from "./resize.ts";

const VALUES = Array.from({ length: 7 * 5 * 3 }, (_, i) => i * 37 & 255);
const SOURCE: Pixels = { width: 7, height: 5, channels: 3, data: Uint8Array.from(VALUES) };

interface Change {
  readonly interpolation: Interpolation;
  readonly antialias?: boolean;
}

function resample(source: Pixels, width: number, height: number, change: Change): Uint8Array {
  const data = new Uint8Array(width * height * source.channels);
  resampleRows(source, {
    ...{ width, height, window: { x: 0, y: 0, width, height } },
    ...{ interpolation: change.interpolation, antialias: change.antialias ?? true },
  }, (y, row) => data.set(row, y * row.length));
  return data;
}

/** What Pillow 12's Image.resize makes of the picture above: all of 3 x 2, the first row of 9 x 6. */
// deno-fmt-ignore
const PILLOW: Record<Interpolation, { readonly down: number[]; readonly up: number[] }> = {
  nearest: {
    down: [120, 157, 194, 86, 123, 160, 52, 89, 126, 138, 175, 212, 104, 141, 178, 70, 107, 144],
    up: [0, 37, 74, 111, 148, 185, 111, 148, 185, 222, 3, 40, 77, 114, 151, 188, 225, 6, 43, 80, 117, 43, 80, 117, 154, 191, 228],
  },
  lanczos: {
    down: [101, 73, 128, 164, 126, 82, 113, 172, 151, 98, 102, 148, 154, 116, 110, 142, 169, 131],
    up: [0, 27, 64, 56, 127, 164, 195, 91, 122, 196, 0, 51, 77, 114, 151, 177, 229, 32, 106, 137, 33, 64, 101, 172, 164, 201, 233],
  },
  bilinear: {
    down: [104, 86, 123, 146, 123, 100, 123, 160, 142, 105, 104, 141, 145, 122, 118, 141, 161, 131],
    up: [0, 37, 74, 74, 111, 148, 160, 84, 121, 190, 28, 65, 77, 114, 151, 163, 200, 38, 107, 144, 68, 80, 117, 154, 154, 191, 228],
  },
  bicubic: {
    down: [99, 79, 126, 158, 124, 87, 117, 165, 149, 99, 103, 146, 152, 118, 111, 141, 165, 132],
    up: [0, 32, 69, 67, 123, 160, 174, 87, 124, 202, 10, 52, 77, 114, 151, 176, 218, 26, 104, 141, 54, 68, 105, 161, 159, 196, 233],
  },
  area: {
    down: [65, 102, 139, 171, 123, 75, 108, 145, 182, 88, 125, 162, 151, 103, 98, 131, 168, 141],
    up: [0, 37, 74, 111, 148, 185, 111, 148, 185, 222, 3, 40, 77, 114, 151, 188, 225, 6, 43, 80, 117, 43, 80, 117, 154, 191, 228],
  },
};

Deno.test("resample: Pillow's own results, byte for byte", () => {
  for (const [name, { down, up }] of Object.entries(PILLOW)) {
    const interpolation = name as Interpolation;
    assertEquals([...resample(SOURCE, 3, 2, { interpolation })], down, `${name}, smaller`);
    const larger = resample(SOURCE, 9, 6, { interpolation });
    assertEquals([...larger.subarray(0, 27)], up, `${name}, larger`);
  }
});

Deno.test("resample: a window is the same part of the whole", () => {
  for (const interpolation of Object.keys(PILLOW) as Interpolation[]) {
    const whole = resample(SOURCE, 9, 6, { interpolation });
    const window = { x: 2, y: 1, width: 4, height: 3 };
    resampleRows(
      SOURCE,
      { width: 9, height: 6, window, interpolation, antialias: true },
      (y, row) => {
        const from = ((y + window.y) * 9 + window.x) * 3;
        assertEquals([...row], [...whole.subarray(from, from + 12)], `${interpolation}, row ${y}`);
      },
    );
  }
});

Deno.test("resample: bilinear without antialiasing is OpenCV's, give or take a level", () => {
  const gray: Pixels = { width: 61, height: 43, channels: 1, data: new Uint8Array(61 * 43) };
  gray.data.forEach((_, i) => gray.data[i] = i * i * 31 & 255);
  for (const [width, height] of [[17, 9], [122, 90], [61, 5]] as const) {
    const opencv = resize(gray, width, height).data;
    const ours = resample(gray, width, height, { interpolation: "bilinear", antialias: false });
    const worst = ours.reduce((most, v, i) => Math.max(most, Math.abs(v - opencv[i]!)), 0);
    assertLessOrEqual(worst, 1, `${width} x ${height}`);
  }
});
