/**
 * The Containerfile of examples/kubernetes, built and run without a network, by buildah. No registry is
 * asked: in place of its base stands an image with the libraries of this machine, and Deno itself, which
 * is linked with the same ones as our executables, in place of the program. Debian's package buildah has
 * to be there, and root; without them it is skipped.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";

const CONTAINERFILE = fromFileUrl(
  new URL("../../examples/kubernetes/Containerfile", import.meta.url),
);
const USER = 65532;

/** What the program does: it says who and where it is, and tries to write. */
const PROBE = `
const tried = ["/x", "/usr/bin/trtis", "/results/x"].map((path) => {
  try {
    Deno.writeTextFileSync(path, "");
    return "written";
  } catch (error) {
    return error.name;
  }
});
console.log(JSON.stringify({ uid: Deno.uid(), gid: Deno.gid(), cwd: Deno.cwd(), tried }));
`;

async function isMissing(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) {
    console.log("skipped: buildah needs Linux and root here");
    return true;
  }
  if ((await run("which", "buildah")).code !== 0) {
    console.log("skipped: buildah is not installed");
    return true;
  }
  // In a container of few rights it can't be done.
  if ((await run("unshare", "--mount", "true")).code !== 0) {
    console.log("skipped: nothing may be mounted here, which buildah needs");
    return true;
  }
  return false;
}

async function run(program: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(program, { args }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!.trimEnd(), err: err! };
}

async function done(program: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await run(program, ...args);
  assertEquals(code, 0, `${program} ${args.join(" ")}\n${err}`);
  return out;
}

Deno.test({
  name: "the Containerfile: no rights, no shell, and the program starts on what is there",
  ignore: await isMissing(),
}, async () => {
  const folder = await Deno.makeTempDir();
  const buildah = ["--root", `${folder}/store`, "--runroot", `${folder}/run`];
  const store = [...buildah, "--storage-driver", "vfs"];
  const build = (base: string, tag: string, file: string) =>
    done(
      "buildah",
      ...[...store, "build", "--isolation", "chroot", "--pull-never", "--build-arg"],
      ...[`BASE=${base}`, "-t", tag, "-f", file, `${folder}/context`],
    );
  const start = async (image: string, ...args: string[]) => {
    const container = await done("buildah", ...store, "from", "--pull-never", image);
    return await run(
      "buildah",
      ...[...store, "run", "--isolation", "chroot", "--volume", `${folder}/results:/results`],
      ...[container, "--", "/usr/bin/trtis", ...args],
    );
  };
  try {
    const libraries = (await done("ldd", Deno.execPath())).match(/\/\S+/g)!;
    await Deno.mkdir(`${folder}/context/base`, { recursive: true });
    await Deno.copyFile(Deno.execPath(), `${folder}/context/trtis`);
    await done("cp", "--parents", "-L", ...libraries, `${folder}/context/base`);
    await Deno.writeTextFile(`${folder}/Base`, "FROM scratch\nCOPY base /\n");
    await Deno.mkdir(`${folder}/results`);
    await Deno.chown(`${folder}/results`, USER, USER);
    await Deno.writeTextFile(`${folder}/results/probe.js`, PROBE);

    await build("", "localhost/libraries:1", `${folder}/Base`);
    await build("localhost/libraries:1", "localhost/trtis:1", CONTAINERFILE);
    const image = JSON.parse(
      await done("buildah", ...store, "inspect", "--type", "image", "localhost/trtis:1"),
    );
    const { User, WorkingDir, Entrypoint } = image.OCIv1.config;
    assertEquals([User, WorkingDir], [`${USER}:${USER}`, "/results"]);
    assertEquals(Entrypoint, ["/usr/bin/trtis"]);

    const ran = await start("localhost/trtis:1", "run", "-A", "probe.js");
    assertEquals(ran.code, 0, ran.err);
    const tried = ["PermissionDenied", "PermissionDenied", "written"];
    assertEquals(JSON.parse(ran.out), { uid: USER, gid: USER, cwd: "/results", tried });

    // Why the base isn't an empty image.
    await build("scratch", "localhost/bare:1", CONTAINERFILE);
    const bare = await start("localhost/bare:1", "--version");
    assert(bare.code !== 0);
    assertStringIncludes(bare.err, "no such file or directory");

    const text = await Deno.readTextFile(CONTAINERFILE);
    assertMatch(text, /^ARG BASE=gcr\.io\/distroless\/cc-debian12:nonroot$/m);
    const names = new Set(libraries.map((path) => path.replace(/^.*\//, "")));
    // The base is for glibc and libgcc_s; a program linked with more would need another one.
    const given = /^(ld-linux.*|lib(c|m|dl|rt|pthread|gcc_s)\.so\.\d+)$/;
    assertEquals([...names].filter((name) => !given.test(name)), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
