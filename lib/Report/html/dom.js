// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elements, words and numbers. All text reaches the page as text nodes: what stands in the user's source is never markup.

const byId = (id) => document.getElementById(id);
const read = (id) => JSON.parse(byId(id).textContent);

const catalogue = read("catalogue");
const languages = Object.keys(catalogue.language);
let language = languages[0];

/** A message of the catalogue: {name} stands for a value; "one {n}|many {n}" is chosen by n. The result is parts to append: in `shown` elements may stand for values. */
function say(key, values = {}, shown = {}) {
  let text = catalogue[key][language];
  const forms = text.split("|");
  if ("n" in values) text = forms[values.n === 1 ? 0 : forms.length - 1];
  return text.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : shown[part] ?? (typeof values[part] === "number" ? number(values[part]) : values[part])));
}
const t = (key, values) => say(key, values).join("");

const locale = () => (language === "zh" ? "zh-CN" : "en-GB");
const formats = new Map(); // to make one takes far longer than to use it
function rounded(value, digits) {
  const key = language + digits;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }));
  return formats.get(key).format(value);
}
const number = (value) => rounded(value, 3);
/** A share in whole percent that never rounds something to nothing or a part to all. */
function percent(part, all) {
  if (!all) return "–";
  const share = (100 * part) / all;
  if (part && share < 1) return "<1 %";
  if (part < all && share > 99) return ">99 %";
  return Math.round(share) + " %";
}

/** Text with what would turn or hide the text around it written out: names and source may hold it to look like others. */
const visible = (text) => text.replace(/(?![\t\r\n])[\p{Cc}\p{Cf}]/gu, (sign) => "\\u" + sign.codePointAt(0).toString(16).padStart(4, "0"));

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "tone") element.style.setProperty("--tone", `var(--${value})`);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false)
    .map((child) => (typeof child === "string" ? visible(child) : child)));
  return element;
}
const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/** The address of a page of the report with its filters. */
function to(page, filters = {}) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ""));
  return "#/" + page + (query.size ? "?" + query : "");
}
const link = (text, page, filters) => h("a", { href: to(page, filters) }, text);
/** A number that was counted opens to the places behind it; one that was computed to what it rests on, as `bases` has it. */
const count = (value, filters) => (value ? link(number(value), "findings", filters) : number(value));
const figure = (text, of, more) => h("a", { class: "quiet", href: to("basis", { of, ...more }) }, text);

/** What the figure rests on that the address names; the first one without a name. */
function basisPage(wanted) {
  const [kind, ...which] = (wanted.of ?? firstBasis()).split("/");
  return [h("p", { class: "soft" }, t("basis.intro")), ...((Object.hasOwn(bases, kind) && bases[kind](which, wanted)) || [h("p", {}, t("basis.none"))])];
}

/** A path or place, of which a narrow column shows the end. */
const pathCell = (text, href) => h("bdi", { title: text }, href ? h("a", { href }, text) : text);

/** A list to choose from; values are [value, text]. */
function chooser(label, values, now, change) {
  const list = h("select", { onchange: () => change(list.value) }, values.map(([value, text]) => h("option", { value, selected: value === now }, text)));
  return h("label", {}, label, list);
}

const badge = (verdict) => h("span", { class: "badge", tone: verdict }, t("verdict." + verdict));
const term = (name, value) => [h("dt", {}, t(name)), h("dd", {}, value)];

/** A table whose rows all stand on the page: for short lists, and for print. */
function plainTable(caption, heads, rows, style = "") {
  const cell = (tag, more) => (content, index) =>
    h(tag, { ...more, class: heads[index].startsWith("#") ? "number" : undefined }, content);
  return h("div", { class: "wide" }, h("table", { class: "plain " + style },
    h("caption", { class: "hidden" }, caption),
    h("thead", {}, h("tr", {}, heads.map((head, index) => cell("th", { scope: "col" })(head.replace(/^#/, ""), index)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((content, index) =>
      index ? cell("td")(content, index) : cell("th", { scope: "row" })(content, index)))))));
}

/** A large number with what it is, for the list of class tiles. */
function tile(value, text, extra) {
  return h("li", {}, h("b", {}, value), h("span", {}, text), extra && h("span", {}, extra));
}
