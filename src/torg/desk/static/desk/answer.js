// In the answer box: the length as the platform counts it (UTF-16 units), ready answers, and Ctrl+Enter to send.
const box = (element) => element.closest("form")?.querySelector("textarea[data-limit]");

function tell(area) {
  const limit = Number(area.dataset.limit);
  let place = area.parentElement.querySelector("[data-length]");
  if (!place) {
    place = Object.assign(document.createElement("p"), { className: "d-length" });
    place.dataset.length = "";
    area.after(place);
  }
  const length = area.value.length;
  place.textContent = `${length.toLocaleString(document.documentElement.lang)} / ${limit.toLocaleString(document.documentElement.lang)}`;
  place.toggleAttribute("data-over", length > limit);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-limit]")) tell(event.target);
});

document.addEventListener("click", (event) => {
  const ready = event.target.closest("[data-fills]");
  const area = ready && document.getElementById(ready.dataset.fills);
  if (!area) return;
  area.setRangeText(ready.dataset.text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  ready.closest("details")?.removeAttribute("open");
  area.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const area = box(event.target);
  if (area !== event.target) return;
  event.preventDefault();
  area.form.requestSubmit();
});

// A draft is saved a moment after the last key. The answer is the draft's new version, which takes the old one's place,
// so that two windows do not overwrite each other.
const PAUSE = 1200;
let timer;

async function keep(form) {
  const answer = await fetch(form.dataset.drafts, {
    method: "POST",
    headers: { "HX-Request": "true" },
    body: new FormData(form),
  });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("draft-state");
  const old = document.getElementById("draft-state");
  if (answer.ok && fresh && old) old.replaceWith(fresh);
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.drafts) return;
  clearTimeout(timer);
  timer = setTimeout(() => form.isConnected && keep(form).catch(() => {}), PAUSE);
});
document.addEventListener("submit", () => clearTimeout(timer));
