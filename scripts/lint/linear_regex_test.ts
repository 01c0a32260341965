import { assertEquals } from "@std/assert";
import { slowness } from "./linear_regex.ts";

const SLOW = [
  /[ \t]*,[ \t]*/,
  /^([a-z]+):[ \t]*(.*?)[ \t]*$/,
  /"[^"\\]*(?:\\.[^"\\]*)*"|\bNaN\b/gs,
  /"(?:[^"\\]|\\.)*"|[[\]]/g,
  /\/+$/,
  /^(a+)+$/,
];
const LINEAR = [/^\d+$/, /[ \t]+/g, /\bNaN\b/g, /^([^:]*):(\d+)(?::(.*))?$/s, /-?\d[\d.eE+-]*/g];

Deno.test("expressions that backtrack are found, others are left alone", () => {
  for (const { source, flags } of SLOW) {
    assertEquals(typeof slowness(source, flags), "string", source);
  }
  for (const { source, flags } of LINEAR) assertEquals(slowness(source, flags), undefined, source);
});
