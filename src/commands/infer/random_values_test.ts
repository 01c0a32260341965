import { assert, assertEquals } from "@std/assert";
import { DATA_TYPES } from "../../tensor/data_type.ts";
import { toBytes } from "../../tensor/typed_array.ts";
import { randomValues } from "./random_values.ts";

Deno.test("random values fit every type, and are small, finite and readable", () => {
  for (const type of DATA_TYPES) {
    const values = Array.from(randomValues(type, 500) as ArrayLike<number | boolean | string>);
    assertEquals(values.length, 500, type);
    assert(toBytes(type, randomValues(type, 500)).length > 0, type);
    for (const value of values) {
      if (type === "BOOL") assertEquals(typeof value, "boolean");
      else if (type === "STRING") assert(/^\d{1,2}$/.test(String(value)), `${value}`);
      else if (/^B?FP?\d+$/.test(type)) assert(Number(value) >= 0 && Number(value) < 1, type);
      else assert(Number.isInteger(value) && Number(value) >= 0 && Number(value) < 100, type);
    }
    assert(new Set(values).size > 1, `${type} is not always the same`);
  }
  assertEquals(Array.from(randomValues("FP32", 0) as ArrayLike<number>), []);
});
