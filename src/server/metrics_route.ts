/**
 * The server's metrics in Prometheus's text format, under Triton's names.
 *
 * @module
 */
import type { InferenceServer } from "./core/server.ts";
import type { LoadedModel } from "./core/repository.ts";
import type { HttpRoute, HttpServerRequest, HttpServerResponse } from "./http/message.ts";

interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  value(model: LoadedModel): number;
}

type Kind = "success" | "failed" | "queue" | "compute";

function total({ statistics }: LoadedModel, kind: Kind, part: "count" | "ns"): number {
  let sum = 0;
  for (const entry of statistics.byBatchSize.values()) sum += entry[kind][part];
  return sum;
}

const micros = (model: LoadedModel, kind: Kind) => Math.round(total(model, kind, "ns") / 1000);

const counter = (name: string, help: string, value: Family["value"]): Family => ({
  ...{ name, type: "counter", help },
  value,
});

const FAMILIES: readonly Family[] = [
  counter(
    "nv_inference_request_success",
    "Number of successful inference requests, all batch sizes",
    (model) => total(model, "success", "count"),
  ),
  counter(
    "nv_inference_request_failure",
    "Number of failed inference requests, all batch sizes",
    (model) => total(model, "failed", "count"),
  ),
  counter(
    "nv_inference_count",
    "Number of inferences performed",
    (model) => model.statistics.inferenceCount,
  ),
  counter(
    "nv_inference_exec_count",
    "Number of model executions performed",
    (model) => model.statistics.executionCount,
  ),
  counter(
    "nv_inference_request_duration_us",
    "Cumulative inference request duration in microseconds",
    (model) => micros(model, "success"),
  ),
  counter(
    "nv_inference_queue_duration_us",
    "Cumulative inference queuing duration in microseconds",
    (model) => micros(model, "queue"),
  ),
  // Tensors are views here: getting them in and out of a model takes no time of its own.
  counter(
    "nv_inference_compute_input_duration_us",
    "Cumulative compute input duration in microseconds",
    () => 0,
  ),
  counter(
    "nv_inference_compute_infer_duration_us",
    "Cumulative compute inference duration in microseconds",
    (model) => micros(model, "compute"),
  ),
  counter(
    "nv_inference_compute_output_duration_us",
    "Cumulative inference compute output duration in microseconds",
    () => 0,
  ),
  {
    name: "nv_inference_pending_request_count",
    type: "gauge",
    help: "Instantaneous number of pending requests awaiting execution per-model",
    value: ({ scheduler }) => scheduler.pending,
  },
];

const escape = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

/** The page. */
export function metricsText(models: readonly LoadedModel[]): string {
  return FAMILIES.map((family) => {
    const head = `# HELP ${family.name} ${family.help}\n# TYPE ${family.name} ${family.type}\n`;
    const lines = models.map((model) =>
      `${family.name}{model="${escape(model.name)}",version="${model.version}"} ` +
      `${family.value(model)}\n`
    );
    return head + lines.join("");
  }).join("");
}

const utf8 = new TextEncoder();

/** The route of `/metrics`. */
export function metricsRoute(server: InferenceServer): HttpRoute {
  return {
    prefix: "/metrics",
    handle({ method, path }: HttpServerRequest): HttpServerResponse {
      if (path !== "/metrics") return { status: 404 };
      if (method !== "GET") return { status: 405, headers: [["Allow", "GET"]] };
      const models = server.repository.entries().flatMap(({ versions }) => [...versions.values()]);
      return {
        status: 200,
        headers: [["Content-Type", "text/plain; version=0.0.4; charset=utf-8"]],
        body: [utf8.encode(metricsText(models))],
      };
    },
  };
}
