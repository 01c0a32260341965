/**
 * A real browser without a network, driven over its own protocol: what a page shows, what its console
 * says, how it looks in dark, on a phone and on paper.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { removeFolder } from "./remove_folder.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];
const START_MS = 60_000;

/** The name of a browser that starts here; undefined when there is none. */
export function findBrowser(): string | undefined {
  if (Deno.build.os !== "linux") return undefined;
  return PROGRAMS.find((name) => {
    try {
      return new Deno.Command(name, { args: ["--version"], stderr: "null" }).outputSync().success;
    } catch {
      return false;
    }
  });
}

/** How a page is looked at. */
export interface Look {
  /** CSS pixels; default 1,280. */
  readonly width?: number;
  readonly dark?: boolean;
  /** As on paper; the page isn't told that it is printed. */
  readonly print?: boolean;
}

/** A picture of a page. */
export interface PictureOptions {
  /** CSS pixels from the top; default: all of the page. */
  readonly height?: number;
}

/** An open page. */
export interface BrowserPage extends AsyncDisposable {
  /** What the console, the policy and the network said. */
  readonly said: readonly string[];
  /** The value of an expression, as JSON carries it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Changes size and colours. */
  look(look: Look): Promise<void>;
  /** Presses a key, such as `ArrowRight`. */
  press(key: string): Promise<void>;
  /** A PNG. */
  picture(options?: PictureOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** A PDF of A4, as printing makes it. */
  print(): Promise<Uint8Array<ArrayBuffer>>;
}

/** A running browser. */
export interface Browser extends AsyncDisposable {
  /** Opens a file. */
  open(path: string, look?: Look): Promise<BrowserPage>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  // deno-lint-ignore no-explicit-any
  readonly params?: any;
  // deno-lint-ignore no-explicit-any
  readonly result?: any;
  readonly error?: { readonly message: string };
}

/** Calls of Chromium's DevTools protocol over one connection. */
class Connection {
  readonly #socket: WebSocket;
  readonly #calls = new Map<number, PromiseWithResolvers<Message["result"]>>();
  readonly #listeners = new Map<string, (message: Message) => void>();
  #last = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    socket.onclose = () => {
      for (const call of this.#calls.values()) call.reject(new Error("The browser has gone"));
    };
  }

  #take(message: Message): void {
    if (message.id === undefined) return this.#listeners.get(message.sessionId ?? "")?.(message);
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new Error(message.error.message));
  }

  listen(sessionId: string, take: (message: Message) => void): void {
    this.#listeners.set(sessionId, take);
  }

  call(method: string, params: object = {}, sessionId?: string): Promise<Message["result"]> {
    const id = ++this.#last;
    const call = Promise.withResolvers<Message["result"]>();
    this.#calls.set(id, call);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return call.promise;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.addEventListener("close", () => resolve(), { once: true });
    if (this.#socket.readyState === WebSocket.CLOSED) resolve();
    else this.#socket.close();
    await promise;
  }
}

/** Starts a browser that reaches nothing but files. */
export async function startBrowser(program: string): Promise<Browser> {
  const profile = await Deno.makeTempDir({ prefix: "trtis-browser-" });
  const child = new Deno.Command(program, {
    args: [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      ...["--no-first-run", "--hide-scrollbars", "--remote-debugging-port=0"],
      ...[
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--proxy-server=127.0.0.1:1",
      ],
      ...[`--user-data-dir=${profile}`, "about:blank"],
    ],
    ...{ stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();
  const address = Promise.withResolvers<string>();
  const timer = setTimeout(() => address.reject(new Error(`${program} doesn't start`)), START_MS);
  const read = (async () => {
    let text = "";
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      text = (text + part).slice(-20_000);
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found !== undefined) address.resolve(found);
    }
    address.reject(new Error(`${program} ended:\n${text}`));
  })();
  const end = async () => {
    clearTimeout(timer);
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await Promise.all([child.status, read]);
    await removeFolder(profile);
  };
  try {
    const socket = new WebSocket(await address.promise);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`Cannot speak with ${program}`));
    });
    clearTimeout(timer);
    const connection = new Connection(socket);
    return {
      open: (path, look) => openPage(connection, path, look),
      async [Symbol.asyncDispose]() {
        await connection.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function openPage(
  connection: Connection,
  path: string,
  look: Look = {},
): Promise<BrowserPage> {
  const { targetId } = await connection.call("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await connection.call("Target.attachToTarget", { targetId, flatten: true });
  const call = (method: string, params?: object) => connection.call(method, params, sessionId);
  const said: string[] = [];
  const loaded = Promise.withResolvers<void>();
  const url = pathToFileURL(path).href;
  connection.listen(sessionId, ({ method, params }) => {
    if (method === "Page.loadEventFired") loaded.resolve();
    else if (method === "Log.entryAdded") said.push(params.entry.text);
    else if (method === "Runtime.consoleAPICalled") said.push(JSON.stringify(params.args));
    else if (method === "Runtime.exceptionThrown") {
      said.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    } else if (method === "Network.requestWillBeSent" && params.request.url !== url) {
      said.push(`asked for ${params.request.url}`);
    }
  });
  for (const domain of ["Page", "Log", "Runtime", "Network"]) await call(`${domain}.enable`);
  const page = pageOf(call, said, async () => {
    await connection.call("Target.closeTarget", { targetId });
  });
  await page.look(look);
  await call("Page.navigate", { url });
  await loaded.promise;
  return page;
}

function pageOf(
  call: (method: string, params?: object) => Promise<Message["result"]>,
  said: readonly string[],
  close: () => Promise<void>,
): BrowserPage {
  let width = 1280;
  const resize = (height: number) =>
    call("Emulation.setDeviceMetricsOverride", {
      ...{ width, height, deviceScaleFactor: 1, mobile: width < 600 },
    });
  const bytes = ({ data }: { data: string }) => Uint8Array.fromBase64(data);
  const evaluate = async <T>(expression: string): Promise<T> => {
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await call("Runtime.evaluate", options);
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception.description);
    return result.value;
  };
  /** Two frames: what a resize asked for has been drawn by then. */
  const settle = () =>
    evaluate(
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))",
    );
  return {
    said,
    evaluate,
    async look(look) {
      width = look.width ?? 1280;
      const value = look.dark === true ? "dark" : "light";
      await call("Emulation.setEmulatedMedia", {
        media: look.print === true ? "print" : "",
        features: [{ name: "prefers-color-scheme", value }],
      });
      await resize(900);
      await settle();
    },
    async press(key) {
      await call("Input.dispatchKeyEvent", { type: "keyDown", key, code: key });
      await call("Input.dispatchKeyEvent", { type: "keyUp", key, code: key });
    },
    async picture({ height } = {}) {
      const all = height ?? await evaluate<number>("document.documentElement.scrollHeight");
      await resize(all);
      await settle();
      const clip = { x: 0, y: 0, width, height: all, scale: 1 };
      const picture = await call("Page.captureScreenshot", { format: "png", clip });
      await resize(900);
      return bytes(picture);
    },
    async print() {
      const paper = { paperWidth: 8.27, paperHeight: 11.69 };
      return bytes(await call("Page.printToPDF", { ...paper, printBackground: false }));
    },
    [Symbol.asyncDispose]: close,
  };
}
