/**
 * The program `trtis`; src/cli/commands.ts says what it can do.
 *
 * @module
 */
import { program } from "./src/cli/commands.ts";
import { start } from "./src/cli/start.ts";

if (import.meta.main) Deno.exit(await start(program, Deno.exit));
