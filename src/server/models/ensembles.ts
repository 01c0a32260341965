/**
 * The ensembles: models put together out of others.
 *
 * @module
 */
import type { EnsembleStepConfig } from "../core/config.ts";
import type { ServerModel } from "../core/model.ts";
import { NEWEST } from "../core/repository.ts";
import { COLOR_WORDS } from "./color_words.ts";
import { tensorConfig } from "./instance.ts";

type TensorMap = Readonly<Record<string, string>>;

function step(
  modelName: string,
  inputMap: TensorMap,
  outputMap: TensorMap,
  modelVersion = NEWEST,
): EnsembleStepConfig {
  return { modelName, modelVersion, inputMap, outputMap };
}

/** Add and subtract by way of five runs of `simple`, as the release's own example does it. */
export const addsubEnsemble: ServerModel = {
  config: {
    name: "ensemble_add_sub_int32_int32_int32",
    platform: "ensemble",
    maxBatchSize: 8,
    input: ["INPUT0", "INPUT1"].map((name) => tensorConfig(name, "TYPE_INT32", [16])),
    output: ["OUTPUT0", "OUTPUT1"].map((name) => tensorConfig(name, "TYPE_INT32", [16])),
    ensembleScheduling: {
      step: [
        step("simple", { INPUT0: "INPUT0", INPUT1: "INPUT0" }, { OUTPUT0: "double_input0" }),
        step("simple", { INPUT0: "INPUT1", INPUT1: "INPUT1" }, { OUTPUT0: "double_input1" }, 1n),
        step("simple", { INPUT0: "double_input0", INPUT1: "INPUT0" }, { OUTPUT1: "input0_val" }),
        step("simple", { INPUT0: "double_input1", INPUT1: "INPUT1" }, { OUTPUT1: "input1_val" }),
        step("simple", { INPUT0: "input0_val", INPUT1: "input1_val" }, {
          OUTPUT0: "OUTPUT0",
          OUTPUT1: "OUTPUT1",
        }),
      ],
    },
  },
};

/** The bytes of an image file in, colour words out. */
export const preprocessColorsEnsemble: ServerModel = {
  config: {
    name: "preprocess_colors_ensemble",
    platform: "ensemble",
    maxBatchSize: 32,
    input: [tensorConfig("INPUT", "TYPE_STRING", [1])],
    output: [tensorConfig("OUTPUT", "TYPE_FP32", [COLOR_WORDS.length])],
    ensembleScheduling: {
      step: [
        step("preprocess_colors", { INPUT: "INPUT" }, { OUTPUT: "preprocessed_image" }),
        step("colors", { input: "preprocessed_image" }, { output: "OUTPUT" }),
      ],
    },
  },
};
