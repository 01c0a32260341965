/**
 * Draws examples/images: a dozen small images whose main colour nobody can mistake, for the
 * `colors` model of the embedded server. File names end in that colour.
 *
 *     deno run -A scripts/make_example_images.ts
 *
 * @module
 */
import createTurbo from "@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs";
import png from "imagescript/png/node.js";

type Color = readonly [red: number, green: number, blue: number];
/** The colour at a point; both coordinates in pixels, fractions included. */
type Drawing = (x: number, y: number) => Color;

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly draw: Drawing;
}

const FOLDER = new URL("../examples/images/", import.meta.url);
const JPEG_QUALITY = 85;
/** Samples a pixel in each direction, for smooth edges. */
const SAMPLES = 3;

const WHITE: Color = [250, 250, 248];
const BLACK: Color = [16, 15, 17];
const LEAF: Color = [56, 120, 44];

function mix(a: Color, b: Color, share: number): Color {
  const t = Math.min(Math.max(share, 0), 1);
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** A place, or the two radii of an ellipse, in pixels. */
type Point = readonly [x: number, y: number];

/** Distance from an ellipse's centre: below 1 inside. */
function ellipse([x, y]: Point, [cx, cy]: Point, [rx, ry]: Point): number {
  return Math.hypot((x - cx) / rx, (y - cy) / ry);
}

/** A ball's colour, lit from the upper left. */
function lit(color: Color, at: Point, [cx, cy]: Point, r: number): Color {
  const light = ellipse(at, [cx - r * 0.35, cy - r * 0.4], [r, r]);
  const shaded = mix(color, [color[0] * 0.72, color[1] * 0.72, color[2] * 0.72], light * 0.8 - 0.3);
  return mix(shaded, WHITE, 0.55 - light * 2.6);
}

/** Smooth pseudo-random values from 0 to 1. */
function noise(x: number, y: number): number {
  const corner = (i: number, j: number) => {
    const value = Math.sin(i * 127.1 + j * 311.7) * 43_758.5453;
    return value - Math.floor(value);
  };
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - i, y - j];
  const top = corner(i, j) * (1 - u) + corner(i + 1, j) * u;
  const bottom = corner(i, j + 1) * (1 - u) + corner(i + 1, j + 1) * u;
  return top * (1 - v) + bottom * v;
}

const apple: Drawing = (x, y) => {
  if (Math.abs(x - 165 + (y - 40) * 0.2) < 4 && y > 4 && y < 40) return [70, 45, 25];
  if (ellipse([x - y * 0.3, y], [190, 22], [30, 11]) < 1) return LEAF;
  const lobes = Math.min(
    ellipse([x, y], [122, 136], [104, 106]),
    ellipse([x, y], [200, 136], [104, 106]),
  );
  return lobes < 1 ? lit([206, 26, 30], [x, y], [160, 136], 120) : WHITE;
};

const sea: Drawing = (x, y) => {
  const cloud = Math.min(
    ellipse([x, y], [80, 50], [34, 14]),
    ellipse([x, y], [104, 42], [30, 16]),
    ellipse([x, y], [240, 74], [36, 12]),
  );
  const boat = y > 150 - (x - 200) * 1.1 && x > 200 && x < 236 && y < 172;
  if (boat) return y > 160 ? [150, 30, 30] : WHITE;
  if (y < 160) return cloud < 1 ? WHITE : mix([70, 140, 225], [150, 200, 245], y / 160);
  return mix([24, 66, 150], [40, 96, 190], Math.sin(x * 0.12 + y * 0.8) * 0.5 + 0.5);
};

const field: Drawing = (x, y) => {
  if (ellipse([x, y], [258, 40], [26, 26]) < 1) return [255, 224, 20];
  const horizon = 76 + Math.sin(x * 0.018) * 16;
  if (y < horizon) return [126, 190, 240];
  const stripe = Math.sin((x - 160) / (y - 40) * 26) * 0.5 + 0.5;
  return mix([44, 128, 40], [84, 176, 60], stripe * 0.7 + noise(x / 5, y / 5) * 0.3);
};

