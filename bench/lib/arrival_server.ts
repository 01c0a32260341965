/**
 * The embedded server with a model, "recorder", that takes note of when requests come. Says its address on
 * the first line; "take" on standard input brings a line with the moments since the last one, and the end
 * of it ends the program.
 *
 * @module
 */
import { startServer } from "../../src/server/server.ts";

let times: number[] = [];
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
        batch.map(() => {
          times.push(performance.now());
          return [{ name: "OUT", shape: [1], data: new Uint8Array(4) }];
        }),
    }),
  }],
});
console.log(JSON.stringify(server.httpAddress));
for await (const _ of Deno.stdin.readable) {
  const taken = times;
  times = [];
  console.log(JSON.stringify(taken));
}
await server.close();
