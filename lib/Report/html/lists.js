// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files, APIs, libraries, and what was not analysed.

function filesPage(wanted) {
  const folder = wanted.folder ?? "";
  const rows = files.filter((file) => file.path.startsWith(folder)), sum = (key) => rows.reduce((all, file) => all + file[key], 0);
  return [
    treemap(folder),
    longTable(t("page.files"), [
      { id: "file", label: t("column.file"), width: "46%", path: true, value: (f) => f.path, cell: (f) => pathCell(f.path, f.places && to("findings", { file: f.path })) },
      { id: "left", label: t("column.left"), width: "9rem", numeric: true, value: (f) => f.left, cell: (f) => count(f.left, { file: f.path, verdict: "left" }) },
      { id: "places", label: t("column.places"), width: "7rem", numeric: true, value: (f) => f.places, cell: (f) => count(f.places, { file: f.path }) },
      { id: "cuda", label: t("column.cuda_lines"), width: "8rem", numeric: true, minor: true, value: (f) => f.cudaLines, cell: (f) => count(f.cudaLines, { file: f.path }) },
      { id: "lines", label: t("column.lines"), width: "7rem", numeric: true, minor: true, value: (f) => f.lines, cell: (f) => (f.places ? count(f.lines, { file: f.path }) : f.lines) },
      { id: "state", label: t("column.state"), width: "11rem", minor: true, value: (f) => f.state, cell: (f) => t("state." + f.state) },
    ], rows, { sort: "-left" }).element,
    h("p", { class: "soft" }, t("files.status", { n: rows.filter((file) => file.places).length, all: rows.length, lines: sum("lines"), cuda: sum("cudaLines") })),
  ];
}

function apisPage(wanted) {
  const card = cardOf(wanted.card);
  const answer = (row) => card && answerFor(card, row.findings[0]);
  const on = (row) => (card ? answer(row).verdict : row.kind.verdict);
  const rows = groupBy(findings.filter((f) => f.kind.name && (!wanted.library || f.kind.library === wanted.library)),
    (f) => [f.kind.name, f.kind.verdict, f.kind.replacement, card ? questionOf[f.index] : ""].join("\0"))
    .filter((row) => (!wanted.verdict || on(row) === wanted.verdict) && (!wanted.derived || answer(row)?.derived));
  return [
    h("div", { class: "tools" }, choice(t("column.card"), "card", wanted, cards.map((c) => [c.id, c.name]), (filters) => (location.hash = to("apis", { ...wanted, ...filters })), t("filter.hip")),
      wanted.library && h("span", {}, t("filter.only"), " ", wanted.library), wanted.verdict && badge(wanted.verdict), wanted.derived && h("span", {}, t("hand.derived_names")),
      (wanted.library || wanted.verdict || wanted.derived) && link(t("filter.clear"), "apis", { card: wanted.card })),
    longTable(t("page.apis"), [
      { id: "name", label: t("column.name"), width: card ? "24%" : "32%", value: (r) => r.kind.name, cell: (r) => h("span", { class: "code", title: r.kind.name }, r.kind.name) },
      { id: "replacement", label: card ? t("column.there") : t("column.replacement"), width: "auto", value: (r) => (card ? answer(r).name ?? "" : r.kind.replacement),
        cell: (r) => h("span", { class: "code" }, card ? answer(r).name ?? "" : r.kind.replacement) },
      { id: "verdict", label: t("column.verdict"), width: "9.5rem", value: (r) => costOf(on(r)), cell: (r) => badge(on(r)) },
      card && { id: "reason", label: t("column.reason"), width: "34%", minor: true, value: (r) => reasonFor(card, r.findings[0]),
        cell: (r) => h("span", { title: [reasonFor(card, r.findings[0]), sourceFor(answer(r))?.textContent].join(" ") }, reasonFor(card, r.findings[0]), " ", sourceFor(answer(r))) },
      !card && { id: "library", label: t("column.library"), width: "12rem", minor: true, value: (r) => r.kind.library },
      { id: "places", label: t("column.places"), width: "7rem", numeric: true, value: (r) => r.findings.length,
        cell: (r) => count(r.findings.length, { name: r.kind.name, verdict: on(r), card: card?.id }) },
      { id: "files", label: t("column.files"), width: "6rem", numeric: true, minor: true, value: (r) => r.files,
        cell: (r) => count(r.files, { name: r.kind.name, verdict: on(r), card: card?.id }) },
    ].filter(Boolean), rows, { sort: "-verdict" }).element,
    h("p", { class: "soft" }, t("apis.status", { n: rows.length })),
  ];
}

