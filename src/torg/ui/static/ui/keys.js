// Keys: `?` shows them. Any link, button or field with data-key="x" is reached by that key, and listed in the sheet
// by its own words; keys that a script of its own takes are told in a hidden [data-keys]. Two letters ("g k") are pressed one after the other. Nothing is taken while one is writing.
const sheet = document.getElementById("key-sheet");
const WAIT = 1000;
let begun = "";
let timer;

const isWriting = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const named = (element) => element.dataset.keyName || element.getAttribute("aria-label") || element.textContent.trim();

function list() {
  const place = sheet.querySelector("[data-key-list]");
  for (const old of place.querySelectorAll("[data-found]")) old.remove();
  for (const told of document.querySelectorAll("[data-keys] > div")) {
    const row = told.cloneNode(true);
    row.dataset.found = "";
    place.append(row);
  }
  for (const element of document.querySelectorAll("[data-key]")) {
    const row = document.createElement("div");
    row.dataset.found = "";
    const term = document.createElement("dt");
    term.textContent = named(element);
    const keys = document.createElement("dd");
    for (const key of element.dataset.key.split(" ")) {
      keys.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    }
    row.append(term, keys);
    place.append(row);
  }
}

function reach(element) {
  if (element.matches("input:not([type=checkbox]), textarea, select")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && event.key === "0") return document.getElementById("main")?.focus();
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?" && sheet) {
    list();
    return sheet.showModal();
  }
  const typed = begun ? `${begun} ${event.key}` : event.key;
  const elements = [...document.querySelectorAll("[data-key]")];
  const match = elements.find((element) => element.dataset.key === typed);
  clearTimeout(timer);
  begun = "";
  if (match) {
    event.preventDefault();
    reach(match);
  } else if (elements.some((element) => element.dataset.key.startsWith(`${typed} `))) {
    begun = typed;
    timer = setTimeout(() => (begun = ""), WAIT);
  }
});
