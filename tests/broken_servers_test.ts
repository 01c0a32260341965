/**
 * Servers that fall silent or go away under a request, over both protocols, every wire and streams: the
 * request fails with the reason, nothing hangs and nothing is thrown.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { InferenceClient } from "../src/client/inference_client.ts";
import { startServer } from "../src/server/server.ts";
import { type FaultProxy, startFaultProxy } from "./fault_proxy.ts";

const SETTINGS = [["v1", "http"], ["v1", "grpc"], ["v2", "http"], ["v2", "grpc"]] as const;
const TIMEOUT_MS = 50;
const SLOW = { inputs: { INPUT0: new Float32Array(16) } };

/** A client whose connection to the embedded server goes through a proxy. */
async function throughProxy(
  [api, wire]: (typeof SETTINGS)[number],
  body: (client: InferenceClient, proxy: FaultProxy) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using proxy = startFaultProxy(wire === "http" ? server.httpAddress! : server.grpcAddress!);
  await using client = await InferenceClient.connect({ url: proxy.address, wire, api });
  await body(client, proxy);
}

for (const setting of SETTINGS) {
  const name = setting.join(" ");

  Deno.test(`broken: ${name}: a server that falls silent is given up`, async () => {
    await throughProxy(setting, async (client, proxy) => {
      const model = await client.model("slow");
      proxy.fault = "silence";
      const { error } = await model.infer({ ...SLOW, timeoutMs: TIMEOUT_MS });
      assertEquals(error?.code, "TIMEOUT", error?.describe());
    });
  });

  Deno.test(`broken: ${name}: a server that goes away under a request`, async () => {
    await throughProxy(setting, async (client, proxy) => {
      const model = await client.model("slow");
      proxy.fault = "silence";
      const results = Promise.all([model.infer(SLOW), model.infer(SLOW)]);
      await proxy[Symbol.asyncDispose]();
      for (const { error } of await results) {
        assertEquals(error?.code, "CONNECTION", error?.describe());
        assertStringIncludes(error!.message, proxy.address);
      }
    });
  });

  if (setting[1] === "http") continue;
  Deno.test(`broken: ${name}: a server that goes away under a stream`, async () => {
    await throughProxy(setting, async (client, proxy) => {
      const stream = (await client.model("slow")).stream();
      const first = await stream.infer(SLOW);
      assertEquals(first.error?.describe(), undefined);
      proxy.fault = "silence";
      const waiting = stream.infer(SLOW);
      await proxy[Symbol.asyncDispose]();
      assertEquals((await waiting).error?.code, "CONNECTION");
      assertEquals((await stream.infer(SLOW)).error?.code, "CONNECTION");
    });
  });
}