/** Kernels with places left for a person, most of them first; those that count on the warp go wrong without an error. */
function kernelsPage(wanted) {
  const rows = [];
  let all = 0, left = 0;
  for (const file of files) {
    const kernels = Object.hasOwn(data.kernels, file.path) ? data.kernels[file.path] : [];
    all += kernels.length;
    const open = kernels.length ? placesIn(file).filter((f) => f.kind.left) : [];
    for (const [name, , line, lastLine] of open.length || wanted.all ? kernels : []) {
      const own = open.filter((f) => f.line >= line && f.line <= lastLine);
      left += own.length > 0;
      if (own.length || wanted.all) rows.push({ file: file.path, name, line, lastLine, own, warp: own.filter((f) => silentRules.test(f.kind.rule)).length });
    }
  }
  const detail = h("section", { class: "detail", "aria-label": t("detail.label"), hidden: true, tabindex: -1 });
  const split = h("div", { class: "split" });
  const lines = (k) => ({ file: k.file, lines: `${k.line}-${k.lastLine}` });
  const table = longTable(t("page.kernels"), [
    { id: "name", label: t("column.kernel"), width: "auto", value: (k) => k.name, cell: (k) => h("span", { class: "code", title: k.name }, k.name || t("kernels.unnamed")) },
    { id: "warp", label: t("column.warp"), width: "9rem", numeric: true, value: (k) => k.warp, cell: (k) => count(k.warp, { ...lines(k), verdict: "left", silent: "1" }) },
    { id: "left", label: t("column.left"), width: "9rem", numeric: true, value: (k) => k.own.length, cell: (k) => count(k.own.length, { ...lines(k), verdict: "left" }) },
    { id: "lines", label: t("column.lines"), width: "6rem", numeric: true, minor: true, value: (k) => k.lastLine - k.line + 1, cell: (k) => link(number(k.lastLine - k.line + 1), "findings", lines(k)) },
    { id: "file", label: t("column.place"), width: "36%", path: true, minor: true, value: (k) => k.file, cell: (k) => pathCell(`${k.file}:${k.line}`, to("findings", lines(k))) },
  ], rows, { sort: "-warp", open(kernel) {
    detail.hidden = false;
    split.classList.add("open");
    detail.replaceChildren(...[h("h3", { class: "code" }, kernel.name), h("p", { class: "code" }, `${kernel.file}:${kernel.line}`),
      kernel.own.slice(0, 10).map((f) => [h("p", {}, badge(f.kind.verdict), " ", h("span", { class: "soft" }, f.kind.rule), " ", h("span", { lang: "en" }, f.kind.message)), excerpt(f)]),
      h("p", {}, link(t("risks.places", { n: kernel.own.length }), "findings", { ...lines(kernel), verdict: "left" })),
      [...new Set(kernel.own.map((f) => f.kind.rule))].map(rulePage)].flat(9).filter(Boolean));
    detail.focus({ preventScroll: innerWidth >= 1150 });
  } });
  split.append(table.element, detail);
  return [h("p", {}, t("kernels.intro", { n: left, all })), h("p", {}, wanted.all ? link(t("kernels.left"), "kernels") : link(t("kernels.all", { n: all }), "kernels", { all: "1" })), split];
}

