// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What each computed figure rests on: by the address of the figure, the numbers it is made of, and where those come from.

const parametersOf = (item) => indicesOf(item.parameters).map((index) => data.effort.parameters[index]);
const headOf = (title, value) => h("h3", {}, title, value !== undefined && [t("colon"), value]);

/** Parameters with their ends and basis; each leads to what is known of it. */
function parameterTable(list) {
  return plainTable(t("page.assumptions"), [t("column.parameter"), "#" + t("column.low"), "#" + t("column.expected"), "#" + t("column.high"), t("column.unit"), t("column.basis")],
    list.map((p) => {
      const leads = (value) => figure(String(value), "parameter/" + p.id);
      return [[parameterTitle(p.id), p.from_user && [" ", h("b", {}, t("assumptions.user"))]], leads(p.low), leads(p.expected), leads(p.high),
        h("span", { lang: "en" }, p.unit), h("span", { lang: "en" }, p.basis)];
    }));
}

/** The list that an item was counted from. */
function countedIn(card, item) {
  const lists = { "automatic-review": ["findings", { card: card.id, verdict: "machine" }], unanalysed: ["coverage", { state: "not-parsed" }],
    "cutlass-family": ["files"], "kernel-rewrite": ["kernels", { all: "1" }], tuning: ["kernels", { all: "1" }] };
  const index = card.items.indexOf(item), places = indicesOf(item.findings).length;
  if (places > 0) return link(t("n.places", { n: places }), "findings", { set: [card.id, "items", index].join("/") });
  return Object.hasOwn(lists, item.item) ? link(t("page." + lists[item.item][0]), ...lists[item.item]) : "";
}

/** What the days to a milestone are made of. */
function itemTable(card, milestone) {
  const of = (item) => data.effort.items.find((x) => x.item === item.item);
  return plainTable(t("card.items"), [t("column.item"), "#" + t("column.amount"), t("column.from"), "#P10", "#P50", "#P90", t("column.counted")],
    card.items.filter((item) => of(item).milestone <= milestone).map((item) => {
      const leads = (value) => figure(days(value), ["item", card.id, item.item].join("/"));
      return [itemTitle(item.item), leads(item.count), of(item).milestone, leads(item.days.p10), leads(item.days.p50), leads(item.days.p90), countedIn(card, item)];
    }));
}

/** From size, and from places, to lines that are edited by hand. */
function handLineTable(card) {
  const { hand_lines: lines } = card, share = "hand-share-" + data.effort.strategy;
  const rows = [["lines", "files", undefined, [share, "unseen-share"]], ["places", "findings", { card: card.id, verdict: "left" }, ["lines-per-place"]],
    ["warp_places", "findings", { card: card.id, verdict: "left" }, ["lines-per-warp-place"]], ["unknown_names", "apis", { card: card.id, verdict: "unknown" }, ["lines-per-unknown-name"]],
    ["derived_names", "apis", { card: card.id, derived: "1" }, ["derived-names-wrong", "lines-per-unknown-name"]]];
  return plainTable(t("hand.title"), [t("column.counted"), "#" + t("column.amount"), t("column.parameter")], [
    ...rows.map(([key, page, filters, by]) => [t("hand." + key), lines[key] ? link(number(lines[key]), page, filters) : "0",
      by.map((id, i) => [i ? t("comma") : "", figure(parameterTitle(id), "parameter/" + id)])]),
    [t("hand.top_down"), days(lines.top_down), t("hand.top_down.how")], [t("hand.bottom_up"), days(lines.bottom_up), [t("hand.bottom_up.how"), " ", figure(parameterTitle("guard-share"), "parameter/guard-share")]],
    [t("hand.used"), days(lines.used), t("hand.used.how")]]);
}

