// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Person-days as numbers, bars and shades, and what is recommended of a card.

/** From the best. */
const recommendations = ["go", "pilot-first", "no-go"];

const days = (value) => (value > 0 && value < 0.05 ? "<0.1" : rounded(value, value < 10 ? 1 : 0));
const rangeText = (range) => `${days(range.p10)} – ${days(range.p50)} – ${days(range.p90)}`;

/** P10 to P90 as a bar and P50 as a mark, on one logarithmic scale for all. */
function rangeBar(range, most) {
  const at = (value) => 200 * Math.log10(1 + Math.max(0, value)) / Math.log10(1 + most);
  return s("svg", { class: "range", viewBox: "0 0 200 12", preserveAspectRatio: "none", role: "img", "aria-label": rangeText(range) },
    s("rect", { x: at(range.p10), y: 3, width: Math.max(2, at(range.p90) - at(range.p10)), height: 6, rx: 3, fill: "var(--rename)" }),
    s("rect", { x: at(range.p50) - 1.5, y: 0, width: 3, height: 12, fill: "var(--ink)" }));
}

const recommendation = (card) => h("b", { class: "sign " + card.recommendation }, t("recommendation." + card.recommendation));

/** Days by row and card, each cell as dark as its share of the most. Rows: [what, { range, about, href }, ...]. */
function heatTable(caption, heads, rows) {
  const most = Math.max(0.1, ...rows.flatMap(([, ...cells]) => cells.map((c) => c.range?.p50 ?? 0)));
  return h("div", { class: "wide" }, h("table", { class: "plain matrix" },
    h("caption", { class: "hidden" }, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map(([what, ...cells]) => h("tr", {}, h("th", { scope: "row" }, what), cells.map(({ range, about, href }) => {
      const step = range ? Math.min(4, Math.ceil(4 * Math.sqrt(range.p50 / most))) : 0;
      return h("td", { class: `number heat${step}`, title: range && `${about}: ${rangeText(range)}` }, !range ? "–" : href ? h("a", { href }, days(range.p50)) : days(range.p50));
    }))))));
}
