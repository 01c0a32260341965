/**
 * `await using` as `try` and `finally`: not every engine that the bundle is to run on knows it (Node
 * before 24), and a script with syntax that an engine does not know can't even be loaded.
 *
 * @module
 */

const DECLARATION = /^( *)(await )?using (\w+) = /;

/**
 * Rewrites the declarations in code that is printed as the bundler prints it: a block's closing brace
 * begins a line, and is indented by two blanks less than the block. When both the block and the disposal fail, the disposal's error is
 * what is thrown.
 *
 * @throws {SyntaxError} for a declaration outside of a block
 */
export function lowerUsing(code: string): string {
  const lines = code.split("\n");
  // From the last to the first, so that what was opened last is closed first.
  for (let at = lines.length - 1; at >= 0; at--) {
    const match = DECLARATION.exec(lines[at]);
    if (!match) continue;
    const [text, indent, wait = "", name] = match;
    const end = lines.findIndex((line, i) => i >= at && line.endsWith(";") && isAt(line, indent));
    const close = lines.findIndex((line, i) => i > end && isClosing(line, indent));
    if (end < 0 || close < 0) throw new SyntaxError(`cannot rewrite: ${lines[at].trim()}`);
    const dispose = wait === "" ? "dispose" : "asyncDispose";
    lines[at] = `${indent}const ${name} = ${lines[at].slice(text.length)}`;
    lines.splice(
      close,
      0,
      `${indent}} finally {`,
      `${indent}  ${wait}${name}[Symbol.${dispose}]();`,
      `${indent}}`,
    );
    lines.splice(end + 1, 0, `${indent}try {`);
  }
  return lines.join("\n");
}

/** Whether a line is no deeper than so. */
function isAt(line: string, indent: string): boolean {
  return line.startsWith(indent) && !line.startsWith(`${indent} `);
}

/** Whether a line closes the block whose lines are indented so. */
function isClosing(line: string, indent: string): boolean {
  return indent.length >= 2 && line.startsWith(`${indent.slice(2)}}`);
}
