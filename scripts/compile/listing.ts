/**
 * What lies inside an executable, for people.
 *
 * @module
 */
import { packageOf } from "./packages.ts";
import { reachableFrom, type Stage } from "./stage.ts";

/** A name and its bytes. */
type Row = readonly [name: string, bytes: number, note: string];

/** Files by size with the commands that can come to load them, then the sums of the packages. */
export function listing(stage: Stage): string {
  const users = usersOf(stage);
  const files = stage.files.map(({ path, bytes }): Row => [
    path,
    bytes.length,
    describeUsers(users.get(path) ?? [], commandNames(stage)),
  ]);
  const sums = new Map<string, number>();
  for (const file of stage.files) {
    const rows = file.from
      ? [[`${file.from.name} ${file.from.version} (data)`, file.bytes.length] as const]
      : file.modules.map(({ name, bytes }) => [ownerOf(name), bytes] as const);
    for (const [name, bytes] of rows) sums.set(name, (sums.get(name) ?? 0) + bytes);
  }
  const total = stage.files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return `${table(files)}\n${table([...sums].map(([name, bytes]): Row => [name, bytes, ""]))}\n` +
    `${stage.files.length} files, ${total} bytes\n`;
}

function ownerOf(module: string): string {
  const owner = packageOf(module);
  if (owner) return `${owner.name} ${owner.version}`;
  return module.includes("/generated/") ? "trtis (generated messages)" : "trtis";
}

/** For each file the names of the commands that can come to load it. */
export function usersOf(stage: Stage): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const [module, path] of stage.commands) {
    for (const file of reachableWithout(stage, path)) {
      users.set(file, [...users.get(file) ?? [], commandName(module)]);
    }
  }
  return users;
}

/** Without what other commands load: every command needs the table of all commands. */
function reachableWithout(stage: Stage, path: string): Set<string> {
  const others = new Set([...stage.commands.values()].filter((other) => other !== path));
  const files = stage.files.map((file) => ({
    ...file,
    mayLoad: file.mayLoad.filter((next) => !others.has(next)),
  }));
  return new Set([...reachableFrom({ ...stage, files }, path), stage.main]);
}

function commandNames(stage: Stage): string[] {
  return [...stage.commands.keys()].map(commandName);
}

function commandName(module: string): string {
  return module.replace(/^.*\/|\.ts$/g, "");
}

function describeUsers(users: readonly string[], all: readonly string[]): string {
  const others = all.filter((name) => !users.includes(name));
  if (others.length === 0) return "every command";
  return others.length < users.length ? `all but ${others.join(" ")}` : users.join(" ");
}

function table(rows: readonly Row[]): string {
  const sorted = [...rows].sort((a, b) => b[1] - a[1]);
  const width = Math.max(...sorted.map(([, bytes]) => String(bytes).length));
  const left = Math.max(...sorted.map(([name]) => name.length));
  return sorted.map(([name, bytes, note]) =>
    `${String(bytes).padStart(width)}  ${name.padEnd(left)}  ${note}`.trimEnd() + "\n"
  ).join("");
}
