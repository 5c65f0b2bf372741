// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What has changed since an earlier report, and what traced runs really called. Each is a page only where the report has it.

/** Indices of the places behind a part of the trend: "new", "new_by_rules", "remaining". */
function trendPlaces(part) {
  if (part !== "remaining") return data.trend[part] ?? [];
  const added = new Set([...data.trend.new, ...data.trend.new_by_rules]);
  return findings.filter((f) => f.kind.left && !added.has(f.index)).map((f) => f.index);
}

/** Places left for a person, report by report. A step between other rules is dashed: nobody worked for it. */
function burnDown(trend) {
  const points = [...trend.history, { version: trend.version, left: trend.then, same_rules: trend.same_rules },
    { version: data.version, left: data.summary.left }];
  const width = Math.min(640, byId("main").clientWidth || 640), [height, edge, foot] = [200, 58, 26], most = Math.max(1, ...points.map((p) => p.left));
  const x = (i) => edge + (i * (width - 2 * edge)) / (points.length - 1), y = (left) => 14 + (height - 14 - foot) * (1 - left / most);
  const named = Math.ceil((points.length * 80) / width); // as many words as there is room for
  const when = (i) => (i === points.length - 1 ? t("trend.now") : i === points.length - 2 ? t("trend.then") : t("trend.earlier", { n: points.length - 2 - i }));
  return s("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": t("trend.burndown") + t("colon") + points.map((p) => number(p.left)).join(" → ") },
    [0, 0.5, 1].map((share) => s("g", {}, s("line", { class: "grid", x1: edge - 8, x2: width - edge + 8, y1: y(share * most), y2: y(share * most) }),
      (share !== 0.5 || most > 1) && s("text", { x: edge - 14, y: y(share * most) + 4, "text-anchor": "end" }, number(Math.round(share * most))))),
    points.slice(1).map((p, i) => s("line", { class: points[i].same_rules ? "line" : "line other", x1: x(i), x2: x(i + 1), y1: y(points[i].left), y2: y(p.left) })),
    points.map((p, i) => s("g", {}, s("circle", { cx: x(i), cy: y(p.left), r: 4 }, s("title", {}, `cuport ${p.version}${t("colon")}${number(p.left)}`)),
      i >= points.length - 2 && s("text", { x: x(i), y: y(p.left) - 9, "text-anchor": "middle", class: "head" }, number(p.left)),
      (points.length - 1 - i) % named === 0 && s("text", { x: x(i), y: height - 6, "text-anchor": "middle" }, when(i)))));
}

/** Then and now as two bars on one scale, each divided into what stayed and what did not. */
function stepBars(trend) {
  const most = Math.max(1, trend.then, data.summary.left);
  const bar = (parts) => {
    let x = 0;
    const boxes = parts.filter(([, , n]) => n).map(([text, tone, n]) => {
      const width = (1000 * n) / most;
      const box = s("rect", { x, width, height: 22, fill: `var(--${tone})` }, s("title", {}, `${text}: ${number(n)}`));
      x += width;
      return box;
    });
    return s("svg", { class: "bar", viewBox: "0 0 1000 22", preserveAspectRatio: "none", role: "img",
      "aria-label": parts.map(([text, , n]) => `${text} ${number(n)}`).join(", ") }, boxes);
  };
  const remaining = [t("trend.remaining"), "review", trend.remaining];
  return plainTable(t("trend.step"), [t("trend.report"), "#" + t("column.left"), t("trend.parts")], [
    [t("trend.then"), number(trend.then), bar([remaining, [t("trend.fixed"), "edit", trend.fixed.length], [t("trend.gone_by_rules"), "as-is", trend.gone_by_rules.length]])],
    [t("trend.now"), count(data.summary.left, { verdict: "left" }),
      bar([remaining, [t("trend.new"), "unsupported", trend.new.length], [t("trend.new_by_rules"), "unknown", trend.new_by_rules.length]])],
  ]);
}

function gonePlaces(caption, places) {
  return places.length > 0 && [h("h2", {}, `${caption} (${number(places.length)})`), longTable(caption, [
    { id: "place", label: t("trend.place_then"), width: "55%", path: true, value: (g) => g.file, cell: (g) => pathCell(`${g.file}:${g.line}`) },
    { id: "rule", label: t("column.rule"), width: "11rem", value: (g) => g.rule },
    { id: "name", label: t("column.name"), width: "auto", value: (g) => g.name, cell: (g) => h("span", { class: "code", title: g.name }, g.name) },
  ], places).element];
}

/** Days then and now; apart only where one model made both. */
function daysThen(trend) {
  const rows = trend.cards.map((c) => [cardOf(c.card + (c.generation ? ":" + c.generation : "")), c]).filter(([card]) => card);
  if (!rows.length) return h("p", {}, t("trend.days.none"));
  const most = Math.max(...rows.map(([, c]) => Math.max(c.then.p90, c.now.p90)));
  const signed = (value) => (value > 0 ? "+" : value < 0 ? "−" : "") + days(Math.abs(value));
  return [!trend.same_model && h("p", { class: "note" }, t("trend.other_model")),
    plainTable(t("trend.days", { milestone: data.effort.milestone }), [t("column.card"), "#" + t("trend.then"), t("column.range"), "#" + t("trend.now"), t("column.range"), "#" + t("trend.difference")],
      rows.map(([card, c]) => [cardLink(card), rangeText(c.then), rangeBar(c.then, most), figure(rangeText(c.now), ["days", card.id, data.effort.milestone].join("/")), rangeBar(c.now, most),
        trend.same_model ? signed(c.now.p50 - c.then.p50) : "–"]))];
}

