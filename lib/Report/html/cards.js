// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What becomes of the project on each card: verdict, days, what blocks, module by module.

const milestones = ["M1", "M2", "M3"], cases = ["p10", "p50", "p90"];

/** The indices of a list, of findings or parameters, by its number; CardsJson.h says how it is packed. */
const indicesOf = (list) => {
  let at = 0;
  return data.lists[list].split(" ").filter(Boolean).map((step) => (at += Number.parseInt(step, 36)));
};

const cards = data.cards.map((card) => ({ ...card, id: card.card + (card.generation ? ":" + card.generation : ""),
  name: card.title + (card.generation ? " " + card.generation : ""), days: Object.fromEntries(card.days.map((d) => [d.milestone, d])),
  modules: new Map(card.modules.map(([module, p10, p50, p90]) => [data.modules[module], { p10, p50, p90 }])),
  answers: card.answers.map((answer) => (Array.isArray(answer) ? { ...data.answers[answer[0]], name: answer[1] } : data.answers[answer])) }));
cards.sort((a, b) => recommendations.indexOf(a.recommendation) - recommendations.indexOf(b.recommendation) || a.days.M2.p50 - b.days.M2.p50);
const cardOf = (id) => cards.find((card) => card.id === id);

/** For each finding the number of its question, which cards answer. */
const questionOf = new Int32Array(findings.length).fill(-1);
data.questions.forEach((question, index) => indicesOf(question.findings).forEach((finding) => (questionOf[finding] = index)));
const answerFor = (card, finding) => card.answers[questionOf[finding.index]];

const reasons = new Map();
/** What decided about a place on a card, as a sentence; made once for each question. */
function reasonFor(card, finding) {
  const answer = answerFor(card, finding);
  if (!answer) return "";
  const key = `${language} ${card.id}`, question = questionOf[finding.index];
  if (!reasons.has(key)) reasons.set(key, []);
  return (reasons.get(key)[question] ??= t("reason." + answer.reason, { name: finding.kind.name, there: answer.name ?? "", have: answer.have ?? t("reason.unknown"),
    need: answer.need ?? t("reason.needed"), fact: answer.fact ? t("fact." + answer.fact) : "", library: finding.kind.library }));
}
const sourceFor = (about) => {
  const source = about?.source === undefined ? null : data.sources[about.source];
  return source && h("span", { class: "soft" }, source.seen, t("comma"), t("sure." + source.confidence));
};

const cardLink = (card) => link(card.name, "card", { card: card.id });
/** Of the lines with CUDA on them, those that need no hand; what is not known counts as needing one. */
function noHand(card) {
  const { as_is, automatic, hand, unknown } = card.lines;
  return percent(as_is + automatic, as_is + automatic + hand + unknown);
}

function groundText(ground, more = "") {
  return t(`ground.${ground.ground}${more}`, { n: ground.amount, share: percent(Math.round(ground.amount * 100), 100),
    fact: ground.fact ? t("fact." + ground.fact) : "", library: ground.library ?? "" });
}

/** For page 1: a row for each card. */
function cardTable() {
  const most = Math.max(...cards.map((card) => card.days.M3.p90));
  const opens = (card, text) => h("a", { class: "quiet", href: to("card", { card: card.id }) }, text);
  return plainTable(t("page.cards"), [t("column.card"), t("column.recommendation"), t("column.grade"), "#" + t("column.no_hand"),
    ...milestones.map((m) => "#" + t("milestone." + m)), t("column.range"), t("column.blocker")],
  cards.map((card) => [cardLink(card), recommendation(card), ...[card.grade, noHand(card)].map((text) => figure(text, "lines/" + card.id)),
    ...milestones.map((m) => figure(rangeText(card.days[m]), ["days", card.id, m].join("/"))), rangeBar(card.days.M2, most),
    card.grounds.length ? [opens(card, groundText(card.grounds[0])), card.grounds.length > 1 && [" ", opens(card, `+${card.grounds.length - 1}`)]] : "–"]), "cards");
}