const bases = {
  days([id, milestone]) {
    const card = cardOf(id);
    if (!card?.days[milestone]) return null;
    const factor = figure(parameterTitle("model-error"), "parameter/model-error");
    return [headOf(t("basis.days", { card: card.name, milestone }), rangeText(card.days[milestone])), h("p", {}, say("basis.days.how", { low: days(card.error_factor.low), high: days(card.error_factor.high) }, { factor })),
      data.effort.pilot && h("p", { class: "note" }, t("assumptions.pilot", { n: data.effort.pilot.modules.length, card: data.effort.pilot.card })),
      itemTable(card, milestone), h("p", {}, cardLink(card))];
  },
  item([id, kind]) {
    const card = cardOf(id), item = card?.items.find((x) => x.item === kind);
    if (!item) return null;
    return [headOf(`${card.name}${t("colon")}${itemTitle(kind)}`), h("p", {}, t("counted." + kind)),
      h("dl", { class: "facts" }, term("column.amount", days(item.count)), term("column.counted", countedIn(card, item) || t("counted.computed")), term("card.days", rangeText(item.days))),
      ["hand-lines", "build", "tests"].includes(kind) && [h("h3", {}, t("hand.title")), handLineTable(card)],
      h("h3", {}, t("basis.parameters")), parameterTable(parametersOf(item)), h("p", {}, cardLink(card))];
  },
  module([id, ...path]) {
    const card = cardOf(id), name = path.join("/"), range = card?.modules.get(name);
    if (!range) return null;
    const own = files.filter((file) => (file.path.includes("/") ? file.path.slice(0, file.path.lastIndexOf("/")) : ".") === name && file.places);
    const left = (file) => placesIn(file).filter((f) => forPerson.has(answerFor(card, f)?.verdict)).length;
    return [headOf(`${card.name}${t("colon")}${name}`, rangeText(range)), h("p", {}, t("basis.module", { milestone: data.effort.milestone })),
      longTable(t("page.files"), [
        { id: "file", label: t("column.file"), width: "auto", path: true, value: (f) => f.path, cell: (f) => pathCell(f.path, to("findings", { card: id, file: f.path })) },
        { id: "left", label: t("column.left"), width: "9rem", numeric: true, value: left, cell: (f) => count(left(f), { card: id, file: f.path, verdict: "left" }) },
        { id: "places", label: t("column.places"), width: "7rem", numeric: true, value: (f) => f.places, cell: (f) => count(f.places, { card: id, file: f.path }) },
        { id: "lines", label: t("column.lines"), width: "7rem", numeric: true, value: (f) => f.lines, cell: (f) => count(f.lines, { card: id, file: f.path }) },
      ], own, { sort: "-left" }).element,
      h("p", {}, figure(t("basis.days", { card: card.name, milestone: data.effort.milestone }), ["days", id, data.effort.milestone].join("/")))];
  },
  lines([id]) {
    const card = cardOf(id);
    if (!card) return null;
    const { lines } = card, limit = (grade) => percent(data.effort.thresholds.find((x) => x.id === grade).value, 1);
    const rows = [["as_is", "findings", { card: id, verdict: "as-is" }], ["automatic", "findings", { card: id, verdict: "machine" }], ["hand", "findings", { card: id, verdict: "hand" }],
      ["unknown", "findings", { card: id, verdict: "unknown" }], ["files", "files"], ["kernels", "kernels", { all: "1" }], ["not_analysed", "coverage", { state: "not-parsed" }]];
    return [headOf(`${card.name}${t("colon")}${t("column.no_hand")}`, noHand(card)), h("p", {}, t("lines.how")),
      plainTable(t("column.lines"), [t("column.counted"), "#" + t("column.lines")], rows.map(([key, page, filters]) => [t("lines." + key), lines[key] ? link(number(lines[key]), page, filters) : "0"])),
      headOf(t("column.grade"), card.grade), h("p", {}, t("lines.grade", { share: percent(card.hand_share, 1), a: limit("grade-a"), b: limit("grade-b"), c: limit("grade-c") })), h("p", {}, t("lines.difficulty")),
      h("p", {}, cardLink(card))];
  },
  parameter([id]) {
    const p = data.effort.parameters.find((x) => x.id === id);
    if (!p) return null;
    const moved = cards.flatMap((card) => card.swings.filter((swing) => swing.parameter === id).map((swing) => [cardLink(card), days(swing.low_days), days(swing.high_days)]));
    const uses = [...new Set(cards.flatMap((card) => card.items.filter((item) => parametersOf(item).includes(p)).map((item) => item.item)))];
    return [headOf(parameterTitle(id)), parameterTable([p]), p.source && h("p", {}, t("column.source"), t("colon"), h("span", { lang: "en" }, p.source)),
      uses.length > 0 && h("p", {}, t("basis.uses"), t("colon"), uses.map((item, i) => [i ? t("comma") : "", figure(itemTitle(item), ["item", cards.find((c) => c.items.some((x) => x.item === item)).id, item].join("/"))])),
      moved.length > 0 && [h("h3", {}, t("basis.moves", { milestone: data.effort.milestone })), plainTable(t("column.card"), [t("column.card"), "#" + t("column.low"), "#" + t("column.high")], moved)],
      h("p", {}, link(t("page.assumptions"), "assumptions"))];
  },
  backtest([index]) {
    const row = data.effort.backtest[index];
    if (!row) return null;
    return [headOf(t("backtest." + row.data)), h("p", {}, t("column.predictor"), t("colon"), h("span", { lang: "en" }, row.predictor)), h("p", {}, t(`backtest.${row.data}.how`)),
      plainTable(t("column.result"), [t("column.result"), "#", t("column.meaning")], [[t("column.cases"), number(row.cases), ""],
        ...backtestKeys[row.data].map((key) => [t("backtest." + key), row[key] ?? "–", t(`backtest.${key}.how`)])]),
      h("p", {}, t("column.source"), t("colon"), h("span", { lang: "en" }, row.source)), h("p", {}, link(t("page.assumptions"), "assumptions"))];
  },
  whatif([key], wanted) {
    const card = cardOf(wanted.card) ?? cards[0], milestone = milestones.includes(wanted.milestone) ? wanted.milestone : "M2", values = givenIn(wanted);
    if (!Object.hasOwn(resultsOf, key)) return null;
    const { of: _, ...own } = wanted;
    return [headOf(`${card.name}${t("colon")}${t("whatif." + key)}`), h("p", {}, t("whatif.formula." + key)),
      plainTable(t("page.whatif"), [t("column.result"), "#P10", "#P50", "#P90"], [
        [t("whatif.days"), ...cases.map((p) => figure(days(card.days[milestone][p]), ["days", card.id, milestone].join("/")))],
        ...resultsOf[key].from.filter((from) => Object.hasOwn(resultsOf, from)).concat(key).map((result) => resultRow(result, card, milestone, values))]),
      h("h3", {}, t("whatif.given")),
      h("dl", { class: "facts" }, questionsAsked.filter((q) => resultsOf[key].from.includes(q.id)).map((q) => term("whatif.ask." + q.id, q.kind === "choice" ? t("whatif.per." + values[q.id])
        : [wanted[q.id] || (q.standard ?? t("whatif.open")), wanted[q.id] === undefined && q.standard !== undefined && [" ", h("span", { class: "soft" }, t("whatif.standard"))]]))),
      h("p", {}, link(t("page.whatif"), "whatif", own))];
  },
};
const firstBasis = () => ["days", cards[0].id, data.effort.milestone].join("/");
