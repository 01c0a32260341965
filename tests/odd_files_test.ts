/**
 * Files of every odd kind, given to every command that reads some: each is named, the rest is done, the
 * exit code is right, and a watchdog ends what takes more memory than it should.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { pathOf, projectRoot, startProgram } from "./program.ts";
import { watchMemory } from "./watch_memory.ts";

const LIMIT_MIB = 500;
/** Far more than the 5 s that are wanted: the machine may be busy. */
const TIMEOUT_MS = 60_000;
const STOP_EVERY_MS = 1000;
const GOOD = pathOf(new URL("examples/images/apple_red.jpg", projectRoot));
const GIB = 2 ** 30;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly peakMib: number;
}

interface Place {
  readonly server: RunningServer;
  readonly folder: string;
}

/** Runs the program under the watchdog; `stop` sends Ctrl-C until it ends. */
async function watched(
  argv: readonly string[],
  { stop = false, stdin = "" } = {},
): Promise<Outcome> {
  const program = startProgram(argv, {
    timeoutMs: TIMEOUT_MS,
    ...stdin === "" ? {} : { stdin },
  });
  const { process } = program;
  // Starting takes some time, and a signal before it is ready ends it as well.
  const timer = stop ? setInterval(() => process.kill("SIGINT"), STOP_EVERY_MS) : undefined;
  try {
    const [result, peakMib] = await Promise.all([
      program.result(),
      watchMemory(process.pid, LIMIT_MIB),
    ]);
    assert(peakMib > 0 && peakMib <= LIMIT_MIB, `${argv.join(" ")}: ${peakMib} MiB`);
    return { ...result, peakMib };
  } finally {
    clearInterval(timer);
  }
}

async function shell(command: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("sh", { args: ["-c", command] }).output();
  assert(success, new TextDecoder().decode(stderr));
}

async function sparse(path: string, size: number): Promise<void> {
  await Deno.writeFile(path, new Uint8Array(0));
  await Deno.truncate(path, size);
}

/** A socket stays when its program ends without closing it. */
async function makeSocket(path: string): Promise<void> {
  const code = `Deno.listen({ transport: "unix", path: ${JSON.stringify(path)} }); Deno.exit();`;
  await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output();
}