function trendPage(wanted) {
  const trend = data.trend, set = (part) => ({ set: "trend/" + part });
  const byRules = trend.gone_by_rules.length + trend.new_by_rules.length;
  // What is gone has no places any more: its list comes first where a number leads to it.
  const gone = (part) => (trend[part].length ? link(number(trend[part].length), "trend", { part }) : "0");
  const listOf = (part) => gonePlaces(t("trend." + part), trend[part]);
  const legend = (tone, text, value) => h("li", {}, swatch(tone), text, " ", value);
  return [
    Object.hasOwn(trend, wanted.part ?? "") && Array.isArray(trend[wanted.part]) && listOf(wanted.part),
    h("p", {}, t("trend.intro", { version: trend.version })),
    !trend.same_rules && h("p", { class: "note" }, t("trend.other_rules", { n: byRules })),
    h("ul", { class: "tiles" },
      tile(gone("fixed"), t("trend.fixed"), t("trend.fixed.more", { n: trend.then })),
      tile(count(trend.new.length, set("new")), t("trend.new"), t("trend.new.more")),
      tile(count(trend.remaining, set("remaining")), t("trend.remaining"), ""),
      tile([gone("gone_by_rules"), " / ", count(trend.new_by_rules.length, set("new_by_rules"))], t("trend.by_rules"), t("trend.by_rules.more"))),
    h("h2", {}, t("trend.burndown")),
    burnDown(trend),
    h("p", { class: "soft" }, t("trend.burndown.more")),
    stepBars(trend),
    h("ul", { class: "legend" }, legend("review", t("trend.remaining"), count(trend.remaining, set("remaining"))), legend("edit", t("trend.fixed"), gone("fixed")),
      legend("as-is", t("trend.gone_by_rules"), gone("gone_by_rules")), legend("unsupported", t("trend.new"), count(trend.new.length, set("new"))),
      legend("unknown", t("trend.new_by_rules"), count(trend.new_by_rules.length, set("new_by_rules")))),
    h("h2", {}, t("trend.days", { milestone: data.effort.milestone })),
    daysThen(trend),
    ["fixed", "gone_by_rules"].filter((part) => part !== wanted.part).map(listOf),
  ];
}

/** Of a function of the host API, in the runs that were traced. */
const callStates = {
  unsupported: (call) => call.unsupported > 0,
  used: (call) => call.calls > 0 && call.places > 0,
  unused: (call) => call.calls === 0,
  outside: (call) => call.calls > 0 && call.places === 0,
};

function tracePage(wanted) {
  const states = Object.keys(callStates), stateOf = (call) => states.find((state) => callStates[state](call));
  const named = new Map();
  for (const f of findings) named.set(f.kind.name, (named.get(f.kind.name) ?? 0) + 1);
  // A name with a version counts with the one without; then no one filter shows all its places.
  const places = (call) => (named.get(call.name) === call.places ? count(call.places, { name: call.name }) : number(call.places));
  const of = (state) => data.trace.calls.filter(callStates[state]).length;
  const rows = data.trace.calls.filter((call) => !callStates[wanted.state] || callStates[wanted.state](call));
  const opened = (state) => (of(state) ? link(number(of(state)), "trace", { state }) : number(0));
  return [
    h("p", {}, t("trace.intro")),
    h("ul", { class: "tiles" }, states.map((state) => tile(opened(state), t("trace." + state), t("trace." + state + ".more")))),
    wanted.state && h("p", {}, link(t("trace.all", { n: data.trace.calls.length }), "trace")),
    longTable(t("trace.calls"), [
      { id: "name", label: t("column.name"), width: "auto", value: (c) => c.name, cell: (c) => h("span", { class: "code", title: c.name }, c.name) },
      { id: "state", label: t("column.state"), width: "12rem", value: (c) => states.indexOf(stateOf(c)), cell: (c) => t("trace." + stateOf(c)) },
      { id: "calls", label: t("trace.calls"), width: "8rem", numeric: true, value: (c) => c.calls },
      { id: "failed", label: t("trace.failed"), width: "7rem", numeric: true, minor: true, value: (c) => c.failed },
      { id: "refused", label: t("trace.refused"), width: "8rem", numeric: true, minor: true, value: (c) => c.unsupported },
      { id: "places", label: t("column.places"), width: "7rem", numeric: true, minor: true, value: (c) => c.places, cell: places },
      { id: "verdict", label: t("column.verdict"), width: "9.5rem", value: (c) => (c.verdict ? costOf(c.verdict) : -1), cell: (c) => (c.verdict ? badge(c.verdict) : "–") },
    ], rows, { sort: "-verdict" }).element,
    h("h2", {}, t("trace.kernels")),
    data.trace.kernels.length ? longTable(t("trace.kernels"), [
      { id: "name", label: t("column.kernel"), width: "auto", value: (k) => k.name, cell: (k) => h("span", { class: "code", title: k.name }, k.name) },
      { id: "launches", label: t("trace.launches"), width: "9rem", numeric: true, value: (k) => k.launches },
    ], data.trace.kernels, { sort: "-launches" }).element : h("p", {}, t("trace.kernels.none")),
  ];
}
