// Make the page ready: fonts, charts, tags, alignment, checks; then say so.
//
// Sets window.reportReady = {charts, overflow, missing, blocked, headings} or {error}. With the
// address ending in #cetak the page is made for print: charts without tool bar or
// pointing, each one picture with its alternative text.
(() => {
  "use strict";

  const FONTS = [
    ["400", "Source Sans Pro"], ["600", "Source Sans Pro"], ["700", "Source Sans Pro"],
    ["italic 400", "Source Sans Pro"], ["400", "Source Serif Pro"], ["600", "Source Serif Pro"],
  ];
  const SLACK = 1; // px a browser may round
  const STEP = 0.75; // px a row may differ from its chart before the chart is moved
  const printing = location.hash === "#cetak";
  const blocked = [];
  document.addEventListener("securitypolicyviolation", (e) => blocked.push(e.blockedURI));

  const nameOf = (element) => {
    const near = element.closest("figure, .table-block, section") || element;
    const heading = near.querySelector("figcaption, .caption, h1, h2, h3");
    const words = (heading || element).textContent.trim().replace(/\s+/g, " ");
    return (near.id || words || element.tagName.toLowerCase()).slice(0, 60);
  };

  // --- charts ---

  const rowEdges = (table) => {
    const top = table.getBoundingClientRect().top;
    const real = [];
    const planned = [];
    let sum = null;
    for (const row of table.querySelectorAll("tbody > tr")) {
      const box = row.getBoundingClientRect();
      if (sum === null) { sum = planHead(table, box.top - top); real.push(box.top - top); planned.push(sum); }
      sum += parseFloat(row.style.height) || box.height;
      real.push(box.bottom - top);
      planned.push(sum);
    }
    return { real, planned };
  };

  const planHead = (table, real) => {
    const rows = [...table.querySelectorAll("thead > tr")];
    const planned = rows.reduce((sum, row) => sum + (parseFloat(row.style.height) || NaN), 0);
    return Number.isNaN(planned) ? real : planned;
  };

  // A piecewise straight map from planned to real row edges, even outside them.
  const mapOf = ({ real, planned }) => (y) => {
    let i = planned.findIndex((edge) => y <= edge);
    if (i === 0) return y + real[0] - planned[0];
    if (i < 0) return y + real.at(-1) - planned.at(-1);
    const share = (y - planned[i - 1]) / (planned[i] - planned[i - 1] || 1);
    return real[i - 1] + share * (real[i] - real[i - 1]);
  };

  const moved = (values, map) =>
    Array.isArray(values) ? values.map((v) => (typeof v === "number" ? map(v) : v))
      : typeof values === "number" ? map(values) : values;

  // Rows that grew (a name wrapped, another font) take their marks with them.
  const followRows = (figure, edges) => {
    const map = mapOf(edges);
    const margin = { t: 0, b: 0, ...figure.layout.margin };
    const height = figure.layout.height;
    const inner = height - margin.t - margin.b;
    const grown = map(height) - height;
    const axes = Object.keys(figure.layout).filter((key) => /^yaxis\d*$/.test(key));
    for (const key of axes.length ? axes : ["yaxis"]) {
      const axis = figure.layout[key] || {};
      if (axis.type === "log" || axis.type === "category" || !axis.range) return false;
      const [low, high] = axis.range;
      const [d0, d1] = axis.domain || [0, 1];
      const toPx = (v) => margin.t + (1 - (d0 + (d1 - d0) * (v - low) / (high - low))) * inner;
      const place = (v) => map(toPx(v));
      const scale = Math.abs((d1 - d0) * inner / (high - low));
      const id = key.replace("yaxis", "y");
      for (const trace of figure.data) {
        if ((trace.yaxis || "y") !== id) continue;
        trace.y = moved(trace.y, place);
        if (trace.type === "bar" && trace.width !== undefined) trace.width = moved(trace.width, (w) => w * scale);
      }
      for (const shape of figure.layout.shapes || []) {
        if ((shape.yref || "y") !== id) continue;
        shape.y0 = moved(shape.y0, place);
        shape.y1 = moved(shape.y1, place);
      }
      for (const note of figure.layout.annotations || []) {
        if ((note.yref || "y") === id) note.y = moved(note.y, place);
      }
      if (axis.tickvals) axis.tickvals = moved(axis.tickvals, place);
      const tall = inner + grown;
      const [bottom, top] = [place(low), place(high)];
      axis.range = [bottom, top];
      axis.domain = [1 - (bottom - margin.t) / tall, 1 - (top - margin.t) / tall].map((v) => Math.min(1, Math.max(0, v)));
      figure.layout[key] = axis;
    }
    figure.layout.height = height + grown;
    return true;
  };

  const align = (div, figure) => {
    const table = div.closest(".over-table, .table-chart")?.querySelector("table");
    if (!table) return null;
    figure.layout.paper_bgcolor ??= "rgba(0,0,0,0)"; // the table shows through
    figure.layout.plot_bgcolor ??= "rgba(0,0,0,0)";
    const edges = rowEdges(table);
    const off = edges.real.some((edge, i) => Math.abs(edge - edges.planned[i]) > STEP);
    if (!off) return null;
    if (!followRows(figure, edges)) return nameOf(div);
    div.style.height = `${figure.layout.height}px`;
    return null;
  };

  const draw = async (div) => {
    const figure = JSON.parse(div.querySelector("script").textContent);
    const layout = figure.layout || (figure.layout = {});
    layout.width = layout.width || div.clientWidth;
    layout.height = layout.height || parseFloat(div.dataset.height) || 320;
    layout.font = { family: "Source Sans Pro, sans-serif", ...layout.font };
    const astray = align(div, figure);
    await Plotly.newPlot(div, figure.data, layout, {
      locale: document.documentElement.lang === "id" ? "id" : "en-US",
      displayModeBar: false,
      responsive: false,
      staticPlot: printing,
      showTips: false,
    });
    return astray;
  };

  // plotly draws three SVGs one over the other; in a tagged PDF each would be a figure of
  // its own without words. One is left, and it carries the alternative text.
  const tag = (div) => {
    const [first, ...others] = div.querySelectorAll("svg.main-svg");
    if (!first) return;
    for (const other of others) {
      first.append(...other.children);
      other.remove();
    }
    first.setAttribute("role", "img");
    first.setAttribute("aria-label", div.getAttribute("aria-label") || "");
    div.removeAttribute("role");
    div.removeAttribute("aria-label");
    div.closest("figure")?.setAttribute("role", "group");
  };

  // --- checks ---

  const overflowing = () => {
    const found = new Set();
    const main = document.querySelector("main");
    const style = getComputedStyle(main);
    const left = main.getBoundingClientRect().left + parseFloat(style.paddingLeft);
    const usual = left + parseFloat(style.width);
    for (const element of main.querySelectorAll(":scope *:not(svg, svg *, .draft, .draft *)")) {
      const box = element.getBoundingClientRect();
      const broad = box.right > usual + SLACK ? element.closest(".landscape") : null;
      const right = broad ? left + broad.clientWidth : usual;
      const spills = element.scrollWidth > element.clientWidth + SLACK
        && element.clientWidth > 0 && getComputedStyle(element).display !== "inline"
        && !element.closest(".plot");
      const beyond = box.right > right + SLACK && !element.closest(".plot > *");
      if ((beyond || spills) && element.getClientRects().length) found.add(nameOf(element));
    }
    return [...found];
  };

  // A sign that looks the same as one no font can have is drawn as a box.
  const missingSigns = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 24, height: 24 });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const picture = (sign) => {
      pen.clearRect(0, 0, 24, 24);
      pen.font = getComputedStyle(document.documentElement).font;
      pen.fillText(sign, 2, 18);
      return pen.getImageData(0, 0, 24, 24).data.join();
    };
    const signs = new Set([...document.querySelector("main").innerText].filter((s) => s > "\u007f"));
    const box = picture("\u{10fffe}");
    const empty = picture(" ");
    return [...signs].filter((s) => /[^\p{M}\p{Z}\p{Cc}\p{Cf}]/u.test(s) && picture(s) === box && box !== empty);
  };

  const fontsLoaded = () => Promise.all(
    FONTS.map(([weight, family]) => document.fonts.load(`${weight} 13px "${family}"`)),
  );

  const make = async () => {
    await fontsLoaded();
    const divs = [...document.querySelectorAll("div.plot")];
    const astray = [];
    for (const div of divs) astray.push(await draw(div));
    if (printing) divs.forEach(tag);
    const drawn = divs.filter((div) => div.querySelector("svg.main-svg")).length;
    const overflow = [...overflowing(), ...astray.filter(Boolean)];
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((h) => h.innerText.replace(/\s+/g, " ").trim());
    return { charts: drawn, overflow, missing: missingSigns(), blocked, headings };
  };

  // Put another page in the place of this one: plotly and the fonts are loaded already.
  const swap = async (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    document.querySelectorAll("div.plot").forEach((div) => Plotly.purge(div));
    blocked.length = 0;
    document.documentElement.lang = next.documentElement.lang;
    document.title = next.title;
    document.getElementById("page-style").textContent = next.getElementById("page-style").textContent;
    document.body.replaceChildren(...[...next.body.childNodes].map((node) => document.adoptNode(node)));
    await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
    await new Promise((done) => setTimeout(done)); // what the policy forbids is told in a task of its own
    return make();
  };

  // One chart alone, to be photographed.
  window.drawStill = async (figure, lang) => {
    document.querySelectorAll("div.plot").forEach((div) => Plotly.purge(div));
    document.getElementById("page-style").textContent = "html { overflow: hidden; } body { margin: 0; background: #ffffff; }";
    const place = Object.assign(document.createElement("div"), { className: "plot" });
    document.body.replaceChildren(place);
    await Plotly.newPlot(place, figure.data, figure.layout, {
      locale: lang === "id" ? "id" : "en-US",
      displayModeBar: false, responsive: false, staticPlot: true, showTips: false,
    });
  };

  const failed = (problem) => ({ error: String(problem && problem.message || problem) });
  window.showPage = (text) => swap(text).catch(failed).then(JSON.stringify);
  make().catch(failed).then((ready) => { window.reportReady = ready; });
})();
