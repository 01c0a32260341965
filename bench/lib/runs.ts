/**
 * Short runs of the real program against the double in `random_server.ts`, each in processes of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { PerfResult } from "../../src/perf/types.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The double, started. */
export interface Double {
  readonly addresses: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts it. */
export async function startDouble(): Promise<Double> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path("random_server.ts")],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) text += (await reader.read()).value ?? "";
  return {
    addresses: JSON.parse(text),
    async close() {
      await reader.cancel();
      child.kill();
      await child.status;
    },
  };
}

/** Runs `trtis ARGS`. */
export async function trtis(args: readonly string[]): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path("../../main.ts"), ...args],
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (code === 1 || code === 2) throw new Error(new TextDecoder().decode(stderr));
  return { code, text };
}

/** Measures the double. */
export async function measured(url: string, args: readonly string[]): Promise<PerfResult> {
  const fixed = ["perf_client", "-m", "simple", "-u", url, "--api", "v2", "--unstable-ok"];
  return JSON.parse((await trtis([...fixed, ...args, "--json", "-"])).text);
}
