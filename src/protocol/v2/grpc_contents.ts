/**
 * InferTensorContents: elements in typed lists, as servers other than Triton answer. They become the
 * raw bytes that everything else works with.
 *
 * @module
 */
import type { DataType } from "../../tensor/data_type.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import { LENGTH_DELIMITED, WireReader } from "../protobuf_wire.ts";
import { concatBytes } from "../../base/bytes.ts";
import { dataTypeOfWire } from "./data_type.ts";
import { bytesOfIntegers } from "./element_bytes.ts";

/** Number of the list that holds a type's elements; FP16 and BF16 exist in raw form only. */
export const CONTENTS_FIELDS: Readonly<Partial<Record<DataType, number>>> = {
  BOOL: 1,
  INT8: 2,
  INT16: 2,
  INT32: 2,
  INT64: 3,
  UINT8: 4,
  UINT16: 4,
  UINT32: 4,
  UINT64: 5,
  FP32: 6,
  FP64: 7,
  STRING: 8,
};

/**
 * The elements as little-endian bytes.
 *
 * @param wireType the tensor's datatype in v2's words
 * @param contents a serialized InferTensorContents
 * @param name of the output, for messages
 * @throws {InferenceError} PROTOCOL when elements don't fit the type
 */
export function contentsBytes(wireType: string, contents: Uint8Array, name: string): Uint8Array {
  const dataType = dataTypeOfWire(wireType, `output '${name}'`);
  const integers: bigint[] = [];
  const pieces: Uint8Array[] = [];
  const reader = new WireReader(contents);
  while (reader.next()) {
    if (reader.field !== CONTENTS_FIELDS[dataType]) reader.skip();
    else if (dataType === "STRING") pieces.push(reader.bytes());
    else if (dataType === "FP32" || dataType === "FP64") pieces.push(floatBytes(reader, dataType));
    else readIntegers(reader, integers);
  }
  if (dataType === "STRING") return encodeStrings(pieces);
  return pieces.length > 0 ? concatBytes(pieces) : bytesOfIntegers(dataType, integers, name);
}

/** Packed floats are little-endian bytes already; those sent one by one are the same in pieces. */
function floatBytes(reader: WireReader, dataType: "FP32" | "FP64"): Uint8Array {
  return reader.type === LENGTH_DELIMITED
    ? reader.bytes()
    : reader.fixed(dataType === "FP32" ? 4 : 8);
}

/** Negative numbers are sign-extended to 64 bits, whatever the type. */
function readIntegers(reader: WireReader, into: bigint[]): void {
  if (reader.type !== LENGTH_DELIMITED) {
    into.push(reader.uint64());
    return;
  }
  const packed = new WireReader(reader.bytes());
  while (!packed.done) into.push(packed.uint64());
}
