// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The page of cuport verify: two runs of a program, and the calls that differ.

const data = read("data");
data.subject = `${data.reference.file} – ${data.compared.file}`;

const callName = (d) => (d.launch ? t("verify.launch", { number: d.launch, name: d.name }) : d.name);
const memoryName = (m) => [m.by_host && t("verify.by_host"), m.argument, m.memory].filter(Boolean).join(", ");
const ulpsOf = (first) => first.ulps ?? "–";

/** One difference, whole. */
function differenceBox(d) {
  return h("section", {},
    h("h3", {}, callName(d), " ", h("span", { class: "badge", tone: "review" }, t("verify." + d.kind))),
    h("dl", {},
      term("verify.call", number(d.call)), term("verify.stream", number(d.stream)),
      d.defined && term("verify.defined", d.defined), d.called && term("verify.called", d.called),
      d.next_kernel && term("verify.next_kernel", d.next_kernel),
      d.called_compared && d.called_compared !== d.called && term("verify.called_compared", d.called_compared)),
    d.reasons.length > 0 && h("ul", {}, d.reasons.map((reason) => h("li", {}, reason))),
    d.memory.length > 0 && plainTable(t("verify.memory"),
      [t("verify.memory"), "#" + t("verify.values"), "#" + t("verify.values_differ"), "#" + t("verify.element"), t("verify.type"),
        t("verify.reference"), t("verify.compared"), "#" + t("verify.ulps")],
      d.memory.map((m) => [memoryName(m), number(m.compared), number(m.different), number(m.first.element) + m.first.field, m.first.type,
        m.first.reference, m.first.compared, ulpsOf(m.first)])));
}

function verifyPage() {
  const run = (key) => { const r = data[key]; return [t("verify." + key), r.file, r.backend, r.warp, number(r.calls), number(r.launches), r.command]; };
  const left = data.not_compared;
  const open = [["verify.sampled", left.sampled_bytes], ["verify.foreign", left.foreign_addresses], ["verify.unpaired", left.unpaired_changes],
    ["verify.untyped", data.bytes_of_unknown_type]].filter(([, n]) => n > 0);
  const cut = ["reference", "compared"].filter((key) => !data[key].complete);
  const launch = data.first_launch > 0 && data.differences[data.first_launch];
  return [
    h("ul", { class: "tiles" },
      tile(t("verify.result." + data.result), t("verify.result"), ""),
      tile(number(data.different_calls), t("verify.different_calls"), t("verify.of_calls", { n: data.compared_calls })),
      tile(number(data.compared_values), t("verify.compared_values"), "")),
    plainTable(t("verify.runs"), ["", t("column.file"), t("verify.backend"), "#" + t("verify.lanes"), "#" + t("verify.calls"),
      "#" + t("verify.launches"), t("verify.command")], [run("reference"), run("compared")]),
    data.differences.length > 0 && [h("h2", {}, t("verify.first")), differenceBox(data.differences[0])],
    launch && [h("h2", {}, t("verify.first_kernel")), differenceBox(launch)],
    data.differences.length > 1 && [h("h2", {}, t("verify.all")),
      plainTable(t("verify.all"), ["#" + t("verify.call"), "#" + t("verify.stream"), t("verify.name"), t("verify.kind"), t("verify.called"), "#" + t("verify.values_differ")],
        data.differences.map((d) => [number(d.call), number(d.stream), callName(d), t("verify." + d.kind), d.called || d.called_compared,
          number(d.memory.reduce((sum, m) => sum + m.different, 0))])),
      data.different_calls > data.differences.length && h("p", {}, t("verify.more", { n: data.different_calls - data.differences.length }))],
    data.ulps.map((one) => [h("h2", {}, t("verify.distances", { type: one.type })), histogram(one)]),
    (open.length > 0 || cut.length > 0 || data.notes.length > 0) && [h("h2", {}, t("verify.notes")), h("ul", {},
      cut.map((key) => h("li", {}, t("verify.cut", { file: data[key].file }))),
      open.map(([key, n]) => h("li", {}, t(key, { n }))),
      data.notes.map((note) => h("li", {}, note)))],
  ];
}

/** Bars on a logarithmic scale: a few values that are far off must be seen beside millions that are not. */
function histogram({ type, counts }) {
  const most = Math.max(...counts.map((c) => c.count));
  return plainTable(t("verify.distances", { type }), ["#" + t("verify.to"), "#" + t("verify.values"), ""], counts.map((c) => [
    c.to === undefined ? t("verify.more_ulps") : number(c.to), number(c.count),
    s("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      s("rect", { width: Math.max(1, (100 * Math.log1p(c.count)) / Math.log1p(most)), height: 10, fill: c.to === 0 ? "var(--edit)" : "var(--review)" })),
  ]));
}

const pages = { verify: verifyPage };
const onPaper = ["verify"];
const title = () => t("verify.title");
const foot = () => t("verify.foot", { version: data.version });
