import { assertEquals } from "@std/assert";
import { LeftStreams } from "./left_streams.ts";

Deno.test("late octets are allowed up to the stream's window, and none of another stream", () => {
  const left = new LeftStreams();
  left.add(1, 100);
  assertEquals(left.receive(3, 10, false), false);
  assertEquals(left.receive(1, 60, false), true);
  assertEquals(left.receive(1, 0, false), false, "empty frames mean nothing");
  assertEquals(left.receive(1, 40, false), true);
  assertEquals(left.receive(1, 1, false), false, "beyond the window");
});

Deno.test("a stream that ends is forgotten, and the oldest of very many", () => {
  const left = new LeftStreams();
  left.add(1, 100);
  assertEquals(left.receive(1, 10, true), true);
  assertEquals(left.receive(1, 10, false), false);
  for (let id = 3; id < 3 + 2 * 1001; id += 2) left.add(id, 100);
  assertEquals(left.receive(3, 1, false), false);
  assertEquals(left.receive(5, 1, false), true);
});
