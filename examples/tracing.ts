/**
 * Tracing: spans of all inferences from `node:diagnostics_channel`, sent along as `traceparent`. The
 * tracer here only prints; give `trace` OpenTelemetry's `trace.getTracer("app")` instead.
 *
 *     deno run --allow-net examples/tracing.ts localhost:8000
 */
import { subscribe } from "node:diagnostics_channel";
import { type InferCall, InferenceClient, type InferenceError } from "@trtis/trtis";

/** The part of OpenTelemetry's tracer that is used. */
interface Tracer {
  startSpan(name: string): {
    setAttribute(name: string, value: string): unknown;
    setStatus(status: { code: number; message?: string }): unknown;
    end(): void;
    spanContext(): { traceId: string; spanId: string; traceFlags: number };
  };
}

function trace(tracer: Tracer): void {
  const spans = new WeakMap<InferCall, ReturnType<Tracer["startSpan"]>>();
  subscribe("trtis:request", (message) => {
    const { call } = message as { call: InferCall };
    const span = tracer.startSpan(`infer ${call.modelName}`);
    span.setAttribute("rpc.system", `${call.api} ${call.wire}`);
    const { traceId, spanId, traceFlags } = span.spanContext();
    const flags = traceFlags.toString(16).padStart(2, "0");
    call.headers.set("traceparent", `00-${traceId}-${spanId}-${flags}`);
    spans.set(call, span);
  });
  subscribe("trtis:response", (message) => {
    spans.get((message as { call: InferCall }).call)?.end();
  });
  subscribe("trtis:error", (message) => {
    const { call, error } = message as { call: InferCall; error: InferenceError };
    const span = spans.get(call);
    span?.setStatus({ code: 2, message: error.message });
    span?.end();
  });
}

const printing: Tracer = {
  startSpan(name) {
    let status = "ok";
    return {
      setAttribute: () => {},
      setStatus: ({ message }) => status = message ?? "error",
      end: () => console.log(`${name}: ${status}`),
      spanContext: () => ({ traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 }),
    };
  },
};

const [address = "localhost:8000"] = Deno.args;
trace(printing);
await using client = await InferenceClient.connect(address);
const inputs = { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) };
await client.infer("simple", { inputs });
await client.infer("no_such_model", { inputs });
