/**
 * Every command against MLServer and KServe's ModelServer, which lack Triton's extensions.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCommand } from "../run_command.ts";
import { hasTriton } from "./fixture.ts";
import type { OtherServer } from "./server/environment.ts";
import { startOther } from "./server/other.ts";

const VALUES = "[1,2.5,-3,4]";

/** Runs a command that must go well; what it printed. */
async function good(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(argv);
  assertEquals(code, 0, `${argv.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

for (const server of ["mlserver", "kserve"] as const satisfies OtherServer[]) {
  Deno.test({
    name: `interop: ${server} over HTTP and gRPC`,
    ignore: !hasTriton,
    async fn(t) {
      await using running = await startOther(server);
      for (const wire of ["http", "grpc"] as const) {
        const at = ["-i", wire, "-u", running[wire]];
        await t.step(`${wire}: health and status`, async () => {
          assertStringIncludes(await good("health", "echo", ...at), "model echo ready: true");
          await good("status", ...at);
          await good("status", "echo", ...at);
        });
        await t.step(`${wire}: infer, the shape with and without its first dimension`, async () => {
          for (const shape of [[], ["--shape", "x:4"], ["--shape", "x:1,4"]]) {
            const flags = ["-m", "echo", "--input", `x=${VALUES}`, "--json", ...shape];
            const answer = JSON.parse(await good("infer", ...flags, ...at));
            assertEquals(answer.outputs[0].data.flat(), [1, 2.5, -3, 4], shape.join(" "));
          }
        });
        await t.step(`${wire}: infer with a model that declares nothing`, async () => {
          const input = `x:FP32[1,4]=${VALUES}`;
          const flags = ["-m", "bare", "--input", input, "--json"];
          const answer = JSON.parse(await good("infer", ...flags, ...at));
          assertEquals(answer.outputs[0].data.flat(), [1, 2.5, -3, 4]);
        });
        await t.step(`${wire}: perf_client`, async () => {
          for (const model of ["echo", "bare"]) {
            const declared = ["--shape", "x:1,4", "--datatype", "x:FP32"];
            const flags = ["-m", model, "--request-count", "50", "-t", "2", ...declared];
            await good("perf_client", ...flags, ...at);
          }
        });
        await t.step(`${wire}: the repository index, where there is one`, async () => {
          const { code, stdout, stderr } = await runCommand(["models", ...at]);
          if (server === "mlserver") assertStringIncludes(stdout, "echo");
          else assertStringIncludes(stderr, "has no repository index");
          assertEquals(code, server === "mlserver" ? 0 : 1);
        });
      }
    },
  });
}
