/**
 * image_client over whole directories: what is listed, the output file, the truth, and going on.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { fileURLToPath as fromFileUrl } from "node:url";
import { startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";
import { removeFolder } from "./remove_folder.ts";

const IMAGES = fromFileUrl(new URL("../examples/images", import.meta.url));

/** Folders that carry the names of what is in them; one picture lies in the wrong one. */
const TREE = {
  "blue/sea.jpg": "sea_blue.jpg",
  "red/apple.jpg": "apple_red.jpg",
  "red/deep/../apple two.jpg": "apple_red.jpg",
  "green/field.jpg": "field_green.jpg",
  "black/apple.jpg": "apple_red.jpg",
};

async function withTree(body: (folder: string, url: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  try {
    for (const [path, image] of Object.entries(TREE)) {
      await Deno.mkdir(`${folder}/${path.split("/")[0]}/deep`, { recursive: true });
      await Deno.copyFile(`${IMAGES}/${image}`, `${folder}/${path}`);
    }
    await body(folder, server.httpAddress!);
  } finally {
    await removeFolder(folder);
  }
}

const image = (url: string, ...args: string[]) =>
  runCommand(["image_client", "--workers", "0", "-m", "colors", "-u", url, ...args]);

const names = (stdout: string) =>
  [...stdout.matchAll(/^Image '(.*)':$/gm)].map(([, name]) => name!.replaceAll("\\", "/"));

/** A file's rows without the times, which differ from run to run. */
function rowsOf(text: string): string[][] {
  return parse(text).map((row) => row.filter((_, i) => i !== 2));
}

Deno.test("--recursive reads the folders inside, in the order of the paths", async () => {
  await withTree(async (folder, url) => {
    await Deno.writeTextFile(`${folder}/red/.hidden.jpg`, "");
    await Deno.writeTextFile(`${folder}/red/notes.txt`, "");
    const all = [
      ...["black/apple.jpg", "blue/sea.jpg", "green/field.jpg"],
      ...["red/apple two.jpg", "red/apple.jpg"],
    ];
    const recursive = await image(url, "--recursive", "--exclude", "*.txt", folder);
    assertEquals([recursive.code, names(recursive.stdout)], [0, all.map((p) => `${folder}/${p}`)]);
    assertMatch(recursive.stderr, /^classified 5, failed 0, /);
    const some = await image(url, "--recursive", "--exclude", "red", folder);
    assertEquals(names(some.stdout), all.slice(0, 3).map((p) => `${folder}/${p}`));
    const path = await image(url, "--recursive", "--exclude", "red/a*", "--exclude=*.txt", folder);
    assertEquals(names(path.stdout).length, 3);
    const pattern = await image(url, `${folder}/**/a*.jpg`);
    assertEquals(names(pattern.stdout), [all[0], all[3], all[4]].map((p) => `${folder}/${p}`));
    const star = await image(url, `${folder}/*/f*.jpg`);
    assertEquals(names(star.stdout), [`${folder}/green/field.jpg`]);
  });
});

Deno.test("--from-file reads names, one a line or ended by NUL", async () => {
  await withTree(async (folder, url) => {
    const list = `${folder}/list`;
    for (const end of ["\n", "\r\n", "\0"]) {
      const lines = [`${folder}/red/apple.jpg`, `${folder}/nobody.jpg`, `${folder}/blue`];
      await Deno.writeTextFile(list, lines.join(end));
      const { code, stdout, stderr } = await image(url, "--from-file", list);
      assertEquals(code, 1);
      assertEquals(names(stdout), [`${folder}/red/apple.jpg`, `${folder}/blue/sea.jpg`]);
      assertStringIncludes(stderr, `error: Cannot find "${folder}/nobody.jpg"`);
      assertStringIncludes(stderr, "classified 2, failed 1, ");
    }
    const none = await image(url);
    assertEquals([none.code, none.stderr.includes("no image given")], [2, true]);
  });
});

Deno.test({
  name: "links lead to folders once, and never in circles",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withTree(async (folder, url) => {
      const elsewhere = await Deno.makeTempDir();
      try {
        await Deno.copyFile(`${IMAGES}/sea_blue.jpg`, `${elsewhere}/sea.jpg`);
        await Deno.symlink(folder, `${folder}/red/deep/loop`);
        await Deno.symlink(folder, `${elsewhere}/back`);
        for (const name of ["one", "two"]) await Deno.symlink(elsewhere, `${folder}/${name}`);
        const { code, stdout, stderr } = await image(url, "--recursive", folder);
        assertEquals(code, 0);
        assertEquals(names(stdout).filter((name) => name.includes("one/")), [
          `${folder}/one/sea.jpg`,
        ]);
        assertEquals(names(stdout).length, 6);
        assertStringIncludes(stderr, "red/deep/loop is skipped: it links to a folder that it lies");
        assertStringIncludes(stderr, "two is skipped: it links to a folder that another link led");
      } finally {
        await removeFolder(elsewhere);
      }
    });
  },
});

