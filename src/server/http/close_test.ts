import { assertEquals, assertRejects } from "@std/assert";
import { listenHttp } from "./listener.ts";
import type { HttpServerResponse } from "./message.ts";

Deno.test("close lets a request under way finish, and takes no new one", async () => {
  const started = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<HttpServerResponse>();
  const listener = listenHttp([{
    prefix: "/",
    handle: () => {
      started.resolve();
      return gate.promise;
    },
  }], { host: "127.0.0.1", port: 0 });
  const client = Deno.createHttpClient({});
  const first = fetch(`http://${listener.address}/`, { client });
  await started.promise;
  const closed = listener.close(5_000);
  gate.resolve({ status: 200, body: [new TextEncoder().encode("kept")] });
  assertEquals(await (await first).text(), "kept");
  client.close();
  await closed;
});

Deno.test("close ends what takes longer than the grace", async () => {
  const started = Promise.withResolvers<void>();
  const never = Promise.withResolvers<HttpServerResponse>();
  const listener = listenHttp([{
    prefix: "/",
    handle: () => {
      started.resolve();
      return never.promise;
    },
  }], { host: "127.0.0.1", port: 0 });
  const client = Deno.createHttpClient({});
  const pending = assertRejects(() => fetch(`http://${listener.address}/`, { client }));
  await started.promise;
  await listener.close(20);
  await pending;
  never.resolve({ status: 200 });
  client.close();
});
