/**
 * The embedded server with models that remember what they were sent: the bytes, shape and name of every
 * input, a list a request.
 *
 * @module
 */
import type { ConfigDataType, ServerModel } from "../mod.ts";
import { type RunningServer, startServer } from "../src/server/server.ts";

/** An input of a model. */
export interface InputSpec {
  readonly name: string;
  /** As in `FP32` or `STRING`. */
  readonly dataType: string;
  /** Without the batch dimension. */
  readonly dims: readonly number[];
  readonly optional?: boolean;
}

/** What a request carried, by input name. */
export type Received = Readonly<Record<string, { shape: readonly number[]; data: Uint8Array }>>;

/** A model of the recording server. */
export interface RecordedModel {
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  /** Default 0: no batching. */
  readonly maxBatchSize?: number;
}

/** A server and what it was sent. */
export interface RecordingServer extends AsyncDisposable {
  readonly server: RunningServer;
  /** Requests in the order in which they came, all models together. */
  readonly received: Received[];
}

/** Starts it; `await using` stops it. */
export async function startRecording(
  models: readonly RecordedModel[],
): Promise<RecordingServer> {
  const received: Received[] = [];
  const server = await startServer({
    httpPort: 0,
    grpcPort: 0,
    models: models.map((model) => recorder(model, received)),
  });
  return { server, received, [Symbol.asyncDispose]: () => server.close() };
}

function recorder(
  { name, inputs, maxBatchSize = 0 }: RecordedModel,
  received: Received[],
): ServerModel {
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize,
      input: inputs.map(({ name, dataType, dims, optional }) => ({
        name,
        dataType: `TYPE_${dataType}` as ConfigDataType,
        dims: dims.map(BigInt),
        optional,
      })),
      output: [{ name: "DONE", dataType: "TYPE_INT32", dims: [1n] }],
    },
    createInstance: () => ({
      execute: (batch) =>
        batch.map(({ inputs, batchSize }) => {
          received.push(Object.fromEntries(
            inputs.map((
              { name, shape, data },
            ) => [name, { shape: [...shape], data: data.slice() }]),
          ));
          return [{ name: "DONE", shape: [1], data: new Uint8Array(4 * Math.max(1, batchSize)) }];
        }),
    }),
  };
}
