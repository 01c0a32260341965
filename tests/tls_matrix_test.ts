/**
 * TLS as it is met: certificates by Triton's own recipe (X.509 version 1), by `openssl req -x509` (CA:TRUE,
 * self-signed), with and without a subject alternative name, client certificates; over HTTPS and gRPC.
 * Each is accepted, or the message says what to change.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";
import { tlsFront as front } from "./tls_front.ts";

const SCRIPT = `set -e
openssl req -x509 -newkey rsa:2048 -nodes -keyout plain.key -out plain.crt -days 9 -subj /CN=localhost
openssl req -x509 -newkey rsa:2048 -nodes -keyout named.key -out named.crt -days 9 -subj /CN=x \\
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 9 -subj /CN=authority
openssl req -new -newkey rsa:2048 -nodes -keyout v1.key -out v1.csr -subj /CN=localhost
openssl x509 -req -days 9 -in v1.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out v1.crt
openssl req -new -newkey rsa:2048 -nodes -keyout client.key -out client.csr -subj /CN=someone
echo basicConstraints=CA:FALSE > v3.ext
openssl x509 -req -days 9 -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out client.crt \\
  -extfile v3.ext
openssl pkey -in client.key -aes256 -passout pass:secret -out locked.key
`;

async function makeFiles(folder: string): Promise<boolean> {
  try {
    const quiet = { stderr: "null", stdout: "null" } as const;
    const command = new Deno.Command("sh", { args: ["-c", SCRIPT], cwd: folder, ...quiet });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

type Row = readonly [host: string, flags: readonly string[], expected: true | RegExp];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  // The server's own certificate is trust enough, whatever is in it.
  plain: [
    ["localhost", ["--ca", "plain.crt"], true],
    ["127.0.0.1", ["--ca", "plain.crt"], true],
    ["localhost", ["--insecure"], true],
    ["localhost", ["--ca", "ca.crt"], /is not signed by a trusted authority, and is none of those/],
    ["localhost", [], /not signed by a trusted authority.*\(--ca\)/],
    ["localhost", ["--ca", "system"], /not signed by a trusted authority/],
  ],
  named: [
    ["localhost", ["--ca", "named.crt"], true],
    ["127.0.0.1", ["--ca", "named.crt"], true],
  ],
  // Triton's recipe: version 1, a name in CN alone.
  v1: [
    ["localhost", ["--ca", "ca.crt"], true],
    ["localhost", ["--ca", "v1.crt"], true],
    [
      "127.0.0.1",
      ["--ca", "ca.crt"],
      /the server's certificate is for another name.*--server-name/,
    ],
    ["127.0.0.1", ["--ca", "ca.crt", "--server-name", "localhost"], true],
    ["127.0.0.1", ["--insecure"], true],
  ],
  client: [
    ["localhost", ["--ca", "v1.crt", "--cert", "client.crt", "--key", "client.key"], true],
    ["localhost", ["--ca", "v1.crt"], /client certificate.*--cert and --key/],
    [
      "localhost",
      ["--ca", "v1.crt", "--cert", "client.crt", "--key", "locked.key"],
      /the client key is encrypted; .*openssl pkey -in KEY -out PLAIN_KEY/,
    ],
    [
      "localhost",
      ["--ca", "v1.crt", "--cert", "plain.crt", "--key", "client.key"],
      /the client's key does not belong to its certificate/,
    ],
  ],
};

Deno.test({
  name: "certificates of all kinds are accepted, or the message says what to change",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      if (!await makeFiles(folder)) return console.log("left out: openssl is not installed");
      await using server = await startServer({ httpPort: 0, grpcPort: 0 });
      const read = (name: string) => Deno.readTextFileSync(`${folder}/${name}`);
      for (const [kind, rows] of Object.entries(ROWS)) {
        const name = kind === "client" ? "v1" : kind;
        const material = {
          ...{ cert: read(`${name}.crt`), key: read(`${name}.key`) },
          ...kind === "client" ? { requestCert: true, ca: read("ca.crt") } : {},
        };
        for (const wire of ["http", "grpc"] as const) {
          const address = wire === "http" ? server.httpAddress! : server.grpcAddress!;
          const tls = await front(Number(address.split(":")[1]), material);
          try {
            for (const row of rows) await check(row, { kind, wire, port: tls.port, folder });
          } finally {
            await tls.close();
          }
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function check(
  [host, flags, expected]: Row,
  { kind, wire, port, folder }: { kind: string; wire: string; port: number; folder: string },
): Promise<void> {
  const given = flags.map((flag) => /\.(crt|key)$/.test(flag) ? `${folder}/${flag}` : flag);
  const scheme = wire === "http" ? "https" : "grpcs";
  const argv = ["health", "-u", `${scheme}://${host}:${port}`, "--timeout", "20", ...given];
  const { code, stdout, stderr } = await runCommand(argv);
  const what = `${kind} over ${wire}: ${host} ${flags.join(" ")}\n${stdout}${stderr}`;
  const warned = stderr.startsWith("warning: --insecure: the server's certificate is not checked");
  assertEquals(warned, flags.includes("--insecure"), what);
  if (expected === true) {
    assertEquals([code, stdout], [0, "live: true\nready: true\n"], what);
  } else {
    assertEquals([code, stdout], [1, ""], what);
    assert(expected.test(stderr), what);
  }
}
