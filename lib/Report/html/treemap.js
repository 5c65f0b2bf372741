// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files as areas: as large as their lines of CUDA, as dark as what is left in them for a person.

/** Bruls, Huizing, van Wijk, Squarified Treemaps, 2000: areas in proportion to value, as square as they get. */
function squarify(items, x, y, width, height, place) {
  let rest = items.filter((item) => item.value > 0).sort((a, b) => b.value - a.value);
  let total = rest.reduce((sum, item) => sum + item.value, 0);
  while (rest.length && width > 0 && height > 0) {
    const side = Math.min(width, height), scale = (width * height) / total;
    let row = [], sum = 0, worst = Infinity;
    for (const item of rest) {
      const next = sum + item.value, area = (next * scale) ** 2, square = side * side * scale;
      const ratio = Math.max((square * rest[0].value) / area, area / (square * item.value));
      if (ratio > worst) break;
      worst = ratio;
      sum = next;
      row.push(item);
    }
    const thick = (sum * scale) / side;
    let along = 0;
    for (const item of row) {
      const length = (item.value * scale) / thick;
      if (width >= height) place(item, x, y + along, thick, length);
      else place(item, x + along, y, length, thick);
      along += length;
    }
    if (width >= height) [x, width] = [x + thick, width - thick];
    else [y, height] = [y + thick, height - thick];
    total -= sum;
    rest = rest.slice(row.length);
  }
}

const heats = [0, 1, 5, 15, 30];
/** Places left for every 100 lines with CUDA, as one of five steps. */
function heatOf(item) {
  const rate = (100 * item.left) / Math.max(1, item.value);
  return item.left === 0 ? 0 : Math.max(1, heats.findLastIndex((limit) => rate >= limit));
}

/** What lies directly in a folder: files, and folders with all that is in them. */
function entriesOf(prefix) {
  const entries = new Map();
  for (const file of files) {
    if (!file.path.startsWith(prefix) || !file.cudaLines) continue;
    const slash = file.path.indexOf("/", prefix.length);
    const path = slash < 0 ? file.path : file.path.slice(0, slash + 1);
    let entry = entries.get(path);
    if (!entry) entries.set(path, (entry = { path, name: path.slice(prefix.length), value: 0, left: 0, places: 0, file: slash < 0 && file }));
    entry.value += file.cudaLines;
    entry.left += file.left;
    entry.places += file.places;
  }
  return [...entries.values()];
}

function treemap(prefix) {
  // A folder with nothing but one folder in it says nothing.
  let entries = entriesOf(prefix);
  while (entries.length === 1 && !entries[0].file) entries = entriesOf((prefix = entries[0].path));
  const width = 1000, height = 420;
  const map = s("svg", { class: "map", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": t("map.label") });
  const leaf = (entry, x, y, w, hgt) => {
    const box = s("a", { href: entry.file ? to("findings", { file: entry.path }) : to("files", { folder: entry.path }),
      "aria-label": t("map.entry", { name: entry.path, lines: entry.value, left: entry.left }) },
      s("title", {}, t("map.entry", { name: entry.path, lines: entry.value, left: entry.left })),
      s("rect", { x, y, width: w, height: hgt, fill: `var(--heat${heatOf(entry)})` }));
    const letters = Math.floor((w - 6) / 6.2);
    if (hgt > 15 && letters > 3)
      box.append(s("text", { x: x + 4, y: y + 12, class: heatOf(entry) === 4 && "bright" }, entry.name.length > letters ? entry.name.slice(0, letters - 1) + "…" : entry.name));
    map.append(box);
  };
  squarify(entries, 0, 0, width, height, leaf);
  const steps = h("ul", { class: "legend" }, h("li", { class: "soft" }, t("map.legend")), heats.map((limit, i) => {
    const swatch = h("span", { class: "swatch" });
    swatch.style.background = `var(--heat${i})`;
    return h("li", {}, swatch, i === 0 ? t("map.none") : i === heats.length - 1 ? `≥ ${limit}` : i === 1 ? `< ${heats[2]}` : `${limit}–${heats[i + 1]}`);
  }));
  const parts = prefix.split("/").slice(0, -1);
  const path = h("p", {}, link(t("map.all"), "files"), parts.map((part, i) => part &&
    [" / ", link(part, "files", { folder: parts.slice(0, i + 1).join("/") + "/" })]));
  return h("div", {}, path, map, steps);
}
