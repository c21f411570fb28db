// <form data-draft="address">: what is being written is saved by POST a moment after the last key, and when one leaves.
// <… data-draft-state> inside the form tells when it was saved, by the words in data-saved and data-failed.
const PAUSE = 1200;
const timers = new WeakMap();

async function save(form, keepalive = false) {
  const state = form.querySelector("[data-draft-state]");
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive });
    if (!answer.ok) throw new Error(String(answer.status));
    form.removeAttribute("data-unsaved");
    if (state) state.textContent = state.dataset.saved;
  } catch {
    if (state) state.textContent = state.dataset.failed;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  form.setAttribute("data-unsaved", "");
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), PAUSE));
});

document.addEventListener("submit", (event) => {
  clearTimeout(timers.get(event.target));
  event.target.removeAttribute("data-unsaved");
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  for (const form of document.querySelectorAll("form[data-draft][data-unsaved]")) save(form, true);
});
