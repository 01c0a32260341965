/**
 * The embedded server with a model, "recorder", that takes note of when requests come. Says its address on
 * the first line; "take" on standard input brings a line with what came since the last one, pairs of a moment
 * and the number that the request held, and the end of it ends the program.
 *
 * @module
 */
import { int32Of } from "../../src/server/models/instance.ts";
import { startServer } from "../../src/server/server.ts";

let arrivals: [at: number, value: number][] = [];
const server = await startServer({
  httpPort: 0,
  grpcPort: false,
  models: [{
    config: {
      name: "recorder",
      platform: "custom",
      maxBatchSize: 0,
      input: [{ name: "IN", dataType: "TYPE_INT32", dims: [1n] }],
      output: [{ name: "OUT", dataType: "TYPE_INT32", dims: [1n] }],
    },
    createInstance: () => ({
      execute: (batch) =>
        batch.map(({ inputs }) => {
          arrivals.push([performance.now(), int32Of(inputs[0]!.data)[0]!]);
          return [{ name: "OUT", shape: [1], data: new Uint8Array(4) }];
        }),
    }),
  }],
});
console.log(JSON.stringify(server.httpAddress));
for await (const _ of Deno.stdin.readable) {
  const taken = arrivals;
  arrivals = [];
  console.log(JSON.stringify(taken));
}
await server.close();
