/**
 * `trtis infer`: any model from the shell.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { completeModel } from "../client/declared_inputs.ts";
import type { InferenceClient } from "../client/inference_client.ts";
import type { InferModel } from "../client/model.ts";
import type { InferOptions, InputValues } from "../client/request.ts";
import type { InferResult } from "../client/result.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import type { OptionsOf } from "../cli/flag.ts";
import { parseHeaders, serverFlags } from "./shared/server_flags.ts";
import { connectClient, describeServer, requestTimeoutMs } from "./shared/connection.ts";
import { inferFlags } from "./infer/flags.ts";
import { curlCommand } from "./infer/curl.ts";
import { parseDataTypes, parseInputs, parseOutputs, parseShapes } from "./infer/input_spec.ts";
import { inputValues } from "./infer/input_values.ts";
import { resultJson, resultText } from "./infer/output_text.ts";
import { onlyOutput, saveOutputs } from "./infer/save.ts";
import { openModel } from "./shared/open_model.ts";

const flags = { ...inferFlags, ...serverFlags };

/** The command. */
export const command = defineCommand({
  name: "infer",
  summary: "run any model with values from the command line or files",
  group: "inspect",
  examples: [
    {
      text: "Strings, written as JSON",
      command: `trtis infer -m simple_string --input 'INPUT0=["1","2",...]' --input INPUT1=random`,
    },
    {
      text: "A .npy file of the input's type and shape",
      command: "trtis infer -m simple --input INPUT0=@ones.npy --input INPUT1=zeros",
    },
    {
      text: "Random values, top three classes",
      command: "trtis infer -m colors --input input=random --output output:classes=3",
    },
    {
      text: "A variable shape, outputs saved as .npy files",
      command: "trtis infer -m identity_fp32 --input INPUT0=zeros --shape INPUT0:4 --save out",
    },
  ],
  flags,
  notes: [
    "JSON lists may be nested. 64-bit integers stay exact. Floats may be NaN or Infinity. " +
    "A .npy file must have the input's type and shape; any other file is the tensor's raw little-endian bytes. " +
    "For a STRING input, @FILE is one string with the file's bytes.",
    "A decoupled model needs gRPC. Its answers are printed as they arrive; --save puts each into a folder of " +
    "its own, DIR/0, DIR/1 and so on.",
    "Shapes don't include the batch dimension. With --batch-size N, give the values of all entries one after the other.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    const server = await describeServer(options);
    const limits = { signal, timeoutMs: requestTimeoutMs(options) };
    await using client = await connectClient(server, limits);
    const version = options.modelVersion === undefined || options.modelVersion < 0
      ? undefined
      : BigInt(options.modelVersion);
    const model = await openModel(client, options.model, version, signal);
    const request: InferOptions = {
      inputs: await readInputs(model, options, signal),
      outputs: parseOutputs(options.output),
      batchSize: options.batchSize,
      id: options.id,
      sequence: sequenceOf(options),
      ...limits,
    };
    if (options.dumpCurl) {
      terminal.out(
        curlCommand(
          model.httpRequest(request),
          `${server.tls ? "https" : "http"}://${client.address}`,
          { credential: server.credential, headers: parseHeaders(options.headers) },
        ),
      );
      return EXIT.ok;
    }
    let count = 0;
    for await (const result of answers(client, model, request)) {
      if (result.error) throw result.error;
      if (options.save === "-") {
        // Standard output is the file, so what people read goes to standard error.
        terminal.out(onlyOutput(result));
        terminal.err(options.json ? resultJson(result) : resultText(result));
        count++;
        continue;
      }
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
  signal: AbortSignal,
): Promise<Record<string, InputValues>> {
  const given = parseInputs(options.input);
  const shapes = parseShapes(options.shape);
  const types = parseDataTypes(options.datatype);
  const names = new Set([...given.keys(), ...shapes.keys(), ...types.keys()]);
  const declared = Object.fromEntries([...names].map((name) => {
    const { shape, dataType } = given.get(name) ?? {};
    return [name, {
      shape: shape ?? shapes.get(name),
      dataType: dataType ?? types.get(name),
    }];
  }));
  const info = completeModel(model.info, declared);
  const known = new Map(info.inputs.map((input) => [input.name, input]));
  for (const name of names) {
    if (known.has(name)) continue;
    const have = [...known.keys()].map((input) => `'${input}'`).join(", ");
    throw new InferenceError(
      "INVALID_ARG",
      `unknown input '${name}': model '${info.name}' has ${have}`,
    );
  }
  const inputs: Record<string, InputValues> = {};
  for (const [name, { source }] of given) {
    const { shape, dataType } = declared[name]!;
    const values = await inputValues(source, {
      info: { ...known.get(name)!, ...(dataType === undefined ? {} : { dataType }) },
      batchSize: options.batchSize,
      batched: info.maxBatchSize > 0,
      shape,
      signal,
    });
    inputs[name] = dataType === undefined ? values : { ...values, dataType } as InputValues;
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
