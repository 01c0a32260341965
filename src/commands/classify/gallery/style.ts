/**
 * How the gallery looks, and the little that it does.
 *
 * @module
 */

/** Light or dark as the system is, one column on a phone. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1f24; --quiet: #5d6673; --paper: #ffffff;
  --card: #f3f5f8; --line: #d6dbe2; --wrong: #b3261e; --right: #176c3a; --cell: 31, 98, 196; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --quiet: #a2abb8; --paper: #14171b;
  --card: #1f242b; --line: #39414c; --wrong: #ff8a80; --right: #7bd89d; --cell: 120, 170, 255; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; color: var(--quiet); }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .75rem 0; }
.figures b { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding: .6rem 0;
  position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.filters label { display: flex; gap: .4rem; align-items: center; min-width: 0; }
select, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: 4px; max-width: 14rem; }
input[type=number] { width: 5rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: .75rem;
  list-style: none; margin: 1rem 0; padding: 0; }
.grid li { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .5rem;
  min-width: 0; }
.grid li[hidden] { display: none; }
.grid li.wrong, .grid li.failed { border-color: var(--wrong); }
.grid img, .none { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; border-radius: 4px;
  background: var(--line); }
.none { display: grid; place-items: center; color: var(--quiet); }
.name { font-size: .8rem; color: var(--quiet); overflow-wrap: anywhere; }
.best { font-weight: 600; overflow-wrap: anywhere; }
.wrong .best, .failed .reason { color: var(--wrong); }
.right .best { color: var(--right); }
.more, .reason { font-size: .85rem; overflow-wrap: anywhere; }
.matrix { overflow-x: auto; }
.matrix svg { max-width: 100%; height: auto; min-width: 280px; }
.matrix text { fill: var(--ink); font-size: 11px; }
.matrix .cell { fill: rgb(var(--cell)); }
.matrix .frame { fill: var(--card); stroke: var(--line); }
`;

/** The filters. */
export const SCRIPT = `
const $ = (id) => document.getElementById(id);
const items = [...document.querySelectorAll(".grid li")];
function show() {
  const name = $("class").value;
  const kind = $("kind").value;
  const least = $("least").value === "" ? -Infinity : Number($("least").value);
  const most = $("most").value === "" ? Infinity : Number($("most").value);
  let count = 0;
  for (const item of items) {
    const { truth = "", best = "", value } = item.dataset;
    const sure = value === undefined ? NaN : Number(value);
    const fits = (name === "" || truth === name || best === name) &&
      (kind === "" || item.classList.contains(kind)) &&
      !(sure < least) && !(sure > most);
    item.hidden = !fits;
    if (fits) count++;
  }
  $("shown").textContent = count + " shown";
}
for (const id of ["class", "kind", "least", "most"]) $(id).addEventListener("input", show);
show();
`;
