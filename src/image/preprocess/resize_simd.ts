/**
 * Resizing with the kernel, straight into a model's input where its numbers have 4 bytes.
 *
 * @module
 */
import { type Kernel, memoryOf, simdKernel, TABLES } from "./kernel.ts";
import { columnTaps, eachRow, type Pixels, resizeRows, type TakeRow } from "./resize.ts";
import type { TensorWriter } from "./tensor_writer.ts";

/** What the kernel reads and writes beyond a row's end. */
const SLACK = 64;
/** Bytes of a column's taps. */
const TAP = 12;

/** Resizes an image to the size of a model's input. */
export function resizeInto(
  source: Pixels,
  width: number,
  height: number,
  tensor: TensorWriter,
): void {
  const kernel = source.channels === 3 ? simdKernel() : undefined;
  const isSame = source.width === width && source.height === height;
  const take: TakeRow = (y, row) => tensor.write(0, y, row);
  if (kernel === undefined || isSame) return resizeRows(source, width, height, take);
  const place = placesFor(kernel, source, width);
  if (tensor.words === undefined) bytesInto(kernel, { source, height, place }, take);
  else wordsInto(kernel, { source, height, place }, tensor);
}

/** What is where in the kernel's memory. */
interface Places {
  readonly width: number;
  readonly taps: number;
  /** A row of the source. */
  readonly row: number;
  /** Two rows at the width of the output. */
  readonly slots: readonly [number, number];
  readonly out: number;
  readonly heap: ArrayBuffer;
}

interface Job {
  readonly source: Pixels;
  readonly height: number;
  readonly place: Places;
}

function placesFor(kernel: Kernel, source: Pixels, width: number): Places {
  let end = TABLES;
  const area = (bytes: number) => {
    const at = end;
    end += Math.ceil((bytes + SLACK) / 16) * 16;
    return at;
  };
  const taps = area(width * TAP);
  const row = area(source.width * 3);
  const slots = [area(width * 12), area(width * 12)] as const;
  const out = area(width * 12 + 3 * SLACK);
  const heap = memoryOf(kernel, end);
  const columns = columnTaps(source, width);
  const numbers = new Int32Array(heap, taps, width * 3);
  for (let x = 0; x < width; x++) {
    numbers[3 * x] = columns.left[x]!;
    numbers[3 * x + 1] = columns.right[x]!;
    numbers[3 * x + 2] = columns.near[x]! | columns.far[x]! << 16;
  }
  return { width, taps, row, slots, out, heap };
}

/** Brings a row of the source to the output's width. */
function filler(kernel: Kernel, { source, place }: Job) {
  const size = source.width * 3;
  const line = new Uint8Array(place.heap, place.row, size);
  return (slot: 0 | 1, y: number) => {
    line.set(source.data.subarray(y * size, (y + 1) * size));
    kernel.fill(place.row, place.taps, place.width, place.slots[slot]);
  };
}

function bytesInto(kernel: Kernel, job: Job, take: TakeRow): void {
  const { width, slots, out, heap } = job.place;
  const row = new Uint8Array(heap, out, width * 3);
  eachRow(job.source.height, job.height, {
    fill: filler(kernel, job),
    mix(y, { upper, lower, near, far }) {
      kernel.mixBytes(slots[upper], slots[lower], near, far, out, row.length);
      take(y, row);
    },
  });
}

function wordsInto(kernel: Kernel, job: Job, tensor: TensorWriter): void {
  const { width, slots, out, heap } = job.place;
  const { tables, places, isPlanar } = tensor.words!;
  tables.forEach((table, c) => new Uint32Array(heap, c * 1024, 256).set(table));
  const plane = width * 4 + SLACK;
  const at = (c: number) => out + places[c]! * (isPlanar ? plane : 4);
  const [red, green, blue] = [at(0), at(1), at(2)];
  const rows = isPlanar
    ? [0, 1, 2].map((c) => new Uint32Array(heap, out + c * plane, width))
    : [new Uint32Array(heap, out, width * 3)];
  const step = isPlanar ? 4 : 12;
  eachRow(job.source.height, job.height, {
    fill: filler(kernel, job),
    mix(y, { upper, lower, near, far }) {
      const [above, below] = [slots[upper], slots[lower]];
      kernel.mixWords(above, below, near, far, red, green, blue, step, width);
      tensor.writeWords(y, rows);
    },
  });
}
