import { assertEquals } from "@std/assert";
import { instancesOf } from "./instances.ts";

Deno.test("instancesOf: counts on each GPU, and nothing where the server decides", () => {
  assertEquals(instancesOf([{ count: 2, kind: "KIND_CPU" }]), { instances: 2 });
  assertEquals(
    instancesOf([{ count: 2, gpus: [0, 1], kind: "KIND_GPU" }, { count: 1, kind: "KIND_CPU" }]),
    { instances: 5 },
  );
  assertEquals(instancesOf([{ count: 1, kind: "KIND_GPU" }]), {});
  assertEquals(instancesOf([{ kind: "KIND_CPU" }]), {});
  assertEquals(instancesOf(undefined), {});
});
