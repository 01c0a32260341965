/**
 * A lint rule for src/: a regular expression takes time in proportion to the text it reads. Texts come
 * from servers, clients and files, and an expression that backtracks gives whoever wrote them our time:
 * `/[ \t]*,/` takes 8 s for 80 KB of spaces.
 *
 * @module
 */
import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import { analyse } from "scslre";

const HINT = "Anchor it, make what follows a repetition differ from what it repeats, or scan by " +
  "hand (src/base/text.ts)";

/** What is wrong with an expression; undefined when nothing is. */
export function slowness(source: string, flags: string): string | undefined {
  const [report] = analyse({ source, flags }, { maxReports: 1 }).reports;
  if (report !== undefined) {
    return `it can take ${report.exponential ? "exponential" : "quadratic"} time`;
  }
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: /[uv]/.test(flags),
    unicodeSets: flags.includes("v"),
  });
  return flags.includes("y") || pattern.alternatives.every(searchesOnce)
    ? undefined
    : "the search can begin at every place, and read far from each of them";
}

/** Whether it is tried at one place only, or never has to give up after a repetition without end. */
function searchesOnce(alternative: AST.Alternative): boolean {
  const [first] = alternative.elements;
  if (first?.type === "Assertion" && first.kind === "start") return true;
  let endless = false;
  visitRegExpAST(alternative, {
    onQuantifierEnter(node) {
      endless ||= node.max === Infinity && !isLast(node, alternative);
    },
  });
  return !endless;
}

function isLast(node: AST.Node, top: AST.Alternative): boolean {
  for (let at: AST.Node | null = node; at !== null && at !== top; at = at.parent) {
    const { parent } = at as AST.Node;
    if (parent?.type === "Alternative" && parent.elements.at(-1) !== at) return false;
    if (parent?.type === "Assertion" || parent?.type === "Quantifier") return false;
  }
  return true;
}

const plugin: Deno.lint.Plugin = {
  name: "trtis",
  rules: {
    "linear-regex": {
      create(context) {
        const isOurs = /[\\/]src[\\/]/.test(context.filename) &&
          !/_test\.ts$|[\\/]testing[\\/]/.test(context.filename);
        return {
          Literal(node) {
            const text = context.sourceCode.getText(node);
            if (!isOurs || text[0] !== "/") return;
            const end = text.lastIndexOf("/");
            const why = slowness(text.slice(1, end), text.slice(end + 1));
            if (why === undefined) return;
            context.report({ node, message: `This expression backtracks: ${why}`, hint: HINT });
          },
          'NewExpression[callee.name="RegExp"]'(node) {
            if (!isOurs) return;
            const message = "An expression that is put together at run time can't be checked";
            context.report({ node, message, hint: HINT });
          },
        };
      },
    },
  },
};

export default plugin;
