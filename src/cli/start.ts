/**
 * Puts the program together: console, signals, clock, table of commands.
 *
 * @module
 */
import { systemClock } from "../base/clock.ts";
import { VERSION } from "./build_info.ts";
import { dispatch } from "./dispatch.ts";
import type { Program } from "./entry.ts";
import { commandOfName, nameCalledBy } from "./invoked.ts";
import { giveUpPermissions, wantsSharedMemory } from "./permissions.ts";
import { watchSignals } from "./signals.ts";
import { createTerminal, readEnv, systemConsole } from "./terminal.ts";

/**
 * Runs a program on this machine.
 *
 * @param exit ends the process at once; called on the second signal only
 * @returns the exit code
 */
export async function start(program: Program, exit: (code: number) => void): Promise<number> {
  if (!wantsSharedMemory(Deno.args)) giveUpPermissions();
  const { os, standalone } = Deno.build;
  const { addSignalListener, removeSignalListener } = Deno;
  const platform = { os, addSignalListener, removeSignalListener, exit };
  const { signal, outputClosed } = watchSignals(platform);
  const terminal = createTerminal(systemConsole(), outputClosed);
  // Under `deno run` the name is Deno's own.
  const linked = standalone ? commandOfName(await nameCalledBy(), program.entries) : undefined;
  const argv = linked === undefined ? Deno.args : [linked, ...Deno.args];
  const debug = readEnv("TRTIS_DEBUG") === "1";
  const context = {
    terminal,
    clock: systemClock,
    signal,
    os,
    version: VERSION,
    giveUpPermissions: () => giveUpPermissions(),
  };
  return await dispatch(argv, context, program, { debug });
}