const folderOf = (module) => (module === "." ? "" : module + "/");

/** Place and card: the modules that take most days. */
function matrix(milestone) {
  const names = [...new Set(cards.flatMap((card) => [...card.modules.keys()].slice(0, 25)))];
  const weight = (name) => Math.max(...cards.map((card) => card.modules.get(name)?.p50 ?? 0));
  const shown = names.sort((a, b) => weight(b) - weight(a)).slice(0, 40);
  return [heatTable(t("matrix.title", { milestone }), [t("column.module"), ...cards.map(cardLink)], shown.map((name) =>
    [h("span", { class: "code" }, link(name, "findings", { folder: folderOf(name) })),
      ...cards.map((card) => ({ range: card.modules.get(name), about: `${card.name}, ${name}`, href: to("basis", { of: ["module", card.id, name].join("/") }) }))])),
  h("p", { class: "soft" }, t("matrix.more", { n: shown.length, milestone }))];
}

function cardsPage() {
  return [
    h("p", {}, t("cards.intro", { model: data.effort.model, strategy: t("strategy." + data.effort.strategy) })),
    cardTable(),
    h("h2", {}, t("matrix.title", { milestone: data.effort.milestone })),
    matrix(data.effort.milestone),
  ];
}

const parameterTitle = (id) => catalogue["parameter." + id]?.[language] ?? data.effort.parameters.find((p) => p.id === id)?.title ?? id;
const itemTitle = (id) => catalogue["item." + id]?.[language] ?? data.effort.items.find((item) => item.item === id)?.title ?? id;

/** How far one parameter alone moves the days: a bar from its cheap to its dear end. */
function swingBar(swing, most) {
  const x = (200 * Math.min(swing.low_days, swing.high_days)) / most, width = (200 * Math.abs(swing.high_days - swing.low_days)) / most;
  return s("svg", { class: "range", viewBox: "0 0 200 12", preserveAspectRatio: "none", role: "img", "aria-label": `${days(swing.low_days)} – ${days(swing.high_days)}` },
    s("rect", { x, y: 2, width: Math.max(2, width), height: 8, fill: "var(--review)" }));
}

