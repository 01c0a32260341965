import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { type Console, createTerminal, type OutputStream } from "./terminal.ts";

/** A stream that takes at most `most` bytes at once; `fail` may throw instead of a write. */
class FakeStream implements OutputStream {
  readonly bytes: number[] = [];
  writes = 0;

  constructor(
    readonly terminal = false,
    readonly most = Infinity,
    readonly fail: (write: number) => void = () => {},
  ) {}

  writeSync(bytes: Uint8Array): number {
    this.fail(this.writes++);
    const taken = bytes.subarray(0, this.most);
    this.bytes.push(...taken);
    return taken.length;
  }

  isTerminal() {
    return this.terminal;
  }

  text() {
    return new TextDecoder().decode(Uint8Array.from(this.bytes));
  }
}

function fakeConsole(parts: Partial<Console> = {}): Console & { waits: number[] } {
  const waits: number[] = [];
  return {
    stdout: new FakeStream(),
    stderr: new FakeStream(),
    noColor: false,
    env: () => undefined,
    consoleSize: () => ({ columns: 120 }),
    waitSync: (ms) => waits.push(ms),
    ...parts,
    waits,
  };
}

Deno.test("terminal: text goes to its stream whole, however little the system takes", () => {
  const stdout = new FakeStream(false, 3);
  const stderr = new FakeStream(false, 1);
  const terminal = createTerminal(fakeConsole({ stdout, stderr }), () => {});
  terminal.out("grüße\n");
  terminal.out("");
  terminal.err("x😀");
  assertEquals(stdout.text(), "grüße\n");
  assertEquals(stderr.text(), "x😀");
});

Deno.test("terminal: a full pipe is waited for", () => {
  const stdout = new FakeStream(false, 4, (write) => {
    if (write === 1 || write === 2) throw new Deno.errors.WouldBlock("full");
  });
  const console = fakeConsole({ stdout });
  createTerminal(console, () => {}).out("12345678");
  assertEquals(stdout.text(), "12345678");
  assertEquals(console.waits.length, 2);
});

Deno.test("terminal: a closed reader is told once and not written to again", () => {
  const stdout = new FakeStream(false, Infinity, (write) => {
    if (write === 1) throw new Deno.errors.BrokenPipe("gone");
  });
  let closed = 0;
  const terminal = createTerminal(fakeConsole({ stdout }), () => closed++);
  terminal.out("a");
  assertEquals(closed, 0);
  terminal.out("b");
  terminal.out("c");
  assertEquals([closed, stdout.text(), stdout.writes], [1, "a", 2]);
});

Deno.test("terminal: a full disk is an error of standard output only", () => {
  const fail = () => {
    throw new Error("No space left on device");
  };
  const streams = {
    stdout: new FakeStream(false, 1, fail),
    stderr: new FakeStream(false, 1, fail),
  };
  const terminal = createTerminal(fakeConsole(streams), () => {});
  const error = assertThrows(() => terminal.out("x"), InferenceError);
  assertEquals(error.code, "FILE");
  assertStringIncludes(error.message, "Cannot write to standard output: No space left");
  terminal.err("x");
});

Deno.test("terminal: colours need a terminal that wants them", () => {
  const cases: [out: boolean, noColor: boolean, term: string | undefined, color: boolean][] = [
    [true, false, "xterm", true],
    [true, false, undefined, true],
    [true, true, "xterm", false],
    [true, false, "dumb", false],
    [false, false, "xterm", false],
  ];
  for (const [isTerminal, noColor, term, color] of cases) {
    const terminal = createTerminal(
      fakeConsole({
        stdout: new FakeStream(isTerminal),
        stderr: new FakeStream(!isTerminal),
        noColor,
        env: (name) => name === "TERM" ? term : undefined,
      }),
      () => {},
    );
    assertEquals(terminal.outIsTerminal, isTerminal);
    assertEquals(terminal.errIsTerminal, !isTerminal);
    assertEquals(terminal.color, color);
    assertEquals(terminal.errColor, !isTerminal && !noColor && term !== "dumb");
    assertEquals([terminal.canRedraw, terminal.isDumb], [!isTerminal, term === "dumb"]);
  }
});

Deno.test("terminal: the width is 80 when it can't be known", () => {
  const columns = (consoleSize: () => { columns: number }) =>
    createTerminal(fakeConsole({ consoleSize }), () => {}).columns();
  assertEquals(columns(() => ({ columns: 132 })), 132);
  assertEquals(columns(() => ({ columns: 0 })), 80);
  assert(
    columns(() => {
      throw new Error("not a terminal");
    }) === 80,
  );
});

Deno.test("terminal: foreign text steers no terminal, data in a pipe stay as they are", () => {
  const foreign = "model \x1b]0;x\x07 \x9b2J\r\n";
  const shown = "model \\u001b]0;x\\u0007 \\u009b2J\\u000d\n";
  for (const isTerminal of [true, false]) {
    const streams = { stdout: new FakeStream(isTerminal), stderr: new FakeStream(isTerminal) };
    const terminal = createTerminal(fakeConsole(streams), () => {});
    terminal.out(foreign);
    terminal.out(new TextEncoder().encode(foreign));
    terminal.err(foreign);
    terminal.out("\x1b[1mUsage\x1b[0m", "own");
    const out = isTerminal ? shown : foreign;
    assertEquals(streams.stdout.text(), `${out}${out}\x1b[1mUsage\x1b[0m`);
    assertEquals(streams.stderr.text(), shown);
  }
});
