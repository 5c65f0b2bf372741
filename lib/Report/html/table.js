// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A table of any length, of which only the rows in sight exist. Columns:
//   { id, label, width, value: row => what it is sorted by, cell: row => what is shown, numeric, minor, path }
// Keys: arrows, Page Up and Down, Home and End move from row to row; Enter opens one.

// On paper, where nothing scrolls, the first rows stand and the number of those that do not.

const rowHeight = 30, rowsOnPaper = 300;
let paper = false;

/** The rows in the order of what valueOf says of each; those alike stay as they stand. Sign -1: the largest first. */
function inOrder(rows, valueOf, sign) {
  const values = rows.map(valueOf);
  if (values.every((value, i) => i === 0 || values[i - 1] < value)) return sign < 0 ? [...rows].reverse() : rows; // places stand in order
  const byValue = new Map(); // rows are many, values of most columns few
  rows.forEach((row, i) => {
    const same = byValue.get(values[i]);
    if (same) same.push(row);
    else byValue.set(values[i], [row]);
  });
  return [...byValue.keys()].sort((a, b) => (a < b ? -sign : a > b ? sign : 0)).flatMap((value) => byValue.get(value));
}

function longTable(caption, columns, rows, { sort = "", open } = {}) {
  let shown = rows, active = 0, selected = -1, from = -1;
  let [sortId, down] = [sort.replace(/^-/, ""), sort.startsWith("-")];

  const body = h("tbody");
  const heads = columns.map((column) => h("th", { scope: "col", class: cssClass(column) },
    h("button", { type: "button", onclick: () => sortBy(column) }, column.label)));
  const table = h("table", {}, h("caption", { class: "hidden" }, caption),
    h("colgroup", {}, columns.map((column) => h("col", { class: column.minor && "minor" }))),
    h("thead", {}, h("tr", { "aria-rowindex": 1 }, heads)), body);
  table.querySelectorAll("col").forEach((col, i) => (col.style.width = columns[i].width));
  const box = h("div", { class: "scroll", role: "region", "aria-label": caption, onscroll: () => draw(false), onkeydown: onKey }, table);

  function cssClass(column) {
    return [column.numeric && "number", column.minor && "minor", column.path && "path"].filter(Boolean).join(" ") || undefined;
  }

  function sortBy(column) {
    down = sortId === column.id ? !down : !!column.numeric;
    sortId = column.id;
    arrange();
  }

  function arrange() {
    const column = columns.find((c) => c.id === sortId);
    heads.forEach((head, i) => {
      if (columns[i] === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    shown = rows;
    if (column) {
      shown = inOrder(rows, column.value, down ? -1 : 1);
    }
    table.setAttribute("aria-rowcount", shown.length + 1);
    active = 0;
    selected = -1;
    box.scrollTop = 0;
    draw(true);
  }

  const gap = (rowsAway) => {
    const row = h("tr", { class: "gap", "aria-hidden": "true" }, h("td"));
    row.firstChild.style.height = rowsAway * rowHeight + "px";
    return row;
  };

  function draw(always) {
    const visible = Math.ceil((box.clientHeight || 600) / rowHeight);
    const first = paper ? 0 : Math.max(0, Math.min(Math.floor(box.scrollTop / rowHeight) - 10, shown.length - visible - 20));
    if (!always && Math.abs(first - from) < 5 && first !== 0) return;
    from = first;
    const focused = body.contains(document.activeElement);
    const last = Math.min(shown.length, paper ? rowsOnPaper : first + visible + 30);
    body.replaceChildren(...[
      first > 0 && gap(first),
      ...shown.slice(first, last).map((row, i) => h("tr",
        { tabindex: first + i === active ? 0 : -1, "aria-rowindex": first + i + 2, "aria-selected": open && first + i === selected,
          onclick: (event) => event.target.closest("a") || choose(first + i) },
        columns.map((column) => {
          const content = column.cell ? column.cell(row) : column.value(row);
          return h("td", { class: cssClass(column), title: typeof content === "string" ? content : undefined },
            typeof content === "number" ? number(content) : content);
        }))),
      last < shown.length && (paper ? h("tr", {}, h("td", { colspan: columns.length }, t("table.more", { n: shown.length - last }))) : gap(shown.length - last)),
    ].filter(Boolean));
    if (focused) rowAt(active)?.focus({ preventScroll: true });
  }

  const rowAt = (index) => body.querySelector(`tr[aria-rowindex="${index + 2}"]`);

  function choose(index) {
    active = selected = index;
    draw(true);
    if (open) open(shown[index]);
  }

  function onKey(event) {
    if (!event.target.closest("tbody")) return;
    const page = Math.max(1, Math.floor(box.clientHeight / rowHeight) - 2);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -shown.length, End: shown.length }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      active = Math.max(0, Math.min(shown.length - 1, active + step));
      const top = active * rowHeight;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + 3 * rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + 3 * rowHeight - box.clientHeight;
      draw(true);
      rowAt(active)?.focus({ preventScroll: true });
    } else if (event.key === "Enter" && event.target.matches("tr")) {
      choose(active);
    }
  }

  arrange();
  return { element: box, update(newRows) { rows = newRows; arrange(); }, draw: () => draw(true) };
}