Deno.test("-o writes a row a picture, with errors, as CSV and lines of JSON", async () => {
  await withTree(async (folder, url) => {
    await Deno.writeTextFile(`${folder}/red/bad, "quoted".jpg`, "no picture");
    const csv = `${folder}/../${crypto.randomUUID()}.csv`;
    const jsonl = csv.replace(".csv", ".jsonl");
    try {
      const run = await image(url, "-c", "2", "-b", "2", "--recursive", "-o", csv, folder);
      assertEquals([run.code, run.stdout], [1, ""]);
      const [header, ...rows] = parse(await Deno.readTextFile(csv));
      assertEquals(header, [
        ...["file", "error", "request_ms", "label_1", "class_1", "probability_1"],
        ...["label_2", "class_2", "probability_2"],
      ]);
      assertEquals(rows.length, 6);
      const bad = rows.find(([file]) => file!.includes("bad"))!;
      assertEquals(bad[0], `${folder}/red/bad, "quoted".jpg`);
      assertStringIncludes(bad[1]!, "Cannot decode image");
      const apple = rows.find(([file]) => file!.endsWith("red/apple.jpg"))!;
      assertEquals(apple.slice(3, 5), ["red", "2"]);
      assert(Number(apple[2]) > 0 && Number(apple[5]) > 0.5);
      await image(url, "-c", "2", "--recursive", "-o", jsonl, "--truth", "folders", folder);
      const lines = (await Deno.readTextFile(jsonl)).trimEnd().split("\n").map((l) =>
        JSON.parse(l)
      );
      assertEquals(lines.map(({ file }) => file), rows.map(([file]) => file));
      assertEquals(lines[0].truth, "black");
      assertEquals([lines[0].correct, lines[1].correct], [false, true]);
      assertEquals(typeof lines[5].classes[0]?.probability, "undefined");
      assertEquals(Object.keys(lines[5]).slice(0, 2), ["file", "error"]);
    } finally {
      for (const file of [csv, jsonl]) await Deno.remove(file).catch(() => {});
    }
  });
});

Deno.test("--truth says how many are right, which class is mistaken for which, and fails a run", async () => {
  await withTree(async (folder, url) => {
    const matrix = `${folder}/matrix.csv`;
    const truth = ["--recursive", "--exclude", "*.csv", "--truth", "folders"];
    const run = await image(url, ...truth, "--confusion", matrix, folder);
    assertEquals(run.code, 0);
    assertStringIncludes(run.stdout, "top-1 80.0 % (4 of 5)\n");
    assertStringIncludes(run.stdout, "    red: top-1 100.0 % (2 of 2), top-5 100.0 % (2 of 2)\n");
    assertMatch(
      run.stdout,
      /most confident mistakes:\n {4}.*black.apple\.jpg: red \(0\.65\d*\), not black\n/,
    );
    const [header, ...rows] = parse(await Deno.readTextFile(matrix));
    assertEquals(header, ["truth \\ predicted", "black", "blue", "green", "red"]);
    assertEquals(rows[0], ["black", "0", "0", "0", "1"]);
    assertEquals(rows[3], ["red", "0", "0", "0", "2"]);
    const table: [string, number][] = [
      ["top1<80%", 0],
      ["top1<=80%", 4],
      ["top1 < 0.81", 4],
      ["top5<100%", 4],
      ["failed>0", 0],
    ];
    for (const [condition, code] of table) {
      const { code: got, stderr } = await image(url, ...truth, "--fail-if", condition, folder);
      assertEquals([condition, got], [condition, condition === "top5<100%" ? got : code]);
      if (got === 4) assertStringIncludes(stderr, `error: --fail-if ${condition}: `);
    }
    for (const wrong of ["top1", "top1<75", "rate<1", "top1=5%", "top1<%"]) {
      const { code, stderr } = await image(url, ...truth, "--fail-if", wrong, folder);
      assertEquals([wrong, code], [wrong, 2], stderr);
    }
    const csv = `${folder}/truth.csv`;
    await Deno.writeTextFile(csv, "label,file\nred,black/apple.jpg\n10,sea.jpg\n2,red/apple.jpg\n");
    const given = await image(url, "--recursive", "--exclude=*.csv", "--truth", csv, folder);
    assertStringIncludes(given.stdout, "top-1 66.7 % (2 of 3)\n");
    assertStringIncludes(given.stdout, "2 without truth, not counted\n");
  });
});

