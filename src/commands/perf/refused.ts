/**
 * perf_analyzer's flags that can't apply here: known by name, so that the answer is the reason and
 * not that the flag is unknown.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Flag } from "../../command/flag.ts";

interface Refusal {
  /** Why it can't apply. */
  readonly why: string;
  /** The one value that asks for nothing; the flag takes no value when left out. */
  readonly accepts?: string;
}

const RATE = "rate-paced load is not here yet; use -t or --concurrency-range";
const IN_PROCESS = "the server is reached over the network only";
const JSON_FILE = "use --json, which has all figures";
const METRICS = "the server's metrics are not read; its statistics are in the report";
const TRACE = "the server's trace settings are not changed by a measurement";

const value = (why: string, accepts = ""): Refusal => ({ why, accepts });
const plain = (why: string): Refusal => ({ why });

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "service-kind": value("only Triton and TensorRT Inference Server are measured", "triton"),
  "shared-memory": value("tensors go over the network only", "none"),
  "output-shared-memory-size": value("tensors go over the network only"),
  "request-rate-range": value(RATE),
  "request-distribution": value(RATE),
  "request-intervals": value(RATE),
  "periodic-concurrency-range": value("levels are measured one after the other"),
  "request-period": value("levels are measured one after the other"),
  "num-of-sequences": value(RATE),
  "serial-sequences": plain(RATE),
  "schedule": value(RATE),
  "fixed-schedule": plain(RATE),
  "binary-search": plain("levels are measured in steps; use --concurrency-range with -l"),
  "bls-composing-models": value("only the models of an ensemble are known to belong to a model"),
  "model-signature-name": value("it belongs to TensorFlow Serving"),
  "endpoint": value("it belongs to services other than Triton"),
  "model-repository": value(IN_PROCESS),
  "triton-server-directory": value(IN_PROCESS),
  "enable-mpi": plain("start one perf_client on each machine and compare their JSON files"),
  "verbose-csv": plain(JSON_FILE),
  "profile-export-file": value(JSON_FILE),
  "collect-metrics": plain(METRICS),
  "metrics-url": value(METRICS),
  "metrics-interval": value(METRICS),
  "trace-level": value(TRACE),
  "trace-rate": value(TRACE),
  "trace-count": value(TRACE),
  "log-frequency": value(TRACE),
  "input-tensor-format": value("tensors are sent as binary data", "binary"),
  "output-tensor-format": value("tensors are received as binary data", "binary"),
  "grpc-compression-algorithm": value("requests are sent as they are", "none"),
  "ssl-https-verify-peer": value("a server's certificate is always checked", "1"),
  "ssl-https-verify-host": value("a server's certificate is always checked", "2"),
  "ssl-https-client-certificate-type": value("certificates are PEM files", "PEM"),
  "ssl-https-private-key-type": value("keys are PEM files", "PEM"),
};

function flagOf(long: string, { why, accepts }: Refusal): Flag {
  return accepts === undefined
    ? { kind: "boolean", long, hidden: true, help: why }
    : { kind: "string", long, hidden: true, value: "VALUE", help: why };
}

const key = (long: string) => `refused ${long}`;

/** To be spread into the command's table; their options have no names of their own. */
export const refusedFlags = Object.fromEntries(
  Object.entries(REFUSALS).map(([long, refusal]) => [key(long), flagOf(long, refusal)]),
) as unknown as Record<never, Flag>;

/**
 * Refuses what was given of them.
 *
 * @param options the command's options
 * @throws {InferenceError} USAGE with the flag and the reason
 */
export function checkRefused(options: object): void {
  const given = new Map<string, unknown>(Object.entries(options));
  for (const [long, { why, accepts }] of Object.entries(REFUSALS)) {
    const option = given.get(key(long));
    if (option === undefined || option === false) continue;
    const text = option === true ? "" : ` ${option}`;
    if (accepts && text.trim().toLowerCase() === accepts.toLowerCase()) continue;
    throw new InferenceError("USAGE", `Cannot use --${long}${text}: ${why}`);
  }
}
