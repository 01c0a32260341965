/**
 * The program `trtis`; src/commands/program.ts says what it can do.
 *
 * @module
 */
import { program } from "./src/commands/program.ts";
import { start } from "./src/cli/start.ts";

if (import.meta.main) Deno.exit(await start(program, Deno.exit));
