/**
 * The part of the page's script that draws series of points. It runs in a browser, as text; `uPlot` is
 * there before it.
 *
 * @module
 */

/** Draws. */
export const DRAWING = String
  .raw`const finite = (values) => values.filter((value) => value !== null && Number.isFinite(value));
function extent(list) {
  let low = Infinity, high = -Infinity;
  for (const value of list) { if (value < low) low = value; if (value > high) high = value; }
  return low > high ? [0, 1] : [low, high];
}

/** The next of 1, 2, 5, 10, ... below or above. */
function nice(value, side) {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 5, 10].map((step) => step * power);
  return side < 0 ? steps.findLast((step) => step <= value) ?? power : steps.find((step) => step >= value) ?? 10 * power;
}

function rangeOf(values, axis) {
  const [low, high] = extent(values);
  if (axis.log) return [low, high > low ? high : low * 10];
  if (axis.spread) return [nice(low, -1), nice(high, 1)];
  const pad = (high - low) * 0.04 || Math.abs(high) * 0.1 || 1;
  return axis.zero ? [0, high + (pad || 1)] : [axis.from ?? Math.max(0, low - pad), high + pad];
}

/** Those ticks of a log axis whose labels have room, those of whole nines first. */
function apart(ticks, most, width) {
  const place = (tick) => width * Math.log10(tick) / Math.log10(most);
  const isWhole = (tick) => Math.abs(Math.log10(tick) % 1) < 1e-9 ? 0 : 1;
  const kept = [];
  for (const tick of [...ticks].sort((a, b) => isWhole(a) - isWhole(b) || a - b)) {
    if (tick <= most && kept.every((other) => Math.abs(place(other) - place(tick)) > 52)) kept.push(tick);
  }
  return kept.sort((a, b) => a - b);
}

function drawPanel(holder, spec, width) {
  const { series } = spec;
  const ys = finite(series.flatMap((one) => one.ys));
  const [low, high] = extent(ys);
  // Latencies that are far apart want a log axis, too.
  const yLog = !spec.y.zero && low > 0 && high / low > 12;
  const y = { ...spec.y, spread: yLog, zero: spec.y.zero || !yLog };
  const yRange = rangeOf(ys, y);
  const xRange = spec.x.ticksAreSeconds
    ? [0, extent(finite(series.flatMap((one) => one.xs)))[1] + 1]
    : rangeOf(finite(series.flatMap((one) => one.xs)), { ...spec.x, zero: !spec.x.log });
  const ink = color("quiet"), grid = color("line");
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 },
    font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif" };
  const shorten = (u, splits) => splits.map((value) => value === null ? "" : plain(value));
  const xTicks = spec.x.ticks && apart(spec.x.ticks, xRange[1], width);
  const wholes = spec.x.ticksAreSeconds && [1, 2, 5].flatMap((step) =>
    [0, 1, 2, 3, 4, 5, 6].map((power) => step * 10 ** power)).sort((a, b) => a - b);
  const u = new uPlot({
    width, height: spec.height, mode: 2, legend: { show: false },
    cursor: { points: { show: false }, drag: { x: true, y: false, dist: 8 } },
    scales: {
      x: { time: false, distr: spec.x.log ? 3 : 1, auto: false, range: (u, a, b) => a == null ? xRange : [a, b] },
      y: { distr: yLog ? 3 : 1, auto: false, range: () => yRange },
    },
    series: [{}, ...series.map((one, i) => ({ show: one.show !== false, paths: () => drawLine(u, one), stroke: one.color }))],
    axes: [
      { ...axis, label: spec.x.title || undefined, labelSize: 16, size: 32, ...xTicks
        ? { splits: () => xTicks, filter: (u, splits) => splits, values: (u, splits) => splits.map(spec.x.write), space: 30 }
        : { values: shorten, ...wholes && { incrs: wholes } } },
      { ...axis, label: spec.y.title || undefined, labelSize: 16, size: 56, values: shorten },
    ],
    hooks: { drawAxes: [(u) => drawEvents(u, spec)] },
  }, [null, ...series.map((one) => [one.xs, one.ys])], holder);
  u.setScale("x", { min: xRange[0], max: xRange[1] });
  u.setScale("y", { min: yRange[0], max: yRange[1] });
  u.over.ondblclick = () => u.setScale("x", { min: xRange[0], max: xRange[1] });
  return u;
}

function clipped(u, draw) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 4, bbox.top - 4, bbox.width + 8, bbox.height + 8);
  ctx.clip();
  draw(ctx, devicePixelRatio);
  ctx.restore();
}

/** Text with a rim of paper, so that lines don't run through it; left of the place where there is no room. */
function write(ctx, text, { left, top, size }, other, end) {
  ctx.save();
  ctx.font = size + "px system-ui, sans-serif";
  ctx.textBaseline = "alphabetic";
  const fits = left + ctx.measureText(text).width <= end;
  ctx.textAlign = fits ? "left" : "right";
  ctx.strokeStyle = color("paper");
  ctx.lineWidth = size / 3;
  ctx.lineJoin = "round";
  ctx.strokeText(text, fits ? left : other, top);
  ctx.fillText(text, fits ? left : other, top);
  ctx.restore();
}

function drawLine(u, one) {
  clipped(u, (ctx, ratio) => {
    ctx.strokeStyle = ctx.fillStyle = one.color;
    ctx.globalAlpha = one.alpha ?? 1;
    ctx.lineWidth = 1.8 * ratio;
    ctx.lineJoin = "round";
    ctx.setLineDash(one.dash.map((part) => part * ratio));
    ctx.beginPath();
    let down = false;
    const at = (i) => [u.valToPos(one.xs[i], "x", true), u.valToPos(one.ys[i], "y", true)];
    one.xs.forEach((x, i) => {
      if (x === null || one.ys[i] === null) { down = false; return; }
      const [left, top] = at(i);
      if (down) ctx.lineTo(left, top); else ctx.moveTo(left, top);
      down = true;
    });
    ctx.stroke();
    ctx.setLineDash([]);
    const has = (i) => (one.xs[i] ?? null) !== null && (one.ys[i] ?? null) !== null;
    one.xs.forEach((x, i) => {
      // A point between gaps makes no line.
      if (!has(i) || !one.dots && (has(i - 1) || has(i + 1))) return;
      const [left, top] = at(i);
      ctx.beginPath();
      ctx.arc(left, top, 3 * ratio, 0, 7);
      ctx.fill();
      if (!one.rings?.[i]) return;
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath();
      ctx.arc(left, top, 7 * ratio, 0, 7);
      ctx.stroke();
      write(ctx, one.rings[i], { left: left + 10 * ratio, top: top + 14 * ratio, size: 12 * ratio },
        left - 10 * ratio, u.bbox.left + u.bbox.width);
    });
  });
  return null;
}

function drawEvents(u, { bands = [], lines = [] }) {
  clipped(u, (ctx, ratio) => {
    ctx.fillStyle = color("band");
    for (const [from, to] of bands) {
      const left = u.valToPos(from, "x", true);
      ctx.fillRect(left, u.bbox.top, u.valToPos(to, "x", true) - left, u.bbox.height);
    }
    ctx.font = 11 * ratio + "px system-ui, sans-serif";
    ctx.fillStyle = color("quiet");
    let free = -Infinity;
    for (const { at, label } of lines) {
      const left = Math.round(u.valToPos(at, "x", true));
      ctx.globalAlpha = label ? 0.8 : 0.25;
      ctx.fillRect(left, u.bbox.top, ratio, u.bbox.height);
      if (!label || left < free) continue;
      write(ctx, label, { left: left + 4 * ratio, top: u.bbox.top + 11 * ratio, size: 11 * ratio },
        left - 3 * ratio, u.bbox.left + u.bbox.width);
      free = left + ctx.measureText(label).width + 8 * ratio;
    }
    ctx.globalAlpha = 1;
  });
}
`;
