/**
 * A real ImageNet classifier as models of Triton's Python back end.
 *
 * @module
 */

/** Writes the repository: bytes as they are, planes of numbers, and an ensemble of each kind. */
export async function makeRealModels(
  folder: string,
  model: string,
  packages: string,
): Promise<void> {
  const parameters = { packages, model: `${model}/mobilenet_v2_1.0_224_quant.tflite` };
  const output =
    '{ name: "output" data_type: TYPE_FP32 dims: [ 1001 ] label_filename: "labels.txt" }';
  const config = (name: string, input: string) =>
    `name: "${name}"\nbackend: "python"\nmax_batch_size: 8\ninput [ ${input} ]\noutput [ ${output} ]\n` +
    Object.entries(parameters).map(([key, value]) =>
      `parameters { key: "${key}" value: { string_value: "${value}" } }\n`
    ).join("");
  const script = (name: string) => new URL(`../python/${name}`, import.meta.url);
  const models: [name: string, config: string, script?: URL][] = [
    [
      "mobilenet",
      config(
        "mobilenet",
        '{ name: "input" data_type: TYPE_UINT8 dims: [ 224, 224, 3 ] format: FORMAT_NHWC }',
      ),
      script("mobilenet.py"),
    ],
    [
      "mobilenet_nchw",
      config("mobilenet_nchw", '{ name: "input" data_type: TYPE_FP32 dims: [ 3, 224, 224 ] }'),
      script("mobilenet.py"),
    ],
    ["decode", DECODE, script("decode.py")],
    ["mobilenet_ensemble", ENSEMBLE],
    ["planes_ensemble", PLANES_ENSEMBLE],
  ];
  for (const [name, text, python] of models) {
    await Deno.mkdir(`${folder}/${name}/1`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${name}/config.pbtxt`, text);
    await Deno.copyFile(`${model}/labels.txt`, `${folder}/${name}/labels.txt`);
    if (python) await Deno.copyFile(python, `${folder}/${name}/1/model.py`);
  }
}

const DECODE = `name: "decode"
backend: "python"
max_batch_size: 8
input [ { name: "INPUT" data_type: TYPE_STRING dims: [ 1 ] } ]
output [ { name: "OUTPUT" data_type: TYPE_UINT8 dims: [ 224, 224, 3 ] } ]
`;

const ENSEMBLE = `name: "mobilenet_ensemble"
platform: "ensemble"
max_batch_size: 8
input [ { name: "INPUT" data_type: TYPE_STRING dims: [ 1 ] } ]
output [ { name: "OUTPUT" data_type: TYPE_FP32 dims: [ 1001 ] label_filename: "labels.txt" } ]
ensemble_scheduling {
  step [
    {
      model_name: "decode"
      model_version: -1
      input_map { key: "INPUT" value: "INPUT" }
      output_map { key: "OUTPUT" value: "pixels" }
    },
    {
      model_name: "mobilenet"
      model_version: -1
      input_map { key: "input" value: "pixels" }
      output_map { key: "output" value: "OUTPUT" }
    }
  ]
}
`;

/** Pictures in, as the model wants them: what is behind it makes no difference to a client. */
const PLANES_ENSEMBLE = `name: "planes_ensemble"
platform: "ensemble"
max_batch_size: 8
input [ { name: "INPUT" data_type: TYPE_FP32 dims: [ 3, 224, 224 ] } ]
output [ { name: "OUTPUT" data_type: TYPE_FP32 dims: [ 1001 ] label_filename: "labels.txt" } ]
ensemble_scheduling {
  step [
    {
      model_name: "mobilenet_nchw"
      model_version: -1
      input_map { key: "input" value: "INPUT" }
      output_map { key: "output" value: "OUTPUT" }
    }
  ]
}
`;
