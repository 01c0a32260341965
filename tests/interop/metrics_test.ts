import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BY_COUNT, runPerfJson } from "../perf_program.ts";
import { environment, interopTest } from "./fixture.ts";
import { makeRepository } from "./server/repository.ts";
import { freePorts, startTriton } from "./server/triton.ts";

interopTest(
  "perf_client looks at Triton's metrics: counters, waiting requests, processors",
  async () => {
    const repository = await Deno.makeTempDir();
    try {
      await makeRepository(repository, ["simple"]);
      const [port] = freePorts();
      const triton = await startTriton(environment(), {
        repository,
        args: [
          "--allow-metrics=true",
          "--allow-cpu-metrics=true",
          "--metrics-address=127.0.0.1",
          `--metrics-port=${port}`,
          "--metrics-interval-ms=100",
        ],
      });
      try {
        const url = `127.0.0.1:${port}/metrics`;
        const run = await runPerfJson([
          ...["-m", "simple", "-u", triton.http, "--api", "v2", "-t", "4", ...BY_COUNT],
          ...["--collect-metrics", "--metrics-url", url, "--metrics-interval", "20"],
          ...["--metrics-family", "nv_inference_request_success"],
        ]);
        assertEquals(run.code, 0, run.merged);
        const { metrics, server } = run.level.reported;
        const [page] = metrics!;
        assertEquals([page!.url, page!.failedCount], [url, 0]);
        const find = (name: string) => page!.series.find((series) => series.name === name);
        const success = find("nv_inference_request_success")!;
        assertEquals(success.labels, { model: "simple", version: "1" });
        // The page is looked at just outside of the server's own statistics.
        assert(success.increase! >= server!.requestCount - 8, `${success.increase}`);
        assert(success.increase! <= server!.requestCount + 8, `${success.increase}`);
        assert(find("nv_cpu_memory_total_bytes")!.maximum! > 1e6);
        assert(find("nv_cpu_utilization") !== undefined);
        assert(find("nv_inference_pending_request_count") !== undefined);
        assertStringIncludes(run.stdout, "    nv_cpu_utilization: avg ");
        assertStringIncludes(
          run.stdout,
          `    nv_inference_request_success{model="simple",version="1"}: increase ${success.increase}`,
        );
      } finally {
        await triton.stop();
      }
    } finally {
      await Deno.remove(repository, { recursive: true });
    }
  },
);
