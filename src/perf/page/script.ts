/**
 * What the page does in a browser: it draws the plots from their tables. Plain JavaScript, which knows
 * nothing but the page; a point is reached by pointer, touch or arrow keys, and read out.
 *
 * @module
 */
import { DRAWING } from "./script/drawing.ts";
import { POINTS } from "./script/points.ts";
import { READING } from "./script/reading.ts";

/** The page's own script; `uPlot` is there before it. */
export const SCRIPT: string = `"use strict";\n(() => {\n${POINTS}${DRAWING}${READING}})();\n`;