const orange: Drawing = (x, y) => {
  const r = ellipse([x, y], [160, 120], [116, 114]);
  if (ellipse([x, y], [160, 30], [9, 6]) < 1) return LEAF;
  if (r < 1) {
    return mix(lit([245, 132, 16], [x, y], [160, 120], 116), [225, 110, 8], noise(x, y) * 0.3);
  }
  if (r < 1.22) return mix([214, 214, 212], WHITE, (r - 1) * 6);
  return mix([96, 60, 34], [124, 80, 46], noise(x / 30, y / 3));
};

const grapes: Drawing = (x, y) => {
  let color: Color = [226, 226, 214];
  for (let row = 0; row < 6; row++) {
    for (let i = 0; i < 8 - row; i++) {
      const cx = 160 + (i - (7 - row) / 2) * 41;
      const cy = 26 + row * 38;
      if (ellipse([x, y], [cx, cy], [27, 27]) < 1) {
        color = lit([104, 40, 150], [x, y], [cx, cy], 27);
      }
    }
  }
  return color;
};

const chess: Drawing = (x, y) => {
  const [column, row] = [Math.floor((x - 60) / 25), Math.floor((y - 20) / 25)];
  const board = column >= 0 && column < 8 && row >= 0 && row < 8;
  return board && (column + row) % 2 === 0 ? WHITE : BLACK;
};

const road: Drawing = (x, y) => {
  if (y < 50) return mix([176, 180, 184], [206, 208, 210], y / 50);
  const centre = Math.abs(x - 160) / (y - 30);
  if (centre < 0.05 && Math.floor(3000 / (y - 20)) % 2 === 0) return WHITE;
  if (centre > 1.02 && centre < 1.1) return WHITE;
  const asphalt = mix([96, 96, 98], [128, 128, 130], noise(x / 2, y / 2));
  return centre > 1.1 ? mix([140, 140, 138], [164, 164, 162], noise(x / 9, y / 4)) : asphalt;
};

const flower: Drawing = (x, y) => {
  if (ellipse([x, y], [160, 120], [30, 30]) < 1) return [250, 206, 40];
  for (let petal = 0; petal < 6; petal++) {
    const angle = petal * Math.PI / 3;
    const along = (x - 160) * Math.cos(angle) + (y - 120) * Math.sin(angle);
    const across = (y - 120) * Math.cos(angle) - (x - 160) * Math.sin(angle);
    const r = ellipse([along, across], [88, 0], [76, 52]);
    if (r < 1) return mix([255, 122, 178], [244, 164, 200], r);
  }
  return mix([52, 104, 46], [72, 128, 56], noise(x / 12, y / 12));
};

const lemon: Drawing = (x, y) => {
  const body = ellipse([x, y], [160, 118], [128, 98]);
  const tip = Math.abs(y - 118) < 22 - (Math.abs(x - 160) - 120) * 0.6 && Math.abs(x - 160) < 150;
  if (body < 1 || tip) return lit([250, 222, 30], [x, y], [160, 118], 120);
  return Math.floor(x / 20) + Math.floor(y / 20) & 1 ? [240, 240, 236] : [52, 84, 150];
};

const wood: Drawing = (x, y) => {
  const knot = ellipse([x, y], [210, 130], [34, 22]);
  const grain = Math.sin((y + noise(x / 60, y / 20) * 40) * 0.35) * 0.5 + 0.5;
  if (Math.abs(y - 78) < 2 || Math.abs(y - 170) < 2) return [34, 22, 14];
  if (knot < 1) return mix([58, 34, 18], [104, 64, 34], Math.sin(knot * 14) * 0.5 + 0.5);
  return mix([108, 66, 34], [150, 96, 52], grain);
};

