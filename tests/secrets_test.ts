/**
 * Tokens, passwords and keys: they reach the server, are read again when it refuses them, and are in no
 * output.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startServer } from "../src/server/start.ts";
import { BY_COUNT, runPerf } from "./perf_program.ts";
import { runProgram } from "./program.ts";
import { runCommand } from "./run_command.ts";

const SECRET = "s3cr3t-4711";

/** An HTTP server before the embedded one that lets requests through which `allows` lets through. */
async function guarded(
  allows: (authorization: string, key: string) => boolean,
  use: (address: string, refused: () => number) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  let refused = 0;
  await using gate = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const body = await request.bytes();
      const { headers, method } = request;
      if (!allows(headers.get("authorization") ?? "", headers.get("x-api-key") ?? "")) {
        refused++;
        return new Response("no", { status: 401 });
      }
      const { pathname, search } = new URL(request.url);
      const url = `http://${server.httpAddress}${pathname}${search}`;
      return await fetch(url, { method, headers, body: method === "GET" ? undefined : body });
    },
  );
  await use(`127.0.0.1:${gate.addr.port}`, () => refused);
}

const INFER = ["infer", "-m", "simple", "--input", "INPUT0=zeros", "--input", "INPUT1=zeros"];
const BASIC = `Basic ${btoa(`me:${SECRET}`)}`;

Deno.test("a token, a password and a key reach the server, from files, variables and -H", async () => {
  const path = await Deno.makeTempFile();
  await guarded(
    (authorization, key) =>
      authorization === `Bearer ${SECRET}` || authorization === BASIC || key === SECRET,
    async (address, refused) => {
      const at = [...INFER, "--api", "v2", "-u", address];
      await Deno.writeTextFile(path, `${SECRET}\n`);
      assertEquals((await runCommand([...at, "--token-file", path])).code, 0);
      await Deno.writeTextFile(path, `me:${SECRET}\n`);
      assertEquals((await runCommand([...at, "--basic-file", path])).code, 0);
      assertEquals((await runCommand([...at, "-H", `x-api-key: ${SECRET}`])).code, 0);
      for (const [name, value] of [["TRTIS_TOKEN", SECRET], ["TRTIS_BASIC", `me:${SECRET}`]]) {
        const run = await runProgram(at, { env: { [name!]: value! } });
        assertEquals(run.code, 0, run.stderr);
      }
      assertEquals(refused(), 0);
      const none = await runCommand(at);
      assertMatch(none.stderr, /UNAUTHENTICATED/);
      assert(refused() > 0);
    },
  );
  await Deno.remove(path);
});

Deno.test("a token that has run out is read again once, by infer and by the load", async () => {
  const path = await Deno.makeTempFile();
  let valid = "old";
  let count = 0;
  await guarded((authorization) => {
    // The token changes under the load.
    if (authorization === "Bearer old" && valid === "old" && ++count > 20) {
      valid = "new";
      Deno.writeTextFileSync(path, "new");
    }
    return authorization === `Bearer ${valid}`;
  }, async (address, refused) => {
    await Deno.writeTextFile(path, "old");
    const args = ["-m", "simple", "-u", address, "--token-file", path, "--request-count", "1000"];
    const run = await runPerf([...args, "--max-error-rate", "50"]);
    assertEquals([run.code, valid], [0, "new"], run.merged);
    // Those that went out before the file was read again.
    assert(refused() < 500, `${refused()} refused`);
    // It stays refused when there is no other: one more question, no more.
    valid = "another";
    const before = refused();
    const infer = await runCommand([...INFER, "--api", "v2", "-u", address, "--token-file", path]);
    assertMatch(infer.stderr, /UNAUTHENTICATED/);
    assert(refused() - before <= 4);
  });
  await Deno.remove(path);
});

Deno.test("no secret is in any output: text, reports, errors, verbose and debug", async () => {
  const folder = await Deno.makeTempDir();
  const file = (name: string) => `${folder}/${name}`;
  await Deno.writeTextFile(file("token"), SECRET);
  await Deno.writeTextFile(file("basic"), `me:${SECRET}`);
  await Deno.writeTextFile(file("bad"), `${SECRET} ${SECRET}`);
  const texts: string[] = [];
  const run = async (args: readonly string[]) => {
    const { stdout, stderr } = await runProgram(args, { env: { TRTIS_DEBUG: "1" } });
    texts.push(stdout + stderr);
  };
  const ways = [
    ["--token-file", file("token")],
    ["--basic-file", file("basic")],
    ["-H", `X-Api-Key: ${SECRET}`],
    ["-H", `Authorization: Bearer ${SECRET}`],
  ];
  for (const allowed of [true, false]) {
    await guarded(() => allowed, async (address) => {
      for (const [i, way] of ways.entries()) {
        const out = file(`${allowed}-${i}`);
        const perf = ["-m", "simple", "--api", "v2", "-u", address, "-v", ...BY_COUNT, ...way];
        const { stdout, stderr } = await runPerf([
          ...perf,
          ...["--json", `${out}.json`, "-f", `${out}.csv`, "--histogram"],
        ]);
        texts.push(stdout + stderr);
        await run([...INFER, "-v", "--json", "-u", address, ...way]);
        await run([...INFER, "--api", "v2", "--dump-curl", "-u", address, ...way]);
      }
    });
  }
  const nowhere = ["-u", "127.0.0.1:1"];
  await run([...INFER, ...nowhere, "--token-file", file("bad")]);
  await run([...INFER, ...nowhere, "--basic-file", file("token")]);
  await run([...INFER, ...nowhere, "-H", SECRET]);
  await run([...INFER, ...nowhere, "-H", `X Key: ${SECRET}`]);
  await run([...INFER, ...nowhere, "-H", `X-Key: ${SECRET}\n${SECRET}`]);
  await run([...INFER, "-u", `http://me:${SECRET}@127.0.0.1:1`]);
  await run([
    ...["perf_client", "-m", "simple", ...nowhere, "--collect-metrics"],
    ...["--metrics-url", `http://me:${SECRET}@h:1/metrics`],
  ]);
  for await (const { name } of Deno.readDir(folder)) {
    if (/json|csv/.test(name)) texts.push(await Deno.readTextFile(file(name)));
  }
  await Deno.remove(folder, { recursive: true });
  assert(texts.length >= 30, `${texts.length} texts`);
  for (const text of texts) {
    for (const secret of [SECRET, btoa(`me:${SECRET}`)]) {
      assert(!text.includes(secret), text.replaceAll(secret, "<SECRET>"));
    }
  }
});

Deno.test("two ways to say who asks are refused", async () => {
  const cases = [
    ["--token-file", "a", "--basic-file", "b"],
    ["--token-file", "a", "-H", "authorization: Bearer x"],
  ];
  for (const args of cases) {
    const run = await runCommand(["health", "-u", "127.0.0.1:1", ...args]);
    assertMatch(run.stderr, /Give one of --token-file, --basic-file and an Authorization header/);
    assertEquals(run.code, 2);
  }
});
