/**
 * Makes docs/images/report.png: a page of a real run, against a real Triton, as Chromium shows it.
 *
 *     deno run -A scripts/report_picture.ts [--keep FOLDER]
 *
 * Needs what scripts/interop.ts needs, and Chromium. With `--keep` the JSON files and the page stay
 * in a folder.
 *
 * @module
 */