/** Everything odd that a path can be; what the messages say of it. */
async function makeOddFiles(folder: string): Promise<(readonly [path: string, why: RegExp])[]> {
  const at = (name: string) => `${folder}/${name}`;
  await Deno.symlink("/dev/zero", at("zero_link.jpg"));
  await Deno.symlink("nowhere", at("dangling.jpg"));
  await Deno.symlink("loop.jpg", at("loop.jpg"));
  await Deno.mkdir(at("folder.jpg"));
  await Deno.writeFile(at("empty.jpg"), new Uint8Array(0));
  await sparse(at("sparse.jpg"), 3 * GIB);
  await Deno.writeTextFile(at("file"), "");
  await makeSocket(at("socket.jpg"));
  await shell(`cp '${GOOD}' '${folder}/caf'$(printf '\\351').jpg`);
  return [
    ["/dev/zero", /it is a device, not a file/],
    ["/dev/null", /it is a device, not a file/],
    ["/dev/urandom", /it is a device, not a file/],
    ["/dev/full", /it is a device or a file of the system/],
    ["/dev/fd/9", /open files of the shell can't be read; use a named pipe, or \/dev\/stdin/],
    [at("zero_link.jpg"), /it is a device, not a file/],
    [at("dangling.jpg"), /no such file or directory/],
    [at("loop.jpg"), /links lead in a circle/],
    [at("sparse.jpg"), /its 3221225472 bytes are more than the limit of \d+/],
    [at("file/x.jpg"), /a part of the path is not a directory/],
    [at("x".repeat(300)), /the path is too long/],
    [at("socket.jpg"), /it is a socket, not a file/],
    [at("caf\ufffd.jpg"), /its name is not UTF-8, and files with such names can't be opened/],
    ["/proc/self/mem", /it is a device or a file of the system/],
  ];
}

function oddTest(name: string, body: (place: Place) => Promise<void>): void {
  Deno.test({
    name: `odd files: ${name}`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using server = await startServer({ httpPort: 0, grpcPort: 0 });
      const folder = await Deno.makeTempDir();
      try {
        await body({ server, folder });
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

const classify = (server: RunningServer, ...argv: string[]) => [
  ...["image_client", "-m", "colors", "-u", server.httpAddress!, "--workers", "0", ...argv],
];

oddTest("the watchdog bites", async () => {
  const code = `const bytes = new Uint8Array(${2 * LIMIT_MIB} * 2 ** 20).fill(1);
    setTimeout(() => console.log(bytes.length), ${TIMEOUT_MS});`;
  const process = new Deno.Command(Deno.execPath(), { args: ["eval", code] }).spawn();
  const [status, peakMib] = await Promise.all([
    process.status,
    watchMemory(process.pid, LIMIT_MIB),
  ]);
  assertEquals(status.signal, "SIGKILL");
  assert(peakMib > LIMIT_MIB, `${peakMib} MiB`);
});

oddTest("image_client names each, and classifies the rest", async ({ server, folder }) => {
  for (const [path, why] of await makeOddFiles(folder)) {
    const { code, stdout, stderr } = await watched(classify(server, path, GOOD));
    assertEquals(code, 1, `${path}: ${stderr}`);
    assertMatch(stderr, why, path);
    assertStringIncludes(stdout, "2 (red)", path);
  }
});

oddTest("infer names each and sends nothing", async ({ server, folder }) => {
  for (const [path, why] of await makeOddFiles(folder)) {
    for (
      const [model, input] of [
        ["identity_fp32", "INPUT0"],
        ["preprocess_colors", "INPUT"],
      ] as const
    ) {
      const more = model === "identity_fp32" ? ["--shape", "INPUT0:16"] : [];
      const argv = ["infer", "-m", model, "-u", server.httpAddress!, ...more];
      const { code, stdout, stderr } = await watched([...argv, "--input", `${input}=@${path}`]);
      assertEquals([code, stdout], [1, ""], `${path}: ${stderr}`);
      assertMatch(stderr, why, path);
      assertStringIncludes(stderr, `input '${input}': cannot read`);
    }
  }
});

oddTest("perf_client names each before it prints anything", async ({ server, folder }) => {
  const argv = ["perf_client", "-m", "slow", "-u", server.httpAddress!, "--request-count", "1"];
  for (const [path, why] of await makeOddFiles(folder)) {
    const json = await watched([...argv, "--input-data", path]);
    assertEquals([json.code, json.stdout], [1, ""], `${path}: ${json.stderr}`);
    assertMatch(json.stderr, why, path);
    // Behind a link it is whatever this program has open.
    if (path.startsWith("/dev/fd/")) continue;
    await Deno.mkdir(`${folder}/dir`);
    await Deno.symlink(path, `${folder}/dir/INPUT0`);
    const directory = await watched([...argv, "--data-directory", `${folder}/dir`]);
    assertEquals([directory.code, directory.stdout], [1, ""], `${path}: ${directory.stderr}`);
    assertStringIncludes(directory.stderr, `failed to open file '${folder}/dir/INPUT0'`);
    await Deno.remove(`${folder}/dir`, { recursive: true });
  }
});

oddTest(
  "a directory of everything: all clients tell what they leave out, and go on",
  async (place) => {
    const { server, folder } = place;
    await makeOddFiles(folder);
    await Deno.copyFile(GOOD, `${folder}/good.jpg`);
    await Deno.writeTextFile(`${folder}/text.jpg`, "no picture");
    await shell(`mkfifo '${folder}/pipe.jpg'`);
    const grpc = ["-u", server.grpcAddress!];
    const runs = [
      classify(server, folder),
      ["grpc_image_client", "-m", "colors", ...grpc, folder],
      ["ensemble_image_client", "-m", "preprocess_colors_ensemble", "-i", "grpc", ...grpc, folder],
    ];
    for (const argv of runs) {
      const { code, stdout, stderr } = await watched(argv);
      assertEquals(code, 1, stderr);
      assertStringIncludes(stdout, `Image '${folder}/good.jpg':\n    2 (red) = 0.650`, argv[0]);
      for (const left of ["zero_link", "dangling", "loop", "folder", "pipe"]) {
        assertStringIncludes(stderr, `note: ${folder}/${left}.jpg is skipped: `, argv[0]);
      }
      for (const bad of ["empty.jpg", "sparse.jpg", "text.jpg", "caf\ufffd.jpg"]) {
        assertMatch(stderr, new RegExp(`^error: .*${bad.replace(".", "\\.")}`, "m"), argv[0]);
      }
    }
  },
);

oddTest("pipes are read, and one without a writer can be left", async ({ server, folder }) => {
  const pipe = `${folder}/pipe`;
  await shell(`mkfifo '${pipe}'`);
  const infer = ["infer", "-m", "identity_fp32", "-u", server.httpAddress!, "--shape", "INPUT0:4"];
  const perf = ["perf_client", "-m", "slow", "-u", server.httpAddress!, "--request-count", "1"];
  const json = JSON.stringify({ data: [{ INPUT0: new Array(16).fill(1) }] });
  // A pipe with a writer is a file.
  const good: [argv: string[], write: string][] = [
    [classify(server, pipe), `cat '${GOOD}'`],
    [[...infer, "--input", `INPUT0=@${pipe}`], "head -c 16 /dev/zero"],
    [[...perf, "--input-data", pipe], `echo '${json}'`],
  ];
  for (const [argv, write] of good) {
    const [{ code, stderr }] = await Promise.all([watched(argv), shell(`${write} > '${pipe}'`)]);
    assertEquals(code, 0, `${argv.join(" ")}: ${stderr}`);
  }
  // Nobody writes: Ctrl-C ends the wait, in a worker too.
  const workers = classify(server, pipe).map((arg, i, all) =>
    all[i - 1] === "--workers" ? "2" : arg
  );
  for (const argv of [...good.map(([argv]) => argv), workers]) {
    const { code } = await watched(argv, { stop: true });
    assertEquals(code, 130, argv.join(" "));
  }
  // Somebody writes without end: there is a limit while reading.
  const endless: [argv: string[], why: RegExp][] = [
    [classify(server, pipe), /it has more than 268435456 bytes, which is the limit/],
    [[...infer, "--input", `INPUT0=@${pipe}`], /it has more than \d+ bytes, which is the limit/],
    [[...perf, "--input-data", pipe], /it is not valid JSON/],
  ];
  for (const [argv, why] of endless) {
    const writer = new Deno.Command("sh", {
      args: ["-c", `exec cat /dev/zero > '${pipe}'`],
      stderr: "null",
    }).spawn();
    const { code, stderr } = await watched(argv);
    // It ends by itself when nobody reads any more.
    await writer.status;
    assertEquals(code, 1, stderr);
    assertMatch(stderr, why);
  }
});

oddTest("standard input is a file too", async ({ server }) => {
  const argv = ["infer", "-m", "preprocess_colors", "-u", server.httpAddress!, "--json"];
  const { code, stderr } = await watched([...argv, "--input", "INPUT=@/dev/stdin"], {
    stdin: "no picture",
  });
  // It was read and sent: the model doesn't like it.
  assertEquals(code, 1);
  assertMatch(stderr, /^error: (?!.*cannot read).*\n$/);
});

oddTest("outputs are whole or not there when the disk is full", async ({ server, folder }) => {
  const url = ["-u", server.httpAddress!];
  const runs: [argv: string[], file: string][] = [
    [["infer", "-m", "slow", "--input", "INPUT0=random", "--save", folder, ...url], "OUTPUT0.npy"],
    [classify(server, "-p", `${folder}/x.raw`, GOOD), "x.raw"],
    [
      ["perf_client", "-m", "slow", "--request-count", "1", "--json", `${folder}/r.json`, ...url],
      "r.json",
    ],
    [
      ["perf_client", "-m", "slow", "--request-count", "1", "-f", `${folder}/r.csv`, ...url],
      "r.csv",
    ],
  ];
  const deno = `'${Deno.execPath()}' run -q -P=program --config deno.json main.ts`;
  for (const [argv, file] of runs) {
    for (const before of [undefined, "as it was"]) {
      if (before !== undefined) await Deno.writeTextFile(`${folder}/${file}`, before);
      // No file may grow beyond nothing: what a full disk looks like to a program.
      const { code, stderr } = await new Deno.Command("bash", {
        args: [
          "-c",
          `trap '' XFSZ; ulimit -f 0; exec ${deno} ${argv.map((arg) => `'${arg}'`).join(" ")}`,
        ],
        cwd: pathOf(projectRoot),
        env: { DENO_NO_UPDATE_CHECK: "1" },
      }).output();
      const text = new TextDecoder().decode(stderr);
      assertEquals(code, 1, `${argv.join(" ")}: ${text}`);
      assertStringIncludes(text, "the file is too large for its disk");
      const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
      assertEquals(left, before === undefined ? [] : [file], argv.join(" "));
      if (before !== undefined) {
        assertEquals(await Deno.readTextFile(`${folder}/${file}`), before);
        await Deno.remove(`${folder}/${file}`);
      }
    }
  }
});