function cardPage(wanted) {
  const card = cardOf(wanted.card) ?? cards[0];
  const set = (kind, index) => ({ set: [card.id, kind, index].join("/") });
  const groundPlaces = (ground, i) => {
    const n = indicesOf(ground.findings).length;
    return n > 0 ? link(t("n.places", { n }), "findings", set("grounds", i)) : ground.ground === "not-analysed" ? link(t("page.coverage"), "coverage") : "";
  };
  const swingMost = Math.max(...card.swings.map((swing) => Math.max(swing.low_days, swing.high_days)), 0.1);
  const most = card.days.M3.p90;
  const handLines = (key) => figure(days(card.hand_lines[key]), ["item", card.id, "hand-lines"].join("/"));
  return [
    h("div", { class: "tools" }, chooser(t("column.card"), cards.map((c) => [c.id, c.name]), card.id, (id) => (location.hash = to("card", { card: id }))), recommendation(card), h("span", {}, t("column.grade"), " ", h("b", {}, card.grade)),
      link(t("card.places"), "findings", { card: card.id, verdict: "left" })),
    h("h3", {}, t("card.verdicts")),
    verdictBar(card.verdicts),
    h("ul", { class: "legend" }, verdicts.filter((verdict) => card.verdicts[verdict]).map((verdict) =>
      h("li", {}, swatch(verdict), t("verdict." + verdict), " ", count(card.verdicts[verdict], { card: card.id, verdict })))),
    h("p", {}, say("card.lines", {}, Object.fromEntries(["as_is", "automatic", "hand", "unknown", "files", "kernels"].map((key) => [key, figure(number(card.lines[key]), "lines/" + card.id)]))),
      " ", card.lines.not_analysed > 0 && link(t("card.lines.not_analysed", { n: card.lines.not_analysed }), "coverage")),
    h("h3", {}, t("card.days")),
    plainTable(t("card.days"), [t("column.milestone"), "#P10", "#P50", "#P90", t("column.range")],
      [...milestones.map((m) => [t("milestone." + m) + t("colon") + t(`milestone.${m}.more`), card.days[m], ["days", card.id, m].join("/")]), [t("column.upkeep"), card.upkeep, "parameter/upkeep"]]
        .map(([name, range, of]) => [name, ...cases.map((p) => figure(days(range[p]), of)), rangeBar(range, most)])),
    h("p", {}, say("card.hand", {}, { top: handLines("top_down"), bottom: handLines("bottom_up"), used: handLines("used") })),
    card.hand_lines.warning && h("p", { class: "note" }, say("card.apart", {}, { apart: handLines("apart") })),
    h("h3", {}, t("card.grounds")),
    card.grounds.length ? h("ul", {}, card.grounds.map((ground, i) => h("li", {}, h("b", { class: "sign " + ground.recommendation }, t("recommendation." + ground.recommendation)), " ",
      groundText(ground, ".more"), " ", groundPlaces(ground, i), " ", sourceFor(ground))))
      : h("p", {}, t("card.grounds.none")),
    h("h3", {}, t("card.items")),
    itemTable(card, "M3"),
    h("h3", {}, t("card.swings")),
    plainTable(t("card.swings"), [t("column.parameter"), "#" + t("column.low"), "#" + t("column.high"), t("column.range")],
      card.swings.map((swing) => [parameterTitle(swing.parameter), ...[swing.low_days, swing.high_days].map((value) => figure(days(value), "parameter/" + swing.parameter)), swingBar(swing, swingMost)])),
    h("h3", {}, t("page.libraries")),
    card.libraries.length ? plainTable(t("page.libraries"), [t("column.library"), t("column.state"), t("column.there"), "#" + t("column.places"), t("column.source")],
      card.libraries.map((library, i) => [library.title, t("library." + library.state), [library.there, library.note && [" ", h("span", { class: "soft", lang: "en" }, library.note)]],
        link(number(library.places), "findings", set("libraries", i)), sourceFor(library) || "–"])) : h("p", {}, t("card.libraries.none")),
  ];
}

/** What an address such as "musa/items/3" means: a card, and the item, ground or library of it. */
function partOf(address) {
  const [id, kind, index] = address.split("/"), card = cardOf(id);
  const part = ["items", "grounds", "libraries"].includes(kind) ? card?.[kind][index] : undefined;
  return part && { card, kind, part };
}

/** The places that such an address, or "trend/new", means. */
function placeSet(address) {
  if (address.startsWith("trend/")) return new Set(data.trend ? trendPlaces(address.slice(6)) : []);
  const { part } = partOf(address) ?? {};
  return new Set(!part ? [] : part.questions ? part.questions.flatMap((q) => indicesOf(data.questions[q].findings)) : indicesOf(part.findings));
}

function setText(address) {
  if (address.startsWith("trend/")) return catalogue["trend." + address.slice(6)]?.[language] ?? address;
  const { card, kind, part } = partOf(address) ?? {};
  if (!part) return address;
  return `${card.name}${t("colon")}${kind === "items" ? itemTitle(part.item) : kind === "grounds" ? groundText(part) : part.title}`;
}

/** What a place becomes on every card. */
function onCards(finding) {
  return h("details", { open: true }, h("summary", {}, t("place.cards")), plainTable(t("place.cards"), [t("column.card"), t("column.verdict"), t("column.reason")],
    cards.map((card) => {
      const answer = answerFor(card, finding);
      return [cardLink(card), answer ? badge(answer.verdict) : "–", answer ? [reasonFor(card, finding), " ", sourceFor(answer),
        answer.note && [" ", h("span", { lang: "en" }, answer.note)]] : "–"];
    })));
}
