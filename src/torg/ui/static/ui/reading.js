// <… data-attend="address">: tells colleagues that one is here, and whether one writes. Silent in a hidden tab.
const EVERY = 20_000;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
let isWriting = false;

function attend() {
  const place = document.querySelector("[data-attend]");
  if (!place || document.hidden) return;
  const body = new URLSearchParams({ state: isWriting ? "WRITING" : "READING", csrfmiddlewaretoken: token() });
  fetch(place.dataset.attend, { method: "POST", body }).catch(() => {});
  isWriting = false;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea") && !isWriting) {
    isWriting = true;
    attend();
    isWriting = true;
  }
});
setInterval(attend, EVERY);
attend();
