/**
 * Texts taken apart in time that is proportional to their length, whoever wrote them. A regular
 * expression such as `[ \t]*,[ \t]*` takes the square of it.
 *
 * @module
 */

/** The text without the characters of `chars` at its end. */
export function withoutTrailing(text: string, chars: string): string {
  let end = text.length;
  while (end > 0 && chars.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** The text without spaces and tabs around it: HTTP's optional white space, and no other. */
export function trimBlanks(text: string): string {
  let start = 0;
  while (text[start] === " " || text[start] === "\t") start++;
  return withoutTrailing(text.slice(start), " \t");
}

/** The members of a list with commas, as HTTP's headers have them. */
export function listMembers(text: string): string[] {
  return text.split(",").map(trimBlanks);
}

/** Whether the text fits a pattern where `*` stands for any characters and `?` for one. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [have, want] = [Array.from(text), Array.from(pattern)];
  let at = 0;
  let wanted = 0;
  // Where the last star stands, and how far it reaches: only the last one ever has to reach further.
  let star = -1;
  let reach = 0;
  while (at < have.length) {
    if (want[wanted] === "*") {
      star = wanted++;
      reach = at;
    } else if (wanted < want.length && (want[wanted] === "?" || want[wanted] === have[at])) {
      wanted++;
      at++;
    } else if (star >= 0) {
      wanted = star + 1;
      at = ++reach;
    } else return false;
  }
  while (want[wanted] === "*") wanted++;
  return wanted === want.length;
}

/**
 * Replaces what stands outside of a JSON text's strings.
 *
 * @param outside gets what stands between two strings
 * @param string gets a string with its quotes; one that isn't closed goes to the end of the text
 */
export function replaceInJson(
  text: string,
  outside: (part: string) => string,
  string?: (part: string) => string,
): string {
  let replaced = "";
  /** Where what isn't in `replaced` yet begins: most stays as it is. */
  let from = 0;
  const put = (start: number, end: number, by: (part: string) => string) => {
    if (start === end) return;
    const part = text.slice(start, end);
    const other = by(part);
    if (other === part) return;
    replaced += text.slice(from, start) + other;
    from = end;
  };
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const start = quote < 0 ? text.length : quote;
    put(at, start, outside);
    at = stringEnd(text, start);
    if (string !== undefined) put(start, Math.min(at, text.length), string);
  }
  return from === 0 ? text : replaced + text.slice(from);
}

/** Where the JSON string that begins at `start` is over. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
