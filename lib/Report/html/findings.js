// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every place, with search, filters and order; and the questions that are left for a person.

/** The text of a rule's page: paragraphs and, between ``` lines, code. */
function rulePage(rule) {
  const page = rules.get(rule)?.page;
  if (!page) return null;
  return h("details", {}, h("summary", {}, t("rule.page", { rule })), page.split(/^```\w*\n/m).map((part, i) =>
    i % 2 ? h("pre", { class: "text" }, part.trimEnd())
      : part.split(/\n\n+/).filter((text) => text.trim() && !text.startsWith("# ")).map((text) =>
        text.startsWith("## ") ? h("h3", {}, t("rule." + text.slice(3).trim().toLowerCase())) : h("p", {}, text.trim()))));
}

const placeText = (finding) => `${finding.file.path}:${finding.line}:${finding.column}`;

function findingDetail(finding) {
  const { kind } = finding;
  return [
    h("h3", { class: "code" }, placeText(finding)),
    h("p", {}, badge(kind.verdict), " ", h("span", { class: "soft" }, t("confidence." + kind.confidence))),
    h("p", { lang: "en" }, kind.message),
    kind.ignored && h("p", {}, t("ignored.why", { why: kind.ignored })),
    excerpt(finding),
    h("dl", { class: "facts" },
      kind.name && term("column.name", h("span", { class: "code" }, kind.name)),
      kind.replacement && term("column.replacement", h("span", { class: "code" }, kind.replacement)),
      kind.library && term("column.library", kind.library),
      term("column.rule", `${kind.rule}: ${summaryOf(kind.rule)}`)),
    onCards(finding),
    h("p", {}, link(t("same.question"), "findings", { rule: kind.rule, name: kind.name, verdict: kind.verdict }), " · ",
      link(t("same.file"), "findings", { file: finding.file.path })),
    rulePage(kind.rule),
  ];
}

/** Verdicts that are asked for together. */
const groups = { left: (verdict) => forPerson.has(verdict), alone: (verdict) => !forPerson.has(verdict),
  machine: (verdict) => verdict === "rename" || verdict === "edit", hand: (verdict) => forPerson.has(verdict) && verdict !== "unknown" };

/** The findings that the address asks for. */
function select(wanted) {
  const card = cardOf(wanted.card), set = wanted.set && placeSet(wanted.set);
  const on = (finding) => (card ? answerFor(card, finding)?.verdict : finding.kind.verdict);
  const [firstLine, lastLine] = (wanted.lines ?? "").split("-").map(Number);
  // Kinds and files are few, places many: what can be asked of those is not asked of each place.
  const kindPasses = kinds.map((kind) =>
    (!wanted.confidence || (wanted.confidence === "lexical" ? kind.confidence !== "resolved" : kind.confidence === wanted.confidence)) &&
    (!wanted.rule || kind.rule === wanted.rule) && (!wanted.name || kind.name === wanted.name) &&
    (!wanted.library || kind.library === wanted.library) && (!wanted.ignored || kind.ignored) && (!wanted.silent || silentRules.test(kind.rule)));
  const filePasses = files.map((file) => (!wanted.file || file.path === wanted.file) && (!wanted.folder || file.path.startsWith(wanted.folder)));
  const words = (wanted.q ?? "").toLowerCase().split(/\s+/).filter(Boolean).map((word) =>
    ({ inKind: kinds.map((kind) => kind.text.includes(word)), inFile: files.map((file) => file.lower.includes(word)) }));
  const verdictPasses = groups[wanted.verdict] ?? ((verdict) => verdict === wanted.verdict);
  return findings.filter((f) => kindPasses[f.kind.index] && filePasses[f.file.index] && (!set || set.has(f.index)) &&
    (!wanted.lines || (f.line >= firstLine && f.line <= lastLine)) && (!wanted.verdict || verdictPasses(on(f))) &&
    words.every(({ inKind, inFile }) => inKind[f.kind.index] || inFile[f.file.index]));
}

const choice = (label, name, wanted, values, change, none = t("filter.any")) =>
  chooser(label, [["", none], ...values], wanted[name] ?? "", (value) => change({ [name]: value }));

function findingsPage(wanted) {
  const card = cardOf(wanted.card);
  const on = (finding) => (card ? answerFor(card, finding).verdict : finding.kind.verdict);
  const status = h("span", { role: "status", class: "soft" });
  const detail = h("section", { class: "detail", "aria-label": t("detail.label"), hidden: true, tabindex: -1 });
  const split = h("div", { class: "split" });
  const columns = [
    { id: "place", label: t("column.place"), width: "32%", path: true, value: (f) => f.index, cell: (f) => pathCell(placeText(f)) },
    { id: "verdict", label: card ? card.name : t("column.verdict"), width: "9.5rem", value: (f) => costOf(on(f)), cell: (f) => badge(on(f)) },
    { id: "name", label: t("column.name"), width: "auto", value: (f) => f.kind.name, cell: (f) => h("span", { class: "code", title: f.kind.name }, f.kind.name) },
    { id: "message", label: t("column.message"), width: "40%", minor: true, value: (f) => (card ? reasonFor(card, f) : f.kind.message) },
  ];
  const shown = () => {
    const chosen = select(wanted);
    status.textContent = t("filter.status", { n: chosen.length, all: findings.length }) + t("comma") + t("n.files", { n: new Set(chosen.map((f) => f.file)).size });
    return chosen;
  };
  const table = longTable(t("page.findings"), columns, shown(), { open(finding) {
    detail.hidden = false;
    split.classList.add("open");
    detail.replaceChildren(...findingDetail(finding).flat(9).filter(Boolean));
    detail.focus({ preventScroll: innerWidth >= 1150 });
  } });
  const change = (filters) => {
    for (const [name, value] of Object.entries(filters)) if (value) wanted[name] = value; else delete wanted[name];
    history.replaceState(null, "", to("findings", wanted));
    table.update(shown());
    clear.hidden = !Object.keys(wanted).length;
  };
  const clear = h("a", { href: to("findings"), hidden: !Object.keys(wanted).length }, t("filter.clear"));
  const search = h("input", { type: "search", value: wanted.q ?? "", placeholder: t("filter.search.hint"), oninput: () => change({ q: search.value }) });
  split.append(table.element, detail);
  const fixed = ["file", "lines", "folder", "name", "library", "set", "ignored", "silent"].filter((name) => wanted[name]);
  return [
    h("div", { class: "tools", role: "search" },
      h("label", {}, h("span", { class: "hidden" }, t("filter.search")), search),
      choice(t("column.card"), "card", wanted, cards.map((c) => [c.id, c.name]), (filters) => (location.hash = to("findings", { ...wanted, ...filters })), t("filter.hip")),
      choice(t("column.verdict"), "verdict", wanted, [...Object.keys(groups).map((group) => [group, t("filter." + group)]), ...verdicts.map((v) => [v, t("verdict." + v)])], change),
      choice(t("column.rule"), "rule", wanted, data.rules.map((r) => [r.rule, r.rule]), change),
      choice(t("column.confidence"), "confidence", wanted, [["lexical", t("filter.lexical")], ...confidences.map((c) => [c, t("confidence." + c)])], change),
      clear, status),
    fixed.length > 0 && h("p", {}, t("filter.only"), " ", fixed.map((name, i) => [i ? ", " : "", t("filter." + name), " ", ["ignored", "silent"].includes(name) ? "" : h("span", { class: "code" }, name === "set" ? setText(wanted.set) : wanted[name])])),
    language !== "en" && h("p", { class: "soft" }, t("english.messages")),
    split,
  ];
}

const questionsAtOnce = 8;

/** A question that opens to its first places and the rule's page. */
function questionBox(q) {
  const body = h("div");
  const fillIn = () => body.hasChildNodes() || fill(body, {}, [
    h("p", { lang: "en" }, q.kind.message),
    q.findings.slice(0, 3).map((f) => [h("p", { class: "code" }, placeText(f)), excerpt(f)]),
    h("p", {}, link(t("risks.places", { n: q.findings.length }), "findings", { rule: q.kind.rule, name: q.kind.name, verdict: q.kind.verdict })),
  ]);
  if (paper) fillIn();
  return h("details", { class: "risk", open: paper, ontoggle: fillIn }, h("summary", {}, badge(q.kind.verdict), " ", h("span", { class: "code" }, q.kind.name || q.kind.message), " ",
    h("span", { class: "soft" }, inPlaces(q.findings.length, q.files))), body);
}

const inPlaces = (places, files) => [t("n.places", { n: places }), t("comma"), t("n.files", { n: files })];

function risksPage(wanted) {
  return [
    h("p", {}, t("risks.intro", { n: questions.length })),
    language !== "en" && h("p", { class: "soft" }, t("english.messages")),
    ruleGroups.filter((g) => !wanted.rule || g.rule === wanted.rule).map((g) => [
      h("h3", {}, summaryOf(g.rule), " ", h("small", { class: "soft" }, `${g.rule} · `, link(inPlaces(g.places, g.files).join(""), "findings", { rule: g.rule, verdict: "left" }))),
      rulePage(g.rule),
      g.questions.slice(0, wanted.rule ? undefined : questionsAtOnce).map(questionBox),
      !wanted.rule && g.questions.length > questionsAtOnce && h("p", {}, link(t("risks.more", { n: g.questions.length }), "risks", { rule: g.rule })),
    ]),
    wanted.rule && h("p", {}, link(t("risks.all", { n: questions.length }), "risks")),
  ];
}
