/**
 * The program of src/image/codecs/jpeg_wasm.ts: Huffman decoding of baseline JPEG (ITU-T T.81, annex F),
 * and coefficients to pixels, whole or an eighth as large, with the roundings of libjpeg.
 *
 * @module
 */
import {
  add,
  and,
  eq,
  type Expression,
  isZero,
  least,
  less,
  load,
  long,
  more,
  most,
  mul,
  ne,
  or,
  set,
  shl,
  shr,
  shrU,
  store,
  sub,
  when,
  wide,
  wrapped,
} from "./wat.ts";
import {
  BLOCK,
  Field,
  FIELD_BYTES,
  LOOK_BITS,
  Mode,
  NATURAL,
  SKIP,
  SKIP_BITS,
  SLOW,
  WORK,
} from "../../src/image/codecs/jpeg_memory.ts";

const REFUSE = "(return (i32.const 1))";
/** Symbols of baseline files have no more bits behind them. */
const MOST_DC_BITS = 11;
const MOST_AC_BITS = 10;

/** The next `count` bits of those that are there. */
const peek = (count: Expression) => {
  const shift = typeof count === "number"
    ? wide(64 - count)
    : `(i64.sub ${wide(64)} ${long(count)})`;
  return wrapped(`(i64.shr_u (local.get $buffer) ${shift})`);
};
const skipBits = (count: Expression) =>
  `(local.set $buffer (i64.shl (local.get $buffer) ${long(count)}))
   ${set("$bits", sub("$bits", count))}`;

/** Eight bytes, the first one on top. */
const BIG_ENDIAN = "(i64x2.extract_lane 0 (i8x16.shuffle 7 6 5 4 3 2 1 0 0 0 0 0 0 0 0 0 " +
  "(v128.load64_zero (local.get $at)) (v128.const i64x2 0 0)))";

/**
 * Sees to it that 27 bits are there, a code and its number. A zero behind 0xFF is stuffing; a marker stays
 * where it is.
 */
const REFILL = when(
  less("$bits", 27),
  `(local.set $word (i64.load (local.get $at)))
   (if (i64.eqz (i64.and (i64.and
       (i64.sub (i64.xor (local.get $word) ${wide(-1)}) ${wide("0x0101010101010101")})
       (local.get $word)) ${wide("0x8080808080808080")}))
     (then
       (local.set $buffer (i64.or (local.get $buffer)
         (i64.shr_u ${BIG_ENDIAN} ${long("$bits")})))
       ${set("$at", add("$at", shrU(sub(63, "$bits"), 3)))}
       ${set("$bits", or("$bits", 56))})
     (else (block $full (loop $byte
       ${set("$value", load("i32.load8_u", "$at"))}
       ${
    when(
      eq("$value", 255),
      when(
        load("i32.load8_u", "$at", 1),
        // Nothing more comes: zeros, which are counted.
        `${set("$value", and(sub(63, "$bits"), -8))}
         ${set("$bits", add("$bits", "$value"))}
         ${set("$padding", add("$padding", "$value"))}
         (br $full)`,
        set("$at", add("$at", 1)),
      ),
    )
  }
       (local.set $buffer (i64.or (local.get $buffer)
         (i64.shl ${long("$value")} ${long(sub(56, "$bits"))})))
       ${set("$at", add("$at", 1))}
       ${set("$bits", add("$bits", 8))}
       (br_if $byte ${less("$bits", 57)})))))`,
);

/** The next symbol of a table to `$entry`: how long its code is, and itself 8 bits higher. */
const symbol = (table: string) =>
  `${set("$entry", load("i32.load16_u", add(table, shl(peek(LOOK_BITS), 1))))}
   ${
    when(
      isZero("$entry"),
      `${set("$entry", load("i32.load16_u", add(table, shl(peek(16), 1)), SLOW))}
       ${when(isZero("$entry"), REFUSE)}`,
    )
  }`;
const codeLength = and("$entry", 31);

/** The number of `$size` bits that follows a symbol, to `$value`; a 0 in front means that it is negative. */
const NUMBER = `${set("$value", peek("$size"))}
   ${
  set(
    "$value",
    sub(
      "$value",
      and(
        wrapped(`(i64.shr_s (i64.xor (local.get $buffer) ${wide(-1)}) ${wide(63)})`),
        sub(shl(1, "$size"), 1),
      ),
    ),
  )
}
   ${skipBits("$size")}`;

const field = (offset: number) => load("i32.load", "$block", offset);

