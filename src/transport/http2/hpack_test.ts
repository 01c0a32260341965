import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { Header } from "../types.ts";
import { HpackDecoder, MAX_HEADER_LIST } from "./hpack_decoder.ts";
import { HpackEncoder } from "./hpack_encoder.ts";
import { CODE_LENGTHS, FIRST_CODE, huffmanDecode } from "./huffman.ts";
import { entrySize } from "./static_table.ts";

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(" ", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function decode(decoder: HpackDecoder, block: Uint8Array): Header[] {
  return decoder.decode(block, 0, block.length);
}

/** Text as HPACK's Huffman code. */
function huffman(text: string): Uint8Array {
  let bits = "";
  for (const char of text) {
    const symbol = char.charCodeAt(0);
    const length = CODE_LENGTHS[symbol];
    const before = CODE_LENGTHS.slice(0, symbol).filter((other) => other === length).length;
    bits += (FIRST_CODE[length!]! + before).toString(2).padStart(length!, "0");
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (octet) => parseInt(octet, 2));
}

/** A small random number generator, so that a printed seed repeats a run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return ((state ^ state >>> 13) >>> 0) % below;
  };
}

const GET = [[":method", "GET"], [":scheme", "http"], [":path", "/"]] as const;
const EXAMPLE: Header = [":authority", "www.example.com"];
const CUSTOM: Header = ["custom-key", "custom-value"];
const DATE = "Mon, 21 Oct 2013 20:13:21 GMT";
const LATER = "Mon, 21 Oct 2013 20:13:22 GMT";
const COOKIE = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";
const LOCATION: Header = ["location", "https://www.example.com"];
const THREE_REQUESTS: [Header[], number][] = [
  [[...GET, EXAMPLE], 57],
  [[...GET, EXAMPLE, ["cache-control", "no-cache"]], 110],
  [[GET[0], [":scheme", "https"], [":path", "/index.html"], EXAMPLE, CUSTOM], 164],
];
const THREE_RESPONSES: [Header[], number][] = [
  [[[":status", "302"], ["cache-control", "private"], ["date", DATE], LOCATION], 222],
  [[[":status", "307"], ["cache-control", "private"], ["date", DATE], LOCATION], 222],
  [[
    [":status", "200"],
    ["cache-control", "private"],
    ["date", LATER],
    LOCATION,
    ["content-encoding", "gzip"],
    ["set-cookie", COOKIE],
  ], 215],
];

// RFC 7541, appendix C. The table of 256 octets in C.5 and C.6 is set by an update in front.
const VECTORS: [name: string, blocks: string[], expected: [Header[], number][]][] = [
  ["C.2.1", ["400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"], [
    [[["custom-key", "custom-header"]], 55],
  ]],
  ["C.2.2", ["040c 2f73 616d 706c 652f 7061 7468"], [[[[":path", "/sample/path"]], 0]]],
  ["C.2.3", ["1008 7061 7373 776f 7264 0673 6563 7265 74"], [[[["password", "secret"]], 0]]],
  ["C.2.4", ["82"], [[[[":method", "GET"]], 0]]],
  ["C.3", [
    "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
    "8286 84be 5808 6e6f 2d63 6163 6865",
    "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
  ], THREE_REQUESTS],
  ["C.4", [
    "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
    "8286 84be 5886 a8eb 1064 9cbf",
    "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
  ], THREE_REQUESTS],
  ["C.5", [
    "3fe101 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133" +
    "2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
    "4803 3330 37c1 c0bf",
    "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04" +
    "677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49" +
    "553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
  ], THREE_RESPONSES],
  ["C.6", [
    "3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b" +
    "ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
    "4883 640e ffc1 c0bf",
    "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7" +
    "821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed" +
    "4ee5 b106 3d50 07",
  ], THREE_RESPONSES],
];

Deno.test("HpackDecoder: the examples of RFC 7541, appendix C", () => {
  for (const [name, blocks, expected] of VECTORS) {
    const decoder = new HpackDecoder();
    blocks.forEach((block, i) => {
      const [headers, size] = expected[i]!;
      assertEquals(decode(decoder, bytesOf(block)), headers, `${name}, block ${i + 1}`);
      assertEquals(decoder.tableSize, size, `${name}, table after block ${i + 1}`);
    });
  }
});

Deno.test("huffmanDecode: a complete code, and every symbol comes back", () => {
  const sum = CODE_LENGTHS.reduce((total, bits) => total + 2 ** -bits, 0);
  assertEquals([CODE_LENGTHS.length, sum], [257, 1]);
  const all = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("");
  for (const text of ["", ...all, all, "www.example.com"]) {
    const code = huffman(text);
    assertEquals(huffmanDecode(code, 0, code.length), text);
  }
});

Deno.test("huffmanDecode: what is no code", () => {
  const rows: [string, string][] = [
    ["eight bits of padding", "07ff"],
    ["padding of zeros", "00"],
    ["end of string inside", "fffffffc"],
    ["only ones", "ffffffff"],
  ];
  for (const [name, hex] of rows) {
    const bytes = bytesOf(hex);
    assertEquals(huffmanDecode(bytes, 0, bytes.length), undefined, name);
  }
  // '0' is 00000, then three ones.
  assertEquals(huffmanDecode(Uint8Array.of(0x07), 0, 1), "0");
});

Deno.test("HpackDecoder: malformed blocks", () => {
  const rows: [string, string, string][] = [
    ["index 0", "80", "index 0"],
    ["an index past the static table", "be", "index 62"],
    ["a name index past the tables", "7f00 0161", "index 63"],
    ["a number without its end", "ff80", "ends too early"],
    ["a number without end", "ff80 8080 8080 8080 8001", "too large"],
    ["a number over 28 bits", "ffff ffff ff0f", "too large"],
    ["a literal without value", "4001 61", "ends too early"],
    ["a name longer than the block", "4005 6161", "longer than its block"],
    ["a value that is no Huffman code", "4001 6181 00", "not Huffman code"],
    ["a table larger than we allow", "3fe2 1f", "header table of 4097"],
    ["a table update after a header", "8220", "after a header"],
  ];
  for (const [name, hex, says] of rows) {
    const error = assertThrows(
      () => decode(new HpackDecoder(), bytesOf(hex)),
      InferenceError,
      says,
      name,
    );
    assertEquals(error.code, "PROTOCOL", name);
  }
});

Deno.test("HpackDecoder: a small block can't become a large list", () => {
  const decoder = new HpackDecoder();
  const value = "v".repeat(3900);
  const encoder = new HpackEncoder();
  decode(decoder, encoder.encode([["x", value]]));
  const references = new Uint8Array(1000).fill(0xbe);
  assertThrows(() => decode(decoder, references), InferenceError, `${MAX_HEADER_LIST} octets`);
});

Deno.test("HpackDecoder: an entry larger than the table empties it", () => {
  const decoder = new HpackDecoder();
  const encoder = new HpackEncoder();
  decode(decoder, encoder.encode([["a", "b"]]));
  assertEquals(decoder.tableSize, 34);
  const value = "v".repeat(5000);
  const huge = Uint8Array.of(0x40, 1, 0x78, 0x7f, 0x89, 0x26, ...new TextEncoder().encode(value));
  assertEquals(decode(decoder, huge), [["x", value]]);
  assertEquals(decoder.tableSize, 0);
  assertThrows(() => decode(decoder, Uint8Array.of(0xbe)), InferenceError);
});

Deno.test("HpackDecoder: the version changes with the table only", () => {
  const decoder = new HpackDecoder();
  const versions = ["82", "1001 6101 62", "4001 6101 62", "be", "20"].map((hex) => {
    decode(decoder, bytesOf(hex));
    return decoder.version;
  });
  assertEquals(versions, [0, 0, 1, 1, 2]);
});

Deno.test("HpackEncoder: the second time everything is an index", () => {
  const encoder = new HpackEncoder();
  const headers: Header[] = [[":method", "POST"], [":path", "/a.B/C"], ["te", "trailers"]];
  const first = encoder.encode(headers);
  const version = encoder.version;
  const second = encoder.encode(headers);
  assertEquals([second.length, encoder.version], [3, version]);
  const decoder = new HpackDecoder();
  assertEquals([decode(decoder, first), decode(decoder, second)], [headers, headers]);
});

Deno.test("HpackEncoder: the peer's table size", () => {
  const rows: [string, number[], number[]][] = [
    ["none", [0], [0x20]],
    ["smaller", [100], [0x3f, 69]],
    ["none, then the default again", [0, 4096], [0x20, 0x3f, 0xe1, 0x1f]],
    ["larger than ours changes nothing", [65_536], []],
  ];
  for (const [name, limits, update] of rows) {
    const encoder = new HpackEncoder();
    const decoder = new HpackDecoder();
    const headers: Header[] = [["a", "b".repeat(30)], ["c", "d".repeat(30)], ["e", "f"]];
    decode(decoder, encoder.encode(headers));
    for (const limit of limits) encoder.setPeerLimit(limit);
    const block = encoder.encode(headers);
    assertEquals([...block.subarray(0, update.length)], update, name);
    assertEquals(decode(decoder, block), headers, name);
    for (let i = 0; i < 2; i++) {
      assertEquals(decode(decoder, encoder.encode(headers)), headers, name);
    }
    assertLess(decoder.tableSize, Math.max(...limits) + 1, name);
  }
});

Deno.test("HPACK: random lists go through, whatever the table does", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  const random = randomFrom(seed);
  const encoder = new HpackEncoder();
  const decoder = new HpackDecoder();
  const text = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(32 + random(224))).join("");
  const pool = Array.from({ length: 60 }, (): Header => [text(random(20)), text(random(200))]);
  pool.push([":method", "POST"], [":status", "200"], ["accept", ""]);
  for (let round = 0; round < 300; round++) {
    if (random(20) === 0) encoder.setPeerLimit(random(6000));
    const headers = Array.from({ length: random(12) }, (): Header => {
      const [name, value] = pool[random(pool.length)]!;
      return random(5) === 0 ? [name, text(random(40))] : [name, value];
    });
    assertEquals(decode(decoder, encoder.encode(headers)), headers, `round ${round}`);
    assert(decoder.tableSize <= 4096);
  }
  // Huffman strings, which the encoder never makes.
  for (let round = 0; round < 100; round++) {
    const value = text(random(60));
    const code = huffman(value);
    const block = Uint8Array.of(0x40, 1, 0x78, 0x80 | Math.min(code.length, 127));
    if (code.length >= 127) continue;
    assertEquals(decode(decoder, Uint8Array.of(...block, ...code)), [["x", value]]);
  }
  assertEquals(entrySize("x", "yz"), 35);
});

Deno.test("HpackDecoder: random bytes either decode or are refused", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  const random = randomFrom(seed);
  const decoder = new HpackDecoder();
  for (let round = 0; round < 5000; round++) {
    const block = Uint8Array.from({ length: random(40) }, () => random(256));
    try {
      decode(decoder, block);
    } catch (error) {
      assert(error instanceof InferenceError && error.code === "PROTOCOL", String(error));
    }
    assert(decoder.tableSize <= 4096);
  }
});
