/**
 * The models that every embedded server has.
 *
 * @module
 */
import type { ServerModel } from "../core/model.ts";
import { addsubModel } from "./addsub.ts";
import { colorsModel } from "./colors.ts";
import { addsubEnsemble, preprocessColorsEnsemble } from "./ensembles.ts";
import { identityModel } from "./identity.ts";
import { identityTypesModel } from "./identity_types.ts";
import { preprocessColorsModel } from "./preprocess_colors.ts";
import { repeatModel } from "./repeat.ts";
import { sequenceModel } from "./sequence.ts";
import { stringAddsubModel } from "./string_addsub.ts";

const ADDSUB_LABELS = Array.from({ length: 16 }, (_, i) => `label${i}`);

/** The release's examples under their own names, and those that only this server has. */
export function builtinModels(): ServerModel[] {
  return [
    addsubModel("simple", "INT32"),
    addsubModel("addsub_fp32", "FP32", ADDSUB_LABELS),
    stringAddsubModel("simple_string"),
    sequenceModel("simple_sequence"),
    identityModel("identity_fp32", { dims: [-1] }),
    identityModel("identity_nobatch", { dims: [-1, -1], maxBatchSize: 0 }),
    identityModel("identity_large", { dims: [1024 * 1024], maxBatchSize: 4 }),
    identityTypesModel("identity_types"),
    repeatModel("repeat"),
    addsubEnsemble,
    colorsModel("colors", "NHWC"),
    colorsModel("colors_nchw", "NCHW"),
    preprocessColorsModel("preprocess_colors"),
    preprocessColorsEnsemble,
    identityModel("slow", {
      dims: [16],
      maxBatchSize: 16,
      delayUs: 10_000,
      instanceCount: 2,
      dynamicBatching: { preferredBatchSize: [4, 8], maxQueueDelayMicroseconds: 2000n },
    }),
  ];
}
