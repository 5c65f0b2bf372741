// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which of `pages` is shown, in which language and colours; `onPaper` names those that are printed, `foot` says what stands below. The
// address holds the page and its filters, so that the browser's back button works and a link can be sent.

function section(page, wanted) {
  return [h("h2", { class: page === Object.keys(pages)[0] ? "hidden" : undefined }, t("page." + page)), ...pages[page](wanted).flat(9).filter(Boolean)];
}

/** On paper: page 1, then what can be read without the browser. Lists of any length stay in the file. */
function showPaper() {
  paper = true;
  const sections = onPaper.map((page, i) => h("section", { class: i ? "page" : undefined }, section(page, {})));
  byId("main").replaceChildren(...sections);
  paper = false;
}

function show(focus) {
  const [name, query] = location.hash.replace(/^#\/?/, "").split("?");
  const page = Object.hasOwn(pages, name) ? name : Object.keys(pages)[0];
  const wanted = Object.fromEntries(new URLSearchParams(query ?? ""));
  document.documentElement.lang = language === "zh" ? "zh-CN" : language;
  byId("subject").textContent = data.subject;
  byId("title").textContent = title();
  document.title = `${data.subject} – ${t("page." + page)} – ${title()}`;
  byId("skip").textContent = t("skip");
  byId("language").textContent = t("language.other");
  byId("theme").textContent = t("theme");
  byId("print").textContent = t("print");
  byId("pages").setAttribute("aria-label", t("pages.label"));
  byId("pages").replaceChildren(...Object.keys(pages).map((key) =>
    h("a", { href: to(key), "aria-current": key === page && "page" }, t("page." + key))));
  byId("main").replaceChildren(...section(page, wanted));
  byId("foot").textContent = foot();
  // A table can tell how many rows are in sight only now that it stands on the page.
  document.querySelectorAll(".scroll").forEach((box) => box.dispatchEvent(new Event("scroll")));
  if (focus) byId("main").focus({ preventScroll: true });
  if (focus) scrollTo(0, 0);
}

function start() {
  const asked = new URLSearchParams(location.search).get("lang");
  const likes = asked ?? navigator.language;
  language = languages.find((l) => likes.startsWith(l)) ?? languages[0];
  const root = document.documentElement;
  root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  byId("language").addEventListener("click", () => {
    language = languages[(languages.indexOf(language) + 1) % languages.length];
    show(false);
  });
  byId("theme").addEventListener("click", () => (root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"));
  byId("print").addEventListener("click", () => print());
  addEventListener("hashchange", () => show(true));
  addEventListener("beforeprint", showPaper);
  addEventListener("afterprint", () => show(false));
  show(false);
}

start();
