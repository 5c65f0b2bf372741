// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What-if: dates and money from the reader's own numbers. And what all figures assume.

const hoursOfMonth = 730, hoursOfDay = 24;

const questionsAsked = [
  { id: "people", kind: "number", standard: 2, min: 0.1, step: 0.5 },
  { id: "share", kind: "number", standard: 80, min: 1, step: 5 },
  { id: "ramp", kind: "number", standard: 10, min: 0, step: 5 },
  { id: "start", kind: "date" },
  { id: "month", kind: "number", standard: 21.75, min: 1, step: 0.25 },
  { id: "rate", kind: "number", min: 0, step: 1 },
  { id: "old", kind: "number", min: 0, step: "any" },
  { id: "new", kind: "number", min: 0, step: "any" },
  { id: "per", kind: "choice", choices: ["hour", "month"] },
  { id: "ratio", kind: "number", standard: 1, min: 0.01, step: "any" },
  { id: "number", kind: "number", min: 1, step: 1 },
  { id: "use", kind: "number", standard: 60, min: 1, step: 5 },
];

/**
 * From days of work to dates and money. A number that was not given is undefined, and what rests on it stays undefined:
 * no price is ever assumed.
 */
function whatIf(work, given) {
  const ramped = work + (given.people * given.ramp) / 2; // a newcomer's speed rises evenly from nothing
  const workdays = ramped / (given.people * (given.share / 100));
  const calendar = (workdays * 7) / 5;
  const finish = given.start && new Date(given.start.getTime() + Math.ceil(calendar) * 86400000);
  const cost = given.rate === undefined ? undefined : ramped * given.rate;
  const perHour = (price) => (price === undefined ? undefined : given.per === "month" ? price / hoursOfMonth : price);
  const [before, after] = [perHour(given.old), perHour(given.new)];
  const saving = before === undefined || after === undefined ? undefined : before - after * given.ratio;
  const hours = cost === undefined || saving === undefined ? undefined : saving > 0 ? cost / saving : Infinity;
  const idle = after === undefined || given.number === undefined ? undefined : after * given.number * calendar * hoursOfDay;
  const months = hours === undefined || given.number === undefined ? undefined : hours / (given.number * hoursOfMonth * (given.use / 100));
  return { personMonths: ramped / given.month, workdays, finish, cost, hours, idle, months };
}

const amount = (value) => (value === undefined ? t("whatif.open") : value === Infinity ? t("whatif.never") : Math.round(value).toLocaleString(language === "zh" ? "zh-CN" : "en-GB"));

function whatIfPage(wanted) {
  const card = cardOf(wanted.card) ?? cards[0], milestone = milestones.includes(wanted.milestone) ? wanted.milestone : "M2";
  const result = h("div", { "aria-live": "polite" });
  const fields = new Map();
  const given = () => Object.fromEntries(questionsAsked.map((q) => {
    const value = fields.get(q.id).value;
    if (q.kind === "date") return [q.id, value ? new Date(value + "T00:00:00Z") : undefined];
    if (q.kind === "choice") return [q.id, value];
    const figure = Number.parseFloat(value);
    return [q.id, Number.isFinite(figure) && figure >= q.min ? figure : q.standard];
  }));
  const date = (value) => (value === undefined ? t("whatif.open") : value.toLocaleDateString(language === "zh" ? "zh-CN" : "en-GB", { timeZone: "UTC", dateStyle: "medium" }));
  function compute() {
    const values = given();
    const cases = ["p10", "p50", "p90"].map((p) => whatIf(card.days[milestone][p], values));
    const row = (key, show) => [t("whatif." + key), ...cases.map(show)];
    const filters = { card: wanted.card, milestone: wanted.milestone };
    for (const q of questionsAsked) filters[q.id] = fields.get(q.id).value === String(q.standard ?? "") ? undefined : fields.get(q.id).value;
    history.replaceState(null, "", to("whatif", filters));
    result.replaceChildren(plainTable(t("page.whatif"), [t("column.result"), "#P10", "#P50", "#P90"], [
      [link(t("whatif.days"), "card", { card: card.id }), ...["p10", "p50", "p90"].map((p) => days(card.days[milestone][p]))],
      row("months", (c) => c.personMonths.toFixed(1)), row("workdays", (c) => amount(c.workdays)), row("finish", (c) => date(c.finish)),
      row("cost", (c) => amount(c.cost)), row("idle", (c) => amount(c.idle)), row("hours", (c) => amount(c.hours)),
      row("even", (c) => (c.months === undefined ? t("whatif.open") : c.months === Infinity ? t("whatif.never") : c.months.toFixed(1))),
    ]));
  }
  const field = (q) => {
    const value = wanted[q.id] ?? (q.standard === undefined ? "" : String(q.standard));
    const input = q.kind === "choice"
      ? h("select", { onchange: compute }, q.choices.map((c) => h("option", { value: c, selected: value === c }, t("whatif.per." + c))))
      : h("input", { type: q.kind, value, min: q.min, step: q.step, oninput: compute });
    fields.set(q.id, input);
    return h("label", {}, h("span", {}, t("whatif.ask." + q.id)), input);
  };
  const choose = (name, values, now) => chooser(h("span", {}, t("column." + name)), values, now, (value) => (location.hash = to("whatif", { ...wanted, [name]: value })));
  const form = h("div", { class: "form" },
    choose("card", cards.map((c) => [c.id, c.name]), card.id), choose("milestone", milestones.map((m) => [m, t("milestone." + m) + t("colon") + t(`milestone.${m}.more`)]), milestone),
    questionsAsked.map(field));
  compute();
  return [h("p", {}, t("whatif.intro")), form, result, h("p", { class: "soft" }, t("whatif.how"))];
}

function assumptionsPage() {
  const { effort } = data;
  const tests = (about, keys) => {
    const rows = effort.backtest.filter((row) => row.data === about);
    return rows.length > 0 && plainTable(t("backtest." + about), [t("column.predictor"), "#" + t("column.cases"), ...keys.map((key) => "#" + t("backtest." + key))],
      rows.map((row) => [h("span", { lang: "en" }, row.predictor), number(row.cases), ...keys.map((key) => row[key] ?? "–")]));
  };
  return [
    h("p", {}, t("assumptions.intro", { model: effort.model, fingerprint: effort.fingerprint, seed: effort.seed, strategy: t("strategy." + effort.strategy) })),
    effort.pilot && h("p", { class: "note" }, t("assumptions.pilot", { n: effort.pilot.modules.length, card: effort.pilot.card })),
    plainTable(t("page.assumptions"), [t("column.parameter"), "#" + t("column.low"), "#" + t("column.expected"), "#" + t("column.high"), t("column.unit"), t("column.basis")],
      effort.parameters.map((p) => [[parameterTitle(p.id), p.from_user && [" ", h("b", {}, t("assumptions.user"))]], String(p.low), String(p.expected), String(p.high),
        h("span", { lang: "en" }, p.unit), h("span", { lang: "en", title: p.source }, p.basis)])),
    h("h2", {}, t("backtest.title")),
    effort.backtest.length ? [h("p", {}, t("backtest.intro")), tests("hecbench", ["spearman", "auc", "top20"]), tests("ports", ["mean_factor", "within_three", "covered"])]
      : h("p", {}, t("backtest.none")),
  ];
}
