import { assert, assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { MAX_LABELS, parseExposition, seriesKey } from "./exposition.ts";

Deno.test("exposition: types, help, labels, escapes, blanks, time stamps", () => {
  const text = [
    "# HELP a Says \\\\ and \\n and \\q",
    "# TYPE a counter",
    'a{x="1",y="q\\"b\\\\n\\n",} 3 1700000000000',
    ' a \t{ x = "2" , } 4 -5  ',
    "a 1e3",
    "",
    "# a comment, TYPE and all",
    "#",
    "b:c_9 .5",
    'b:c_9{z=""} -0',
    'b:c_9{z="a,b}c=d"} 7.',
    "",
  ].join("\n");
  assertEquals(parseExposition(text), [
    {
      name: "a",
      type: "counter",
      help: "Says \\ and \n and \\q",
      samples: [
        {
          name: "a",
          labels: [["x", "1"], ["y", 'q"b\\n\n']],
          value: 3,
          timestampMs: 1700000000000,
        },
        { name: "a", labels: [["x", "2"]], value: 4, timestampMs: -5 },
        { name: "a", labels: [], value: 1000 },
      ],
    },
    {
      name: "b:c_9",
      type: "untyped",
      help: "",
      samples: [
        { name: "b:c_9", labels: [], value: 0.5 },
        { name: "b:c_9", labels: [["z", ""]], value: -0 },
        { name: "b:c_9", labels: [["z", "a,b}c=d"]], value: 7 },
      ],
    },
  ]);
});

Deno.test("exposition: values that aren't finite", () => {
  const [{ samples } = { samples: [] }] = parseExposition(
    'x{a="1"} NaN\nx{a="2"} +Inf\nx{a="3"} -Inf\nx{a="4"} inf\nx{a="5"} Infinity\nx{a="6"} 1e999\n',
  );
  assertEquals(samples.map(({ value }) => value), [
    ...[NaN, Infinity, -Infinity, Infinity, Infinity, Infinity],
  ]);
});

Deno.test("exposition: labelled histograms and summaries stay apart", () => {
  const text = [
    "# TYPE h histogram",
    ...["a", "b"].flatMap((m, i) => [
      `h_bucket{m="${m}",le="1"} ${i + 1}`,
      `h_bucket{m="${m}",le="+Inf"} ${i + 2}`,
      `h_sum{m="${m}"} ${i + 3}`,
      `h_count{m="${m}"} ${i + 2}`,
    ]),
    "# TYPE s summary",
    ...["a", "b"].flatMap((m, i) => [
      `s{m="${m}",quantile="0.5"} ${i}`,
      `s_sum{m="${m}"} ${i + 5}`,
      `s_count{m="${m}"} ${i + 6}`,
    ]),
    "# TYPE g gauge",
    "g_sum 1",
    "",
  ].join("\n");
  const families = parseExposition(text);
  assertEquals(families.map(({ name, type, samples }) => [name, type, samples.length]), [
    ["h", "histogram", 8],
    ["s", "summary", 6],
    ["g", "gauge", 0],
    ["g_sum", "untyped", 1],
  ]);
  assertEquals(
    families[1]!.samples.map(({ name, labels, value }) => `${seriesKey(name, labels)} ${value}`),
    [
      's{m="a",quantile="0.5"} 0',
      's_sum{m="a"} 5',
      's_count{m="a"} 6',
      's{m="b",quantile="0.5"} 1',
      's_sum{m="b"} 6',
      's_count{m="b"} 7',
    ],
  );
});

Deno.test("exposition: an empty page has no families", () => {
  assertEquals(parseExposition(""), []);
});

for (
  const [what, text, message] of [
    ["no end", "x 1", "cut short"],
    ["HTML", "<html>\n", 'line 1: "<html>" does not begin with'],
    ["JSON", '{"a": 1}\n', "line 1: "],
    ["no value", "x\n", 'line 1: "" is not a value of x'],
    ["a word as value", "a 1\nx abc\n", 'line 2: "abc" is not a value of x'],
    ["a hexadecimal value", "x 0x10\n", "is not a value"],
    ["two points", "x 1.2.3\n", "is not a value"],
    ["a lone point", "x .\n", "is not a value"],
    ["two signs", "x +-5\n", "is not a value"],
    ["text behind", "x 1 2 3\n", "bad text after the value"],
    ["a bad time", "x 1 now\n", "bad text after the value"],
    ["carriage returns", "x 1\r\n", "is not a value"],
    ["labels without end", 'x{a="1" 5\n', "in the labels of x"],
    ["labels cut short", 'x{a="1\n', "no end in the labels"],
    ["a bad escape", 'x{a="\\q"} 1\n', "bad escape"],
    ["no quotes", "x{a=1} 1\n", "not in quotes"],
    ["no equals sign", 'x{a "1"} 1\n', '"=" is missing'],
    ["no comma", 'x{a="1"b="2"} 1\n', '"," or "}" is missing'],
    ["two commas", 'x{a="1",,b="2"} 1\n', "no name"],
    ["a label's name with a colon", 'x{a:b="1"} 1\n', "no name"],
    ["a label twice", 'x{a="1",a="2"} 3\n', "a is there twice"],
    ["a series twice", 'x{a="1",b="2"} 3\nx{b="2",a="1"} 4\n', "is there twice"],
    ["an unknown type", "# TYPE x meter\n", '"meter" is not a metric\'s type'],
    ["no type", "# TYPE x\n", "is not a metric's type"],
    ["a type's bad name", "# TYPE 1x counter\n", "is not a metric's name"],
    ["a type twice", "# TYPE x counter\n# TYPE x counter\n", "a second TYPE of x"],
    ["a help twice", "# HELP x a\n# HELP x b\n", "a second HELP of x"],
    ["a type too late", "x 1\n# TYPE x counter\n", "comes after its samples"],
    ["a name that begins with a digit", "1x 1\n", "does not begin"],
  ]
) {
  Deno.test(`exposition: refuses ${what}`, () => {
    const error = assertThrows(() => parseExposition(text!), InferenceError, message);
    assertEquals(error.code, "PROTOCOL");
  });
}

Deno.test("exposition: too many labels, and long garbage is cut in the message", () => {
  const labels = Array.from({ length: MAX_LABELS + 1 }, (_, i) => `l${i}="1"`).join(",");
  assertThrows(() => parseExposition(`x{${labels}} 1\n`), InferenceError, "more than 64");
  const error = assertThrows(() => parseExposition(`${"?".repeat(1e5)}\n`), InferenceError);
  assert(error.message.length < 200);
});

Deno.test("seriesKey is the same in any order of the labels", () => {
  assertEquals(seriesKey("x", [["b", "2"], ["a", '"']]), seriesKey("x", [["a", '"'], ["b", "2"]]));
});
