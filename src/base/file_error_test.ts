import { assertEquals, assertStrictEquals } from "@std/assert";
import { InferenceError } from "./errors.ts";
import { fileError } from "./file_error.ts";

Deno.test("file errors are said in plain words", () => {
  const cases: [error: Error, os: typeof Deno.build.os, reason: string][] = [
    [new Deno.errors.NotFound("x"), "linux", "no such file or directory"],
    [new Deno.errors.PermissionDenied("x"), "linux", "permission denied"],
    [
      new Deno.errors.NotCapable(`Requires all access to "/dev/full", run again with --allow-all`),
      "linux",
      "it is a device or a file of the system, which this program doesn't read",
    ],
    [
      new Deno.errors.NotCapable(`Requires all access to "/dev/fd/63", run again with --allow-all`),
      "linux",
      "open files of the shell can't be read; use a named pipe, or /dev/stdin",
    ],
    [
      new Deno.errors.Busy("Device or resource busy (os error 24): readfile 'a'"),
      "linux",
      "too many files are open at the same time; raise the limit with ulimit -n",
    ],
    [new Error("Is a directory (os error 21): readfile 'a'"), "linux", "it is a directory"],
    [new Error("No space left on device (os error 28)"), "linux", "the disk is full"],
    [new Error("File name too long (os error 36): stat 'a'"), "linux", "the path is too long"],
    [new Error("File name too long (os error 63): stat 'a'"), "darwin", "the path is too long"],
    [
      new Error("Invalid function. (os error 1): readfile 'C:\\a'"),
      "windows",
      "it is not a file that can be read",
    ],
    [
      new Error("Invalid parameter. (os error 87): stat 'NUL'"),
      "windows",
      "it is a device, not a file",
    ],
    [
      new Error("Invalid name. (os error 123): readdir 'a?'"),
      "windows",
      "Windows doesn't allow such a name",
    ],
    [
      new Error("Sharing violation. (os error 32): open 'a'"),
      "windows",
      "another program has it open",
    ],
    [new Error("Path too long. (os error 206): stat 'a'"), "windows", "the path is too long"],
  ];
  for (const [error, os, reason] of cases) {
    const { code, message, cause } = fileError(error, `Cannot read "a"`, os);
    assertEquals([code, message], ["FILE", `Cannot read "a": ${reason}`]);
    assertStrictEquals(cause, error);
  }
});

Deno.test("what has no plain words keeps its own", () => {
  assertEquals(
    fileError(new Error("odd (os error 999)"), "Cannot read a").message,
    "Cannot read a: odd (os error 999)",
  );
  const known = new InferenceError("PROTOCOL", "as it was (os error 24)");
  assertStrictEquals(fileError(known, "Cannot read a"), known);
});