/** What each card has of the libraries that are called. */
function libraryMatrix() {
  const titles = [...new Set(cards.flatMap((card) => card.libraries.map((library) => library.title)))].sort();
  if (!titles.length) return h("p", {}, t("card.libraries.none"));
  return plainTable(t("libraries.cards"), [t("column.card"), ...titles], cards.map((card) => [cardLink(card), ...titles.map((title) => {
    const library = card.libraries.find((l) => l.title === title);
    return library ? h("a", { class: "sign quiet " + library.state, title: library.note, href: to("findings", { set: [card.id, "libraries", card.libraries.indexOf(library)].join("/") }) },
      library.there ? `${library.there}${t("colon")}` : "", t("library." + library.state)) : "–";
  })]), "matrix");
}

function librariesPage() {
  const rows = groupBy(findings.filter((f) => f.kind.library), (f) => f.kind.library)
    .map((row) => ({ ...row, names: new Set(row.findings.map((f) => f.kind.name)).size })).sort((a, b) => b.left - a.left || b.findings.length - a.findings.length);
  return [
    h("p", {}, t("libraries.intro")),
    plainTable(t("page.libraries"), [t("column.library"), "#" + t("column.names"), "#" + t("column.places"), "#" + t("column.left"), "#" + t("column.files"), t("column.verdicts")],
      rows.map((row) => {
        const library = row.kind.library, counts = Object.fromEntries(verdicts.map((v) => [v, 0]));
        for (const f of row.findings) counts[f.kind.verdict]++;
        return [library, link(number(row.names), "apis", { library }), count(row.findings.length, { library }), count(row.left, { library, verdict: "left" }), count(row.files, { library }), verdictBar(counts)];
      })),
    h("ul", { class: "legend" }, verdicts.map((verdict) => h("li", {}, swatch(verdict), t("verdict." + verdict)))),
    h("h2", {}, t("libraries.cards")),
    libraryMatrix(),
  ];
}

function coveragePage(wanted) {
  const sum = data.summary.files;
  const states = ["not-parsed", "parsed-with-errors", "parsed"];
  const rows = files.filter((file) => (wanted.state ? file.state === wanted.state : file.state !== "parsed"));
  const why = (file) => file.reason || (file.errors.length ? t("coverage.error", { n: file.errorCount, line: file.errors[0][0], text: file.errors[0][1] }) : "");
  return [
    h("p", {}, t("coverage.intro")),
    plainTable(t("page.coverage"), [t("column.state"), "#" + t("column.files"), t("column.meaning")],
      states.map((state) => [t("state." + state), sum[state] ? link(number(sum[state]), "coverage", { state }) : number(0), t("state." + state + ".more")])),
    h("h2", {}, wanted.state ? t("state." + wanted.state) : t("coverage.not_whole")),
    longTable(t("page.coverage"), [
      { id: "file", label: t("column.file"), width: "38%", path: true, value: (f) => f.path, cell: (f) => pathCell(f.path, f.places && to("findings", { file: f.path })) },
      { id: "state", label: t("column.state"), width: "11rem", value: (f) => f.state, cell: (f) => t("state." + f.state) },
      { id: "lines", label: t("column.lines"), width: "6rem", numeric: true, value: (f) => f.lines, cell: (f) => (f.places ? count(f.lines, { file: f.path }) : f.lines) },
      { id: "left", label: t("column.left"), width: "9rem", numeric: true, value: (f) => f.left, cell: (f) => count(f.left, { file: f.path, verdict: "left" }) },
      { id: "why", label: t("column.reason"), width: "46%", value: why },
    ], rows).element,
    h("h2", {}, t("coverage.confidence")),
    plainTable(t("coverage.confidence"), [t("column.confidence"), "#" + t("column.places"), t("column.meaning")],
      confidences.map((c) => [t("confidence." + c), count(data.summary.confidences[c], { confidence: c }), t("confidence." + c + ".more")])),
    h("h2", {}, t("coverage.origin")),
    h("dl", { class: "facts" }, term("origin.inputs", data.subject), term("origin.version", data.version),
      term("origin.input", data.hashes.input), term("origin.program", data.hashes.program), term("origin.rules", data.hashes.rules), term("origin.knowledge", data.knowledge),
      term("origin.targets", data.hashes.targets), term("origin.hip", data.hip)),
  ];
}