const DIFFERENCE = `${REFILL}
   ${set("$table", field(Field.DC))}
   ${symbol("$table")}
   ${skipBits(codeLength)}
   ${set("$size", shrU("$entry", 8))}
   ${when(more("$size", MOST_DC_BITS), REFUSE)}
   ${set("$value", 0)}
   ${when("$size", NUMBER)}
   ${set("$table", field(Field.PREDICTION))}
   ${set("$dc", add(load("i32.load", "$table"), "$value"))}
   ${store("i32.store", "$table", "$dc")}`;

/** One coefficient at a time, to `$size`, `$run` and the bits behind it. */
const step = (done: string, use: string) =>
  `${symbol("$table")}
   ${skipBits(codeLength)}
   ${set("$size", and(shrU("$entry", 8), 15))}
   ${set("$run", shrU("$entry", 12))}
   ${when(more("$size", MOST_AC_BITS), REFUSE)}
   ${
    when(
      "$size",
      use,
      `(br_if ${done} ${ne("$run", 15)})
       ${set("$k", add("$k", 16))}`,
    )
  }
   ${when(more("$k", 64), REFUSE)}`;

/** Goes over the coefficients of a block of which the mean alone counts, several at a look. */
const SKIP_REST = `${set("$table", field(Field.AC))}
   ${set("$k", 1)}
   (block $skipped (loop $more
     ${REFILL}
     ${set("$entry", load("i32.load16_u", add("$table", shl(peek(SKIP_BITS), 1)), SKIP))}
     ${set("$next", add("$k", and(shrU("$entry", 5), 127)))}
     ${
  when(
    // A look that goes beyond the block's end has seen some of the next one.
    and(ne("$entry", 0), less("$next", 64)),
    `${set("$k", "$next")}
     ${skipBits(codeLength)}
     (br_if $skipped ${shrU("$entry", 15)})`,
    step("$skipped", `${skipBits("$size")} ${set("$k", add("$k", add("$run", 1)))}`),
  )
}
     (br_if $more ${less("$k", 64)})))`;

/**
 * Notes a coefficient that is larger than a picture's can be. With such ones libjpeg's numbers may overflow
 * in some places and not in others.
 */
const LARGEST = 4096;
const tooLarge = (value: Expression) =>
  set("$large", or("$large", and(add(value, LARGEST), -2 * LARGEST)));

const CLEAR = Array.from(
  { length: 8 },
  (_, i) => `(v128.store offset=${BLOCK + 16 * i} (i32.const 0) (v128.const i64x2 0 0))`,
).join("\n");

const COEFFICIENTS = `${CLEAR}
   ${set("$table", field(Field.AC))}
   ${set("$k", 1)}
   (block $read (loop $more
     ${REFILL}
     ${
  step(
    "$read",
    `${NUMBER}
     ${set("$k", add("$k", "$run"))}
     ${when(more("$k", 63), REFUSE)}
     ${set("$to", shl(load("i32.load8_u", "$k", NATURAL), 1))}
     ${store("i32.store16", "$to", "$value", BLOCK)}
     ${tooLarge(mul("$value", load("i32.load16_u", add("$quant", "$to"))))}
     ${set("$k", add("$k", 1))}`,
  )
}
     (br_if $more ${less("$k", 64)})))`;

/** A sample as libjpeg has it: 128 higher, at most 255; what overflows 10 bits wraps. */
const limited = (value: Expression) =>
  `${set("$value", add(shr(shl(value, 22), 22), 128))}
   ${set("$value", least(most("$value", 0), 255))}`;

const PLAIN = limited(shr(add(mul("$dc", load("i32.load16_u", "$quant")), 4), 3));

/** Rows, and then columns, of the coefficients that the 2 x 2 transform takes beside the first one. */
const ODD = [1, 3, 5, 7];
/** Their weights, in 1/8192. */
const WEIGHTS = [29692, -10426, 6967, -5906];

const vector = (name: string, ...values: string[]) => `(${name} ${values.join(" ")})`;
const added = (...values: string[]) => values.reduce((a, b) => vector("i32x4.add", a, b));
const local = (name: string) => `(local.get ${name})`;
const fours = (...values: number[]) => `(v128.const i32x4 ${values.join(" ")})`;
const four = (value: number) => fours(value, value, value, value);

/** Four coefficients of a row, times their quantization. */
const dequantized = (half: "low" | "high", row: number) =>
  vector(
    `i32x4.extmul_${half}_i16x8_s`,
    `(v128.load offset=${BLOCK + 16 * row} (i32.const 0))`,
    `(v128.load offset=${16 * row} ${local("$quant")})`,
  );