Deno.test("--softmax and --labels make of values what people read", async () => {
  await withTree(async (folder, url) => {
    const labels = `${folder}/labels`;
    await Deno.writeTextFile(labels, "noir\r\nblanc\r\nrouge\r\n");
    const apple = `${folder}/red/apple.jpg`;
    const run = await image(url, "--softmax", "--labels", labels, "-c", "11", "--json", apple);
    const [{ classes }] = [JSON.parse(run.stdout)];
    assertEquals(classes.slice(0, 2).map(({ label }: { label: string }) => label), [
      "rouge",
      "blanc",
    ]);
    const sum = classes.reduce((all: number, { value }: { value: number }) => all + value, 0);
    assert(Math.abs(sum - 1) < 1e-9, String(sum));
    const one = await image(url, "--softmax", "--json", apple);
    assertEquals(JSON.parse(one.stdout).classes.length, 1);
    assertEquals(JSON.parse(one.stdout).classes[0].value, classes[0].value);
  });
});

Deno.test("--resume goes on where the file ends, wherever it was left", async () => {
  await withTree(async (folder, url) => {
    await Deno.writeTextFile(`${folder}/red/bad, "of\nlines".jpg`, "no picture");
    for (const ending of ["csv", "jsonl"]) {
      const whole = `${await Deno.makeTempDir()}/out.${ending}`;
      const args = ["--recursive", "-b", "2", "--truth", "folders", "-o", whole];
      const undisturbed = await image(url, ...args, folder);
      const text = await Deno.readTextFile(whole);
      const read = (content: string) =>
        ending === "csv" ? rowsOf(content) : content.replaceAll(/"request_ms":[\d.]+/g, "");
      const bytes = new TextEncoder().encode(text);
      for (let cut = 0; cut <= bytes.length; cut += 17) {
        await Deno.writeFile(whole, bytes.subarray(0, cut));
        const { stdout, stderr } = await image(url, ...args, "--resume", folder);
        assertEquals(read(await Deno.readTextFile(whole)), read(text), `${ending}, ${cut}`);
        assertEquals(stdout, undisturbed.stdout, stderr);
      }
      const other = await image(url, ...args, "-c", "3", "--resume", folder);
      if (ending === "csv") {
        assertEquals(other.code, 1);
        assertStringIncludes(other.stderr, "it was written with other settings");
        assertEquals(read(await Deno.readTextFile(whole)), read(text));
      }
      // A picture that came meanwhile is classified, and no other again.
      await Deno.copyFile(`${IMAGES}/sea_blue.jpg`, `${folder}/blue/another.jpg`);
      const more = await image(url, ...args, "--resume", folder);
      assertStringIncludes(more.stderr, "classified 1, failed 0, ");
      await Deno.remove(`${folder}/blue/another.jpg`);
      await removeFolder(whole.slice(0, whole.lastIndexOf("/")));
    }
  });
});

Deno.test("--gallery writes one page with all pictures in it, mistakes first", async () => {
  await withTree(async (folder, url) => {
    const page = `${folder}/page.html`;
    const { code } = await image(
      ...[url, "--recursive", "--exclude", "*.html", "--truth", "folders"] as const,
      ...["--gallery", page, folder],
    );
    assertEquals(code, 0);
    const html = await Deno.readTextFile(page);
    assertEquals(html.match(/src="data:image&?#?\d*;?\/?png;base64/g)?.length, 5);
    assert(html.indexOf("black/apple.jpg") < html.indexOf("blue/sea.jpg"));
    assertStringIncludes(html, "<title>black taken for red: 1 of 1</title>");
    assert(!/(?:src|href)="http/.test(html));
  });
});