const snow: Drawing = (x, y) => {
  for (const [cx, foot, size] of [[70, 190, 60], [250, 160, 44]]) {
    const up = foot! - y;
    if (up < 0 && up > -10 && Math.abs(x - cx!) < 5) return [74, 50, 34];
    if (up >= 0 && up < size! * 2 && Math.abs(x - cx!) < size! * 0.5 * (1 - up / size! / 2)) {
      return [34, 82, 52];
    }
  }
  if (y < 70 - Math.sin(x * 0.02) * 14) return [170, 208, 240];
  return mix(WHITE, [236, 242, 250], noise(x / 40, y / 14));
};

const night: Drawing = (x, y) => {
  if (ellipse([x, y], [170, 70], [30, 30]) < 1 && ellipse([x, y], [156, 62], [27, 27]) > 1) {
    return [246, 240, 206];
  }
  const [i, j] = [Math.floor(x / 24), Math.floor(y / 24)];
  const star = ellipse([x, y], [(i + noise(i, j + 0.5)) * 24, (j + noise(j + 0.5, i)) * 24], [
    1.3,
    1.3,
  ]);
  if (star < 1 && y < 240) return WHITE;
  const roof = 262 + Math.abs((x + 20) % 80 - 40) * 0.7;
  if (y > roof) {
    const window = x % 40 > 14 && x % 40 < 24 && y > 296 && y < 308;
    return window ? [250, 200, 90] : [8, 8, 10];
  }
  return mix([10, 10, 16], [24, 24, 32], y / 320);
};

const SIZE = { width: 320, height: 240 };
const PICTURES: readonly Picture[] = [
  { name: "apple_red.jpg", ...SIZE, draw: apple },
  { name: "chess_board_black.png", ...SIZE, draw: chess },
  { name: "field_green.jpg", ...SIZE, draw: field },
  { name: "flower_pink.jpg", ...SIZE, draw: flower },
  { name: "grapes_purple.jpg", ...SIZE, draw: grapes },
  { name: "lemon_yellow.png", ...SIZE, draw: lemon },
  { name: "night_black.jpg", width: 240, height: 320, draw: night },
  { name: "orange_orange.jpg", ...SIZE, draw: orange },
  { name: "road_gray.jpg", ...SIZE, draw: road },
  { name: "sea_blue.jpg", ...SIZE, draw: sea },
  { name: "snow_white.jpg", ...SIZE, draw: snow },
  { name: "wood_brown.jpg", ...SIZE, draw: wood },
];

function render({ width, height, draw }: Picture): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const sum = [0, 0, 0];
    for (let s = 0; s < SAMPLES * SAMPLES; s++) {
      const x = i % width + (s % SAMPLES + 0.5) / SAMPLES;
      const y = Math.floor(i / width) + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES;
      draw(x, y).forEach((value, c) => sum[c]! += value);
    }
    sum.forEach((value, c) => pixels[i * 3 + c] = Math.round(value / SAMPLES ** 2));
  }
  return pixels;
}

interface JpegEncoder {
  getDecodedBuffer(info: {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  }): Uint8Array;
  setQuality(quality: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8ClampedArray;
  delete(): void;
}

const turbo: { JPEGEncoder: new () => JpegEncoder } = await createTurbo();

function encodeJpeg({ width, height }: Picture, pixels: Uint8Array): Uint8Array {
  const encoder = new turbo.JPEGEncoder();
  const info = { width, height, bitsPerSample: 8, componentCount: 3, isSigned: false };
  encoder.getDecodedBuffer(info).set(pixels);
  encoder.setQuality(JPEG_QUALITY);
  encoder.encode();
  const bytes = new Uint8Array(encoder.getEncodedBuffer());
  encoder.delete();
  return bytes;
}

function encodePng({ width, height }: Picture, pixels: Uint8Array): Uint8Array {
  return png.encode(pixels, { width, height, channels: 3, level: 9 });
}

await Deno.mkdir(FOLDER, { recursive: true });
for (const picture of PICTURES) {
  const encode = picture.name.endsWith(".png") ? encodePng : encodeJpeg;
  await Deno.writeFile(new URL(picture.name, FOLDER), encode(picture, render(picture)));
}
