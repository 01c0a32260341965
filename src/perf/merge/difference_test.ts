import { assertEquals } from "@std/assert";
import { settingsDifference } from "./difference.ts";

Deno.test("settings that differ are named down to their values, whatever their order", () => {
  const settings = { a: 1, schedule: { levels: [{ rate: 200, kind: "x" }] }, list: [1, 2] };
  const same = { list: [1, 2], schedule: { levels: [{ kind: "x", rate: 200 }] }, a: 1 };
  assertEquals(settingsDifference(settings, same), undefined);
  const other = { ...same, schedule: { levels: [{ kind: "x", rate: 300 }] }, b: "new" };
  assertEquals(
    settingsDifference(settings, other),
    'with other schedule.levels[0].rate (200 and 300), b (none and "new")',
  );
  assertEquals(
    settingsDifference(settings, { ...settings, list: [1] }),
    "with other list ([1,2] and [1])",
  );
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`k${i}`, i]));
  assertEquals(
    settingsDifference(many, {}),
    "with other k0 (0 and none), k1 (1 and none), k2 (2 and none), k3 (3 and none), " +
      "k4 (4 and none) and 3 more",
  );
  const deep = (end: number) => {
    let value: Record<string, unknown> = { end };
    for (let i = 0; i < 1000; i++) value = { value };
    return value;
  };
  assertEquals(settingsDifference(deep(1), deep(1)), undefined);
  assertEquals(
    settingsDifference(deep(1), deep(2))?.slice(0, 60),
    'with other value.value.value.value.value.value ({"value":{"v',
  );
});
