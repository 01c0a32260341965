/**
 * How the page looks.
 *
 * @module
 */

const LIGHT = `--ink: #1c1f24; --quiet: #586170; --paper: #ffffff; --card: #f3f5f8; --line: #d6dbe2;
  --bad: #b3261e; --good: #176c3a; --odd: #8a5a00; --band: rgba(31, 98, 196, .12);
  --k0: #8a93a1; --k1: #1f62c4; --k2: #7ab0ff; --k3: #d1570a; --k4: #8fcfa8; --k5: #17804a; --k6: #0b5a5f;
  --k7: #c8b26a; --s0: #1f62c4; --s1: #d1570a; --s2: #17804a; --s3: #9333a8; --s4: #0e8a94; --s5: #b3261e;
  --s6: #8a6d00; --s7: #586170;`;

const DARK = `--ink: #e8eaee; --quiet: #a2abb8; --paper: #14171b; --card: #1f242b; --line: #39414c;
  --bad: #ff8a80; --good: #7bd89d; --odd: #f0c060; --band: rgba(122, 176, 255, .16);
  --k0: #8a93a1; --k1: #5a93ee; --k2: #a8ccff; --k3: #ff9d5c; --k4: #b5e8c8; --k5: #4fbf80; --k6: #37b3ba;
  --k7: #d9c98a; --s0: #7ab0ff; --s1: #ff9d5c; --s2: #63d193; --s3: #d58bea; --s4: #5fd0d9; --s5: #ff8a80;
  --s6: #e6c35c; --s7: #a7b0bd;`;

/** Light or dark as the system is, one column on a phone, black on white on paper. */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
:root.print { color-scheme: light; ${LIGHT} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
main { margin: 0 auto; max-width: 76rem; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .15rem 0 .5rem; color: var(--quiet); overflow-wrap: anywhere; }
ul { list-style: none; margin: .5rem 0; padding: 0; }
.verdicts li { display: flex; padding: .15rem 0; overflow-wrap: anywhere; }
.verdicts span { flex: 0 0 1.4rem; font-weight: 700; }
.verdicts .good span { color: var(--good); }
.verdicts .bad { color: var(--bad); font-weight: 600; }
.verdicts .odd span { color: var(--odd); }
figure { margin: .5rem 0; }
.plot { position: relative; border-radius: 6px; }
.plot:focus-visible, summary:focus-visible, button:focus-visible, pre:focus-visible
  { outline: 2px solid var(--s0); outline-offset: 2px; }
.plot h4 { font-size: .85rem; font-weight: 600; margin: .5rem 0 0 .25rem; color: var(--quiet); }
.dot { position: absolute; width: 11px; height: 11px; margin: -5.5px 0 0 -5.5px; border-radius: 50%;
  border: 2px solid var(--ink); pointer-events: none; }
output { display: block; min-height: 1.45em; color: var(--quiet); font-size: .85rem;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: .15rem .9rem; font-size: .85rem; }
.legend svg { width: .8em; height: .8em; margin-right: .35em; vertical-align: -.05em; }
.legend button { font: inherit; color: inherit; background: none; border: 0; padding: .1rem .2rem; cursor: pointer; }
.legend button[aria-pressed=false] { opacity: .4; text-decoration: line-through; }
.legend i { display: inline-block; width: 1.4em; height: 0; margin-right: .35em; vertical-align: .25em;
  border-top: 3px solid; }
details { margin: .35rem 0; }
summary { cursor: pointer; padding: .2rem 0; overflow-wrap: anywhere; }
details.level { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .15rem .75rem; }
details.level > .wide { margin-bottom: .75rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; min-width: 20rem; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
caption span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 4rem); }
th, td { padding: .2rem .6rem .2rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  font-weight: 400; max-width: 34rem; overflow-wrap: break-word; }
tbody th { white-space: nowrap; }
thead th { color: var(--quiet); vertical-align: bottom; }
.n, td { text-align: right; white-space: nowrap; }
thead .n { white-space: normal; }
.t { text-align: left; white-space: normal; }
svg.bar { display: block; width: 16rem; height: 1.1em; }
tr[data-m=knee] th { font-weight: 700; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem;
  overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
${[0, 1, 2, 3, 4, 5, 6, 7].map((i) => `.k${i} { fill: var(--k${i}); }`).join(" ")}
.uplot { font: inherit; }
.u-select { background: var(--band); }
.u-cursor-x, .u-cursor-y { border-color: var(--quiet) !important; }
@media (max-width: 40rem) { main { padding: .75rem; } svg.bar { width: 9rem; } }
@media print {
  :root { color-scheme: light; ${LIGHT} }
  main { max-width: none; padding: 0; }
  body { font-size: 9pt; }
  output, details.long { display: none; }
  .wide { overflow: visible; }
  table { font-size: 6pt; min-width: 0; }
  th, td { padding: .1rem .25rem .1rem 0; }
  .n, td { white-space: normal; }
  tbody th, .t { white-space: normal; overflow-wrap: anywhere; }
  tbody th:not(.n) { min-width: 7.4em; }
  td.t { min-width: 4em; }
  caption span { max-width: none; }
  svg.bar { width: 6rem; }
  .plot, tr { break-inside: avoid; }
  h2, h2 + p, h3, caption, summary { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
