// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The pages of the report on many projects.

const data = read("data");
const projects = data.projects.map((project, index) => ({ ...project, rank: index + 1 }));
const valued = projects.some((project) => project.value !== undefined);
const failed = projects.filter((project) => project.failure);

const projectLink = (project) => (project.report
  ? h("a", { href: encodeURI(project.report) + "?lang=" + language }, project.name) : project.name);

function projectsPage() {
  const sum = (key) => projects.reduce((all, project) => all + project[key], 0);
  return [
    h("ul", { class: "tiles" },
      tile(number(projects.length), t("portfolio.projects"), failed.length ? t("portfolio.failed", { n: failed.length }) : ""),
      tile(number(data.once.cuda_lines), t("portfolio.lines"), t("portfolio.once", { all: sum("cuda_lines") })),
      tile(number(data.once.left), t("tile.left"), t("portfolio.once", { all: sum("left") })),
      tile(number(data.copies.length), t("portfolio.copies"), "")),
    h("p", {}, valued ? t("portfolio.order.value") : t("portfolio.order.left")),
    longTable(t("page.projects"), [
      { id: "rank", label: t("column.rank"), width: "4.5rem", numeric: true, value: (p) => p.rank },
      { id: "name", label: t("column.project"), width: "auto", value: (p) => p.name, cell: projectLink },
      valued && { id: "value", label: t("column.value"), width: "6rem", numeric: true, value: (p) => p.value ?? -1, cell: (p) => p.value ?? "–" },
      { id: "left", label: t("column.left"), width: "9rem", numeric: true, value: (p) => p.left },
      { id: "shared", label: t("column.shared_left"), width: "10rem", numeric: true, minor: true, value: (p) => p.shared_left },
      { id: "places", label: t("column.places"), width: "7rem", numeric: true, value: (p) => p.places },
      { id: "cuda", label: t("column.cuda_lines"), width: "8rem", numeric: true, minor: true, value: (p) => p.cuda_lines },
      { id: "files", label: t("column.files"), width: "6rem", numeric: true, minor: true, value: (p) => p.files },
      { id: "whole", label: t("column.not_whole"), width: "9rem", numeric: true, minor: true, value: (p) => p.not_whole },
    ].filter(Boolean), projects).element,
    failed.length > 0 && [h("h2", {}, t("portfolio.failures")),
      plainTable(t("portfolio.failures"), [t("column.project"), t("column.reason")], failed.map((p) => [p.name, p.failure]))],
    h("p", { class: "note" }, t("limits")),
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

const pages = { projects: projectsPage, copies: copiesPage };
const onPaper = ["projects"];
const title = () => t("portfolio.title");
const foot = () => t("foot", { version: data.version, hip: data.hip });