/** Four columns at once: both rows that become of them. */
const columns = (half: "low" | "high") =>
  `${set("$even", vector("i32x4.shl", dequantized(half, 0), "(i32.const 15)"))}
   ${
    set(
      "$odd",
      added(
        ...ODD.map((row, i) => vector("i32x4.mul", dequantized(half, row), four(WEIGHTS[i]!))),
      ),
    )
  }
   ${
    [["upper", "add"], ["lower", "sub"]].map(([name, operation]) =>
      set(
        `$${name}_${half}`,
        vector(
          "i32x4.shr_s",
          added(vector(`i32x4.${operation}`, local("$even"), local("$odd")), four(4096)),
          "(i32.const 13)",
        ),
      )
    ).join("\n")
  }`;

const lane = (index: number, name: string) => `(i32x4.extract_lane ${index} ${local(name)})`;

/** One of these rows to two pixels. */
const row = (name: string, at: Expression) =>
  `${
    set(
      "$odd",
      added(
        vector("i32x4.mul", local(`$${name}_low`), fours(0, WEIGHTS[0]!, 0, WEIGHTS[1]!)),
        vector("i32x4.mul", local(`$${name}_high`), fours(0, WEIGHTS[2]!, 0, WEIGHTS[3]!)),
      ),
    )
  }
   ${set("$mean", add(shl(lane(0, `$${name}_low`), 15), 1 << 19))}
   ${set("$slope", add(lane(1, "$odd"), lane(3, "$odd")))}
   ${limited(shr(add("$mean", "$slope"), 20))}
   ${store("i32.store8", at, "$value")}
   ${limited(shr(sub("$mean", "$slope"), 20))}
   ${store("i32.store8", at, "$value", 1)}`;

const locals = (names: string, type = "i32") =>
  names.split(" ").map((name) => `(local $${name} ${type})`).join(" ");

const QUARTER = `(func $quarter (param $quant i32) (param $out i32) (param $stride i32)
   ${locals("value mean slope")}
   ${locals("even odd upper_low upper_high lower_low lower_high", "v128")}
   ${columns("low")}
   ${columns("high")}
   ${row("upper", "$out")}
   ${row("lower", add("$out", "$stride"))})`;

const times = (name: string, by: number) => vector("i32x4.mul", local(name), four(by));
const plus = (a: string, b: string) => vector("i32x4.add", local(a), local(b));
const minus = (a: string, b: string) => vector("i32x4.sub", local(a), local(b));

/**
 * Eight vectors, $v0 to $v7, to themselves transformed and shifted, as Loeffler, Ligtenberg and Moschytz do
 * it; numbers are in 1/8192.
 */
const transform = (shift: number) => {
  const ends = [["$t10", "$o3"], ["$t11", "$o2"], ["$t12", "$o1"], ["$t13", "$o0"]] as const;
  const down = (value: string) =>
    vector("i32x4.shr_s", added(value, four(1 << (shift - 1))), `(i32.const ${shift})`);
  return [
    set("$z1", vector("i32x4.mul", plus("$v2", "$v6"), four(4433))),
    set("$t2", added(local("$z1"), times("$v6", -15137))),
    set("$t3", added(local("$z1"), times("$v2", 6270))),
    set("$t0", vector("i32x4.shl", plus("$v0", "$v4"), "(i32.const 13)")),
    set("$t1", vector("i32x4.shl", minus("$v0", "$v4"), "(i32.const 13)")),
    set("$t10", plus("$t0", "$t3")),
    set("$t13", minus("$t0", "$t3")),
    set("$t11", plus("$t1", "$t2")),
    set("$t12", minus("$t1", "$t2")),
    set("$z1", vector("i32x4.mul", plus("$v7", "$v1"), four(-7373))),
    set("$z2", vector("i32x4.mul", plus("$v5", "$v3"), four(-20995))),
    set("$z3", plus("$v7", "$v3")),
    set("$z4", plus("$v5", "$v1")),
    set("$z5", vector("i32x4.mul", plus("$z3", "$z4"), four(9633))),
    set("$z3", added(times("$z3", -16069), local("$z5"))),
    set("$z4", added(times("$z4", -3196), local("$z5"))),
    set("$o0", added(times("$v7", 2446), local("$z1"), local("$z3"))),
    set("$o1", added(times("$v5", 16819), local("$z2"), local("$z4"))),
    set("$o2", added(times("$v3", 25172), local("$z2"), local("$z3"))),
    set("$o3", added(times("$v1", 12299), local("$z1"), local("$z4"))),
    ...ends.flatMap(([even, odd], i) => [
      set(`$v${i}`, down(plus(even, odd))),
      set(`$v${7 - i}`, down(minus(even, odd))),
    ]),
  ].join("\n");
};

