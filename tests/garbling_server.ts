/**
 * The embedded server behind one that spoils every nth inference answer, over HTTP and gRPC.
 *
 * @module
 */
import { encodeMessage } from "../src/protocol/message.ts";
import type { ApiVersion } from "../src/protocol/types.ts";
import { parseAddress } from "../src/base/address.ts";
import { ModelStreamInferResponse } from "../src/protocol/v2/generated/messages.js";
import { listenGrpc } from "../src/server/grpc/listener.ts";
import type { GrpcMethod } from "../src/server/grpc/service.ts";
import { startServer } from "../src/server/server.ts";
import { createNativeChannel } from "../src/transport/grpc/client/channel.ts";

/** A server that spoils answers. */
export interface GarblingServer extends AsyncDisposable {
  readonly http: string;
  readonly grpc: string;
  /** Answers that were spoilt so far. */
  readonly spoilt: number;
}

const V1 = { service: "nvidia.inferenceserver.GRPCService", infer: "Infer", stream: "StreamInfer" };
const V2 = {
  service: "inference.GRPCInferenceService",
  infer: "ModelInfer",
  stream: "ModelStreamInfer",
};
const QUERIES: Readonly<Record<ApiVersion, readonly string[]>> = {
  v1: ["Health", "Status", "Profile"],
  v2: [
    "ServerLive",
    "ServerReady",
    "ServerMetadata",
    "ModelMetadata",
    "ModelConfig",
    "ModelStatistics",
  ],
};

/** Starts it; every `n`th inference answer is spoilt. */
export async function startGarbling(n: number): Promise<GarblingServer> {
  const real = await startServer({ httpPort: 0, grpcPort: 0 });
  const channel = createNativeChannel({ address: parseAddress(real.grpcAddress!, 0) });
  let count = 0;
  let spoilt = 0;
  const isSpoilt = () => {
    const spoil = ++count % n === 0;
    if (spoil) spoilt++;
    return spoil;
  };
  const call = async (path: string, message: Uint8Array) =>
    (await channel.unary(path, message)).message;
  const services = ([["v1", V1], ["v2", V2]] as const).map(([api, { service, infer, stream }]) => {
    const inferred = async (message: Uint8Array) => await call(`/${service}/${infer}`, message);
    // A stream's own answers come in another envelope, and in the order of the requests.
    const streamed = async (message: Uint8Array) => {
      if (isSpoilt()) return Uint8Array.of(0x07, 0xff, 0xff);
      const answer = await inferred(message);
      if (api === "v1") return answer;
      const envelope = encodeMessage(ModelStreamInferResponse, {});
      return Uint8Array.of(...envelope, 0x12, ...varint(answer.length), ...answer);
    };
    const methods: GrpcMethod[] = QUERIES[api].map((name) => ({
      kind: "unary",
      name,
      handle: (message) => call(`/${service}/${name}`, message),
    }));
    methods.push({
      kind: "unary",
      name: infer,
      handle: async (message) =>
        isSpoilt() ? Uint8Array.of(0x07, 0xff, 0xff) : await inferred(message),
    }, {
      kind: "stream",
      name: stream,
      open(send) {
        let last = Promise.resolve();
        return {
          onMessage: (message) => last = last.then(async () => send(await streamed(message))),
        };
      },
    });
    return { name: service, methods };
  });
  const grpc = listenGrpc(services, { host: "127.0.0.1", port: 0 });
  const abort = new AbortController();
  const http = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: abort.signal, onListen() {} },
    async (request) => {
      const url = new URL(request.url);
      const body = request.method === "POST" ? await request.bytes() : undefined;
      const isInference = /\/infer(\/|$)/.test(url.pathname) && body !== undefined;
      if (isInference && isSpoilt()) {
        return new Response("\xff{{{", { headers: { "NV-Status": "code: {{{" } });
      }
      const headers = new Headers(request.headers);
      for (const name of ["host", "connection", "content-length"]) headers.delete(name);
      headers.set("accept-encoding", "identity");
      const target = `http://${real.httpAddress}${url.pathname}${url.search}`;
      const answer = await fetch(target, { method: request.method, headers, body });
      return new Response(await answer.bytes(), { status: answer.status, headers: answer.headers });
    },
  );
  return {
    http: `127.0.0.1:${http.addr.port}`,
    grpc: grpc.address,
    get spoilt() {
      return spoilt;
    },
    async [Symbol.asyncDispose]() {
      abort.abort();
      await http.finished;
      await grpc.close(0);
      channel.close();
      await real.close();
    },
  };
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push(rest % 128 | 0x80);
  return [...bytes, rest];
}
