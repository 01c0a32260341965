/**
 * A thousand pictures against a server that fails, stalls and goes away: every picture is classified or
 * named, and the counts add up.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { startServer } from "../src/server/server.ts";
import { createRandom } from "../src/perf/random.ts";
import { runCommand } from "./run_command.ts";
import { type Peer, serveTcp, type TcpServer } from "./tcp_server.ts";

const APPLE = fileURLToPath(new URL("../examples/images/apple_red.jpg", import.meta.url));
const PICTURES = 1000;
const FAILS = 0.1;
const STALLS = 0.01;
const AWAY_AFTER = 400;
const AWAY_MS = 3000;

/** Passes HTTP on; of the inferences it answers some with 503, some never, and once it is gone for a while. */
function faultyFront(target: string, seed: number) {
  const random = createRandom(seed);
  const seen = { inferences: 0, failed: 0, stalled: 0 };
  const open = new Set<Deno.Conn>();
  let back: Promise<void> | undefined;
  const script = async (peer: Peer) => {
    open.add(peer.conn);
    try {
      await serve(peer);
    } catch (error) {
      // A connection that was ended for the outage takes nothing more.
      if (open.has(peer.conn)) throw error;
    }
  };
  const serve = async (peer: Peer) => {
    for (let request = await peer.request(); request; request = await peer.request()) {
      const [, method, path] = /^(\S+) (\S+)/.exec(request.head)!;
      if (path!.endsWith("/infer")) {
        if (++seen.inferences === AWAY_AFTER) goAway();
        const chance = random.unit();
        if (chance < FAILS) {
          seen.failed++;
          await peer.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy");
          continue;
        }
        if (chance < FAILS + STALLS) {
          seen.stalled++;
          return await peer.closed();
        }
      }
      const headers = [...request.head.matchAll(/^(inference-\S+|content-type): *(.*)$/gim)]
        .map(([, name, value]): [string, string] => [name!, value!.trim()]);
      const body = method === "POST" ? request.body as Uint8Array<ArrayBuffer> : undefined;
      const answer = await fetch(`http://${target}${path}`, { method, headers, body });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const lines = [...answer.headers].filter(([name]) => /^(inference-|content-type)/.test(name))
        .map(([name, value]) => `${name}: ${value}\r\n`).join("");
      await peer.send(
        `HTTP/1.1 ${answer.status} x\r\n${lines}Content-Length: ${bytes.length}\r\n\r\n`,
      );
      await peer.send(bytes);
    }
    open.delete(peer.conn);
  };
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const servers: TcpServer[] = [serveTcp(script, listener)];
  const goAway = () => {
    const closed = servers.pop()![Symbol.asyncDispose]();
    for (const conn of open) conn.closeWrite().catch(() => {});
    open.clear();
    const over = new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    back = Promise.all([closed, over]).then(() => {
      servers.push(serveTcp(script, Deno.listen({ hostname: "127.0.0.1", port })));
    });
  };
  return {
    address: `127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      await back;
      for (const server of servers) await server[Symbol.asyncDispose]();
    },
  };
}

for (const retries of [30, 0]) {
  Deno.test({
    name: `a thousand pictures, a server that fails, stalls and goes away, --retries ${retries}`,
    async fn() {
      const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
      console.log(`faults by seed ${seed}`);
      const folder = await Deno.makeTempDir();
      try {
        for (let i = 0; i < PICTURES; i++) {
          await Deno.copyFile(APPLE, `${folder}/${String(i).padStart(4, "0")}.jpg`);
        }
        await using server = await startServer({ httpPort: 0, grpcPort: false });
        await using front = faultyFront(server.httpAddress!, seed);
        const { code, stdout, stderr } = await runCommand([
          ...[
            "image_client",
            "-m",
            "colors",
            "--api",
            "v2",
            "-u",
            front.address,
            "-a",
            "--timeout",
            "1",
          ],
          ...["--retries", String(retries), "--json", folder],
        ]);
        const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
        const [, ...counts] =
          /^classified (\d+), failed (\d+)(?:, (\d+) not tried)?, /m.exec(stderr) ?? [];
        const [classified = 0, failed = 0, untried = 0] = counts.map((text) => Number(text ?? 0));
        assertEquals(classified + failed + untried, PICTURES);
        assertEquals(
          lines.filter(({ classes }) => classes?.[0].label === "red").length,
          classified,
        );
        assertEquals(lines.length, classified + failed);
        assertEquals(new Set(lines.map(({ image }) => image)).size, lines.length);
        if (retries > 0) return assertEquals([code, failed, untried], [0, 0, 0], stderr);
        // Nobody waits for a server that is away: what was not tried is counted.
        assert(failed > 0 && untried > 0);
        assertEquals(stderr.match(/^error: request /gm)?.length, failed);
        assertEquals(code, 1);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
