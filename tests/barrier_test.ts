/**
 * A common start: at a moment, at a file and at an address, and starts that never come.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { systemClock } from "../src/base/clock.ts";
import { meetAtFile } from "../src/commands/start/file_barrier.ts";
import { parseMoment } from "../src/commands/start/plan.ts";
import { meetAtAddress } from "../src/commands/start/tcp_barrier.ts";
import { startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";

const meeting = (index: number, count: number, timeoutMs = 60_000) => ({
  shard: { index, count, source: "a test" },
  timeoutMs,
  clock: systemClock,
  signal: new AbortController().signal,
});

async function freePort(): Promise<number> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return await Promise.resolve(listener.addr.port);
}

Deno.test("eight tasks at a file agree on one moment, whatever an earlier run left there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/start`;
    await Deno.writeTextFile(`${path}.3`, '{"nonce":"old","beat":4,"now":1}');
    await Deno.writeTextFile(path, '{"nonces":["a","b","c","d","e","f","g","h"],"at":5}');
    const early = Array.from({ length: 7 }, (_, i) => meetAtFile(path, meeting(i, 8)));
    const late = meetAtFile(path, meeting(7, 8));
    const starts = await Promise.all([...early, late]);
    assertEquals(new Set(starts.map(({ at }) => at)).size, 1);
    assert(starts[0]!.at > Date.now() - 60_000);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["start"]);
    // The same file serves the next run.
    const again = await Promise.all([0, 1].map((i) => meetAtFile(path, meeting(i, 2))));
    assertEquals(again[0]!.at, again[1]!.at);
    assert(again[0]!.at > starts[0]!.at);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("tasks at an address begin together; one that comes twice is refused", async () => {
  const place = { host: "", port: await freePort() };
  const tasks = Array.from({ length: 8 }, (_, i) => meetAtAddress(place, meeting(7 - i, 8)));
  const starts = (await Promise.all(tasks)).map(({ at }) => at);
  assert(Math.max(...starts) - Math.min(...starts) < 5000, `${starts}`);

  const next = { host: "localhost", port: await freePort() };
  const all = [0, 1, 1].map((i) => meetAtAddress(next, meeting(i, 3, 2000)));
  const ends = await Promise.allSettled(all);
  const reasons = ends.map((end) => end.status === "rejected" ? String(end.reason) : "");
  assert(reasons.some((text) => text.includes("shard 1 is here already")), `${reasons}`);
  assert(reasons.some((text) => text.includes("1 of 3 shards are missing: 2")), `${reasons}`);
});

Deno.test("a barrier that never fills names who is missing, and nothing is sent", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const load = ["perf_client", "-m", "simple", "-u", server.httpAddress!, "-t", "4"];
    const report = `${folder}/a.json`;
    const alone = async (...barrier: string[]) =>
      await runCommand([
        ...[...load, "--shard", "1/4", "--barrier-timeout", "500ms", "--json", report],
        ...["--barrier", ...barrier],
      ]);
    const file = await alone(`${folder}/start`);
    assertEquals(file.code, 1, file.stderr);
    assertStringIncludes(file.stderr, "3 of 4 shards are missing: 0, 2, 3");
    const address = await alone(`:${await freePort()}`);
    assertEquals(address.code, 1, address.stderr);
    assertStringIncludes(address.stderr, "missing: 0");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), []);

    const cases: [args: string[], says: string][] = [
      [["--start-at", "2020-01-01T00:00:00Z"], "seconds ago by this clock"],
      [["--start-at", "soon"], "expected +30s or a time such as"],
      [["--barrier", ":99"], "add --shard I/N or --shard auto"],
      [["--barrier", ":99", "--start-at", "+1s"], "give one of them"],
      [["--barrier", ":99", "--shard", "0/2", "--barrier-timeout", "x"], "expected a time"],
    ];
    for (const [args, says] of cases) {
      const { code, stderr } = await runCommand([...load, ...args]);
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, says);
    }
    const begun = await runCommand([
      ...[...load, "--start-at", "+300ms", "--request-count", "8", "--json", report],
    ]);
    assertEquals(begun.code, 0, begun.stderr);
    assertMatch(begun.stderr, /^Started by start-at at \d{4}-.*Z, \d+ ms late\n/);
    const { environment } = JSON.parse(await Deno.readTextFile(report));
    assertEquals(environment.start.by, "start-at");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("moments are times with a zone, or a while from now", () => {
  assertEquals(parseMoment("+30s", 1000), 31_000);
  assertEquals(parseMoment("1970-01-01T00:00:02.5Z", 1000), 2500);
  assertEquals(parseMoment("1970-01-01t01:00:02+01:00", 1000), 2000);
});
