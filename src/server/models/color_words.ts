/**
 * The eleven basic colour words that most languages have first, and which of them a colour is
 * nearest to.
 *
 * Distance is measured in CIELAB, where equal distances look about equally different. Every word has
 * several prototypes, because words cover regions of very different size: green is large, yellow
 * small.
 *
 * @module
 */

/** The words, in the order of the classes. */
export const COLOR_WORDS = [
  "black",
  "white",
  "red",
  "green",
  "yellow",
  "blue",
  "brown",
  "purple",
  "pink",
  "orange",
  "gray",
] as const;

/** One of {@linkcode COLOR_WORDS}. */
export type ColorWord = typeof COLOR_WORDS[number];

// sRGB, as hexadecimal RRGGBB.
const PROTOTYPES: Readonly<Record<ColorWord, readonly string[]>> = {
  black: ["000000", "181818", "1a1410", "10141c", "121a12"],
  white: ["ffffff", "f2f2f2", "fffaf0", "f0f8ff"],
  red: ["ff0000", "c81414", "b22222", "8b0000", "d83c3c", "e03a28"],
  green: [
    ...["008000", "00c000", "00ff00", "2e5a2e", "006432", "3cb371", "96c864", "98d898", "6b8e23"],
    ...["556b2f", "1e3c1e", "00a078", "788c5a", "b4dc78"],
  ],
  yellow: ["ffff00", "ffe100", "f0dc50", "fff08c", "d2b914", "ffffaa"],
  blue: [
    ...["0000ff", "00008b", "1e3c96", "4169e1", "87ceeb", "6496dc", "00bfff", "141e50", "00ffff"],
    ...["0080a0", "5a78a0", "b4d7f5", "2d507d"],
  ],
  brown: [
    ...["8b4513", "654321", "a0522d", "785032", "3c2814", "aa7846", "c39b6e", "96785a", "50321e"],
    ...["d2b48c", "5a4632"],
  ],
  purple: [
    "800080",
    "4b0082",
    "9370db",
    "9400d3",
    "6a3c8c",
    "b48cd2",
    "c832c8",
    "502850",
    "ff00ff",
  ],
  pink: ["ffc0cb", "ff69b4", "ff91a4", "e696aa", "ff1493", "f5d2d7", "dc6e8c", "ffb6a0"],
  orange: ["ffa500", "ff8000", "ff6400", "e67828", "f59632", "cd690f"],
  gray: ["808080", "5a5a5a", "3c3c3c", "a0a0a0", "bebebe", "d7d7d7", "6e7378", "7d786e", "969b96"],
};

type Lab = readonly [lightness: number, a: number, b: number];

const WHITE_X = 0.95047;
const WHITE_Z = 1.08883;

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function labCurve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (t * 24389 / 27 + 16) / 116;
}

/** An sRGB colour (0 to 255 each) in CIELAB under D65. */
export function toLab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const x = labCurve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE_X);
  const y = labCurve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = labCurve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE_Z);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const REFERENCES = COLOR_WORDS.flatMap((word, index) =>
  PROTOTYPES[word].map((hex) => {
    const rgb = parseInt(hex, 16);
    return { index, lab: toLab(rgb >> 16, rgb >> 8 & 255, rgb & 255) };
  })
);

/** Index into {@linkcode COLOR_WORDS} of the word nearest to an sRGB colour. */
export function nearestColorWord(red: number, green: number, blue: number): number {
  const [lightness, a, b] = toLab(red, green, blue);
  let nearest = 0;
  let smallest = Infinity;
  for (const { index, lab } of REFERENCES) {
    const distance = (lab[0] - lightness) ** 2 + (lab[1] - a) ** 2 + (lab[2] - b) ** 2;
    if (distance < smallest) {
      smallest = distance;
      nearest = index;
    }
  }
  return nearest;
}

let table: Uint8Array | undefined;

/**
 * {@linkcode nearestColorWord} for every colour, rounded to steps 0 to 31 a channel: entry
 * `red << 10 | green << 5 | blue`. Made on first use.
 */
export function colorWordTable(): Uint8Array {
  if (table) return table;
  // The steps' ends stay exact, so that pure colours are not mixed.
  const level = (step: number) => step * 255 / 31;
  table = new Uint8Array(32 * 32 * 32);
  for (let i = 0; i < table.length; i++) {
    table[i] = nearestColorWord(level(i >> 10), level(i >> 5 & 31), level(i & 31));
  }
  return table;
}
