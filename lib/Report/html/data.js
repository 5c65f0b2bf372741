// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What HtmlWriter.cpp embedded, made into objects that refer to each other.

const data = read("data");
const verdicts = Object.keys(data.summary.verdicts);
const confidences = Object.keys(data.summary.confidences);
/** Rules about code that compiles for another width of the warp, or another limit, and then computes something else. */
const silentRules = /^(warp-|lane-mask|shuffle-distance|simd-in-word|block-size)/;
const forPerson = new Set(["review", "redesign", "unsupported", "unknown"]);

const rules = new Map(data.rules.map((rule) => [rule.rule, rule]));

/** What findings that differ only in their place have in common. */
const kinds = data.kinds.map(([rule, verdict, confidence, name, replacement, message, ignored], index) => {
  const kind = { index, rule: data.strings[rule], verdict: verdicts[verdict], confidence: confidences[confidence],
    name: data.strings[name], replacement: data.strings[replacement], message: data.strings[message],
    ignored: data.strings[ignored] };
  kind.library = data.libraries[data.library_of[kind.name]] ?? "";
  kind.left = forPerson.has(kind.verdict);
  kind.text = `${kind.rule} ${kind.name} ${kind.replacement} ${kind.message}`.toLowerCase();
  return kind;
});

const findings = [];
const files = data.files.map((file, index) => {
  const [path, state, reason, lines, cudaLines, errorCount, errors, source, places] = file;
  const result = { index, path, state, reason, lines, cudaLines, errorCount, errors, source, places: places.length / 3, first: findings.length, left: 0,
    lower: path.toLowerCase() };
  for (let i = 0; i < places.length; i += 3) {
    const kind = kinds[places[i]];
    result.left += kind.left;
    findings.push({ index: findings.length, file: result, kind, line: places[i + 1], column: places[i + 2] });
  }
  return result;
});

/** A file's findings, which stand together. */
const placesIn = (file) => findings.slice(file.first, file.first + file.places);

/** Rows of `list` that agree in `keyOf`, each with how many places and files it has. */
function groupBy(list, keyOf) {
  const groups = new Map();
  for (const finding of list) {
    const key = keyOf(finding);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { kind: finding.kind, findings: [], files: 0, last: null, left: 0 }));
    group.findings.push(finding);
    group.left += finding.kind.left;
    if (group.last !== finding.file) group.files++; // a file's places stand together
    group.last = finding.file;
  }
  return [...groups.values()];
}

const costOf = (verdict) => verdicts.indexOf(verdict);
const byCost = (a, b) => costOf(b.kind.verdict) - costOf(a.kind.verdict) || b.findings.length - a.findings.length;
/** Questions for a person: places with the same rule, name and verdict; the costliest first. */
const questions = groupBy(findings.filter((f) => f.kind.left), (f) => [f.kind.rule, f.kind.name, f.kind.verdict].join("\0")).sort(byCost);

/** The questions of each rule; the rule with most places first. */
const ruleGroups = [...new Set(questions.map((q) => q.kind.rule))].map((rule) => {
  const own = questions.filter((q) => q.kind.rule === rule);
  const places = own.flatMap((q) => q.findings);
  return { rule, questions: own, places: places.length, files: new Set(places.map((f) => f.file)).size,
    verdict: verdicts.findLast((verdict) => own.some((q) => q.kind.verdict === verdict)) };
}).sort((a, b) => b.places - a.places);

/** What a rule looks for, in one line. English stands in the rules themselves, other languages in the catalogue. */
const summaryOf = (rule) => catalogue["summary." + rule]?.[language] ?? rules.get(rule)?.summary ?? rule;

/** The lines around a place, its own marked; nothing where the report holds none. */
function excerpt(finding) {
  for (const [first, text] of finding.file.source) {
    const lines = text.split("\n");
    if (finding.line < first || finding.line >= first + lines.length) continue;
    const from = Math.max(0, finding.line - first - 3);
    return h("pre", { class: "source", tabindex: 0, "aria-label": t("source.label", { file: finding.file.path }) },
      lines.slice(from, finding.line - first + 4).map((line, i) => {
        const at = first + from + i;
        return h("span", { "data-line": at, class: at === finding.line ? "here" : undefined }, line || " ");
      }));
  }
  return null;
}
