/**
 * The data types of tensors. Names are those of both protocols without prefix; v1's TYPE_STRING and
 * v2's BYTES are one type, `STRING`; BF16 exists in v2 only.
 *
 * @module
 */

/** A tensor element's type. */
export type DataType =
  | "BOOL"
  | "UINT8"
  | "UINT16"
  | "UINT32"
  | "UINT64"
  | "INT8"
  | "INT16"
  | "INT32"
  | "INT64"
  | "FP16"
  | "BF16"
  | "FP32"
  | "FP64"
  | "STRING";

const SIZES: Readonly<Record<DataType, number>> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  BF16: 2,
  FP32: 4,
  FP64: 8,
  STRING: 0,
};

/** All types, in the order of the protocol's enumeration, BF16 beside FP16. */
export const DATA_TYPES = Object.keys(SIZES) as readonly DataType[];

/** Bytes of one element; 0 for STRING, whose elements vary. */
export function elementByteSize(dataType: DataType): number {
  return SIZES[dataType];
}

/** Whether `text` names a type. */
export function isDataType(text: string): text is DataType {
  return Object.hasOwn(SIZES, text);
}
