import { assertEquals } from "@std/assert";
import { joinPath } from "./path.ts";

Deno.test("a file's path is written as its folder's", () => {
  const cases: [os: typeof Deno.build.os, folder: string, path: string][] = [
    ["linux", "photos", "photos/a.jpg"],
    ["linux", "photos//", "photos/a.jpg"],
    ["linux", "/", "/a.jpg"],
    ["linux", "odd\\", "odd\\/a.jpg"],
    ["windows", "photos", "photos\\a.jpg"],
    ["windows", "C:\\pics", "C:\\pics\\a.jpg"],
    ["windows", "C:\\pics\\", "C:\\pics\\a.jpg"],
    ["windows", "C:/pics", "C:/pics/a.jpg"],
    ["windows", "examples/images/", "examples/images/a.jpg"],
    ["windows", "\\\\server\\share/x", "\\\\server\\share/x\\a.jpg"],
    ["windows", "C:\\", "C:\\a.jpg"],
    ["windows", "C:", "C:a.jpg"],
    ["windows", ".", ".\\a.jpg"],
  ];
  for (const [os, folder, path] of cases) assertEquals(joinPath(folder, "a.jpg", os), path);
});
