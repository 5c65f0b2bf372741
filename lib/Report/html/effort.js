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

/** Each result: the questions and other results that it is made of, and how it reads. */
const resultsOf = {
  months: { from: ["people", "ramp", "month"], text: (r) => r.personMonths.toFixed(1) },
  workdays: { from: ["people", "share", "ramp"], text: (r) => amount(r.workdays) },
  finish: { from: ["workdays", "people", "share", "ramp", "start"], text: (r) => (r.finish === undefined ? t("whatif.open")
    : r.finish.toLocaleDateString(locale(), { timeZone: "UTC", dateStyle: "medium" })) },
  cost: { from: ["people", "ramp", "rate"], text: (r) => amount(r.cost) },
  idle: { from: ["workdays", "people", "share", "ramp", "new", "per", "number"], text: (r) => amount(r.idle) },
  hours: { from: ["cost", "people", "ramp", "rate", "old", "new", "per", "ratio"], text: (r) => amount(r.hours) },
  even: { from: ["cost", "hours", "people", "ramp", "rate", "old", "new", "per", "ratio", "number", "use"],
    text: (r) => (r.months === undefined ? t("whatif.open") : r.months === Infinity ? t("whatif.never") : r.months.toFixed(1)) },
};

/** The questions' values in what was typed or stands in an address; without one, or with a wrong one, the standard. */
const givenIn = (texts) => Object.fromEntries(questionsAsked.map((q) => {
  const text = texts[q.id];
  if (q.kind === "date") return [q.id, text && !Number.isNaN(Date.parse(text)) ? new Date(text + "T00:00:00Z") : undefined];
  if (q.kind === "choice") return [q.id, q.choices.includes(text) ? text : q.choices[0]];
  const figure = Number.parseFloat(text);
  return [q.id, Number.isFinite(figure) && figure >= q.min ? figure : q.standard];
}));

/** A result in its three cases; Leads makes of each text what stands there. */
const resultRow = (key, card, milestone, values, leads = (text) => text) =>
  [t("whatif." + key), ...cases.map((p) => leads(resultsOf[key].text(whatIf(card.days[milestone][p], values))))];

const amount = (value) => (value === undefined ? t("whatif.open") : value === Infinity ? t("whatif.never") : number(Math.round(value)));

function whatIfPage(wanted) {
  const card = cardOf(wanted.card) ?? cards[0], milestone = milestones.includes(wanted.milestone) ? wanted.milestone : "M2";
  const result = h("div", { "aria-live": "polite" });
  const fields = new Map();
  function compute() {
    const values = givenIn(Object.fromEntries([...fields].map(([id, field]) => [id, field.value])));
    const filters = { card: card.id, milestone };
    for (const q of questionsAsked) filters[q.id] = fields.get(q.id).value === String(q.standard ?? "") ? undefined : fields.get(q.id).value;
    history.replaceState(null, "", to("whatif", filters));
    result.replaceChildren(plainTable(t("page.whatif"), [t("column.result"), "#P10", "#P50", "#P90"], [
      [link(t("whatif.days"), "card", { card: card.id }), ...cases.map((p) => figure(days(card.days[milestone][p]), ["days", card.id, milestone].join("/")))],
      ...Object.keys(resultsOf).map((key) => resultRow(key, card, milestone, values, (text) => figure(text, "whatif/" + key, filters))),
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

const backtestKeys = { hecbench: ["spearman", "auc", "top20"], ports: ["mean_factor", "within_three", "covered"] };

function assumptionsPage() {
  const { effort } = data;
  const tests = Object.entries(backtestKeys).map(([about, keys]) => [h("h3", {}, t("backtest." + about)),
    plainTable(t("backtest." + about), [t("column.predictor"), "#" + t("column.cases"), ...keys.map((key) => "#" + t("backtest." + key))],
      effort.backtest.map((row, index) => [row, "backtest/" + index]).filter(([row]) => row.data === about).map(([row, of]) =>
        [h("span", { lang: "en" }, row.predictor), figure(number(row.cases), of), ...keys.map((key) => (row[key] === undefined ? "–" : figure(String(row[key]), of)))]))]);
  return [
    h("p", {}, t("assumptions.intro", { model: effort.model, fingerprint: effort.fingerprint, seed: effort.seed, strategy: t("strategy." + effort.strategy) })),
    effort.pilot && h("p", { class: "note" }, t("assumptions.pilot", { n: effort.pilot.modules.length, card: effort.pilot.card })),
    parameterTable(effort.parameters),
    h("h2", {}, t("assumptions.thresholds")),
    plainTable(t("assumptions.thresholds"), [t("column.meaning"), "#" + t("column.value")],
      effort.thresholds.map((limit) => [catalogue["threshold." + limit.id][language] ?? limit.title, String(limit.value)])),
    h("h2", {}, t("backtest.title")),
    effort.backtest.length ? [h("p", {}, t("backtest.intro")), tests]
      : h("p", {}, t("backtest.none")),
  ];
}
