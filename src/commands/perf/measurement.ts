/**
 * One thing that is measured: what the options say of it, and its connection.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { fileError } from "../../base/file_error.ts";
import { isStandardInput } from "../../base/read_file.ts";
import { usageError } from "../../cli/usage.ts";
import { connectProtocol, type ProtocolDescription } from "../../client/connect.ts";
import type { LoadInput } from "../../perf/input_data/given.ts";
import type { Calibration } from "../../perf/calibration.ts";
import { connectFleet } from "../../perf/load/connect_fleet.ts";
import { startLoadWorker } from "../../perf/load/worker_thread.ts";
import type { PerfParts } from "../../perf/measure.ts";
import { LOAD_CONNECTIONS, type PerfResult, type PerfSettings } from "../../perf/types.ts";
import type { Protocol, TraceSettings } from "../../protocol/types.ts";
import { describeServer, type ServerDescription } from "../shared/connection.ts";
import { modelHint } from "../shared/open_model.ts";
import { type OpenFleet, openFleet } from "./fleet.ts";
import type { PerfOptions } from "./flags.ts";
import { metricsOpener } from "./metrics_settings.ts";
import { readInsecure, readSettings } from "./settings.ts";
import { readTrace, withTrace } from "./trace.ts";
import { readWire } from "./wire_flags.ts";

/** What the options say, checked. */
export interface Measurement {
  readonly settings: PerfSettings;
  readonly server: ServerDescription;
  readonly trace?: TraceSettings;
}

/**
 * Reads the options. Nothing is asked of the server.
 *
 * @throws {InferenceError} USAGE for what can't be, FILE for what can't be read
 */
export async function readMeasurement(options: PerfOptions): Promise<Measurement> {
  const alone = await readSettings(options, isDirectory);
  const mixed = options.mix === undefined ? alone : await readMix(alone, options);
  const insecure = readInsecure(options);
  const url = mixed.addresses?.join(",") ?? options.url;
  const described = await describeServer({ ...options, url, insecure });
  const server = { ...described, ...readWire(options, described.wire ?? "http") };
  const settings = spread(mixed, server);
  checkShared(settings, options);
  return { settings, server, trace: readTrace(options) };
}

/** What a run needs beside the measurement. */
export type RunParts =
  & Pick<PerfParts, "begin" | "observer" | "tap" | "turn" | "memoryOpened" | "clock">
  & Required<Pick<PerfParts, "signal" | "toolVersion">>
  & { readonly input?: LoadInput };

/** A measurement that is connected. */
export class Connection {
  readonly #measurement: Measurement;
  readonly #protocol: Protocol;
  readonly #fleet: OpenFleet | undefined;
  readonly #connection: ProtocolDescription;

  private constructor(
    measurement: Measurement,
    protocol: Protocol,
    fleet: OpenFleet | undefined,
    connection: ProtocolDescription,
  ) {
    this.#measurement = measurement;
    this.#protocol = protocol;
    this.#fleet = fleet;
    this.#connection = connection;
  }

  /** Connects. @throws {InferenceError} as the server gives cause */
  static async open(
    measurement: Measurement,
    { signal, warn }: { readonly signal: AbortSignal; readonly warn: (text: string) => void },
  ): Promise<Connection> {
    const { server } = measurement;
    const fleet = server.urls && await openFleet(server, server.urls, { signal, warn });
    const protocol = fleet?.first ?? await connectProtocol(server, { signal });
    try {
      // The server need not be asked again which protocol it speaks.
      return new Connection(measurement, protocol, fleet, {
        ...server,
        ...await tensorFormats(protocol, server, signal),
        api: protocol.api,
        connections: LOAD_CONNECTIONS,
      });
    } catch (error) {
      (fleet ?? protocol).close();
      throw error;
    }
  }

  /** Measures once. @throws {InferenceError} when set-up fails */
  async measure({ input, ...parts }: RunParts): Promise<PerfResult> {
    const { settings, server, trace } = this.#measurement;
    const { urls, connectTimeoutMs } = server;
    const { signal } = parts;
    // With what only a measurement needs: help and completions start without it.
    const [{ measure }, { pressureTime }] = await Promise.all([
      import("../../perf/measure.ts"),
      import("../../perf/lag.ts"),
    ]);
    const connection = this.#connection;
    const measuring = () =>
      measure(settings, {
        ...parts,
        input,
        protocol: this.#protocol,
        fleet: this.#fleet?.protocols,
        connect: () => connectFleet(connection),
        workers: { start: startLoadWorker, connection },
        openMetrics: metricsOpener(urls ?? [server.url], server),
        setUpTimeoutMs: connectTimeoutMs,
        pressureTime,
        startedAt: new Date(),
      });
    const query = { signal, timeoutMs: connectTimeoutMs };
    const { modelName } = settings;
    const traced = withTrace(this.#protocol, modelName, trace, query, measuring);
    return await named(this.#protocol, modelName, traced);
  }

  /** What this machine can measure at most, as this server is spoken to. */
  async calibrate(signal: AbortSignal): Promise<Calibration> {
    const { calibrate } = await import("./calibrate.ts");
    return await calibrate(this.#measurement.settings, this.#protocol, signal);
  }

  /** Ends it. */
  close(): void {
    (this.#fleet ?? this.#protocol).close();
  }
}

/** @throws {InferenceError} USAGE for memory that several servers or models would have to share */
function checkShared({ sharedMemory, addresses }: PerfSettings, { mix }: PerfOptions): void {
  if (sharedMemory === undefined || mix === undefined && (addresses?.length ?? 1) === 1) return;
  throw usageError(
    "--shared-memory system is for one server and one model: leave out --mix, and " +
      "give -u one address",
  );
}

/** The models of a mix; nothing of it is loaded otherwise. */
async function readMix(settings: PerfSettings, options: PerfOptions): Promise<PerfSettings> {
  const { withMix } = await import("./mix_settings.ts");
  return await withMix(settings, options, isDirectory);
}

/** The settings with the servers, where there are several. */
function spread(settings: PerfSettings, { urls, balance }: ServerDescription): PerfSettings {
  if (urls === undefined) return { ...settings, addresses: undefined };
  const alone = settings.sharedMemory !== undefined
    ? "shared memory"
    : settings.profile
    ? "--profile (-n)"
    : undefined;
  if (alone !== undefined) throw usageError(`${alone} is for one server: give one address`);
  return { ...settings, addresses: urls, balance };
}

/** Told to every connection of the load, which asks no questions of its own. */
async function tensorFormats(
  protocol: Protocol,
  { connectTimeoutMs: timeoutMs }: ProtocolDescription,
  signal: AbortSignal,
): Promise<Pick<ProtocolDescription, "inputTensorFormat" | "outputTensorFormat">> {
  const formats = await protocol.tensorFormats?.({ signal, timeoutMs });
  return { inputTensorFormat: formats?.input, outputTensorFormat: formats?.output };
}

/** A measurement of a model that isn't there says which ones are. */
async function named<T>(protocol: Protocol, modelName: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    const names = async () => (await protocol.status()).models.map(({ name }) => name);
    const hint = await modelHint(error, modelName, () => names().catch(() => []));
    throw new InferenceError(error.code, error.message, { ...error, ...hint, cause: error });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  if (isStandardInput(path)) return false;
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    throw fileError(error, `Cannot read the input data ${path}`);
  }
}
