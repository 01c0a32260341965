import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "./errors.ts";
import { isListed, parseProxy } from "./proxy.ts";

Deno.test("a proxy's address, with and without scheme, port and user", () => {
  assertEquals(parseProxy("http://proxy:3128"), { host: "proxy", port: 3128 });
  assertEquals(parseProxy(" proxy:3128/ "), { host: "proxy", port: 3128 });
  assertEquals(parseProxy("http://proxy"), { host: "proxy", port: 80 });
  assertEquals(parseProxy("http://[::1]:8080"), { host: "::1", port: 8080 });
  assertEquals(parseProxy("http://al%40x:s%3Ac@proxy:1"), {
    ...{ host: "proxy", port: 1 },
    authorization: `Basic ${btoa("al@x:s:c")}`,
  });
  assertEquals(parseProxy("http://al@proxy:1").authorization, `Basic ${btoa("al:")}`);
});

Deno.test("what is no HTTP proxy's address is refused, without its password", () => {
  for (
    const [text, message] of [
      ["socks5://u:secret@proxy:1", "socks5:// is no kind of proxy that can be used"],
      ["https://u:secret@proxy:1", "https:// is no kind of proxy that can be used"],
      ["http://u:secret@proxy:99999", "it is no address"],
      ["http://u:secret@", "it is no address"],
      ["http://u:secret%zz@proxy:1", "is not percent-encoded"],
    ] as const
  ) {
    const error = assertThrows(() => parseProxy(text), InferenceError, message);
    assertEquals(error.code, "USAGE");
    assertEquals(/secret/.test(error.message + error.hint), false);
  }
});

Deno.test("who is reached without a proxy", () => {
  const cases: readonly (readonly [list: string, host: string, port: number, listed: boolean])[] = [
    ["", "a.example.com", 80, false],
    ["*", "a.example.com", 80, true],
    ["example.com", "example.com", 80, true],
    ["example.com", "A.Example.com", 80, true],
    [".example.com", "a.example.com", 80, true],
    [".example.com", "example.com", 80, true],
    ["*.example.com", "a.b.example.com", 80, true],
    ["example.com", "badexample.com", 80, false],
    ["a, b,example.com", "example.com", 80, true],
    ["a b\texample.com", "example.com", 80, true],
    ["example.com:8000", "example.com", 8000, true],
    ["example.com:8000", "a.example.com", 8000, true],
    ["example.com:8000", "example.com", 8001, false],
    ["127.0.0.1", "127.0.0.1", 80, true],
    ["127.0.0.1:80", "127.0.0.1", 80, true],
    ["10.0.0.0/8", "10.200.3.4", 80, true],
    ["10.0.0.0/8", "11.0.0.1", 80, false],
    ["10.0.0.0/33", "10.0.0.0", 80, false],
    ["10.0.0.0/8/8", "10.0.0.0", 80, false],
    ["10.0.0.0/x", "10.0.0.0", 80, false],
    ["10.0.0.999/8", "10.0.0.0", 80, false],
    ["10.0.0.0/8", "ten.example.com", 80, false],
    ["0.0.0.0/0", "1.2.3.4", 80, true],
    ["::1", "::1", 80, true],
    ["[::1]", "::1", 80, true],
    ["[::1]:80", "::1", 80, true],
    ["fd00::/8", "fd12::1", 80, true],
    ["fd00::/8", "fe80::1", 80, false],
    ["fd00::1::/8", "fd12::1", 80, false],
    ["1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7:8", 80, true],
    [",,", "a", 80, false],
    [".", "a", 80, false],
  ];
  for (const [list, host, port, listed] of cases) {
    assertEquals(isListed(list, { host, port }), listed, `${list} ${host}:${port}`);
  }
});
