// j and k walk the rows, Enter or o opens, x selects. Where there is room, a thread opens beside the list.
const WIDE = matchMedia("(min-width: 64rem)");
const place = () => document.querySelector("[data-detail]");
const rows = () => [...document.querySelectorAll("[data-row]")];
const link = (row) => row.querySelector("[data-open]");
const isWriting = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

const hasRoom = () => WIDE.matches && place() && getComputedStyle(place()).display !== "none";

function mark(row) {
  for (const each of rows()) each.toggleAttribute("data-current", each === row);
}

export async function show(address, { keepFocus = false } = {}) {
  const detail = place();
  detail.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", address, { target: detail, swap: "innerHTML" });
  detail.removeAttribute("aria-busy");
  detail.scrollTop = 0;
  if (!keepFocus) (detail.querySelector("h1") ?? detail).focus();
}

function open(row) {
  mark(row);
  const address = link(row).getAttribute("href");
  const here = new URL(location.href);
  here.searchParams.set("open", address.split("/").at(-2));
  history.replaceState(history.state, "", here);
  show(address);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || !hasRoom() || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(opener.closest("[data-row]"));
});

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const from = now < 0 ? all.findIndex((row) => row.hasAttribute("data-current")) : now;
  const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
  link(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => current() && link(current()).click(),
  x: () => {
    const box = current()?.querySelector("input[type=checkbox]");
    if (box) box.click();
  },
};
const current = () => rows().find((row) => row.contains(document.activeElement)) ?? rows().find((row) => row.hasAttribute("data-current"));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  if (!rows().length || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

// The bar of acts is there without script as well, at the end of the list; with it, once something is chosen.
function count(form) {
  const bar = form?.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const chosen = form.querySelectorAll("input[name=chosen]:checked").length;
  const told = bar.querySelector("[data-bulk-count]");
  told.textContent = chosen === 1 ? told.dataset.one : told.dataset.many.replace("%s", chosen);
  bar.hidden = !chosen;
}
document.addEventListener("change", (event) => count(event.target.closest("[data-bulk]")));
for (const form of document.querySelectorAll("[data-bulk]")) count(form);

// On a phone the views lie folded; where there is room they stand open.
const fold = document.querySelector("[data-fold]");
if (fold && !WIDE.matches) fold.open = false;

const wanted = new URL(location.href).searchParams.get("open");
const found = wanted && rows().find((row) => link(row).getAttribute("href").includes(wanted));
if (found && hasRoom()) {
  mark(found);
  const begin = () => show(link(found).getAttribute("href"), { keepFocus: true });
  if (window.htmx) begin();
  else addEventListener("load", begin, { once: true });
}
