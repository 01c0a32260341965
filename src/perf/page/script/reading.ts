/**
 * The part of the page's script that reads a point out which somebody points at or reaches with the arrow
 * keys, and that draws anew for other sizes, colours and paper. It runs in a browser, as text.
 *
 * @module
 */

/** Reads points out. */
export const READING = String.raw`function make(tag, className, parent) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  parent.append(made);
  return made;
}

/** Makes a plot that can be pointed at; the result redraws it. */
function plot(element) {
  const kind = element.dataset.plot;
  const data = rowsOf(element.dataset.table);
  const says = document.createElement("output");
  element.after(says);
  const hidden = new Set();
  let drawn = [];
  let focus = { panel: 0, line: 0, point: -1 };

  function show(panel, line, point) {
    const { u, spec, dot } = drawn[panel];
    const one = spec.series[line];
    focus = { panel, line, point };
    drawn.forEach((other) => { other.dot.hidden = other.dot !== dot; });
    dot.style.left = u.valToPos(one.xs[point], "x") + "px";
    dot.style.top = u.valToPos(one.ys[point], "y") + "px";
    const x = spec.x.unit && spec.x.unit !== "s" ? ", " + plain(one.xs[point]) + " " + spec.x.unit : "";
    const rest = spec.x.ticksAreSeconds
      ? spec.series.flatMap((other, i) => {
        const at = i === line || hidden.has(other.name) ? -1 : other.xs.indexOf(one.xs[point]);
        return at < 0 || other.ys[at] === null ? [] : ["; " + other.name + " " + plain(other.ys[at])];
      }).join("")
      : "";
    says.textContent = one.names[point] + ": " + one.name + " " + plain(one.ys[point]) + " " + spec.y.unit + x + rest;
  }

  function nearest(panel, left, top) {
    const { u, spec } = drawn[panel];
    let best = Infinity;
    let found;
    spec.series.forEach((one, line) => {
      if (hidden.has(one.name)) return;
      one.xs.forEach((x, point) => {
        if (x === null || one.ys[point] === null) return;
        const dx = u.valToPos(x, "x") - left, dy = u.valToPos(one.ys[point], "y") - top;
        const distance = spec.x.ticksAreSeconds ? dx * dx * 1e4 + dy * dy : dx * dx + dy * dy;
        if (distance < best) { best = distance; found = [panel, line, point]; }
      });
    });
    if (found) show(...found);
  }

  element.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!steps || drawn.length === 0) return;
    event.preventDefault();
    const lines = drawn.flatMap(({ spec }, panel) => spec.series.flatMap((one, line) =>
      hidden.has(one.name) || !one.ys.some((y) => y !== null) ? [] : [{ panel, line, one }]));
    if (lines.length === 0) return;
    let at = Math.max(0, lines.findIndex(({ panel, line }) => panel === focus.panel && line === focus.line));
    at = (at + steps[0] + lines.length) % lines.length;
    const { panel, line, one } = lines[at];
    let point = Math.min(Math.max(0, focus.point), one.xs.length - 1);
    const step = steps[1] || 1;
    if (focus.point >= 0) point += steps[1];
    while (one.xs[point] !== undefined && (one.xs[point] === null || one.ys[point] === null)) point += step;
    if (one.xs[point] !== undefined) show(panel, line, point);
  });

  function legend(series, panel) {
    if (series.length < 2) return;
    const list = make("ul", "legend", panel);
    for (const one of series) {
      const button = make("button", "", make("li", "", list));
      const line = make("i", "", button);
      line.style.borderTopColor = one.color;
      line.style.opacity = one.alpha ?? 1;
      if (one.dash.length > 0) line.style.borderTopStyle = one.dash[0] > 4 ? "dashed" : "dotted";
      button.append(one.name);
      button.type = "button";
      button.setAttribute("aria-pressed", String(!hidden.has(one.name)));
      button.addEventListener("click", () => {
        if (!hidden.delete(one.name)) hidden.add(one.name);
        button.setAttribute("aria-pressed", String(!hidden.has(one.name)));
        redraw();
        [...element.querySelectorAll("button")].find((other) => other.textContent === one.name)?.focus();
      });
    }
  }

  function redraw(width = element.clientWidth) {
    drawn.forEach(({ u }) => u.destroy());
    element.replaceChildren();
    says.textContent = HINT;
    const panels = { curve, spectrum, time }[kind](data);
    drawn = panels.filter(({ series }) => series.length > 0).map((spec, i) => {
      for (const one of spec.series) one.show = !hidden.has(one.name);
      if (spec.title) make("h4", "", element).textContent = spec.title;
      const holder = make("div", "", element);
      const u = drawPanel(holder, spec, Math.max(240, width));
      const dot = make("div", "dot", u.over);
      dot.hidden = true;
      u.over.addEventListener("pointermove", (event) => {
        const box = u.over.getBoundingClientRect();
        nearest(i, event.clientX - box.left, event.clientY - box.top);
      });
      if (i === 0 || spec.title.startsWith("latency")) legend(spec.series, element);
      return { u, spec, dot };
    });
    if (drawn.length === 0) says.textContent = "There is nothing to draw: no request ended well.";
  }
  redraw();
  return redraw;
}

const redraws = [...document.querySelectorAll("[data-plot]")].map(plot);
const all = (width) => redraws.forEach((redraw) => redraw(width));
let width = innerWidth;
let waiting = 0;
addEventListener("resize", () => {
  if (innerWidth === width) return;
  width = innerWidth;
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => all());
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => all());

const PAPER = 700;
let opened = [];
addEventListener("beforeprint", () => {
  root.classList.add("print");
  opened = [...document.querySelectorAll("details:not([open]):not(.long)")];
  opened.forEach((one) => { one.open = true; });
  all(PAPER);
});
addEventListener("afterprint", () => {
  root.classList.remove("print");
  opened.forEach((one) => { one.open = false; });
  all();
});
`;
