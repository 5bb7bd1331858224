(function () {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";

  // ---- light and dark
  const button = document.getElementById("theme");
  function tell() {
    button.setAttribute("aria-pressed", String(isDark()));
    button.textContent = isDark() ? "Light" : "Dark";
    button.title = "Switch to " + (isDark() ? "light" : "dark");
  }
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("cxrnb-theme", root.dataset.theme); } catch (e) { /* kept for this page only */ }
    changed();
  });
  system.addEventListener("change", changed);
  tell();

  // The table of contents is open beside the text and folded above it.
  const contents = document.querySelector(".contents details");
  if (contents && !matchMedia("(min-width: 70rem)").matches) contents.open = false;

  // ---- code to the clipboard
  if (navigator.clipboard) {
    for (const cell of document.querySelectorAll(".cell > .code")) {
      const copy = document.createElement("button");
      copy.type = "button";
      copy.className = "copy";
      copy.textContent = "Copy";
      copy.setAttribute("aria-label", "Copy the code of " + cell.parentElement.getAttribute("aria-label").toLowerCase());
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(cell.querySelector("pre").textContent);
        copy.textContent = "Copied";
        setTimeout(() => { copy.textContent = "Copy"; }, 1500);
      });
      cell.append(copy);
    }
  }

  // ---- charts
  const charts = window.Plotly ? [...document.querySelectorAll("figure.chart")] : [];
  const specs = new Map(charts.map(figure => [figure, JSON.parse(figure.querySelector("script").textContent)]));
  const drawn = new Set();

  function channels(colour) {
    const probe = channels.probe || (channels.probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true }));
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = "rgba(0, 0, 0, 0)";
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  }
  function luminance(rgb) {
    const linear = rgb.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

  // A colour that was chosen for white paper, mixed with white until it can be seen on the dark page. Its hue stays.
  function readable(colour, paper, wanted) {
    if (Array.isArray(colour)) return colour.map(c => readable(c, paper, wanted));
    if (typeof colour !== "string") return colour;
    const rgba = channels(colour);
    if (rgba[3] < 255) return colour;
    for (let share = 0; share <= 1; share += 0.05) {
      const mixed = rgba.slice(0, 3).map(v => Math.round(v + (255 - v) * share));
      if (contrast(luminance(mixed), paper) >= wanted) return "rgb(" + mixed.join(",") + ")";
    }
    return "white";
  }

  // Walks a trace or a layout and gives each colour of a line, a marker or a letter a readable one.
  function recolour(node, paper, ink) {
    if (!node || typeof node !== "object") return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "font" || key === "tickfont" || key === "textfont") node[key] = { ...value, color: ink };
      else if (key === "color" || key === "outlinecolor") node[key] = readable(value, paper, 3);
      else if (["line", "marker", "error_x", "error_y", "colorbar", "title", "titlefont"].includes(key)) recolour(value, paper, ink);
    }
  }

  function themed(figure) {
    const spec = structuredClone(specs.get(figure));
    const layout = spec.layout = spec.layout || {};
    const room = figure.clientWidth;
    if (layout.width && layout.width > room) {
      if (layout.images || layout.xaxis && layout.yaxis && layout.yaxis.scaleanchor) layout.height = Math.max(200, (layout.height || 450) * room / layout.width);
      layout.width = room;
    }
    if (room < 560 && spec.data.filter(trace => trace.name && trace.showlegend !== false).length > 1) {
      // A legend beside the chart would leave no chart.
      layout.legend = { ...layout.legend, orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top" };
    }
    for (const [key, axis] of Object.entries(layout)) {
      // Long names need room that the notebook's fixed margins may not have.
      if (/^[xy]axis\d*$/.test(key) && axis.visible !== false) axis.automargin = true;
    }
    if (isDark()) {
      const style = getComputedStyle(document.body);
      const ink = style.color, paper = luminance(channels(style.backgroundColor));
      layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
      layout.font = { ...layout.font, color: ink };
      if (layout.legend && layout.legend.bgcolor) layout.legend.bgcolor = "rgba(0,0,0,0.4)";
      for (const [key, axis] of Object.entries(layout)) {
        if (/^[xy]axis\d*$/.test(key)) Object.assign(axis, { gridcolor: "#30363d", linecolor: "#6e7681", zerolinecolor: "#484f58" });
      }
      for (const trace of spec.data) recolour(trace, paper, ink);
      for (const note of layout.annotations || []) note.font = { ...note.font, color: ink };
      for (const shape of layout.shapes || []) recolour(shape, paper, ink);
    }
    return spec;
  }

  function draw(figure) {
    const spec = themed(figure);
    const live = figure.querySelector(".live");
    figure.classList.add("drawn");
    drawn.add(figure);
    Plotly.react(live, spec.data || [], spec.layout, {
      responsive: !spec.layout.width,
      displaylogo: false,
      // On a touch screen the bar would always lie over the title.
      displayModeBar: matchMedia("(hover: hover)").matches && figure.clientWidth > 560 ? "hover" : false,
      ...spec.config,
    });
  }

  function changed() {
    tell();
    for (const figure of drawn) draw(figure);
  }

  // First what the reader sees, then the rest, one at a time between two frames.
  const near = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting && !drawn.has(entry.target)) draw(entry.target);
  });
  for (const figure of charts) near.observe(figure);
  (function rest() {
    const next = charts.find(figure => !drawn.has(figure));
    if (next) setTimeout(() => { draw(next); rest(); }, 50);
    else near.disconnect();
  })();

  let width = innerWidth, later = 0;
  addEventListener("resize", () => {
    clearTimeout(later);
    later = setTimeout(() => {
      if (innerWidth !== width) for (const figure of drawn) draw(figure);
      width = innerWidth;
    }, 150);
  });

  // On paper the still picture stands; a chart that has none is drawn before printing.
  addEventListener("beforeprint", () => {
    for (const figure of charts) if (!drawn.has(figure)) draw(figure);
    for (const more of document.querySelectorAll("main details")) more.open = true;
  });
})();
