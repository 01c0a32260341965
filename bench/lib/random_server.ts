/**
 * A test double of a v2 server whose answers take times of a known distribution. It measures itself how
 * long each one took, from the moment it had the request until it handed the answer on. Every port has
 * a distribution of its own; `/truth` gives its times in milliseconds so far and forgets them.
 *
 * @module
 */

/** Milliseconds that an answer takes. */
export const DISTRIBUTIONS: Readonly<Record<string, () => number>> = {
  exponential: () => -Math.log(1 - Math.random()) * 20,
  base: () => 8 + 4 * Math.random(),
  "5 % slower": () => (8 + 4 * Math.random()) * 1.05,
  "20 % slower": () => (8 + 4 * Math.random()) * 1.2,
};

const shape = [16];
const tensor = (name: string) => ({ name, datatype: "INT32", shape: [-1, ...shape] });
const METADATA = {
  name: "simple",
  versions: ["1"],
  platform: "double",
  inputs: [tensor("INPUT0")],
  outputs: [tensor("OUTPUT0")],
};
const CONFIG = {
  name: "simple",
  platform: "double",
  max_batch_size: 8,
  input: [{ name: "INPUT0", data_type: "TYPE_INT32", dims: shape }],
  output: [{ name: "OUTPUT0", data_type: "TYPE_INT32", dims: shape }],
};
const ANSWER = JSON.stringify({
  model_name: "simple",
  model_version: "1",
  outputs: [{
    name: "OUTPUT0",
    datatype: "INT32",
    shape: [1, ...shape],
    data: new Array(16).fill(0),
  }],
});
const PAGES: Readonly<Record<string, unknown>> = {
  "/v2": { name: "double", version: "1", extensions: [] },
  "/v2/models/simple": METADATA,
  "/v2/models/simple/config": CONFIG,
};
const HEADERS = { "content-type": "application/json" };

function serve(draw: () => number): string {
  let times: number[] = [];
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/infer")) {
      await request.arrayBuffer();
      const begin = performance.now();
      await new Promise((resolve) => setTimeout(resolve, draw()));
      times.push(performance.now() - begin);
      return new Response(ANSWER, { headers: HEADERS });
    }
    if (pathname === "/truth") {
      const taken = times;
      times = [];
      return Response.json(taken);
    }
    if (pathname.startsWith("/v2/health") || pathname.endsWith("/ready")) return new Response();
    const page = PAGES[pathname];
    return page === undefined
      ? Response.json({ error: "none" }, { status: 404 })
      : Response.json(page);
  };
  const { addr } = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  return `127.0.0.1:${addr.port}`;
}

if (import.meta.main) {
  const addresses = Object.entries(DISTRIBUTIONS).map(([name, draw]) => [name, serve(draw)]);
  console.log(JSON.stringify(Object.fromEntries(addresses)));
}
