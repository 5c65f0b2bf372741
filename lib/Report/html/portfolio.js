// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The pages of the report on many projects.

const data = read("data");
const { projects, cards } = data;
const valued = projects.some((project) => project.value !== undefined);
const failed = projects.filter((project) => project.failure);

const sumOf = (key) => projects.reduce((all, project) => all + project[key], 0);

/** A page of the project's own report, in this language. */
const reportOf = (project, address = "") => encodeURI(project.report) + "?lang=" + language + address;
const projectLink = (project, address) => (project.report ? h("a", { href: reportOf(project, address) }, project.name) : project.name);
const onCard = (index) => (project) => project.cards[index];
/** A number of a project that its own report tells more of. */
const inReport = (project, text, address) => (project.report ? h("a", { class: "quiet", href: reportOf(project, address) }, text) : text);
const basisIn = (...of) => to("basis", { of: of.join("/") });

function projectsPage(wanted) {
  const index = Math.max(0, cards.findIndex((card) => card.card === wanted.card)), card = cards[index], on = onCard(index);
  if (!recommendations.includes(wanted.recommendation)) delete wanted.recommendation;
  const rows = projects.filter((p) => !wanted.recommendation || on(p)?.recommendation === wanted.recommendation).sort((a, b) => (on(a)?.rank ?? Infinity) - (on(b)?.rank ?? Infinity) || 0);
  const worth = (p) => (p.value === undefined || !on(p) ? -1 : p.value / on(p).p50);
  const most = Math.max(1, ...projects.map((p) => on(p)?.p90 ?? 0));
  return [
    h("div", { class: "tools" }, chooser(t("column.card"), cards.map((c) => [c.card, c.title]), card.card, (id) => (location.hash = to("projects", { card: id })))),
    h("ul", { class: "tiles" },
      tile(number(projects.length), t("portfolio.projects"), failed.length ? t("portfolio.failed", { n: failed.length }) : ""),
      tile(figure(rangeText(card.once), "days/" + card.card), t("portfolio.days", { card: card.title, milestone: data.milestone }), say("portfolio.alone", {}, { range: figure(rangeText(card.alone), "days/" + card.card) })),
      tile(figure(number(data.once.left), "once/left"), t("tile.left"), say("portfolio.once", {}, { all: figure(number(sumOf("left")), "once/left") })),
      tile(figure(number(data.once.cuda_lines), "once/cuda_lines"), t("portfolio.lines"), say("portfolio.once", {}, { all: figure(number(sumOf("cuda_lines")), "once/cuda_lines") })),
      tile(data.copies.length ? link(number(data.copies.length), "copies") : "0", t("portfolio.copies"), "")),
    h("p", {}, t("portfolio.order." + (valued ? "value" : "days"), { card: card.title })),
    wanted.recommendation && h("p", {}, t("filter.only"), " ", recommendation(wanted), " ", link(t("filter.clear"), "projects", { card: card.card })),
    longTable(t("page.projects"), [
      { id: "rank", label: t("column.rank"), width: "4.5rem", numeric: true, value: (p) => on(p)?.rank ?? Infinity, cell: (p) => on(p)?.rank ?? "–" },
      { id: "name", label: t("column.project"), width: "auto", value: (p) => p.name, cell: (p) => projectLink(p, "#/card?card=" + encodeURIComponent(card.card)) },
      { id: "days", label: t("portfolio.column.days", { milestone: data.milestone }), width: "13rem", numeric: true, value: (p) => on(p)?.p50 ?? -1, cell: (p) => (on(p) ? inReport(p, rangeText(on(p)), basisIn("days", card.card, data.milestone)) : "–") },
      { id: "range", label: t("column.range"), width: "9rem", minor: true, value: (p) => on(p)?.p50 ?? -1, cell: (p) => (on(p) ? rangeBar(on(p), most) : "") },
      { id: "sign", label: t("column.recommendation"), width: "11rem", value: (p) => on(p)?.recommendation ?? "", cell: (p) => (on(p) ? [recommendation(on(p)), " ", inReport(p, on(p).grade, basisIn("lines", card.card))] : "–") },
      valued && { id: "value", label: t("column.value"), width: "5.5rem", numeric: true, value: (p) => p.value ?? -1, cell: (p) => p.value ?? "–" },
      valued && { id: "worth", label: t("column.worth"), width: "7.5rem", numeric: true, minor: true, value: worth, cell: (p) => (worth(p) < 0 ? "–" : days(worth(p))) },
      { id: "left", label: t("column.left"), width: "8rem", numeric: true, minor: true, value: (p) => p.left,
        cell: (p) => (p.left ? h("a", { href: reportOf(p, "#/findings?verdict=left") }, number(p.left)) : p.left) },
      { id: "cuda", label: t("column.cuda_lines"), width: "7rem", numeric: true, minor: true, value: (p) => p.cuda_lines, cell: (p) => inReport(p, number(p.cuda_lines), "#/files") },
      { id: "whole", label: t("column.not_whole"), width: "10rem", numeric: true, minor: true, value: (p) => p.not_whole, cell: (p) => inReport(p, number(p.not_whole), "#/coverage") },
    ].filter(Boolean), rows).element,
    !wanted.recommendation && failed.length > 0 && [h("h2", {}, t("portfolio.failures")),
      plainTable(t("portfolio.failures"), [t("column.project"), t("column.reason")], failed.map((p) => [p.name, p.failure]))],
    h("p", { class: "note" }, t("portfolio.totals")),
    h("p", { class: "note" }, t("limits")),
  ];
}

