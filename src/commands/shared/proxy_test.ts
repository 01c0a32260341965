import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { findProxy, type ProxiedServer, type ProxyFlags } from "./proxy.ts";

const http: ProxiedServer = {
  address: { host: "h.example", port: 8000 },
  tls: false,
  wire: "http",
};
const https: ProxiedServer = { ...http, tls: true };
const grpc: ProxiedServer = { ...http, wire: "grpc" };

function find(flags: ProxyFlags, server: ProxiedServer, env: Record<string, string>) {
  return findProxy(flags, server, (name) => env[name])?.source;
}

Deno.test("which variable names the proxy", () => {
  const all = { http_proxy: "a:1", https_proxy: "b:1", all_proxy: "c:1", grpc_proxy: "d:1" };
  assertEquals(find({}, http, {}), undefined);
  assertEquals(find({}, http, all), "http_proxy");
  assertEquals(find({}, https, all), "https_proxy");
  assertEquals(find({}, grpc, all), "grpc_proxy");
  assertEquals(find({}, grpc, { http_proxy: "a:1", https_proxy: "b:1" }), "https_proxy");
  assertEquals(find({}, grpc, { http_proxy: "a:1" }), "http_proxy");
  assertEquals(find({}, https, { http_proxy: "a:1" }), undefined);
  assertEquals(find({}, https, { ALL_PROXY: "a:1" }), "ALL_PROXY");
  assertEquals(find({}, http, { HTTP_PROXY: "a:1", http_proxy: " " }), "HTTP_PROXY");
});

Deno.test("flags go before the environment, and the lists of exceptions", () => {
  const env = { http_proxy: "a:1", no_proxy: ".example" };
  assertEquals(find({}, http, env), undefined);
  assertEquals(find({ proxy: "p:1" }, http, env), "--proxy");
  assertEquals(find({ proxy: "p:1", noProxy: "h.example" }, http, env), undefined);
  assertEquals(find({ noProxy: "*" }, http, { http_proxy: "a:1" }), undefined);
  assertEquals(find({}, grpc, { http_proxy: "a:1", no_grpc_proxy: "other" }), "http_proxy");
  assertEquals(find({}, grpc, { ...env, no_grpc_proxy: "other" }), "http_proxy");
  assertEquals(find({}, http, { ...env, no_grpc_proxy: "other" }), undefined);
});

Deno.test("what names no proxy that can be used is told with its source", () => {
  const error = assertThrows(
    () => find({}, http, { all_proxy: "socks5://s:1" }),
    InferenceError,
    'all_proxy: Cannot use the proxy "s:1": socks5:// is no kind of proxy that can be used',
  );
  assertEquals(error.hint, "give the address of an HTTP proxy, or go without it: --no-proxy '*'");
  assertThrows(() => find({ proxy: "x:y" }, http, {}), InferenceError, "--proxy: Cannot use");
});
