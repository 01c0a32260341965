/** Shares memory with the server at the given address, prints its name and waits to be killed. */
import { InferenceClient } from "../../mod.ts";

const client = await InferenceClient.connect({ url: Deno.args[0]!, api: "v2" });
const memory = await client.shareMemory(4096);
console.log(memory.name);
await new Response(Deno.stdin.readable).bytes();
