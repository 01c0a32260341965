/**
 * Paths of files in folders that the user named.
 *
 * @module
 */

/**
 * The path of a file in a folder, with one separator between them: the one that the folder's own path
 * uses, and the system's where it has none.
 *
 * @param os the system; for tests
 */
export function joinPath(folder: string, name: string, os = Deno.build.os): string {
  if (os !== "windows") return `${trimEnd(folder, "/")}/${name}`;
  // "C:" is the current folder of that drive, "C:\" its root.
  if (/^[A-Za-z]:$/.test(folder)) return folder + name;
  return trimEnd(folder, "\\/") + separatorOf(folder, os) + name;
}

/** The separator that a path is written with. */
export function separatorOf(path: string, os = Deno.build.os): "/" | "\\" {
  if (os !== "windows") return "/";
  return path.includes("/") && !path.includes("\\") ? "/" : "\\";
}

function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
