// On a case's page: words that one selects in the text are filled into the form for marking; and a notice's length.
const form = () => document.querySelector("[data-marking] textarea[name=passage]");

function chosen() {
  const selection = document.getSelection();
  const quote = selection.rangeCount && document.querySelector("[data-marked-text]");
  if (!quote || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  return quote.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
}

// Where the same words stand more than once, which of the places was selected, counted from 1.
function placeOf(words) {
  const quote = document.querySelector("[data-marked-text]");
  const before = document.createRange();
  before.selectNodeContents(quote);
  const selected = document.getSelection().getRangeAt(0);
  before.setEnd(selected.startContainer, selected.startOffset);
  const start = before.toString().length;
  let place = 1;
  for (let at = quote.textContent.indexOf(words); at >= 0 && at < start; at = quote.textContent.indexOf(words, at + 1)) place += 1;
  return place;
}

// The button does with one press, also from the keyboard, what copying does; nothing is sent by it.
function offer() {
  const button = document.querySelector("[data-mark-chosen]");
  if (button && form()) button.hidden = !chosen();
}

document.addEventListener("selectionchange", offer);

// A press must not take the selection away before it is read.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.("[data-mark-chosen]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-mark-chosen]")) return;
  const [words, area] = [chosen(), form()];
  if (!words || !area) return;
  area.value = words;
  const which = area.form.querySelector("input[name=which]");
  if (which) which.value = placeOf(words);
  area.closest("details")?.setAttribute("open", "");
  area.form.querySelector("select")?.focus();
  area.scrollIntoView({ block: "center" });
});

// Lengths are UTF-16 units, as the platforms count.
document.addEventListener("input", (event) => {
  const notice = event.target.closest?.("[data-notice]");
  if (!notice) return;
  const written = [...notice.querySelectorAll("textarea")].reduce((sum, area) => sum + area.value.trim().length, 0);
  const length = written + Number(notice.dataset.taken);
  const told = notice.querySelector("[data-notice-length]");
  told.textContent = `${length} / ${notice.dataset.limit}`;
  told.toggleAttribute("data-over", length > Number(notice.dataset.limit));
});
