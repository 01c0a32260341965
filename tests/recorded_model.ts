/**
 * A model that gives recorded answers, so that what a client prints can be compared with what the
 * original printed of the same answers.
 *
 * @module
 */
import type { ServerModel } from "../src/server/core/model.ts";

/** The classes of one picture as they were printed. */
export interface RecordedPicture {
  readonly name: string;
  readonly classes: readonly { index: number; label: string; value: number }[];
}

/** Reads `Image 'name':` blocks. */
export function recordedPictures(stdout: string): RecordedPicture[] {
  const pictures: RecordedPicture[] = [];
  for (const line of stdout.split("\n")) {
    const image = /^Image '(.*)':$/.exec(line);
    if (image) pictures.push({ name: image[1]!, classes: [] });
    const found = /^ {4}(\d+) \((.*)\) = (\S+)$/.exec(line);
    if (!found) continue;
    const [, index, label = "", value] = found;
    const { classes } = pictures[pictures.length - 1]!;
    (classes as RecordedPicture["classes"][number][]).push({
      index: Number(index),
      label,
      value: Number(value),
    });
  }
  return pictures;
}

type TensorConfigs = Pick<ServerModel["config"], "input" | "output">;

/** A model that answers its n-th batch entry with the n-th picture's classes. */
export function recordedModel(
  name: string,
  { input, output }: TensorConfigs,
  pictures: readonly RecordedPicture[],
): ServerModel {
  const size = Number(output[0]!.dims[0]);
  const labels: string[] = [];
  for (const { index, label } of pictures.flatMap(({ classes }) => classes)) labels[index] = label;
  let next = 0;
  return {
    config: { name, platform: "custom", maxBatchSize: 128, input, output },
    labels: { [output[0]!.name]: Array.from({ length: size }, (_, i) => labels[i] ?? "") },
    createInstance: () => ({
      execute: (batch) =>
        batch.map(({ batchSize }) => {
          const values = new Float32Array(size * batchSize);
          for (let entry = 0; entry < batchSize; entry++) {
            for (const { index, value } of pictures[next++]!.classes) {
              values[entry * size + index] = value;
            }
          }
          const data = new Uint8Array(values.buffer);
          return [{ name: output[0]!.name, shape: [size], data }];
        }),
    }),
  };
}
