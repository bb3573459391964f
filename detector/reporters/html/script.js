"use strict";
const root = document.documentElement;
const each = (selector, act, from = document) => from.querySelectorAll(selector).forEach(act);

document.getElementById("language").addEventListener("click", () => {
  root.lang = root.lang === "zh" ? "en" : "zh";
});
document.getElementById("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = root.dataset.theme || (dark ? "dark" : "light");
  root.dataset.theme = shown === "dark" ? "light" : "dark";
});
document.getElementById("print").addEventListener("click", () => print());

function filter(form) {
  const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map((box) => box.value));
  const rule = form.elements.rule.value;
  each("li", (item) => {
    const told = rule ? item.dataset.rule === rule : levels.has(item.dataset.level);
    item.hidden = !told;
  }, form.parentElement.querySelector(".stated"));
}
each(".filters", (form) => {
  form.addEventListener("change", () => filter(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  filter(form);
});

each(".sources", (form) => {
  const report = form.closest(".report");
  form.addEventListener("change", () => {
    const source = form.elements.source.value;
    const kept = new Set();
    each(".passage", (passage) => {
      const shown = source === "" || passage.dataset.source === source;
      passage.hidden = !shown;
      if (shown) kept.add(passage.dataset.m);
    }, report);
    each(".m", (mark) => {
      const own = mark.dataset.m.split(" ");
      const first = own.find((number) => kept.has(number));
      mark.classList.toggle("off", first === undefined);
      if (first === undefined) mark.tabIndex = -1; else mark.removeAttribute("tabindex");
      mark.hash = `#${report.id}-p-${first === undefined ? own[0] : first}`;
    }, report);
  });
});

function beside(report, number) {
  each(".m.on, .passage.on", (one) => one.classList.remove("on"), report);
  each(`.m[data-m~="${number}"]`, (mark) => mark.classList.add("on"), report);
  const passage = document.getElementById(`${report.id}-p-${number}`);
  if (passage) passage.classList.add("on");
  return passage;
}
document.addEventListener("click", (event) => {
  const mark = event.target.closest(".m");
  const report = event.target.closest(".report");
  if (mark && mark.classList.contains("off")) event.preventDefault();
  if (mark && report && !mark.classList.contains("off")) {
    const passage = beside(report, mark.hash.split("-p-")[1]);
    if (passage) passage.closest(".passages").scrollTo({ top: passage.offsetTop - 60 });
    if (getComputedStyle(passage.closest(".passages")).position === "sticky") event.preventDefault();
    return;
  }
  const passage = event.target.closest(".passage");
  if (passage && report) beside(report, passage.dataset.m);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const marks = [...document.querySelectorAll(".text .m:not(.off), .text .f.error, .text .f.warning")];
  if (!marks.length) return;
  const at = marks.indexOf(document.activeElement);
  const next = marks[at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length];
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "center" });
  if (next.matches(".m")) beside(next.closest(".report"), next.hash.split("-p-")[1]);
});

each(".sortable", (table) => {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = head.querySelector("button");
    if (!button) return;
    button.addEventListener("click", () => {
      const value = (row) => row.cells[column].dataset.sort;
      const number = (row) => Number(value(row));
      const rows = [...table.tBodies[0].rows];
      const numeric = rows.every((row) => !Number.isNaN(number(row)));
      const sorted = head.getAttribute("aria-sort");
      const up = sorted === "none" ? !numeric : sorted === "descending";
      heads.forEach((one) => one.hasAttribute("aria-sort") && one.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort((a, b) => numeric ? number(a) - number(b) : value(a).localeCompare(value(b), "zh"));
      table.tBodies[0].append(...(up ? rows : rows.reverse()));
    });
  });
});