const bytesOf = (...lanes: number[]) =>
  lanes.flatMap((one) => [0, 1, 2, 3].map((byte) => 4 * one + byte)).join(" ");
const shuffled = (lanes: string, a: string, b: string) => `(i8x16.shuffle ${lanes} ${a} ${b})`;

/** Four vectors, rows of four columns, to memory as columns of four rows. */
const transposed = (first: number, at: number) => {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => local(`$v${first + i}`)) as [
    ...[string, string, string, string],
  ];
  const low = bytesOf(0, 4, 1, 5);
  const high = bytesOf(2, 6, 3, 7);
  const keep = (i: number, value: string) =>
    `(v128.store offset=${at + 16 * i} (i32.const 0) ${value})`;
  return [
    set("$t0", shuffled(low, a, b)),
    set("$t1", shuffled(low, c, d)),
    set("$t2", shuffled(high, a, b)),
    set("$t3", shuffled(high, c, d)),
    keep(0, shuffled(bytesOf(0, 1, 4, 5), local("$t0"), local("$t1"))),
    keep(1, shuffled(bytesOf(2, 3, 6, 7), local("$t0"), local("$t1"))),
    keep(2, shuffled(bytesOf(0, 1, 4, 5), local("$t2"), local("$t3"))),
    keep(3, shuffled(bytesOf(2, 3, 6, 7), local("$t2"), local("$t3"))),
  ].join("\n");
};

const eight = [0, 1, 2, 3, 4, 5, 6, 7];

/** Four columns of coefficients, transformed, to memory: rows 0 to 3 and rows 4 to 7. */
const firstPass = (half: "low" | "high") =>
  `${eight.map((row) => set(`$v${row}`, dequantized(half, row))).join("\n")}
   ${transform(11)}
   ${transposed(0, WORK + (half === "low" ? 0 : 64))}
   ${transposed(4, WORK + 128 + (half === "low" ? 0 : 64))}`;

const samples = (a: string, b: string) =>
  vector(
    "i16x8.add",
    // What overflows 10 bits wraps, as in libjpeg.
    `(i16x8.shr_s (i16x8.shl (i16x8.narrow_i32x4_s ${local(a)} ${local(b)}) (i32.const 6)) ` +
      "(i32.const 6))",
    "(v128.const i16x8 128 128 128 128 128 128 128 128)",
  );
const fourBytes = (first: number) =>
  vector(
    "i8x16.narrow_i16x8_u",
    samples(`$v${first}`, `$v${first + 1}`),
    samples(`$v${first + 2}`, `$v${first + 3}`),
  );
/** Bytes of two rows, out of four columns and four further ones. */
const twoRows = (row: number) =>
  shuffled(
    [row, row + 1].flatMap((one) => eight.map((column) => 4 * column + one)).join(" "),
    local("$t0"),
    local("$t1"),
  );
const next = set("$out", add("$out", "$stride"));

/** Four rows to pixels. */
const secondPass = (at: number) =>
  `${
    eight.map((column) =>
      set(`$v${column}`, `(v128.load offset=${at + 16 * column} (i32.const 0))`)
    ).join("\n")
  }
   ${transform(18)}
   ${set("$t0", fourBytes(0))}
   ${set("$t1", fourBytes(4))}
   ${
    [0, 2].map((row) =>
      `${set("$t2", twoRows(row))}
   (v128.store64_lane 0 ${local("$out")} ${local("$t2")}) ${next}
   (v128.store64_lane 1 ${local("$out")} ${local("$t2")}) ${next}`
    ).join("\n")
  }`;

const WHOLE = `(func $whole (param $quant i32) (param $out i32) (param $stride i32)
   ${
  locals("v0 v1 v2 v3 v4 v5 v6 v7 t0 t1 t2 t3 t10 t11 t12 t13 z1 z2 z3 z4 z5 o0 o1 o2 o3", "v128")
}
   ${firstPass("low")}
   ${firstPass("high")}
   ${secondPass(WORK)}
   ${secondPass(WORK + 128)})`;

const PLACE = "(local.get $quant) (local.get $out) (local.get $stride)";

