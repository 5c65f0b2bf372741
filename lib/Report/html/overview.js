// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Page 1, for the planner: one A4 sheet.

const swatch = (name) => {
  const element = h("span", { class: "swatch" });
  element.style.background = `var(--${name})`;
  return element;
};

/** One bar, divided by verdict. */
function verdictBar(counts) {
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  let x = 0;
  const parts = verdicts.filter((verdict) => counts[verdict]).map((verdict) => {
    const width = (1000 * counts[verdict]) / all;
    const part = s("rect", { x, width, height: 22, fill: `var(--${verdict})` }, s("title", {}, `${t("verdict." + verdict)}: ${number(counts[verdict])}`));
    x += width;
    return part;
  });
  const label = verdicts.map((verdict) => `${t("verdict." + verdict)} ${number(counts[verdict])}`).join(", ");
  return s("svg", { class: "bar", viewBox: "0 0 1000 22", preserveAspectRatio: "none", role: "img", "aria-label": label }, parts);
}

function coverageNotes() {
  const { files: counts, lexical, places, ignored } = { ...data.summary, places: data.summary.places };
  const notes = [];
  if (counts["not-parsed"]) notes.push([link(t("cover.unread", { n: counts["not-parsed"] }), "coverage", { state: "not-parsed" }), " ", t("cover.unread.more")]);
  if (counts["parsed-with-errors"]) notes.push([link(t("cover.errors", { n: counts["parsed-with-errors"] }), "coverage", { state: "parsed-with-errors" }), " ", t("cover.errors.more")]);
  if (lexical) notes.push([link(t("cover.lexical", { n: lexical, share: percent(lexical, places) }), "findings", { confidence: "lexical" }), " ", t("cover.lexical.more")]);
  if (ignored) notes.push(link(t("cover.ignored", { n: ignored }), "findings", { ignored: "1" }));
  if (!notes.length) notes.push(t("cover.whole"));
  return notes;
}

function overviewPage() {
  const sum = data.summary, counts = sum.verdicts;
  const alone = counts["as-is"] + counts.rename + counts.edit;
  return [
    h("ul", { class: "tiles" },
      tile(count(sum.places, {}), t("tile.places"), say("tile.places.more", {}, { lines: link(number(sum.lines.with_places), "files"), all: link(number(sum.lines.seen), "files") })),
      tile(alone ? link(percent(alone, sum.places), "findings", { verdict: "alone" }) : percent(alone, sum.places), t("tile.alone"), say("tile.alone.more", { n: alone }, { n: count(alone, { verdict: "alone" }) })),
      tile(count(sum.left, { verdict: "left" }), t("tile.left"), say("tile.left.more", { n: sum.files.with_places_left },
        { questions: questions.length ? link(number(questions.length), "risks") : "0", n: count(sum.files.with_places_left, { verdict: "left" }) })),
      tile(link(percent(sum.files.parsed, sum.files.seen), "coverage"), t("tile.read"), say("tile.read.more", {}, { read: link(number(sum.files.parsed), "coverage", { state: "parsed" }), all: link(number(sum.files.seen), "files") }))),
    verdictBar(counts),
    h("ul", { class: "legend" }, verdicts.filter((verdict) => counts[verdict]).map((verdict) =>
      h("li", {}, swatch(verdict), t("verdict." + verdict), " ", count(counts[verdict], { verdict })))),
    data.trend && h("p", {}, link(t("trend.short", { fixed: data.trend.fixed.length, added: data.trend.new.length, gone: data.trend.gone_by_rules.length,
      seen: data.trend.new_by_rules.length }), "trend")),
    h("h2", {}, t("overview.cards")),
    cardTable(),
    h("p", { class: "soft" }, say("overview.cards.more", { model: data.effort.model, strategy: t("strategy." + data.effort.strategy) }, { upkeep: figure(rangeText(cards[0].upkeep), "parameter/upkeep") }),
      h("span", { class: "screen" }, " ", t("overview.cards.bar"))),
    h("h2", {}, t("risks.top")),
    questions.length
      ? plainTable(t("risks.top"), [t("column.question"), t("column.verdict"), t("column.example"), "#" + t("column.places"), "#" + t("column.files")],
        ruleGroups.slice(0, 10).map((g) => [link(summaryOf(g.rule), "risks", { rule: g.rule }), badge(g.verdict),
          h("span", { class: "code" }, g.questions[0].kind.name), count(g.places, { rule: g.rule, verdict: "left" }), count(g.files, { rule: g.rule, verdict: "left" })]))
      : h("p", {}, t("risks.none")),
    questions.length > 0 && h("p", { class: "screen" }, link(t("risks.all", { n: questions.length }), "risks")),
    h("h2", {}, t("card.swings")),
    h("p", { class: "swings" }, t("overview.swings", { card: cards[0].name, milestone: data.effort.milestone }), cards[0].swings.map((swing, i) => [i ? t("comma") : "",
      parameterTitle(swing.parameter), t("bracket.open"), figure(`${days(swing.low_days)} – ${days(swing.high_days)}`, "parameter/" + swing.parameter), t("bracket.close")]), t("stop"), h("span", { class: "screen" }, link(t("page.assumptions"), "assumptions"))),
    h("h2", {}, t("cover.title")),
    h("ul", {}, coverageNotes().map((note) => h("li", {}, note))),
    h("p", { class: "note" }, t("limits")),
  ];
}
