import { assertEquals } from "@std/assert";
import { recordsOf } from "./records.ts";

Deno.test("records are the same however little of the file is read at a time", async () => {
  const path = await Deno.makeTempFile();
  try {
    const rows = ["name,label", '"a\n""b""",é', "", "c,日本", "d\r"];
    await Deno.writeTextFile(path, rows.join("\n") + "\nnot whole");
    const read = async (pieceBytes?: number) => {
      const found: [text: string, end: number][] = [];
      for await (const { text, end } of recordsOf(path, "Cannot read", true, pieceBytes)) {
        found.push([text, end]);
      }
      return found;
    };
    const whole = await read();
    assertEquals(whole.map(([text]) => text), ["name,label", '"a\n""b""",é', "", "c,日本", "d"]);
    for (let bytes = 1; bytes < 50; bytes++) assertEquals(await read(bytes), whole, `${bytes}`);
  } finally {
    await Deno.remove(path);
  }
});
