/**
 * The program of src/image/preprocess/kernel_wasm.ts: the inner loops of resizing, with SIMD. It is made
 * here because some of it is the same line for each lane.
 *
 * @module
 */

const get = (name: string) => `(local.get $${name})`;

/** Four bytes of a pixel, of which three count; the rest of the vector is zero. */
const pixelAt = (offset: number) =>
  `(v128.load32_zero (i32.add ${get("src")} (i32.load offset=${offset} ${get("taps")})))`;

/** The bytes of two pixels as pairs of 16-bit numbers; byte 15 is one of the zeros. */
const PAIRS = Array.from({ length: 4 }, (_, c) => `${c} 15 ${16 + c} 15`).join(" ");

/** Four values of a new row: two old ones, mixed with OpenCV's roundings. */
const mixed = (offset: number) => {
  const part = (weight: string, row: string) =>
    `(i32x4.shr_s (i32x4.mul ${get(weight)} (v128.load offset=${offset} ${
      get(row)
    })) (i32.const 16))`;
  return `(i32x4.shr_s (i32x4.add (i32x4.add ${part("a", "upper")} ${part("b", "lower")}) ` +
    "(i32x4.splat (i32.const 2))) (i32.const 2))";
};

const WEIGHTS = `
    (local.set $a (i32x4.splat ${get("near")}))
    (local.set $b (i32x4.splat ${get("far")}))`;
const advance = (name: string, by: string) => `(local.set $${name} (i32.add ${get(name)} ${by}))`;
const bytes = (count: number) => `(i32.const ${count})`;

/** The number that each of twelve values becomes, in the place of its channel and pixel. */
const lookUps = Array.from({ length: 12 }, (_, i) => {
  const channel = i % 3;
  const pixel = Math.floor(i / 3);
  const out = get(["red", "green", "blue"][channel]!);
  const place = pixel === 0 ? out : `(i32.add ${out} ${get(`step${pixel}`)})`;
  const lane = `(i32x4.extract_lane ${i % 4} ${get(`v${Math.floor(i / 4)}`)})`;
  const value = `(i32.load offset=${channel * 1024} (i32.shl ${lane} (i32.const 2)))`;
  return `        (i32.store ${place} ${value})`;
}).join("\n");

// What lies behind a row is mixed too; masked, it stays inside the tables.
const vectors = [0, 1, 2].map((v) =>
  `        (local.set $v${v} (v128.and ${mixed(16 * v)} (i32x4.splat (i32.const 255))))`
).join("\n");

/** The tables of red, green and blue are at 0, 1024 and 2048. */
export const RESIZE = `(module
  (memory (export "memory") 1)
  (func (export "fill") (param $src i32) (param $taps i32) (param $count i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add ${get("taps")} (i32.mul ${get("count")} (i32.const 12))))
    (loop $next
      (v128.store ${get("out")} (i32x4.shr_s (i32x4.dot_i16x8_s
        (i8x16.shuffle ${PAIRS} ${pixelAt(0)} ${pixelAt(4)})
        (v128.load32_splat offset=8 ${get("taps")})) (i32.const 4)))
      ${advance("out", bytes(12))}
      ${advance("taps", bytes(12))}
      (br_if $next (i32.lt_u ${get("taps")} ${get("end")}))))
  (func (export "mixBytes") (param $upper i32) (param $lower i32) (param $near i32) (param $far i32)
    (param $out i32) (param $count i32)
    (local $a v128) (local $b v128) (local $end i32)
    ${WEIGHTS.trim()}
    (local.set $end (i32.add ${get("out")} ${get("count")}))
    (loop $next
      (v128.store ${get("out")} (i8x16.narrow_i16x8_u
        (i16x8.narrow_i32x4_s ${mixed(0)} ${mixed(16)})
        (i16x8.narrow_i32x4_s ${mixed(32)} ${mixed(48)})))
      ${advance("upper", bytes(64))}
      ${advance("lower", bytes(64))}
      ${advance("out", bytes(16))}
      (br_if $next (i32.lt_u ${get("out")} ${get("end")}))))
  (func (export "mixWords") (param $upper i32) (param $lower i32) (param $near i32) (param $far i32)
    (param $red i32) (param $green i32) (param $blue i32) (param $step1 i32) (param $pixels i32)
    (local $a v128) (local $b v128) (local $v0 v128) (local $v1 v128) (local $v2 v128)
    (local $step2 i32) (local $step3 i32) (local $step4 i32)
    ${WEIGHTS.trim()}
    (local.set $step2 (i32.add ${get("step1")} ${get("step1")}))
    (local.set $step3 (i32.add ${get("step2")} ${get("step1")}))
    (local.set $step4 (i32.add ${get("step2")} ${get("step2")}))
    (loop $next
${vectors}
${lookUps}
      ${advance("upper", bytes(48))}
      ${advance("lower", bytes(48))}
      ${["red", "green", "blue"].map((name) => advance(name, get("step4"))).join("\n      ")}
      ${advance("pixels", bytes(-4))}
      (br_if $next (i32.gt_s ${get("pixels")} (i32.const 0))))))
`;