const DECODE = `(func (export "decode") (param $units i32) (param $blocks i32) (param $end i32)
   (result i32)
   ${
  locals(
    "at bits padding value entry table size run k next dc block mode quant out stride to large",
  )
}
   ${locals("buffer word", "i64")}
   (local.set $buffer (global.get $buffer))
   ${set("$at", "(global.get $at)")}
   ${set("$bits", "(global.get $bits)")}
   ${set("$padding", "(global.get $padding)")}
   (loop $unit
     ${set("$block", "$blocks")}
     (loop $next
       ${DIFFERENCE}
       ${set("$quant", field(Field.QUANTIZATION))}
       ${set("$out", field(Field.OUT))}
       ${tooLarge(mul("$dc", load("i32.load16_u", "$quant")))}
       ${
  when(
    eq(field(Field.MODE), Mode.ONE),
    `${SKIP_REST}
     ${PLAIN}
     ${store("i32.store8", "$out", "$value")}`,
    `${COEFFICIENTS}
     ${set("$stride", field(Field.STRIDE))}
     ${store("i32.store16", 0, "$dc", BLOCK)}
     ${
      when(
        eq(field(Field.MODE), Mode.TWO),
        when(
          eq("$k", 1),
          `${PLAIN}
         ${set("$value", mul("$value", 0x101))}
         ${store("i32.store16", "$out", "$value")}
         ${store("i32.store16", add("$out", "$stride"), "$value")}`,
          `(call $quarter ${PLACE})`,
        ),
        when(
          eq("$k", 1),
          `${PLAIN}
         (local.set $word (i64.mul ${long("$value")} ${wide("0x0101010101010101")}))
         ${set("$to", "$out")}
         ${
            eight.map(() =>
              `(i64.store (local.get $to) (local.get $word)) ${set("$to", add("$to", "$stride"))}`
            ).join("\n")
          }`,
          `(call $whole ${PLACE})`,
        ),
      )
    }`,
  )
}
       ${store("i32.store", "$block", add("$out", field(Field.STEP)), Field.OUT)}
       ${set("$block", add("$block", FIELD_BYTES))}
       (br_if $next ${less("$block", "$end")}))
     ${set("$units", sub("$units", 1))}
     (br_if $unit ${more("$units", 0)}))
   (global.set $buffer (local.get $buffer))
   (global.set $at (local.get $at))
   (global.set $bits (local.get $bits))
   (global.set $padding (local.get $padding))
   ;; Bits that were made up have been used.
   ${or(less("$bits", "$padding"), ne("$large", 0))})`;

const splat = (shape: string, name: string) => `(${shape}.splat ${local(name)})`;
const row8 = (at: string, offset: number) =>
  `(v128.load8x8_u (i32.add ${local(at)} (i32.const ${offset})))`;
const mixed = (offset: number) =>
  vector(
    "i16x8.add",
    vector("i16x8.mul", row8("$near", offset), splat("i16x8", "$a")),
    vector("i16x8.mul", row8("$far", offset), splat("i16x8", "$b")),
  );
const between = (neighbour: number, bias: string) =>
  vector(
    "i16x8.shr_u",
    vector(
      "i16x8.add",
      vector(
        "i16x8.add",
        vector("i16x8.mul", local("$here"), splat("i16x8", "$own")),
        vector("i16x8.mul", mixed(neighbour), splat("i16x8", "$other")),
      ),
      splat("i16x8", bias),
    ),
    local("$shift"),
  );

/**
 * A row of twice as many samples. Two rows are mixed by the weights a and b, then each sample with the one
 * on its left and the one on its right by the weights own and other. What lies beside the row is read.
 */
const WIDEN = `(func (export "widen") (param $near i32) (param $far i32) (param $out i32)
   (param $count i32) (param $a i32) (param $b i32) (param $own i32) (param $other i32)
   (param $left i32) (param $right i32) (param $shift i32)
   ${locals("here even odd", "v128")}
   (loop $next
     ${set("$here", mixed(0))}
     ${set("$even", between(-1, "$left"))}
     ${set("$odd", between(1, "$right"))}
     (v128.store ${local("$out")} (v128.or ${local("$even")}
       (i16x8.shl ${local("$odd")} (i32.const 8))))
     ${set("$near", add("$near", 8))}
     ${set("$far", add("$far", 8))}
     ${set("$out", add("$out", 16))}
     ${set("$count", sub("$count", 8))}
     (br_if $next ${more("$count", 0)})))`;

