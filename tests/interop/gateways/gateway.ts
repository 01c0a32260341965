/**
 * Real gateways from Debian, started for one test: nginx, haproxy, nghttpx and squid.
 *
 * @module
 */

const PATIENCE_MS = 10_000;

/** A gateway under way. */
export interface Gateway extends AsyncDisposable {
  /** Its files. */
  readonly folder: string;
  /** Ends when the gateway does, by a signal of ours or by itself. */
  readonly status: Promise<Deno.CommandStatus>;
}

/** Whether a program is installed. Debian's servers lie where only root's PATH leads. */
export function isInstalled(program: string): boolean {
  try {
    Deno.statSync(`/usr/sbin/${program}`);
    return true;
  } catch {
    return false;
  }
}

/** The system may offer a port again as soon as it is free again. */
const given = new Set<number>();

/** A port of 127.0.0.1 that was free a moment ago; never the same twice. */
export function freePort(): number {
  while (true) {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr as Deno.NetAddr;
    listener.close();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}

/** How a gateway is started. */
export interface GatewayOptions {
  readonly program: string;
  readonly args: (folder: string) => readonly string[];
  /** Names and texts, written before the start. */
  readonly files: (folder: string) => Readonly<Record<string, string>>;
  /** It is up when this port takes connections. */
  readonly port: number;
}

/** Starts a gateway and waits until it listens. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  // TMPDIR may lie in a folder that is closed to the user whom some of them go on as.
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "trtis-gateway-" });
  await Deno.chmod(folder, 0o777);
  for (const [name, text] of Object.entries(options.files(folder))) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  const process = new Deno.Command(`/usr/sbin/${options.program}`, {
    args: [...options.args(folder)],
    ...{ cwd: folder, stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();
  const said = new Response(process.stderr).text();
  let over = false;
  const status = process.status.then((status) => {
    over = true;
    return status;
  });
  const stop = async () => {
    if (!over) process.kill("SIGTERM");
    await status;
    await said;
    await Deno.remove(folder, { recursive: true });
  };
  const giveUp = performance.now() + PATIENCE_MS;
  while (!await listens(options.port)) {
    if (!over && performance.now() < giveUp) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    if (!over) process.kill("SIGTERM");
    const text = await said;
    await stop();
    throw new Error(`${options.program} does not listen on ${options.port}:\n${text}`);
  }
  return { folder, status, [Symbol.asyncDispose]: stop };
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}