/** What all projects take on each card, and each project on each. */
function portfolioCardsPage() {
  const most = Math.max(1, ...cards.map((card) => card.alone.p90));
  const with_ = (index, what) => projects.filter((p) => onCard(index)(p)?.recommendation === what).length;
  return [
    h("p", {}, t("portfolio.totals")),
    plainTable(t("portfolio.cards"), [t("column.card"), ...recommendations.map((what) => "#" + t("recommendation." + what)), "#" + t("portfolio.column.once"), t("column.range"), "#" + t("portfolio.column.alone")],
      cards.map((card, index) => [link(card.title, "projects", { card: card.card }), ...recommendations.map((what) => (with_(index, what) ? link(number(with_(index, what)), "projects", { card: card.card, recommendation: what }) : "0")),
        figure(rangeText(card.once), "days/" + card.card), rangeBar(card.once, most), figure(rangeText(card.alone), "days/" + card.card)])),
    h("h2", {}, t("portfolio.matrix", { milestone: data.milestone })),
    heatTable(t("portfolio.matrix", { milestone: data.milestone }), [t("column.project"), ...cards.map((card) => link(card.title, "projects", { card: card.card }))],
      projects.map((project) => [projectLink(project), ...cards.map((card, index) => ({ range: onCard(index)(project), about: `${card.title}, ${project.name}`,
        href: reportOf(project, "#/card?card=" + encodeURIComponent(card.card)) }))])),
  ];
}

function copiesPage() {
  return [
    h("p", {}, t("copies.intro")),
    longTable(t("page.copies"), [
      { id: "file", label: t("column.file"), width: "auto", path: true, value: (c) => c.file, cell: (c) => pathCell(c.file) },
      { id: "projects", label: t("portfolio.projects"), width: "9rem", numeric: true, value: (c) => c.projects.length },
      { id: "cuda", label: t("column.cuda_lines"), width: "8rem", numeric: true, value: (c) => c.cuda_lines },
      { id: "left", label: t("column.left"), width: "9rem", numeric: true, value: (c) => c.left },
      { id: "where", label: t("column.where"), width: "40%", minor: true, value: (c) => c.projects.map((i) => projects[i].name).join(", ") },
    ], data.copies).element,
  ];
}

const bases = {
  days([id]) {
    const index = cards.findIndex((card) => card.card === id), card = cards[index];
    if (!card) return null;
    return [h("h3", {}, t("portfolio.days", { card: card.title, milestone: data.milestone }), t("colon"), rangeText(card.once)), h("p", {}, t("portfolio.totals")),
      plainTable(t("page.projects"), [t("column.project"), "#P10", "#P50", "#P90"], [
        ...projects.filter(onCard(index)).map((p) => [projectLink(p), ...["p10", "p50", "p90"].map((q) => inReport(p, days(onCard(index)(p)[q]), basisIn("days", id, data.milestone)))]),
        [t("portfolio.column.alone"), days(card.alone.p10), days(card.alone.p50), days(card.alone.p90)], [t("portfolio.column.once"), days(card.once.p10), days(card.once.p50), days(card.once.p90)]]),
      data.copies.length > 0 && h("p", {}, link(t("page.copies"), "copies"))];
  },
  once([key]) {
    if (!Object.hasOwn(data.once, key)) return null;
    const words = { left: t("column.left"), cuda_lines: t("column.cuda_lines") }[key], address = { left: "#/findings?verdict=left", cuda_lines: "#/files" }[key];
    return [h("h3", {}, words, t("colon"), number(data.once[key])), h("p", {}, t("portfolio.once.how")),
      plainTable(t("page.projects"), [t("column.project"), "#" + words, "#" + t("portfolio.shared")], [
        ...projects.filter((p) => !p.failure).map((p) => [projectLink(p), inReport(p, number(p[key]), address), number(p["shared_" + key])]),
        [t("portfolio.column.sum"), number(sumOf(key)), number(sumOf("shared_" + key))], [t("portfolio.counted.once"), number(data.once[key]), ""]]),
      data.copies.length > 0 && h("p", {}, link(t("page.copies"), "copies"))];
  },
};
const firstBasis = () => "days/" + cards[0].card;

const pages = { projects: projectsPage, cards: portfolioCardsPage, copies: copiesPage, basis: basisPage };
const onPaper = ["projects", "cards"];
const title = () => t("portfolio.title");
const foot = () => t("foot", { version: data.version, hip: data.hip });
