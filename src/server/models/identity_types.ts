/**
 * Every data type in and out again.
 *
 * @module
 */
import type { ServerModel } from "../core/model.ts";
import { DATA_TYPES } from "../../tensor/data_type.ts";
import { perRequest, tensorConfig } from "./instance.ts";

const ANY_SIZE = [-1];

/** An input INPUT_<type> for each type, all optional; those that are sent come back as OUTPUT_<type>. */
export function identityTypesModel(name: string): ServerModel {
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 8,
      input: DATA_TYPES.map((type) => ({
        ...tensorConfig(`INPUT_${type}`, `TYPE_${type}`, ANY_SIZE),
        optional: true,
      })),
      output: DATA_TYPES.map((type) => tensorConfig(`OUTPUT_${type}`, `TYPE_${type}`, ANY_SIZE)),
    },
    createInstance: () =>
      perRequest(({ inputs, outputs }) =>
        inputs
          .map(({ name, shape, data }) => ({ name: name.replace("INPUT", "OUTPUT"), shape, data }))
          .filter(({ name }) => outputs.includes(name))
      ),
  };
}
