/**
 * Makes the modules of src/ that hold WebAssembly, from the programs in scripts/kernels.
 *
 *     deno run -A scripts/kernels.ts [--check]
 *
 * @module
 */
import wabt from "wabt";
import { JPEG } from "./kernels/jpeg.ts";
import { RESIZE } from "./kernels/resize.ts";

/** A program, and the module that holds it. */
export interface KernelFile {
  /** From the project's root. */
  readonly path: string;
  /** What it is, for the module's own documentation. */
  readonly what: string;
  readonly program: string;
}

export const KERNELS: readonly KernelFile[] = [
  {
    path: "src/image/preprocess/kernel_wasm.ts",
    what: "The inner loops of resizing as WebAssembly",
    program: RESIZE,
  },
  {
    path: "src/image/codecs/jpeg_wasm.ts",
    what: "Decoding of baseline JPEG as WebAssembly",
    program: JPEG,
  },
];

/** The text of a module. */
export async function kernelFile({ path, what, program }: KernelFile): Promise<string> {
  const module = (await wabt()).parseWat(path, program, { simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  const lines = new Uint8Array(buffer).toBase64().match(/.{1,90}/g)!;
  return `/**
 * ${what}, made by scripts/kernels.ts.
 *
 * @module
 */

/** The module, as base64. */
export const KERNEL =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`;
}

if (import.meta.main) {
  for (const kernel of KERNELS) {
    const text = await kernelFile(kernel);
    const file = new URL(`../${kernel.path}`, import.meta.url);
    if (!Deno.args.includes("--check")) await Deno.writeTextFile(file, text);
    else if (await Deno.readTextFile(file) !== text) {
      console.error(`${kernel.path} is not what scripts/kernels.ts makes of it`);
      Deno.exit(1);
    }
  }
}
