/**
 * Writes the manual page, from the tables of flags.
 *
 *     deno task man [FILE]
 *
 * @module
 */
import { program } from "../src/commands/program.ts";
import { VERSION } from "../src/cli/build_info.ts";
import { manPage } from "../src/cli/man.ts";

const [file = "dist/trtis.1"] = Deno.args;
const modules = await Promise.all(program.entries.map((entry) => entry.load()));
await Deno.mkdir(file.replace(/[^/\\]*$/, "") || ".", { recursive: true });
await Deno.writeTextFile(file, manPage(program, modules.map(({ command }) => command), VERSION));
console.log(file);
