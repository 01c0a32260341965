import { assertEquals } from "@std/assert";
import { parseNpyHeader } from "./npy_header.ts";

const header = (shape: string) =>
  `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }          \n`;

Deno.test("headers as NumPy writes them", () => {
  const descr = "<f4";
  for (
    const [text, shape] of [["()", []], ["(3,)", [3]], ["(3, 4)", [3, 4]], ["(3L, 4L)", [3, 4]]]
  ) {
    assertEquals(parseNpyHeader(header(text as string)), {
      descr,
      columnMajor: false,
      shape: shape as number[],
    });
  }
  assertEquals(
    parseNpyHeader(`{"shape":(2,),"fortran_order":True,"descr":"|S5"}`),
    { descr: "|S5", columnMajor: true, shape: [2] },
  );
});

Deno.test("what NumPy refuses is refused", () => {
  const shapes = ["(8 3)", `(${"9".repeat(50)},)`, "(,)", "(3,,4)", "(-1,)", "[3]", "(3", "((3,))"];
  const others = [
    "",
    "{}",
    header("(3,)") + "{",
    header("(3,)").replace("{", "{'descr': '<f4', "),
    header("(3,)").replace("False", "0"),
    header("(3,)").replace("'<f4'", "[('x', '<f4')]"),
    header("(3,)").replace("', '", "' '"),
  ];
  for (const text of [...shapes.map(header), ...others]) {
    assertEquals(parseNpyHeader(text), undefined, text);
  }
});
