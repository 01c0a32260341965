/**
 * `trtis infer`: any model from the shell.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { InferenceClient } from "../client/inference_client.ts";
import type { InferModel } from "../client/model.ts";
import type { InferOptions, InputValues } from "../client/request.ts";
import type { InferResult } from "../client/result.ts";
import { defineCommand, EXIT } from "../command/command.ts";
import type { OptionsOf } from "../command/flag.ts";
import { serverFlags } from "../command/server_flags.ts";
import { connectClient, describeServer, requestTimeoutMs } from "./connection.ts";
import { inferFlags } from "./infer/flags.ts";
import { curlCommand } from "./infer/curl.ts";
import { parseInputs, parseOutputs, parseShapes } from "./infer/input_spec.ts";
import { inputValues } from "./infer/input_values.ts";
import { resultJson, resultText } from "./infer/output_text.ts";
import { saveOutputs } from "./infer/save.ts";
import { openModel } from "./open_model.ts";

const flags = { ...inferFlags, ...serverFlags };

/** The command. */
export const command = defineCommand({
  name: "infer",
  summary: "run any model with values from the command line or from files",
  group: "inspect",
  examples: [
    {
      text: "Strings, written as JSON",
      command:
        `trtis infer -m simple_string --input 'INPUT0=["1","2",...]' --input INPUT1=@ones.npy`,
    },
    {
      text: "Random values, the three best classes",
      command: "trtis infer -m colors --input input=random --output output:classes=3",
    },
    {
      text: "A variable shape, the answer as .npy files",
      command: "trtis infer -m identity_fp32 --input INPUT0=zeros --shape INPUT0:4 --save out",
    },
  ],
  flags,
  notes: [
    "JSON lists may be nested; numbers of 64 bits stay exact; NaN and Infinity are allowed for floats. " +
    "A .npy file brings its own type and shape, any other file is the tensor's raw little-endian bytes. " +
    "For a STRING input, @FILE is one string with the file's bytes.",
    "A decoupled model's answers are printed as they come, over gRPC; --save puts each into a folder of " +
    "its own, DIR/0, DIR/1 and so on.",
    "Shapes are those of one batch entry. With --batch-size N the values of all entries follow each other.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    const server = await describeServer(options);
    await using client = await connectClient(server);
    const version = options.modelVersion === undefined || options.modelVersion < 0
      ? undefined
      : BigInt(options.modelVersion);
    const model = await openModel(client, options.model, version, signal);
    const request: InferOptions = {
      inputs: await readInputs(model, options),
      outputs: parseOutputs(options.output),
      batchSize: options.batchSize,
      id: options.id,
      sequence: sequenceOf(options),
      signal,
      timeoutMs: requestTimeoutMs(options),
    };
    if (options.dumpCurl) {
      terminal.out(
        curlCommand(
          model.httpRequest(request),
          `${server.tls ? "https" : "http"}://${client.address}`,
        ),
      );
      return EXIT.ok;
    }
    let count = 0;
    for await (const result of answers(client, model, request)) {
      if (result.error) throw result.error;
      if (options.save !== undefined) {
        const folder = model.info.decoupled ? `${options.save}/${count}` : options.save;
        for (const path of await saveOutputs(result, folder)) terminal.err(`wrote ${path}\n`);
      }
      terminal.out(options.json ? resultJson(result) : resultText(result));
      count++;
    }
    if (count === 0) terminal.err(`model '${model.info.name}' gave no answer\n`);
    return EXIT.ok;
  },
});

type Options = OptionsOf<typeof flags>;

/** The answer, or the answers of a decoupled model as they come. */
async function* answers(
  client: InferenceClient,
  model: InferModel,
  request: InferOptions,
): AsyncGenerator<InferResult> {
  if (!model.info.decoupled) {
    yield await model.infer(request);
    return;
  }
  if (client.wire !== "grpc") {
    throw new InferenceError(
      "UNSUPPORTED",
      `Cannot run model '${model.info.name}' over HTTP: it is decoupled, and its answers come over ` +
        "a stream",
      { hint: "use -i grpc with the server's gRPC port" },
    );
  }
  const stream = model.stream({ signal: request.signal });
  try {
    yield* stream.inferMany(request);
  } finally {
    // Closing in order would wait for a server that has gone quiet.
    stream.cancel();
    await stream.close();
  }
}

async function readInputs(
  model: InferModel,
  options: Options,
): Promise<Record<string, InputValues>> {
  const sources = parseInputs(options.input);
  const shapes = parseShapes(options.shape);
  const known = new Map(model.info.inputs.map((input) => [input.name, input]));
  for (const name of [...sources.keys(), ...shapes.keys()]) {
    if (known.has(name)) continue;
    const have = [...known.keys()].map((input) => `'${input}'`).join(", ");
    throw new InferenceError(
      "INVALID_ARG",
      `unknown input '${name}': model '${model.info.name}' has ${have}`,
    );
  }
  const inputs: Record<string, InputValues> = {};
  for (const [name, source] of sources) {
    inputs[name] = await inputValues(source, {
      info: known.get(name)!,
      batchSize: options.batchSize,
      batched: model.info.maxBatchSize > 0,
      shape: shapes.get(name),
    });
  }
  return inputs;
}

function sequenceOf(options: Options): InferOptions["sequence"] {
  if (options.sequenceId === undefined) return undefined;
  const { sequenceId } = options;
  return {
    id: /^\d+$/.test(sequenceId) ? BigInt(sequenceId) : sequenceId,
    start: options.sequenceStart,
    end: options.sequenceEnd,
  };
}
