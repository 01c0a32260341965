/**
 * The manifests of examples/kubernetes, judged by the code of Kubernetes 1.34 itself: a small Go program
 * around its API server's validation. Needs go and its module proxy; without them it is skipped.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));
const MANIFESTS = `${ROOT}examples/kubernetes`;

async function run(folder: string, program: string, ...args: string[]) {
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, { args, cwd: folder })
      .output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: decode(stdout), stderr: decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

const hasGo = await run(ROOT, "go", "version") !== undefined;
if (!hasGo) console.log("skipped: go is not installed");

Deno.test({
  name: "Kubernetes: the manifests are valid, spoiled ones are not",
  ignore: !hasGo,
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const program = `${folder}/validate`;
      const source = `${ROOT}tests/interop/kubernetes`;
      const fetched = await run(source, "go", "mod", "download");
      if (fetched!.code !== 0) {
        return console.log(
          `left out: the modules of Kubernetes are not to be had: ${fetched!.stderr}`,
        );
      }
      const built = await run(source, "go", "build", "-mod=readonly", "-o", program, ".");
      assertEquals(built!.code, 0, built!.stderr);
      const validate = async (path: string) => (await run(folder, program, path))!;
      const texts = new Map<string, string>();
      for (const { name } of Deno.readDirSync(MANIFESTS)) {
        if (!name.endsWith(".yaml")) continue;
        texts.set(name, await Deno.readTextFile(`${MANIFESTS}/${name}`));
        const { code, stdout } = await validate(`${MANIFESTS}/${name}`);
        assertEquals(code, 0, stdout);
      }
      const spoiled: [name: string, from: string, to: string, says: string][] = [
        ["classify.yaml", "Mode: Indexed", "Mode: NonIndexed", "requires indexed completion mode"],
        ["classify.yaml", "LimitPerIndex", "LimitPerindex", "unknown field"],
        [
          "classify.yaml",
          "- name: pictures\n          p",
          "- name: photos\n          p",
          "Not found",
        ],
        ["load.yaml", "restartPolicy: Never", "restartPolicy: Always", "restartPolicy: Required"],
        ["load.yaml", "- name: tasks\n          s", "- name: task\n          s", "dependsOn"],
        ["merge.yaml", "drop: [ALL]", "drop: ALL", "cannot unmarshal string"],
      ];
      for (const [name, from, to, says] of spoiled) {
        const text = texts.get(name)!.replace(from, to);
        assertEquals(text === texts.get(name), false, `${from} is not in ${name}`);
        const path = `${folder}/${name}`;
        await Deno.writeTextFile(path, text);
        const { code, stdout } = await validate(path);
        assertEquals(code, 1, `${name} with ${to} passed`);
        assertStringIncludes(stdout, says);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
