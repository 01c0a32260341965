import { assertEquals } from "@std/assert";
import { decodeMessage, encodeMessage, type MessageType } from "../../message.ts";
import { defineSchema, type FieldSchema, type MessageSchema } from "../../schema.ts";
import { isLong, isUnsigned } from "../../to_plain.ts";
import { schema } from "../generated/descriptor.ts";
import * as messages from "../generated/messages.js";
import { parseMessage } from "./reader.ts";
import { formatMessage, hasPresence, isDefault } from "./writer.ts";

/** Random plain objects; what they hold depends on the seed only. */
class RandomMessages {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = Math.imul(this.#state ^ this.#state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    const mixed = Math.imul(this.#state ^ this.#state >>> 13, 0x297a2d39);
    return ((mixed ^ mixed >>> 16) >>> 0) % limit;
  }

  message(schema: MessageSchema, depth = 0): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const oneofs = new Set<string>();
    for (const field of schema.fields) {
      const absent = this.below(3) === 0 || depth > 3 && field.message;
      if (absent || field.oneof !== undefined && oneofs.has(field.oneof)) continue;
      if (field.oneof !== undefined) oneofs.add(field.oneof);
      if (field.repeated) {
        object[field.jsName] = Array.from(
          { length: 1 + this.below(3) },
          () => this.value(field, depth),
        );
      } else if (field.mapKey) {
        const key = { ...field, type: field.mapKey, message: undefined, enum: undefined };
        const keys = Array.from(
          { length: 1 + this.below(3) },
          () => String(this.value(key, depth)),
        );
        object[field.jsName] = Object.fromEntries(
          keys.map((name) => [name, this.value(field, depth)]),
        );
      } else {
        const value = this.value(field, depth);
        if (hasPresence(field) || !isDefault(field, value)) object[field.jsName] = value;
      }
    }
    return object;
  }

  value(field: FieldSchema, depth: number): unknown {
    if (field.message) return this.message(field.message, depth + 1);
    if (field.enum) {
      const names = [...field.enum.numbers.keys()];
      return this.below(10) === 0 ? 1000 + this.below(9) : names[this.below(names.length)];
    }
    switch (field.type) {
      case "bool":
        return this.below(2) === 1;
      case "string":
        return Array.from({ length: this.below(9) }, () => this.character()).join("");
      case "bytes":
        return Uint8Array.from({ length: this.below(9) }, () => this.below(256));
      case "float":
        return Math.fround(this.number());
      case "double":
        return this.number();
    }
    const bits = isLong(field.type) ? 64 : 32;
    const size = BigInt(this.below(bits + 1));
    const raw = BigInt(this.below(2 ** 32)) << 32n | BigInt(this.below(2 ** 32));
    const edge = this.below(3) === 0 ? -1n : raw;
    const cut = BigInt.asUintN(Number(size), edge);
    const integer = isUnsigned(field.type) ? cut : BigInt.asIntN(bits, cut);
    return bits === 64 ? integer : Number(integer);
  }

  character(): string {
    const alphabet = [
      "\0",
      "\n",
      "\t",
      "'",
      '"',
      "\\",
      "\x7f",
      "é",
      "中",
      "😀",
      "\ufeff",
      "7",
      "x",
    ];
    const i = this.below(alphabet.length * 2);
    return alphabet[i] ?? String.fromCharCode(0x20 + this.below(95));
  }

  number(): number {
    switch (this.below(6)) {
      case 0:
        return [Infinity, -Infinity, NaN, 5e-324, 1.4e-45, 2.2420775e-44][this.below(6)]!;
      case 1:
        return this.below(2000) - 1000;
      case 2:
        return this.below(2 ** 32) / 2 ** this.below(40);
    }
    const bits = new DataView(new ArrayBuffer(8));
    if (this.below(2) === 0) {
      bits.setUint32(0, this.below(2 ** 32));
      return bits.getFloat32(0);
    }
    bits.setUint32(0, this.below(2 ** 32));
    bits.setUint32(4, this.below(2 ** 32));
    return bits.getFloat64(0);
  }
}

/** A message with every scalar type in every shape. */
const everything = defineSchema({
  package: "test",
  messages: {
    All: [
      ...["double", "float", "int32", "uint32", "sint32", "fixed32", "sfixed32"],
      ...["int64", "uint64", "sint64", "fixed64", "sfixed64", "bool", "string", "bytes"],
    ].flatMap((type, i) => [
      [`one_${type}`, `one_${type}`, 4 * i + 1, type] as const,
      [`list_${type}`, `list_${type}`, 4 * i + 2, type, "repeated"] as const,
      [`map_${type}`, `map_${type}`, 4 * i + 3, type, "map:string"] as const,
      [`choice_${type}`, `choice_${type}`, 4 * i + 4, type, "", "choice"] as const,
    ]),
  },
  enums: {},
}).messages.get("All")!;

const seed = crypto.getRandomValues(new Uint32Array(1))[0];

Deno.test(`random messages survive text, both layouts (seed ${seed})`, () => {
  const random = new RandomMessages(seed!);
  for (const message of [...schema.messages.values(), everything]) {
    for (let round = 0; round < 30; round++) {
      const object = random.message(message);
      for (const singleLine of [true, false]) {
        const text = formatMessage(message, object, { singleLine });
        assertEquals(parseMessage(message, text), object, `seed ${seed}: ${text}`);
      }
    }
  }
});

Deno.test(`random messages survive the wire (seed ${seed})`, () => {
  const random = new RandomMessages(seed!);
  for (const message of schema.messages.values()) {
    const type = message.name.split(".").reduce(
      (scope, part) => (scope as Record<string, object>)[part]!,
      messages as object,
    ) as MessageType<object>;
    for (let round = 0; round < 30; round++) {
      const object = random.message(message);
      assertEquals(decodeMessage(type, encodeMessage(type, object)), object, `seed ${seed}`);
    }
  }
});