const eights = (value: number) => `(v128.const i16x8 ${eight.map(() => value).join(" ")})`;
const pairs = (half: "low" | "high") =>
  (half === "low" ? [0, 1, 2, 3] : [4, 5, 6, 7])
    .flatMap((i) => [2 * i, 2 * i + 1, 16 + 2 * i, 17 + 2 * i]).join(" ");
/** Two numbers by their weights, a half added, without the fraction of 16 bits. */
const weighed = (a: string, b: string, weights: readonly [number, number], bias: number) => {
  const part = (half: "low" | "high") => {
    const product = `(i32x4.dot_i16x8_s ${shuffled(pairs(half), a, b)} (v128.const i16x8 ${
      [0, 1, 2, 3].flatMap(() => weights).join(" ")
    }))`;
    return `(i32x4.shr_s ${bias === 0 ? product : added(product, four(bias))} (i32.const 16))`;
  };
  return `(i16x8.narrow_i32x4_s ${part("low")} ${part("high")})`;
};
const centred = (at: string, offset: number) =>
  `(i16x8.sub (v128.load8x8_u offset=${offset} ${local(at)}) ${eights(128)})`;
const sum8 = (...values: string[]) => values.reduce((a, b) => vector("i16x8.add", a, b));

/** Eight pixels to red, green and blue of 16 bits. JFIF's weights are cut so that they fit into 16 bits. */
const eightColours = (offset: number, names: readonly [string, string, string]) => {
  const [y, b, r] = ["$luma", "$bluish", "$reddish"].map(local) as [string, string, string];
  const half = eights(16384);
  return [
    set("$luma", `(v128.load8x8_u offset=${offset} ${local("$y")})`),
    set("$bluish", centred("$cb", offset)),
    set("$reddish", centred("$cr", offset)),
    set(names[0], sum8(y, r, weighed(r, half, [91881 - 65536, 2], 0))),
    set(
      names[1],
      sum8(vector("i16x8.sub", y, r), weighed(b, r, [-22554, 65536 - 46802], 32768)),
    ),
    set(names[2], sum8(y, b, b, weighed(b, half, [116130 - 131072, 2], 0))),
  ].join("\n");
};

/** 16 bytes of the 48: which of the channels' bytes they are. */
const woven = (third: number) => {
  const places = Array.from({ length: 16 }, (_, i) => 16 * third + i);
  const redGreen = places.map((at) => at % 3 === 2 ? 0 : 16 * (at % 3) + Math.floor(at / 3));
  const withBlue = places.map((at, i) => at % 3 === 2 ? 16 + Math.floor(at / 3) : i);
  return shuffled(
    withBlue.join(" "),
    shuffled(redGreen.join(" "), local("$red"), local("$green")),
    local("$blue"),
  );
};

/** A row of luma and chroma to red, green and blue (JFIF), 16 pixels at a time, as libjpeg rounds it. */
const COLOURS = `(func (export "colours") (param $y i32) (param $cb i32) (param $cr i32)
   (param $out i32) (param $width i32)
   ${locals("luma bluish reddish r0 g0 b0 r1 g1 b1 red green blue", "v128")}
   (loop $next
     ${eightColours(0, ["$r0", "$g0", "$b0"])}
     ${eightColours(8, ["$r1", "$g1", "$b1"])}
     ${
  ["red", "green", "blue"].map((name) =>
    set(
      `$${name}`,
      vector("i8x16.narrow_i16x8_u", ...[0, 1].map((i) => local(`$${name[0]}${i}`))),
    )
  ).join("\n")
}
     ${
  [0, 1, 2].map((third) => `(v128.store offset=${16 * third} ${local("$out")} ${woven(third)})`)
    .join("\n")
}
     ${["y", "cb", "cr"].map((name) => set(`$${name}`, add(`$${name}`, 16))).join("\n")}
     ${set("$out", add("$out", 48))}
     ${set("$width", sub("$width", 16))}
     (br_if $next ${more("$width", 0)})))`;

/** The module. */
export const JPEG = `(module
  (memory (export "memory") 1)
  (global $buffer (export "buffer") (mut i64) (i64.const 0))
  (global $at (export "at") (mut i32) (i32.const 0))
  (global $bits (export "bits") (mut i32) (i32.const 0))
  (global $padding (export "padding") (mut i32) (i32.const 0))
  ${QUARTER}
  ${WHOLE}
  ${DECODE}
  ${WIDEN}
  ${COLOURS})
`;
