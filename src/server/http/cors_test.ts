import { assertEquals } from "@std/assert";
import { withCors } from "./cors.ts";

const request = (method: string, headers: Record<string, string>) => ({
  method,
  path: "/v2",
  query: "",
  body: new Uint8Array(),
  header: (name: string) => headers[name],
});

Deno.test("a browser's question is answered, names that are none are left out", async () => {
  const handle = withCors("https://a.example", () => ({ status: 400 }));
  const { status, headers } = await handle(request("OPTIONS", {
    "origin": "https://a.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type, inference-header-content-length, a\r\nb: c",
  }));
  assertEquals(status, 200);
  const all = new Map(headers);
  assertEquals(all.get("Access-Control-Allow-Origin"), "https://a.example");
  assertEquals(
    all.get("Access-Control-Allow-Headers"),
    "content-type, inference-header-content-length",
  );
  assertEquals(all.get("Vary"), "Origin");
});

Deno.test("answers to pages may be read; others stay as they are", async () => {
  const answer = { status: 200, headers: [["A", "1"]] as const };
  const handle = withCors("*", () => answer);
  assertEquals(await handle(request("GET", {})), answer);
  const { headers = [] } = await handle(request("GET", { origin: "http://x" }));
  assertEquals(headers[0], ["A", "1"]);
  assertEquals(new Map(headers).get("Access-Control-Allow-Origin"), "*");
  assertEquals((await handle(request("OPTIONS", {}))).status, 200);
});
